/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/list_views.h"

#define MONTHS_BEHIND 3 /* of the picture: late work is gathered in the first of them */

static const struct {
	const char *title, *look;
} COLUMNS[WORK_COLUMN_MAX] = {
    [WORK_COLUMN_LATE] = {"Quá hạn", "late"},
    [WORK_COLUMN_NEW] = {"Chưa thực hiện", "idle"},
    [WORK_COLUMN_DOING] = {"Đang thực hiện", "run"},
    [WORK_COLUMN_WAITING] = {"Chờ nghiệm thu", "run"},
    [WORK_COLUMN_DONE] = {"Hoàn thành", "ok"},
    [WORK_COLUMN_REST] = {"Tạm dừng, hủy", "idle"},
};

static WorkColumnKind
column_of(const WorkScope *scope, const WorkPiece *piece)
{
	static const WorkColumnKind OF_STATE[WORK_STATE_MAX] = {[WORK_NOT_STARTED] = WORK_COLUMN_NEW,
	    [WORK_DOING] = WORK_COLUMN_DOING,
	    [WORK_WAITING] = WORK_COLUMN_WAITING,
	    [WORK_DONE] = WORK_COLUMN_DONE,
	    [WORK_PAUSED] = WORK_COLUMN_REST,
	    [WORK_CANCELLED] = WORK_COLUMN_REST};

	if (work_when(piece, scope->today, 0).timeliness == WORK_LATE)
		return WORK_COLUMN_LATE;
	return OF_STATE[piece->state];
}

void
work_make_board(const WorkScope *scope, const WorkLine *lines, size_t n_lines, WorkViews *views)
{
	for (int i = 0; i < WORK_COLUMN_MAX; i++)
		views->columns[i] = (WorkColumn){.title = COLUMNS[i].title,
		    .look = COLUMNS[i].look,
		    .lines = arena_array(scope->arena, const WorkLine *, n_lines + 1)};
	for (size_t i = 0; i < n_lines; i++) {
		WorkColumn *column = &views->columns[column_of(scope, &lines[i].row->piece)];

		column->lines[column->n_lines++] = &lines[i];
	}
}

static int32_t
first_of_month(int32_t day)
{
	int year, month, of_month;

	date_to_ymd(day, &year, &month, &of_month);
	return date_from_ymd(year, month, 1);
}

static int32_t
next_month(int32_t first)
{
	return first_of_month(first + 31);
}

static const char *
month_title(const WorkScope *scope, int32_t first, const char *format)
{
	int year, month, day;

	date_to_ymd(first, &year, &month, &day);
	return format[0] == 'l' ? arena_printf(scope->arena, "Tháng %d/%d", month, year)
				: arena_printf(scope->arena, "%d/%02d", month, year % 100);
}

static WorkMonth *
open_month(const WorkScope *scope, WorkViews *views, int32_t first, size_t n_lines)
{
	WorkMonth *month = &views->months[views->n_months++];

	*month = (WorkMonth){
	    .title = first != DATE_NONE ? month_title(scope, first, "long") : "Chưa có ngày đến hạn",
	    .lines = arena_array(scope->arena, const WorkLine *, n_lines + 1),
	    .has_today = first != DATE_NONE && first == first_of_month(scope->today),
	    .first_day = first};
	return month;
}

/* Rows by the month of their due day; the month that holds today is there even when nothing is due in it. */
static void
make_months(const WorkScope *scope, const WorkLine *lines, size_t n_lines, WorkViews *views)
{
	int32_t this_month = first_of_month(scope->today);
	WorkMonth *month = NULL;
	bool has_today = false;

	views->months = arena_array(scope->arena, WorkMonth, n_lines + 2);
	for (size_t i = 0; i < n_lines; i++) {
		int32_t due = lines[i].row->piece.due;
		int32_t first = due != DATE_NONE ? first_of_month(due) : DATE_NONE;

		if (!has_today && (first == DATE_NONE || first >= this_month)) {
			month = open_month(scope, views, this_month, n_lines);
			has_today = true;
		}
		if (month == NULL || month->first_day != first)
			month = open_month(scope, views, first, n_lines);
		month->lines[month->n_lines++] = &lines[i];
		month->n_before_today += month->has_today && due < scope->today;
	}
	if (!has_today)
		open_month(scope, views, this_month, n_lines);
}

static int
look_index(const WorkScope *scope, const WorkPiece *piece)
{
	WorkTimeliness timeliness = work_when(piece, scope->today, 30).timeliness;

	if (piece->state == WORK_DONE)
		return 3;
	if (timeliness == WORK_LATE)
		return 0;
	return timeliness == WORK_SOON || timeliness == WORK_EXTENDED ? 1 : 2;
}

/* What is due before the picture begins stands in its first month, what is due after its end in none. */
static void
make_bars(const WorkScope *scope, const WorkLine *lines, size_t n_lines, WorkViews *views)
{
	int32_t first = first_of_month(scope->today);
	int32_t starts[WORK_BAR_MAX + 1];

	for (int i = 0; i < MONTHS_BEHIND; i++)
		first = first_of_month(first - 1);
	starts[0] = first;
	for (int i = 0; i < WORK_BAR_MAX; i++) {
		views->bars[i] = (WorkMonthBar){month_title(scope, starts[i], "short"), 24 + i * 46, {0}, 0};
		starts[i + 1] = next_month(starts[i]);
		if (scope->today >= starts[i] && scope->today < starts[i + 1])
			views->today_x = views->bars[i].x + (int)((scope->today - starts[i]) * 46 / 31);
	}
	views->n_bars = WORK_BAR_MAX;
	for (size_t i = 0; i < n_lines; i++) {
		int32_t due = lines[i].row->piece.due;
		int at = 0;

		if (due == DATE_NONE || due >= starts[WORK_BAR_MAX])
			continue;
		while (at + 1 < WORK_BAR_MAX && due >= starts[at + 1])
			at++;
		views->bars[at].counts[look_index(scope, &lines[i].row->piece)]++;
		views->bars[at].total++;
		views->highest = MAX(views->highest, views->bars[at].total);
	}
}

void
work_make_timeline(const WorkScope *scope, const WorkLine *lines, size_t n_lines, WorkViews *views)
{
	views->today = work_day(scope, scope->today);
	make_months(scope, lines, n_lines, views);
	make_bars(scope, lines, n_lines, views);
}
