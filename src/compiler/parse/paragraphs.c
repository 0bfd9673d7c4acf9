/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/paragraphs.h"

#include "base/ceilings.h"
#include "base/text.h"
#include "compiler/source/markup.h"

#include <string.h>

typedef struct {
	Arena *arena;
	const SourceLines *lines;
	uint16_t width; /* of a full line of this part */
	Paragraphs out;
	GString *text; /* of the paragraph being joined */
	const SourceLine *previous;
} Joiner;

bool
ends_finished(const char *text)
{
	static const char *const ENDS[] = {
	    ".", ";", ":", "!", "?", ")", "\"", "\xE2\x80\xA6", "\xE2\x80\x9D", "./."};

	for (size_t i = 0; i < G_N_ELEMENTS(ENDS); i++)
		if (g_str_has_suffix(text, ENDS[i]))
			return true;
	return false;
}

/* True where the next line's first word would still have fitted behind the previous line: the author ended
 * it. */
static bool
is_ragged_by(const Joiner *joiner, const char *next, size_t tenths)
{
	size_t word = strcspn(next, " ");

	return joiner->previous->chars + 1u + (size_t)g_utf8_strlen(next, (gssize)word) <
	       joiner->width * tenths / 10u;
}

static bool
is_ragged(const Joiner *joiner, const char *next)
{
	return is_ragged_by(joiner, next, 9);
}

static const Marker *
current_marker(const Joiner *joiner)
{
	return &joiner->out.items[joiner->out.len - 1].marker;
}

/* "3.1." under "3. Tăng cường …", which has no full stop. */
static bool
is_first_child(const Joiner *joiner, const Marker *marker)
{
	const Marker *parent = current_marker(joiner);

	return parent->kind == MARKER_DECIMAL && marker->n_parts == parent->n_parts + 1 &&
	       marker->parts[marker->n_parts - 1] == 1 && marker->parts[0] == parent->parts[0];
}

/* The first bullet under a numbered title, which has no full stop either. */
static bool
is_under_title(const Joiner *joiner, const char *behind)
{
	return current_marker(joiner)->kind == MARKER_DECIMAL && starts_upper(behind);
}

/* A form that could be a marker is one only where the text before it had come to an end: a wrapped line may
 * begin with "- Xã hội" or "2. 500". */
static bool
accepts_marker(const Joiner *joiner, const char *text, const Marker *marker)
{
	const char *behind = text + marker->text_at;
	bool is_after_end = joiner->out.len == 0 || ends_finished(joiner->text->str) ||
			    joiner->out.items[joiner->out.len - 1].marker.kind == MARKER_ROMAN ||
			    is_ragged(joiner, text);

	switch (marker->kind) {
	case MARKER_ROMAN:
		return marker->has_mark && starts_upper(behind) && is_after_end;
	case MARKER_DECIMAL:
		if (!marker->has_mark && marker->n_parts < 2)
			return false;
		return (is_after_end || is_first_child(joiner, marker)) &&
		       (starts_upper(behind) || *behind == '"' || g_str_has_prefix(behind, "\xE2\x80\x9C"));
	case MARKER_LETTER:
		return is_after_end;
	case MARKER_DASH:
	case MARKER_PLUS:
		return is_after_end || is_under_title(joiner, behind);
	case MARKER_NONE:
	default:
		return false;
	}
}

static bool
is_page_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits <= 3 && text[digits] == '\0';
}

/* "7. Phòng Văn hóa - Xã hội." on one line: a title that ends in a full stop. */
static bool
is_lone_title(const Joiner *joiner)
{
	const Paragraph *current = &joiner->out.items[joiner->out.len - 1];

	return current->marker.kind == MARKER_DECIMAL && current->marker.n_parts == 1 &&
	       current->first_line == current->last_line && g_str_has_suffix(joiner->text->str, ".");
}

/* In Markdown each line is a paragraph, but a page break of the source cuts one in two: the second half goes
 * on in lower case where the first had not ended. */
static bool
goes_on(const Joiner *joiner, const SourceLine *line, const char *text)
{
	if (line->break_before != LINE_BREAK_PARAGRAPH)
		return !(starts_upper(text) &&
			 (is_lone_title(joiner) ||
			     (is_ragged_by(joiner, text, 7) ||
				 (ends_finished(joiner->text->str) && is_ragged_by(joiner, text, 9)))));
	return joiner->lines->layout != LINE_LAYOUT_DOUBLE && starts_lower(text) &&
	       !ends_finished(joiner->text->str);
}

static void
finish(Joiner *joiner)
{
	if (joiner->out.len > 0)
		joiner->out.items[joiner->out.len - 1].text = arena_strdup(joiner->arena, joiner->text->str);
	g_string_truncate(joiner->text, 0);
}

static void
begin(Joiner *joiner, size_t index, const MarkupLine *markup, const Marker *marker)
{
	Paragraph *paragraph;

	finish(joiner);
	paragraph = &joiner->out.items[joiner->out.len++];
	paragraph->section = -1;
	paragraph->first_line = paragraph->last_line = index;
	paragraph->is_marked_heading = markup->heading_level > 0 || markup->is_bold;
	if (marker != NULL) {
		paragraph->marker = *marker;
		paragraph->label = arena_strndup(joiner->arena, markup->text, marker->label_len);
		join_bounded(joiner->text, markup->text + marker->text_at);
	} else {
		join_bounded(joiner->text, markup->text);
	}
}

static void
add_line(Joiner *joiner, size_t index)
{
	const SourceLine *line = &joiner->lines->items[index];
	bool is_markdown = joiner->lines->layout == LINE_LAYOUT_MARKDOWN;
	MarkupLine markup = {.text = arena_strdup(joiner->arena, line->text)};
	Paragraph *last = joiner->out.len > 0 ? &joiner->out.items[joiner->out.len - 1] : NULL;
	Marker marker;

	if (is_markdown && line->text[0] == '|') {
		/* A row of a table; read by annex_parse(). */
		begin(joiner, index, &(MarkupLine){.text = arena_strdup(joiner->arena, "")}, NULL);
		joiner->out.items[joiner->out.len - 1].is_furniture = true;
		return;
	}
	if (is_markdown)
		markup = markup_read(joiner->arena, line->text, line->len);
	if (markup.is_rule || is_page_number(markup.text)) {
		begin(joiner, index, &markup, NULL);
		joiner->out.items[joiner->out.len - 1].is_furniture = true;
		return;
	}
	if (last != NULL && last->is_furniture)
		last =
		    NULL; /* the paragraph before the page number may go on, see resume_after_furniture() */
	if (marker_read(markup.text, &marker) &&
	    (accepts_marker(joiner, markup.text, &marker) ||
		(is_markdown && line->break_before == LINE_BREAK_PARAGRAPH &&
		    accepts_marker(&(Joiner){.lines = joiner->lines}, markup.text, &marker)))) {
		begin(joiner, index, &markup, &marker);
	} else if (last == NULL || markup.heading_level > 0 || markup.is_bold ||
		   !goes_on(joiner, line, markup.text)) {
		begin(joiner, index, &markup, NULL);
	} else {
		join_wrapped(joiner->text, markup.text);
		last->last_line = index;
	}
	joiner->previous = line;
}

/* A page number between two halves of a sentence: the second half joins the first. */
static void
resume_after_furniture(Joiner *joiner)
{
	for (size_t i = 1; i + 1 < joiner->out.len; i++) {
		Paragraph *before = &joiner->out.items[i - 1], *number = &joiner->out.items[i],
			  *behind = number + 1;
		g_autoptr(GString) joined = NULL;

		if (!number->is_furniture || number->text[0] == '\0' || before->is_furniture ||
		    behind->is_furniture || behind->marker.kind != MARKER_NONE ||
		    ends_finished(before->text) || !starts_lower(behind->text))
			continue;
		joined = g_string_new(before->text);
		join_wrapped(joined, behind->text);
		before->text = arena_strdup(joiner->arena, joined->str);
		before->last_line = behind->last_line;
		behind->is_furniture = true;
		behind->text = arena_strdup(joiner->arena, "");
	}
}

Paragraphs
paragraphs_join(Arena *arena, const SourceLines *lines, size_t first, size_t last)
{
	Joiner joiner = {.arena = arena, .lines = lines, .width = lines_full_width(lines, first, last)};

	joiner.text = g_string_new(NULL);
	joiner.out.items = arena_array(arena, Paragraph, last - first + 1);
	for (size_t i = first; i < last; i++) {
		if (joiner.previous == NULL)
			joiner.previous = &lines->items[i];
		add_line(&joiner, i);
	}
	finish(&joiner);
	g_string_free(joiner.text, TRUE);
	resume_after_furniture(&joiner);
	for (size_t i = 0; i < joiner.out.len; i++)
		joiner.out.items[i].span = lines_span(&lines->items[joiner.out.items[i].first_line],
		    &lines->items[joiner.out.items[i].last_line]);
	return joiner.out;
}
