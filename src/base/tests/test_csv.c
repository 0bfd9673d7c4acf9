/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include "base/app-error.h"
#include "base/csv_read.h"

#include <string.h>

static void
test_fields(void)
{
	static const struct {
		const char *text, *field;
	} CASES[] = {
	    {"a", "a"},
	    {"a,b", "\"a,b\""},
	    {"a;b", "\"a;b\""},
	    {"a \"b\"", "\"a \"\"b\"\"\""},
	    {"a\nb", "\"a\nb\""},
	    {"", "\"\""}, /* an only empty field is still a record */
	    {NULL, "\"\""},
	    {"=1+1", "\"'=1+1\""},
	    {"+84 220", "\"'+84 220\""},
	    {"- Xây dựng", "\"'- Xây dựng\""},
	    {"@ten", "\"'@ten\""},
	    {"\tx", "\"'\tx\""},
	    {"-12", "-12"},
	    {"+3,5", "\"+3,5\""},
	    {"-", "\"'-\""},
	    {"–", "–"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		csv_text(out, CASES[i].text);
		g_assert_cmpstr(out->str, ==, CASES[i].field);
	}
}

static void
test_lines(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	csv_begin(out);
	csv_text(out, "Số");
	csv_text(out, "Tên");
	csv_end_line(out);
	csv_int(out, -3);
	csv_text(out, "");
	csv_text(out, "x");
	csv_end_line(out);
	csv_text(out, "");
	csv_int(out, 5);
	csv_end_line(out);
	g_assert_cmpstr(out->str, ==, "\xEF\xBB\xBFSố,Tên\r\n-3,,x\r\n\"\",5\r\n");
}

/* What csv_text() writes is read back as it was, whatever stands between. */
static void
test_round_trip(void)
{
	static const char *const TEXTS[] = {"a", "=1+1", "a,b", "x;\"y\"", "hai\ndòng", "", "-", "Đơn vị"};
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	csv_begin(out);
	for (int row = 0; row < 2; row++) {
		for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
			csv_text(out, TEXTS[i]);
		csv_end_line(out);
	}
	csv_read(out->str, out->len, arena, rows, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, 2);
	for (guint r = 0; r < rows->len; r++) {
		const CsvRow *row = g_ptr_array_index(rows, r);

		g_assert_cmpuint(row->n_fields, ==, G_N_ELEMENTS(TEXTS));
		for (size_t i = 0; i < G_N_ELEMENTS(TEXTS); i++)
			g_assert_cmpstr(row->fields[i], ==, TEXTS[i]);
	}
	g_assert_cmpuint(((const CsvRow *)g_ptr_array_index(rows, 1))->line, ==, 3);
}

static void
test_read_refuses(void)
{
	static const char *const CASES[] = {"a,\"b", "\"a\"b,c", "\xff\xfe"};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(GPtrArray) rows = g_ptr_array_new();
		g_autoptr(GError) error = NULL;

		g_assert_false(csv_read(CASES[i], strlen(CASES[i]), arena, rows, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/csv/fields", test_fields);
	g_test_add_func("/csv/lines", test_lines);
	g_test_add_func("/csv/round-trip", test_round_trip);
	g_test_add_func("/csv/reading-refuses", test_read_refuses);
	return g_test_run();
}
