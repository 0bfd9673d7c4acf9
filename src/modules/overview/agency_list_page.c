/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/agency/agency_book.h"
#include "modules/overview/agency_pages.h"
#include "modules/overview/overview_pages.h"
#include "modules/overview/pages/agencies.html.h"

AgencyLinks
agency_links_make(const PlanPage *page, int64_t agency_id)
{
	return (AgencyLinks){
	    .own = plan_page_link(
		page, arena_printf(page->arena, "/co-quan/%" G_GINT64_FORMAT, agency_id), NULL),
	    .lead_tasks = plan_page_link(page, "/nhiem-vu", "co-quan=%" G_GINT64_FORMAT, agency_id),
	    .coordinating_tasks =
		plan_page_link(page, "/nhiem-vu", "co-quan=%" G_GINT64_FORMAT "&vai-tro=phoi-hop", agency_id),
	    .lead_indicators = plan_page_link(page, "/chi-tieu", "co-quan=%" G_GINT64_FORMAT, agency_id),
	    .coordinating_indicators =
		plan_page_link(page, "/chi-tieu", "co-quan=%" G_GINT64_FORMAT "&vai-tro=phoi-hop", agency_id),
	};
}

static int64_t
count_late(const GArray *tallies, int64_t agency_id)
{
	for (guint i = 0; i < tallies->len; i++) {
		const TaskTally *tally = &g_array_index(tallies, TaskTally, i);

		if (tally->agency_id == agency_id)
			return tally->counts[TASK_STATE_OVERDUE];
	}
	return 0;
}

static bool
load_rows(AgencyListView *view, GError **error)
{
	g_autoptr(GArray) tallies = g_array_new(FALSE, FALSE, sizeof(TaskTally));
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	const PlanPage *page = &view->page;
	AgencyBook book;

	if (!agency_book_read(page->scope.db, page->scope.commune_id, page->arena, &book, error))
		return false;
	if (!agency_list(&page->scope, page->arena, parts, error) ||
	    !task_tally_leads(&page->scope, page->today, &(TaskSettings){page->soon_days}, tallies, error))
		return false;
	view->rows = arena_array(page->arena, AgencyRow, parts->len + 1);
	view->n_rows = parts->len;
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = g_ptr_array_index(parts, i);

		view->rows[i] = (AgencyRow){
		    .part = part,
		    .now = agency_now_text(&book, part->agency_id, page->today),
		    .links = agency_links_make(page, part->agency_id),
		    .late = count_late(tallies, part->agency_id),
		    .late_url = plan_page_link(page, "/nhiem-vu",
			"co-quan=%" G_GINT64_FORMAT "&tinh-trang=qua-han", part->agency_id),
		};
	}
	return true;
}

static const char *
kind_of(const AgencyPart *part)
{
	if (part->is_generic)
		return "gọi chung";
	return part->is_higher ? "cấp trên" : "";
}

static void
write_csv(const AgencyListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Cơ quan", "Loại", "Nhiệm vụ chủ trì", "Quá hạn",
	    "Nhiệm vụ phối hợp", "Chỉ tiêu chủ trì", "Chỉ tiêu phối hợp", "Trách nhiệm nêu riêng"};
	GString *out = response->body;

	http_csv_begin(response, "co-quan.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const AgencyPart *part = view->rows[i].part;

		csv_text(out, part->name);
		csv_text(out, kind_of(part));
		csv_int(out, part->lead_tasks);
		csv_int(out, view->rows[i].late);
		csv_int(out, part->coordinating_tasks);
		csv_int(out, part->lead_indicators);
		csv_int(out, part->coordinating_indicators);
		csv_int(out, part->duties);
		csv_end_line(out);
	}
}

static void
write_json(const AgencyListView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "plan", view->page.layout.plan_label);
	json_key_int(&json, "total", (int64_t)view->n_rows);
	json_key(&json, "agencies");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const AgencyPart *part = view->rows[i].part;

		json_begin_object(&json);
		json_key_int(&json, "id", part->agency_id);
		json_key_string(&json, "name", part->name);
		json_key(&json, "generic");
		json_bool(&json, part->is_generic);
		json_key(&json, "higher");
		json_bool(&json, part->is_higher);
		json_key_int(&json, "lead_tasks", part->lead_tasks);
		json_key_int(&json, "overdue", view->rows[i].late);
		json_key_int(&json, "coordinating_tasks", part->coordinating_tasks);
		json_key_int(&json, "lead_indicators", part->lead_indicators);
		json_key_int(&json, "coordinating_indicators", part->coordinating_indicators);
		json_key_int(&json, "duties", part->duties);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

bool
overview_agency_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyListView view = {0};
	LinkParam plan;

	if (!plan_page_begin(request, LAYOUT_NAV_AGENCIES, "Cơ quan", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	plan = (LinkParam){PLAN_PARAM, view.page.plan_query};
	view.base = (LinkBase){"/co-quan", &plan, 1};
	if (!load_rows(&view, error) || !task_show_age(&view.page, app_context(request)->now_us, error))
		return false;
	view.exports = plan_page_exports(&view.page, &view.base);
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		agency_list_page(response->body, &view);
	return true;
}
