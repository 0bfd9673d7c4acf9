/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/container.h"

#include <string.h>

#define ZIP_ENTRIES_MAX 65535
#define ZIP_ENTRY_BYTES 30  /* before the name, in front of the content */
#define ZIP_LISTED_BYTES 46 /* before the name, in the list at the end */
#define ZIP_LISTED_NAME_LENGTH 28
#define ZIP_NAME_LENGTH 26
#define OLE_NAME_BYTES 64 /* of an entry's name in the directory */

static unsigned
u16_at(const char *bytes)
{
	return (unsigned)(unsigned char)bytes[0] | (unsigned)(unsigned char)bytes[1] << 8;
}

static bool
starts_with(const char *bytes, const char *end, const char *prefix)
{
	size_t len = strlen(prefix);

	return (size_t)(end - bytes) >= len && memcmp(bytes, prefix, len) == 0;
}

/* What a name inside the file says of the whole; UNKNOWN: nothing. */
static ReaderFormat
format_of_name(const char *name, const char *end)
{
	if (starts_with(name, end, "word/"))
		return READER_FORMAT_WORD;
	if (starts_with(name, end, "xl/"))
		return READER_FORMAT_SHEET;
	return READER_FORMAT_UNKNOWN;
}

/* Looks at every place where an entry with `head` may begin. A zip that was cut short has no list at its end,
 * but its entries still say what it was. */
static ReaderFormat
find_names(const char *bytes, size_t len, const char *head, size_t head_bytes, size_t length_at)
{
	const char *at = bytes, *end = bytes + len;
	ReaderFormat format = READER_FORMAT_UNKNOWN;

	for (unsigned i = 0; i < ZIP_ENTRIES_MAX && format == READER_FORMAT_UNKNOWN; i++) {
		at = memmem(at, (size_t)(end - at), head, 4);
		if (at == NULL || (size_t)(end - at) < head_bytes)
			break;
		format = format_of_name(at + head_bytes, MIN(end, at + head_bytes + u16_at(at + length_at)));
		at += 4;
	}
	return format;
}

ReaderFormat
container_of_zip(const char *bytes, size_t len)
{
	static const char OPEN_DOCUMENT[] = "mimetypeapplication/vnd.oasis.opendocument.";
	ReaderFormat format;

	if (len > ZIP_ENTRY_BYTES && starts_with(bytes + ZIP_ENTRY_BYTES, bytes + len, OPEN_DOCUMENT))
		return READER_FORMAT_LEGACY;
	format = find_names(bytes, len, "PK\x01\x02", ZIP_LISTED_BYTES, ZIP_LISTED_NAME_LENGTH);
	if (format == READER_FORMAT_UNKNOWN)
		format = find_names(bytes, len, "PK\x03\x04", ZIP_ENTRY_BYTES, ZIP_NAME_LENGTH);
	return format;
}

/* Whether the OLE directory names a stream; names stand there as UTF-16. */
static bool
has_stream(const char *bytes, size_t len, const char *name)
{
	char wide[OLE_NAME_BYTES] = {0};
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		wide[2 * i] = name[i];
	return memmem(bytes, len, wide, 2 * n + 2) != NULL;
}

ReaderFormat
container_of_ole(const char *bytes, size_t len)
{
	static const char *const STREAMS[] = {"WordDocument", "Workbook", "Book"};

	for (size_t i = 0; i < G_N_ELEMENTS(STREAMS); i++)
		if (has_stream(bytes, len, STREAMS[i]))
			return READER_FORMAT_LEGACY;
	return container_is_locked(bytes, len) ? READER_FORMAT_LEGACY : READER_FORMAT_UNKNOWN;
}

bool
container_is_locked(const char *bytes, size_t len)
{
	return starts_with(bytes, bytes + len, "\xD0\xCF\x11\xE0") &&
	       has_stream(bytes, len, "EncryptedPackage");
}
