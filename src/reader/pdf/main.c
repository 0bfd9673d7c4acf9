/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/pdf/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The program that takes PDF files apart (docs/adr/0012-readers-are-processes.md): the file on descriptor 0,
 * the result on descriptor 1. `dump` is for developers: words and rules as text. */

static const char USAGE[] = "namro-read-pdf pages | render PAGE WIDTH | dump\n";

static bool
read_all(GByteArray *file)
{
	guint8 buffer[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		g_byte_array_append(file, buffer, (guint)n);
	return n == 0;
}

static bool
write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static void
dump_sheet(const PageSheet *sheet)
{
	printf("== page %u %.1f x %.1f%s%s\n", sheet->number, (double)sheet->width, (double)sheet->height,
	    sheet->is_scan ? " scan" : "", sheet->needs_recognition ? " needs-recognition" : "");
	for (guint i = 0; i < sheet->words->len; i++) {
		const PageWord *word = &g_array_index(sheet->words, PageWord, i);

		printf("word %.1f %.1f %.1f %.1f  %.1f%s%s %u  %s\n", (double)word->box.left,
		    (double)word->box.top, (double)word->box.right, (double)word->box.bottom,
		    (double)word->font_size, word->is_bold ? " bold" : "", word->is_italic ? " italic" : "",
		    word->confidence, word->text);
	}
	for (guint i = 0; i < sheet->rules->len; i++) {
		const BlockBox *box = &g_array_index(sheet->rules, PageRule, i).box;

		printf("rule %.2f %.2f %.2f %.2f\n", (double)box->left, (double)box->top, (double)box->right,
		    (double)box->bottom);
	}
}

static void
dump(const PageSet *set)
{
	for (guint i = 0; i < set->document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(set->document->notes, i);

		printf("note %s %u %s\n", note->rule, note->page, note->message);
	}
	for (guint i = 0; i < set->document->signatures->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(set->document->signatures, i);

		printf("signature %s %" G_GINT64_FORMAT "%s%s\n", signature->signer,
		    (gint64)signature->signed_at, signature->is_intact ? " intact" : " altered",
		    signature->covers_all ? " whole" : " part");
	}
	for (guint i = 0; i < set->sheets->len; i++)
		dump_sheet(g_ptr_array_index(set->sheets, i));
}

static bool
put_pages(const GByteArray *file, bool is_dump, GError **error)
{
	g_autoptr(PageSet) set = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	if (!pdf_read_pages((const char *)file->data, file->len, NULL, NULL, &set, error))
		return false;
	if (is_dump)
		dump(set);
	else
		page_set_write(set, out);
	return write_all(out->str, out->len);
}

static bool
put_picture(const GByteArray *file, const char *page, const char *width, GError **error)
{
	g_autoptr(GByteArray) png = g_byte_array_new();

	return pdf_render_page((const char *)file->data, file->len, (uint32_t)strtoul(page, NULL, 10),
		   (unsigned)strtoul(width, NULL, 10), png, error) &&
	       write_all((const char *)png->data, png->len);
}

int
main(int argc, char **argv)
{
	g_autoptr(GByteArray) file = g_byte_array_new();
	g_autoptr(GError) error = NULL;
	bool is_dump = argc == 2 && strcmp(argv[1], "dump") == 0;
	bool is_done;

	if (!is_dump && !(argc == 2 && strcmp(argv[1], "pages") == 0) &&
	    !(argc == 4 && strcmp(argv[1], "render") == 0)) {
		fputs(USAGE, stderr);
		return 2;
	}
	pdf_prepare();
	if (!read_all(file))
		return 3;
	is_done = argc == 4 ? put_picture(file, argv[2], argv[3], &error) : put_pages(file, is_dump, &error);
	if (is_done)
		return 0;
	fprintf(stderr, "namro-read-pdf: %s\n", error == NULL ? "không ghi được kết quả" : error->message);
	return error == NULL ? 4 : app_error_exit_code(error);
}
