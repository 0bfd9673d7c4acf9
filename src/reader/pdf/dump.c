/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/dump.h"

static void
dump_word(const PageWord *word, GString *out)
{
	g_string_append_printf(out, "word %.1f %.1f %.1f %.1f  %.1f%s%s %u  %s\n", (double)word->box.left,
	    (double)word->box.top, (double)word->box.right, (double)word->box.bottom, (double)word->font_size,
	    word->is_bold ? " bold" : "", word->is_italic ? " italic" : "", word->confidence, word->text);
}

static void
dump_sheet(const PageSheet *sheet, GString *out)
{
	g_string_append_printf(out, "== page %u %.1f x %.1f%s%s\n", sheet->number, (double)sheet->width,
	    (double)sheet->height, sheet->is_scan ? " scan" : "",
	    sheet->needs_recognition ? " needs-recognition" : "");
	for (guint i = 0; i < sheet->words->len; i++)
		dump_word(&g_array_index(sheet->words, PageWord, i), out);
	for (guint i = 0; i < sheet->rules->len; i++) {
		const BlockBox *box = &g_array_index(sheet->rules, PageRule, i).box;

		g_string_append_printf(out, "rule %.2f %.2f %.2f %.2f\n", (double)box->left, (double)box->top,
		    (double)box->right, (double)box->bottom);
	}
}

void
pdf_dump(const PageSet *set, GString *out)
{
	for (guint i = 0; i < set->document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(set->document->notes, i);

		g_string_append_printf(out, "note %s %u %s\n", note->rule, note->page, note->message);
	}
	for (guint i = 0; i < set->document->signatures->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(set->document->signatures, i);

		g_string_append_printf(out, "signature %s %" G_GINT64_FORMAT "%s%s\n",
		    signature->signer == NULL ? "?" : signature->signer, (gint64)signature->signed_at,
		    signature->is_intact ? " intact" : " altered",
		    signature->covers_all ? " whole" : " part");
	}
	for (guint i = 0; i < set->sheets->len; i++)
		dump_sheet(g_ptr_array_index(set->sheets, i), out);
}
