/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_clear.h"

static const char *
text_or_null(const char *text)
{
	return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
deadline_gap(const Task *task)
{
	switch (task->deadline.kind) {
	case PLAN_DEADLINE_ONCE:
	case PLAN_DEADLINE_RECURRING:
		return NULL;
	case PLAN_DEADLINE_CONTINUOUS:
		return "Ghi \"thường xuyên\" nhưng không có mốc để kiểm đếm.";
	case PLAN_DEADLINE_CONDITIONAL:
		return "Chỉ nêu điều kiện, chưa có ngày cụ thể.";
	case PLAN_DEADLINE_NONE:
	case PLAN_DEADLINE_MAX:
		break;
	}
	return "Kế hoạch chưa ghi thời hạn.";
}

static const char *
lead_gap(const Task *task)
{
	if (*task_lead_text(task) == '\0')
		return "Kế hoạch chưa ghi cơ quan chủ trì.";
	if (task->lead_count == 0)
		return "Chỉ ghi chung, chưa rõ cơ quan cụ thể.";
	return task->lead_count > 1 ? "Nhiều cơ quan cùng chủ trì, chưa rõ ai chịu trách nhiệm chính." : NULL;
}

void
task_clears(const Task *task, Arena *arena, TaskClear ret_clears[TASK_CLEAR_MAX])
{
	const char *coordinating = text_or_null(task->coordinating), *output = text_or_null(task->output);
	const char *deadline = task_deadline_text(task, arena);
	bool is_given = deadline != NULL && *task->deadline_raw == '\0';

	ret_clears[TASK_CLEAR_WHO] =
	    (TaskClear){"Rõ người", text_or_null(task_lead_text(task)), lead_gap(task)};
	ret_clears[TASK_CLEAR_WHAT] = (TaskClear){"Rõ việc", text_or_null(task->name), NULL};
	ret_clears[TASK_CLEAR_RESPONSIBILITY] = (TaskClear){"Rõ trách nhiệm", coordinating,
	    coordinating == NULL ? "Kế hoạch chưa ghi cơ quan phối hợp." : NULL};
	ret_clears[TASK_CLEAR_WHEN] =
	    (TaskClear){"Rõ thời gian", deadline, is_given ? NULL : deadline_gap(task)};
	ret_clears[TASK_CLEAR_RESULT] = (TaskClear){
	    "Rõ kết quả", output, output == NULL ? "Kế hoạch chưa ghi sản phẩm, kết quả phải đạt." : NULL};
}

int
task_clear_count(const TaskClear clears[TASK_CLEAR_MAX])
{
	int n = 0;

	for (int kind = 0; kind < TASK_CLEAR_MAX; kind++)
		n += clears[kind].gap == NULL;
	return n;
}
