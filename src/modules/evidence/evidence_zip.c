/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_zip.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* APPNOTE.TXT, 4.3: a file's end record, the entries of its table of contents, and the header before each
 * file. */
#define END_BYTES ((size_t)22)
#define ENTRY_BYTES ((size_t)46)
#define LOCAL_BYTES ((size_t)30)
#define COMMENT_BYTES_MAX ((size_t)65535)
#define ENTRIES_MAX 20000

static size_t
read_u16(const char *at)
{
	const unsigned char *bytes = (const unsigned char *)at;

	return (size_t)(bytes[0] | (bytes[1] << 8));
}

static size_t
read_u32(const char *at)
{
	return read_u16(at) | (read_u16(at + 2) << 16);
}

/* The last record that says where the table is; NULL: there is none. */
static const char *
find_end(const char *bytes, size_t len)
{
	size_t lowest = len > END_BYTES + COMMENT_BYTES_MAX ? len - END_BYTES - COMMENT_BYTES_MAX : 0;

	if (len < END_BYTES)
		return NULL;
	for (size_t at = len - END_BYTES + 1; at-- > lowest;)
		if (memcmp(bytes + at, "PK\5\6", 4) == 0)
			return bytes + at;
	return NULL;
}

typedef struct Contents {
	bool has_types, has_word, has_sheets, has_slides, has_macro;
} Contents;

static bool
begins(const char *name, size_t len, const char *prefix)
{
	return len >= strlen(prefix) && memcmp(name, prefix, strlen(prefix)) == 0;
}

static void
look_at(Contents *contents, const char *name, size_t len)
{
	static const char MACRO[] = "vbaProject.bin";

	contents->has_types |= begins(name, len, "[Content_Types].xml");
	contents->has_word |= begins(name, len, "word/");
	contents->has_sheets |= begins(name, len, "xl/");
	contents->has_slides |= begins(name, len, "ppt/");
	contents->has_macro |= memmem(name, len, MACRO, sizeof(MACRO) - 1) != NULL;
}

/* False where the table does not fit the file. */
static bool
read_table(const char *bytes, size_t len, Contents *contents)
{
	const char *end = find_end(bytes, len);
	size_t n, at;

	if (end == NULL)
		return false;
	n = MIN(read_u16(end + 10), ENTRIES_MAX);
	at = read_u32(end + 16);
	for (size_t i = 0; i < n; i++) {
		size_t name_len;

		if (at > len || len - at < ENTRY_BYTES || memcmp(bytes + at, "PK\1\2", 4) != 0)
			return false;
		name_len = read_u16(bytes + at + 28);
		if (len - at - ENTRY_BYTES < name_len)
			return false;
		look_at(contents, bytes + at + ENTRY_BYTES, name_len);
		at += ENTRY_BYTES + name_len + read_u16(bytes + at + 30) + read_u16(bytes + at + 32);
	}
	return true;
}

/* OpenDocument: the first file is "mimetype", not compressed. */
static const char *
open_document(const char *bytes, size_t len)
{
	static const char PREFIX[] = "mimetypeapplication/vnd.oasis.opendocument.";
	const size_t prefix_len = sizeof(PREFIX) - 1;
	const char *kind;

	if (len < LOCAL_BYTES + prefix_len + 11 || memcmp(bytes + LOCAL_BYTES, PREFIX, prefix_len) != 0)
		return NULL;
	kind = bytes + LOCAL_BYTES + prefix_len;
	if (memcmp(kind, "text", 4) == 0)
		return "odt";
	return memcmp(kind, "spreadsheet", 11) == 0 ? "ods" : NULL;
}

const char *
evidence_zip_type(const char *bytes, size_t len)
{
	Contents contents = {0};
	const char *open;

	if (!read_table(bytes, len, &contents))
		return NULL;
	if (contents.has_macro)
		return "macro";
	open = open_document(bytes, len);
	if (open != NULL)
		return open;
	if (contents.has_types && contents.has_word)
		return "docx";
	if (contents.has_types && contents.has_sheets)
		return "xlsx";
	return contents.has_types && contents.has_slides ? "pptx" : "zip";
}
