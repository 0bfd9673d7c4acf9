/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/overview/agency_pages.h"
#include "modules/overview/overview_pages.h"
#include "modules/overview/pages/agencies.html.h"

static bool
find_part(AgencyView *view, int64_t agency_id, GError **error)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();

	if (!agency_list(&view->page.scope, view->page.arena, parts, error))
		return false;
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = g_ptr_array_index(parts, i);

		if (part->agency_id == agency_id) {
			view->part = *part;
			return true;
		}
	}
	g_set_error(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "no agency %" G_GINT64_FORMAT " in this plan", agency_id);
	return false;
}

static TaskFilter
filter_of(const AgencyView *view, AgencyRole role)
{
	return (TaskFilter){.annex_no = TASK_ANY_ANNEX,
	    .agency_id = view->part.agency_id,
	    .role = role,
	    .keys = TASK_KEY_ALL};
}

static bool
load_tasks(AgencyView *view, AgencyRole role, AgencyTasks *list, GError **error)
{
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	const TaskFilter filter = filter_of(view, role);
	const TaskPage range = {.order = TASK_ORDER_STATE, .limit = AGENCY_ROWS};
	bool has_more;

	if (!task_list(&view->page.scope, &filter, &range, view->page.arena, tasks, &has_more, error))
		return false;
	list->rows = task_rows_make(&view->page, tasks);
	list->n_rows = tasks->len;
	return true;
}

static bool
load_states(AgencyView *view, GError **error)
{
	const TaskFilter filter = filter_of(view, AGENCY_ROLE_LEAD);
	int64_t counts[TASK_STATE_MAX];

	if (!task_count_states(&view->page.scope, &filter, view->page.today,
		&(TaskSettings){view->page.soon_days}, counts, error))
		return false;
	overview_make_segments(counts, view->segments);
	for (TaskStateKind state = 0; state < TASK_STATE_MAX; state++)
		view->figures[state] = (PartFigure){.kind = task_state_look(state),
		    .label = task_state_title(state),
		    .value = counts[state],
		    .of = -1,
		    .url =
			plan_page_link(&view->page, "/nhiem-vu", "co-quan=%" G_GINT64_FORMAT "&tinh-trang=%s",
			    view->part.agency_id, task_state_slug(state))};
	return true;
}

static const char *
targets_text(const AgencyView *view, const Indicator *indicator)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);

		g_string_append(text, text->len > 0 ? "; " : "");
		if (target->year > 0)
			g_string_append_printf(text, "%d: ", target->year);
		indicator_append_target(target, indicator->unit, text);
	}
	return plan_page_keep(&view->page, text);
}

static bool
load_indicators(AgencyView *view, AgencyRole role, AgencyIndicators *list, GError **error)
{
	g_autoptr(GPtrArray) indicators = g_ptr_array_new();
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	const PlanPage *page = &view->page;
	const IndicatorFilter filter = {.annex_no = INDICATOR_ANY_ANNEX,
	    .agency_id = view->part.agency_id,
	    .role = role,
	    .limit = AGENCY_ROWS};

	if (!indicator_list(&page->scope, &filter, page->arena, indicators, targets, error))
		return false;
	list->rows = arena_array(page->arena, AgencyIndicator, indicators->len + 1);
	list->n_rows = indicators->len;
	for (guint i = 0; i < indicators->len; i++) {
		const Indicator *indicator = g_ptr_array_index(indicators, i);

		list->rows[i] = (AgencyIndicator){indicator->name, targets_text(view, indicator),
		    plan_page_link(page,
			arena_printf(page->arena, "/chi-tieu/%" G_GINT64_FORMAT, indicator->indicator_no),
			NULL)};
	}
	return true;
}

static bool
load_duties(AgencyView *view, GError **error)
{
	g_autoptr(GPtrArray) duties = g_ptr_array_new();
	const PlanPage *page = &view->page;

	if (!agency_list_duties(&page->scope, view->part.agency_id, page->arena, duties, error))
		return false;
	view->duties = arena_array(page->arena, const AgencyDuty *, duties->len + 1);
	view->duty_urls = arena_array(page->arena, const char *, duties->len + 1);
	view->n_duties = duties->len;
	for (guint i = 0; i < duties->len; i++) {
		view->duties[i] = g_ptr_array_index(duties, i);
		view->duty_urls[i] =
		    plan_page_link(page, "/van-ban", "muc=%s", plan_page_encode(page, view->duties[i]->item));
	}
	return true;
}

static bool
load_aliases(AgencyView *view, GError **error)
{
	g_autoptr(GPtrArray) aliases = g_ptr_array_new();

	if (!agency_list_aliases(&view->page.scope, view->part.agency_id, view->page.arena, aliases, error))
		return false;
	view->aliases = arena_array(view->page.arena, const char *, aliases->len + 1);
	view->n_aliases = aliases->len;
	for (guint i = 0; i < aliases->len; i++)
		view->aliases[i] = g_ptr_array_index(aliases, i);
	return true;
}

bool
overview_agency_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyView view = {0};
	int64_t agency_id;

	if (!http_request_param_int(request, "id", &agency_id, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_AGENCIES, "Cơ quan", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	view.may_explain = app_visitor_may(app_context(request)->visitor, APP_EXPLAIN);
	if (!find_part(&view, agency_id, error) || !load_states(&view, error) ||
	    !load_tasks(&view, AGENCY_ROLE_LEAD, &view.lead, error) ||
	    !load_tasks(&view, AGENCY_ROLE_COORDINATING, &view.coordinating, error) ||
	    !load_indicators(&view, AGENCY_ROLE_LEAD, &view.lead_indicators, error) ||
	    !load_indicators(&view, AGENCY_ROLE_COORDINATING, &view.coordinating_indicators, error) ||
	    !load_duties(&view, error) || !load_aliases(&view, error))
		return false;
	view.page.layout.title = view.part.name;
	view.links = agency_links_make(&view.page, agency_id);
	if (!task_show_age(&view.page, app_context(request)->now_us, error))
		return false;
	agency_page(response->body, &view);
	return true;
}
