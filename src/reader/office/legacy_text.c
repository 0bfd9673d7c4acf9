/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/legacy_text.h"

GHashTable *
legacy_text_fonts_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

GString *
legacy_text_convert(const char *font, const char *text, size_t len, GHashTable *fonts)
{
	(void)font;
	(void)text;
	(void)len;
	(void)fonts;
	return NULL;
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
