/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_card_pages.h"

#include "app/plan_access.h"
#include "base/app-error.h"
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/plan/pages/cards.html.h"

#include <string.h>

/* What the pages read first: all plans that may be read, and all successions. */
typedef struct Shelf {
	HttpRequest *request;
	GPtrArray *plans, *successions;
} Shelf;

static bool
read_shelf(const Shelf *shelf, GError **error)
{
	const AppContext *context = app_context(shelf->request);

	if (!plan_list(context->db, context->commune_id, shelf->request->arena, shelf->plans, error) ||
	    !plan_succession_list(
		context->db, context->commune_id, shelf->request->arena, shelf->successions, error))
		return false;
	plan_keep_readable(context->visitor, shelf->plans);
	return true;
}

static const char *
url_of(const Shelf *shelf, const PlanInfo *plan)
{
	return plan == NULL
		   ? NULL
		   : arena_printf(shelf->request->arena, PLAN_CARD_PATH "/%" G_GINT64_FORMAT, plan->plan_id);
}

static const char *
state_of(const Shelf *shelf, const PlanInfo *plan)
{
	if (plan->replaced_by != 0)
		return arena_printf(shelf->request->arena, "Đã được thay thế từ %s",
		    date_text_vi(shelf->request->arena, plan->replaced_from));
	return plan->is_current ? "Đang thực hiện" : "Bản cũ";
}

static const char *
relation_text(const Shelf *shelf, const PlanSuccession *row, int64_t plan_id)
{
	static const char *const ACTIVE[PLAN_SUCCESSION_MAX] = {[PLAN_SUCCESSION_REPLACE] = "Thay thế",
	    [PLAN_SUCCESSION_AMEND] = "Sửa đổi, bổ sung",
	    [PLAN_SUCCESSION_VERSION] = "Bản mới của"};
	static const char *const PASSIVE[PLAN_SUCCESSION_MAX] = {
	    [PLAN_SUCCESSION_REPLACE] = "Được thay thế bởi",
	    [PLAN_SUCCESSION_AMEND] = "Được sửa đổi, bổ sung bởi",
	    [PLAN_SUCCESSION_VERSION] = "Có bản mới:"};
	bool is_new = row->new_plan_id == plan_id;

	return arena_printf(shelf->request->arena, "%s %s, từ %s",
	    is_new ? ACTIVE[row->kind] : PASSIVE[row->kind],
	    plan_caption_text(shelf->request->arena,
		plan_find_listed(shelf->plans, is_new ? row->old_plan_id : row->new_plan_id)),
	    date_text_vi(shelf->request->arena, row->from_day));
}

static PlanCardRow
row_of(const Shelf *shelf, const PlanInfo *plan)
{
	PlanCardRow row = {.plan = plan,
	    .url = url_of(shelf, plan),
	    .caption = plan_caption_text(shelf->request->arena, plan),
	    .state = state_of(shelf, plan),
	    .look = plan->replaced_by == 0 && plan->is_current ? "run" : "idle"};

	for (guint i = 0; i < shelf->successions->len && row.relation == NULL; i++) {
		const PlanSuccession *succession = g_ptr_array_index(shelf->successions, i);

		if (succession->old_plan_id == plan->plan_id || succession->new_plan_id == plan->plan_id)
			row.relation = relation_text(shelf, succession, plan->plan_id);
	}
	return row;
}

static void
write_csv(const PlanCardListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Kế hoạch", "Cơ quan ban hành", "Trích yếu", "Phiên bản",
	    "Tình trạng", "Quan hệ", "Số nhiệm vụ", "Số chỉ tiêu"};
	GString *out = response->body;

	http_csv_begin(response, "ke-hoach.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const PlanCardRow *row = &view->rows[i];

		csv_text(out, row->caption);
		csv_text(out, row->plan->issuer);
		csv_text(out, row->plan->title);
		csv_int(out, row->plan->version);
		csv_text(out, row->state);
		csv_text(out, row->relation);
		csv_int(out, row->plan->counts.tasks);
		csv_int(out, row->plan->counts.indicators);
		csv_end_line(out);
	}
}

static void
write_json(const PlanCardListView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "plans");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const PlanCardRow *row = &view->rows[i];

		json_begin_object(&json);
		json_key_int(&json, "id", row->plan->plan_id);
		json_key_string(&json, "caption", row->caption);
		json_key_string(&json, "issuer", row->plan->issuer);
		json_key_int(&json, "version", row->plan->version);
		json_key_string(&json, "state", row->state);
		json_key_int(&json, "replaced_by", row->plan->replaced_by);
		json_key_string(&json, "relation", row->relation);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

bool
plan_card_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GPtrArray) successions = g_ptr_array_new();
	const Shelf shelf = {request, plans, successions};
	PlanCardListView view = {0};

	if (!read_shelf(&shelf, error))
		return false;
	view.rows = arena_array(request->arena, PlanCardRow, plans->len + 1);
	for (guint i = 0; i < plans->len; i++)
		view.rows[view.n_rows++] = row_of(&shelf, g_ptr_array_index(plans, i));
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
	} else if (request->format == HTTP_JSON) {
		write_json(&view, response);
	} else {
		view.layout = app_layout(request, "Các kế hoạch");
		plan_card_list_page(response->body, &view);
	}
	return true;
}

static bool
add_link(const Shelf *shelf, PlanCardView *view, const PlanSuccession *row, GError **error)
{
	const AppContext *context = app_context(shelf->request);
	const PlanScope scope = {context->db, context->commune_id, view->row.plan->plan_id};
	bool is_new = row->new_plan_id == view->row.plan->plan_id;
	PlanCardLink *link = &view->links[view->n_links++];
	GPtrArray *lines = g_ptr_array_new();

	*link = (PlanCardLink){.text = relation_text(shelf, row, view->row.plan->plan_id),
	    .url =
		url_of(shelf, plan_find_listed(shelf->plans, is_new ? row->old_plan_id : row->new_plan_id)),
	    .when = arena_printf(shelf->request->arena, "%s thực hiện ngày %s", row->name,
		date_text_vi(shelf->request->arena, instant_day(row->at_us)))};
	if (!plan_line_list(&scope, row->succession_no, shelf->request->arena, lines, error)) {
		g_ptr_array_unref(lines);
		return false;
	}
	for (guint i = 0; i < lines->len; i++)
		link->n_by_change[((const PlanLine *)g_ptr_array_index(lines, i))->change]++;
	g_ptr_array_unref(lines);
	return true;
}

static bool
is_version_of(const PlanInfo *a, const PlanInfo *b)
{
	return g_strcmp0(a->number, b->number) == 0 && g_strcmp0(a->issued_on, b->issued_on) == 0 &&
	       g_strcmp0(a->issuer, b->issuer) == 0 && g_strcmp0(a->type, b->type) == 0;
}

bool
plan_card_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GPtrArray) successions = g_ptr_array_new();
	const Shelf shelf = {request, plans, successions};
	PlanCardView view = {0};
	const PlanInfo *plan;
	int64_t plan_id;

	if (!http_request_param_int(request, "id", &plan_id, error) || !read_shelf(&shelf, error))
		return false;
	plan = plan_find_listed(shelf.plans, plan_id);
	if (plan == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no plan %" G_GINT64_FORMAT, plan_id);
		return false;
	}
	view.row = row_of(&shelf, plan);
	view.links = arena_array(request->arena, PlanCardLink, successions->len + 1);
	view.versions = arena_array(request->arena, PlanCardRow, plans->len + 1);
	for (guint i = 0; i < successions->len; i++) {
		const PlanSuccession *row = g_ptr_array_index(successions, i);

		if ((row->old_plan_id == plan_id || row->new_plan_id == plan_id) &&
		    !add_link(&shelf, &view, row, error))
			return false;
	}
	for (guint i = 0; i < plans->len; i++)
		if (is_version_of(g_ptr_array_index(plans, i), plan))
			view.versions[view.n_versions++] = row_of(&shelf, g_ptr_array_index(plans, i));
	view.layout = app_layout(request, "Kế hoạch");
	plan_card_page(response->body, &view);
	return true;
}
