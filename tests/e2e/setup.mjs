// SPDX-License-Identifier: GPL-3.0-or-later
// The first hour of a commune, in Debian's chromium: from `namro init` to the first sign-in of the first official.
//   node setup.mjs NAMRO SCREENSHOT_FOLDER
// Prints TAP.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, looks, openContext, openPage } from './lib/browser.mjs';
import { serveData } from './lib/server.mjs';
import { check, expect, finish } from './lib/tap.mjs';
import { totpCode } from './lib/totp.mjs';
import { workbook } from './lib/xlsx.mjs';

const ADMIN = 'quan.tri';
const GIVEN_PASSWORD = 'Bến-đò-đầu-xóm-mùa-nước-nổi-5';
const PERSON = 'le.binh';
const PERSON_PASSWORD = 'Đò-ngang-qua-bến-Nguyệt-9';
const COOPERATIVE = 'Hợp tác xã Dịch vụ Bình Minh';
const HEADS = ['Họ và tên', 'Đơn vị', 'Chức vụ', 'Trong đơn vị là', 'Từ ngày', 'Thư điện tử', 'Tên đăng nhập', 'Vai trò'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function rows(mend) {
	return [HEADS,
		['Lê Bình', 'Phòng Kinh tế', 'Trưởng phòng', 'Người đứng đầu', '01/01/2026', 'le.binh@binhnguyet.example', PERSON, mend ? 'Đơn vị chủ trì' : 'Vai không có'],
		['Trần Thị Cúc', 'Văn phòng HĐND và UBND', 'Chánh Văn phòng', 'Người đứng đầu', mend ? '01/02/2026' : '31/02/2026', '', mend ? 'tran.cuc' : 'Trần Cúc', ''],
		['Ngô Văn Dần', COOPERATIVE, 'Giám đốc', 'Người đứng đầu', '', '', '', '']];
}

function pathOf(page) {
	return new URL(page.url()).pathname;
}

/** Answers of refused forms are told by their status. */
function looksThere(page, shots, name) {
	return looks(page, shots, `thiet-lap-${name}`, (text) => text.includes('422'));
}

async function signIn(page, url, login, password) {
	await page.goto(`${url}/dang-nhap`);
	await page.fill('#ten', login);
	await page.fill('#mat-khau', password);
	await page.click('main button[type=submit]');
}

async function changePassword(page, from, to) {
	await page.fill('#cu', from);
	await page.fill('#moi', to);
	await page.fill('#lai', to);
	await page.click('main button[type=submit]');
}

async function send(page, button) {
	await Promise.all([page.waitForNavigation(), page.click(button)]);
}

/** How many steps the setup page calls done, and the card of one. */
async function stepText(page, url, title) {
	await page.goto(`${url}/thiet-lap`);
	return page.textContent(`li.card:has(h2:has-text("${title}"))`);
}

async function checkAdmin(page, url, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: who has not signed in sees the sign-in page alone`, async () => {
		await page.goto(`${url}/thiet-lap`);
		return [...expect(pathOf(page) === '/dang-nhap', `at ${page.url()}`), ...await looksThere(page, shots, '1-dang-nhap')];
	});
	await check(`${width} px: the administrator has to set up the second factor first`, async () => {
		await signIn(page, url, ADMIN, GIVEN_PASSWORD);
		const problems = await looksThere(page, shots, '2-hai-lop');
		await page.goto(`${url}/thiet-lap`);
		return [...problems, ...expect(pathOf(page) === '/xac-thuc-hai-lop', `at ${page.url()}`),
			...expect(await page.locator('svg.qr path').count() === 1, 'no QR')];
	});
	await check(`${width} px: the code is taken, and ten recovery codes are shown once`, async () => {
		await page.fill('#ma', totpCode(await page.textContent('#khoa-chu')));
		await page.click('main button[type=submit]');
		const codes = await page.locator('code.recovery').allTextContents();
		const problems = await looksThere(page, shots, '3-ma-du-phong');
		await page.goto(`${url}/xac-thuc-hai-lop`);
		return [...problems, ...expect(new Set(codes).size === 10, `${codes.length} codes`),
			...expect(await page.locator('code.recovery').count() === 0, 'shown again')];
	});
}

async function checkUnits(page, url, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: the setup page says what is missing`, async () => {
		await page.goto(`${url}/thiet-lap`);
		const text = await page.textContent('main');
		return [...expect(text.includes('Chưa có đơn vị nào'), 'units'), ...expect(text.includes('xã Bình Nguyệt'), 'the commune'),
			...expect(text.includes('1 tài khoản quản trị, 1 đã bật xác thực hai lớp'), 'the administrator'), ...await looksThere(page, shots, '4-trang')];
	});
	await check(`${width} px: takes the usual units, then one by a form that was refused first`, async () => {
		await send(page, 'form[action="/don-vi/danh-muc"] button');
		const problems = expect(pathOf(page) === '/thiet-lap', `at ${page.url()}`);
		await page.goto(`${url}/don-vi/moi`);
		await page.fill('#ten', COOPERATIVE);
		await page.selectOption('#loai', 'doanh-nghiep');
		await page.fill('#ma', 'H55 242');
		await send(page, 'button[value=ghi]');
		const alert = await page.textContent('[role=alert]');
		problems.push(...expect(alert.includes('Mã định danh'), alert), ...expect(await page.inputValue('#ten') === COOPERATIVE, 'what was typed is lost'),
			...await looksThere(page, shots, '5-don-vi-moi'));
		await page.fill('#ma', '');
		await page.fill('#tu-ngay', '2026-01-01');
		await page.fill('#ghi-chu', 'Giấy chứng nhận đăng ký hợp tác xã');
		await send(page, 'button[value=ghi]');
		const step = await stepText(page, url, 'Đơn vị');
		return [...problems, ...expect(step.includes('16 đơn vị, trong đó 0 chưa xác nhận'), step)];
	});
	await check(`${width} px: kinds of units are added, and ended on a day`, async () => {
		await page.goto(`${url}/don-vi/loai`);
		await page.fill('#ten', 'Tổ dân vận');
		await page.fill('#can-cu', 'Quy chế làm việc số 5/QC-ĐU');
		await send(page, 'form[method=post][action="/don-vi/loai"] button');
		const row = page.locator('tbody tr:has-text("Tổ dân vận")');
		const problems = [...expect(await row.count() === 1, 'not added'), ...await looksThere(page, shots, '6-loai-don-vi')];
		await row.locator('summary').click();
		await row.locator('[name=can-cu]').fill('Quy chế làm việc số 6/QC-ĐU');
		await Promise.all([page.waitForNavigation(), row.locator('button').click()]);
		return [...problems, ...expect((await row.textContent()).includes(' đến '), await row.textContent())];
	});
	await check(`${width} px: the other rules that an administrator keeps stand on pages of the same shape`, async () => {
		const problems = [];
		for (const [path, name, field] of [['/minh-chung/loai', '15-loai-minh-chung', '#ten'], ['/quan-tri/tach-nhiem-vu', '16-tach-nhiem-vu', '#pham-vi']]) {
			await page.goto(`${url}${path}`);
			await page.locator('summary:has-text("Thôi dùng")').first().click();
			problems.push(...expect(await page.locator(field).count() === 1, `no form at ${path}`), ...await looksThere(page, shots, name));
		}
		return problems;
	});
}

async function chooseFile(page, mend) {
	await page.setInputFiles('#tep', { name: 'nguoi.xlsx', mimeType: XLSX, buffer: workbook('Người', rows(mend)) });
	await send(page, 'form[action="/nguoi/nhap-excel"] button');
}

/** Gives the first password of the person. */
async function checkImport(page, url, shots) {
	const width = page.viewportSize().width;
	let password = '';
	await check(`${width} px: a file with wrong cells is refused cell by cell, and nothing is written`, async () => {
		await page.goto(`${url}/nguoi/nhap-excel`);
		const problems = await looksThere(page, shots, '7-nhap-excel');
		await chooseFile(page, false);
		const cells = await page.locator('tbody tr td:first-child').allTextContents();
		problems.push(...expect(['H2', 'E3', 'G3'].every((cell) => cells.includes(cell)), cells.join(', ')), ...await looksThere(page, shots, '8-o-sai'));
		await page.goto(`${url}/nguoi`);
		return [...problems, ...expect(!(await page.textContent('main')).includes('Trần Thị Cúc'), 'written all the same')];
	});
	await check(`${width} px: the mended file is looked at, and written in one go`, async () => {
		await page.goto(`${url}/nguoi/nhap-excel`);
		await chooseFile(page, true);
		const preview = await page.textContent('main');
		const problems = [...expect(preview.includes('3 người thêm mới') && preview.includes('2 tài khoản mới'), preview), ...await looksThere(page, shots, '9-xem-truoc')];
		await send(page, 'form[action="/nguoi/nhap-excel/ghi"] button');
		const slip = page.locator(`#phieu .card:has-text("${PERSON}")`);
		password = await slip.locator('code').nth(1).textContent();
		const steps = await looksThere(page, shots, '10-mat-khau-dau');
		const heads = await stepText(page, url, 'Người đứng đầu');
		const accounts = await stepText(page, url, 'Tài khoản của cán bộ');
		return [...problems, ...steps, ...expect(heads.includes('2 trong 15 đơn vị'), heads), ...expect(accounts.includes('2 tài khoản đang dùng'), accounts),
			...await looksThere(page, shots, '11-trang-sau')];
	});
	return password;
}

async function checkPerson(page, url, password, shots) {
	const width = page.viewportSize().width;
	await check(`${width} px: a new person has to choose a password, and gets to work`, async () => {
		await signIn(page, url, PERSON, password);
		const problems = [...expect(pathOf(page) === '/doi-mat-khau', `at ${page.url()}`), ...await looksThere(page, shots, '12-doi-mat-khau')];
		await page.goto(`${url}/hom-nay`);
		problems.push(...expect(pathOf(page) === '/doi-mat-khau', `let in: ${page.url()}`));
		await changePassword(page, password, PERSON_PASSWORD);
		await page.goto(`${url}/hom-nay`);
		return [...problems, ...expect(pathOf(page) === '/hom-nay', `at ${page.url()}`), ...await looksThere(page, shots, '13-hom-nay')];
	});
	await check(`${width} px: who is no administrator has no setup page, and kinds of units without forms`, async () => {
		page.troubles.length = 0;
		await page.goto(`${url}/thiet-lap`);
		const text = await page.textContent('main');
		page.troubles.length = 0;
		await page.goto(`${url}/don-vi/loai`);
		return [...expect(!text.includes('Các bước'), text), ...expect(await page.locator('main form[method=post]').count() === 0, 'forms'), ...await looksThere(page, shots, '14-loai-don-vi-xem')];
	});
}

/** The whole way on a data directory of its own. */
async function checkWay(browser, namro, shots, width) {
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-setup-'));
	const data = join(folder, 'data');
	execFileSync(namro, ['init', '--commune', 'xã Bình Nguyệt', '--code', '26734', '--province', 'Thành phố Hồ Chí Minh',
		'--admin', ADMIN, '--admin-name', 'Nguyễn Quản Trị', '--password-stdin', data], { input: `${GIVEN_PASSWORD}\n`, stdio: ['pipe', 'ignore', 'inherit'] });
	const server = await serveData(namro, data);
	try {
		const open = async () => {
			const page = await openPage(await openContext(browser, { width, scheme: 'light' }), server.url);
			page.setDefaultTimeout(30000);
			return page;
		};
		const admin = await open();
		await checkAdmin(admin, server.url, shots);
		await checkUnits(admin, server.url, shots);
		const password = await checkImport(admin, server.url, shots);
		const person = await open();
		await checkPerson(person, server.url, password, shots);
		await admin.context().close();
		await person.context().close();
	} finally {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function main([namro, shots]) {
	mkdirSync(shots, { recursive: true });
	const browser = await launch();
	try {
		for (const width of process.env.NAMRO_E2E_WIDTH === undefined ? [1366, 390] : [Number(process.env.NAMRO_E2E_WIDTH)])
			await checkWay(browser, namro, shots, width);
	} finally {
		await browser.close();
	}
	return finish();
}

process.exitCode = await main(process.argv.slice(2));
