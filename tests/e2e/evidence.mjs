// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence is handed in: a large file over a connection that breaks, another browser that goes on, a phone, no script.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeProblems, openContext, openPage, overflowProblems, takePicture } from './lib/browser.mjs';
import { startFaulty } from './lib/faulty.mjs';
import { check } from './lib/tap.mjs';

const WAIT_MS = 60000;
const MB = 1024 * 1024;
const AWAY_MS = 700;

/** A PDF of one empty page, with so many random bytes inside that nobody looks at. */
function makePdf(bytes) {
	const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'].map((body, i) => `${i + 1} 0 obj\n${body}\nendobj\n`);
	const parts = [Buffer.from('%PDF-1.4\n'), ...objects.map((text) => Buffer.from(text)),
		Buffer.from(`4 0 obj\n<</Length ${bytes}>>\nstream\n`), randomBytes(bytes), Buffer.from('\nendstream\nendobj\n')];
	const starts = [9];
	for (const text of objects)
		starts.push(starts.at(-1) + text.length);
	const end = parts.reduce((sum, part) => sum + part.length, 0);
	const lines = starts.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
	return Buffer.concat([...parts, Buffer.from(
		`xref\n0 5\n0000000000 65535 f \n${lines}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${end}\n%%EOF\n`)]);
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function lookAt(page, shots, name, hasScript = true) {
	await takePicture(page, shots, `${name}`);
	// an icon that the page before was still asking for
	const troubles = page.troubles.filter((trouble) => !trouble.includes('net::ERR_ABORTED'));
	if (!hasScript)
		return troubles;
	await page.evaluate(() => document.fonts.ready);
	return [...troubles, ...await overflowProblems(page), ...await axeProblems(page)];
}

/** The newest piece as the program tells it. */
async function newest(url) {
	const answer = await fetch(`${url}/minh-chung.json`);
	return (await answer.json()).evidence[0];
}

async function download(url, id) {
	const answer = await fetch(`${url}/minh-chung/${id}/tep`);
	return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function checkBroken(browser, url, shots, folder) {
	const bytes = makePdf(20 * MB);
	const path = join(folder, 'bien-ban-lon.pdf');
	const proxy = await startFaulty(url, AWAY_MS);
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, proxy.url);

	writeFileSync(path, bytes);
	await check('20 MB arrive although the connection breaks in the middle, and are what was sent', async () => {
		await page.goto(`${proxy.url}/minh-chung/them?doi-tuong=task/1/2`);
		await page.selectOption('#loai', 'bien-ban');
		await page.fill('#tieu-de', 'Biên bản họp tổ công nghệ số');
		await page.setInputFiles('#tep', path);
		proxy.cutAfter(10 * MB);
		await page.click('#nop-minh-chung button[type=submit]');
		await page.waitForURL(/\/nhiem-vu\/2/, { timeout: WAIT_MS });
		const piece = await newest(url);
		const { bytes: back } = await download(url, piece.id);
		return [
			...(proxy.cuts() === 1 ? [] : [`the connection broke ${proxy.cuts()} times`]),
			...(piece.sha256 === sha256(bytes) ? [] : [`kept ${piece.sha256}`]),
			...(back.equals(bytes) ? [] : ['the download is another file']),
		];
	});
	page.troubles = [];
	await check('the task shows what was handed in', async () => {
		const text = await page.locator('#minh-chung').textContent();
		return [...(text.includes('Biên bản họp tổ công nghệ số') ? [] : [text]), ...await lookAt(page, shots, 'minh-chung-nhiem-vu')];
	});
	await context.close();
	await proxy.stop();
}

/** One browser sends half and is closed; another one of the same person goes on. */
async function checkResume(browser, url, shots, folder) {
	const bytes = makePdf(12 * MB);
	const path = join(folder, 'gui-do.pdf');
	const proxy = await startFaulty(url, WAIT_MS * 10);
	writeFileSync(path, bytes);

	const first = await openContext(browser, { width: 1366, scheme: 'light' });
	const begun = await openPage(first, proxy.url);
	await begun.goto(`${proxy.url}/minh-chung/them`);
	await begun.selectOption('#loai', 'khac');
	await begun.setInputFiles('#tep', path);
	proxy.cutAfter(9 * MB);
	await begun.click('#nop-minh-chung button[type=submit]');
	await begun.locator('#tep-gui').getByText('mất kết nối').waitFor({ timeout: WAIT_MS });
	await takePicture(begun, shots, 'minh-chung-mat-mang');
	await first.close();
	await proxy.stop();

	const second = await openContext(browser, { width: 390, scheme: 'light' });
	const page = await openPage(second, url);
	await check('what was sent is told of, and can be gone on with', async () => {
		await page.goto(`${url}/minh-chung`);
		const text = await page.locator('main').textContent();
		return [...(text.includes('Tệp gửi dở') && text.includes('8,0 MB') ? [] : [text]), ...await lookAt(page, shots, 'minh-chung-gui-do-390')];
	});
	await check('another browser sends the rest alone, and the file is whole', async () => {
		let sent = 0;
		await page.goto(`${url}/minh-chung/them`);
		await page.selectOption('#loai', 'khac');
		page.on('request', (request) => {
			if (request.method() === 'POST')
				sent += Number(request.headers()['content-length'] ?? 0) || request.postDataBuffer()?.length || 0;
		});
		await page.setInputFiles('#tep', path);
		await page.click('#nop-minh-chung button[type=submit]');
		await page.waitForURL(/\/minh-chung\/\d+$/, { timeout: WAIT_MS });
		const piece = await newest(url);
		return [
			...(piece.sha256 === sha256(bytes) ? [] : [`kept ${piece.sha256}`]),
			...(sent < 6 * MB ? [] : [`sent ${sent} bytes again`]),
			...await lookAt(page, shots, 'minh-chung-phieu-390'),
		];
	});
	await second.close();
}

async function checkDownload(url) {
	await check('a file leaves with safe headers, whole and in pieces', async () => {
		const { id, sha256: hash } = await newest(url);
		const { answer, bytes } = await download(url, id);
		const part = await fetch(`${url}/minh-chung/${id}/tep`, { headers: { Range: 'bytes=5-9' } });
		const beyond = await fetch(`${url}/minh-chung/${id}/tep`, { headers: { Range: 'bytes=999999999-' } });
		const known = await fetch(`${url}/minh-chung/${id}/tep`, { headers: { 'If-None-Match': `"${hash}"` } });
		const got = Buffer.from(await part.arrayBuffer());
		const expected = [
			[answer.headers.get('content-disposition'), "attachment; filename=\"gui-do.pdf\"; filename*=UTF-8''gui-do.pdf"],
			[answer.headers.get('x-content-type-options'), 'nosniff'],
			[answer.headers.get('content-security-policy'), "default-src 'none'; sandbox; frame-ancestors 'none'"],
			[answer.headers.get('accept-ranges'), 'bytes'],
			[answer.headers.get('etag'), `"${hash}"`],
			[part.status, 206],
			[part.headers.get('content-range'), `bytes 5-9/${bytes.length}`],
			[got.equals(bytes.subarray(5, 10)), true],
			[beyond.status, 416],
			[known.status, 304],
		];
		return expected.filter(([is, should]) => is !== should).map(([is, should]) => `${is} is not ${should}`);
	});
}

/** The pages, filled, on a desktop and a phone. */
async function checkPages(browser, url, shots, folder) {
	const path = join(folder, 'bao-cao.txt');
	writeFileSync(path, 'Báo cáo kết quả tháng 11');
	for (const width of [1366, 390]) {
		const hasScript = width === 1366;
		const context = await openContext(browser, { width, scheme: 'light', hasScript });
		const page = await openPage(context, url);
		await check(`the form is refused and sent at ${width} px${width === 390 ? ', without script' : ''}`, async () => {
			await page.goto(`${url}/minh-chung/them?doi-tuong=task/1/3`);
			await page.selectOption('#loai', 'van-ban');
			await page.fill('#tieu-de', 'Quyết định thành lập tổ');
			await page.setInputFiles('#tep', path);
			const form = await lookAt(page, shots, `minh-chung-them-${width}`, hasScript);
			await page.click('#nop-minh-chung button[type=submit]');
			await page.getByText('phải có số, ký hiệu và ngày ban hành').waitFor({ timeout: WAIT_MS });
			page.troubles = []; // without script the refusal is a page of its own, 422
			const refused = await lookAt(page, shots, `minh-chung-sai-${width}`, hasScript);
			await page.fill('#so', '12/QĐ-UBND');
			await page.fill('#ngay', '2026-12-01');
			await page.setInputFiles('#tep', path);
			await page.click('#nop-minh-chung button[type=submit]');
			await page.waitForURL(/\/nhiem-vu\/3/, { timeout: WAIT_MS });
			return [...form, ...refused];
		});
		await check(`the list, the card and the settings can be read at ${width} px`, async () => {
			const problems = [];
			for (const [name, target] of [['danh-sach', ''], ['phieu', '/1'], ['mat', '/mat'], ['danh-dau', '/1/danh-dau-mat'], ['thiet-lap', '/thiet-lap']]) {
				page.troubles = [];
				await page.goto(`${url}/minh-chung${target}`);
				problems.push(...await lookAt(page, shots, `minh-chung-${name}-${width}`, hasScript));
			}
			return problems;
		});
		await context.close();
	}
}

async function checkSecret(browser, url, folder) {
	const context = await openContext(browser, { width: 1366, scheme: 'light' });
	const page = await openPage(context, url);
	const path = join(folder, 'ke-hoach-nay.txt');
	writeFileSync(path, 'UBND XÃ BÌNH NGUYỆT\nSố: 9/KH-UBND\nTỐI MẬT\n\nKẾ HOẠCH\nVề một việc\n');
	await check('a document with a stamp of secrecy is refused as evidence and as a plan', async () => {
		await page.goto(`${url}/minh-chung/them`);
		await page.selectOption('#loai', 'khac');
		await page.setInputFiles('#tep', path);
		await page.click('#nop-minh-chung button[type=submit]');
		await page.locator('#gui-loi').getByText('TỐI MẬT').waitFor({ timeout: WAIT_MS });
		await page.goto(`${url}/nhap-ke-hoach`);
		await page.locator('#tep').setInputFiles(path);
		await page.locator('#nhap button[type=submit]').click();
		await page.locator('#nhap-loi').getByText('TỐI MẬT').waitFor({ timeout: WAIT_MS });
		return [];
	});
	await context.close();
}

/** Everything about evidence. */
export async function checkEvidence(browser, url, shots) {
	const folder = mkdtempSync(join(tmpdir(), 'namro-e2e-evidence-'));
	try {
		await checkBroken(browser, url, shots, folder);
		await checkResume(browser, url, shots, folder);
		await checkDownload(url);
		await checkPages(browser, url, shots, folder);
		await checkSecret(browser, url, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
