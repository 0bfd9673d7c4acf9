/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_list_page.h"

#include "html/assets_urls.h"
#include "modules/task/pages/list.html.h"

/* A bullet of the text stands under the heading of its section. */
static void
open_section(Arena *arena, const TaskRow *previous, TaskRow *row)
{
	const char *title = row->task->section_title;
	PlanGroupInfo *heading;

	if (row->task->group_no != 0 || title == NULL ||
	    (previous != NULL && g_strcmp0(previous->task->section_title, title) == 0))
		return;
	heading = arena_new0(arena, PlanGroupInfo);
	heading->title = row->task->section_title;
	row->groups[row->n_groups++] = heading;
}

static bool
load_groups(TaskListView *view, GError **error)
{
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	int64_t first = INT64_MAX, last = 0;

	for (size_t i = 0; i < view->n_rows; i++) {
		int64_t group_no = view->rows[i].task->group_no;

		first = group_no > 0 ? MIN(first, group_no) : first;
		last = MAX(last, group_no);
	}
	if (!plan_list_groups_above(&view->page, first, last, groups, error))
		return false;
	for (size_t i = 0; i < view->n_rows; i++) {
		TaskRow *row = &view->rows[i];

		row->opens_annex = i == 0 || row->task->annex_no != row[-1].task->annex_no;
		row->n_groups = plan_open_groups(
		    groups, row->task->group_no, i == 0 ? 0 : row[-1].task->group_no, row->groups);
		open_section(view->page.arena, i == 0 ? NULL : &row[-1], row);
	}
	return true;
}

static const char *
page_url(const TaskListView *view, const char *param, int64_t task_no, int64_t position)
{
	Arena *arena = view->page.arena;
	const LinkParam changes[] = {
	    {param, arena_printf(arena, "%" G_GINT64_FORMAT, task_no)},
	    {"tu", position > 1 ? arena_printf(arena, "%" G_GINT64_FORMAT, position) : NULL},
	};

	return link_with(arena, &view->base, changes, G_N_ELEMENTS(changes));
}

static void
make_pager(TaskListView *view, bool has_more)
{
	int64_t first =
	    view->values[TASK_PARAM_POSITION].is_set ? view->values[TASK_PARAM_POSITION].number : 1;
	int64_t n = (int64_t)view->n_rows;
	bool is_first = view->range.is_back ? !has_more : view->range.after == 0;
	bool is_last = view->range.is_back ? view->range.after == 0 : !has_more;

	if (is_first)
		first = 1;
	else if (view->range.is_back && view->range.after == 0)
		first = MAX(1, view->total - n + 1);
	view->pager = (PartPager){.noun = "nhiệm vụ", .total = view->total};
	if (n == 0)
		return;
	view->pager.first = first;
	view->pager.last = first + n - 1;
	if (!is_first) {
		view->pager.first_url = link_with(view->page.arena, &view->base, NULL, 0);
		view->pager.previous_url =
		    page_url(view, "truoc", view->rows[0].task->task_no, MAX(1, first - view->range.limit));
	}
	if (!is_last) {
		view->pager.next_url = page_url(view, "sau", view->rows[n - 1].task->task_no, first + n);
		view->pager.last_url = page_url(view, "truoc", 0, 1);
	}
}

static void
make_sorts(TaskListView *view)
{
	Arena *arena = view->page.arena;

	view->by_number = part_sort_make(arena, &view->base, "xep", NULL, "so", "Số");
	view->by_lead = part_sort_make(arena, &view->base, "xep", NULL, "co-quan", "Chủ trì");
	view->by_due = part_sort_make(arena, &view->base, "xep", NULL, "thoi-han", "Thời hạn");
	view->by_state = part_sort_make(arena, &view->base, "xep", NULL, "tinh-trang", "Tình trạng");
}

static bool
is_whole_plan(const TaskFilter *filter)
{
	return filter->annex_no == TASK_ANY_ANNEX && filter->agency_id == TASK_ANY_AGENCY &&
	       filter->keys.from == TASK_KEY_MIN && filter->keys.to == INT32_MAX && filter->states == NULL &&
	       filter->units == NULL && filter->expression == NULL;
}

/* The plan knows how many tasks it has; a filter's are added up from the stored counts. */
static bool
count_rows(TaskListView *view, GError **error)
{
	if (!is_whole_plan(&view->filter))
		return task_count(&view->page.scope, &view->filter, &view->total, error);
	view->total = view->page.plan->counts.tasks;
	return true;
}

static bool
load_rows(TaskListView *view, GError **error)
{
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	bool has_more;

	if (!count_rows(view, error) || !task_list(&view->page.scope, &view->filter, &view->range,
					    view->page.arena, tasks, &has_more, error))
		return false;
	view->rows = task_rows_make(&view->page, tasks);
	view->n_rows = tasks->len;
	make_pager(view, has_more);
	make_sorts(view);
	return view->range.order != TASK_ORDER_PLAN || load_groups(view, error);
}

bool
task_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	TaskListView view = {.agencies = agencies};

	if (!plan_page_begin(request, LAYOUT_NAV_TASKS, "Nhiệm vụ", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!task_list_read(request, &view, error))
		return false;
	if (request->format == HTTP_CSV)
		return task_export_csv(&view, response, error);
	if (request->format == HTTP_JSON)
		return task_export_json(&view, response, error);
	if (!load_rows(&view, error) || !task_show_age(&view.page, app_context(request)->now_us, error))
		return false;
	view.page.layout.script = ASSET_WORK_JS;
	view.exports = plan_page_exports(&view.page, &view.base);
	task_list_page(response->body, &view);
	return true;
}
