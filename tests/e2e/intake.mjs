// SPDX-License-Identifier: GPL-3.0-or-later
// A plan comes in, is reviewed and goes live: with the keyboard alone, without script, on a phone, by two people at once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeProblems, openContext, openPage, overflowProblems } from './lib/browser.mjs';
import { check } from './lib/tap.mjs';

const WAIT_MS = 60000;

const SAMPLE = readFileSync(new URL('../../data/sample/ke-hoach-xa-binh-nguyet.txt', import.meta.url), 'utf8');

/** The sample plan, which leaves something to ask, under another number. */
function planText(number) {
	return SAMPLE.replace(/^Số: +18 /m, `Số: ${number} `);
}

function fileOf(number) {
	return { name: `ke-hoach-${number}.txt`, mimeType: 'text/plain', buffer: Buffer.from(planText(number)) };
}

async function lookAt(page, shots, name) {
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
	return [...page.troubles, ...await overflowProblems(page), ...await axeProblems(page)];
}

/** The number in "Còn 5 điểm chưa chắc"; 0 where none is left. */
async function doubtsLeft(page) {
	const text = await page.locator('.review-bar [role=status]').textContent();
	return Number(text.match(/\d+/)?.[0] ?? 0);
}

/** Presses a key of the review and waits until the page has taken it. */
async function press(page, key) {
	const before = await page.evaluate(() => {
		document.getElementById('ra-soat').dataset.old = '1';
	});
	await page.keyboard.press(key);
	await page.waitForFunction(() => document.getElementById('ra-soat')?.dataset.old === undefined, undefined,
		{ timeout: WAIT_MS });
	return before;
}

async function sendWithKeys(page, url, file) {
	await page.goto(`${url}/nhap-ke-hoach`);
	await page.locator('#tep').setInputFiles(file);
	await page.locator('#nhap button[type=submit]').press('Enter');
	await page.waitForURL(/\/ra-soat\/\d+/, { timeout: WAIT_MS });
	await page.locator('#dang-xem').waitFor();
}

async function checkKeyboard(browser, url, shots) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);
	let left = 0;

	await check('a file that is sent is read and opens its review, with the focus on the question', async () => {
		await sendWithKeys(page, url, fileOf(57));
		left = await doubtsLeft(page);
		const focus = await page.evaluate(() => document.activeElement?.id);
		return [...await lookAt(page, shots, 'ra-soat-1366'), ...(focus === 'dang-xem' ? [] : [`focus is on ${focus}`])];
	});
	await check('? shows the keys, Escape closes them', async () => {
		await page.keyboard.press('?');
		const isOpen = await page.locator('#tro-giup').evaluate((dialog) => dialog.open);
		const problems = await lookAt(page, shots, 'ra-soat-phim-tat');
		await page.keyboard.press('Escape');
		return isOpen && !await page.locator('#tro-giup').evaluate((dialog) => dialog.open) ? problems : ['it does not'];
	});
	await check('Enter settles a doubt and leads to the next', async () => {
		if (left === 0)
			return ['the plan leaves nothing to ask'];
		await press(page, 'Enter');
		const now = await doubtsLeft(page);
		return now === left - 1 ? [] : [`${left} doubts became ${now}`];
	});
	await check('u takes it back, r does it again', async () => {
		await press(page, 'u');
		const undone = await doubtsLeft(page);
		await press(page, 'r');
		const redone = await doubtsLeft(page);
		return undone === left && redone === left - 1 ? [] : [`${left}: undone ${undone}, redone ${redone}`];
	});
	await check('reloading in the middle loses nothing', async () => {
		await page.reload();
		const now = await doubtsLeft(page);
		return now === left - 1 ? [] : [`${left - 1} doubts became ${now}`];
	});
	await check('e corrects a name, and "Sửa" any field', async () => {
		await page.goto(`${page.url().replace(/\?.*/, '')}?muc=annex3:1`);
		await press(page, 'e');
		await page.keyboard.type('Học tập, quán triệt');
		await press(page, 'Enter');
		await page.getByRole('link', { name: 'Sửa sản phẩm' }).focus();
		await press(page, 'Enter');
		await page.keyboard.type('Báo cáo hiện trạng');
		await press(page, 'Enter');
		const text = await page.locator('.review-facts').textContent();
		return text.includes('Báo cáo hiện trạng') && text.includes('Học tập, quán triệt') ? [] : [text];
	});
	await check('s splits a row, m joins it again, d takes a row away, and u takes all back', async () => {
		const rows = async () => Number((await page.locator('#cac-dong').textContent()).match(/trong (\d+)/)?.[1]);
		const review = page.url().replace(/\?.*/, '');
		const counts = [];
		await page.goto(`${review}?muc=annex3:2`);
		counts.push(await rows());
		await press(page, 's');
		const problems = await lookAt(page, shots, 'ra-soat-tach-dong');
		await page.locator('.cuts button').nth(3).focus();
		await press(page, 'Enter');
		counts.push(await rows());
		await page.goto(`${review}?muc=annex3:2~2`);
		await press(page, 'm');
		counts.push(await rows());
		await press(page, 'd');
		counts.push(await rows());
		for (let i = 0; i < 3; i += 1)
			await press(page, 'u');
		counts.push(await rows());
		const wanted = [0, 1, 0, -1, 0].map((more) => counts[0] + more);
		return counts.join() === wanted.join() ? problems : [...problems, `${counts} rows instead of ${wanted}`];
	});
	await check('every doubt can be settled with the keyboard', async () => {
		await page.goto(page.url().replace(/\?.*/, ''));
		for (let i = 0; i < 50 && await doubtsLeft(page) > 0; i += 1)
			await press(page, 'Enter');
		const now = await doubtsLeft(page);
		return now === 0 ? lookAt(page, shots, 'ra-soat-xong') : [`${now} are left`];
	});
	await check('the plan goes live, and its dashboard shows it', async () => {
		await page.locator('.review-bar a[href$="/dua-vao"]').press('Enter');
		await page.locator('form[action$="/dua-vao"] button').waitFor();
		const problems = await lookAt(page, shots, 'dua-vao');
		await page.locator('form[action$="/dua-vao"] button').press('Enter');
		await page.waitForURL(/\/\?ke-hoach=\d+/, { timeout: WAIT_MS });
		const text = await page.locator('main').textContent();
		return text.includes('57/KH-UBND') ? problems : [...problems, 'the dashboard does not name the plan'];
	});
	await context.close();
}

async function checkWithoutScript(browser, url, shots) {
	const context = await openContext(browser, { width: 1366, scheme: 'light', hasScript: false });
	const page = await openPage(context, url);

	await check('without script: a file, its progress, a doubt, and the list of drafts', async () => {
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.locator('#tep').setInputFiles(fileOf(58));
		await page.locator('#nhap button[type=submit]').click();
		await page.waitForURL(/\/(nhap-ke-hoach|ra-soat)\/\d+/);
		/* The page asks for itself again. */
		await page.waitForURL(/\/ra-soat\/\d+/, { timeout: WAIT_MS });
		const left = await doubtsLeft(page);
		await page.locator('button[value=dung], form:has(input[value=dung]) button').first().click();
		const now = await doubtsLeft(page);
		await page.screenshot({ path: join(shots, 'ra-soat-khong-script.png'), fullPage: true });
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.getByRole('button', { name: /^Bỏ/ }).first().click();
		const discarded = await page.locator('#tien-do').textContent();
		await page.locator('#tien-do button').click();
		return [...page.troubles, ...(now === left - 1 ? [] : [`${left} doubts became ${now}`]),
			...(discarded.includes('đã bỏ') ? [] : [discarded]),
			...(/ra-soat/.test(page.url()) ? [] : [`restored to ${page.url()}`])];
	});
	await check('without script: pasted text becomes a draft', async () => {
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.locator('details summary', { hasText: 'dán' }).click();
		await page.locator('#van-ban').fill(planText(59));
		await page.locator('#nhap button[type=submit]').click();
		await page.waitForURL(/\/ra-soat\/\d+/, { timeout: WAIT_MS });
		return page.troubles;
	});
	await context.close();
}

async function checkRefusals(browser, url, shots) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);

	await check('a file that cannot be read is refused with a reason, where it was chosen', async () => {
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.locator('#tep').setInputFiles({ name: 'may.exe', mimeType: 'application/octet-stream',
			buffer: Buffer.from([0x4d, 0x5a, 0, 1, 2, 3, 0, 0, 255, 254]) });
		await page.locator('#nhap button[type=submit]').click();
		await page.locator('#nhap-loi:not([hidden])').waitFor();
		page.troubles.length = 0; // the answer 422 is what is asked for
		return lookAt(page, shots, 'nhap-ke-hoach-loi');
	});
	await check('the same file leads to its draft, and is not read twice', async () => {
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.locator('#tep').setInputFiles(fileOf(58));
		await page.locator('#nhap button[type=submit]').click();
		await page.locator('.notice').waitFor();
		const text = await page.locator('.notice').textContent();
		return text.includes('đã được gửi trước đây') ? [] : [text];
	});
	await context.close();
}

async function checkTwoPeople(browser, url, shots) {
	const contexts = [];
	const pages = [];
	for (let i = 0; i < 2; i += 1) {
		contexts.push(await openContext(browser, { width: 1366, scheme: 'light' }));
		pages.push(await openPage(contexts[i], url));
	}
	await check('who is overtaken sees what the other did, and keeps what he typed', async () => {
		const [first, second] = pages;
		await sendWithKeys(first, url, fileOf(60));
		const focus = `${first.url().replace(/\?.*/, '')}?muc=annex3:4&truong=output`;
		await Promise.all(pages.map((page) => page.goto(focus)));
		await first.locator('#gia-tri').fill('12 điểm');
		await first.locator('[data-key=save]').click();
		await first.getByText('12 điểm').first().waitFor();
		await second.locator('#gia-tri').fill('15 điểm');
		await second.locator('[data-key=save]').click();
		await second.locator('.notice').first().waitFor();
		second.troubles.length = 0; // the answer 409 is what is asked for
		const notice = await second.locator('.notice').first().textContent();
		const typed = await second.locator('#gia-tri').inputValue();
		const problems = await lookAt(second, shots, 'ra-soat-xung-dot');
		await second.locator('[data-key=save]').click();
		await second.locator('.review-facts').getByText('15 điểm').waitFor();
		return [...problems, ...(notice.includes('12 điểm') && notice.includes('15 điểm') ? [] : [notice]),
			...(typed === '15 điểm' ? [] : [`the input holds ${typed}`])];
	});
	for (const context of contexts)
		await context.close();
}

async function checkPhone(browser, url, shots) {
	for (const scheme of ['light', 'dark']) {
		const context = await openContext(browser, { width: 390, scheme });
		const page = await openPage(context, url);

		await check(`review on a phone, ${scheme}`, async () => {
			await page.goto(`${url}/nhap-ke-hoach`);
			const problems = await lookAt(page, shots, `nhap-ke-hoach-390-${scheme}-day`);
			await page.getByRole('link', { name: 'Rà soát tiếp' }).first().click();
			await page.locator('#dang-xem').waitFor();
			return [...problems, ...await lookAt(page, shots, `ra-soat-390-${scheme}`)];
		});
		await context.close();
	}
}

/** A page of the review stays light, whatever is looked at. */
async function checkWeight(browser, url) {
	await check('a review page weighs less than 60 KB', async () => {
		const context = await openContext(browser, { width: 1366, scheme: 'light' });
		const page = await openPage(context, url);
		await sendWithKeys(page, url, fileOf(61));
		const sizes = [];
		for (const address of [page.url(), page.url().replace(/\?.*/, '/dua-vao')])
			sizes.push((await (await fetch(address)).arrayBuffer()).byteLength);
		await context.close();
		return sizes.every((size) => size < 60 * 1024) ? [] : [`${sizes} bytes`];
	});
}

export async function checkIntake(browser, url, shots) {
	await checkKeyboard(browser, url, shots);
	await checkWithoutScript(browser, url, shots);
	await checkRefusals(browser, url, shots);
	await checkTwoPeople(browser, url, shots);
	await checkWeight(browser, url);
	await checkPhone(browser, url, shots);
}
