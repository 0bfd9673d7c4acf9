/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/legacy_text.h"

#include "base/text.h"
#include "compiler/source/legacy_font.h"

GHashTable *
legacy_text_fonts_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static unsigned
count_letters(const char *text)
{
	unsigned n = 0;

	for (; *text != '\0'; text = text_next(text))
		n += g_unichar_isalpha(g_utf8_get_char(text)) != FALSE;
	return n;
}

char *
legacy_text_convert(const char *font, const char *text, size_t len, GHashTable *fonts)
{
	LegacyFont kind = font != NULL ? legacy_font_of_name(font) : LEGACY_FONT_NONE;
	g_autofree char *ended = NULL;
	char *converted;
	unsigned n;

	if (kind == LEGACY_FONT_NONE)
		return NULL;
	ended = g_strndup(text, len);
	converted = legacy_font_to_utf8(kind, ended);
	n = GPOINTER_TO_UINT(g_hash_table_lookup(fonts, font)) + count_letters(converted);
	if (n > 0)
		g_hash_table_insert(fonts, g_strdup(font), GUINT_TO_POINTER(n));
	return converted;
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(a, b);
}

void
legacy_text_note(BlockDocument *document, GHashTable *fonts)
{
	GList *names = g_list_sort(g_hash_table_get_keys(fonts), compare_names);

	for (const GList *at = names; at != NULL; at = at->next)
		block_document_note(document, "legacy-font", DIAG_WARNING, 0,
		    "văn bản dùng phông cũ “%s”; %u chữ đã được chuyển sang Unicode, hãy đối chiếu với bản "
		    "gốc",
		    (const char *)at->data, GPOINTER_TO_UINT(g_hash_table_lookup(fonts, at->data)));
	g_list_free(names);
}
