/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/record.h"
#include "reader/page.h"

#include <string.h>

static PageSheet *
sheet_at(const PageSet *set, guint i)
{
	return g_ptr_array_index(set->sheets, i);
}

static void
add_word(PageSet *set, PageSheet *sheet, const char *text)
{
	g_autofree char *copy = g_strdup(text);

	page_add_word(set, sheet,
	    &(PageWord){
		.text = copy, .box = {1, 2, 30, 14}, .font_size = 13, .confidence = 95, .is_bold = true});
}

static PageSet *
sample(void)
{
	PageSet *set = page_set_new(BLOCK_SOURCE_PDF);
	PageSheet *second = page_set_add(set, 2, 842, 595), *first = page_set_add(set, 1, 595, 842);

	block_document_note(set->document, "pdf-encrypted", DIAG_INFO, 0, "đã mở bằng mật khẩu rỗng");
	add_word(set, first, "KẾ");
	add_word(set, first, "HOẠCH");
	page_add_rule(first, (BlockBox){10, 100, 200, 100.5f});
	second->turns = 2;
	second->is_scan = second->needs_recognition = true;
	return set;
}

static void
test_round_trip(void)
{
	g_autoptr(PageSet) set = sample(), copy = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GString) bytes = g_string_new(NULL), again = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const PageWord *word;

	page_set_write(set, bytes);
	g_assert_true(page_set_read(bytes->str, bytes->len, copy, &error));
	g_assert_no_error(error);
	page_set_write(copy, again);
	g_assert_true(g_string_equal(again, bytes));
	g_assert_cmpuint(copy->sheets->len, ==, 2);
	g_assert_cmpuint(sheet_at(copy, 0)->number, ==, 1);
	g_assert_true(sheet_at(copy, 1)->needs_recognition && sheet_at(copy, 1)->is_scan);
	g_assert_cmpuint(sheet_at(copy, 0)->turns, ==, 0);
	g_assert_cmpuint(sheet_at(copy, 1)->turns, ==, 2);
	g_assert_cmpuint(sheet_at(copy, 0)->rules->len, ==, 1);
	word = &g_array_index(sheet_at(copy, 0)->words, PageWord, 1);
	g_assert_cmpstr(word->text, ==, "HOẠCH");
	g_assert_cmpuint(word->confidence, ==, 95);
	g_assert_true(word->is_bold && !word->is_italic);
	g_assert_cmpuint(copy->document->notes->len, ==, 1);
}

/* The recognised page takes the picture's place; the others and the notes stay. */
static void
test_replace(void)
{
	g_autoptr(PageSet) set = sample(), recognised = page_set_new(BLOCK_SOURCE_SCAN);
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	add_word(recognised, page_set_add(recognised, 2, 842, 595), "PHỤ");
	block_document_note(recognised->document, "ocr-weak", DIAG_WARNING, 2, "mờ");
	page_set_write(recognised, bytes);
	g_assert_true(page_set_read(bytes->str, bytes->len, set, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(set->sheets->len, ==, 2);
	g_assert_cmpuint(sheet_at(set, 0)->words->len, ==, 2);
	g_assert_cmpuint(sheet_at(set, 1)->words->len, ==, 1);
	g_assert_false(sheet_at(set, 1)->needs_recognition);
	g_assert_cmpuint(set->document->notes->len, ==, 2);
	g_assert_cmpint(set->document->source, ==, BLOCK_SOURCE_SCAN);
}

static bool
reads(const char *bytes, size_t len)
{
	g_autofree char *exact = g_memdup2(bytes, MAX(len, 1));
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GError) error = NULL;
	bool is_ok = page_set_read(exact, len, set, &error);

	g_assert_cmpint(is_ok, ==, error == NULL);
	if (error != NULL)
		g_assert_true(error->domain == APP_ERROR);
	return is_ok;
}

/* A stream has no end mark of its own: cut between two records it is a shorter one, elsewhere broken. */
static void
test_cut(void)
{
	g_autoptr(PageSet) set = sample();
	g_autoptr(GString) bytes = g_string_new(NULL);
	unsigned n_whole = 0;

	page_set_write(set, bytes);
	for (size_t len = 0; len < bytes->len; len++)
		n_whole += reads(bytes->str, len);
	g_assert_cmpuint(n_whole, ==, 5);
}

static void
test_broken(void)
{
	enum { NUMBER, WIDTH, TURNS, WORD_EMPTY, WORD_BOX, CONFIDENCE, RULE_BOX, N };

	for (int what = 0; what < N; what++) {
		g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
		g_autoptr(GString) bytes = g_string_new(NULL);
		PageSheet *sheet = page_set_add(set, what == NUMBER ? 0 : 1, what == WIDTH ? 0 : 595, 842);
		PageWord *word;

		sheet->turns = what == TURNS ? 4 : 0;
		add_word(set, sheet, what == WORD_EMPTY ? "" : "chữ");
		word = &g_array_index(sheet->words, PageWord, 0);
		if (what == WORD_BOX)
			word->box.right = -5;
		if (what == CONFIDENCE)
			word->confidence = 200;
		if (what == RULE_BOX)
			page_add_rule(sheet, (BlockBox){0, 0, 1e30f, 0});
		page_set_write(set, bytes);
		g_assert_false(reads(bytes->str, bytes->len));
	}
}

static void
test_orphans(void)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);

	page_set_write(set, bytes);
	g_assert_true(reads(bytes->str, bytes->len));
	record_end(bytes, record_begin(bytes, 'W')); /* a word without a sheet */
	g_assert_false(reads(bytes->str, bytes->len));
}

static void
test_too_many_pages(void)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF), copy = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	for (uint32_t number = 1; number <= LIMIT_PAGES + 1; number++)
		page_set_add(set, number, 595, 842);
	page_set_write(set, bytes);
	g_assert_false(page_set_read(bytes->str, bytes->len, copy, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_LIMIT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/page/round-trip", test_round_trip);
	g_test_add_func("/page/replace", test_replace);
	g_test_add_func("/page/cut", test_cut);
	g_test_add_func("/page/broken", test_broken);
	g_test_add_func("/page/orphans", test_orphans);
	g_test_add_func("/page/too-many-pages", test_too_many_pages);
	return g_test_run();
}
