/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/source/lines.h"

#include "base/ceilings.h"
#include "base/text.h"

#include <string.h>

typedef struct {
	const char *start;
	size_t len; /* without the line end */
	uint32_t number;
} PhysicalLine;

static bool
next_physical(const char *text, size_t len, size_t *position, PhysicalLine *line)
{
	const char *end;

	if (*position >= len)
		return false;
	line->start = text + *position;
	end = memchr(line->start, '\n', len - *position);
	line->len = end != NULL ? (size_t)(end - line->start) : len - *position;
	line->number++;
	*position += line->len + 1;
	return true;
}

/* A blank or a no-break space; gives its bytes, or 0. */
static size_t
blank_bytes(const char *p, const char *end)
{
	if (*p == ' ' || *p == '\t' || *p == '\f' || *p == '\v')
		return 1;
	return end - p >= 2 && memcmp(p, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static void
trim(const PhysicalLine *physical, SourceLine *line)
{
	const char *start = physical->start, *end = physical->start + physical->len;
	size_t n, leading = 0, trailing = 0;

	while (start < end && (n = blank_bytes(start, end)) > 0) {
		start += n;
		leading++;
	}
	while (end > start) {
		n = end - start >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0 ? 2 : blank_bytes(end - 1, end);
		if (n == 0)
			break;
		end -= n;
		trailing++;
	}
	line->text = start;
	line->len = (size_t)(end - start);
	line->leading = (uint16_t)MIN(leading, UINT16_MAX);
	line->trailing = (uint16_t)MIN(trailing, UINT16_MAX);
}

static void
cut_long_line(SourceLine *line, DiagList *diags)
{
	size_t keep = LIMIT_LINE_BYTES;

	if (line->len <= LIMIT_LINE_BYTES)
		return;
	while (keep > 0 && ((unsigned char)line->text[keep] & 0xC0) == 0x80)
		keep--;
	line->len = keep;
	line->is_cut = true;
	diag_add(diags, "source-line-cut", DIAG_WARNING, line_span(line),
	    "Dòng dài hơn %zu KB, phần sau không được đọc; hãy ngắt dòng văn bản nguồn.",
	    LIMIT_LINE_BYTES / 1024);
}

static size_t
count_visual_lines(const char *text, size_t len)
{
	size_t n = 1;

	for (const char *p = text; (p = memchr(p, '\n', len - (size_t)(p - text))) != NULL; p++)
		n++;
	return n;
}

static void
collect(Arena *arena, SourceLines *lines, DiagList *diags)
{
	PhysicalLine physical = {0};
	uint16_t empty = 0, blank = 0;
	size_t position = 0;

	lines->items = arena_array(
	    arena, SourceLine, MIN(count_visual_lines(lines->text, lines->text_len), LIMIT_SOURCE_LINES));
	while (next_physical(lines->text, lines->text_len, &position, &physical)) {
		SourceLine *line;

		if (lines->len >= LIMIT_SOURCE_LINES) {
			diag_add(diags, "source-too-many-lines", DIAG_ERROR,
			    (SourceSpan){.line = physical.number},
			    "Văn bản có hơn %zu dòng; phần từ dòng này không được đọc.", LIMIT_SOURCE_LINES);
			return;
		}
		line = &lines->items[lines->len];
		trim(&physical, line);
		if (line->len == 0) {
			empty = (uint16_t)MIN(empty + (physical.len == 0), UINT16_MAX);
			blank = (uint16_t)MIN(blank + (physical.len > 0), UINT16_MAX);
			continue;
		}
		line->offset = (size_t)(line->text - lines->text);
		line->number = physical.number;
		line->empty_before = empty;
		line->blank_before = blank;
		cut_long_line(line, diags);
		line->text = arena_strndup(arena, line->text, line->len);
		line->chars = (uint16_t)MIN(g_utf8_strlen(line->text, (gssize)line->len), UINT16_MAX);
		empty = blank = 0;
		lines->len++;
	}
}

static LineLayout
detect_layout(const SourceLines *lines)
{
	size_t spaced = 0;

	for (size_t i = 1; i < lines->len; i++)
		spaced += lines->items[i].empty_before > 0;
	/* Long lines are whole paragraphs, not wrapped ones: such a text is read like Markdown. */
	if (lines->width > 160)
		return LINE_LAYOUT_MARKDOWN;
	return spaced * 10 > lines->len * 6 ? LINE_LAYOUT_DOUBLE : LINE_LAYOUT_SINGLE;
}

static LineBreak
break_of(const SourceLine *line, LineLayout layout)
{
	bool has_gap = line->empty_before + line->blank_before > 0;

	switch (layout) {
	case LINE_LAYOUT_DOUBLE:
		return line->empty_before > 0 ? LINE_BREAK_WRAP : LINE_BREAK_HARD;
	case LINE_LAYOUT_SINGLE:
		return has_gap ? LINE_BREAK_PARAGRAPH : LINE_BREAK_WRAP;
	case LINE_LAYOUT_MARKDOWN:
	default:
		return LINE_BREAK_PARAGRAPH;
	}
}

uint16_t
lines_full_width(const SourceLines *lines, size_t first, size_t last)
{
	size_t histogram[512] = {0}, seen = 0;

	for (size_t i = first; i < last; i++)
		histogram[MIN(lines->items[i].chars, G_N_ELEMENTS(histogram) - 1)]++;
	for (size_t width = 0; width < G_N_ELEMENTS(histogram); width++) {
		seen += histogram[width];
		if (seen * 10 >= (last - first) * 9)
			return (uint16_t)width;
	}
	return 0;
}

void
lines_split(
    Arena *arena, const char *text, size_t len, bool is_markdown, SourceLines *ret_lines, DiagList *diags)
{
	*ret_lines = (SourceLines){.text = text, .text_len = len};
	collect(arena, ret_lines, diags);
	ret_lines->width = lines_full_width(ret_lines, 0, ret_lines->len);
	ret_lines->layout = is_markdown ? LINE_LAYOUT_MARKDOWN : detect_layout(ret_lines);
	for (size_t i = 0; i < ret_lines->len; i++)
		ret_lines->items[i].break_before =
		    i == 0 ? LINE_BREAK_PARAGRAPH : break_of(&ret_lines->items[i], ret_lines->layout);
}

void
lines_find_pages(SourceLines *lines, const SourcePlaces *places)
{
	for (size_t i = 0; places != NULL && i < lines->len; i++)
		lines->items[i].page = places_page(places, line_span(&lines->items[i]));
}

SourceSpan
line_span(const SourceLine *line)
{
	return (SourceSpan){.line = line->number,
	    .column = line->leading + 1u,
	    .page = line->page,
	    .offset = line->offset,
	    .len = line->len};
}

SourceSpan
lines_span(const SourceLine *first, const SourceLine *last)
{
	SourceSpan span = line_span(first);

	span.len = last->offset + last->len - first->offset;
	return span;
}
