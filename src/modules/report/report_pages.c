/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_pages.h"

#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/report/pages/calendar.html.h"

#define MONTHS_SHOWN 12

static const char *const KIND_TITLES[] = {[CALENDAR_REPORT] = "Báo cáo",
    [CALENDAR_TASKS] = "Nhiệm vụ đến hạn",
    [CALENDAR_RECURRING] = "Nhiệm vụ định kỳ"};
static const char *const KIND_WORDS[] = {
    [CALENDAR_REPORT] = "report", [CALENDAR_TASKS] = "tasks", [CALENDAR_RECURRING] = "recurring"};

/* Cuts the sorted entries at the ends of months. */
static void
make_months(CalendarView *view)
{
	const GArray *entries = view->entries;

	view->months = arena_array(view->page.arena, CalendarMonth, entries->len + 1);
	for (guint i = 0; i < entries->len; i++) {
		const CalendarEntry *entry = &g_array_index(entries, CalendarEntry, i);
		const CalendarEntry *previous = i > 0 ? entry - 1 : NULL;
		int year, month, day, last_year = 0, last_month = 0;

		date_to_ymd(entry->day, &year, &month, &day);
		if (previous != NULL)
			date_to_ymd(previous->day, &last_year, &last_month, &day);
		if (year != last_year || month != last_month)
			view->months[view->n_months++] = (CalendarMonth){
			    arena_printf(view->page.arena, "Tháng %d/%d", month, year), entry, 0};
		view->months[view->n_months - 1].n_entries++;
	}
}

static void
write_csv(const CalendarView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Ngày", "Loại", "Nội dung", "Nơi gửi", "Nơi nhận", "Ghi chú"};
	GString *out = response->body;

	http_csv_begin(response, "lich-bao-cao.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->entries->len; i++) {
		const CalendarEntry *entry = &g_array_index(view->entries, CalendarEntry, i);
		char day[DATE_ISO_SIZE];

		date_format_vi(entry->day, day);
		csv_text(out, day);
		csv_text(out, KIND_TITLES[entry->kind]);
		csv_text(out, entry->title);
		csv_text(out, entry->sender);
		csv_text(out, entry->receiver);
		csv_text(out, entry->note);
		csv_end_line(out);
	}
}

static void
write_json(const CalendarView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "plan", view->page.layout.plan_label);
	json_key(&json, "entries");
	json_begin_array(&json);
	for (guint i = 0; i < view->entries->len; i++) {
		const CalendarEntry *entry = &g_array_index(view->entries, CalendarEntry, i);
		char day[DATE_ISO_SIZE];

		date_format_iso(entry->day, day);
		json_begin_object(&json);
		json_key_string(&json, "date", day);
		json_key_string(&json, "kind", KIND_WORDS[entry->kind]);
		json_key_string(&json, "title", entry->title);
		json_key_string(&json, "from", entry->sender);
		json_key_string(&json, "to", entry->receiver);
		json_key_string(&json, "note", entry->note);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
show_page(CalendarView *view, HttpResponse *response)
{
	make_months(view);
	view->exports = plan_page_exports(&view->page, &view->base);
	report_calendar_page(response->body, view);
}

bool
report_calendar_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(CalendarEntry));
	g_autoptr(GPtrArray) unscheduled = g_ptr_array_new();
	CalendarView view = {.entries = entries, .unscheduled = unscheduled};
	LinkParam plan;

	if (!plan_page_begin(request, LAYOUT_NAV_CALENDAR, "Lịch báo cáo", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	plan = (LinkParam){PLAN_PARAM, view.page.plan_query};
	view.base = (LinkBase){"/lich-bao-cao", &plan, 1};
	view.from = view.page.today;
	view.to = date_add_months(view.page.today, MONTHS_SHOWN) - 1;
	if (!report_collect(&view, error))
		return false;
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		show_page(&view, response);
	return true;
}
