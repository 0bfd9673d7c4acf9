// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in by an account elsewhere, in Debian's chromium, through a real provider.
//   build-aux/with-glewlwyd --base URL node provider.mjs NAMRO SCREENSHOT_FOLDER
// Prints TAP.

import { execFileSync } from 'node:child_process';
import { copyFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, openContext, takePicture } from './lib/browser.mjs';
import { serveData } from './lib/server.mjs';
import { check, finish } from './lib/tap.mjs';

const { NAMRO_OIDC_ISSUER: issuer, NAMRO_OIDC_API: api, NAMRO_OIDC_BASE: base } = process.env;
const PASSWORD = 'Đò-ngang-qua-bến-Nguyệt-9';

/** A data directory with a worker, and the provider's settings. */
function prepare(namro, data) {
	const run = (args, input) => execFileSync(namro, args, { input, stdio: ['pipe', 'ignore', 'inherit'] });
	run(['init', '--commune', 'xã Bình Nguyệt', data]);
	run(['user', 'add', data, 'quan.tri', '--name', 'Quản trị', '--kind', 'quan-tri']);
	run(['user', 'add', data, 'le.binh', '--name', 'Nguyễn Văn An', '--role', 'thuong-truc', '--ask-password'], `${PASSWORD}\n`);
	copyFileSync(process.env.NAMRO_OIDC_SECRET_FILE, join(data, 'oidc.secret'));
	chmodSync(join(data, 'oidc.secret'), 0o600);
	const settings = { nguon: issuer, 'ma-ung-dung': process.env.NAMRO_OIDC_CLIENT, 'tep-bi-mat': 'oidc.secret', 'pham-vi': 'openid', 'dia-chi': base, bat: '1' };
	for (const [name, value] of Object.entries(settings))
		run(['admin', 'oidc', data, '--set', `${name}=${value}`]);
}

/** A browser that has signed in at the provider already. */
async function openThere(browser) {
	const context = await openContext(browser, { width: 390, scheme: 'light' });
	await context.request.post(`${api}auth/`, { data: { username: process.env.NAMRO_OIDC_USER, password: process.env.NAMRO_OIDC_PASSWORD } });
	return context.newPage();
}

/** Presses a link that leads to the provider, and there what "continue" on its page does. */
async function goThere(page, link) {
	await page.click(link);
	await page.waitForURL('**/login.html*');
	await page.evaluate(() => {
		const back = new URL(new URL(location.href).searchParams.get('callback_url'));
		back.searchParams.set('g_continue', '');
		location.href = back.href;
	});
}

async function main([namro, shots]) {
	mkdirSync(shots, { recursive: true });
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-oidc-'));
	const data = join(folder, 'data');
	prepare(namro, data);
	const server = await serveData(namro, data, { port: new URL(base).port });
	const browser = await launch();
	try {
		const page = await openThere(browser);
		await check('an account elsewhere that nobody has linked opens nothing, and is told what to do', async () => {
			await page.goto(`${base}/dang-nhap`);
			await takePicture(page, shots, 'dang-nhap-ben-ngoai-390');
			await goThere(page, 'a[href^="/dang-nhap/ben-ngoai"]');
			await page.waitForSelector('[role=alert]');
			await takePicture(page, shots, 'chua-lien-ket-390');
			const text = await page.textContent('[role=alert]');
			return text.includes('chưa được liên kết') ? [] : [text];
		});
		await check('somebody who has signed in by password links it', async () => {
			await page.goto(`${base}/dang-nhap`);
			await page.fill('#ten', 'le.binh');
			await page.fill('#mat-khau', PASSWORD);
			await page.click('main button[type=submit]');
			await page.goto(`${base}/tai-khoan`);
			await goThere(page, 'a[href="/tai-khoan/lien-ket"]');
			await page.waitForSelector('form[action="/tai-khoan/bo-lien-ket"]');
			await takePicture(page, shots, 'da-lien-ket-390');
			return [];
		});
		await check('and signs in by it, to where they wanted to go', async () => {
			await page.context().clearCookies({ name: 'namro_phien' });
			await page.goto(`${base}/tai-khoan`);
			await goThere(page, 'a[href^="/dang-nhap/ben-ngoai"]');
			await page.waitForURL(`${base}/tai-khoan`);
			const text = await page.textContent('main');
			return text.includes('Tài khoản bên ngoài') ? [] : [text];
		});
	} finally {
		await browser.close();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	return finish();
}

process.exitCode = await main(process.argv.slice(2));
