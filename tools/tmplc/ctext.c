/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/ctext.h"

#include <glib.h>
#include <string.h>

#define MAX_BRACKETS 64

static const char *
skip_quoted(const char *p, const char *end)
{
	char quote = *p++;

	while (p < end && *p != quote) {
		if (*p == '\n' || (*p == '\\' && ++p == end))
			return NULL;
		p++;
	}
	return p < end ? p + 1 : NULL;
}

static const char *
skip_comment(const char *p, const char *end)
{
	for (p += 2; p + 1 < end; p++)
		if (p[0] == '*' && p[1] == '/')
			return p + 2;
	return NULL;
}

const char *
ctext_skip(const char *p, const char *end)
{
	size_t word = ctext_word(p, end);

	if (word > 0)
		return p + word;
	if (*p == '"' || *p == '\'')
		return skip_quoted(p, end);
	if (*p == '/' && p + 1 < end && p[1] == '*')
		return skip_comment(p, end);
	if (*p == '/' && p + 1 < end && p[1] == '/')
		return NULL;
	return p + 1;
}

size_t
ctext_word(const char *p, const char *end)
{
	const char *start = p;

	if (p == end || !(g_ascii_isalpha(*p) || *p == '_'))
		return 0;
	while (p < end && (g_ascii_isalnum(*p) || *p == '_'))
		p++;
	return (size_t)(p - start);
}

bool
ctext_equals(const char *p, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(p, word, len) == 0;
}

bool
ctext_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Gives the bracket that closes the one at hand; NUL where it opens none. */
static char
closing(char c)
{
	switch (c) {
	case '(':
		return ')';
	case '[':
		return ']';
	case '{':
		return '}';
	default:
		return '\0';
	}
}

static bool
close_bracket(const char *open, size_t *depth, char bracket, bool is_statement)
{
	if (*depth == 0)
		return is_statement && bracket == '}';
	return open[--*depth] == bracket;
}

bool
ctext_is_balanced(const char *p, const char *end, bool is_statement)
{
	char open[MAX_BRACKETS];
	size_t depth = 0;

	for (; p != NULL && p < end; p = ctext_skip(p, end)) {
		bool is_closing = *p == ')' || *p == ']' || *p == '}';

		if (is_closing && !close_bracket(open, &depth, *p, is_statement))
			return false;
		if (closing(*p) == '\0')
			continue;
		if (depth == MAX_BRACKETS)
			return false;
		open[depth++] = closing(*p);
	}
	while (is_statement && depth > 0 && open[depth - 1] == '}')
		depth--;
	return p != NULL && depth == 0;
}

char
ctext_last(const char *p, const char *end)
{
	char last = '\0';

	for (const char *next; p != NULL && p < end; p = next) {
		bool is_comment = p + 1 < end && p[0] == '/' && p[1] == '*';

		next = ctext_skip(p, end);
		if (next != NULL && !is_comment && !ctext_is_space(*p))
			last = next[-1];
	}
	return last;
}
