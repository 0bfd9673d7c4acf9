/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "modules/people/pages/unit.html.h"
#include "modules/people/unit_pages.h"
#include "modules/plan/plan.h"
#include "storage/txn.h"

#include <string.h>

#define ALIASES_MAX 50

/* "Quyết định 12/QĐ-UBND ngày 01/7/2026; ghi chú". */
static const char *
source_of(Arena *arena, const AgencyChange *change)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (change == NULL)
		return "";
	if (*change->decision != '\0')
		g_string_append(text, change->decision);
	if (change->decision_day != DATE_NONE)
		g_string_append_printf(
		    text, "%sngày %s", text->len > 0 ? " " : "", date_text_vi(arena, change->decision_day));
	if (*change->note != '\0')
		g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", change->note);
	return arena_strdup(arena, text->str);
}

/* The last change that counts is the only one that can be undone at once. */
static bool
is_last(const UnitView *view, const AgencyChange *change)
{
	int64_t last = 0;

	for (size_t i = 0; i < view->unit->n_versions; i++)
		last = MAX(last, view->unit->versions[i].change_no);
	for (size_t i = 0; i < view->book.n_links; i++)
		if (view->book.links[i].old_id == view->unit->agency_id ||
		    view->book.links[i].new_id == view->unit->agency_id)
			last = MAX(last, view->book.links[i].change_no);
	return view->may_change && change != NULL && change->change_no == last;
}

static const char *
span_days(Arena *arena, const AgencyUnit *unit, size_t index)
{
	const char *since = people_since(arena, unit->versions[index].valid_from);

	if (unit->versions[index].is_ended || index + 1 >= unit->n_versions)
		return since;
	if (unit->versions[index].valid_from == AGENCY_SINCE_EVER)
		return arena_printf(
		    arena, "đến %s", date_text_vi(arena, unit->versions[index + 1].valid_from - 1));
	return arena_printf(
	    arena, "%s đến %s", since, date_text_vi(arena, unit->versions[index + 1].valid_from - 1));
}

/* A row that another of the same day corrected was never in force. */
static bool
is_overridden(const AgencyUnit *unit, size_t index)
{
	return index + 1 < unit->n_versions &&
	       unit->versions[index + 1].valid_from == unit->versions[index].valid_from;
}

static void
make_spans(UnitView *view)
{
	view->spans = arena_array(view->arena, UnitSpan, view->unit->n_versions);
	for (size_t i = 0; i < view->unit->n_versions; i++) {
		const AgencyVersion *version = &view->unit->versions[i];
		const AgencyChange *change = agency_change_find(&view->book, version->change_no);

		if (!is_overridden(view->unit, i))
			view->spans[view->n_spans++] = (UnitSpan){.version = version,
			    .days = span_days(view->arena, view->unit, i),
			    .source = source_of(view->arena, change),
			    .change = change,
			    .may_undo = is_last(view, change)};
	}
}

static void
make_ties(UnitView *view)
{
	const AgencyBook *book = &view->book;
	int64_t id = view->unit->agency_id;

	view->ties = arena_array(view->arena, UnitTie, book->n_links + 1);
	for (size_t i = 0; i < book->n_links; i++) {
		const AgencyLink *link = &book->links[i];
		const AgencyChange *change = agency_change_find(book, link->change_no);
		int64_t other = link->old_id == id ? link->new_id : link->old_id;

		if (link->old_id != id && link->new_id != id)
			continue;
		view->ties[view->n_ties++] = (UnitTie){
		    .words = link->is_same ? link->old_id == id ? "Là cách viết khác của" : "Gồm cả cách viết"
			     : link->old_id == id ? "Chuyển thành"
						  : "Nhận từ",
		    .other_id = other,
		    .other_name = agency_name_at(
			book, other, link->is_same || link->old_id == id ? link->day : link->day - 1),
		    .source = link->is_same
				  ? ""
				  : arena_printf(view->arena, "từ %s; %s",
					date_text_vi(view->arena, link->day), source_of(view->arena, change)),
		    .change = change,
		    .may_undo = is_last(view, change)};
	}
}

static void
add_part(UnitView *view, const PlanInfo *plan, const AgencyPlanPart *part)
{
	Arena *arena = view->arena;
	const char *suffix = arena_printf(
	    arena, "ke-hoach=%" G_GINT64_FORMAT "&co-quan=%" G_GINT64_FORMAT, plan->plan_id, part->agency_id);

	view->parts[view->n_parts++] = (UnitPart){.plan = plan_caption_text(arena, plan),
	    .plan_url = arena_printf(arena, "/co-quan/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
		part->agency_id, plan->plan_id),
	    .as = part->agency_id != view->unit->agency_id
		      ? agency_find(&view->book, part->agency_id)->printed
		      : NULL,
	    .lead_tasks = part->lead_tasks,
	    .coordinating_tasks = part->coordinating_tasks,
	    .lead_indicators = part->lead_indicators,
	    .coordinating_indicators = part->coordinating_indicators,
	    .duties = part->duties,
	    .lead_url = arena_printf(arena, "/nhiem-vu?%s", suffix),
	    .coordinating_url = arena_printf(arena, "/nhiem-vu?%s&vai-tro=phoi-hop", suffix),
	    .indicators_url = arena_printf(arena, "/chi-tieu?%s", suffix)};
}

/* The parts of everything that is this unit on the day, in the plans in force. */
static bool
load_parts(UnitView *view, const AppContext *context, GError **error)
{
	g_autoptr(GArray) sources = agency_sources(&view->book, view->unit->agency_id, view->day);
	g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(AgencyPlanPart));
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	if (!agency_list_all_parts(context->db, context->commune_id, parts, error) ||
	    !plan_list(context->db, context->commune_id, view->arena, plans, error))
		return false;
	plan_keep_readable(context->visitor, plans);
	view->parts = arena_array(view->arena, UnitPart, parts->len + 1);
	for (guint p = 0; p < plans->len; p++)
		for (guint i = 0; i < parts->len; i++) {
			const PlanInfo *plan = g_ptr_array_index(plans, p);
			const AgencyPlanPart *part = &g_array_index(parts, AgencyPlanPart, i);

			for (guint s = 0; s < sources->len; s++)
				if (plan->is_current && part->plan_id == plan->plan_id &&
				    part->agency_id == g_array_index(sources, int64_t, s))
					add_part(view, plan, part);
		}
	return true;
}

static bool
load_children(UnitView *view, const HttpRequest *request, GError **error)
{
	const UnitQuery query = {.day = view->day, .filter = UNIT_LIVING, .kind = "", .search = ""};
	UnitRows rows;

	if (!unit_rows_read(request, &query, true, &rows, error))
		return false;
	view->children = arena_array(view->arena, UnitRow, rows.n_rows + 1);
	for (size_t i = 0; i < rows.n_rows; i++)
		if (rows.rows[i].at->parent_id == view->unit->agency_id)
			view->children[view->n_children++] = rows.rows[i];
	return true;
}

static bool
find_unit(UnitView *view, int64_t agency_id, GError **error)
{
	view->unit = agency_find(&view->book, agency_id);
	if (view->unit != NULL) {
		view->at = agency_at(view->unit, view->day);
		if (view->at == NULL)
			view->at = &view->unit->versions[0];
		return true;
	}
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có đơn vị số %" G_GINT64_FORMAT, agency_id);
	return false;
}

static bool
read_day(HttpRequest *request, int32_t *ret_day, GError **error)
{
	if (people_day(http_request_query_text(request, "ngay"), app_context(request)->today, ret_day))
		return true;
	request->problem = "Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-12-15.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "ngay");
	return false;
}

static bool
answer(HttpRequest *request, HttpResponse *response, int64_t agency_id, const char *problem, GError **error)
{
	const AppContext *context = app_context(request);
	IdentityScope scope = people_scope_of(request);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(GPtrArray) aliases = g_ptr_array_new();
	const PlanScope plan_scope = {context->db, context->commune_id, 0};
	UnitView view = {.arena = request->arena,
	    .posts = posts,
	    .aliases = aliases,
	    .problem = problem,
	    .may_change = people_may_change(request)};

	if (!read_day(request, &view.day, error) ||
	    !agency_book_read(context->db, context->commune_id, request->arena, &view.book, error) ||
	    !find_unit(&view, agency_id, error) ||
	    !identity_people_of(&scope, &view.book, agency_id, view.day, posts, error) ||
	    !agency_list_aliases(&plan_scope, agency_id, request->arena, aliases, error) ||
	    !load_parts(&view, context, error) || !load_children(&view, request, error))
		return false;
	view.is_today = view.day == context->today;
	view.kind = agency_kind_find(&view.book, view.at->kind);
	view.now = agency_now_text(&view.book, agency_id, context->today);
	view.parent_name =
	    view.at->parent_id != 0 ? agency_name_at(&view.book, view.at->parent_id, view.day) : NULL;
	view.word_state = agency_assign_word(&view.book, view.at, false);
	view.word_party = agency_assign_word(&view.book, view.at, true);
	make_spans(&view);
	make_ties(&view);
	view.layout = app_layout(request, view.at->name);
	view.layout.as_of =
	    arena_printf(request->arena, "Tính đến ngày %s", date_text_vi(request->arena, view.day));
	unit_page(response->body, &view);
	return true;
}

bool
unit_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t agency_id;

	return http_request_param_int(request, "id", &agency_id, error) &&
	       answer(request, response, agency_id, NULL, error);
}

/* The people who went with the unit go back too. */
bool
unit_undo(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyScope scope = people_units_of(request);
	IdentityScope people = people_scope_of(request);
	int64_t agency_id, change_no = people_number(http_request_form_text(request, "so"));
	g_autoptr(DbTxn) txn = NULL;
	const char *problem;

	if (!http_request_param_int(request, "id", &agency_id, error) ||
	    !db_txn_begin(scope.db, &txn, error) || !identity_posts_move_back(&people, change_no, error) ||
	    !agency_undo(&scope, change_no, http_request_form_text(request, "ly-do"), &problem, error))
		return false;
	if (problem == NULL) {
		if (!db_txn_commit(txn, error))
			return false;
		http_response_redirect(
		    response, arena_printf(request->arena, UNITS_PATH "/%" G_GINT64_FORMAT, agency_id));
		return true;
	}
	g_clear_pointer(&txn, db_txn_free);
	response->status = 422;
	return answer(request, response, agency_id, problem, error);
}
