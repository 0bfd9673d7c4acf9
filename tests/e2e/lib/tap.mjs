// SPDX-License-Identifier: GPL-3.0-or-later
// TAP, as prove and meson read it: one line a test, the reasons of a failure as comments under it.

let count = 0;
let failed = 0;

/** Prints one result. problems: what is wrong, one line each; none means that it passed. */
export function result(name, problems) {
	count += 1;
	const isOk = problems.length === 0;
	if (!isOk)
		failed += 1;
	console.log(`${isOk ? 'ok' : 'not ok'} ${count} - ${name.replaceAll('#', '№')}`);
	for (const problem of problems)
		console.log(`#   ${String(problem).replaceAll('\n', '\n#   ')}`);
}

/** Runs a check that gives its problems or throws. */
export async function check(name, run) {
	try {
		result(name, (await run()) ?? []);
	} catch (error) {
		result(name, [error.stack ?? error]);
	}
}

/** Gives the problems of one condition: `what` where it does not hold. */
export function expect(is, what) {
	return is ? [] : [what];
}

/** Prints a line that is no result. */
export function note(text) {
	console.log(`# ${text}`);
}

/** Prints the plan line and gives the exit code. */
export function finish() {
	console.log(`1..${count}`);
	return failed === 0 ? 0 : 1;
}
