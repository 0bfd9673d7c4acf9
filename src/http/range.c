/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/range.h"

#include <string.h>

#define UNIT "bytes="
#define FILE_POLICY "default-src 'none'; sandbox; frame-ancestors 'none'"
#define UNRESERVED "!#$&+-.^_`|~" /* attr-char of RFC 5987 that are no letters or digits */

/* Reads digits; false where there are none or too many. */
static bool
read_number(const char **at, uint64_t *ret_value)
{
	const char *start = *at;
	uint64_t value = 0;

	for (; g_ascii_isdigit(**at); (*at)++) {
		if (value > (UINT64_MAX - 9) / 10)
			return false;
		value = value * 10 + (uint64_t)(**at - '0');
	}
	*ret_value = value;
	return *at != start;
}

/* "-50": the last 50 bytes. */
static HttpRangeKind
parse_suffix(const char *at, uint64_t size, uint64_t *ret_first, uint64_t *ret_last)
{
	uint64_t len;

	if (!read_number(&at, &len) || *at != '\0')
		return HTTP_RANGE_ALL;
	if (len == 0 || size == 0)
		return HTTP_RANGE_NONE;
	*ret_first = size - MIN(len, size);
	*ret_last = size - 1;
	return HTTP_RANGE_PART;
}

HttpRangeKind
http_range_parse(const char *range, uint64_t size, uint64_t *ret_first, uint64_t *ret_last)
{
	uint64_t first, last = UINT64_MAX;
	const char *at;

	if (range == NULL || strlen(range) > HTTP_RANGE_BYTES_MAX || !g_str_has_prefix(range, UNIT))
		return HTTP_RANGE_ALL;
	at = range + sizeof(UNIT) - 1;
	if (*at == '-')
		return parse_suffix(at + 1, size, ret_first, ret_last);
	if (!read_number(&at, &first) || *at++ != '-')
		return HTTP_RANGE_ALL;
	if (*at != '\0' && (!read_number(&at, &last) || *at != '\0' || last < first))
		return HTTP_RANGE_ALL;
	if (first >= size)
		return HTTP_RANGE_NONE;
	*ret_first = first;
	*ret_last = MIN(last, size - 1);
	return HTTP_RANGE_PART;
}

/* A piece is only asked for of the file that the asker has begun. */
static bool
wants_piece(const HttpRequest *request, const char *etag)
{
	return request->range != NULL && (request->if_range == NULL || strcmp(request->if_range, etag) == 0);
}

void
http_response_file(
    const HttpRequest *request, HttpResponse *response, const char *path, uint64_t size, const char *etag)
{
	HttpRangeKind kind = HTTP_RANGE_ALL;
	uint64_t first = 0, last = 0;

	response->etag = etag;
	response->cache = HTTP_CACHE_REVALIDATE;
	response->content_policy = FILE_POLICY;
	if (http_etag_matches(request->if_none_match, etag)) {
		response->status = 304;
		return;
	}
	if (wants_piece(request, etag))
		kind = http_range_parse(request->range, size, &first, &last);
	if (kind == HTTP_RANGE_NONE) {
		response->status = 416;
		response->content_range = arena_printf(request->arena, "bytes */%" G_GUINT64_FORMAT, size);
		return;
	}
	response->file_path = path;
	response->file_start = first;
	response->file_len = kind == HTTP_RANGE_PART ? last - first + 1 : size;
	if (kind == HTTP_RANGE_ALL)
		return;
	response->status = 206;
	response->content_range = arena_printf(request->arena,
	    "bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, first, last, size);
}

const char *
http_attachment(Arena *arena, const char *name)
{
	g_autoptr(GString) plain = g_string_new(NULL), coded = g_string_new(NULL);

	for (const unsigned char *at = (const unsigned char *)name; *at != '\0'; at++) {
		bool is_plain = g_ascii_isalnum(*at) || *at == '.' || *at == '-' || *at == '_';

		if (*at < 0x80)
			g_string_append_c(plain, is_plain ? (char)*at : '_');
		else if ((*at & 0xC0) == 0xC0)
			g_string_append_c(plain, '_');
		if (g_ascii_isalnum(*at) || (*at < 0x80 && strchr(UNRESERVED, *at) != NULL))
			g_string_append_c(coded, (char)*at);
		else
			g_string_append_printf(coded, "%%%02X", *at);
	}
	return arena_printf(
	    arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain->str, coded->str);
}
