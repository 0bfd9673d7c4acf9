/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/calendar/calendar_pages.h"

#include "app/context.h"
#include "base/app-error.h"
#include "http/query.h"
#include "modules/calendar/calendar_data.h"
#include "modules/calendar/pages/year.html.h"
#include "storage/txn.h"

#include <string.h>

#define CSV_BYTES_MAX ((size_t)256 * 1024)

static const HttpField YEAR_FIELD = {
    "nam", "Năm", http_valid_int, .min = CALENDAR_YEAR_MIN, .max = CALENDAR_YEAR_MAX};

static const char *const KIND_WORDS[] = {"nghi-le", "nghi-hoan-doi", "lam-bu", NULL};

enum { KEY_DAY, KEY_KIND, KEY_NAME, KEY_SOURCE, KEY_MAX };

static const HttpField DAY_FIELDS[KEY_MAX] = {
    [KEY_DAY] = {"ngay", "Ngày", http_valid_date, .max = 0},
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = KIND_WORDS},
    [KEY_NAME] = {"ten", "Tên ngày", http_valid_text, .max = 100},
    [KEY_SOURCE] = {"can-cu", "Căn cứ", http_valid_text, .max = 150},
};

static int
year_of(int32_t day)
{
	int year, month, of_month;

	date_to_ymd(day, &year, &month, &of_month);
	return year;
}

static const char *
look_of(const Calendar *calendar, int32_t day)
{
	const CalendarDay *special = calendar_find(calendar, day);

	if (special != NULL)
		return special->kind == CALENDAR_WORKDAY ? "made-up" : "holiday";
	return calendar_is_working(calendar, day) ? "" : "rest";
}

static void
fill_month(const Calendar *calendar, int year, int month, int32_t today, Arena *arena, CalendarMonth *view)
{
	int32_t first = date_from_ymd(year, month, 1), last = date_end_of_month(year, month);
	int column = date_weekday(first) - 1;

	*view = (CalendarMonth){.title = arena_printf(arena, "Tháng %d", month),
	    .n_working = calendar_count_working(calendar, first, last)};
	for (int32_t day = first; day <= last; day++, column++) {
		CalendarCell *cell = &view->cells[column / 7][column % 7];
		const CalendarDay *special = calendar_find(calendar, day);

		*cell = (CalendarCell){.day = (int)(day - first) + 1,
		    .look = look_of(calendar, day),
		    .title = special != NULL ? arena_strdup(arena, special->name) : NULL,
		    .is_today = day == today};
		view->n_weeks = column / 7 + 1;
	}
}

static bool
show_page(HttpRequest *request, HttpResponse *response, const Calendar *calendar, int year,
    const GArray *days, const CalendarTyped *typed, const GPtrArray *problems, GError **error)
{
	const AppContext *context = app_context(request);
	CalendarYearView *view = arena_new0(request->arena, CalendarYearView);

	if (!calendar_settings(context->db, context->commune_id, &view->settings, error) ||
	    !calendar_gap(context->db, context->commune_id, context->today, &view->gap, error))
		return false;
	view->layout = app_layout(request, "Lịch làm việc");
	view->year = year;
	view->is_known = calendar_knows_year(calendar, year);
	view->is_projected = calendar_is_projected(calendar, year);
	view->may_change = app_visitor_may(context->visitor, APP_CALENDAR);
	for (int month = 1; month <= 12; month++)
		fill_month(calendar, year, month, context->today, request->arena, &view->months[month - 1]);
	view->n_working =
	    calendar_count_working(calendar, date_from_ymd(year, 1, 1), date_from_ymd(year, 12, 31));
	view->days = days;
	view->typed = typed != NULL ? *typed : (CalendarTyped){.kind = KIND_WORDS[0]};
	view->problems = problems;
	calendar_year_page(response->body, view);
	return true;
}

static bool
show(HttpRequest *request, HttpResponse *response, int year, const CalendarTyped *typed,
    const GPtrArray *problems, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	g_autoptr(Calendar) calendar = NULL;

	if (!calendar_load(context->db, context->commune_id, &calendar, error))
		return false;
	calendar_list_year(calendar, year, days);
	if (request->format == HTTP_CSV)
		calendar_write_csv(days, response);
	else if (request->format == HTTP_JSON)
		calendar_write_json(calendar, year, days, response);
	else
		return show_page(request, response, calendar, year, days, typed, problems, error);
	return true;
}

bool
calendar_year_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue year;

	if (!http_query_parse(&YEAR_FIELD, 1, request, &year, error))
		return false;
	return show(request, response, year.is_set ? (int)year.number : year_of(app_context(request)->today),
	    NULL, NULL, error);
}

/* A form that cannot be taken: the page again with what was typed. */
static bool
refuse(HttpRequest *request, HttpResponse *response, int year, const CalendarTyped *typed,
    const char *problem, GError **error)
{
	g_autoptr(GPtrArray) problems = g_ptr_array_new();

	g_ptr_array_add(problems, arena_strdup(request->arena, problem));
	response->status = 422;
	return show(request, response, year, typed, problems, error);
}

static bool
lead_back(HttpRequest *request, HttpResponse *response, int year)
{
	http_response_redirect(response, arena_printf(request->arena, CALENDAR_PATH "?nam=%d", year));
	return true;
}

/* Changes one day of a year: the whole year becomes the commune's own. day: NULL: it is taken away. */
static bool
change_day(const HttpRequest *request, int32_t number, const CalendarDay *day, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	g_autoptr(Calendar) calendar = NULL;
	g_autoptr(DbTxn) txn = NULL;
	LedgerActor actor = app_actor(request);
	int year = year_of(number);

	if (!db_txn_begin(context->db, &txn, error) ||
	    !calendar_load(context->db, context->commune_id, &calendar, error))
		return false;
	if (day != NULL)
		calendar_add_day(calendar, day);
	calendar_list_year(calendar, year, days);
	for (guint i = 0; day == NULL && i < days->len; i++)
		if (g_array_index(days, CalendarDay, i).day == number)
			g_array_remove_index(days, i--);
	return calendar_put(context->db, context->commune_id, &actor, context->now_us, year,
		   calendar_is_projected(calendar, year), days, error) &&
	       db_txn_commit(txn, error);
}

bool
calendar_day_put(HttpRequest *request, HttpResponse *response, GError **error)
{
	CalendarTyped typed = {http_request_form_text(request, "ngay"),
	    http_request_form_text(request, "loai"), http_request_form_text(request, "ten"),
	    http_request_form_text(request, "can-cu")};
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX], year;
	CalendarDay day;

	if (!http_form_parse(&YEAR_FIELD, 1, request, &year, error))
		return false;
	if (!year.is_set)
		year.number = year_of(app_context(request)->today);
	if (!http_form_parse(DAY_FIELDS, KEY_MAX, request, values, &wrong))
		return refuse(request, response, (int)year.number, &typed, request->problem, error);
	if (!values[KEY_DAY].is_set || !values[KEY_KIND].is_set || !values[KEY_NAME].is_set ||
	    !values[KEY_SOURCE].is_set)
		return refuse(request, response, (int)year.number, &typed,
		    "Phải ghi đủ ngày, loại, tên và căn cứ.", error);
	day = (CalendarDay){(int32_t)values[KEY_DAY].number,
	    (CalendarKind)(values[KEY_KIND].number + CALENDAR_HOLIDAY), values[KEY_NAME].text,
	    values[KEY_SOURCE].text};
	if (year_of(day.day) < CALENDAR_YEAR_MIN || year_of(day.day) > CALENDAR_YEAR_MAX)
		return refuse(request, response, (int)year.number, &typed,
		    "Ngày nằm ngoài khoảng năm được nhập.", error);
	return change_day(request, day.day, &day, error) && lead_back(request, response, year_of(day.day));
}

bool
calendar_day_remove(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue day;

	if (!http_form_parse(&DAY_FIELDS[KEY_DAY], 1, request, &day, error))
		return false;
	if (!day.is_set || year_of((int32_t)day.number) < CALENDAR_YEAR_MIN ||
	    year_of((int32_t)day.number) > CALENDAR_YEAR_MAX)
		return refuse(request, response, year_of(app_context(request)->today), NULL,
		    "Hãy nêu ngày cần bỏ.", error);
	return change_day(request, (int32_t)day.number, NULL, error) &&
	       lead_back(request, response, year_of((int32_t)day.number));
}

static bool
import_file(
    HttpRequest *request, int year, GArray *days, GPtrArray *problems, bool *ret_is_read, GError **error)
{
	g_autofree char *bytes = NULL;
	size_t len;

	*ret_is_read = false;
	if (request->n_files != 1 || request->files[0].size > CSV_BYTES_MAX) {
		g_ptr_array_add(
		    problems, arena_strdup(request->arena, "Hãy chọn một tệp CSV, không quá 256 KB."));
		return true;
	}
	if (!g_file_get_contents(request->files[0].path, &bytes, &len, NULL)) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, "tệp vừa nhận không đọc được");
		return false;
	}
	calendar_read_csv(bytes, len, year, request->arena, days, problems);
	*ret_is_read = problems->len == 0;
	return true;
}

bool
calendar_import(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	g_autoptr(GPtrArray) problems = g_ptr_array_new();
	LedgerActor actor = app_actor(request);
	HttpValue year;
	bool is_read;

	if (!http_query_parse(&YEAR_FIELD, 1, request, &year, error))
		return false;
	if (!year.is_set)
		return refuse(
		    request, response, year_of(context->today), NULL, "Hãy nêu năm của tệp cần nhập.", error);
	if (!import_file(request, (int)year.number, days, problems, &is_read, error))
		return false;
	if (!is_read) {
		response->status = 422;
		return show(request, response, (int)year.number, NULL, problems, error);
	}
	return calendar_put(context->db, context->commune_id, &actor, context->now_us, (int)year.number,
		   strcmp(http_request_form_text(request, "du-kien"), "1") == 0, days, error) &&
	       lead_back(request, response, (int)year.number);
}

bool
calendar_announce(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	g_autoptr(Calendar) calendar = NULL;
	LedgerActor actor = app_actor(request);
	HttpValue year;

	if (!http_form_parse(&YEAR_FIELD, 1, request, &year, error) ||
	    !calendar_load(context->db, context->commune_id, &calendar, error))
		return false;
	if (!year.is_set || !calendar_knows_year(calendar, (int)year.number))
		return refuse(request, response, year_of(context->today), NULL,
		    "Năm này chưa có lịch; hãy nhập lịch trước.", error);
	calendar_list_year(calendar, (int)year.number, days);
	return calendar_put(context->db, context->commune_id, &actor, context->now_us, (int)year.number,
		   false, days, error) &&
	       lead_back(request, response, (int)year.number);
}

bool
calendar_change_settings(HttpRequest *request, HttpResponse *response, GError **error)
{
	static const HttpField HOUR = {"gio", "Giờ hết hạn", http_valid_int, .min = 0, .max = 24};
	static const HttpField WARN = {
	    "bao-truoc", "Báo trước khi thiếu lịch", http_valid_int, .min = 0, .max = 400};
	const AppContext *context = app_context(request);
	LedgerActor actor = app_actor(request);
	HttpValue hour, warn;
	CalendarSettings settings;

	if (!calendar_settings(context->db, context->commune_id, &settings, error) ||
	    !http_form_parse(&HOUR, 1, request, &hour, error) ||
	    !http_form_parse(&WARN, 1, request, &warn, error))
		return false;
	settings.is_before_inclusive = strcmp(http_request_form_text(request, "truoc-ngay"), "tinh") == 0;
	if (warn.is_set)
		settings.warn_days = (int)warn.number;
	if (!hour.is_set)
		return refuse(
		    request, response, year_of(context->today), NULL, "Hãy ghi giờ hết hạn.", error);
	settings.due_hour = (int)hour.number;
	return calendar_put_settings(
		   context->db, context->commune_id, &actor, context->now_us, &settings, error) &&
	       lead_back(request, response, year_of(context->today));
}
