/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/text.h"

#include <string.h>

static void
test_fold(void)
{
	static const char *const CASES[][2] = {
	    {"Đặng Thị Hường", "dang thi huong"}, {"  ỨNG   dụng\n số ", "ung dung so"},
	    {"Phòng Văn hóa – Xã hội", "phong van hoa - xa hoi"}, {"“rõ người”", "\"ro nguoi\""},
	    {"a\xCC\x81", "a"}, /* a with a combining acute */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *folded = text_fold_vi(CASES[i][0]);

		g_assert_cmpstr(folded, ==, CASES[i][1]);
	}
}

static void
test_fold_prefix(void)
{
	size_t len = 0;

	g_assert_true(text_fold_has_prefix("Phòng  Văn hóa", "phong van", &len));
	g_assert_cmpuint(len, ==, strlen("Phòng  Văn"));
	g_assert_false(text_fold_has_prefix("Phó", "phong", NULL));
	g_assert_false(text_fold_has_prefix("Ph", "phong", NULL));
}

static int
compare_keys(gconstpointer a, gconstpointer b)
{
	g_autofree char *left = text_sort_key_vi(*(char *const *)a);
	g_autofree char *right = text_sort_key_vi(*(char *const *)b);

	return strcmp(left, right);
}

static void
test_sort_order(void)
{
	const char *words[] = {
	    "Ân", "Đào", "Dũng", "Ê", "An", "Ăn", "Eo", "Đức", "Bình", "Dương", "Ấn", "ma", "mã", "mà"};
	const char *sorted[] = {
	    "An", "Ăn", "Ân", "Ấn", "Bình", "Dũng", "Dương", "Đào", "Đức", "Eo", "Ê", "ma", "mà", "mã"};

	qsort(words, G_N_ELEMENTS(words), sizeof(words[0]), compare_keys);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		g_assert_cmpstr(words[i], ==, sorted[i]);
}

static void
test_ingest(void)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(text_ingest("Tie\xCC\x82\xCC\x81ng", -1, &text, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, "Tiếng");
	g_assert_false(text_ingest("a\xFF", 2, &text, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(text_ingest("a\0b", 3, &text, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static void
test_dates(void)
{
	char out[DATE_ISO_SIZE];
	int32_t day = 0;

	g_assert_cmpint(date_from_ymd(1970, 1, 1), ==, 0);
	g_assert_cmpint(date_from_ymd(2026, 2, 29), ==, DATE_NONE);
	g_assert_cmpint(date_from_ymd(2024, 2, 29), !=, DATE_NONE);
	for (int32_t d = -200000; d < 200000; d += 37) {
		int y, m, dd;

		date_to_ymd(d, &y, &m, &dd);
		g_assert_cmpint(date_from_ymd(y, m, dd), ==, d);
	}
	date_format_iso(date_end_of_quarter(2026, 4), out);
	g_assert_cmpstr(out, ==, "2026-12-31");
	date_format_vi(date_from_ymd(2026, 7, 5), out);
	g_assert_cmpstr(out, ==, "05/7/2026");
	date_format_vi(date_from_ymd(2026, 2, 24), out);
	g_assert_cmpstr(out, ==, "24/02/2026");
	g_assert_true(date_parse_iso("2026-12-15", &day));
	g_assert_cmpint(day, ==, date_from_ymd(2026, 12, 15));
	g_assert_false(date_parse_iso("2026-13-15", &day));
	g_assert_false(date_parse_iso("15/12/2026", &day));
	g_assert_cmpint(date_weekday(date_from_ymd(2026, 11, 22)), ==, 7);
	g_assert_cmpint(date_add_months(date_from_ymd(2026, 1, 31), 1), ==, date_from_ymd(2026, 2, 28));
	partial_date_format_iso((PartialDate){2026, 3, 0}, out);
	g_assert_cmpstr(out, ==, "2026-03");
}

static void
test_decimals(void)
{
	static const struct {
		const char *text, *json, *shown;
	} CASES[] = {
	    {"0,5", "0.5", "0,5"},
	    {"95", "95", "95"},
	    {"1.250", "1250", "1250"},
	    {"95.5", "95.5", "95,5"},
	    {"1.250,75", "1250.75", "1250,75"},
	    {"07", "7", "7"},
	    {"0.250", "0.25", "0,25"},
	};
	static const char *const BAD[] = {
	    "", ",5", "5,", "1,2,3", "a", "1234567890123456", "--", "1.", "0,1234567"};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		char out[DECIMAL_TEXT_SIZE];
		Decimal value;

		g_assert_true(decimal_parse_vi(CASES[i].text, strlen(CASES[i].text), &value));
		decimal_format(value, out);
		g_assert_cmpstr(out, ==, CASES[i].json);
		decimal_format_vi(value, out);
		g_assert_cmpstr(out, ==, CASES[i].shown);
		g_assert_cmpint(decimal_compare(value, decimal_from_micro(decimal_to_micro(value))), ==, 0);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		Decimal value;

		g_assert_false(decimal_parse_vi(BAD[i], strlen(BAD[i]), &value));
	}
}

static void
test_json(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "tên", "a\"b\\c\nd\x01");
	json_key(&json, "số");
	json_begin_array(&json);
	json_int(&json, -3);
	json_decimal(&json, (Decimal){5, 1});
	json_bool(&json, true);
	json_string(&json, NULL);
	json_begin_object(&json);
	json_end_object(&json);
	json_end_array(&json);
	json_key_day(&json, "từ", 20802);
	json_key_day(&json, "đến", DATE_NONE);
	json_end_object(&json);
	g_assert_cmpstr(out->str, ==,
	    "{\"tên\":\"a\\\"b\\\\c\\nd\\u0001\",\"số\":[-3,0.5,true,null,{}],"
	    "\"từ\":\"2026-12-15\",\"đến\":null}");
}

static void
test_diag_order(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DiagList) list = diag_list_new(arena);
	Diag *diag = diag_add(list, "B", DIAG_INFO, (SourceSpan){.line = 9}, "dòng %d", 9);

	diag_relate(list, diag, (SourceSpan){.line = 1});
	diag_relate(list, diag, (SourceSpan){.line = 2});
	diag_add(list, "A", DIAG_WARNING, (SourceSpan){.line = 3}, "b");
	diag_add(list, "A", DIAG_ERROR, (SourceSpan){.line = 3}, "a");
	diag_sort(list);
	g_assert_cmpstr(((Diag *)g_ptr_array_index(list->items, 0))->message, ==, "a");
	diag = g_ptr_array_index(list->items, 2);
	g_assert_cmpstr(diag->message, ==, "dòng 9");
	g_assert_cmpuint(diag->n_related, ==, 2);
	g_assert_cmpuint(diag->related[1].line, ==, 2);
	g_assert_cmpuint(diag_count(list, DIAG_ERROR), ==, 1);
}

static void
test_arena(void)
{
	g_autoptr(Arena) arena = arena_new();
	char *big = arena_alloc(arena, 3 * 1024 * 1024);
	char *text = arena_printf(arena, "%s-%d", "x", 42);

	big[3 * 1024 * 1024 - 1] = 'z';
	g_assert_cmpstr(text, ==, "x-42");
	for (int i = 0; i < 10000; i++)
		g_assert_cmpint(*(char *)arena_alloc(arena, 24), ==, 0);
	g_assert_null(arena_strdup(arena, NULL));
}

static void
test_error_table(void)
{
	g_autoptr(GError) ours = g_error_new(APP_ERROR, APP_ERROR_UNREADABLE, "x");
	g_autoptr(GError) foreign = g_error_new(g_quark_from_static_string("other"), 1, "x");

	g_assert_cmpint(app_error_exit_code(ours), ==, 3);
	g_assert_cmpint(app_error_http_status(foreign), ==, 500);
}

/* Midnight in Việt Nam is 17:00 the day before in UTC. */
static void
test_instants(void)
{
	char text[INSTANT_VI_SIZE];
	int64_t midnight = instant_at(20779, 0);

	g_assert_cmpint(midnight, ==, INT64_C(1795280400) * INSTANT_SECOND);
	g_assert_cmpint(instant_day(midnight), ==, 20779);
	g_assert_cmpint(instant_day(midnight - 1), ==, 20778);
	instant_format_vi(midnight + 16 * INSTANT_HOUR + 309 * INSTANT_SECOND, text);
	g_assert_cmpstr(text, ==, "16:05:09 22/11/2026");
	instant_format_minute_vi(midnight + 16 * INSTANT_HOUR + 309 * INSTANT_SECOND, text);
	g_assert_cmpstr(text, ==, "22/11/2026 16:05");
	instant_format_minute_vi(instant_at(20635, 9), text);
	g_assert_cmpstr(text, ==, "01/07/2026 09:00");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/base/text/fold", test_fold);
	g_test_add_func("/base/text/fold-prefix", test_fold_prefix);
	g_test_add_func("/base/text/sort-order", test_sort_order);
	g_test_add_func("/base/text/ingest", test_ingest);
	g_test_add_func("/base/date", test_dates);
	g_test_add_func("/base/decimal", test_decimals);
	g_test_add_func("/base/json", test_json);
	g_test_add_func("/base/diag/order", test_diag_order);
	g_test_add_func("/base/arena", test_arena);
	g_test_add_func("/base/error/table", test_error_table);
	g_test_add_func("/base/date/instants", test_instants);
	return g_test_run();
}
