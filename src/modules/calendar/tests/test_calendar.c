/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "modules/calendar/calendar_internal.h"

#include <string.h>

#define ROUNDS 300

static const LedgerActor ACTOR = {.name = "người thử", .origin = "kiểm thử"};

static Calendar *
load(AppTest *test)
{
	Calendar *calendar = NULL;
	g_autoptr(GError) error = NULL;

	calendar_load(test->db, test->commune_id, &calendar, &error);
	g_assert_no_error(error);
	return calendar;
}

/* What the program brings along for 2026: Tết, exchanges both ways. */
static void
test_known_year(void)
{
	static const struct {
		int month, day;
		bool is_working;
	} CASES[] = {
	    {1, 1, false},
	    {1, 2, false},
	    {1, 5, true},
	    {1, 10, true},
	    {1, 17, false},
	    {2, 13, true},
	    {2, 16, false},
	    {2, 20, false},
	    {2, 23, true},
	    {4, 27, false},
	    {8, 22, true},
	    {8, 31, false},
	    {9, 3, true},
	    {12, 15, true},
	    {12, 19, false},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Calendar) calendar = load(test);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpint(
		    calendar_is_working(calendar, date_from_ymd(2026, CASES[i].month, CASES[i].day)), ==,
		    CASES[i].is_working);
	g_assert_false(calendar_is_projected(calendar, 2026));
	g_assert_true(calendar_is_projected(calendar, 2027));
	g_assert_cmpint(
	    calendar_add_working(calendar, date_from_ymd(2026, 2, 13), 1), ==, date_from_ymd(2026, 2, 23));
	g_assert_cmpint(
	    calendar_add_working(calendar, date_from_ymd(2026, 2, 23), -1), ==, date_from_ymd(2026, 2, 13));
	g_assert_cmpint(
	    calendar_next_working(calendar, date_from_ymd(2026, 8, 22)), ==, date_from_ymd(2026, 8, 22));
	g_assert_cmpint(
	    calendar_next_working(calendar, date_from_ymd(2026, 8, 29)), ==, date_from_ymd(2026, 9, 3));
}

/* A year that nobody has entered: weekends alone are left out, and that can be told. */
static void
test_missing_year(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Calendar) calendar = load(test);
	int32_t friday = date_from_ymd(2041, 1, 4);

	g_assert_cmpint(date_weekday(friday), ==, 5);
	g_assert_false(calendar_knows_year(calendar, 2041));
	g_assert_cmpint(calendar_add_working(calendar, friday, 1), ==, friday + 3);
	g_assert_cmpint(calendar_missing_year(calendar, date_from_ymd(2026, 5, 1), friday), ==, 2028);
	g_assert_cmpint(
	    calendar_missing_year(calendar, date_from_ymd(2026, 5, 1), date_from_ymd(2027, 5, 1)), ==, 0);
}

static void
test_before(void)
{
	int32_t day = date_from_ymd(2026, 11, 30);

	g_assert_cmpint(calendar_last_day_before(day, false), ==, date_from_ymd(2026, 11, 29));
	g_assert_cmpint(calendar_last_day_before(day, true), ==, day);
}

/* A year of special days at random. */
static Calendar *
random_calendar(void)
{
	Calendar *calendar = calendar_new();
	int n = g_test_rand_int_range(0, 40);

	for (int i = 0; i < n; i++)
		calendar_add_day(calendar,
		    &(CalendarDay){.day = date_from_ymd(2026, 1, 1) + g_test_rand_int_range(0, 365),
			.kind = (CalendarKind)g_test_rand_int_range(CALENDAR_HOLIDAY, CALENDAR_KIND_MAX),
			.name = "x",
			.source = "y"});
	return calendar;
}

/* Adding n days lands on a working day with exactly n worked days in between, and is undone by taking n away
 * where the start was worked; the next working day is the first. */
static void
test_properties(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		g_autoptr(Calendar) calendar = random_calendar();
		int32_t day = date_from_ymd(2026, 1, 1) + g_test_rand_int_range(0, 365);
		int n = g_test_rand_int_range(1, 60);
		int32_t end = calendar_add_working(calendar, day, n),
			next = calendar_next_working(calendar, day);

		g_assert_true(calendar_is_working(calendar, end));
		g_assert_cmpint(calendar_count_working(calendar, day + 1, end), ==, n);
		g_assert_cmpint(calendar_add_working(calendar, day, 0), ==, day);
		g_assert_true(calendar_is_working(calendar, next) && next >= day);
		g_assert_cmpint(calendar_count_working(calendar, day, next), ==, 1);
		if (calendar_is_working(calendar, day))
			g_assert_cmpint(calendar_add_working(calendar, end, -n), ==, day);
	}
}

static void
read_csv(const char *text, int year, GArray *days, GPtrArray *problems, Arena *arena)
{
	g_array_set_size(days, 0);
	g_ptr_array_set_size(problems, 0);
	calendar_read_csv(text, strlen(text), year, arena, days, problems);
}

static void
test_csv(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	g_autoptr(GPtrArray) problems = g_ptr_array_new();

	read_csv("\xEF\xBB\xBFNgày;Loại;Tên;Căn cứ\r\n03/9/2028;nghi le, tet;\"Lễ; hội\";QĐ\r\n"
		 "2028-01-01;Làm bù;Bù;QĐ\r\n\r\n",
	    2028, days, problems, arena);
	g_assert_cmpuint(problems->len, ==, 0);
	g_assert_cmpuint(days->len, ==, 2);
	g_assert_cmpint(g_array_index(days, CalendarDay, 0).day, ==, date_from_ymd(2028, 1, 1));
	g_assert_cmpint(g_array_index(days, CalendarDay, 0).kind, ==, CALENDAR_WORKDAY);
	g_assert_cmpstr(g_array_index(days, CalendarDay, 1).name, ==, "Lễ; hội");

	read_csv("Ngày,Loại,Tên,Căn cứ\n31/02/2028,Làm bù,A,B\n01/01/2027,Làm bù,A,B\n02/01/2028,Chơi,A,B\n"
		 "03/01/2028,Làm bù,,B\n04/01/2028,Làm bù\n05/01/2028,Làm bù,A,B\n05/01/2028,Làm bù,A,B\n",
	    2028, days, problems, arena);
	g_assert_cmpuint(problems->len, ==, 6);
	g_assert_true(g_str_has_prefix(g_ptr_array_index(problems, 0), "Dòng 2: "));
	g_assert_true(g_str_has_prefix(g_ptr_array_index(problems, 5), "Dòng 8: "));

	read_csv("a,b\n", 2028, days, problems, arena);
	g_assert_cmpuint(problems->len, ==, 1);
	read_csv("", 2028, days, problems, arena);
	g_assert_cmpuint(problems->len, ==, 1);
	read_csv("Ngày,Loại,Tên,Căn cứ\n\"02/01/2028,Làm bù,A,B\n", 2028, days, problems, arena);
	g_assert_cmpuint(problems->len, ==, 1);
}

static void
count_problems(AppTest *test, guint *ret_n)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(test->app, &report, &error);
	g_assert_no_error(error);
	*ret_n = report.problems->len;
}

static const DbSql TAMPER = {.name = "tamper",
    .sqlite = "UPDATE calendar_day SET name = 'khác' WHERE commune_id = ?1",
    .pg = "UPDATE calendar_day SET name = 'khác' WHERE commune_id = $1",
    .n_params = 1};

/* A year of the commune's own takes the place of the known one as a whole, and is in the ledger. */
static void
test_own_year(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	CalendarDay day = {date_from_ymd(2026, 12, 15), CALENDAR_HOLIDAY, "Ngày thử", "Quyết định thử"};
	g_autoptr(Calendar) calendar = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	guint n;

	g_array_append_val(days, day);
	calendar_put(test->db, test->commune_id, &ACTOR, 0, 2026, false, days, &error);
	g_assert_no_error(error);
	calendar = load(test);
	g_assert_false(calendar_is_working(calendar, day.day));
	g_assert_true(calendar_is_working(calendar, date_from_ymd(2026, 2, 17)));
	g_assert_true(calendar_knows_year(calendar, 2027));
	count_problems(test, &n);
	g_assert_cmpuint(n, ==, 0);

	g_assert_false(calendar_put(test->db, test->commune_id, &ACTOR, 0, 2027, false, days, &error));
	g_clear_error(&error);

	db_prepare(test->db, &TAMPER, &stmt, &error);
	g_assert_no_error(error);
	db_bind_int(stmt, 1, test->commune_id);
	db_run(stmt, &error);
	g_assert_no_error(error);
	count_problems(test, &n);
	g_assert_cmpuint(n, ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calendar/known-year", test_known_year);
	g_test_add_func("/calendar/missing-year-counts-weekends-alone", test_missing_year);
	g_test_add_func("/calendar/before", test_before);
	g_test_add_func("/calendar/properties", test_properties);
	g_test_add_func("/calendar/csv", test_csv);
	g_test_add_func("/calendar/own-year-is-in-the-ledger", test_own_year);
	return g_test_run();
}
