// SPDX-License-Identifier: GPL-3.0-or-later
// A plan comes in, is reviewed and goes live: with the keyboard alone, without script, on a phone, by two people at once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeProblems, openContext, openPage, overflowProblems, takePicture } from './lib/browser.mjs';
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
	await takePicture(page, shots, `${name}`);
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
		await takePicture(page, shots, 'ra-soat-khong-script');
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
		await page.locator('main .notice.run').waitFor();
		const text = await page.locator('main .notice.run').textContent();
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
		await second.locator('main .notice').first().waitFor();
		second.troubles.length = 0; // the answer 409 is what is asked for
		const notice = await second.locator('main .notice').first().textContent();
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

/** The same kind of plan as a web page, for the browser to print or to copy from. */
function planHtml(number) {
	const rows = [['Rà soát hạ tầng mạng tại các thôn', 'Phòng Kinh tế', 'Công an xã', 'Báo cáo rà soát', 'Tháng 6/2026'],
		['Tập huấn kỹ năng số cho người dân', 'Phòng Văn hóa - Xã hội', 'Đoàn xã', '04 lớp tập huấn', 'Quý III/2026'],
		['Lắp wifi công cộng tại nhà văn hóa thôn', 'Phòng Kinh tế', 'Các thôn', '10 điểm', '31/12/2026']];
	const cells = (kind, texts) => `<tr>${texts.map((text) => `<${kind}>${text}</${kind}>`).join('')}</tr>`;
	return '<!doctype html><meta charset="utf-8"><style>table{border-collapse:collapse}td,th{border:1px solid;padding:4px}'
		+ 'body{font:13pt "Liberation Serif"}h1,h2{font-size:13pt;text-align:center}.a{break-before:page}</style>'
		+ `<p><b>ỦY BAN NHÂN DÂN XÃ BÌNH NGUYỆT</b></p><p>Số: ${number}/KH-UBND</p>`
		+ '<p>Bình Nguyệt, ngày 24 tháng 02 năm 2026</p>'
		+ '<h1>KẾ HOẠCH</h1><h2>Phát triển khoa học, công nghệ và chuyển đổi số năm 2026</h2>'
		+ '<p><b>I. MỤC TIÊU</b></p><p>1. Hoàn thành các nhiệm vụ tại Phụ lục.</p>'
		+ '<p><b>II. TỔ CHỨC THỰC HIỆN</b></p><p>1. Các cơ quan, đơn vị tổ chức thực hiện Kế hoạch này.</p>'
		+ '<h1 class="a">PHỤ LỤC</h1><h2>PHÂN CÔNG NHIỆM VỤ</h2><table>'
		+ cells('th', ['TT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Sản phẩm', 'Thời gian hoàn thành'])
		+ rows.map((row, i) => cells('td', [i + 1, ...row])).join('') + '</table>';
}

async function printPlan(browser, number) {
	const page = await browser.newPage();
	await page.setContent(planHtml(number));
	const pdf = await page.pdf({ format: 'A4' });
	await page.close();
	return { name: `ke-hoach-${number}.pdf`, mimeType: 'application/pdf', buffer: pdf };
}

/** The picture of the page is there, and the outline of what is looked at lies on it. */
async function pictureProblems(page) {
	await page.locator('.page-image img').evaluate((image) => image.decode());
	return page.evaluate(() => {
		const image = document.querySelector('.page-image img').getBoundingClientRect();
		const outline = document.querySelector('.page-image .is-focus, .page-image .is-marked')?.getBoundingClientRect();
		if (outline === undefined)
			return ['nothing is outlined'];
		const isInside = outline.left >= image.left - 1 && outline.right <= image.right + 1
			&& outline.top >= image.top - 1 && outline.bottom <= image.bottom + 1;
		return isInside && outline.width > 5 && outline.height > 5 ? [] : ['the outline is not on the picture'];
	});
}

async function checkPdf(browser, url, shots) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);
	let item = '';

	await check('a PDF is reviewed beside its pages, and the page turns with the row', async () => {
		await sendWithKeys(page, url, await printPlan(browser, 70));
		const href = await page.getByRole('link', { name: /Lắp wifi/ }).first().getAttribute('href');
		item = new URL(href, url).searchParams.get('muc');
		await page.getByRole('link', { name: /Lắp wifi/ }).first().press('Enter');
		await page.getByText('Trang 2/2', { exact: true }).waitFor();
		const problems = await pictureProblems(page);
		return [...problems, ...await lookAt(page, shots, 'ra-soat-pdf')];
	});
	await check('a live plan from a PDF shows its pages, and its text', async () => {
		await page.locator('.review-bar a[href$="/dua-vao"]').press('Enter');
		await page.locator('form[action$="/dua-vao"] button').press('Enter');
		await page.waitForURL(/\/\?ke-hoach=\d+/, { timeout: WAIT_MS });
		const query = new URL(page.url()).search;
		await page.goto(`${url}/van-ban${query}&muc=${encodeURIComponent(item)}`);
		const problems = await pictureProblems(page);
		problems.push(...await lookAt(page, shots, 'van-ban-anh-trang'));
		await page.locator('.page-image a').first().click();
		if (await page.locator('.source-item.is-marked').count() === 0)
			problems.push('an outline does not lead to its item');
		await page.getByRole('link', { name: 'Chữ', exact: true }).click();
		if (!(await page.locator('.source-text').textContent()).includes('Lắp wifi'))
			problems.push('the text is not shown');
		return [...problems, ...await overflowProblems(page)];
	});
	await context.close();
	const phone = await openContext(browser, { width: 390, scheme: 'light' });
	const small = await openPage(phone, url);
	await check('a PDF on a phone', async () => {
		await sendWithKeys(small, url, await printPlan(browser, 71));
		return lookAt(small, shots, 'ra-soat-pdf-390');
	});
	await phone.close();
}

async function checkPaste(browser, url) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);

	await check('a table that is pasted from Word stays a table', async () => {
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.locator('details summary', { hasText: 'dán' }).click();
		await page.locator('#van-ban').evaluate((area, html) => {
			const data = new DataTransfer();
			data.setData('text/html', html);
			data.setData('text/plain', 'chữ không có bảng');
			area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
		}, planHtml(72));
		await page.locator('#nhap button[type=submit]').click();
		await page.waitForURL(/\/ra-soat\/\d+/, { timeout: WAIT_MS });
		const text = await page.locator('.review-side').textContent();
		return [...page.troubles, ...(text.includes('Lắp wifi') ? [] : [text])];
	});
	await context.close();
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
	await checkPdf(browser, url, shots);
	await checkPaste(browser, url);
	await checkPhone(browser, url, shots);
}
