/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/regions.h"

#include "base/text.h"
#include "compiler/lex/marker.h"

#include <string.h>

/* Skips Markdown's marks in front of a line. */
static const char *
unmarked(const SourceLine *line)
{
	const char *text = line->text;

	while (*text == '#' || *text == '*' || *text == '_' || *text == ' ' || *text == '>')
		text++;
	return text;
}

static bool
begins_with(const SourceLine *line, const char *phrase, size_t *ret_len)
{
	const char *text = unmarked(line);
	size_t len;

	if (!text_fold_has_prefix(text, phrase, &len))
		return false;
	if (ret_len != NULL)
		*ret_len = (size_t)(text - line->text) + len;
	return true;
}

bool
regions_is_annex_title(const SourceLine *line)
{
	const char *text = unmarked(line), *behind;
	size_t len, label;

	if (!text_fold_has_prefix(text, "phu luc", &len))
		return false;
	behind = text + len;
	if (g_str_has_prefix(text, "PH\xE1\xBB\xA4 L\xE1\xBB\xA4"
				   "C"))
		return *behind == '\0' || strchr(" :.-*", *behind) != NULL;
	/* In lower case it is a title only where nothing but its number stands on the line. */
	behind += strspn(behind, " ");
	label = strspn(behind, "IVXABC0123456789");
	behind += label;
	behind += strspn(behind, " :.*");
	return label > 0 && label <= 5 && *behind == '\0';
}

static bool
is_first_heading(const SourceLine *line, bool is_roman)
{
	const char *text = unmarked(line);
	Marker marker;

	if (!marker_read(text, &marker) || !marker.has_mark || marker.parts[0] != 1 || marker.n_parts != 1)
		return false;
	return marker.kind == (is_roman ? MARKER_ROMAN : MARKER_DECIMAL) &&
	       starts_upper(text + marker.text_at);
}

static size_t
find_head_end(const SourceLines *lines)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < lines->len && !regions_is_annex_title(&lines->items[i]); i++)
			if (is_first_heading(&lines->items[i], pass == 0))
				return i;
	/* No numbering at all: the head ends with the sentence that opens the text ("… như sau:"). */
	for (size_t i = 0; i < lines->len; i++)
		if (g_str_has_suffix(lines->items[i].text, "sau:") ||
		    g_str_has_suffix(lines->items[i].text, "sau: "))
			return i + 1;
	return 0;
}

static bool
is_tail_start(const SourceLine *line)
{
	static const char *const AUTHORITY_MARKS[] = {"TM.", "T/M", "TM ", "KT.", "K/T"};
	const char *text = unmarked(line);
	size_t len;

	for (size_t i = 0; i < G_N_ELEMENTS(AUTHORITY_MARKS); i++)
		if (g_str_has_prefix(text, AUTHORITY_MARKS[i]))
			return true;
	return begins_with(line, "noi nhan", &len) && line->len <= len + 4;
}

static size_t
count_annexes(const SourceLines *lines, size_t first)
{
	size_t n = 0;

	for (size_t i = first; i < lines->len; i++)
		n += regions_is_annex_title(&lines->items[i]);
	return n;
}

void
regions_find(Arena *arena, const SourceLines *lines, Regions *ret_regions)
{
	Regions regions = {.head_end = find_head_end(lines)};
	size_t first_annex;

	regions.annexes = arena_array(arena, size_t, count_annexes(lines, regions.head_end) + 1);
	for (size_t i = regions.head_end; i < lines->len; i++)
		if (regions_is_annex_title(&lines->items[i]))
			regions.annexes[regions.n_annexes++] = i;
	regions.annexes[regions.n_annexes] = lines->len;
	first_annex = regions.annexes[0];
	regions.tail_end = regions.body_end = first_annex;
	for (size_t i = regions.head_end; i < first_annex; i++) {
		if (is_tail_start(&lines->items[i])) {
			regions.body_end = i;
			break;
		}
	}
	*ret_regions = regions;
}
