/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "html/html.h"

/* No value gets out of its place: no tag out of text, no quote out of an attribute, no script out of a URL.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *value = g_strndup((const char *)data, size);
	g_autoptr(GString) out = g_string_new(NULL);

	html_text(out, value);
	g_assert_cmpuint(strcspn(out->str, "<>"), ==, out->len);
	g_assert_cmpuint(out->len, >=, strlen(value));
	g_string_truncate(out, 0);
	html_attr(out, value);
	g_assert_cmpuint(strcspn(out->str, "<>\"'"), ==, out->len);
	g_string_truncate(out, 0);
	html_url(out, value);
	g_assert_cmpuint(strcspn(out->str, "<>\"'"), ==, out->len);
	g_assert_true(out->str[strcspn(out->str, ":/?#")] != ':' || strchr("hHmMtT", out->str[0]) != NULL);
	g_string_truncate(out, 0);
	html_percent(out, value);
	g_assert_cmpuint(strspn(out->str, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~%"), ==, out->len);
	return 0;
}
