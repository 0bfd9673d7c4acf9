/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_view.h"

#include "app/plan_access.h"
#include "http/query.h"

bool
task_find_named(HttpRequest *request, int64_t *ret_plan_id, int64_t *ret_task_no, GError **error)
{
	static const HttpField FIELD = {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32};
	HttpValue plan;

	if (!http_request_param_int(request, "id", ret_task_no, error) ||
	    !http_query_parse(&FIELD, 1, request, &plan, error))
		return false;
	*ret_plan_id = plan.is_set ? plan.number : 1;
	return app_access_require(request, APP_READ, &(AppTarget){.plan_id = *ret_plan_id}, error);
}

const char *
task_state_look(TaskStateKind state)
{
	static const char *const LOOKS[TASK_STATE_MAX] = {
	    [TASK_STATE_OVERDUE] = "late",
	    [TASK_STATE_SOON] = "soon",
	    [TASK_STATE_EXTENDED] = "soon",
	    [TASK_STATE_ON_TIME] = "run",
	    [TASK_STATE_WAITING] = "run",
	    [TASK_STATE_DONE] = "ok",
	    [TASK_STATE_DONE_LATE] = "ok",
	    [TASK_STATE_PAUSED] = "idle",
	    [TASK_STATE_CANCELLED] = "idle",
	    [TASK_STATE_CONDITIONAL] = "idle",
	    [TASK_STATE_NO_DEADLINE] = "idle",
	    [TASK_STATE_RECURRING] = "run",
	    [TASK_STATE_CONTINUOUS] = "run",
	};

	g_return_val_if_fail(state < TASK_STATE_MAX, "idle");
	return LOOKS[state];
}

const char *
task_row_look(const TaskState *state)
{
	bool is_periodic = state->kind == TASK_STATE_RECURRING || state->kind == TASK_STATE_CONTINUOUS;

	if (is_periodic && state->days > 0)
		return "late";
	if (is_periodic && state->progress.stage == TASK_STAGE_DONE)
		return "ok";
	if (state->kind == TASK_STATE_ON_TIME && state->progress.stage == TASK_STAGE_NOT_STARTED)
		return "idle";
	return task_state_look(state->kind);
}

static const char *
code_of(const PlanPage *page, const Task *task, const PlanAnnexInfo *annex)
{
	if (task->no == NULL)
		return "";
	return annex != NULL ? arena_printf(page->arena, "%s.%s", annex->label, task->no) : task->no;
}

void
task_row_fill(const PlanPage *page, const Task *task, TaskRow *ret_row)
{
	g_autoptr(GString) text = g_string_new(NULL);

	*ret_row = (TaskRow){
	    .task = task,
	    .state =
		task_state(&task->deadline, &task->progress, page->today, &(TaskSettings){page->soon_days}),
	    .annex = plan_page_annex(page, task->annex_no),
	};
	task_state_describe(ret_row->state, text);
	ret_row->state_text = plan_page_keep(page, text);
	ret_row->state_look = task_row_look(&ret_row->state);
	if (task->progress.n_pieces > 1 && ret_row->state.kind < TASK_STATE_RECURRING)
		ret_row->units_text = arena_printf(
		    page->arena, "%d trên %d đơn vị đã xong", task->progress.n_done, task->progress.n_pieces);
	ret_row->code = code_of(page, task, ret_row->annex);
	ret_row->url = plan_page_link(
	    page, arena_printf(page->arena, "/nhiem-vu/%" G_GINT64_FORMAT, task->task_no), NULL);
	ret_row->deadline = task_deadline_text(task, page->arena);
	if (ret_row->deadline == NULL)
		ret_row->deadline = "Chưa ghi";
}

TaskRow *
task_rows_make(const PlanPage *page, const GPtrArray *tasks)
{
	TaskRow *rows = arena_array(page->arena, TaskRow, tasks->len + 1);

	for (guint i = 0; i < tasks->len; i++)
		task_row_fill(page, g_ptr_array_index(tasks, i), &rows[i]);
	return rows;
}
