/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/csv/fields", test_fields);
	g_test_add_func("/csv/lines", test_lines);
	return g_test_run();
}
