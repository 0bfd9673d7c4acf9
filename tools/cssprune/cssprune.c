/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cssprune/cssprune.h"

#include <string.h>

G_DEFINE_QUARK(cssprune - error - quark, cssprune_error)

typedef struct Pruner {
	const char *start;
	const char *end;
	GHashTable *words;
	GString *out;
	GError **error;
} Pruner;

static bool
is_word_char(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_';
}

void
cssprune_add_words(GHashTable *words, const char *text, size_t len)
{
	for (const char *p = text, *end = text + len; p < end;) {
		const char *start = p;

		while (p < end && is_word_char(*p))
			p++;
		if (p > start)
			g_hash_table_add(words, g_strndup(start, (gsize)(p - start)));
		else
			p++;
	}
}

static bool
fail(const Pruner *pruner, const char *p, const char *what)
{
	guint line = 1;

	for (const char *q = pruner->start; q < p; q++)
		line += *q == '\n';
	g_set_error(pruner->error, CSSPRUNE_ERROR, CSSPRUNE_ERROR_SYNTAX, "line %u: %s", line, what);
	return false;
}

/* Steps over one byte, or a whole comment, string or escaped character; NULL where it is not closed. */
static const char *
skip(const char *p, const char *end)
{
	char quote = *p;

	if (p + 1 < end && p[0] == '/' && p[1] == '*') {
		const char *close = g_strstr_len(p + 2, end - p - 2, "*/");

		return close == NULL ? NULL : close + 2;
	}
	if (quote == '\\')
		return p + 2 <= end ? p + 2 : NULL;
	if (quote != '"' && quote != '\'')
		return p + 1;
	for (p++; p < end && *p != quote; p++)
		if (*p == '\\' && ++p == end)
			return NULL;
	return p < end ? p + 1 : NULL;
}

/* Finds the first of `stops` outside strings, comments and brackets; `end` where there is none, NULL on an
 * error. */
static const char *
find(const char *p, const char *end, const char *stops)
{
	int depth = 0;

	while (p != NULL && p < end) {
		if (depth == 0 && strchr(stops, *p) != NULL)
			return p;
		depth += *p == '(' || *p == '[';
		depth -= (*p == ')' || *p == ']') && depth > 0;
		p = skip(p, end);
	}
	return p;
}

/* Finds the brace that closes a block; `p` stands behind the one that opens it. */
static const char *
find_block_end(const char *p, const char *end)
{
	int depth = 1;

	while (p != NULL && p < end) {
		depth += *p == '{';
		depth -= *p == '}';
		if (depth == 0)
			return p;
		p = skip(p, end);
	}
	return NULL;
}

/* Reads the class name behind a point, without the backslashes of escaped characters. */
static const char *
take_class(const char *p, const char *end, GString *name)
{
	g_string_truncate(name, 0);
	while (p < end && (is_word_char(*p) || *p == '\\' || (unsigned char)*p >= 0x80)) {
		p += *p == '\\' && p + 1 < end;
		g_string_append_c(name, *p++);
	}
	return p;
}

/* Tells whether one selector can match: each class outside brackets is known. What stands in :not(…) and
 * :is(…) is not looked at. */
static bool
is_selector_used(const Pruner *pruner, const char *p, const char *end)
{
	g_autoptr(GString) name = g_string_new(NULL);
	int depth = 0;

	while (p != NULL && p < end) {
		depth += *p == '(' || *p == '[';
		depth -= (*p == ')' || *p == ']') && depth > 0;
		if (*p != '.' || depth > 0) {
			p = skip(p, end);
			continue;
		}
		p = take_class(p + 1, end, name);
		if (!g_hash_table_contains(pruner->words, name->str))
			return false;
	}
	return true;
}

/* Appends the used ones of a list of selectors; false where there are none. */
static bool
put_selectors(const Pruner *pruner, const char *p, const char *end)
{
	gsize before = pruner->out->len;

	while (p < end) {
		const char *comma = find(p, end, ",");

		if (comma == NULL)
			comma = end;
		if (is_selector_used(pruner, p, comma)) {
			if (pruner->out->len > before)
				g_string_append_c(pruner->out, ',');
			g_string_append_len(pruner->out, p, comma - p);
		}
		p = comma + 1;
	}
	return pruner->out->len > before;
}

static bool
has_rules_inside(const char *p, const char *end)
{
	static const char *const GROUPS[] = {"@media", "@supports", "@layer", "@container"};

	while (p < end && g_ascii_isspace(*p))
		p++;
	for (size_t i = 0; i < G_N_ELEMENTS(GROUPS); i++)
		if ((size_t)(end - p) >= strlen(GROUPS[i]) && memcmp(p, GROUPS[i], strlen(GROUPS[i])) == 0)
			return true;
	return false;
}

static bool prune(const Pruner *pruner, const char *p, const char *end, int depth);

/* One "PRELUDE { BLOCK }": open and close stand on the braces. */
static bool
prune_block(const Pruner *pruner, const char *prelude, const char *open, const char *close, int depth)
{
	const char *first = prelude;
	gsize before = pruner->out->len, inside;

	while (first < open && g_ascii_isspace(*first))
		first++;
	if (has_rules_inside(prelude, open)) {
		g_string_append_len(pruner->out, first, open + 1 - first);
		inside = pruner->out->len;
		if (!prune(pruner, open + 1, close, depth + 1))
			return false;
		if (pruner->out->len == inside)
			g_string_truncate(pruner->out, before);
		else
			g_string_append_c(pruner->out, '}');
	} else if (*first == '@') {
		g_string_append_len(pruner->out, first, close + 1 - first);
	} else if (put_selectors(pruner, first, open)) {
		g_string_append_len(pruner->out, open, close + 1 - open);
	}
	return true;
}

static bool
prune(const Pruner *pruner, const char *p, const char *end, int depth)
{
	if (depth > CSSPRUNE_MAX_DEPTH)
		return fail(pruner, p, "blocks are nested too deeply");
	while (p < end) {
		const char *stop = find(p, end, "{;}");
		const char *close;

		if (stop == NULL || (stop < end && *stop == '}'))
			return fail(pruner, p, "a string or comment that is not closed, or a stray }");
		if (stop == end || *stop == ';') {
			if (stop <
			    end) /* "@charset …;"; at the very end only white space and comments can stand */
				g_string_append_len(pruner->out, p, stop + 1 - p);
			p = stop + (stop < end);
			continue;
		}
		close = find_block_end(stop + 1, end);
		if (close == NULL)
			return fail(pruner, stop, "a block that is not closed");
		if (!prune_block(pruner, p, stop, close, depth))
			return false;
		p = close + 1;
	}
	return true;
}

bool
cssprune_run(const char *css, size_t len, GHashTable *words, GString *out, GError **error)
{
	const Pruner pruner = {.start = css, .end = css + len, .words = words, .out = out, .error = error};

	return prune(&pruner, css, css + len, 0);
}
