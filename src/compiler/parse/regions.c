/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/regions.h"

#include "base/text.h"
#include "compiler/lex/marker.h"
#include "compiler/parse/head.h"
#include "compiler/source/markup.h"

#include <string.h>

#define TABLE_TITLE_LINES 6 /* that may stand above a table behind the signature */

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
	if (line->text[0] == '#')
		return *behind == '\0' || strchr(" :.-*", *behind) != NULL;
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
		for (size_t i = 0; i < lines->len && !regions_is_annex_title(&lines->items[i]) &&
				   !regions_is_table_header(lines, i);
		     i++)
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

bool
regions_is_table_header(const SourceLines *lines, size_t index)
{
	return index + 1 < lines->len && lines->items[index].text[0] == '|' &&
	       markup_is_separator(lines->items[index + 1].text);
}

static bool
is_comment(const SourceLine *line)
{
	return g_str_has_prefix(line->text, "<!--");
}

/* The end of a run of table rows; page numbers between them belong to it. */
static size_t
table_end(const SourceLines *lines, size_t first, size_t limit)
{
	size_t end = first;

	for (size_t i = first; i < limit; i++) {
		if (lines->items[i].text[0] == '|')
			end = i + 1;
		else if (!is_comment(&lines->items[i]))
			break;
	}
	return end;
}

/* The first line of the title above a table that stands behind the signature. */
static size_t
title_above(const SourceLines *lines, size_t table, size_t limit)
{
	size_t first = table;

	while (first > limit && table - first < TABLE_TITLE_LINES) {
		const SourceLine *line = &lines->items[first - 1];
		Marker marker;

		if (is_comment(line) || is_tail_start(line) || tail_is_person_name(unmarked(line)) ||
		    (marker_read(unmarked(line), &marker) && marker.kind == MARKER_DASH))
			break;
		first--;
	}
	return first;
}

/* A sheet's name above the title in it ("Phụ lục 1" / "PHỤ LỤC I: …") opens no annex of its own. */
static bool
opens_annex(const SourceLines *lines, size_t index)
{
	return regions_is_annex_title(&lines->items[index]) &&
	       !(index + 1 < lines->len && regions_is_annex_title(&lines->items[index + 1]));
}

static void
find_annexes(const SourceLines *lines, Regions *regions)
{
	size_t i = regions->head_end;

	regions->body_end = regions->tail_end = lines->len;
	while (i < lines->len) {
		AnnexRange range = {.first = i, .last = i + 1};
		bool is_tail = regions->body_end < lines->len;

		if (opens_annex(lines, i)) {
			range.has_title = true;
			while (range.last < lines->len && !regions_is_annex_title(&lines->items[range.last]))
				range.last++;
		} else if (lines->items[i].text[0] == '|') {
			range.last = table_end(lines, i, lines->len);
			if (is_tail)
				range.first = title_above(lines, i, regions->body_end);
		} else {
			if (!is_tail && is_tail_start(&lines->items[i]))
				regions->body_end = i;
			i++;
			continue;
		}
		if (range.has_title || is_tail)
			regions->tail_end = MIN(regions->tail_end, range.first);
		if (range.has_title)
			regions->body_end = MIN(regions->body_end, range.first);
		regions->annexes[regions->n_annexes++] = range;
		i = range.last;
	}
}

static size_t
count_starts(const SourceLines *lines, size_t first)
{
	size_t n = 0;

	for (size_t i = first; i < lines->len; i++)
		n += regions_is_annex_title(&lines->items[i]) || lines->items[i].text[0] == '|';
	return n;
}

void
regions_find(Arena *arena, const SourceLines *lines, Regions *ret_regions)
{
	Regions regions = {.head_end = find_head_end(lines)};

	regions.annexes = arena_array(arena, AnnexRange, count_starts(lines, regions.head_end) + 1);
	find_annexes(lines, &regions);
	*ret_regions = regions;
}
