/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include <math.h>
#include <string.h>

static RecordCursor
cursor_over(const GString *bytes)
{
	return (RecordCursor){.at = bytes->str, .end = bytes->str + bytes->len};
}

static GString *
sample(void)
{
	GString *out = g_string_new(NULL);
	size_t begin = record_begin(out, 'A');

	record_put_u8(out, 255);
	record_put_u32(out, 0xFEDCBA98u);
	record_put_float(out, -1.5f);
	record_put_text(out, "xã Bình Nguyệt");
	record_put_text(out, NULL);
	record_put_text(out, "");
	record_end(out, begin);
	record_end(out, record_begin(out, 'B'));
	return out;
}

static void
test_round_trip(void)
{
	g_autoptr(GString) bytes = sample();
	RecordCursor cursor = cursor_over(bytes), record;
	const char *text;
	size_t len;
	char tag;

	g_assert_true(record_next(&cursor, &tag, &record));
	g_assert_cmpint(tag, ==, 'A');
	g_assert_cmpuint(record_get_u8(&record), ==, 255);
	g_assert_cmpuint(record_get_u32(&record), ==, 0xFEDCBA98u);
	g_assert_true(record_get_float(&record) < -1.49f);
	text = record_get_text(&record, &len);
	g_assert_cmpuint(len, ==, strlen("xã Bình Nguyệt"));
	g_assert_cmpint(memcmp(text, "xã Bình Nguyệt", len), ==, 0);
	g_assert_null(record_get_text(&record, &len));
	g_assert_false(record.is_broken);
	text = record_get_text(&record, &len);
	g_assert_nonnull(text);
	g_assert_cmpuint(len, ==, 0);
	g_assert_true(record.at == record.end);
	g_assert_true(record_next(&cursor, &tag, &record));
	g_assert_cmpint(tag, ==, 'B');
	g_assert_false(record_next(&cursor, &tag, &record));
	g_assert_false(cursor.is_broken);
}

/* Bytes cut anywhere give whole records, then a broken cursor, and nothing is read beyond them. */
static void
test_cut(void)
{
	g_autoptr(GString) bytes = sample();
	size_t second = bytes->len - 5;

	for (size_t len = 0; len < bytes->len; len++) {
		g_autofree char *exact = g_memdup2(bytes->str, MAX(len, 1));
		RecordCursor cursor = {.at = exact, .end = exact + len}, record;
		unsigned n = 0;
		char tag;

		while (record_next(&cursor, &tag, &record))
			n++;
		g_assert_cmpuint(n, ==, len >= second ? 1 : 0);
		g_assert_cmpint(cursor.is_broken, ==, len != 0 && len != second);
	}
}

static void
test_past_end(void)
{
	static const char BYTES[] = "\x01\x02";
	RecordCursor cursor = {.at = BYTES, .end = BYTES + 2};
	size_t len = 7;

	g_assert_cmpuint(record_get_u32(&cursor), ==, 0);
	g_assert_true(cursor.is_broken);
	g_assert_cmpuint(record_get_u8(&cursor), ==, 0); /* broken stays broken */
	g_assert_null(record_get_text(&cursor, &len));
	g_assert_cmpuint(len, ==, 0);
}

static void
assert_broken_text(const char *text, size_t len)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	RecordCursor cursor;
	size_t read_len;

	record_put_u32(bytes, (uint32_t)len);
	g_string_append_len(bytes, text, (gssize)len);
	cursor = cursor_over(bytes);
	g_assert_null(record_get_text(&cursor, &read_len));
	g_assert_true(cursor.is_broken);
}

static void
test_broken_values(void)
{
	static const float VALUES[] = {NAN, INFINITY, -INFINITY};

	assert_broken_text("\xFF\xFE", 2);
	assert_broken_text("a\0b", 3);
	assert_broken_text("\xE1\xBA", 2); /* a letter cut short */
	for (size_t i = 0; i < G_N_ELEMENTS(VALUES); i++) {
		g_autoptr(GString) bytes = g_string_new(NULL);
		RecordCursor cursor;

		record_put_float(bytes, VALUES[i]);
		cursor = cursor_over(bytes);
		(void)record_get_float(&cursor);
		g_assert_true(cursor.is_broken);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/record/round-trip", test_round_trip);
	g_test_add_func("/record/cut", test_cut);
	g_test_add_func("/record/past-end", test_past_end);
	g_test_add_func("/record/broken-values", test_broken_values);
	return g_test_run();
}
