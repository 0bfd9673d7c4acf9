/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/tests/support.h"

#include "reader/pdf/pdf.h"

/* The stream is read back with the checks that its reader makes. */
static void
assert_stream(const PageSet *set)
{
	g_autoptr(GString) stream = g_string_new(NULL);
	g_autoptr(PageSet) copy = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GError) error = NULL;

	page_set_write(set, stream);
	g_assert_true(page_set_read(stream->str, stream->len, copy, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(copy->sheets->len, ==, set->sheets->len);
	g_assert_cmpuint(copy->document->signatures->len, ==, set->document->signatures->len);
}

PageSet *
read_pdf(const GString *file)
{
	g_autoptr(GError) error = NULL;
	PageSet *set = NULL;

	g_assert_true(pdf_read_pages(file->str, file->len, NULL, NULL, &set, &error));
	g_assert_no_error(error);
	assert_stream(set);
	return set;
}

const PageSheet *
sheet_at(const PageSet *set, guint i)
{
	g_assert_cmpuint(i, <, set->sheets->len);
	return g_ptr_array_index(set->sheets, i);
}

const PageWord *
find_word(const PageSheet *sheet, const char *text)
{
	for (guint i = 0; i < sheet->words->len; i++)
		if (g_str_equal(g_array_index(sheet->words, PageWord, i).text, text))
			return &g_array_index(sheet->words, PageWord, i);
	g_test_message("no word %s", text);
	g_test_fail();
	g_assert_not_reached();
}

bool
has_note(const PageSet *set, const char *rule, uint32_t page)
{
	for (guint i = 0; i < set->document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(set->document->notes, i);

		if (g_str_equal(note->rule, rule) && note->page == page)
			return true;
	}
	return false;
}

void
assert_box(BlockBox box, double left, double top, double right, double bottom, double slack)
{
	g_assert_cmpfloat_with_epsilon((double)box.left, left, slack);
	g_assert_cmpfloat_with_epsilon((double)box.top, top, slack);
	g_assert_cmpfloat_with_epsilon((double)box.right, right, slack);
	g_assert_cmpfloat_with_epsilon((double)box.bottom, bottom, slack);
}

/* fontconfig keeps what it has read until the end. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}
