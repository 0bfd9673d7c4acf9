// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to the server that can be broken: every socket is cut after some bytes, or none gets through at all.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** Gives {url, cutAfter(bytes), stop()}: a port that passes on to `url`. cutAfter(): the next socket that sends so much is
 * cut, once, and for `awayMs` nobody is let in. */
export async function startFaulty(url, awayMs) {
	const port = Number(new URL(url).port);
	const sockets = new Set();
	let left = Infinity;
	let awayUntil = 0;
	let cuts = 0;
	const cut = () => {
		left = Infinity;
		cuts += 1;
		awayUntil = Date.now() + awayMs;
		for (const socket of sockets)
			socket.destroy();
	};
	const server = createServer((client) => {
		if (Date.now() < awayUntil) {
			client.destroy();
			return;
		}
		const upstream = connect(port, '127.0.0.1');
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => {
				sockets.delete(socket);
				client.destroy();
				upstream.destroy();
			});
		}
		client.on('data', (bytes) => {
			left -= bytes.length;
			if (left <= 0)
				cut();
			else if (!upstream.write(bytes))
				client.pause();
		});
		upstream.on('drain', () => client.resume());
		upstream.pipe(client);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		cutAfter(bytes) {
			left = bytes;
		},
		cuts: () => cuts,
		async stop() {
			for (const socket of sockets)
				socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}
