/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/furniture.h"

#include "base/text.h"
#include "reader/layout/table.h"

#include <string.h>

#define EDGE_LINES 2     /* at the top and at the bottom of a sheet, that may be furniture */
#define EDGE_SHARE 0.13f /* of the height, where a page number may stand */
#define HEAD_SHARE 0.10f /* of the height, where a running head may stand */
#define SHEETS_MIN 3     /* with the same line at the same height, for it to be a running head */
#define WATERMARK_OF_EM 3.6f
#define STAMP_GROWTH 6     /* rounds in which a stamp takes in the words beside those it has */
#define STAMP_WORDS_MAX 80 /* of one stamp */

static bool
is_beyond_tables(const Sheet *sheet, const Line *line)
{
	for (guint i = 0; i < sheet->tables->len; i++) {
		const Table *table = g_ptr_array_index(sheet->tables, i);

		if (line->box.bottom > table->box.top && line->box.top < table->box.bottom)
			return false;
	}
	return true;
}

static float
from_edge(const Sheet *sheet, const Line *line)
{
	return MIN(box_center(&line->box), sheet->frame->height - box_center(&line->box)) /
	       sheet->frame->height;
}

/* "3", "- 3 -", "Trang 3", "3/20", "Trang 3/20". */
static bool
is_page_number(const Line *line)
{
	g_autofree char *text = line_text(line), *folded = text_fold_vi(text);
	const char *p = folded;
	size_t n_digits;

	p += strspn(p, "-[(. ");
	if (g_str_has_prefix(p, "trang"))
		p += strlen("trang");
	p += strspn(p, " :");
	n_digits = strspn(p, G_CSET_DIGITS);
	if (n_digits == 0 || n_digits > 4)
		return false;
	p += n_digits;
	return p[strspn(p, "0123456789/-]). |")] == '\0' && strlen(p) <= 8 && strchr(p, '.') == NULL;
}

static bool
is_edge_line(const Sheet *sheet, guint at)
{
	return at < EDGE_LINES || at + EDGE_LINES >= sheet->lines->len;
}

static char *
key_of(const Line *line, const Sheet *sheet)
{
	g_autofree char *text = line_text(line), *folded = text_fold_vi(text);

	return g_strdup_printf("%d %s", (int)(from_edge(sheet, line) * 50 + 0.5f), folded);
}

/* Calls for each line at the edge of a sheet that may be a running head. */
static void
count_heads(GPtrArray *sheets, GHashTable *counts, bool is_marking)
{
	guint needed = MAX(SHEETS_MIN, sheets->len * 2 / 5);

	for (guint i = 0; i < sheets->len; i++) {
		const Sheet *sheet = g_ptr_array_index(sheets, i);

		for (guint j = 0; j < sheet->lines->len; j++) {
			Line *line = g_ptr_array_index(sheet->lines, j);
			g_autofree char *key = NULL;

			if (!is_edge_line(sheet, j) || from_edge(sheet, line) > HEAD_SHARE ||
			    !is_beyond_tables(sheet, line))
				continue;
			key = key_of(line, sheet);
			if (is_marking)
				line->is_furniture |=
				    GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) >= needed;
			else
				g_hash_table_replace(counts, g_strdup(key),
				    GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) + 1));
		}
	}
}

void
furniture_mark(GPtrArray *sheets)
{
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < sheets->len; i++) {
		const Sheet *sheet = g_ptr_array_index(sheets, i);

		for (guint j = 0; j < sheet->lines->len; j++) {
			Line *line = g_ptr_array_index(sheet->lines, j);

			if (is_edge_line(sheet, j) && from_edge(sheet, line) < EDGE_SHARE &&
			    is_beyond_tables(sheet, line) && is_page_number(line))
				line->is_furniture = true;
		}
	}
	count_heads(sheets, counts, false);
	count_heads(sheets, counts, true);
}

/* How many words from here are what a stamp begins with. */
static size_t
stamp_key(Word *const *words, size_t n)
{
	static const char *const KEYS[] = {"nguoi ky:", "ky boi:", "ky boi",
	    "thoi gian ky:", "ngay ky:", "signature not verified", "signature valid", "digitally signed",
	    "ky so boi", "ky dien tu boi"};
	GString *text = g_string_new(NULL);
	size_t found = 0;

	for (size_t i = 0; i < n && i < 3; i++) {
		if (i > 0)
			g_string_append_c(text, ' ');
		text_fold_append(text, words[i]->source->text, strlen(words[i]->source->text));
		for (size_t k = 0; k < G_N_ELEMENTS(KEYS); k++)
			if (strcmp(text->str, KEYS[k]) == 0)
				found = i + 1;
	}
	g_string_free(text, TRUE);
	return found;
}

static bool
is_beside(const BlockBox *region, const Word *word, float size)
{
	const BlockBox *box = &word->box;

	return distance(word->size, size) < 0.15f * size && box->left > region->left - 0.3f * size &&
	       box->left < region->right + size && box->top < region->bottom + 0.8f * size &&
	       box->bottom > region->top - 0.8f * size;
}

/* Takes in the words of the same small letters around a stamp's first words. */
static void
grow_stamp(Word **words, size_t n, size_t key, size_t key_len, bool *is_stamp)
{
	BlockBox region = words[key]->box;
	float size = words[key]->size;
	bool has_grown = true;
	size_t n_taken = 0;

	for (size_t i = key; i < key + key_len; i++) {
		is_stamp[i] = true;
		box_add(&region, &words[i]->box);
	}
	for (int round = 0; round < STAMP_GROWTH && has_grown; round++) {
		has_grown = false;
		for (size_t i = 0; i < n && n_taken < STAMP_WORDS_MAX; i++) {
			if (is_stamp[i] || !is_beside(&region, words[i], size))
				continue;
			is_stamp[i] = has_grown = true;
			n_taken++;
			box_add(&region, &words[i]->box);
		}
	}
}

size_t
furniture_part_stamps(const Frame *frame, Word **words, size_t n)
{
	g_autofree bool *is_stamp = g_new0(bool, n + 1);
	g_autofree Word **stamps = g_new(Word *, n + 1);
	size_t n_kept = 0, n_stamps = 0, n_found = 0;

	for (size_t i = 0; i < n; i++) {
		size_t key_len = 0;

		if (words[i]->size > WATERMARK_OF_EM * frame->em)
			is_stamp[i] = true;
		else if (!is_stamp[i] && n_found < EDGE_LINES && words[i]->size < 0.85f * frame->em)
			key_len = stamp_key(words + i, n - i);
		if (key_len > 0)
			grow_stamp(words, n, i, key_len, is_stamp);
		n_found += key_len > 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (is_stamp[i])
			stamps[n_stamps++] = words[i];
		else
			words[n_kept++] = words[i];
	}
	memcpy(words + n_kept, stamps, n_stamps * sizeof(Word *));
	return n_kept;
}
