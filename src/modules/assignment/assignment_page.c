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

/* What somebody has chosen and typed for a task. */
static AssignmentRow
read_row(const HttpRequest *request, const WorkUnassigned *task)
{
	const char *agency = http_request_form(
	    request, arena_printf(request->arena, "don-vi-%" G_GINT64_FORMAT, task->task_no));
	const char *due =
	    http_request_form(request, arena_printf(request->arena, "han-%" G_GINT64_FORMAT, task->task_no));

	return (AssignmentRow){.task = task,
	    .agency_id = agency != NULL ? g_ascii_strtoll(agency, NULL, 10) : 0,
	    .due = due != NULL ? due : ""};
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
}

bool
assignment_fill(HttpRequest *request, AssignmentView *view, GError **error)
{
	const WorkScope scope = work_scope_of(request);
	const PlanScope *plan = &view->page.scope;
	const char *common_due = http_request_form(request, "han-chung");
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();

	if (!work_list_unassigned(&scope, plan->plan_id, view->after, ASSIGNMENT_ROWS + 1, tasks, error))
		return false;
	view->n_rows = MIN(tasks->len, ASSIGNMENT_ROWS);
	view->rows = arena_array(request->arena, AssignmentRow, view->n_rows + 1);
	for (size_t i = 0; i < view->n_rows; i++)
		view->rows[i] = read_row(request, g_ptr_array_index(tasks, i));
	view->common_due = common_due != NULL ? common_due : "";
	fill_links(view, tasks->len > ASSIGNMENT_ROWS);
	return true;
}

/* Says of each row which unit might lead it; `chooses`: it is chosen, too. */
static bool
propose(AssignmentView *view, const AgencyBook *book, bool chooses, GError **error)
{
	const PlanPage *page = &view->page;
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	AssignmentSuggestion *suggestions;
	bool has_any = false;

	for (size_t i = 0; i < view->n_rows; i++)
		g_ptr_array_add(tasks, (gpointer)(uintptr_t)view->rows[i].task);
	if (!assignment_suggest(&page->scope, book, page->today, tasks, page->arena, &suggestions, error))
		return false;
	for (size_t i = 0; i < view->n_rows; i++) {
		AssignmentRow *row = &view->rows[i];

		if (suggestions[i].agency_id == 0)
			continue;
		has_any = true;
		row->suggested = agency_name_at(book, suggestions[i].agency_id, page->today);
		row->reason = suggestions[i].reason;
		if (chooses)
			row->agency_id = suggestions[i].agency_id;
	}
	if (has_any && view->may_assign)
		view->suggest_url =
		    plan_page_link(page, ASSIGNMENT_PATH, "sau=%" G_GINT64_FORMAT "&goi-y=chon", view->after);
	return true;
}

bool
assignment_answer(
    HttpRequest *request, AssignmentView *view, bool suggests, HttpResponse *response, GError **error)
{
	const WorkScope scope = work_scope_of(request);
	const PlanScope *plan = &view->page.scope;
	AgencyBook book;
	AppAnswer answer;

	if (!work_count_unassigned(&scope, plan->plan_id, &view->n_all, error) ||
	    !agency_book_read(plan->db, plan->commune_id, request->arena, &book, error) ||
	    !app_access(request, APP_OPERATE, &(AppTarget){.plan_id = plan->plan_id}, &answer, error))
		return false;
	view->may_assign = answer.is_allowed;
	list_units(&book, view);
	if (!propose(view, &book, suggests, error))
		return false;
	assignment_page(response->body, view);
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
	return assignment_fill(request, &view, error) &&
	       assignment_answer(request, &view, suggests, response, error);
}
