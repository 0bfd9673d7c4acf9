// SPDX-License-Identifier: GPL-3.0-or-later
// The code that an application on a telephone would show (RFC 6238, SHA-1, 30 seconds, 6 digits).

import { createHmac } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function decode(base32) {
	const bits = [...base32].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** Gives the code of the present. */
export function totpCode(base32, nowMs = Date.now()) {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30000)));
	const digest = createHmac('sha1', decode(base32)).update(counter).digest();
	const offset = digest[19] & 15;
	return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}
