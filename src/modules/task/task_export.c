/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/task/task_list_page.h"

#define ROWS_PER_STEP 1000

typedef void (*WriteTask)(const TaskListView *view, const Task *task, void *data);

/* Walks all rows of a filter in the order of the list, some at a time. */
static bool
each_task(const TaskListView *view, WriteTask write, void *data, GError **error)
{
	TaskPage range = {
	    .order = view->range.order, .is_descending = view->range.is_descending, .limit = ROWS_PER_STEP};
	bool has_more = true;

	while (has_more) {
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(GPtrArray) tasks = g_ptr_array_new();

		if (!task_list(&view->page.scope, &view->filter, &range, arena, tasks, &has_more, error))
			return false;
		for (guint i = 0; i < tasks->len; i++)
			write(view, g_ptr_array_index(tasks, i), data);
		if (tasks->len > 0)
			range.after = ((const Task *)g_ptr_array_index(tasks, tasks->len - 1))->task_no;
	}
	return true;
}

static TaskState
state_of(const TaskListView *view, const Task *task)
{
	return task_state(
	    &task->deadline, &task->progress, view->page.today, &(TaskSettings){view->page.soon_days});
}

static const char *
annex_label(const TaskListView *view, const Task *task)
{
	const PlanAnnexInfo *annex = plan_page_annex(&view->page, task->annex_no);

	return annex != NULL ? annex->label : NULL;
}

static void
write_csv_row(const TaskListView *view, const Task *task, void *data)
{
	GString *out = data;
	TaskState state = state_of(view, task);
	g_autoptr(GString) described = g_string_new(NULL);
	char due[DATE_ISO_SIZE];

	date_format_vi(task->deadline.due, due);
	task_state_describe(state, described);
	csv_text(out, annex_label(view, task));
	csv_text(out, task->no);
	csv_text(out, task->name);
	csv_text(out, task_lead_text(task));
	csv_text(out, task->coordinating);
	csv_text(out, task->output);
	csv_text(out, task->deadline_raw);
	csv_text(out, due);
	csv_text(out, task_state_title(state.kind));
	csv_text(out, described->str);
	csv_int(out, task->confidence);
	csv_end_line(out);
}

bool
task_export_csv(const TaskListView *view, HttpResponse *response, GError **error)
{
	static const char *const HEADS[] = {"Phụ lục", "Số", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm",
	    "Thời hạn", "Ngày đến hạn", "Tình trạng", "Diễn giải", "Độ tin cậy (%)"};

	http_csv_begin(response, "nhiem-vu.csv", HEADS, G_N_ELEMENTS(HEADS));
	return each_task(view, write_csv_row, response->body, error);
}

static void
write_json_row(const TaskListView *view, const Task *task, void *data)
{
	JsonWriter *json = data;
	TaskState state = state_of(view, task);
	g_autoptr(GString) described = g_string_new(NULL);

	task_state_describe(state, described);
	json_begin_object(json);
	json_key_int(json, "id", task->task_no);
	json_key_string(json, "annex", annex_label(view, task));
	json_key_string(json, "no", task->no);
	json_key_string(json, "name", task->name);
	json_key_string(json, "lead", task->lead);
	json_key_string(json, "given_lead", task->given_lead);
	json_key_string(json, "coordinating", task->coordinating);
	json_key_string(json, "output", task->output);
	json_key_string(json, "deadline_raw", task->deadline_raw);
	json_key_string(json, "deadline_kind", plan_deadline_kind_name(task->deadline.kind));
	json_key_day(json, "due", task->deadline.due);
	json_key_day(json, "next", state.kind == TASK_STATE_RECURRING ? state.next_day : DATE_NONE);
	json_key_string(json, "state", task_state_slug(state.kind));
	json_key_int(json, "days", state.days);
	json_key_string(json, "state_text", described->str);
	json_key(json, "percent");
	if (task->progress.percent >= 0)
		json_int(json, task->progress.percent);
	else
		json_null(json);
	json_key_int(json, "units", task->progress.n_pieces);
	json_key_int(json, "units_done", task->progress.n_done);
	json_key_int(json, "confidence", task->confidence);
	json_end_object(json);
}

bool
task_export_json(const TaskListView *view, HttpResponse *response, GError **error)
{
	int64_t total;
	JsonWriter json;

	if (!task_count(&view->page.scope, &view->filter, &total, error))
		return false;
	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "plan", view->page.layout.plan_label);
	json_key_int(&json, "total", total);
	json_key(&json, "tasks");
	json_begin_array(&json);
	if (!each_task(view, write_json_row, &json, error))
		return false;
	json_end_array(&json);
	json_end_object(&json);
	return true;
}
