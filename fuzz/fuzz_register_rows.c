/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "modules/register/register_sheet.h"

#include <string.h>

/* Any cells of two sheets, parted by a line "#", give rows and problems, and rows go through a form and come
 * back as they were; so does what is no such form. "|" parts cells. */
static void
add_rows(BlockDocument *document, const char *name, char **lines)
{
	Block *title = block_document_add(document, BLOCK_PARAGRAPH), *table;

	block_text_add(document, &title->text, name, strlen(name), (BlockPlace){0}, BLOCK_BREAK_NONE, 100);
	table = block_document_add(document, BLOCK_TABLE);
	for (uint16_t i = 0; lines[i] != NULL && i < 2000; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "|", 100);

		for (uint16_t j = 0; cells[j] != NULL; j++)
			block_text_add(document,
			    &block_table_add_cell(document, &table->table, i, j, 1, 1)->text, cells[j],
			    strcspn(cells[j], "\r"), (BlockPlace){0}, BLOCK_BREAK_NONE,
			    cells[j][0] == '=' ? 0 : 100);
	}
}

static void
check_pack(const RegisterFile *file)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *packed = NULL, *again = NULL;
	g_auto(RegisterFile) back = {0};

	for (size_t i = 0; i < file->n_rows; i++)
		g_ptr_array_add(rows, &file->rows[i]);
	packed = register_pack(file, rows);
	register_unpack(packed, arena, &back);
	g_assert_cmpuint(back.n_rows, ==, file->n_rows);
	g_ptr_array_set_size(rows, 0);
	for (size_t i = 0; i < back.n_rows; i++)
		g_ptr_array_add(rows, &back.rows[i]);
	again = register_pack(&back, rows);
	g_assert_cmpuint(strlen(packed), ==, strlen(again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_SHEET);
	g_auto(RegisterFile) file = {0}, typed = {0};
	g_auto(GStrv) sheets = NULL;
	g_autofree char *text = NULL;

	if (size > 65536 || !text_ingest((const char *)data, (gssize)size, &text, NULL))
		return 0;
	register_unpack(text, document->arena, &typed);
	sheets = g_strsplit(text, "\n#\n", 3);
	for (int i = 0; sheets[i] != NULL; i++) {
		g_auto(GStrv) lines = g_strsplit(sheets[i], "\n", 2000);

		add_rows(document, i == 0 ? "Phụ lục I" : REGISTER_META_SHEET, lines);
	}
	register_file_read(document, document->arena, &file);
	check_pack(&file);
	return 0;
}
