/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/blocks/blocks.h"
#include "fuzz/fuzz.h"

/* Any bytes give a document or a clear refusal; a document written and read again stays what it was. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(BlockDocument) document = NULL, copy = NULL;
	g_autoptr(GString) bytes = g_string_new(NULL), again = g_string_new(NULL);

	if (!blocks_read((const char *)data, size, &document, &error)) {
		g_assert_nonnull(error);
		return 0;
	}
	blocks_write(document, bytes);
	g_assert_true(blocks_read(bytes->str, bytes->len, &copy, &error));
	blocks_write(copy, again);
	g_assert_true(g_string_equal(bytes, again));
	return 0;
}
