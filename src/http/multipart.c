/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/multipart.h"

#include "http/limits.h"

#include <string.h>

#define FEED_BYTES ((size_t)16 * 1024)
#define DELIMITER_LEAD "\r\n--"

typedef enum {
	STATE_START,     /* before the first boundary */
	STATE_DELIMITER, /* behind a boundary: the end of its line, or "--" */
	STATE_HEADERS,
	STATE_CONTENT,
	STATE_DONE,
	STATE_FAILED,
} State;

struct HttpMultipart {
	const HttpMultipartSink *sink;
	void *data;
	GString *delimiter; /* "\r\n--boundary" */
	GString *pending;   /* what has arrived and cannot be told yet */
	size_t n_parts;
	State state;
};

/* Gives the value of a header's parameter (; name="value"), the caller's; NULL where it is not there. Quoted
 * values may hold "%22" for a quotation mark, as browsers write it, or "\"" as older ones do. */
static char *
find_parameter(const char *header, const char *name)
{
	size_t name_len = strlen(name);

	for (const char *at = strchr(header, ';'); at != NULL;) {
		g_autoptr(GString) value = g_string_new(NULL);
		bool is_wanted;

		at += 1 + strspn(at + 1, " \t");
		is_wanted = g_ascii_strncasecmp(at, name, name_len) == 0 && at[name_len] == '=';
		at += strcspn(at, "=;");
		if (*at == '=' && at[1] == '"') {
			for (at += 2; *at != '\0' && *at != '"'; at++) {
				if (*at == '\\' && (at[1] == '"' || at[1] == '\\'))
					at++;
				g_string_append_c(value, *at);
			}
			if (*at != '"')
				return NULL;
		} else if (*at == '=') {
			size_t len = strcspn(at + 1, "; \t");

			g_string_append_len(value, at + 1, (gssize)len);
			at += 1 + len;
		}
		if (is_wanted) {
			g_string_replace(value, "%22", "\"", 0);
			return g_string_free(g_steal_pointer(&value), FALSE);
		}
		at = strchr(at, ';');
	}
	return NULL;
}

static bool
has_type(const char *header, const char *type)
{
	size_t len = strlen(type);

	return g_ascii_strncasecmp(header, type, len) == 0 &&
	       (header[len] == ';' || header[len] == ' ' || header[len] == '\0');
}

char *
http_multipart_boundary(const char *content_type)
{
	static const char MARKS[] = "'()+_,-./:=? ";
	g_autofree char *boundary = NULL;

	if (content_type == NULL || !has_type(content_type, "multipart/form-data"))
		return NULL;
	boundary = find_parameter(content_type, "boundary");
	if (boundary == NULL || *boundary == '\0' || strlen(boundary) > HTTP_BOUNDARY_BYTES_MAX)
		return NULL;
	for (const char *at = boundary; *at != '\0'; at++)
		if (!g_ascii_isalnum(*at) && strchr(MARKS, *at) == NULL)
			return NULL;
	return g_steal_pointer(&boundary);
}

HttpMultipart *
http_multipart_new(const char *boundary, const HttpMultipartSink *sink, void *data)
{
	HttpMultipart *multipart = g_new0(HttpMultipart, 1);

	multipart->sink = sink;
	multipart->data = data;
	multipart->delimiter = g_string_new(DELIMITER_LEAD);
	g_string_append(multipart->delimiter, boundary);
	/* The first boundary may stand at the very beginning, without a line end before it. */
	multipart->pending = g_string_new("\r\n");
	return multipart;
}

void
http_multipart_free(HttpMultipart *multipart)
{
	if (multipart == NULL)
		return;
	g_string_free(multipart->delimiter, TRUE);
	g_string_free(multipart->pending, TRUE);
	g_free(multipart);
}

static const char *
find(const GString *pending, const char *wanted, size_t len)
{
	return memmem(pending->str, pending->len, wanted, len);
}

/* Passes on what cannot be part of a boundary any more; true where the boundary was met. */
static bool
take_content(HttpMultipart *multipart)
{
	GString *pending = multipart->pending;
	const GString *delimiter = multipart->delimiter;
	const char *end = find(pending, delimiter->str, delimiter->len);
	size_t sure =
	    end != NULL ? (size_t)(end - pending->str) : pending->len - MIN(pending->len, delimiter->len - 1);
	bool is_content = multipart->state == STATE_CONTENT;

	if (is_content && sure > 0 && !multipart->sink->bytes(multipart->data, pending->str, sure)) {
		multipart->state = STATE_FAILED;
		return true;
	}
	g_string_erase(pending, 0, (gssize)sure);
	if (end == NULL)
		return false;
	g_string_erase(pending, 0, (gssize)delimiter->len);
	multipart->state = STATE_DELIMITER;
	if (is_content && !multipart->sink->end(multipart->data))
		multipart->state = STATE_FAILED;
	return true;
}

/* Behind a boundary stands "--" at the end of all, else blanks and a line end. */
static bool
take_delimiter_end(HttpMultipart *multipart)
{
	GString *pending = multipart->pending;
	size_t blanks;

	if (pending->len >= 2 && memcmp(pending->str, "--", 2) == 0) {
		multipart->state = STATE_DONE;
		return true;
	}
	blanks = strspn(pending->str, " \t");
	if (pending->len < blanks + 2) {
		if (blanks > HTTP_PART_HEADER_BYTES_MAX)
			multipart->state = STATE_FAILED;
		return multipart->state == STATE_FAILED;
	}
	if (memcmp(pending->str + blanks, "\r\n", 2) == 0 && ++multipart->n_parts <= HTTP_PARTS_MAX) {
		/* The line end stays: headers end at an empty line, also where there are none. */
		g_string_erase(pending, 0, (gssize)blanks);
		multipart->state = STATE_HEADERS;
	} else {
		multipart->state = STATE_FAILED;
	}
	return true;
}

static bool
begin_part(HttpMultipart *multipart, char *headers)
{
	static const char DISPOSITION[] = "content-disposition:";
	g_auto(GStrv) lines = g_strsplit(headers, "\r\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		g_autofree char *name = NULL;
		g_autofree char *file_name = NULL;
		const char *value;

		if (g_ascii_strncasecmp(*line, DISPOSITION, sizeof(DISPOSITION) - 1) != 0)
			continue;
		value = *line + sizeof(DISPOSITION) - 1;
		value += strspn(value, " \t");
		name = find_parameter(value, "name");
		file_name = find_parameter(value, "filename");
		return has_type(value, "form-data") && name != NULL &&
		       multipart->sink->begin(multipart->data, name, file_name);
	}
	return false;
}

static bool
take_headers(HttpMultipart *multipart)
{
	GString *pending = multipart->pending;
	const char *end = find(pending, "\r\n\r\n", 4);
	size_t len = end != NULL ? (size_t)(end - pending->str) : pending->len;

	if (len > HTTP_PART_HEADER_BYTES_MAX || memchr(pending->str, '\0', len) != NULL) {
		multipart->state = STATE_FAILED;
		return true;
	}
	if (end == NULL)
		return false;
	pending->str[len] = '\0';
	multipart->state = begin_part(multipart, pending->str) ? STATE_CONTENT : STATE_FAILED;
	g_string_erase(pending, 0, (gssize)len + 4);
	return true;
}

/* Goes one step on; false where more bytes are needed. */
static bool
step(HttpMultipart *multipart)
{
	switch (multipart->state) {
	case STATE_START:
	case STATE_CONTENT:
		return take_content(multipart);
	case STATE_DELIMITER:
		return take_delimiter_end(multipart);
	case STATE_HEADERS:
		return take_headers(multipart);
	case STATE_DONE:
	case STATE_FAILED:
		break;
	}
	g_string_truncate(multipart->pending, 0); /* what stands behind the end is nobody's */
	return false;
}

bool
http_multipart_feed(HttpMultipart *multipart, const char *bytes, size_t len)
{
	while (len > 0 && multipart->state != STATE_FAILED) {
		size_t n = MIN(len, FEED_BYTES);

		g_string_append_len(multipart->pending, bytes, (gssize)n);
		bytes += n;
		len -= n;
		while (step(multipart))
			;
	}
	return multipart->state != STATE_FAILED;
}

bool
http_multipart_is_complete(const HttpMultipart *multipart)
{
	return multipart->state == STATE_DONE;
}
