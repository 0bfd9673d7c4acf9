// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in, in Debian's chromium, from the first administrator on.
//   node signin.mjs NAMRO PLAN SCREENSHOT_FOLDER
// Prints TAP.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeProblems, launch, openContext, openPage, overflowProblems, takePicture } from './lib/browser.mjs';
import { serveData } from './lib/server.mjs';
import { check, expect, finish } from './lib/tap.mjs';
import { totpCode } from './lib/totp.mjs';

const ADMIN_PASSWORD = 'Trăng-sáng-trên-sông-7';
const WORKER_PASSWORD = 'Đò-ngang-qua-bến-Nguyệt-9';
const WORKER = 'le.binh';

/** Gives the password that the program made. */
function addAccount(namro, data, login, ...more) {
	const out = execFileSync(namro, ['user', 'add', data, login, '--name', `Người ${login}`, ...more], { encoding: 'utf8' });
	return out.match(/đăng nhập\): (\S+)/)[1];
}

async function newPage(browser, url, width = 1366) {
	const context = await openContext(browser, { width, scheme: 'light' });
	return openPage(context, url);
}

async function signIn(page, url, login, password, code = '') {
	await page.goto(`${url}/dang-nhap`);
	await page.fill('#ten', login);
	await page.fill('#mat-khau', password);
	if (code !== '')
		await page.fill('#ma', code);
	await page.click('main button[type=submit]');
}

async function changePassword(page, from, to) {
	await page.fill('#cu', from);
	await page.fill('#moi', to);
	await page.fill('#lai', to);
	await page.click('main button[type=submit]');
}

function pathOf(page) {
	return new URL(page.url()).pathname;
}

/** What has to hold on a page at both widths; keeps the pictures. */
async function looks(page, shots, name) {
	const problems = [];
	for (const width of [1366, 390]) {
		await page.setViewportSize({ width, height: 900 });
		await page.evaluate(() => document.fonts.ready);
		await takePicture(page, shots, `${name}-${width}`);
		problems.push(...await overflowProblems(page), ...await axeProblems(page));
	}
	await page.setViewportSize({ width: 1366, height: 900 });
	return problems;
}

/** From the sign-in page to the code that must be set up, by the keyboard alone. */
async function checkFirstAdmin(page, url, password, shots) {
	let codes = [];
	await check('the first administrator signs in by the keyboard and has to change the password', async () => {
		await page.goto(`${url}/`);
		const problems = [...expect(pathOf(page) === '/dang-nhap', `at ${page.url()}`), ...await looks(page, shots, 'dang-nhap')];
		await page.focus('#ten');
		await page.keyboard.type('quan.tri');
		await page.keyboard.press('Tab');
		await page.keyboard.type(password);
		await page.keyboard.press('Enter');
		await page.waitForURL('**/doi-mat-khau*');
		await page.goto(`${url}/nhiem-vu`);
		return [...problems, ...expect(pathOf(page) === '/doi-mat-khau', `at ${page.url()}`), ...await looks(page, shots, 'doi-mat-khau')];
	});
	await check('a password that keeps no rule is refused with the reason', async () => {
		await changePassword(page, password, 'ngan');
		const text = await page.textContent('[role=alert]');
		const list = await page.textContent('#moi-nhan');
		return [...expect(text.includes('ít nhất 14 ký tự'), text), ...expect(list.includes('Ít nhất 14 ký tự'), list)];
	});
	await check('a good one is taken, and the second factor comes next', async () => {
		await changePassword(page, password, ADMIN_PASSWORD);
		await page.goto(`${url}/quan-tri/tai-khoan`);
		return [...expect(pathOf(page) === '/xac-thuc-hai-lop', `at ${page.url()}`), ...expect(await page.locator('svg.qr path').count() === 1, 'no QR'),
			...await looks(page, shots, 'xac-thuc-hai-lop')];
	});
	await check('a wrong code keeps the key, the right one shows the recovery codes', async () => {
		const key = await page.textContent('#khoa-chu');
		await page.fill('#ma', '000000');
		await page.click('main button[type=submit]');
		const again = await page.textContent('#khoa-chu');
		await page.fill('#ma', totpCode(key));
		await page.click('main button[type=submit]');
		codes = await page.locator('code.recovery').allTextContents();
		return [...expect(again === key, 'another key'), ...expect(codes.length === 10, `${codes.length} codes`)];
	});
	return codes;
}

async function checkRules(page, url, shots) {
	await check('a rule is refused outside its range with what was typed, and set inside it', async () => {
		await page.goto(`${url}/quan-tri/quy-tac`);
		const problems = await looks(page, shots, 'quy-tac');
		await page.click('a[href="/quan-tri/quy-tac/idle_minutes"]');
		await page.fill('#gia-tri', '30');
		await page.fill('#can-cu', 'Quyết định số 1');
		await page.click('main form button[type=submit]');
		const kept = await page.inputValue('#gia-tri');
		const source = await page.inputValue('#can-cu');
		problems.push(...expect(kept === '30' && source === 'Quyết định số 1', `kept ${kept}, ${source}`), ...await looks(page, shots, 'quy-tac-sai'));
		await page.fill('#gia-tri', '10');
		await page.click('main form button[type=submit]');
		const facts = await page.textContent('dl.facts');
		return [...problems, ...expect(facts.includes('10 phút'), facts), ...await looks(page, shots, 'quy-tac-mot')];
	});
	await check('level 3 says what changes and for whom, and changes nothing yet', async () => {
		await page.goto(`${url}/quan-tri/quy-tac`);
		await page.selectOption('#cap-do', '3');
		await page.click('main form button[type=submit]');
		const text = await page.textContent('main');
		const problems = [...expect(text.includes('60 ngày'), 'no change of the password age'), ...expect(text.includes(`Người ${WORKER}`), 'nobody is named'),
			...await looks(page, shots, 'cap-do-3')];
		await page.goto(`${url}/quan-tri/quy-tac`);
		return [...problems, ...expect((await page.textContent('main')).includes('hệ thống: cấp độ 2'), 'the level changed')];
	});
}

/** Two browsers of one person: the one ends the other. */
async function checkSessions(browser, url) {
	const first = await newPage(browser, url);
	const second = await newPage(browser, url, 390);
	await check('a session is ended from another one', async () => {
		await signIn(first, url, WORKER, WORKER_PASSWORD);
		await signIn(second, url, WORKER, WORKER_PASSWORD);
		await second.goto(`${url}/tai-khoan`);
		const problems = await overflowProblems(second);
		await second.click('button:has-text("Thu hồi")');
		await first.goto(`${url}/nhiem-vu`);
		return [...problems, ...expect(pathOf(first) === '/dang-nhap', `at ${first.url()}`)];
	});
	await check('a form without the mark of the session is refused and does nothing', async () => {
		const status = await second.evaluate(async () => (await fetch('/dang-xuat', { method: 'POST', body: new URLSearchParams({ a: '1' }) })).status);
		await second.goto(`${url}/tai-khoan`);
		return [...expect(status === 403, `status ${status}`), ...expect(pathOf(second) === '/tai-khoan', 'signed out')];
	});
	await check('the session ends with signing out, and going back shows nothing', async () => {
		await second.evaluate(() => document.querySelector('form[action="/dang-xuat"]').requestSubmit());
		await second.waitForURL('**/dang-nhap');
		await second.goBack();
		await second.goto(`${url}/tai-khoan`);
		return expect(pathOf(second) === '/dang-nhap', `at ${second.url()}`);
	});
	await first.context().close();
	await second.context().close();
}

async function checkRecovery(browser, url, codes) {
	const page = await newPage(browser, url);
	await check('a recovery code signs in once', async () => {
		await signIn(page, url, 'quan.tri', ADMIN_PASSWORD, codes[0]);
		const problems = expect(pathOf(page) === '/', `at ${page.url()}`);
		await page.context().clearCookies();
		await signIn(page, url, 'quan.tri', ADMIN_PASSWORD, codes[0]);
		return [...problems, ...expect(pathOf(page) === '/dang-nhap', `twice: at ${page.url()}`)];
	});
	await page.context().close();
}

async function checkLock(browser, url, shots) {
	const page = await newPage(browser, url);
	await check('after five failures the right password is refused too', async () => {
		for (let i = 0; i < 5; i += 1)
			await signIn(page, url, WORKER, 'sai-mat-khau');
		await signIn(page, url, WORKER, WORKER_PASSWORD);
		return [...expect(pathOf(page) === '/dang-nhap', `at ${page.url()}`), ...await looks(page, shots, 'dang-nhap-bi-khoa')];
	});
	await page.context().close();
}

/** The server again, a day later: nobody is signed in any more. */
async function checkIdle(browser, namro, data, page, port) {
	const tomorrow = new Date(Date.now() + 24 * 3600 * 1000).toISOString().slice(0, 10);
	const later = await serveData(namro, data, { now: tomorrow, port });
	await check('a session that was not used is over', async () => {
		await page.goto(`${later.url}/nhiem-vu`);
		return expect(pathOf(page) === '/dang-nhap', `at ${page.url()}`);
	});
	await later.stop();
}

async function main([namro, plan, shots]) {
	mkdirSync(shots, { recursive: true });
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-signin-'));
	const data = join(folder, 'data');
	execFileSync(namro, ['init', '--commune', 'xã Bình Nguyệt', data]);
	execFileSync(namro, ['import', data, plan], { stdio: 'ignore' });
	const password = addAccount(namro, data, 'quan.tri', '--kind', 'quan-tri');
	const workerPassword = addAccount(namro, data, WORKER, '--role', 'thuong-truc');
	const server = await serveData(namro, data);
	const browser = await launch();
	try {
		const admin = await newPage(browser, server.url);
		const codes = await checkFirstAdmin(admin, server.url, password, shots);
		await checkRules(admin, server.url, shots);
		const worker = await newPage(browser, server.url);
		await check('a worker changes the password and goes to work', async () => {
			await signIn(worker, server.url, WORKER, workerPassword);
			await changePassword(worker, workerPassword, WORKER_PASSWORD);
			await worker.goto(`${server.url}/nhiem-vu`);
			return expect(pathOf(worker) === '/nhiem-vu', `at ${worker.url()}`);
		});
		await worker.context().close();
		await checkSessions(browser, server.url);
		await checkRecovery(browser, server.url, codes);
		await checkLock(browser, server.url, shots);
		await server.stop();
		await checkIdle(browser, namro, data, admin, new URL(server.url).port);
	} finally {
		await browser.close();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	return finish();
}

process.exitCode = await main(process.argv.slice(2));
