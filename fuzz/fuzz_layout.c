/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "reader/layout/layout.h"

/* Any sheets give a document that its own reader takes, or an error. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(BlockDocument) document = NULL, again = NULL;
	g_autoptr(GString) stream = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	if (!page_set_read((const char *)data, size, set, NULL))
		return 0;
	if (!layout_blocks(set, &document, &error)) {
		g_assert_nonnull(error);
		return 0;
	}
	blocks_write(document, stream);
	g_assert_true(blocks_read(stream->str, stream->len, &again, &error));
	g_assert_cmpuint(again->blocks->len, ==, document->blocks->len);
	return 0;
}
