/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_read.h"
#include "base/text.h"
#include "modules/calendar/calendar_internal.h"

#include <stdio.h>
#include <string.h>

enum { COLUMN_DAY, COLUMN_KIND, COLUMN_NAME, COLUMN_SOURCE, COLUMN_MAX };

typedef struct Import {
	int year;
	Arena *arena;
	GArray *days;
	GPtrArray *problems;
} Import;

static void
add_problem(const Import *import, unsigned line, const char *what)
{
	g_ptr_array_add(import->problems, arena_printf(import->arena, "Dòng %u: %s", line, what));
}

/* "2026-01-02", "02/01/2026", "2/1/2026"; DATE_NONE for anything else. */
static int32_t
read_day(const char *text)
{
	int32_t day;
	int d, m, y, len = 0;

	if (date_parse_iso(text, &day))
		return day;
	if (sscanf(text, "%2d/%2d/%4d%n", &d, &m, &y, &len) == 3 && text[len] == '\0')
		return date_from_ymd(y, m, d);
	return DATE_NONE;
}

static CalendarKind
read_kind(const char *text)
{
	g_autofree char *folded = text_fold_vi(text);

	for (int kind = CALENDAR_HOLIDAY; kind < CALENDAR_KIND_MAX; kind++) {
		g_autofree char *title = text_fold_vi(CALENDAR_KIND_TITLES[kind]);

		if (strcmp(folded, title) == 0)
			return (CalendarKind)kind;
	}
	return CALENDAR_KIND_MAX;
}

static const char *
problem_of(const Import *import, const CalendarDay *day)
{
	int year, month, of_month;

	if (day->day == DATE_NONE)
		return "ngày phải ghi như 02/01/2026 hoặc 2026-01-02";
	date_to_ymd(day->day, &year, &month, &of_month);
	if (year != import->year)
		return "ngày không thuộc năm đang nhập";
	if (day->kind == CALENDAR_KIND_MAX)
		return "loại phải là \"Nghỉ lễ, Tết\", \"Nghỉ hoán đổi\" hoặc \"Làm bù\"";
	if (*day->name == '\0' || *day->source == '\0')
		return "thiếu tên ngày hoặc căn cứ";
	if (strlen(day->name) > CALENDAR_TEXT_MAX || strlen(day->source) > CALENDAR_TEXT_MAX)
		return "tên hoặc căn cứ quá dài";
	for (guint i = 0; i < import->days->len; i++)
		if (g_array_index(import->days, CalendarDay, i).day == day->day)
			return "ngày này đã có ở dòng trên";
	return NULL;
}

static void
take_row(const Import *import, const CsvRow *row)
{
	CalendarDay day;
	const char *problem;

	if (row->n_fields < COLUMN_MAX) {
		add_problem(import, row->line, "phải có đủ bốn cột Ngày, Loại, Tên, Căn cứ");
		return;
	}
	day = (CalendarDay){.day = read_day(row->fields[COLUMN_DAY]),
	    .kind = read_kind(row->fields[COLUMN_KIND]),
	    .name = row->fields[COLUMN_NAME],
	    .source = row->fields[COLUMN_SOURCE]};
	problem = problem_of(import, &day);
	if (problem != NULL)
		add_problem(import, row->line, problem);
	else
		g_array_append_val(import->days, day);
}

static int
compare_days(gconstpointer a, gconstpointer b)
{
	const CalendarDay *first = a, *second = b;

	return (first->day > second->day) - (first->day < second->day);
}

static bool
is_head(const CsvRow *row)
{
	return row->n_fields >= COLUMN_MAX && strcmp(row->fields[COLUMN_DAY], "Ngày") == 0 &&
	       strcmp(row->fields[COLUMN_KIND], "Loại") == 0;
}

void
calendar_read_csv(
    const char *bytes, size_t len, int year, Arena *arena, GArray *ret_days, GPtrArray *ret_problems)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	Import import = {year, arena, ret_days, ret_problems};

	if (!csv_read(bytes, len, arena, rows, &error)) {
		g_ptr_array_add(ret_problems, arena_strdup(arena, error->message));
		return;
	}
	if (rows->len == 0 || !is_head(g_ptr_array_index(rows, 0))) {
		add_problem(&import, 1, "dòng đầu phải là Ngày, Loại, Tên, Căn cứ");
		return;
	}
	if (rows->len - 1 > CALENDAR_DAYS_MAX) {
		add_problem(&import, 1, "quá nhiều dòng cho một năm");
		return;
	}
	for (guint i = 1; i < rows->len; i++)
		take_row(&import, g_ptr_array_index(rows, i));
	g_array_sort(ret_days, compare_days);
}
