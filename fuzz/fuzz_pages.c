/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "reader/page.h"

/* Any bytes give sheets or a clear refusal; sheets written and read again stay what they were. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF), copy = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GString) bytes = g_string_new(NULL), again = g_string_new(NULL);

	if (!page_set_read((const char *)data, size, set, &error)) {
		g_assert_nonnull(error);
		return 0;
	}
	page_set_write(set, bytes);
	g_assert_true(page_set_read(bytes->str, bytes->len, copy, &error));
	page_set_write(copy, again);
	g_assert_true(g_string_equal(bytes, again));
	return 0;
}
