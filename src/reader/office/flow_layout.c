/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/flow.h"

#include "base/text.h"

#include <string.h>

#define LAYOUT_COLUMNS_MAX 4 /* two, and empty ones between and beside them */
#define LAYOUT_ROWS_MAX 8
#define HEADER_WORDS_MIN 2
#define MARK_BYTES_MAX 4096 /* of a cell that are looked at */

/* What the first cells of a table of data say, folded. */
static const char *const HEADER_WORDS[] = {"stt", "tt", "so tt", "noi dung", "nhiem vu", "ten nhiem vu",
    "chi tieu", "ten chi tieu", "muc tieu", "don vi", "co quan", "thoi gian", "thoi han", "san pham",
    "ket qua", "ghi chu", "chu tri", "phoi hop", "giai phap", "hang muc"};

/* What stands in the cells of heads and tails (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW), folded. */
static const char *const MARKS_INSIDE[] = {
    "cong hoa xa hoi chu nghia", "dang cong san viet nam", "doc lap - tu do", "noi nhan"};
static const char *const MARKS_IN_FRONT[] = {"tm. ", "t/m ", "t/m. ", "kt. ", "k/t ", "tl. ", "t/l ", "tuq. ",
    "q. ", "nguoi lap", "thu truong don vi"};

static char *
cell_text(const FlowCell *cell)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GString) folded = g_string_new(NULL);

	flow_join(&cell->content, text);
	if (text->len > MARK_BYTES_MAX) {
		size_t len = MARK_BYTES_MAX;

		while (((unsigned char)text->str[len] & 0xC0) == 0x80)
			len--;
		g_string_truncate(text, len);
	}
	text_fold_append(folded, text->str, text->len);
	return g_string_free(g_steal_pointer(&folded), FALSE);
}

bool
flow_is_header_word(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(HEADER_WORDS); i++) {
		size_t len = strlen(HEADER_WORDS[i]);

		if (strncmp(text, HEADER_WORDS[i], len) == 0 && !g_ascii_isalnum(text[len]) &&
		    strlen(text) < 60)
			return true;
	}
	return false;
}

bool
flow_is_layout_mark(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(MARKS_INSIDE); i++)
		if (strstr(text, MARKS_INSIDE[i]) != NULL)
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(MARKS_IN_FRONT); i++)
		if (g_str_has_prefix(text, MARKS_IN_FRONT[i]))
			return true;
	return false;
}

typedef struct {
	uint32_t n_filled; /* cells with text */
	uint32_t n_header_words, n_marks;
	uint32_t n_columns;
	bool has_table_inside;
} Look;

static void
look_at_cell(const FlowCell *cell, Look *look)
{
	g_autofree char *text = cell_text(cell);

	for (const FlowItem *item = cell->content.first; item != NULL; item = item->next)
		look->has_table_inside = look->has_table_inside || item->table != NULL;
	look->n_columns = MAX(look->n_columns, cell->column + cell->n_columns);
	if (*text == '\0')
		return;
	look->n_filled++;
	look->n_header_words += cell->row <= 1 && flow_is_header_word(text);
	look->n_marks += flow_is_layout_mark(text);
}

bool
flow_table_is_layout(const FlowTable *table)
{
	Look look = {0};

	if (table->is_layout)
		return true;
	if (table->n_rows > LAYOUT_ROWS_MAX || table->n_cells > LAYOUT_ROWS_MAX * LAYOUT_COLUMNS_MAX)
		return false;
	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next)
		look_at_cell(cell, &look);
	if (look.n_filled <= 1)
		return true;
	if (look.n_header_words >= HEADER_WORDS_MIN || table->n_header_rows > 0 ||
	    look.n_columns > LAYOUT_COLUMNS_MAX)
		return false;
	if (look.n_marks > 0 || look.has_table_inside)
		return true;
	return !table->has_borders && table->n_rows == 1;
}
