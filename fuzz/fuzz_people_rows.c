/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "modules/people/people_sheet.h"

#include <string.h>

/* Any cells give rows and problems, and rows go through a form and come back as they were. "|" parts cells.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_SHEET);
	Block *block = block_document_add(document, BLOCK_TABLE);
	g_autofree char *text = NULL, *packed = NULL, *again = NULL;
	g_auto(GStrv) lines = NULL;
	g_auto(PeopleSheet) sheet = {0}, back = {0};

	if (size > 65536 || !text_ingest((const char *)data, (gssize)size, &text, NULL))
		return 0;
	lines = g_strsplit(text, "\n", 2000);
	for (uint16_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "|", 200);

		for (uint16_t j = 0; cells[j] != NULL; j++)
			block_text_add(document,
			    &block_table_add_cell(document, &block->table, i, j, 1, 1)->text, cells[j],
			    strcspn(cells[j], "\r\n"), (BlockPlace){0}, BLOCK_BREAK_NONE, 100);
	}
	people_sheet_read(document, document->arena, &sheet);
	packed = people_sheet_pack(&sheet);
	people_sheet_unpack(packed, document->arena, &back);
	again = people_sheet_pack(&back);
	g_assert_true(sheet.n_rows == 0 || strcmp(packed, again) == 0);
	return 0;
}
