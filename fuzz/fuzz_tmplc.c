/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "tmplc/tmplc.h"

/* Any bytes are compiled or refused with a place, and what is refused leaves nothing behind. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const TmplcSource source = {.file = "fuzz.html", .text = (const char *)data, .len = size};
	g_autoptr(GString) c = g_string_new(NULL);
	g_autoptr(GString) h = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	if (tmplc_compile(&source, "fuzz.html.h", c, h, &error)) {
		g_assert_no_error(error);
	} else {
		g_assert_nonnull(error);
		g_assert_true(g_str_has_prefix(error->message, "fuzz.html:"));
		g_assert_cmpuint(c->len + h->len, ==, 0);
	}
	return 0;
}
