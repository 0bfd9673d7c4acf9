// SPDX-License-Identifier: GPL-3.0-or-later
// What has to hold on every page, whatever it shows: at two widths, light and dark, with and without script.

import { axeProblems, openContext, openPage, overflowProblems, takePicture } from './lib/browser.mjs';
import { check } from './lib/tap.mjs';

/** Each width and each scheme once; all four together with NAMRO_E2E_ALL, where time does not matter. */
const VIEWS = [
	{ width: 1366, scheme: 'light' },
	{ width: 390, scheme: 'dark' },
	...(process.env.NAMRO_E2E_ALL === undefined ? [] : [{ width: 1366, scheme: 'dark' }, { width: 390, scheme: 'light' }]),
];

/** Gives what a reader gets of a page: its heading and how many rows, items and links stand in it. */
function outline(page) {
	return page.evaluate(() => ({
		title: document.title,
		heading: document.querySelector('h1')?.textContent.trim() ?? '',
		rows: document.querySelectorAll('main tbody tr').length,
		links: document.querySelectorAll('main a[href]').length,
	}));
}

function fileName(path) {
	return path === '/' ? 'bang-dieu-hanh' : path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '').slice(0, 60);
}

async function checkView(browser, url, paths, view, shots) {
	const context = await openContext(browser, view);
	const page = await openPage(context, url);

	for (const path of paths) {
		await check(`${path} at ${view.width} px, ${view.scheme}`, async () => {
			page.troubles.length = 0;
			await page.goto(url + path, { waitUntil: 'load' });
			await page.evaluate(() => document.fonts.ready);
			await takePicture(page, shots, `${fileName(path)}-${view.width}-${view.scheme}`);
			const { heading, title } = await outline(page);
			const problems = [...page.troubles, ...await overflowProblems(page), ...await axeProblems(page, { isSeen: view !== VIEWS[0] })];
			if (heading === '' || title === '')
				problems.push('no title or no h1');
			return problems;
		});
	}
	await context.close();
}

async function checkWithoutScript(browser, url, paths) {
	const [withScript, without] = await Promise.all([true, false].map(async (hasScript) => {
		const context = await openContext(browser, { width: 1366, scheme: 'light', hasScript });
		return openPage(context, url);
	}));

	for (const path of paths) {
		await check(`${path} says the same without script`, async () => {
			await Promise.all([withScript, without].map((page) => page.goto(url + path)));
			const [full, bare] = await Promise.all([withScript, without].map(outline));
			/* The ledger grows by what is looked at, also between the two. */
			if (path === '/nhat-ky')
				return full.heading === bare.heading ? [] : ['another heading'];
			return JSON.stringify(full) === JSON.stringify(bare) ? []
				: [`with script ${JSON.stringify(full)}\nwithout ${JSON.stringify(bare)}`];
		});
	}
	await withScript.context().close();
	await without.context().close();
}

async function checkPrint(browser, url, paths) {
	const context = await openContext(browser, { width: 1366, scheme: 'dark' });
	const page = await openPage(context, url);

	await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
	for (const path of paths) {
		await check(`${path} prints dark on white, without navigation`, async () => {
			await page.goto(url + path);
			return page.evaluate(() => {
				const problems = [];
				const lightness = (color) => color.match(/\d+(\.\d+)?/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
				const body = getComputedStyle(document.body);
				if (document.querySelector('nav')?.checkVisibility())
					problems.push('the navigation is printed');
				if (lightness(body.color) > 300)
					problems.push(`text is printed in ${body.color}`);
				return problems;
			});
		});
	}
	await context.close();
}

async function checkThemeSwitch(browser, url) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);

	await check('the chosen theme stays on the next page', async () => {
		await page.goto(url);
		await page.locator('#theme').click();
		await page.goto(`${url}/nhiem-vu`);
		const theme = await page.evaluate(() => document.documentElement.dataset.bsTheme);
		return theme === 'dark' ? [] : [`theme is ${theme}`];
	});
	await check('the first key press reaches the skip link, which leads to the content', async () => {
		await page.goto(url);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		return page.url().endsWith('#noi-dung') ? [] : [`ended on ${page.url()}`];
	});
	await context.close();
}

/** Checks every path in every view; screenshots go to the folder `shots`. */
export async function checkLooks(browser, url, paths, shots) {
	for (const view of VIEWS)
		await checkView(browser, url, paths, view, shots);
	await checkWithoutScript(browser, url, paths);
	await checkPrint(browser, url, paths);
	await checkThemeSwitch(browser, url);
}
