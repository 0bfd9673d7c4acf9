/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "html/tests/places.html.h"

static size_t
count(const char *text, char c)
{
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++)
		n += *p == c;
	return n;
}

/* A whole compiled page: whatever the value, the page has the same tags as with an empty one, and no quotes
 * but the two times that the value stands in text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *value = g_strndup((const char *)data, size);
	g_autoptr(GString) empty = g_string_new(NULL), full = g_string_new(NULL);

	places_page(empty, "", "", (HtmlSafe){NULL, 0}, 2);
	places_page(full, value, value, (HtmlSafe){NULL, 0}, 2);
	for (const char *c = "<>"; *c != '\0'; c++)
		g_assert_cmpuint(count(full->str, *c), ==, count(empty->str, *c));
	for (const char *c = "\"'"; *c != '\0'; c++)
		g_assert_cmpuint(count(full->str, *c), ==, count(empty->str, *c) + 2 * count(value, *c));
	return 0;
}
