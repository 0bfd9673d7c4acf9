/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ceilings.h"
#include "reader/office/sheet_number.h"
#include "reader/office/xlsx.h"

#include <string.h>

#define STRINGS_MAX LIMIT_TABLE_CELLS
#define STYLES_MAX 65536

/* Characters that XML cannot hold are written as "_x000D_". */
static void
append_unescaped(GString *out, const char *text)
{
	for (; *text != '\0'; text++) {
		gunichar c = 0;

		if (text[0] == '_' && text[1] == 'x' && strnlen(text, 7) == 7 && text[6] == '_' &&
		    strspn(text + 2, "0123456789abcdefABCDEF") >= 4)
			for (int i = 2; i < 6; i++)
				c = c * 16 + (gunichar)g_ascii_xdigit_value(text[i]);
		else {
			g_string_append_c(out, *text);
			continue;
		}
		text += 6;
		if (c == '\n' || (c >= ' ' && g_unichar_validate(c)))
			g_string_append_unichar(out, c);
	}
}

static void
append_element_text(Xml *xml, GString *out)
{
	g_autoptr(GString) text = g_string_new(NULL);

	xml_text(xml, text);
	append_unescaped(out, text->str);
}

void
xlsx_append_string(Xml *xml, GString *out)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "t")) {
			append_element_text(xml, out);
		} else if (xml_is(xml, "r")) {
			XmlScope run = xml_enter(xml);

			while (xml_child(xml, &run))
				if (xml_is(xml, "t"))
					append_element_text(xml, out);
		}
	}
}

bool
xlsx_read_strings(XlsxBook *book, const char *bytes, size_t len, GError **error)
{
	g_autoptr(Xml) xml = xml_new(bytes, len, "xl/sharedStrings.xml");
	g_autoptr(GString) text = g_string_new(NULL);
	XmlScope scope = xml_root(xml);

	while (xml_child(xml, &scope) && book->strings->len < STRINGS_MAX) {
		if (!xml_is(xml, "si"))
			continue;
		g_string_truncate(text, 0);
		xlsx_append_string(xml, text);
		g_ptr_array_add(book->strings, arena_strndup(book->arena, text->str, text->len));
	}
	return xml_finish(xml, error);
}

static void
read_codes(XlsxBook *book, Xml *xml, GHashTable *codes)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *code = xml_attribute(xml, "formatCode");

		if (code != NULL)
			g_hash_table_insert(codes, GINT_TO_POINTER(xml_attribute_int(xml, "numFmtId", -1)),
			    arena_strdup(book->arena, code));
	}
}

static void
read_formats(XlsxBook *book, Xml *xml, GHashTable *codes)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope) && book->formats->len < STYLES_MAX) {
		int id = xml_attribute_int(xml, "numFmtId", 0);
		const char *code = g_hash_table_lookup(codes, GINT_TO_POINTER(id));

		if (xml_is(xml, "xf"))
			g_ptr_array_add(book->formats,
			    (gpointer)(guintptr)(code != NULL ? code : sheet_number_builtin(id)));
	}
}

bool
xlsx_read_styles(XlsxBook *book, const char *bytes, size_t len, GError **error)
{
	g_autoptr(Xml) xml = xml_new(bytes, len, "xl/styles.xml");
	g_autoptr(GHashTable) codes = g_hash_table_new(NULL, NULL);
	XmlScope scope = xml_root(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "numFmts"))
			read_codes(book, xml, codes);
		else if (xml_is(xml, "cellXfs"))
			read_formats(book, xml, codes);
	}
	return xml_finish(xml, error);
}
