/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/request.h"

#include "base/app-error.h"
#include "base/text.h"

#include <string.h>

/* Decodes %XX (and "+" in queries) into the arena and brings the text to NFC; NULL where it is malformed,
 * holds a control character or is no UTF-8. */
static const char *
decode(HttpRequest *request, const char *text, size_t len, bool is_query)
{
	g_autofree char *bytes = g_malloc(len + 1);
	g_autofree char *clean = NULL;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '%') {
			if (i + 2 >= len || !g_ascii_isxdigit(text[i + 1]) || !g_ascii_isxdigit(text[i + 2]))
				return NULL;
			c = (unsigned char)(g_ascii_xdigit_value(text[i + 1]) << 4 |
					    g_ascii_xdigit_value(text[i + 2]));
			i += 2;
		} else if (c == '+' && is_query) {
			c = ' ';
		}
		/* Forms send line ends; nothing else below a blank means text. */
		if ((c < 0x20 && !(is_query && (c == '\n' || c == '\r' || c == '\t'))) || c == 0x7F)
			return NULL;
		bytes[n++] = (char)c;
	}
	if (!text_ingest(bytes, (gssize)n, &clean, NULL))
		return NULL;
	return arena_strdup(request->arena, clean);
}

/* A segment after decoding may not change the shape of the path. */
static bool
is_segment(const char *segment)
{
	return *segment != '\0' && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0 &&
	       strpbrk(segment, "/\\") == NULL;
}

static bool
decode_path(HttpRequest *request, const char *path, size_t len)
{
	g_autoptr(GString) decoded = g_string_new(NULL);
	const char *end = path + len;
	size_t n_segments = 0;

	if (len == 0 || *path != '/')
		return false;
	while (path < end && ++n_segments <= HTTP_SEGMENTS_MAX) {
		const char *start = path + 1;
		const char *slash = memchr(start, '/', (size_t)(end - start));
		const char *segment;

		path = slash != NULL ? slash : end;
		segment = decode(request, start, (size_t)(path - start), false);
		/* Only "/" itself ends in an empty segment. */
		if (segment == NULL || (!is_segment(segment) && len > 1))
			return false;
		g_string_append_printf(decoded, "/%s", segment);
	}
	if (path < end)
		return false;
	request->path = arena_strdup(request->arena, decoded->str);
	return true;
}

static size_t
count_pairs(const char *query)
{
	size_t n = 1;

	for (; *query != '\0'; query++)
		n += *query == '&';
	return n;
}

bool
http_request_decode_pairs(
    HttpRequest *request, const char *text, size_t max, HttpPair **ret_pairs, size_t *ret_n)
{
	size_t n_max = count_pairs(text), n = 0;
	HttpPair *pairs;

	if (n_max > max)
		return false;
	pairs = arena_array(request->arena, HttpPair, n_max);
	for (const char *end; *text != '\0'; text = *end == '&' ? end + 1 : end) {
		HttpPair *pair = &pairs[n];
		const char *equals;

		end = text + strcspn(text, "&");
		if (end == text)
			continue;
		equals = memchr(text, '=', (size_t)(end - text));
		pair->name = decode(request, text, (size_t)((equals != NULL ? equals : end) - text), true);
		pair->value =
		    equals != NULL ? decode(request, equals + 1, (size_t)(end - equals - 1), true) : "";
		if (pair->name == NULL || pair->value == NULL)
			return false;
		n++;
	}
	*ret_pairs = pairs;
	*ret_n = n;
	return true;
}

int
http_request_set_target(HttpRequest *request, const char *target)
{
	size_t path_len = strcspn(target, "?");
	const char *query = target[path_len] == '?' ? target + path_len + 1 : "";

	request->path = "/";
	request->target = arena_strdup(request->arena, target);
	request->n_query = 0;
	if (path_len > HTTP_PATH_BYTES_MAX || strlen(target) > HTTP_TARGET_BYTES_MAX)
		return 414;
	if (path_len > 1 && target[path_len - 1] == '/') {
		path_len--;
		request->canonical =
		    arena_printf(request->arena, "%.*s%s", (int)path_len, target, target + path_len + 1);
	}
	if (!decode_path(request, target, path_len) ||
	    !http_request_decode_pairs(
		request, query, HTTP_QUERY_PAIRS_MAX, &request->query, &request->n_query))
		return 400;
	return 0;
}

static const char *
find_value(const HttpPair *pairs, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(pairs[i].name, name) == 0)
			return pairs[i].value;
	return NULL;
}

static const char *
strip(const HttpRequest *request, const char *value)
{
	return value != NULL ? g_strstrip(arena_strdup(request->arena, value)) : "";
}

const char *
http_request_form(const HttpRequest *request, const char *name)
{
	return find_value(request->form, request->n_form, name);
}

const char *
http_request_form_text(const HttpRequest *request, const char *name)
{
	return strip(request, http_request_form(request, name));
}

const char *
http_request_form_sent(const HttpRequest *request, const char *name)
{
	const char *value = http_request_form(request, name);

	return value != NULL ? value : "";
}

const char *
http_request_query_text(const HttpRequest *request, const char *name)
{
	return strip(request, find_value(request->query, request->n_query, name));
}

const char *
http_request_param(const HttpRequest *request, const char *name)
{
	for (size_t i = 0; i < request->n_params; i++)
		if (strcmp(request->params[i].name, name) == 0)
			return request->params[i].value;
	return NULL;
}

bool
http_request_param_int(const HttpRequest *request, const char *name, int64_t *ret_value, GError **error)
{
	const char *text = http_request_param(request, name);
	guint64 value;

	if (text == NULL || !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &value, NULL)) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "the path has no number at {%s}", name);
		return false;
	}
	*ret_value = (int64_t)value;
	return true;
}

const char *
http_request_cookie(const HttpRequest *request, const char *name)
{
	const char *at = request->cookies;
	size_t len = strlen(name);

	while (at != NULL && *at != '\0') {
		size_t n;

		at += strspn(at, " ;");
		n = strcspn(at, ";");
		if (n > len && strncmp(at, name, len) == 0 && at[len] == '=')
			return arena_strndup(request->arena, at + len + 1, n - len - 1);
		at += n;
	}
	return NULL;
}

HttpFormat
http_accept_format(const char *accept)
{
	const char *html, *json, *csv;

	if (accept == NULL)
		return HTTP_HTML;
	html = strstr(accept, "text/html");
	json = strstr(accept, "application/json");
	csv = strstr(accept, "text/csv");
	if (html != NULL || (json == NULL && csv == NULL))
		return HTTP_HTML;
	return csv == NULL || (json != NULL && json < csv) ? HTTP_JSON : HTTP_CSV;
}

/* Calls for each item of a comma-separated header; stops where `matches` says so. */
static bool
any_item(
    const char *header, bool (*matches)(const char *item, size_t len, const char *wanted), const char *wanted)
{
	while (*header != '\0') {
		size_t len;

		header += strspn(header, " \t,");
		len = strcspn(header, ",");
		while (len > 0 && (header[len - 1] == ' ' || header[len - 1] == '\t'))
			len--;
		if (len > 0 && matches(header, len, wanted))
			return true;
		header += strcspn(header, ",");
	}
	return false;
}

static bool
is_coding(const char *item, size_t len, const char *wanted)
{
	size_t name_len = MIN(strcspn(item, "; \t"), len);
	const char *weight = g_strstr_len(item, (gssize)len, "q=");

	if (name_len != strlen(wanted) || g_ascii_strncasecmp(item, wanted, name_len) != 0)
		return false;
	/* "gzip;q=0" and "gzip;q=0.000" refuse it. */
	return weight == NULL || strspn(weight + 2, "0.") < (size_t)(item + len - (weight + 2));
}

bool
http_accepts_gzip(const char *accept_encoding)
{
	return accept_encoding != NULL && any_item(accept_encoding, is_coding, "gzip");
}

static bool
is_tag(const char *item, size_t len, const char *wanted)
{
	if (len == 1 && *item == '*')
		return true;
	if (len > 2 && item[0] == 'W' && item[1] == '/') {
		item += 2;
		len -= 2;
	}
	if (g_str_has_prefix(wanted, "W/"))
		wanted += 2;
	return len == strlen(wanted) && memcmp(item, wanted, len) == 0;
}

bool
http_etag_matches(const char *if_none_match, const char *etag)
{
	return if_none_match != NULL && etag != NULL && any_item(if_none_match, is_tag, etag);
}
