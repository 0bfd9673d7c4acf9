// SPDX-License-Identifier: GPL-3.0-or-later
// The morning of an official, of the standing agency and of a leader, on a desktop and on a telephone.
//   node morning.mjs NAMRO PLAN SCREENSHOT_FOLDER
// Prints TAP.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeProblems, launch, looks, openContext, openPage } from './lib/browser.mjs';
import { addPeople, signIn } from './lib/people.mjs';
import { serveData } from './lib/server.mjs';
import { check, expect, finish, note } from './lib/tap.mjs';

const NOW = ['--now', '2026-12-15'];
const UNIT = 'Văn phòng HĐND và UBND';
const REQUESTS_MAX = 3; // of an official's update, from Hôm nay back to Hôm nay
const BYTES_MAX = 60 * 1024;

const PEOPLE = {
	'le.binh': { name: 'Lê Bình', unit: UNIT, role: 'chu-tri' },
	'tran.thuong': { name: 'Trần Thường', unit: 'Phòng Văn hóa - Xã hội', role: 'thuong-truc' },
	'ngo.lanh': { name: 'Ngô Lãnh', unit: '', role: 'quyet-dinh' },
};

/** Counts what goes over the wire: what the browser has kept does not. */
async function meter(page) {
	const client = await page.context().newCDPSession(page);
	const sent = new Map();
	let redirects = 0;
	let bytes = 0;
	await client.send('Network.enable');
	client.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
		if (type === 'Other') // the icon of the tab, which a browser with a profile has kept
			return;
		if (redirectResponse !== undefined) {
			redirects += 1;
			bytes += redirectResponse.encodedDataLength;
		}
		sent.set(requestId, request.url);
	});
	client.on('Network.requestServedFromCache', ({ requestId }) => sent.delete(requestId));
	client.on('Network.responseReceived', ({ requestId, response }) => {
		if (response.fromDiskCache)
			sent.delete(requestId);
	});
	client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		if (sent.has(requestId))
			bytes += encodedDataLength;
	});
	return async () => {
		await client.detach();
		return { requests: sent.size + redirects, bytes, urls: [...sent.values()].join(' ') };
	};
}

/** A signed document, as far as a program can tell. */
async function paper(page) {
	const sheet = await page.context().newPage();
	await sheet.setContent('<p>Biên bản bàn giao</p>');
	const pdf = await sheet.pdf({ format: 'A4' });
	await sheet.close();
	return pdf;
}

// What an official has not said anything of this month, late work included.
async function silentCount(page) {
	const [, n] = /(\d+) chưa cập nhật tháng này/.exec(await page.textContent('main')) ?? [0, 'none'];
	return Number(n);
}

async function checkOfficial(page, url, passwords, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: an official signs in and finds what needs doing`, async () => {
		await signIn(page, url, 'le.binh', passwords);
		await page.goto(`${url}/hom-nay`);
		const tab = await page.textContent('a[aria-current=true]');
		const first = await page.textContent('.todo .reason');
		return [...expect(tab === 'Giao cho tôi', `opens with ${tab}`), ...expect(first.includes('Quá hạn'), first), ...await looks(page, shots, 'can-bo-hom-nay')];
	});
	await check(`${width} px: one update takes at most ${REQUESTS_MAX} requests and ${BYTES_MAX} bytes, and is seen`, async () => {
		await page.goto(`${url}/hom-nay`);
		const silentBefore = await silentCount(page);
		const stop = await meter(page);
		await page.goto(`${url}/hom-nay`);
		await page.keyboard.press('j');
		await page.keyboard.press('e');
		await page.keyboard.type(`Đã họp với các đơn vị, ${width}`);
		await Promise.all([page.waitForURL('**/hom-nay?xong=*'), page.keyboard.press('Control+s')]);
		await page.waitForLoadState('load');
		const { requests, bytes, urls } = await stop();
		note(`an official's update at ${width} px: ${requests} requests, ${bytes} bytes`);
		const said = await page.textContent('.undo');
		const silent = await silentCount(page);
		return [...expect(silent === silentBefore - 1, `${silentBefore} without an update before, ${silent} after`),
			...expect(requests <= REQUESTS_MAX, `${requests} requests: ${urls}`),
			...expect(bytes <= BYTES_MAX, `${bytes} bytes`), ...expect(said.includes('Đã ghi'), said), ...await looks(page, shots, 'can-bo-da-ghi')];
	});
	await check(`${width} px: the dashboard says who reported last`, async () => {
		await page.goto(`${url}/`);
		const head = await page.textContent('.page-header');
		return [...expect(head.includes(`cập nhật gần nhất của ${UNIT}`), head), ...await looks(page, shots, 'can-bo-bang-dieu-hanh')];
	});
	await check(`${width} px: hands in a result, and asks for more time for another`, async () => {
		await page.goto(`${url}/cong-viec?pham-vi=cua-toi&loc=qua-han`);
		const links = await page.locator('[data-row] a').evaluateAll((all) => all.map((link) => link.href));
		await page.goto(links[0]);
		await page.check('input[value=cho-nghiem-thu]');
		await page.click('details:has([name=san-pham]) > summary');
		await page.fill('[name=san-pham]', 'Biên bản bàn giao');
		await page.fill('#so-van-ban', '5/BC-UBND');
		await page.fill('#ngay-bh', '2026-12-14');
		await page.setInputFiles('#tep-mc', { name: 'ban-ky.pdf', mimeType: 'application/pdf', buffer: await paper(page) });
		await Promise.all([page.waitForURL('**?xong=*'), page.click('#cap-nhat button[type=submit]')]);
		await page.goto(`${url}/cong-viec?pham-vi=cua-toi&loc=qua-han`);
		const rows = page.locator('input[name=chon]');
		await rows.nth(0).check();
		await page.selectOption('#lam', 'gia-han');
		await page.click('.bulk-bar button');
		const problems = await looks(page, shots, 'can-bo-gia-han');
		await page.fill('#han', '2027-03-31');
		await page.fill('#ly-do', 'Chờ cấp trên ban hành hướng dẫn');
		await Promise.all([page.waitForURL('**xong=*'), page.click('button[name=buoc]')]);
		return [...problems, ...expect((await page.textContent('.undo')).includes('Đã ghi 1 việc'), 'nothing written')];
	});
}

async function checkStanding(page, url, passwords, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: the standing agency sees who is late, as list, board and timeline`, async () => {
		await signIn(page, url, 'tran.thuong', passwords);
		await page.goto(`${url}/hom-nay?pham-vi=toan-xa`);
		const problems = await looks(page, shots, 'thuong-truc-hom-nay');
		await page.goto(`${url}/cong-viec?loc=qua-han`);
		problems.push(...await looks(page, shots, 'thuong-truc-danh-sach'));
		const rows = await page.locator('[data-row]').count();
		await page.goto(`${url}/cong-viec?loc=qua-han&xem=bang`);
		problems.push(...await looks(page, shots, 'thuong-truc-bang'));
		const cards = await page.locator('.board-card').count();
		await page.goto(`${url}/cong-viec?loc=qua-han&xem=dong-thoi-gian`);
		problems.push(...await looks(page, shots, 'thuong-truc-dong-thoi-gian'));
		const lines = await page.locator('.due-list [data-row]').count();
		return [...problems, ...expect(rows === cards && rows === lines && rows > 2, `${rows} rows, ${cards} cards, ${lines} lines`),
			...expect(await page.locator('.today-line').count() === 1, 'no line of today')];
	});
	await check(`${width} px: hands several over at once, and takes it back`, async () => {
		await page.goto(`${url}/cong-viec?loc=qua-han`);
		const boxes = page.locator('input[name=chon]');
		await boxes.nth(0).click();
		await boxes.nth(2).click({ modifiers: ['Shift'] });
		const count = await page.textContent('.bulk-count');
		await page.selectOption('#lam', 'giao');
		await page.click('.bulk-bar button');
		const problems = await looks(page, shots, 'thuong-truc-giao');
		await page.selectOption('#nguoi', { label: `Lê Bình – ${UNIT}` });
		await Promise.all([page.waitForURL('**xong=*'), page.click('button[name=buoc]')]);
		const said = await page.textContent('.undo');
		await Promise.all([page.waitForURL('**/cong-viec'), page.click('.undo button')]);
		await page.goto(`${url}/cong-viec?loc=qua-han`);
		const given = await page.locator('[data-row]:has-text("Lê Bình")').count();
		return [...problems, ...expect(count.includes('3'), `chosen: ${count}`), ...expect(said.includes('Đã ghi 3 việc'), said), ...expect(given === 0, `${given} still given`)];
	});
	await check(`${width} px: accepts what was handed in; it is late no more`, async () => {
		const late = async () => {
			await page.goto(`${url}/nhiem-vu?tinh-trang=qua-han`);
			return page.textContent('.card-header h2');
		};
		const done = async () => {
			await page.goto(`${url}/`);
			return Number((await page.locator('a[aria-label^="Hoàn thành: "]').getAttribute('aria-label')).match(/\d+/)[0]);
		};
		const [lateBefore, doneBefore] = [await late(), await done()];
		await page.goto(`${url}/cong-viec?loc=cho-nghiem-thu`);
		await page.locator('input[name=chon]').nth(0).check();
		await page.selectOption('#lam', 'nghiem-thu');
		await page.click('.bulk-bar button');
		await Promise.all([page.waitForURL('**xong=*'), page.click('button[name=buoc]')]);
		const [lateAfter, doneAfter] = [await late(), await done()];
		return [...expect(lateBefore === lateAfter, `late: ${lateBefore}, then ${lateAfter}`), ...expect(doneAfter === doneBefore + 1, `done: ${doneBefore}, then ${doneAfter}`),
			...await looks(page, shots, 'thuong-truc-bang-dieu-hanh')];
	});
}

async function checkLeader(page, url, passwords, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: a leader goes through the meeting room by the arrow keys`, async () => {
		await signIn(page, url, 'ngo.lanh', passwords);
		await page.goto(`${url}/`);
		await page.click('a:has-text("Phòng họp")');
		const titles = [await page.textContent('.room h2')];
		const problems = await looks(page, shots, 'phong-hop-1');
		for (const block of ['don-vi', 'qua-han', 'quyet-dinh']) {
			await Promise.all([page.waitForURL(`**man=${block}*`), page.keyboard.press('ArrowRight')]);
			titles.push(await page.textContent('.room h2'));
			problems.push(...await looks(page, shots, `phong-hop-${titles.length}`));
		}
		const size = await page.evaluate(() => getComputedStyle(document.querySelector('.room-list li')).fontSize);
		return [...problems, ...expect(new Set(titles).size === 4, titles.join(', ')), ...expect(size === '24px', size)];
	});
	await check(`${width} px: decides on more time, which the list of tasks then shows`, async () => {
		await page.click('.room-list li:has-text("Đề nghị gia hạn") a');
		await page.click('button[value=dong-y]');
		if (!page.url().includes('xong='))
			return [`refused: ${await page.locator('[role=alert]').allTextContents()} at ${page.url()}`];
		await page.goto(`${url}/nhiem-vu?tinh-trang=da-gia-han`);
		const text = await page.textContent('main');
		return [...expect(text.includes('Đã gia hạn đến 31/3/2027') || text.includes('Đã gia hạn đến 31/03/2027'), 'no extended task'), ...await looks(page, shots, 'lanh-dao-gia-han')];
	});
}

/** Keys stay with the field in which somebody types. */
async function checkKeys(page, url) {
	await check('keys: moves, searches, shows the sheet, and takes nothing from a field', async () => {
		const problems = [];
		await page.goto(`${url}/nhiem-vu`);
		await page.keyboard.press('j');
		await page.keyboard.press('j');
		const second = await page.locator('main tbody tr:has(a)').nth(1).locator('a').first().getAttribute('href');
		problems.push(...expect(await page.evaluate(() => document.activeElement.getAttribute('href')) === second, 'j does not move'));
		await page.keyboard.press('/');
		await page.keyboard.type('jk?e/');
		problems.push(...expect(await page.inputValue('#tim') === 'jk?e/', `typed ${await page.inputValue('#tim')}`));
		await page.keyboard.press('Escape');
		await page.keyboard.press('?');
		problems.push(...expect(await page.locator('#phim-tat[open]').count() === 1, 'no sheet of keys'), ...await axeProblems(page));
		await page.keyboard.press('Escape');
		problems.push(...expect(await page.locator('#phim-tat[open]').count() === 0, 'the sheet stays'));
		await page.keyboard.press('j');
		await Promise.all([page.waitForURL('**/nhiem-vu/*'), page.keyboard.press('Enter')]);
		return problems;
	});
}

/** Several rows without script: the same forms. */
async function checkWithoutScript(browser, url, passwords) {
	const context = await openContext(browser, { width: 1366, scheme: 'light', hasScript: false });
	const page = await openPage(context, url);
	await check('without script: chooses rows, looks, writes, takes back', async () => {
		await signIn(page, url, 'le.binh', passwords);
		await page.goto(`${url}/cong-viec?pham-vi=cua-toi`);
		await page.locator('input[name=chon]').nth(0).check();
		await page.locator('input[name=chon]').nth(1).check();
		await page.selectOption('#lam', 'khong-phat-sinh');
		await page.click('.bulk-bar button');
		await page.click('button[name=buoc]');
		const said = await page.textContent('.undo');
		await page.click('.undo button');
		return [...expect(said.includes('Đã ghi 2 việc'), said), ...expect(await page.locator('[role=alert]').count() === 0, 'not taken back')];
	});
	await context.close();
}

async function main([namro, plan, shots]) {
	mkdirSync(shots, { recursive: true });
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-morning-'));
	const data = join(folder, 'data');
	const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
	execFileSync(namro, ['init', ...NOW, '--commune', 'xã Bình Nguyệt', data], quiet);
	execFileSync(namro, ['import', ...NOW, data, plan], quiet);
	execFileSync(namro, ['job', 'run', ...NOW, data], quiet);
	const passwords = addPeople(namro, data, NOW, PEOPLE);
	const server = await serveData(namro, data, { now: '2026-12-15' });
	const browser = await launch();
	try {
		for (const width of process.env.NAMRO_E2E_WIDTH === undefined ? [1366, 390] : [Number(process.env.NAMRO_E2E_WIDTH)]) {
			for (const morning of [checkOfficial, checkStanding, checkLeader]) {
				const context = await openContext(browser, { width, scheme: 'light' });
				const page = await openPage(context, server.url);
				page.setDefaultTimeout(30000);
				await morning(page, server.url, passwords, shots);
				if (width === 1366 && morning === checkLeader)
					await checkKeys(page, server.url);
				await context.close();
			}
		}
		await checkWithoutScript(browser, server.url, passwords);
	} finally {
		await browser.close();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	return finish();
}

process.exitCode = await main(process.argv.slice(2));
