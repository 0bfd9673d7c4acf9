// SPDX-License-Identifier: GPL-3.0-or-later
// What the pages say: a number opens a list with that many rows, a list is the same as CSV and JSON, filters and search
// do what they say, and an item and its sentence lead to one another.

import { openContext, openPage } from './lib/browser.mjs';
import { check } from './lib/tap.mjs';

/** What counts as one row of a list, whichever page it stands on. */
const ITEMS = 'tr[id^="nv-"], main tr[data-row], li.finding, table.indicators tbody tr:not(.group)';

/** Counts the rows of a list from its first page to its last. */
async function countItems(page, url) {
	let count = 0;
	for (let next = url; next !== undefined;) {
		await page.goto(next);
		count += await page.locator(ITEMS).count();
		next = await page.locator('.pager a[rel="next"]').evaluateAll((links) => links[0]?.href);
	}
	return count;
}

/** Gives the links whose text is a number, with the number. */
function numberLinks(page) {
	return page.locator('main a[href]').evaluateAll((links) => links
		.map((link) => ({ href: link.href, text: link.textContent.trim(), label: link.ariaLabel ?? '' }))
		.filter(({ text }) => /^\d[\d.]*$/.test(text))
		.map(({ href, text, label }) => ({ href, label, number: Number(text.replaceAll('.', '')) })));
}

async function checkNumbers(page, url, path) {
	await page.goto(url + path);
	const links = await numberLinks(page);
	await check(`${path}: there are numbers, and each opens a list`, () => (links.length > 0 ? [] : ['no number is a link']));
	for (const { href, label, number } of links) {
		await check(`${path}: "${label || number}" opens ${number} rows (${href.replace(url, '')})`, async () => {
			const count = await countItems(page, href);
			return count === number ? [] : [`opens ${count}`];
		});
	}
}

/** Splits CSV as RFC 4180 has it; gives the records without the heading. */
function csvRecords(text) {
	const records = [];
	let record = [''];
	let isQuoted = false;
	for (const mark of text.replace(/^\uFEFF/, '').matchAll(/"|,|\r?\n|[^",\r\n]+/g)) {
		const [piece] = mark;
		if (piece === '"')
			isQuoted = !isQuoted;
		else if (isQuoted || !/^(,|\r?\n)$/.test(piece))
			record[record.length - 1] += piece;
		else if (piece === ',')
			record.push('');
		else
			records.push(record), record = [''];
	}
	return records.slice(1);
}

/** The records of an export, whatever the key that holds them. */
function jsonRecords(data) {
	return Array.isArray(data) ? data : Object.values(data).find(Array.isArray);
}

async function checkExports(page, url, path) {
	await check(`${path}: CSV, JSON and the page hold the same rows`, async () => {
		const count = await countItems(page, url + path);
		await page.goto(url + path);
		const hrefs = await page.locator('main a[href*=".csv"], main a[href*=".json"]')
			.evaluateAll((links) => links.map((link) => link.href));
		const csv = hrefs.find((href) => href.includes('.csv'));
		const json = hrefs.find((href) => href.includes('.json'));
		if (csv === undefined || json === undefined)
			return [`links to exports: ${hrefs}`];
		const records = csvRecords(await (await fetch(csv)).text());
		const objects = jsonRecords(await (await fetch(json)).json());
		const accepted = jsonRecords(await (await fetch(url + path, { headers: { accept: 'application/json' } })).json());
		const widths = new Set(records.map((record) => record.length));
		const problems = [];
		if (records.length !== objects.length || accepted.length !== objects.length)
			problems.push(`CSV ${records.length}, JSON ${objects.length}, by Accept ${accepted.length}`);
		if (count > 0 && objects.length !== count)
			problems.push(`page ${count}, JSON ${objects.length}`);
		if (widths.size !== 1)
			problems.push(`CSV lines of ${[...widths]} cells`);
		return problems;
	});
}

async function checkSearch(page, url) {
	await check('a search finds the same with marks, without them and abbreviated', async () => {
		const counts = [];
		for (const words of ['thủ tục hành chính', 'thu tuc hanh chinh', 'TTHC'])
			counts.push(await countItems(page, `${url}/nhiem-vu?tim=${encodeURIComponent(words)}`));
		return counts[0] > 0 && counts.every((count) => count === counts[0]) ? [] : [`rows: ${counts}`];
	});
	await check('a search that finds nothing says so and offers the way back', async () => {
		await page.goto(`${url}/nhiem-vu?tim=zzzz`);
		const text = await page.locator('main').innerText();
		return text.includes('Không có nhiệm vụ') && await page.locator('main a[href^="/nhiem-vu"]').count() > 0 ? []
			: [text.slice(0, 200)];
	});
	await check('the filter form keeps its choices and narrows the list', async () => {
		const all = await countItems(page, `${url}/nhiem-vu`);
		await page.goto(`${url}/nhiem-vu`);
		await page.selectOption('#tinh-trang', 'qua-han');
		await page.locator('form[role="search"] button[type="submit"]').click();
		await page.waitForURL(/tinh-trang=qua-han/);
		const chosen = await page.locator('#tinh-trang').inputValue();
		const shown = await page.locator(ITEMS).count();
		const late = await page.locator('tr[id^="nv-"] .st.late').count();
		return chosen === 'qua-han' && shown === late && shown > 0 && shown < all ? []
			: [`chosen ${chosen}, ${shown} rows, ${late} of them late, of ${all}`];
	});
	await check('group rows stay above their rows in the order of the plan', async () => {
		await page.goto(`${url}/nhiem-vu`);
		return await page.locator('tr.group').count() > 1 ? [] : ['no group rows'];
	});
	await check('sorting by deadline puts the oldest due date first', async () => {
		await page.goto(`${url}/nhiem-vu?xep=thoi-han`);
		// What is due before a day is late from that day on: a day longer than what is due on it.
		const rows = await page.locator('tr[id^="nv-"]').allInnerTexts();
		const days = rows.map((row) => [/Quá hạn (\d+)/.exec(row)?.[1], /Trước ngày/.test(row)]).filter(([late]) => late)
			.map(([late, isBefore]) => Number(late) - (isBefore ? 1 : 0));
		return days.length > 1 && days.every((day, i) => i === 0 || day <= days[i - 1]) ? [] : [`days late: ${days}`];
	});
}

/** From an item's card to its sentence in the source. */
async function checkSource(page, url, list) {
	await check(`${list}: an item leads to its sentence, marked, and the mark leads back`, async () => {
		await page.goto(url + list);
		const item = page.locator('main tbody td.t-name a').first();
		const name = (await item.innerText()).trim();
		await item.click();
		const marked = (await page.locator('main mark').first().innerText()).trim();
		await page.getByRole('link', { name: 'Mở đúng chỗ trong Văn bản nguồn' }).click();
		const problems = [];
		if (!page.url().includes('/van-ban'))
			problems.push(`ended on ${page.url()}`);
		const marks = await page.locator('main mark').allInnerTexts();
		const first = (text) => text.split(/\s+/).slice(0, 4).join(' ');
		if (!marks.some((text) => text.includes(first(name)) || name.includes(first(text))))
			problems.push(`"${name}"\nmarked on its card: ${marked.slice(0, 120)}\nin the source: ${marks.map((text) => text.slice(0, 80))}`);
		return problems;
	});
}

async function checkErrors(page, url) {
	await check('what does not exist or is wrong gets a page that says so', async () => {
		const problems = [];
		for (const [path, status] of [['/khong-co', 404], ['/nhiem-vu/999999', 404], ['/nhiem-vu?phu-luc=abc', 422]]) {
			const response = await page.goto(url + path);
			if (response.status() !== status || await page.locator('h1').count() !== 1)
				problems.push(`${path}: ${response.status()}`);
		}
		return problems;
	});
	await check('a page that did not change is answered 304', async () => {
		const first = await fetch(`${url}/nhiem-vu`);
		const again = await fetch(`${url}/nhiem-vu`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
		return again.status === 304 ? [] : [`status ${again.status}, etag ${first.headers.get('etag')}`];
	});
}

export async function checkContent(browser, url) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);

	for (const path of ['/', '/co-quan', '/kiem-tra'])
		await checkNumbers(page, url, path);
	for (const path of ['/nhiem-vu', '/nhiem-vu?tinh-trang=qua-han', '/chi-tieu', '/kiem-tra', '/co-quan', '/lich-bao-cao'])
		await checkExports(page, url, path);
	await checkSearch(page, url);
	for (const list of ['/nhiem-vu', '/chi-tieu'])
		await checkSource(page, url, list);
	await checkErrors(page, url);
	await context.close();
}
