/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_read.h"
#include "fuzz/fuzz.h"

/* Any bytes are refused, or give rows of UTF-8 in the order of their lines. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	unsigned line = 0;

	if (!csv_read((const char *)data, size, arena, rows, NULL))
		return 0;
	for (guint i = 0; i < rows->len; i++) {
		const CsvRow *row = g_ptr_array_index(rows, i);

		g_assert_true(row->line > line && row->n_fields > 0);
		line = row->line;
		for (size_t f = 0; f < row->n_fields; f++)
			g_assert_true(g_utf8_validate(row->fields[f], -1, NULL));
	}
	return 0;
}
