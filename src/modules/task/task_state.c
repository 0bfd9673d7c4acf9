/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_state.h"

#include <string.h>

/* Places above every day number (31/12/9999 is day 2,932,896). */
#define KEY_CONDITIONAL 3000000
#define KEY_NONE 3000001
#define KEY_RECURRING 3000010 /* plus the period */
#define KEY_CONTINUOUS 3000030
#define KEY_WAITING 3000040
#define KEY_DONE 3000050
#define KEY_DONE_LATE 3000051
#define KEY_PAUSED 3000060
#define KEY_CANCELLED 3000061

G_STATIC_ASSERT(KEY_RECURRING + PLAN_PERIOD_MAX <= KEY_CONTINUOUS);

static const struct {
	const char *slug, *title;
} CHOICES[TASK_CHOICE_MAX] = {
    [TASK_STATE_OVERDUE] = {"qua-han", "Quá hạn"},
    [TASK_STATE_SOON] = {"sap-den-han", "Sắp đến hạn"},
    [TASK_STATE_EXTENDED] = {"da-gia-han", "Đã gia hạn"},
    [TASK_STATE_ON_TIME] = {"trong-han", "Trong hạn"},
    [TASK_STATE_WAITING] = {"cho-nghiem-thu", "Chờ nghiệm thu"},
    [TASK_STATE_DONE] = {"hoan-thanh-dung-han", "Hoàn thành đúng hạn"},
    [TASK_STATE_DONE_LATE] = {"hoan-thanh-qua-han", "Hoàn thành quá hạn"},
    [TASK_STATE_PAUSED] = {"tam-dung", "Tạm dừng"},
    [TASK_STATE_CANCELLED] = {"huy", "Hủy"},
    [TASK_STATE_CONDITIONAL] = {"cho-dieu-kien", "Chờ điều kiện"},
    [TASK_STATE_NO_DEADLINE] = {"chua-co-thoi-han", "Chưa có thời hạn"},
    [TASK_STATE_RECURRING] = {"dinh-ky", "Định kỳ"},
    [TASK_STATE_CONTINUOUS] = {"thuong-xuyen", "Thường xuyên"},
    [TASK_STATES_AHEAD] = {"con-han", "Còn hạn"},
    [TASK_STATES_DONE] = {"hoan-thanh", "Hoàn thành"},
};

static bool
is_periodic(const TaskDeadline *deadline)
{
	return deadline->kind == PLAN_DEADLINE_RECURRING || deadline->kind == PLAN_DEADLINE_CONTINUOUS;
}

static TaskStateKind
kind_of_key(int32_t key, int32_t original, int32_t today, const TaskSettings *settings)
{
	if (key < today)
		return TASK_STATE_OVERDUE;
	if (key < KEY_CONDITIONAL && original < today)
		return TASK_STATE_EXTENDED;
	if (key < KEY_CONDITIONAL)
		return key - today <= settings->soon_days ? TASK_STATE_SOON : TASK_STATE_ON_TIME;
	switch (key) {
	case KEY_CONDITIONAL:
		return TASK_STATE_CONDITIONAL;
	case KEY_NONE:
		return TASK_STATE_NO_DEADLINE;
	case KEY_CONTINUOUS:
		return TASK_STATE_CONTINUOUS;
	case KEY_WAITING:
		return TASK_STATE_WAITING;
	case KEY_DONE:
		return TASK_STATE_DONE;
	case KEY_DONE_LATE:
		return TASK_STATE_DONE_LATE;
	case KEY_PAUSED:
		return TASK_STATE_PAUSED;
	case KEY_CANCELLED:
		return TASK_STATE_CANCELLED;
	default:
		return TASK_STATE_RECURRING;
	}
}

TaskStateKind
task_state_of_keys(int32_t live_key, int32_t live_original, int32_t today, const TaskSettings *settings)
{
	return kind_of_key(live_key, live_original, today, settings);
}

static int32_t
days_of(TaskStateKind kind, int32_t due, const TaskProgress *progress, int32_t today)
{
	switch (kind) {
	case TASK_STATE_OVERDUE:
		return today - due;
	case TASK_STATE_SOON:
	case TASK_STATE_EXTENDED:
	case TASK_STATE_ON_TIME:
		return due - today;
	case TASK_STATE_DONE_LATE:
		return progress->late_days;
	case TASK_STATE_RECURRING:
	case TASK_STATE_CONTINUOUS:
		return progress->due != DATE_NONE && progress->due < today &&
			       (progress->stage == TASK_STAGE_NOT_STARTED ||
				   progress->stage == TASK_STAGE_DOING)
			   ? today - progress->due
			   : 0;
	case TASK_STATE_WAITING:
	case TASK_STATE_DONE:
	case TASK_STATE_PAUSED:
	case TASK_STATE_CANCELLED:
	case TASK_STATE_CONDITIONAL:
	case TASK_STATE_NO_DEADLINE:
	case TASK_STATE_MAX:
		break;
	}
	return 0;
}

TaskState
task_state(
    const TaskDeadline *deadline, const TaskProgress *progress, int32_t today, const TaskSettings *settings)
{
	static const TaskProgress UNKNOWN = {.percent = -1, .due = DATE_NONE, .original_due = DATE_NONE};
	int32_t key = task_live_key(deadline, progress);
	TaskState state = {.kind = kind_of_key(key, task_live_original(deadline, progress), today, settings),
	    .next_day = DATE_NONE,
	    .progress = progress != NULL ? *progress : UNKNOWN};

	state.days = days_of(state.kind, key, &state.progress, today);
	if (state.kind == TASK_STATE_RECURRING)
		state.next_day = state.progress.due != DATE_NONE
				     ? state.progress.due
				     : task_next_occurrence(deadline->period, deadline->start, today);
	if (state.kind == TASK_STATE_CONTINUOUS)
		state.next_day = state.progress.due;
	return state;
}

int32_t
task_live_key(const TaskDeadline *deadline, const TaskProgress *progress)
{
	int32_t key = task_due_key(deadline);

	if (progress == NULL)
		return key;
	switch (progress->stage) {
	case TASK_STAGE_NOT_STARTED:
	case TASK_STAGE_DOING:
		if (is_periodic(deadline))
			return key;
		if (progress->due != DATE_NONE)
			return progress->due;
		return deadline->kind == PLAN_DEADLINE_CONDITIONAL ? KEY_CONDITIONAL : KEY_NONE;
	case TASK_STAGE_WAITING:
		return is_periodic(deadline) ? key : KEY_WAITING;
	case TASK_STAGE_DONE:
		if (is_periodic(deadline))
			return key;
		return progress->late_days > 0 ? KEY_DONE_LATE : KEY_DONE;
	case TASK_STAGE_PAUSED:
		return KEY_PAUSED;
	case TASK_STAGE_CANCELLED:
		return KEY_CANCELLED;
	case TASK_STAGE_UNKNOWN:
		break;
	}
	return key;
}

int32_t
task_live_original(const TaskDeadline *deadline, const TaskProgress *progress)
{
	int32_t key = task_live_key(deadline, progress);

	if (key < KEY_CONDITIONAL && progress != NULL && progress->stage != TASK_STAGE_UNKNOWN &&
	    progress->original_due != DATE_NONE)
		return progress->original_due;
	return key;
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

static TaskStateRange
at(int32_t from, int32_t to)
{
	return (TaskStateRange){{from, to}, TASK_KEY_ALL};
}

TaskStateRange
task_state_range(TaskStateKind state, int32_t today, const TaskSettings *settings)
{
	const TaskKeyRange before = {TASK_KEY_MIN, today - 1}, later = {today, INT32_MAX};

	switch (state) {
	case TASK_STATE_OVERDUE:
		return at(TASK_KEY_MIN, today - 1);
	case TASK_STATE_SOON:
		return (TaskStateRange){{today, today + settings->soon_days}, later};
	case TASK_STATE_EXTENDED:
		return (TaskStateRange){{today, KEY_CONDITIONAL - 1}, before};
	case TASK_STATE_ON_TIME:
		return (TaskStateRange){{today + settings->soon_days + 1, KEY_CONDITIONAL - 1}, later};
	case TASK_STATE_WAITING:
		return at(KEY_WAITING, KEY_WAITING);
	case TASK_STATE_DONE:
		return at(KEY_DONE, KEY_DONE);
	case TASK_STATE_DONE_LATE:
		return at(KEY_DONE_LATE, KEY_DONE_LATE);
	case TASK_STATE_PAUSED:
		return at(KEY_PAUSED, KEY_PAUSED);
	case TASK_STATE_CANCELLED:
		return at(KEY_CANCELLED, KEY_CANCELLED);
	case TASK_STATE_CONDITIONAL:
		return at(KEY_CONDITIONAL, KEY_CONDITIONAL);
	case TASK_STATE_NO_DEADLINE:
		return at(KEY_NONE, KEY_NONE);
	case TASK_STATE_RECURRING:
		return at(KEY_RECURRING, KEY_CONTINUOUS - 1);
	case TASK_STATE_CONTINUOUS:
		return at(KEY_CONTINUOUS, KEY_CONTINUOUS);
	case TASK_STATE_MAX:
		break;
	}
	return at(TASK_KEY_MIN, INT32_MAX);
}

TaskStateRange
task_choice_range(int choice, int32_t today, const TaskSettings *settings)
{
	if (choice == TASK_STATES_AHEAD)
		return at(today, KEY_CONDITIONAL - 1);
	if (choice == TASK_STATES_DONE)
		return at(KEY_DONE, KEY_DONE_LATE);
	return task_state_range((TaskStateKind)choice, today, settings);
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
task_choice_slug(int choice)
{
	g_return_val_if_fail(choice >= 0 && choice < TASK_CHOICE_MAX, "");
	return CHOICES[choice].slug;
}

const char *
task_choice_title(int choice)
{
	g_return_val_if_fail(choice >= 0 && choice < TASK_CHOICE_MAX, "");
	return CHOICES[choice].title;
}

const char *
task_state_slug(TaskStateKind state)
{
	g_return_val_if_fail(state < TASK_STATE_MAX, "");
	return CHOICES[state].slug;
}

bool
task_state_from_slug(const char *slug, TaskStateKind *ret_state)
{
	for (TaskStateKind state = 0; state < TASK_STATE_MAX; state++) {
		if (strcmp(CHOICES[state].slug, slug) == 0) {
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
	return CHOICES[state].title;
}

static void
describe_occurrence(const TaskState *state, GString *out)
{
	char day[DATE_ISO_SIZE];

	if (state->progress.stage == TASK_STAGE_DONE) {
		g_string_append(out, "Đã báo cáo");
		return;
	}
	if (state->next_day == DATE_NONE) {
		g_string_append(out, task_state_title(state->kind));
		return;
	}
	date_format_vi(state->next_day, day);
	if (state->days > 0)
		g_string_append_printf(out, "Kỳ %s quá hạn %d ngày", day, state->days);
	else if (state->progress.stage == TASK_STAGE_WAITING)
		g_string_append_printf(out, "Kỳ %s chờ nghiệm thu", day);
	else
		g_string_append_printf(out, "Kỳ tới: %s", day);
}

/* What is under way shows how far it is, not that it still has time. */
static void
describe_under_way(const TaskState *state, GString *out)
{
	const TaskProgress *progress = &state->progress;

	if (progress->stage == TASK_STAGE_DOING && progress->percent >= 0)
		g_string_append_printf(out, "Đang làm %d%%", progress->percent);
	else if (progress->stage == TASK_STAGE_DOING)
		g_string_append(out, "Đang thực hiện");
	else if (progress->stage == TASK_STAGE_NOT_STARTED && state->kind != TASK_STATE_CONDITIONAL)
		g_string_append(out, "Chưa thực hiện");
	else
		g_string_append(out, task_state_title(state->kind));
}

static void
describe_waiting(const TaskState *state, GString *out)
{
	g_string_append(out, task_state_title(TASK_STATE_WAITING));
	if (state->progress.late_days > 0)
		g_string_append_printf(out, ", trễ %d ngày", state->progress.late_days);
}

static void
describe_done(const TaskState *state, GString *out)
{
	if (state->progress.due == DATE_NONE)
		g_string_append(out, task_choice_title(TASK_STATES_DONE));
	else if (state->progress.late_days < 0)
		g_string_append(out, "Hoàn thành đúng hạn đã gia hạn");
	else
		g_string_append(out, task_state_title(TASK_STATE_DONE));
}

void
task_state_describe(TaskState state, GString *out)
{
	char day[DATE_ISO_SIZE];

	switch (state.kind) {
	case TASK_STATE_OVERDUE:
		g_string_append_printf(out, "Quá hạn %d ngày", state.days);
		break;
	case TASK_STATE_SOON:
		if (state.days == 0)
			g_string_append(out, "Hạn cuối hôm nay");
		else
			g_string_append_printf(out, "Còn %d ngày", state.days);
		break;
	case TASK_STATE_EXTENDED:
		date_format_vi(state.progress.due, day);
		g_string_append_printf(out, "Đã gia hạn đến %s", day);
		break;
	case TASK_STATE_ON_TIME:
	case TASK_STATE_CONDITIONAL:
	case TASK_STATE_NO_DEADLINE:
		describe_under_way(&state, out);
		break;
	case TASK_STATE_WAITING:
		describe_waiting(&state, out);
		break;
	case TASK_STATE_DONE:
		describe_done(&state, out);
		break;
	case TASK_STATE_DONE_LATE:
		g_string_append_printf(out, "Hoàn thành quá hạn %d ngày", state.days);
		break;
	case TASK_STATE_RECURRING:
	case TASK_STATE_CONTINUOUS:
		describe_occurrence(&state, out);
		break;
	case TASK_STATE_PAUSED:
	case TASK_STATE_CANCELLED:
	case TASK_STATE_MAX:
		g_string_append(out, state.kind < TASK_STATE_MAX ? task_state_title(state.kind) : "");
		break;
	}
}
