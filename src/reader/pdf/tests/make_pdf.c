/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/tests/make_pdf.h"

#include <string.h>

PdfMaker *
pdf_maker_new(void)
{
	PdfMaker *maker = g_new0(PdfMaker, 1);

	maker->file = g_string_new("%PDF-1.7\n");
	maker->offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
	return maker;
}

static void
begin(PdfMaker *maker)
{
	gsize offset = maker->file->len;

	g_array_append_val(maker->offsets, offset);
	g_string_append_printf(maker->file, "%u 0 obj\n", maker->offsets->len);
}

void
pdf_maker_add(PdfMaker *maker, const char *body)
{
	begin(maker);
	g_string_append_printf(maker->file, "%s\nendobj\n", body);
}

void
pdf_maker_add_stream(PdfMaker *maker, const char *entries, const char *bytes, gsize len)
{
	begin(maker);
	g_string_append_printf(maker->file, "<< %s /Length %" G_GSIZE_FORMAT " >>\nstream\n", entries, len);
	g_string_append_len(maker->file, bytes, (gssize)len);
	g_string_append(maker->file, "\nendstream\nendobj\n");
}

GString *
pdf_maker_end(PdfMaker *maker)
{
	GString *file = maker->file;
	gsize start = file->len;

	g_string_append_printf(file, "xref\n0 %u\n0000000000 65535 f \n", maker->offsets->len + 1);
	for (guint i = 0; i < maker->offsets->len; i++)
		g_string_append_printf(
		    file, "%010" G_GSIZE_FORMAT " 00000 n \n", g_array_index(maker->offsets, gsize, i));
	g_string_append_printf(file,
	    "trailer\n<< /Size %u /Root 1 0 R >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
	    maker->offsets->len + 1, start);
	g_array_unref(maker->offsets);
	g_free(maker);
	return file;
}

GString *
make_pages(unsigned n, const char *entries, const char *content)
{
	static const char GREY[] = {0x20, 0x60, (char)0xA0, (char)0xE0};
	PdfMaker *maker = pdf_maker_new();
	g_autoptr(GString) kids = g_string_new(NULL);
	g_autofree char *page =
	    g_strdup_printf("<< /Type /Page /Parent 2 0 R /Contents 5 0 R %s /Resources << /Font "
			    "<< /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>",
		entries);

	for (unsigned i = 0; i < n; i++)
		g_string_append_printf(kids, "%u 0 R ", 6 + i);
	pdf_maker_add(maker, "<< /Type /Catalog /Pages 2 0 R >>");
	g_string_prepend(kids, "<< /Type /Pages /Kids [");
	g_string_append_printf(kids, "] /Count %u >>", n);
	pdf_maker_add(maker, kids->str);
	pdf_maker_add(
	    maker, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
	pdf_maker_add_stream(maker,
	    "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
	    GREY, sizeof(GREY));
	pdf_maker_add_stream(maker, "", content, strlen(content));
	for (unsigned i = 0; i < n; i++)
		pdf_maker_add(maker, page);
	return pdf_maker_end(maker);
}

GString *
make_page(const char *entries, const char *content)
{
	return make_pages(1, entries, content);
}
