/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"
#include "http/query.h"
#include "modules/assignment/assignment_pages.h"
#include "modules/assignment/assignment_suggest.h"
#include "modules/assignment/pages/assignment.html.h"
#include "modules/work/work_scope.h"
#include "modules/work/work_tell.h"

#include <string.h>

enum { KEY_AFTER, KEY_SUGGEST, KEY_GIVEN, KEY_MAX };

static const char *const SUGGEST_WORDS[] = {"chon", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_AFTER] = {"sau", "Vị trí", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_SUGGEST] = {"goi-y", "Gợi ý", http_valid_word, .words = SUGGEST_WORDS},
    [KEY_GIVEN] = {"da-giao", "Đã giao", http_valid_int, .min = 1, .max = ASSIGNMENT_ROWS},
};

bool
assignment_begin(HttpRequest *request, AssignmentView *view, bool *ret_suggests, GError **error)
{
	HttpValue values[KEY_MAX];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_NONE, "Giao việc cả kế hoạch", &view->page, error))
		return false;
	view->after = values[KEY_AFTER].number;
	view->n_given = values[KEY_GIVEN].number;
	*ret_suggests = values[KEY_SUGGEST].is_set;
	return true;
}

static int
compare_units(gconstpointer a, gconstpointer b)
{
	const AssignmentUnit *first = a, *second = b;

	return first->is_asked != second->is_asked ? first->is_asked - second->is_asked
						   : g_utf8_collate(first->name, second->name);
}

static void
list_units(const AgencyBook *book, AssignmentView *view)
{
	int32_t today = view->page.today;
	AssignmentUnit *units = arena_array(view->page.arena, AssignmentUnit, book->n_units + 1);
	size_t n = 0;

	for (size_t i = 0; i < book->n_units; i++) {
		const AgencyUnit *unit = &book->units[i];
		int64_t id = unit->agency_id;

		if (agency_lives(unit, today) && !agency_at(unit, today)->is_generic)
			units[n++] = (AssignmentUnit){id, agency_name_at(book, id, today),
			    work_agency_is_asked(book, id, today, false)};
	}
	qsort(units, n, sizeof *units, compare_units);
	view->units = units;
	view->n_units = n;
}

/* What somebody has chosen or typed for a task; what is proposed, where that is asked for. */
static AssignmentRow
make_row(const HttpRequest *request, const AgencyBook *book, const WorkUnassigned *task,
    const AssignmentSuggestion *suggestion, int32_t today, bool suggests)
{
	const char *agency = http_request_form(
	    request, arena_printf(request->arena, "don-vi-%" G_GINT64_FORMAT, task->task_no));
	const char *due =
	    http_request_form(request, arena_printf(request->arena, "han-%" G_GINT64_FORMAT, task->task_no));
	AssignmentRow row = {.task = task, .due = due != NULL ? due : "", .reason = suggestion->reason};

	if (suggestion->agency_id != 0)
		row.suggested = agency_name_at(book, suggestion->agency_id, today);
	if (agency != NULL)
		row.agency_id = g_ascii_strtoll(agency, NULL, 10);
	else if (suggests)
		row.agency_id = suggestion->agency_id;
	return row;
}

static void
fill_links(AssignmentView *view, bool has_more)
{
	const PlanPage *page = &view->page;

	if (view->after > 0)
		view->first_url = plan_page_link(page, ASSIGNMENT_PATH, NULL);
	if (has_more)
		view->next_url = plan_page_link(page, ASSIGNMENT_PATH, "sau=%" G_GINT64_FORMAT,
		    view->rows[view->n_rows - 1].task->task_no);
	if (view->has_suggestions && view->may_assign)
		view->suggest_url =
		    plan_page_link(page, ASSIGNMENT_PATH, "sau=%" G_GINT64_FORMAT "&goi-y=chon", view->after);
}

bool
assignment_fill(HttpRequest *request, AssignmentView *view, bool suggests, GError **error)
{
	const WorkScope scope = work_scope_of(request);
	const PlanScope *plan = &view->page.scope;
	const char *common_due = http_request_form(request, "han-chung");
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	AssignmentSuggestion *suggestions;
	AgencyBook book;
	AppAnswer answer;
	bool has_more;

	if (!work_list_unassigned(&scope, plan->plan_id, view->after, ASSIGNMENT_ROWS + 1, tasks, error) ||
	    !work_count_unassigned(&scope, plan->plan_id, &view->n_all, error) ||
	    !agency_book_read(plan->db, plan->commune_id, request->arena, &book, error) ||
	    !app_access(request, APP_OPERATE, &(AppTarget){.plan_id = plan->plan_id}, &answer, error))
		return false;
	has_more = tasks->len > ASSIGNMENT_ROWS;
	g_ptr_array_set_size(tasks, (int)MIN(tasks->len, ASSIGNMENT_ROWS));
	if (!assignment_suggest(plan, &book, view->page.today, tasks, request->arena, &suggestions, error))
		return false;
	view->rows = arena_array(request->arena, AssignmentRow, tasks->len + 1);
	view->n_rows = tasks->len;
	for (guint i = 0; i < tasks->len; i++) {
		view->rows[i] = make_row(
		    request, &book, g_ptr_array_index(tasks, i), &suggestions[i], view->page.today, suggests);
		view->has_suggestions = view->has_suggestions || view->rows[i].suggested != NULL;
	}
	list_units(&book, view);
	view->common_due = common_due != NULL ? common_due : "";
	view->may_assign = answer.is_allowed;
	fill_links(view, has_more);
	return true;
}

bool
assignment_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	AssignmentView view = {0};
	bool suggests;

	if (!assignment_begin(request, &view, &suggests, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!assignment_fill(request, &view, suggests, error))
		return false;
	assignment_page(response->body, &view);
	return true;
}
