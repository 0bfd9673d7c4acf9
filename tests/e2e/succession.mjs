// SPDX-License-Identifier: GPL-3.0-or-later
// A plan that replaces a living one goes into force from its review, with the work; and the routes of proposals are set.
// On a desktop and on a telephone.
//   node succession.mjs NAMRO PLAN SCREENSHOT_FOLDER
// Prints TAP.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, looks, openContext, openPage } from './lib/browser.mjs';
import { addPeople, signIn } from './lib/people.mjs';
import { serveData } from './lib/server.mjs';
import { check, expect, finish } from './lib/tap.mjs';

const TODAY = '2026-12-15';
const NOW = ['--now', TODAY];
const WAIT_MS = 20000;
const PEOPLE = {
	'tran.thuong': { name: 'Trần Thường', role: 'thuong-truc' },
	'le.binh': { name: 'Lê Bình', role: 'chu-tri' },
};

/** The plan again under another number, replacing the one of `old`; one deadline is another. */
function successor(plan, old, number) {
	return readFileSync(plan, 'utf8')
		.replace(/Số: \d+\/KH-UBND/, `Số: ${number}/KH-UBND`)
		.replace('31/12/2026', number % 2 === 0 ? '31/3/2027' : '30/6/2027')
		.replace(/thay thế Kế hoạch số \d+\/KH-UBND ngày [\d/]+/, `thay thế Kế hoạch số ${old}/KH-UBND ngày 10/02/2026`);
}

async function upload(page, url, plan, old, number) {
	await page.goto(`${url}/nhap-ke-hoach`);
	await page.locator('#tep').setInputFiles({ name: `ke-hoach-${number}.md`, mimeType: 'text/markdown',
		buffer: Buffer.from(successor(plan, old, number)) });
	await page.locator('#nhap button[type=submit]').press('Enter');
	await page.waitForURL(/\/ra-soat\/\d+/, { timeout: WAIT_MS });
	return page.url().match(/ra-soat\/(\d+)/)[1];
}

/** old, number: of the living plan and of the one that replaces it. */
async function checkReplacing(page, url, plan, shots, [old, number]) {
	const width = page.viewportSize().width;
	let draft = '';
	await check(`${width} px: the review's last page names the plan that is replaced`, async () => {
		draft = await upload(page, url, plan, old, number);
		await page.goto(`${url}/ra-soat/${draft}/dua-vao`);
		const text = await page.textContent('main');
		const chosen = await page.locator('#cu option:checked').textContent();
		return [...expect(text.includes('nối tiếp một kế hoạch đang thực hiện'), 'nothing offered'),
			...expect(chosen.includes(`${old}/KH-UBND`), `chosen: ${chosen}`), ...await looks(page, shots, 'dua-vao-thay-the')];
	});
	await check(`${width} px: lines are accepted one by one, then all`, async () => {
		await Promise.all([page.waitForURL('**/chuyen-tiep/*'), page.click('form[action="/chuyen-tiep"] button')]);
		const problems = await looks(page, shots, 'chuyen-tiep-dong');
		await page.goto(`${url}/ra-soat/${draft}/dua-vao`);
		const before = await page.textContent('main');
		problems.push(...await looks(page, shots, 'dua-vao-dang-so-sanh'));
		await Promise.all([page.waitForURL('**/chuyen-tiep/*'), page.click('form[action$="/tat-ca"] button')]);
		await page.goto(`${url}/ra-soat/${draft}/dua-vao`);
		const after = await page.textContent('main');
		return [...problems, ...expect(before.includes('dòng chưa xác nhận'), 'nothing is open'),
			...expect(after.includes('Mọi dòng đã được xác nhận'), 'something is open'), ...await looks(page, shots, 'dua-vao-da-xac-nhan')];
	});
	await check(`${width} px: it goes into force with its work`, async () => {
		await Promise.all([page.waitForURL('**/ke-hoach/*'), page.click('form[action$="/thuc-hien"] button')]);
		const id = page.url().match(/ke-hoach\/(\d+)/)[1];
		const problems = await looks(page, shots, 'dua-vao-xong');
		await page.goto(`${url}/ke-hoach`);
		const text = await page.textContent('main');
		await page.goto(`${url}/nhiem-vu/1?ke-hoach=${id}`);
		const card = await page.textContent('main');
		return [...problems, ...expect(text.includes('Đã được thay thế'), 'the old plan still counts'),
			...expect(card.includes('Nối tiếp Kế hoạch số'), 'the row came from nowhere')];
	});
}

async function checkRoutes(page, url, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: a route that is refused keeps what was typed; a good one is listed; one that has not begun is given up`, async () => {
		await page.goto(`${url}/tuyen-kien-nghi?he=dang`);
		const problems = await looks(page, shots, 'tuyen-kien-nghi');
		await page.fill('#can-cu', 'Quy chế làm việc số 5');
		await page.selectOption('#vai-tro-3', 'thuong-truc');
		await page.fill('#viec-3', 'Thường trực xem lại');
		await page.click('#dat button[type=submit]');
		const said = await page.textContent('[role=alert]');
		page.troubles.length = 0; // the refusal itself
		const kept = await page.inputValue('#viec-3');
		problems.push(...await looks(page, shots, 'tuyen-kien-nghi-bi-tu-choi'));
		await page.selectOption('#vai-tro-3', 'quyet-dinh');
		await Promise.all([page.waitForURL('**/tuyen-kien-nghi'), page.click('#dat button[type=submit]')]);
		const listed = await page.textContent('main');
		await page.click('form[action$="/thoi"]:has-text("Bỏ") button');
		const dropped = await page.textContent('main');
		return [...problems, ...expect(said.includes('không có quyền quyết định'), said), ...expect(kept === 'Thường trực xem lại', `kept: ${kept}`),
			...expect(listed.includes('Sắp dùng'), 'not listed'), ...expect(dropped.includes('đã bỏ'), 'not given up')];
	});
}

/** A unit's official may look, and neither puts plans into force nor sets routes. */
async function checkRights(page, url, passwords) {
	await check('who has no right is refused, and offered nothing', async () => {
		await signIn(page, url, 'le.binh', passwords);
		const statuses = [];
		for (const path of ['/ra-soat/1/dua-vao', '/chuyen-tiep'])
			statuses.push((await page.goto(url + path)).status());
		await page.goto(`${url}/tuyen-kien-nghi`);
		const forms = await page.locator('form[action^="/tuyen-kien-nghi"]').count();
		const sent = await page.evaluate(async () => {
			const mark = document.querySelector('form[method=post] input[type=hidden]');
			const body = new URLSearchParams({ [mark.name]: mark.value, 'phien-ban': '1' });
			const one = await fetch('/chuyen-tiep/1/thuc-hien', { method: 'POST', body, redirect: 'manual' });
			const other = await fetch('/tuyen-kien-nghi/thoi', { method: 'POST', body, redirect: 'manual' });
			return [one.status, other.status];
		});
		page.troubles.length = 0;
		return [...expect(statuses.every((status) => status === 403), `pages: ${statuses}`), ...expect(forms === 0, `${forms} forms`),
			...expect(sent.every((status) => status === 403), `forms: ${sent}`)];
	});
}

async function main([namro, plan, shots]) {
	mkdirSync(shots, { recursive: true });
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-succession-'));
	const data = join(folder, 'data');
	const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
	const number = Number(readFileSync(plan, 'utf8').match(/Số: (\d+)\/KH-UBND/)[1]);
	execFileSync(namro, ['init', ...NOW, '--commune', 'xã Bình Nguyệt', data], quiet);
	execFileSync(namro, ['import', ...NOW, data, plan], quiet);
	execFileSync(namro, ['job', 'run', ...NOW, data], quiet);
	const passwords = addPeople(namro, data, NOW, PEOPLE);
	const server = await serveData(namro, data, { now: TODAY });
	const browser = await launch();
	try {
		for (const [i, width] of [1366, 390].entries()) {
			const context = await openContext(browser, { width, scheme: 'light' });
			const page = await openPage(context, server.url);
			page.setDefaultTimeout(15000);
			await signIn(page, server.url, 'tran.thuong', passwords);
			await checkReplacing(page, server.url, plan, shots, [number + i, number + i + 1]);
			await checkRoutes(page, server.url, shots);
			await context.close();
		}
		const context = await openContext(browser, { width: 1366, scheme: 'light' });
		await checkRights(await openPage(context, server.url), server.url, passwords);
		await context.close();
	} finally {
		await browser.close();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	return finish();
}

process.exitCode = await main(process.argv.slice(2));
