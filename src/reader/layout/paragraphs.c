/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/paragraphs.h"

#include "base/text.h"
#include "reader/layout/marker.h"

#include <stdlib.h>
#include <string.h>

#define PITCH_UNKNOWN 1.3f
#define PITCH_MAX 2.5f    /* further apart lines tell nothing about a paragraph */
#define PITCH_EXTRA 0.17f /* above the usual one: space between paragraphs */
#define PITCH_EXTRA_SCAN 0.4f
#define INDENTS_MIN 4 /* lines with the same indent, for it to be a habit */
#define INDENT_MAX 80.0f

static int
compare_floats(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static float
indent_of(const Line *line)
{
	return line->box.left - line->left;
}

/* From the line before to this one, in sizes of the letters; negative where it does not lie below. */
static float
pitch_of(const Line *before, const Line *line)
{
	return (line->box.bottom - before->box.bottom) / MAX(MAX(line->size, before->size), 1.0f);
}

/* The value that most others are near; 0 where fewer than `min` are. */
static float
densest(GArray *values, float near, guint min)
{
	float *all = (float *)(void *)values->data, best = 0;
	guint from = 0;

	if (values->len > 0)
		qsort(all, values->len, sizeof(float), compare_floats);
	for (guint i = 0; i < values->len; i++) {
		while (all[i] - all[from] > near)
			from++;
		if (i - from + 1 >= min) {
			min = i - from + 2;
			best = all[(from + i) / 2];
		}
	}
	return best;
}

Habits
habits_learn(const GPtrArray *lines)
{
	g_autoptr(GArray) pitches = g_array_new(FALSE, FALSE, sizeof(float));
	g_autoptr(GArray) indents = g_array_new(FALSE, FALSE, sizeof(float));
	Habits habits;

	for (guint i = 0; i < lines->len; i++) {
		const Line *line = g_ptr_array_index(lines, i);
		const Line *before = i > 0 ? g_ptr_array_index(lines, i - 1) : NULL;
		float indent = indent_of(line), pitch;

		if (!line->is_side && indent > 0.8f * line->size && indent < INDENT_MAX)
			g_array_append_val(indents, indent);
		if (before == NULL || before->page != line->page || before->is_side || line->is_side)
			continue;
		pitch = pitch_of(before, line);
		if (pitch > 0.8f && pitch < PITCH_MAX)
			g_array_append_val(pitches, pitch);
	}
	habits.pitch = densest(pitches, 0.06f, 3);
	habits.indent = densest(indents, 2.5f, INDENTS_MIN);
	if (habits.pitch <= 0)
		habits.pitch = PITCH_UNKNOWN;
	return habits;
}

static bool
has_usual_indent(const Line *line, const Habits *habits)
{
	return habits->indent > 0 &&
	       distance(indent_of(line), habits->indent) < (line->is_scan ? 4.0f : 1.5f);
}

/* The same room at both sides, be it none. */
static bool
is_symmetric(const Line *line)
{
	float before = indent_of(line), behind = line->right - line->box.right;
	float near = line->is_scan ? 2.0f : line->is_side ? 0.5f : 1.3f;

	return distance(before, behind) < near * line->size;
}

static bool
is_centered(const Line *line, const Habits *habits)
{
	return is_symmetric(line) && (line->is_side || indent_of(line) > 1.4f * line->size) &&
	       !has_usual_indent(line, habits) && marker_of_line(line) != MARKER_DASH;
}

static bool
has_capitals_only(const Line *line)
{
	for (size_t i = 0; i < line->n_words; i++)
		for (const char *p = line->words[i]->source->text; *p != '\0'; p = text_next(p))
			if (g_unichar_islower(g_utf8_get_char(p)))
				return false;
	return true;
}

/* The kind of a document or of a part stands by itself above its title. */
static bool
is_kind_of_document(const Line *line)
{
	static const char *const KINDS[] = {"ke hoach", "chuong trinh", "chuong trinh hanh dong",
	    "quyet dinh", "bao cao", "nghi quyet", "thong bao", "huong dan", "de an", "chi thi", "to trinh",
	    "quy che", "phuong an", "ket luan", "quy dinh"};
	static const char *const PARTS[] = {"phu luc", "bieu", "mau", "phan", "chuong"};
	g_autofree char *text = line_text(line), *folded = text_fold_vi(text);

	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
		if (strcmp(folded, KINDS[i]) == 0)
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(PARTS); i++)
		if (g_str_has_prefix(folded, PARTS[i]) && line->n_words <= 3)
			return true;
	return false;
}

/* Two lines of a title that its author has broken. */
static bool
is_same_title(const Line *before, const Line *line)
{
	return before->is_bold && !before->is_side && before->page == line->page &&
	       has_capitals_only(before) == has_capitals_only(line) && !is_kind_of_document(before) &&
	       marker_of_line(line) == MARKER_NONE && line->words[0]->source->text[0] != '(';
}

/* Where the text behind the mark of an item begins. */
static bool
hangs_under(const Line *first, const Line *line)
{
	return marker_of_line(first) != MARKER_NONE &&
	       distance(indent_of(line), first->words[1]->box.left - first->left) < 0.5f * line->size + 2;
}

/* The names with which lines of a document's head and tail begin. */
static bool
begins_name(const Line *line)
{
	static const char *const NAMES[] = {"xa", "phuong", "dac", "thi", "huyen", "tinh", "thanh",
	    "so:", "so", "kt.", "tm.", "t/m", "tl.", "tuq.", "q.", "pho", "chu", "bi", "ban", "uy", "dang",
	    "hoi", "noi"};
	g_autofree char *folded = text_fold_vi(line->words[0]->source->text);

	if (strcmp(folded, "doc") == 0)
		return true;
	if (!has_capitals_only(line) && g_strcmp0(folded, "so:") != 0 && g_strcmp0(folded, "so") != 0)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
		if (strcmp(folded, NAMES[i]) == 0)
			return true;
	return false;
}

static bool
is_far_below(const Paragraph *paragraph, const Line *before, const Line *line, const Habits *habits)
{
	float pitch = pitch_of(before, line), usual = habits->pitch;
	guint n = paragraph->lines->len;

	if (n >= 2) {
		const Line *last_but_one = g_ptr_array_index(paragraph->lines, n - 2);

		if (last_but_one->page == before->page)
			usual = pitch_of(last_but_one, before);
	}
	return pitch < 0.5f || pitch > usual + (line->is_scan ? PITCH_EXTRA_SCAN : PITCH_EXTRA);
}

/* For a line whose predecessor is filled: whether its place is that of a first line. */
static bool
begins_by_place(const Paragraph *paragraph, const Line *before, const Line *line, const Habits *habits)
{
	const Line *first = g_ptr_array_index(paragraph->lines, 0);
	float near = line->is_scan ? 5.0f : 3.0f, indent = indent_of(line), shift = indent - indent_of(first);
	bool is_item = marker_of_line(line) != MARKER_NONE && marker_ends_sentence(before);

	if (paragraph->lines->len >= 2) {
		const Line *second = g_ptr_array_index(paragraph->lines, 1);

		return distance(indent, indent_of(second)) > near || (is_item && indent > line->size);
	}
	if (shift > near)
		return !hangs_under(first, line);
	if (shift < -near)
		return is_item && line->is_bold != before->is_bold;
	if (has_usual_indent(line, habits))
		return true;
	return is_item || (habits->indent <= 0 && before->is_bold && !line->is_bold);
}

/* Lines of different width with one middle: centred, wherever the margins are. */
static bool
shares_middle(const Line *a, const Line *b)
{
	float near = a->is_scan ? 0.4f * a->size : 1.2f, unlike = a->is_scan ? 2 * a->size : 5.0f;

	return a->page == b->page && distance(box_middle(&a->box), box_middle(&b->box)) < near &&
	       distance(box_width(&a->box), box_width(&b->box)) > unlike;
}

static bool
goes_on_centered(const Paragraph *paragraph, const Line *before, const Line *line, const Habits *habits)
{
	if (shares_middle(before, line) && !has_usual_indent(before, habits) &&
	    (paragraph->lines->len == 1 || paragraph->is_centered))
		return true;
	return paragraph->is_symmetric && is_symmetric(line) &&
	       (paragraph->is_centered || is_centered(line, habits));
}

/* How the line goes on with the paragraph; BLOCK_BREAK_MAX where it does not. */
static BlockBreak
join(const Paragraph *paragraph, const Line *line, const Habits *habits)
{
	const Line *before = g_ptr_array_index(paragraph->lines, paragraph->lines->len - 1);
	bool is_middle = goes_on_centered(paragraph, before, line, habits);
	bool was_ended = line_was_ended(before, line, is_middle);

	if (before->is_side != line->is_side ||
	    (line->is_side &&
		(distance(before->left, line->left) > 1 || distance(before->right, line->right) > 1)))
		return BLOCK_BREAK_MAX;
	if (before->page == line->page && is_far_below(paragraph, before, line, habits))
		return BLOCK_BREAK_MAX;
	if (before->is_bold != line->is_bold && before->is_italic != line->is_italic)
		return BLOCK_BREAK_MAX;
	if (distance(before->size, line->size) > (line->is_scan ? 0.3f : 0.1f) * line->size)
		return BLOCK_BREAK_MAX;
	if (is_middle) {
		if (!line_looks_like(before, line))
			return BLOCK_BREAK_MAX;
		if (!was_ended && !(line->is_side && begins_name(line)))
			return BLOCK_BREAK_LINE;
		return is_same_title(before, line) ? BLOCK_BREAK_PARAGRAPH : BLOCK_BREAK_MAX;
	}
	if (paragraph->is_centered || is_centered(line, habits) || was_ended)
		return BLOCK_BREAK_MAX;
	return begins_by_place(paragraph, before, line, habits) ? BLOCK_BREAK_MAX : BLOCK_BREAK_LINE;
}

static void
add(Paragraph *paragraph, Line *line, BlockBreak before, const Habits *habits)
{
	const Line *last =
	    paragraph->lines->len > 0 ? g_ptr_array_index(paragraph->lines, paragraph->lines->len - 1) : NULL;

	paragraph->is_centered =
	    last != NULL ? goes_on_centered(paragraph, last, line, habits) : is_centered(line, habits);
	paragraph->is_symmetric = is_symmetric(line) && (last == NULL || paragraph->is_symmetric);
	g_ptr_array_add(paragraph->lines, line);
	g_array_append_val(paragraph->breaks, before);
}

Paragraph *
paragraph_new(Line *first, const Habits *habits)
{
	Paragraph *paragraph = g_new0(Paragraph, 1);

	paragraph->lines = g_ptr_array_new();
	paragraph->breaks = g_array_new(FALSE, FALSE, sizeof(BlockBreak));
	add(paragraph, first, BLOCK_BREAK_NONE, habits);
	return paragraph;
}

void
paragraph_free(Paragraph *paragraph)
{
	if (paragraph == NULL)
		return;
	g_ptr_array_unref(paragraph->lines);
	g_array_unref(paragraph->breaks);
	g_free(paragraph);
}

bool
paragraph_take(Paragraph *paragraph, Line *line, const Habits *habits)
{
	BlockBreak how = join(paragraph, line, habits);

	if (how == BLOCK_BREAK_MAX)
		return false;
	add(paragraph, line, how, habits);
	return true;
}
