// SPDX-License-Identifier: GPL-3.0-or-later
// The browser test: the real program with the sample plan, in Debian's chromium.
//   node main.mjs NAMRO PLAN SCREENSHOT_FOLDER
// Prints TAP.

import { mkdirSync } from 'node:fs';
import { launch, openContext, openPage } from './lib/browser.mjs';
import { startServer } from './lib/server.mjs';
import { check, finish } from './lib/tap.mjs';
import { checkContent } from './content.mjs';
import { checkEvidence } from './evidence.mjs';
import { checkIntake } from './intake.mjs';
import { checkLooks } from './looks.mjs';

/** Gives the pages to look at: those of the navigation, and for each list the first item it links to. */
async function findPaths(browser, url) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);
	const local = (links) => [...new Set(links.map((link) => link.replace(url, '').split('#')[0]))];
	const linksIn = async (selector) =>
		local(await page.locator(selector).evaluateAll((all) => all.map((link) => link.href)));

	await page.goto(url);
	const paths = await linksIn('nav[aria-label] a[href]');
	for (const path of [...paths]) {
		await page.goto(url + path);
		const first = (await linksIn('main tbody a[href]:not([download])')).find((link) => link.startsWith('/') && !paths.includes(link));
		if (first !== undefined)
			paths.push(first);
	}
	await context.close();
	return paths;
}

async function main([namro, plan, shots]) {
	mkdirSync(shots, { recursive: true });
	const server = await startServer(namro, plan, '2026-12-15');
	const browser = await launch();
	try {
		const paths = await findPaths(browser, server.url);
		await checkLooks(browser, server.url, paths, shots);
		await checkContent(browser, server.url);
		await checkIntake(browser, server.url, shots);
		await checkEvidence(browser, server.url, shots);
	} finally {
		await browser.close();
		await check('the server ends at once and cleanly when interrupted', async () => {
			const code = await server.stop();
			return code === 0 ? [] : [`exit code ${code}`];
		});
	}
	return finish();
}

process.exitCode = await main(process.argv.slice(2));
