/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/lines.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_BACK 8       /* lines that a word may still belong to, in order from the top */
#define OVERLAP_MIN 0.5f  /* of the lower of the two, for a word to belong to a line */
#define MARK_HEIGHT 0.45f /* of the usual size: a comma or a dash recognised by itself */
#define SPACE_WIDTH 0.25f /* of the size */

/* A line as it grows; the words are chained by their places in the sorted array. */
typedef struct {
	float top, bottom; /* mean of its words */
	size_t n_words;
} Growing;

static int
compare_centers(const void *a, const void *b)
{
	const Word *const *x = a, *const *y = b;
	float p = box_center(&(*x)->box), q = box_center(&(*y)->box);

	return (p > q) - (p < q);
}

static int
compare_lefts(const void *a, const void *b)
{
	const Word *const *x = a, *const *y = b;

	return ((*x)->box.left > (*y)->box.left) - ((*x)->box.left < (*y)->box.left);
}

static int
compare_tops(gconstpointer a, gconstpointer b)
{
	const Line *const *x = a, *const *y = b;
	float p = box_center(&(*x)->box), q = box_center(&(*y)->box);

	return (p > q) - (p < q);
}

static float
overlap(const Growing *line, const BlockBox *box, float em)
{
	float height = MAX(box_height(box), 0.5f), reach = height < MARK_HEIGHT * em ? 0.25f * em : 0;
	float common = MIN(line->bottom + reach, box->bottom) - MAX(line->top - reach, box->top);

	return common / MIN(height, MAX(line->bottom - line->top, 0.5f));
}

static void
grow(Growing *line, const BlockBox *box, float em)
{
	float n = (float)line->n_words;

	line->n_words++;
	if (n > 0 && box_height(box) < MARK_HEIGHT * em)
		return;
	line->top = (line->top * n + box->top) / (n + 1);
	line->bottom = (line->bottom * n + box->bottom) / (n + 1);
}

/* Gives each word (sorted from the top) its line; the lines so far are in `growing`. */
static void
assign(Word **words, size_t n, float em, guint *line_of, GArray *growing)
{
	for (size_t i = 0; i < n; i++) {
		const BlockBox *box = &words[i]->box;
		guint best = growing->len;
		float best_overlap = OVERLAP_MIN;

		for (guint j = growing->len; j > 0 && j + LOOK_BACK > growing->len; j--) {
			float common = overlap(&g_array_index(growing, Growing, j - 1), box, em);

			if (common > best_overlap) {
				best = j - 1;
				best_overlap = common;
			}
		}
		if (best == growing->len) {
			Growing line = {0};

			g_array_append_val(growing, line);
		}
		grow(&g_array_index(growing, Growing, best), box, em);
		line_of[i] = best;
	}
}

static bool
is_letter_or_digit(const char *text)
{
	for (const char *p = text; *p != '\0'; p = text_next(p))
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			return true;
	return false;
}

static void
measure(Line *line)
{
	size_t n_bold = 0, n_italic = 0, n_read = 0;
	float widest = -1;

	line->box = line->words[0]->box;
	for (size_t i = 0; i < line->n_words; i++) {
		const Word *word = line->words[i];

		box_add(&line->box, &word->box);
		if (box_width(&word->box) > widest) {
			widest = box_width(&word->box);
			line->size = word->size;
		}
		if (!is_letter_or_digit(word->source->text))
			continue;
		n_read++;
		n_bold += word->source->is_bold;
		n_italic += word->source->is_italic;
	}
	line->is_bold = n_read > 0 && n_bold == n_read;
	line->is_italic = n_read > 0 && n_italic == n_read;
}

/* Text drawn twice, a hair apart, to look bold. */
static bool
is_double(const Word *a, const Word *b)
{
	return distance(a->box.left, b->box.left) < 1.5f && distance(a->box.right, b->box.right) < 1.5f &&
	       distance(a->box.top, b->box.top) < 1.5f && strcmp(a->source->text, b->source->text) == 0;
}

static void
finish(Line *line)
{
	size_t n = 0;

	qsort(line->words, line->n_words, sizeof(Word *), compare_lefts);
	for (size_t i = 0; i < line->n_words; i++)
		if (n == 0 || !is_double(line->words[n - 1], line->words[i]))
			line->words[n++] = line->words[i];
	line->n_words = n;
	measure(line);
}

GPtrArray *
lines_find(Arena *arena, const Frame *frame, Word **words, size_t n)
{
	g_autofree guint *line_of = g_new(guint, n + 1);
	g_autoptr(GArray) growing = g_array_new(FALSE, FALSE, sizeof(Growing));
	GPtrArray *lines = g_ptr_array_new();

	qsort(words, n, sizeof(Word *), compare_centers);
	assign(words, n, frame->em, line_of, growing);
	for (guint i = 0; i < growing->len; i++) {
		Line *line = arena_new0(arena, Line);

		line->words = arena_array(arena, Word *, g_array_index(growing, Growing, i).n_words);
		line->page = frame->page;
		line->is_scan = frame->is_scan;
		line->right = frame->width;
		g_ptr_array_add(lines, line);
	}
	for (size_t i = 0; i < n; i++) {
		Line *line = g_ptr_array_index(lines, line_of[i]);

		line->words[line->n_words++] = words[i];
	}
	for (guint i = 0; i < lines->len; i++)
		finish(g_ptr_array_index(lines, i));
	g_ptr_array_sort(lines, compare_tops);
	return lines;
}

Line *
line_new(Arena *arena, const Line *whole, size_t first, size_t n)
{
	Line *line = arena_new0(arena, Line);

	*line = *whole;
	line->words = whole->words + first;
	line->n_words = n;
	measure(line);
	return line;
}

char *
line_text(const Line *line)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < line->n_words; i++) {
		if (i > 0)
			g_string_append_c(text, ' ');
		g_string_append(text, line->words[i]->source->text);
	}
	return g_string_free(text, FALSE);
}

bool
line_looks_like(const Line *a, const Line *b)
{
	float near = a->is_scan || b->is_scan ? 0.25f * MAX(a->size, b->size) : 0.9f;

	return a->is_bold == b->is_bold && a->is_italic == b->is_italic && distance(a->size, b->size) < near;
}

float
line_gap(const Line *line, size_t at)
{
	return line->words[at]->box.left - line->words[at - 1]->box.right;
}

bool
line_was_ended(const Line *line, const Line *next, bool is_centered)
{
	float before = line->box.left - line->left, behind = line->right - line->box.right;
	float need = box_width(&next->words[0]->box) + SPACE_WIDTH * line->size;

	return (is_centered ? before + behind : behind) > need + (line->is_scan ? 0.8f : 0.2f) * line->size;
}
