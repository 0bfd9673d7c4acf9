/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_card.h"

#include "app/module.h"
#include "http/router.h"
#include "modules/evidence/evidence.h"
#include "modules/task/pages/card.html.h"
#include "modules/task/task_list_page.h"

static const char *
card_url(const PlanPage *page, int64_t task_no)
{
	return plan_page_link(page, arena_printf(page->arena, "/nhiem-vu/%" G_GINT64_FORMAT, task_no), NULL);
}

static bool
load_agencies(TaskCardView *view, GError **error)
{
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	const PlanPage *page = &view->page;

	if (!task_list_agencies(&page->scope, view->task.task_no, page->arena, agencies, error))
		return false;
	view->agencies = arena_array(page->arena, TaskCardAgency, agencies->len + 1);
	view->n_agencies = agencies->len;
	for (guint i = 0; i < agencies->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(agencies, i);

		view->agencies[i] = (TaskCardAgency){
		    .role = agency->role == AGENCY_ROLE_LEAD ? "Chủ trì" : "Phối hợp",
		    .name = agency->printed,
		    .url = plan_page_link(page,
			arena_printf(page->arena, "/co-quan/%" G_GINT64_FORMAT, agency->agency_id), NULL),
		};
	}
	return true;
}

static bool
load_evidence(HttpRequest *request, TaskCardView *view, GError **error)
{
	const EvidenceObject object = {
	    EVIDENCE_OBJECT_TASK, arena_printf(request->arena, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
				      view->page.scope.plan_id, view->task.task_no)};

	return evidence_panel_load(request, &object, &view->evidence, error);
}

void
task_card_panels(GString *out, const TaskCardView *view)
{
	g_string_append_len(out, view->panels->str, (gssize)view->panels->len);
}

static bool
load_panels(const HttpRequest *request, const TaskCardView *view, GString *panels, GError **error)
{
	const char *object = arena_printf(request->arena, "task/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
	    view->page.scope.plan_id, view->task.task_no);

	return app_panels_write(request, object, panels, error);
}

bool
task_card_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GString) panels = g_string_new(NULL);
	TaskCardView view = {.panels = panels};
	int64_t task_no;

	if (!http_request_param_int(request, "id", &task_no, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_TASKS, "Phiếu nhiệm vụ", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!task_load(&view.page.scope, task_no, request->arena, &view.task, error))
		return false;
	task_row_fill(&view.page, &view.task, &view.row);
	task_clears(&view.task, request->arena, view.clears);
	view.n_clear = task_clear_count(view.clears);
	view.may_explain = app_visitor_may(app_context(request)->visitor, APP_EXPLAIN);
	view.list_url = plan_page_link(&view.page, "/nhiem-vu", NULL);
	if (task_no > 1)
		view.previous_url = card_url(&view.page, task_no - 1);
	if (task_no < view.page.plan->counts.tasks)
		view.next_url = card_url(&view.page, task_no + 1);
	if (!plan_item_heading(&view.page, view.task.annex_no, view.task.group_no, view.task.section_title,
		&view.heading, error) ||
	    !load_agencies(&view, error) || !load_evidence(request, &view, error) ||
	    !plan_line_card_load(&view.page, PLAN_LINE_TASK, task_no, "/nhiem-vu",
		app_context(request)->visitor, &view.line, error) ||
	    !link_panel_load(&view.page, true, task_no, &view.links, error) ||
	    !plan_item_source(&view.page, view.task.item, &view.source, error) ||
	    !load_panels(request, &view, panels, error) ||
	    !task_show_age(&view.page, app_context(request)->now_us, error))
		return false;
	task_card_page(response->body, &view);
	return true;
}
