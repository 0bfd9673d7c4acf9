// SPDX-License-Identifier: GPL-3.0-or-later
// A workbook of one sheet with text in its cells, as a person would save it.

function crc32(bytes) {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1)
			crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
	}
	return ~crc >>> 0;
}

/** The fields that a file's own head and the directory of a zip share. */
function describe(bytes, name) {
	const head = Buffer.alloc(26);
	head.writeUInt16LE(20, 0);
	head.writeUInt32LE(crc32(bytes), 10);
	head.writeUInt32LE(bytes.length, 14);
	head.writeUInt32LE(bytes.length, 18);
	head.writeUInt16LE(name.length, 22);
	return head;
}

/** Zips files without compressing them. */
function zip(files) {
	const parts = [];
	const directory = [];
	let offset = 0;
	for (const [path, text] of Object.entries(files)) {
		const name = Buffer.from(path);
		const bytes = Buffer.from(text);
		const head = describe(bytes, name);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(offset, 10);
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, name, bytes]);
		parts.push(local);
		directory.push(Buffer.from('PK\x01\x02\x14\x00'), head, place, name);
		offset += local.length;
	}
	const list = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	const count = Object.keys(files).length;
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(count, 8);
	end.writeUInt16LE(count, 10);
	end.writeUInt32LE(list.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, list, end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function sheet(rows) {
	const cell = (text, row, column) => text === '' ? ''
		: `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
	const lines = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((text, column) => cell(text, row, column)).join('')}</row>`);
	return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** rows: lists of texts; the first are the titles. Gives the file's bytes. */
export function workbook(name, rows) {
	return zip({
		'[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
			+ `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
		'_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		'xl/worksheets/sheet1.xml': sheet(rows),
	});
}
