/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dated_rule.h"
#include "base/date.h"

#include <glib.h>
#include <string.h>

/* Rules that count from a day on: which stands how on a day, and what of them may be typed. */

#define TODAY 20802 /* 15/12/2026 */

static const DatedSpan FROM_EVER = {DATE_NONE, DATE_NONE}, WEEK = {TODAY, TODAY + 6};

static void
test_standing(void)
{
	static const struct {
		DatedSpan days;
		int32_t day;
		DatedStanding standing;
	} CASES[] = {
	    {{DATE_NONE, DATE_NONE}, TODAY, DATED_ON},
	    {{TODAY, DATE_NONE}, TODAY, DATED_ON},
	    {{TODAY, DATE_NONE}, TODAY - 1, DATED_COMING},
	    {{TODAY, TODAY + 6}, TODAY + 6, DATED_ON}, /* the last day counts */
	    {{TODAY, TODAY + 6}, TODAY + 7, DATED_OVER},
	    {{DATE_NONE, TODAY}, TODAY - 9999, DATED_ON},
	    {{DATE_NONE, TODAY}, TODAY + 1, DATED_OVER},
	    {{TODAY, TODAY}, TODAY, DATED_ON},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_assert_cmpint(dated_standing(CASES[i].days, CASES[i].day), ==, CASES[i].standing);
		g_assert_cmpint(dated_is_on(CASES[i].days, CASES[i].day), ==, CASES[i].standing == DATED_ON);
	}
	g_assert_true(dated_meets(FROM_EVER, TODAY));
	g_assert_true(dated_meets(WEEK, TODAY + 6));
	g_assert_false(dated_meets(WEEK, TODAY + 7));
}

static void
test_words(void)
{
	g_autoptr(Arena) arena = arena_new();

	g_assert_cmpstr(dated_standing_title(DATED_ON), ==, "Đang dùng");
	g_assert_cmpstr(dated_standing_title(DATED_COMING), ==, "Sắp dùng");
	g_assert_cmpstr(dated_standing_title(DATED_OVER), ==, "Thôi dùng");
	g_assert_cmpstr(dated_standing_look(DATED_OVER), ==, "idle");
	g_assert_cmpstr(dated_days_text(arena, FROM_EVER), ==, "từ trước đến nay");
	g_assert_cmpstr(dated_days_text(arena, WEEK), ==, "từ 15/12/2026 đến 21/12/2026");
	g_assert_cmpstr(dated_days_text(arena, (DatedSpan){TODAY, DATE_NONE}), ==, "từ 15/12/2026");
	g_assert_cmpstr(dated_days_text(arena, (DatedSpan){DATE_NONE, TODAY}), ==, "đến 15/12/2026");
	g_assert_cmpstr(dated_ended_source(arena, "Quy chế 1", "Quyết định 2"), ==,
	    "Quy chế 1; thôi dùng theo Quyết định 2");
}

static void
test_typed_days(void)
{
	int32_t day;

	g_assert_null(dated_read_first_day("2026-12-20", TODAY, &day));
	g_assert_cmpint(day, ==, TODAY + 5);
	g_assert_null(dated_read_first_day("", TODAY, &day));
	g_assert_cmpint(day, ==, TODAY);
	g_assert_nonnull(dated_read_first_day("2026-02-30", TODAY, &day));
	g_assert_cmpint(dated_read_last_day("2026-12-15"), ==, TODAY);
	g_assert_cmpint(dated_read_last_day(""), ==, DATE_NONE);
	g_assert_cmpint(dated_read_last_day("mai"), ==, DATE_NONE);
	g_assert_null(dated_check_first_day(TODAY, TODAY));
	g_assert_nonnull(dated_check_first_day(TODAY - 1, TODAY));
}

static void
test_last_day(void)
{
	const DatedSpan coming = {TODAY + 10, DATE_NONE};

	g_assert_null(dated_check_last_day(FROM_EVER, TODAY, TODAY));
	g_assert_nonnull(dated_check_last_day(FROM_EVER, TODAY - 1, TODAY));
	g_assert_null(dated_check_last_day(coming, TODAY + 10, TODAY));
	g_assert_nonnull(dated_check_last_day(coming, TODAY + 9, TODAY)); /* before it began */
	g_assert_nonnull(strstr(dated_check_last_day(FROM_EVER, DATE_NONE, TODAY), "một ngày có thật"));
}

static void
test_source(void)
{
	g_autofree char *longest = g_strnfill(DATED_SOURCE_BYTES_MAX, 'a');
	g_autofree char *longer = g_strnfill(DATED_SOURCE_BYTES_MAX + 1, 'a');

	g_assert_null(dated_check_source("Q"));
	g_assert_null(dated_check_source(longest));
	g_assert_true(g_str_has_prefix(dated_check_source(""), "Căn cứ: hãy ghi"));
	g_assert_true(g_str_has_prefix(dated_check_source(longer), "Căn cứ: quá dài (tối đa 400 byte"));
}

static bool
is_taken(const void *words, const char *word)
{
	return g_strv_contains(words, word);
}

static void
test_names(void)
{
	static const char *const WORDS[] = {"hop-tac-xa", "hop-tac-xa-2", NULL};
	g_autoptr(Arena) arena = arena_new();

	g_assert_cmpstr(dated_word_make(arena, "Đoàn thể", is_taken, WORDS), ==, "doan-the");
	g_assert_cmpstr(dated_word_make(arena, "Hợp tác xã", is_taken, WORDS), ==, "hop-tac-xa-3");
	g_assert_cmpstr(dated_word_make(arena, " ?! ", is_taken, WORDS), ==, "");
	g_assert_true(dated_is_same_name("HỢP tác xã", "hop tac xa"));
	g_assert_false(dated_is_same_name("Hợp tác xã", "Hợp tác"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dated-rule/standing", test_standing);
	g_test_add_func("/dated-rule/words", test_words);
	g_test_add_func("/dated-rule/typed-days", test_typed_days);
	g_test_add_func("/dated-rule/last-day", test_last_day);
	g_test_add_func("/dated-rule/source", test_source);
	g_test_add_func("/dated-rule/names", test_names);
	return g_test_run();
}
