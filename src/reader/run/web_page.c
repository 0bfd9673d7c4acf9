/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/web_page.h"

#include <glib.h>
#include <string.h>

#define HEAD_BYTES \
	((size_t)16 * 1024) /* looked at; comments of word processors come before the first tag \
			     */

/* A page begins with one of these and nothing else does. */
static const char *const PAGE_TAGS[] = {
    "!doctype html", "html", "head", "body", "meta", "title", "base", "link", "style", "script"};

/* A part of a page, pasted or saved, begins with one of these, but so may Markdown: it must end with a tag
 * too. */
static const char *const PART_TAGS[] = {"table", "div", "p", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "center", "font", "section", "article", "main", "b", "strong"};

/* The head as 8-bit text in lower case, UTF-16 narrowed. */
static char *
narrow_head(const char *bytes, size_t len)
{
	bool is_wide = len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
	size_t step = is_wide ? 2 : 1, first = is_wide && bytes[0] == '\xFE' ? 3 : is_wide ? 2 : 0;
	GString *head = g_string_new(NULL);

	for (size_t i = first; i < len && head->len < HEAD_BYTES; i += step)
		g_string_append_c(head, bytes[i] != '\0' ? g_ascii_tolower(bytes[i]) : ' ');
	return g_string_free(head, FALSE);
}

static const char *
skip_blanks(const char *p)
{
	while (g_ascii_isspace(*p))
		p++;
	return p;
}

/* Behind byte order marks, blanks, comments and an XML declaration; NULL where one of them does not end. */
static const char *
skip_preamble(const char *p)
{
	const char *end;

	if (g_str_has_prefix(p, "\xef\xbb\xbf"))
		p += 3;
	for (p = skip_blanks(p); p != NULL; p = skip_blanks(end)) {
		if (g_str_has_prefix(p, "<!--")) {
			end = strstr(p, "-->");
			end = end != NULL ? end + 3 : NULL;
		} else if (g_str_has_prefix(p, "<?xml ")) {
			end = strstr(p, "?>");
			end = end != NULL ? end + 2 : NULL;
		} else {
			return p;
		}
		if (end == NULL)
			return NULL;
	}
	return NULL;
}

static bool
is_one_of(const char *name, const char *const *tags, size_t n_tags)
{
	for (size_t i = 0; i < n_tags; i++) {
		size_t len = strlen(tags[i]);

		if (strncmp(name, tags[i], len) == 0 && strchr(" \t\r\n>/", name[len]) != NULL)
			return true;
	}
	return false;
}

static bool
ends_with_tag(const char *bytes, size_t len)
{
	while (len > 0 && (g_ascii_isspace(bytes[len - 1]) || bytes[len - 1] == '\0'))
		len--;
	return len > 0 && bytes[len - 1] == '>';
}

bool
web_page_is(const char *bytes, size_t len)
{
	g_autofree char *head = narrow_head(bytes, len);
	const char *tag = skip_preamble(head);

	if (tag == NULL || *tag != '<')
		return false;
	return is_one_of(tag + 1, PAGE_TAGS, G_N_ELEMENTS(PAGE_TAGS)) ||
	       (is_one_of(tag + 1, PART_TAGS, G_N_ELEMENTS(PART_TAGS)) && ends_with_tag(bytes, len));
}
