/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_ladder.h"

/* Which days each rung is about. Pure: no store, no clock. */

#define LONG_AGO 0
#define REACH_MAX (2 * REMIND_DAYS_MAX) /* calendar days within which so many working days lie */

const char *const REMIND_KIND_TITLES[REMIND_KIND_MAX] = {
    [REMIND_BEFORE] = "Trước hạn",
    [REMIND_LATE] = "Quá hạn",
    [REMIND_QUIET] = "Không cập nhật",
    [REMIND_MONTH] = "Trước khi khóa kỳ cập nhật tháng",
    [REMIND_WAIT] = "Chờ nghiệm thu, quyết định",
};

const char *const REMIND_KIND_WORDS[REMIND_KIND_MAX] = {
    [REMIND_BEFORE] = "truoc-han",
    [REMIND_LATE] = "qua-han",
    [REMIND_QUIET] = "im-lang",
    [REMIND_MONTH] = "ky-thang",
    [REMIND_WAIT] = "cho-quyet-dinh",
};

const char *const REMIND_WHO_TITLES[REMIND_WHO_MAX] = {
    "Người thực hiện", "Người đứng đầu đơn vị", "Cơ quan thường trực", "Lãnh đạo"};
const char *const REMIND_WHO_WORDS[REMIND_WHO_MAX] = {
    "nguoi-thuc-hien", "dung-dau", "thuong-truc", "lanh-dao"};

const char *
remind_rung_title(Arena *arena, const RemindRung *rung)
{
	const char *what = rung->about == REMIND_EXPLAINS ? " giải trình" : "";

	if (rung->days == 0)
		return arena_printf(arena, "%s%s: đúng ngày cuối", REMIND_KIND_TITLES[rung->kind], what);
	return arena_printf(arena, "%s%s %d ngày%s%s", REMIND_KIND_TITLES[rung->kind], what, rung->days,
	    rung->is_working ? " làm việc" : "", rung->is_original ? ", tính từ hạn gốc" : "");
}

static gint
compare_rungs(gconstpointer a, gconstpointer b)
{
	const RemindRung *x = a, *y = b;

	if (x->rung_no != y->rung_no)
		return x->rung_no < y->rung_no ? -1 : 1;
	return x->valid_from < y->valid_from ? -1 : x->valid_from > y->valid_from;
}

void
remind_rungs_on(GArray *rungs, int32_t day)
{
	guint n = 0;

	g_array_sort(rungs, compare_rungs);
	for (guint i = 0; i < rungs->len; i++) {
		const RemindRung rung = g_array_index(rungs, RemindRung, i);

		if (rung.valid_from > day)
			continue;
		if (n > 0 && g_array_index(rungs, RemindRung, n - 1).rung_no == rung.rung_no)
			n--;
		g_array_index(rungs, RemindRung, n++) = rung;
	}
	g_array_set_size(rungs, n);
	for (guint i = 0; i < rungs->len;) {
		int32_t last = g_array_index(rungs, RemindRung, i).valid_to;

		if (last != DATE_NONE && last < day)
			g_array_remove_index(rungs, i);
		else
			i++;
	}
}

/* The day on which a rung speaks of a day it counts from. */
static int32_t
speaks_on(const RemindRung *rung, const Calendar *calendar, int32_t day)
{
	int n = rung->kind == REMIND_BEFORE || rung->kind == REMIND_MONTH ? -rung->days : rung->days;

	return rung->is_working ? calendar_add_working(calendar, day, n) : day + n;
}

/* The latest day that a rung has spoken of by today. */
static int32_t
reach(const RemindRung *rung, const Calendar *calendar, int32_t today)
{
	int32_t day = today;

	if (!rung->is_working)
		return rung->kind == REMIND_BEFORE ? today + rung->days : today - rung->days;
	if (rung->kind == REMIND_BEFORE) {
		while (day < today + REACH_MAX && speaks_on(rung, calendar, day + 1) <= today)
			day++;
		return day;
	}
	while (day > today - REACH_MAX && speaks_on(rung, calendar, day) > today)
		day--;
	return day;
}

static bool
is_one_ladder(const RemindRung *a, const RemindRung *b)
{
	return a->about == b->about && a->kind == b->kind && a->is_original == b->is_original;
}

/* Of two that a day has passed, the one that reaches less far; where a weekend brings both on one day, the
 * one that is nearer to the due day before it, farther from it behind. */
static bool
is_higher(const RemindRange *a, const RemindRange *b)
{
	int days = b->rung->days - a->rung->days;

	if (a->to != b->to)
		return a->to < b->to;
	if (days == 0)
		return a->rung->rung_no > b->rung->rung_no;
	return a->rung->kind == REMIND_BEFORE ? days > 0 : days < 0;
}

/* Each range begins behind the one that reaches less far: that rung is the higher one. */
static void
part_ranges(GArray *ranges, int32_t today)
{
	for (guint i = 0; i < ranges->len; i++) {
		RemindRange *range = &g_array_index(ranges, RemindRange, i);

		range->from = range->rung->kind == REMIND_BEFORE ? today : LONG_AGO;
		for (guint k = 0; k < ranges->len; k++) {
			const RemindRange *other = &g_array_index(ranges, RemindRange, k);

			if (k != i && is_one_ladder(range->rung, other->rung) && is_higher(other, range))
				range->from = MAX(range->from, other->to + 1);
		}
	}
}

void
remind_ranges(const GArray *rungs, const Calendar *calendar, int32_t today, GArray *ret_ranges)
{
	for (guint i = 0; i < rungs->len; i++) {
		const RemindRung *rung = &g_array_index(rungs, RemindRung, i);
		RemindRange range = {.rung = rung};

		if (rung->kind == REMIND_MONTH)
			continue;
		range.to = reach(rung, calendar, today);
		if (rung->kind == REMIND_LATE)
			range.to = MIN(range.to, today - 1);
		g_array_append_val(ret_ranges, range);
	}
	part_ranges(ret_ranges, today);
	for (guint i = 0; i < ret_ranges->len;) {
		const RemindRange *range = &g_array_index(ret_ranges, RemindRange, i);

		if (range->from > range->to)
			g_array_remove_index(ret_ranges, i);
		else
			i++;
	}
}

const RemindRung *
remind_month_rung(
    const GArray *rungs, const Calendar *calendar, int32_t today, int lock_day, int32_t *ret_month)
{
	const RemindRung *best = NULL;
	int32_t best_day = DATE_NONE, this_month = work_month_of(today);
	int year, month, of_month;

	date_to_ymd(today, &year, &month, &of_month);
	for (guint i = 0; i < rungs->len && lock_day > 0; i++) {
		const RemindRung *rung = &g_array_index(rungs, RemindRung, i);
		const int32_t months[] = {today - of_month, this_month};

		for (size_t k = 0; k < G_N_ELEMENTS(months) && rung->kind == REMIND_MONTH; k++) {
			int32_t closes = months[k] + lock_day, day = speaks_on(rung, calendar, closes);

			if (today < day || today > closes || (best != NULL && day <= best_day))
				continue;
			best = rung;
			best_day = day;
			*ret_month = months[k];
		}
	}
	return best;
}
