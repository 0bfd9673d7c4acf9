/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_state.h"

#include <string.h>

/* Places above every day number (31/12/9999 is day 2,932,896). */
#define KEY_CONDITIONAL 3000000
#define KEY_NONE 3000001
#define KEY_RECURRING 3000010 /* plus the period */
#define KEY_CONTINUOUS 3000030

G_STATIC_ASSERT(KEY_RECURRING + PLAN_PERIOD_MAX <= KEY_CONTINUOUS);

const TaskSettings TASK_SETTINGS_DEFAULT = {.soon_days = 30};

static const struct {
	const char *slug, *title;
} STATES[TASK_STATE_MAX] = {
    [TASK_STATE_OVERDUE] = {"qua-han", "Quá hạn"},
    [TASK_STATE_SOON] = {"sap-den-han", "Sắp đến hạn"},
    [TASK_STATE_ON_TIME] = {"trong-han", "Trong hạn"},
    [TASK_STATE_CONDITIONAL] = {"cho-dieu-kien", "Chờ điều kiện"},
    [TASK_STATE_NO_DEADLINE] = {"chua-co-thoi-han", "Chưa có thời hạn"},
    [TASK_STATE_RECURRING] = {"dinh-ky", "Định kỳ"},
    [TASK_STATE_CONTINUOUS] = {"thuong-xuyen", "Thường xuyên"},
};

static TaskState
state_of_due(int32_t due, int32_t today, const TaskSettings *settings)
{
	if (due < today)
		return (TaskState){TASK_STATE_OVERDUE, today - due, DATE_NONE};
	if (due - today <= settings->soon_days)
		return (TaskState){TASK_STATE_SOON, due - today, DATE_NONE};
	return (TaskState){TASK_STATE_ON_TIME, due - today, DATE_NONE};
}

TaskState
task_state(const TaskDeadline *deadline, int32_t today, const TaskSettings *settings)
{
	switch (deadline->kind) {
	case PLAN_DEADLINE_ONCE:
		if (deadline->due != DATE_NONE)
			return state_of_due(deadline->due, today, settings);
		break;
	case PLAN_DEADLINE_RECURRING:
		return (TaskState){
		    TASK_STATE_RECURRING, 0, task_next_occurrence(deadline->period, deadline->start, today)};
	case PLAN_DEADLINE_CONTINUOUS:
		return (TaskState){TASK_STATE_CONTINUOUS, 0, DATE_NONE};
	case PLAN_DEADLINE_CONDITIONAL:
		return (TaskState){TASK_STATE_CONDITIONAL, 0, DATE_NONE};
	case PLAN_DEADLINE_NONE:
	case PLAN_DEADLINE_MAX:
		break;
	}
	return (TaskState){TASK_STATE_NO_DEADLINE, 0, DATE_NONE};
}

int32_t
task_next_occurrence(PlanPeriod period, int32_t start, int32_t today)
{
	int32_t in_period = start != DATE_NONE && start > today ? start : today;
	int year, month, day;

	date_to_ymd(in_period, &year, &month, &day);
	switch (period) {
	case PLAN_PERIOD_MONTH:
		return date_end_of_month(year, month);
	case PLAN_PERIOD_QUARTER:
		return date_end_of_quarter(year, (month + 2) / 3);
	case PLAN_PERIOD_HALF:
		return date_end_of_quarter(year, month <= 6 ? 2 : 4);
	case PLAN_PERIOD_YEAR:
		return date_end_of_quarter(year, 4);
	case PLAN_PERIOD_FIVE_YEARS:
		return date_end_of_quarter((year + 4) / 5 * 5, 4);
	case PLAN_PERIOD_NONE:
	case PLAN_PERIOD_ADHOC:
	case PLAN_PERIOD_MAX:
		break;
	}
	return DATE_NONE;
}

int32_t
task_due_key(const TaskDeadline *deadline)
{
	switch (deadline->kind) {
	case PLAN_DEADLINE_ONCE:
		return deadline->due != DATE_NONE ? deadline->due : KEY_NONE;
	case PLAN_DEADLINE_RECURRING:
		return KEY_RECURRING + (int32_t)deadline->period;
	case PLAN_DEADLINE_CONTINUOUS:
		return KEY_CONTINUOUS;
	case PLAN_DEADLINE_CONDITIONAL:
		return KEY_CONDITIONAL;
	case PLAN_DEADLINE_NONE:
	case PLAN_DEADLINE_MAX:
		break;
	}
	return KEY_NONE;
}

TaskKeyRange
task_state_range(TaskStateKind state, int32_t today, const TaskSettings *settings)
{
	switch (state) {
	case TASK_STATE_OVERDUE:
		return (TaskKeyRange){TASK_KEY_MIN, today - 1};
	case TASK_STATE_SOON:
		return (TaskKeyRange){today, today + settings->soon_days};
	case TASK_STATE_ON_TIME:
		return (TaskKeyRange){today + settings->soon_days + 1, KEY_CONDITIONAL - 1};
	case TASK_STATE_CONDITIONAL:
		return (TaskKeyRange){KEY_CONDITIONAL, KEY_CONDITIONAL};
	case TASK_STATE_NO_DEADLINE:
		return (TaskKeyRange){KEY_NONE, KEY_NONE};
	case TASK_STATE_RECURRING:
		return (TaskKeyRange){KEY_RECURRING, KEY_CONTINUOUS - 1};
	case TASK_STATE_CONTINUOUS:
		return (TaskKeyRange){KEY_CONTINUOUS, KEY_CONTINUOUS};
	case TASK_STATE_MAX:
		break;
	}
	return TASK_KEY_ALL;
}

TaskKeyRange
task_kind_range(PlanDeadlineKind kind, PlanPeriod period)
{
	switch (kind) {
	case PLAN_DEADLINE_ONCE:
		return (TaskKeyRange){TASK_KEY_MIN, KEY_CONDITIONAL - 1};
	case PLAN_DEADLINE_RECURRING:
		if (period == PLAN_PERIOD_MAX)
			return (TaskKeyRange){KEY_RECURRING, KEY_CONTINUOUS - 1};
		return (TaskKeyRange){KEY_RECURRING + (int32_t)period, KEY_RECURRING + (int32_t)period};
	case PLAN_DEADLINE_CONTINUOUS:
		return (TaskKeyRange){KEY_CONTINUOUS, KEY_CONTINUOUS};
	case PLAN_DEADLINE_CONDITIONAL:
		return (TaskKeyRange){KEY_CONDITIONAL, KEY_CONDITIONAL};
	case PLAN_DEADLINE_NONE:
		return (TaskKeyRange){KEY_NONE, KEY_NONE};
	case PLAN_DEADLINE_MAX:
		break;
	}
	return TASK_KEY_ALL;
}

TaskKeyRange
task_range_intersect(TaskKeyRange a, TaskKeyRange b)
{
	return (TaskKeyRange){MAX(a.from, b.from), MIN(a.to, b.to)};
}

const char *
task_state_slug(TaskStateKind state)
{
	g_return_val_if_fail(state < TASK_STATE_MAX, "");
	return STATES[state].slug;
}

bool
task_state_from_slug(const char *slug, TaskStateKind *ret_state)
{
	for (TaskStateKind state = 0; state < TASK_STATE_MAX; state++) {
		if (strcmp(STATES[state].slug, slug) == 0) {
			*ret_state = state;
			return true;
		}
	}
	return false;
}

const char *
task_state_title(TaskStateKind state)
{
	g_return_val_if_fail(state < TASK_STATE_MAX, "");
	return STATES[state].title;
}

void
task_state_describe(TaskState state, GString *out)
{
	char day[DATE_ISO_SIZE];

	if (state.kind == TASK_STATE_OVERDUE) {
		g_string_append_printf(out, "Quá hạn %d ngày", state.days);
	} else if (state.kind == TASK_STATE_SOON && state.days == 0) {
		g_string_append(out, "Hạn cuối hôm nay");
	} else if (state.kind == TASK_STATE_SOON) {
		g_string_append_printf(out, "Còn %d ngày", state.days);
	} else if (state.kind == TASK_STATE_RECURRING && state.next_day != DATE_NONE) {
		date_format_vi(state.next_day, day);
		g_string_append_printf(out, "Kỳ tới: %s", day);
	} else {
		g_string_append(out, task_state_title(state.kind));
	}
}
