// SPDX-License-Identifier: GPL-3.0-or-later
// Debian's chromium, and a page that remembers everything that went wrong on it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export function launch() {
	return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** Opens a context of one size and scheme. */
export function openContext(browser, { width, scheme, hasScript = true }) {
	return browser.newContext({
		viewport: { width, height: width < 600 ? 844 : 900 },
		colorScheme: scheme,
		javaScriptEnabled: hasScript,
		reducedMotion: 'reduce',
		locale: 'vi-VN',
		acceptDownloads: false,
	});
}

/** Opens a page whose troubles are gathered in page.troubles: console errors, exceptions, failed requests, refusals of
 * the content security policy, requests to another origin. */
export async function openPage(context, origin) {
	const page = await context.newPage();
	page.troubles = [];
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning')
			page.troubles.push(`console: ${message.text()}`);
	});
	page.on('pageerror', (error) => page.troubles.push(`exception: ${error.message}`));
	page.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText;
		/* The browser's own doing: it drops what it still fetches for a page that is left. */
		if (reason !== 'net::ERR_ABORTED')
			page.troubles.push(`failed: ${request.url()} ${reason}`);
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
			page.troubles.push(`another origin: ${request.url()}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400)
			page.troubles.push(`status ${response.status()}: ${response.url()}`);
	});
	await page.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) => {
			console.error(`CSP refused ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
		});
	});
	return page;
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const AXE_OF_VIEW = ['color-contrast', 'scrollable-region-focusable', 'target-size'];

/** Gives axe-core's violations as lines: rule, what it wants, the first places. isSeen: the same page was looked at in
 * another width and scheme, so that only what hangs on these is looked at. */
export async function axeProblems(page, { isSeen = false } = {}) {
	await page.evaluate(AXE);
	const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, {
		runOnly, resultTypes: ['violations'],
	}), isSeen ? { type: 'rule', values: AXE_OF_VIEW } : AXE_TAGS);
	return violations.map(({ id, help, nodes }) =>
		`axe ${id}: ${help} (${nodes.length}×)\n${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join('\n')}`);
}

/** Says which elements stick out on the right, if the page can be scrolled sideways. */
export function overflowProblems(page) {
	return page.evaluate(() => {
		const width = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= width)
			return [];
		const wide = [...document.querySelectorAll('body *')]
			.filter((element) => element.getBoundingClientRect().right > width + 1)
			.slice(0, 3)
			.map((element) => element.outerHTML.slice(0, 120));
		return [`scrolls sideways: ${document.documentElement.scrollWidth} > ${width}\n${wide.join('\n')}`];
	});
}

/** Keeps a picture of the whole page where somebody wants to look (NAMRO_SCREENSHOTS): painting takes its time. */
export async function takePicture(page, folder, name) {
	if (process.env.NAMRO_SCREENSHOTS === undefined)
		return;
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What has to hold on every page, at the size it has; troubles that isExpected are left out. */
export async function looks(page, shots, name, isExpected = () => false) {
	const width = page.viewportSize().width;
	await takePicture(page, shots, `${name}-${width}`);
	const troubles = page.troubles.filter((text) => !isExpected(text));
	page.troubles.length = 0;
	return [...troubles, ...await overflowProblems(page), ...await axeProblems(page)].map((text) => `${name} at ${width}: ${text}`);
}
