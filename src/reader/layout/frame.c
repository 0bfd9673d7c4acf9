/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/frame.h"

#include <stdlib.h>
#include <string.h>

#define EM_OF_HEIGHT 0.87f /* letters against the box of a font: Times New Roman */
#define EM_UNKNOWN 13.0f   /* the administrative size, where nothing tells */
#define SIZE_MAX_POINTS 1000.0f
#define SLACK_EXACT 3.0f /* the two strokes of a double line lie so far apart */
#define LEVEL_SHARE 0.4f /* of the usual size */
#define SLACK_SCAN 5.0f

BlockBox
frame_turn(BlockBox box, Turn turn, float width, float height)
{
	switch (turn) {
	case TURN_UPWARDS:
		return (BlockBox){height - box.bottom, box.left, height - box.top, box.right};
	case TURN_DOWNWARDS:
		return (BlockBox){box.top, width - box.right, box.bottom, width - box.left};
	case TURN_NONE:
	default:
		return box;
	}
}

Turn
frame_find_turn(const Word *words, size_t n)
{
	size_t n_long = 0, n_tall = 0, n_up = 0, n_down = 0;

	for (size_t i = 0; i < n; i++) {
		const BlockBox *box = &words[i].box, *last = i > 0 ? &words[i - 1].box : box;

		if (g_utf8_strlen(words[i].source->text, -1) < 4)
			continue;
		n_long++;
		n_tall += box_height(box) > 1.2f * box_width(box);
		if (distance(box_middle(box), box_middle(last)) < box_width(box)) {
			n_up += box->bottom < last->top + 1;
			n_down += box->top > last->bottom - 1;
		}
	}
	if (n_long == 0 || 3 * n_tall < 2 * n_long)
		return TURN_NONE;
	return n_down > n_up ? TURN_DOWNWARDS : TURN_UPWARDS;
}

static int
compare_floats(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static float
usual_size(const Frame *frame)
{
	g_autofree float *sizes = g_new(float, frame->n_words + 1);

	if (frame->n_words == 0)
		return EM_UNKNOWN;
	for (size_t i = 0; i < frame->n_words; i++)
		sizes[i] = frame->words[i].size;
	qsort(sizes, frame->n_words, sizeof(float), compare_floats);
	return CLAMP(sizes[frame->n_words / 2], 4.0f, 40.0f);
}

/* Recognised letters have the size of their ink: a line without "g" or "h" seems smaller. */
static void
level_sizes(Frame *frame)
{
	for (size_t i = 0; i < frame->n_words; i++)
		if (distance(frame->words[i].size, frame->em) < LEVEL_SHARE * frame->em)
			frame->words[i].size = frame->em;
}

/* What lies outside the sheet is not shown. */
static bool
is_on_sheet(const PageSheet *sheet, const BlockBox *box)
{
	float x = box_middle(box), y = box_center(box);

	return x >= 0 && y >= 0 && x <= sheet->width && y <= sheet->height;
}

/* The stream of sheets lets white space into a word; blocks have no room for line ends. */
static const PageWord *
without_breaks(Arena *arena, const PageWord *source)
{
	PageWord *copy;

	if (strpbrk(source->text, "\n\r\t\v\f") == NULL)
		return source;
	copy = arena_new0(arena, PageWord);
	*copy = *source;
	copy->text = g_strdelimit(arena_strdup(arena, source->text), "\n\r\t\v\f", ' ');
	return copy;
}

static void
take_words(Arena *arena, Frame *frame, const PageSheet *sheet)
{
	frame->words = arena_array(arena, Word, (size_t)sheet->words->len + 1);
	for (guint i = 0; i < sheet->words->len; i++) {
		const PageWord *source = &g_array_index(sheet->words, PageWord, i);

		if (source->text[0] != '\0' && is_on_sheet(sheet, &source->box))
			frame->words[frame->n_words++] =
			    (Word){.source = without_breaks(arena, source), .box = source->box};
	}
}

Frame *
frame_new(Arena *arena, const PageSheet *sheet)
{
	Frame *frame = arena_new0(arena, Frame);
	Turn turn;

	frame->page = sheet->number;
	frame->is_scan = sheet->is_scan;
	frame->slack = sheet->is_scan ? SLACK_SCAN : SLACK_EXACT;
	take_words(arena, frame, sheet);
	turn = frame_find_turn(frame->words, frame->n_words);
	frame->width = turn == TURN_NONE ? sheet->width : sheet->height;
	frame->height = turn == TURN_NONE ? sheet->height : sheet->width;
	for (size_t i = 0; i < frame->n_words; i++) {
		Word *word = &frame->words[i];

		word->box = frame_turn(word->box, turn, sheet->width, sheet->height);
		word->size = word->source->font_size > 0 && word->source->font_size < SIZE_MAX_POINTS
				 ? word->source->font_size
				 : EM_OF_HEIGHT * box_height(&word->box);
	}
	frame->rules = arena_array(arena, BlockBox, (size_t)sheet->rules->len + 1);
	frame->n_rules = sheet->rules->len;
	for (guint i = 0; i < sheet->rules->len; i++)
		frame->rules[i] = frame_turn(
		    g_array_index(sheet->rules, PageRule, i).box, turn, sheet->width, sheet->height);
	frame->em = usual_size(frame);
	if (frame->is_scan)
		level_sizes(frame);
	return frame;
}
