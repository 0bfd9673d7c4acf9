// SPDX-License-Identifier: GPL-3.0-or-later
// The real program on a data directory of its own and a free port.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export async function freePort() {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address();
	probe.close();
	await once(probe, 'close');
	return port;
}

async function waitUntilUp(url, child) {
	for (let i = 0; i < 400; i += 1) {
		if (child.exitCode !== null)
			throw new Error(`namro serve ended with ${child.exitCode}`);
		try {
			await fetch(url, { redirect: 'manual' });
			return;
		} catch {
			await sleep(50);
		}
	}
	throw new Error(`namro serve does not answer on ${url}`);
}

/** Serves a data directory that is there already. now: a day, or null for the machine's clock. Gives {url, stop};
 * stop() gives the exit code and leaves the data. */
export async function serveData(namro, data, { now = null, port = null } = {}) {
	const usedPort = port ?? await freePort();
	const url = `http://127.0.0.1:${usedPort}`;
	const clock = now === null ? [] : ['--now', now];
	const child = spawn(namro, ['serve', ...clock, '--port', String(usedPort), data], { stdio: ['ignore', 'ignore', 'inherit'] });
	await waitUntilUp(url, child);
	return {
		url,
		async stop() {
			if (child.exitCode === null) {
				child.kill('SIGINT');
				await once(child, 'exit');
			}
			return child.exitCode;
		},
	};
}

/** Loads a plan into a new data directory and serves it. Gives {url, stop}; stop() gives the exit code. */
export async function startServer(namro, plan, now) {
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-'));
	const data = join(folder, 'data');
	const clock = ['--now', now];
	const options = { stdio: ['ignore', 'ignore', 'inherit'] };

	execFileSync(namro, ['init', ...clock, data], options);
	execFileSync(namro, ['import', ...clock, data, plan], options);
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(namro, ['serve', ...clock, '--port', String(port), data], options);
	await waitUntilUp(url, child);
	return {
		url,
		async stop() {
			if (child.exitCode === null) {
				child.kill('SIGINT');
				await once(child, 'exit');
			}
			rmSync(folder, { recursive: true, force: true });
			return child.exitCode;
		},
	};
}
