// SPDX-License-Identifier: GPL-3.0-or-later
// People with accounts of their own, made by the command line, and how they sign in.

import { execFileSync } from 'node:child_process';

/** Adds { login: { name, role, unit } } and gives their first passwords by login. */
export function addPeople(namro, data, now, people) {
	const passwords = {};
	for (const [login, { name, unit, role }] of Object.entries(people)) {
		const of = unit === undefined || unit === '' ? [] : ['--unit', unit];
		const out = execFileSync(namro, ['user', 'add', ...now, data, login, '--name', name, '--role', role, ...of], { encoding: 'utf8' });
		passwords[login] = out.match(/đăng nhập\): (\S+)/)[1];
	}
	return passwords;
}

/** Signs in; the first time with a new password. */
export async function signIn(page, url, login, passwords) {
	await page.goto(`${url}/dang-nhap`);
	await page.fill('#ten', login);
	await page.fill('#mat-khau', passwords[login]);
	await page.click('main button[type=submit]');
	if (new URL(page.url()).pathname !== '/doi-mat-khau')
		return;
	const chosen = `Con-đò-nhỏ-qua-sông-${Object.keys(passwords).indexOf(login)}-mùa-lũ`;
	await page.fill('#cu', passwords[login]);
	await page.fill('#moi', chosen);
	await page.fill('#lai', chosen);
	await page.click('main button[type=submit]');
	passwords[login] = chosen;
}
