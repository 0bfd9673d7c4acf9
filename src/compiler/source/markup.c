/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/source/markup.h"

#include "base/text.h"

#include <glib.h>
#include <string.h>

/* "<!-- 12 -->" on a line of its own. */
static bool
is_comment(const char *text)
{
	return g_str_has_prefix(text, "<!--") && g_str_has_suffix(text, "-->");
}

/* A line drawn with long dashes: "———". */
static bool
is_drawn_line(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text = text_next(text), n++) {
		gunichar c = g_utf8_get_char(text);
		bool is_dash = (c >= 0x2010 && c <= 0x2015) || (c >= 0x2500 && c <= 0x2501) || c == 0x23AF;

		if (!is_dash && c != ' ')
			return false;
	}
	return n >= 3;
}

static bool
is_ornament(const char *text)
{
	size_t n = strlen(text);

	if (is_drawn_line(text))
		return true;
	return n > 0 && strspn(text, "-*_\\ ") == n && (n >= 3 || strchr(text, '*') != NULL);
}

/* A text or an address longer than this is no link; without an end to the search, "[[[[…" would take for
 * ever. */
#define LINK_PART_BYTES_MAX 2048

static const char *
find_near(const char *text, char c)
{
	return memchr(text, c, strnlen(text, LINK_PART_BYTES_MAX));
}

/* Gives the text of "[text](address)" at `p`; moves *p behind it. */
static bool
take_link(const char **p, GString *out)
{
	const char *close, *end;

	if (**p != '[' || (close = find_near(*p, ']')) == NULL || close[1] != '(' ||
	    (end = find_near(close, ')')) == NULL)
		return false;
	g_string_append_len(out, *p + 1, close - *p - 1);
	*p = end + 1;
	return true;
}

static void
strip_inline(const char *text, GString *out)
{
	while (*text != '\0') {
		if (*text == '\\' && g_ascii_ispunct(text[1])) {
			if (text[1] != '*' || out->len > 0)
				g_string_append_c(out, text[1]);
			text += 2;
		} else if (*text == '*' || *text == '`') {
			text++;
		} else if (g_ascii_strncasecmp(text, "<br>", 4) == 0 ||
			   g_ascii_strncasecmp(text, "<br/>", 5) == 0) {
			g_string_append_c(out, ' ');
			text = strchr(text, '>') + 1;
		} else if (!take_link(&text, out)) {
			g_string_append_c(out, *text++);
		}
	}
	while (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
}

/* A bullet's own star is no emphasis: "* text". */
static bool
is_star_bullet(const char *text)
{
	return text[0] == '*' && text[1] == ' ';
}

MarkupLine
markup_read(Arena *arena, const char *line, size_t len)
{
	g_autofree char *copy = g_strndup(line, len);
	g_autoptr(GString) out = g_string_sized_new(len);
	MarkupLine result = {0};
	const char *text = copy;
	size_t n;

	result.is_rule = is_ornament(copy) || is_comment(copy);
	result.is_table_row = copy[0] == '|';
	while (text[0] == '>' || text[0] == ' ')
		text++;
	n = strspn(text, "#");
	if (n >= 1 && n <= 6 && text[n] == ' ') {
		result.heading_level = (uint8_t)n;
		text += n + strspn(text + n, " ");
	}
	n = strlen(text);
	result.is_bold = n > 4 && g_str_has_prefix(text, "**") && g_str_has_suffix(text, "**");
	if (is_star_bullet(text)) {
		g_string_append(out, "- ");
		text += 2;
	}
	strip_inline(text, out);
	/* "***1. Title***" leaves blanks; a bullet in italics leaves its dash in front. */
	result.text = arena_strdup(arena, g_strstrip(out->str));
	return result;
}

char *
markup_strip_inline(Arena *arena, const char *text)
{
	g_autoptr(GString) out = g_string_sized_new(strlen(text));

	strip_inline(text, out);
	return arena_strdup(arena, g_strstrip(out->str));
}

static MarkupCell
read_cell(Arena *arena, const char *line, size_t from, size_t to)
{
	MarkupCell cell = {0};
	g_autofree char *raw = NULL;

	while (from < to && line[from] == ' ')
		from++;
	while (to > from && line[to - 1] == ' ')
		to--;
	raw = g_strndup(line + from, to - from);
	cell.offset = from;
	cell.len = to - from;
	cell.is_bold = cell.len > 4 && g_str_has_prefix(raw, "**") && g_str_has_suffix(raw, "**");
	cell.text = is_ornament(raw) ? arena_strdup(arena, raw) : markup_strip_inline(arena, raw);
	return cell;
}

size_t
markup_split_cells(Arena *arena, const char *line, MarkupCell *cells, size_t max)
{
	size_t at = *line == '|' ? 1 : 0, n = 0;

	while (line[at] != '\0' && n < max) {
		size_t end = at;

		while (line[end] != '\0' && line[end] != '|')
			end += line[end] == '\\' && line[end + 1] != '\0' ? 2 : 1;
		cells[n++] = read_cell(arena, line, at, end);
		if (line[end] == '\0')
			break;
		at = end + 1;
	}
	return n;
}

bool
markup_is_separator(const char *line)
{
	return line[0] == '|' && strspn(line, "|:- ") == strlen(line) && strstr(line, "--") != NULL;
}

bool
markup_is_markdown(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	size_t marks = 0;

	while (p < end && marks < 2) {
		const char *line_end = memchr(p, '\n', (size_t)(end - p));

		if (line_end == NULL)
			line_end = end;
		marks += (p[0] == '#' && line_end - p > 2 && (p[1] == '#' || p[1] == ' ')) ||
			 (line_end - p > 4 && p[0] == '*' && p[1] == '*') ||
			 (line_end - p > 4 && p[0] == '|' &&
			     memchr(p + 1, '|', (size_t)(line_end - p - 1)) != NULL);
		p = line_end + 1;
	}
	return marks >= 2;
}
