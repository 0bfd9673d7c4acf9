/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_carry.h"
#include "modules/money/money_list.h"
#include "modules/money/pages/move.html.h"
#include "modules/task/task_search.h"

/* Chuyển một khoản sang nhiệm vụ khác: where a new plan split, merged or dropped the task and the program
 * could not know which of its tasks the money belongs to. */

enum { QUERY_PLAN, QUERY_SEARCH, QUERY_MAX };

static const HttpField QUERY[QUERY_MAX] = {
    [QUERY_PLAN] = {"sang", "Sang kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [QUERY_SEARCH] = {"tim", "Tìm", http_valid_text, .max = 200},
};

enum { FORM_PLAN, FORM_TASK, FORM_REASON, FORM_MAX };

static const HttpField FORM[FORM_MAX] = {
    [FORM_PLAN] = {"sang", "Sang kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_TASK] = {"nhiem-vu", "Nhiệm vụ", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_REASON] = {"ly-do", "Lý do", http_valid_text, .max = MONEY_TEXT_CHARACTERS},
};

/* Plans that count and that the visitor may read; the one that came after the entry's own is chosen first. */
static bool
read_plans(const HttpRequest *request, const MoneyScope *scope, const MoneyEntry *entry, GPtrArray *plans,
    MoneyMoveView *view, GError **error)
{
	MoneyPlace place;

	if (!plan_list(scope->db, scope->commune_id, scope->arena, plans, error) ||
	    !money_place(scope, entry->plan_id, entry->task_no, &place, error))
		return false;
	plan_keep_readable(app_context(request)->visitor, plans);
	for (guint i = plans->len; i > 0; i--)
		if (!((const PlanInfo *)g_ptr_array_index(plans, i - 1))->is_current)
			g_ptr_array_remove_index(plans, i - 1);
	if (view->plan_id == 0)
		view->plan_id = place.next_plan_id != 0 ? place.next_plan_id : entry->plan_id;
	for (guint i = 0; i < plans->len; i++)
		if (((const PlanInfo *)g_ptr_array_index(plans, i))->plan_id == view->plan_id)
			return true;
	view->plan_id = plans->len > 0 ? ((const PlanInfo *)g_ptr_array_index(plans, 0))->plan_id : 0;
	return true;
}

static bool
read_tasks(const MoneyScope *scope, MoneyMoveView *view, GPtrArray *tasks, GError **error)
{
	g_autofree char *expression = view->search != NULL ? task_search_expression(view->search) : NULL;
	const PlanScope plan = {scope->db, scope->commune_id, view->plan_id};
	const TaskFilter filter = {.annex_no = TASK_ANY_ANNEX,
	    .agency_id = TASK_ANY_AGENCY,
	    .keys = TASK_KEY_ALL,
	    .expression = expression};
	const TaskPage page = {.order = TASK_ORDER_PLAN, .limit = MONEY_MOVE_TASKS};

	return view->plan_id == 0 ||
	       task_list(&plan, &filter, &page, scope->arena, tasks, &view->has_more, error);
}

/* Reads the entry, and asks whether the visitor may take it away from where it is. */
static bool
find_entry(
    HttpRequest *request, const MoneyScope *scope, MoneyEntry *ret_entry, bool *ret_may, GError **error)
{
	int64_t entry_id;

	return http_request_param_int(request, "id", &entry_id, error) &&
	       money_find(scope, entry_id, ret_entry, error) &&
	       app_access_require(request, APP_READ, &(AppTarget){.plan_id = ret_entry->plan_id}, error) &&
	       money_may_write(request, ret_entry->plan_id, ret_entry->task_no, ret_may, error);
}

static bool
show(HttpRequest *request, HttpResponse *response, const MoneyEntry *entry, MoneyMoveView *view,
    GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	const PlanScope plan = {scope.db, scope.commune_id, entry->plan_id};
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();

	if (!task_load(&plan, entry->task_no, request->arena, &view->task, error) ||
	    !read_plans(request, &scope, entry, plans, view, error) ||
	    !read_tasks(&scope, view, tasks, error))
		return false;
	view->arena = request->arena;
	view->entry = entry;
	view->plans = plans;
	view->tasks = tasks;
	view->amount = money_text(request->arena, entry->amount);
	view->url = arena_printf(request->arena, MONEY_PATH "/chuyen/%" G_GINT64_FORMAT, entry->entry_id);
	view->task_url = arena_printf(request->arena,
	    MONEY_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT, entry->task_no, entry->plan_id);
	money_fill_layout(request, "Chuyển khoản kinh phí", &view->layout);
	money_move_page(response->body, view);
	return true;
}

static const char NOT_YOURS[] =
    "Chỉ cơ quan thường trực và đơn vị chủ trì của cả hai nhiệm vụ mới chuyển được khoản kinh phí.";

bool
money_move_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	MoneyMoveView view = {0};
	HttpValue values[QUERY_MAX];
	MoneyEntry entry;
	bool may;

	if (!http_query_parse(QUERY, QUERY_MAX, request, values, error) ||
	    !find_entry(request, &scope, &entry, &may, error))
		return false;
	view.plan_id = values[QUERY_PLAN].number;
	view.search = values[QUERY_SEARCH].is_set ? values[QUERY_SEARCH].text : NULL;
	view.problem = may ? NULL : NOT_YOURS;
	return show(request, response, &entry, &view, error);
}

/* What the form asks for; *ret_problem: why it cannot be. */
static bool
move(HttpRequest *request, const MoneyScope *scope, const MoneyEntry *entry, MoneyMoveView *view,
    const char **ret_problem, GError **error)
{
	bool may = false;

	if (view->plan_id == 0 || view->task_no == 0) {
		*ret_problem = "Hãy chọn nhiệm vụ để chuyển khoản này sang.";
		return true;
	}
	if (!app_access_require(request, APP_READ, &(AppTarget){.plan_id = view->plan_id}, error) ||
	    !money_may_write(request, view->plan_id, view->task_no, &may, error))
		return false;
	if (!may) {
		*ret_problem = NOT_YOURS;
		return true;
	}
	return money_move(
	    scope, entry->entry_id, view->plan_id, view->task_no, view->reason, ret_problem, error);
}

bool
money_post_move(HttpRequest *request, HttpResponse *response, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	g_autoptr(GError) wrong = NULL;
	HttpValue values[FORM_MAX] = {0};
	MoneyMoveView view = {0};
	MoneyEntry entry;
	bool may;

	if (!find_entry(request, &scope, &entry, &may, error))
		return false;
	if (!http_form_parse(FORM, FORM_MAX, request, values, &wrong))
		view.problem = request->problem;
	else if (!may)
		view.problem = NOT_YOURS;
	view.plan_id = values[FORM_PLAN].number;
	view.task_no = values[FORM_TASK].number;
	view.reason = http_request_form(request, "ly-do");
	view.search = http_request_form(request, "tim");
	if (view.problem == NULL && !move(request, &scope, &entry, &view, &view.problem, error))
		return false;
	if (view.problem != NULL) {
		response->status = 422;
		return show(request, response, &entry, &view, error);
	}
	http_response_redirect(response,
	    arena_printf(request->arena, MONEY_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
		view.task_no, view.plan_id));
	return true;
}
