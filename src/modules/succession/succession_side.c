/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator.h"
#include "modules/succession/succession_internal.h"
#include "modules/task/task.h"

/* Rows of a stored plan are read as the compiler would give them, so that both sides are compared alike. */

#define ROWS_AT_ONCE 500

typedef struct Frame {
	Arena *arena;
	GPtrArray *annexes, *groups; /* of PlanAnnexInfo *, PlanGroupInfo * */
} Frame;

static void
add_row(GPtrArray *rows, Arena *arena, SuccessionRow row)
{
	SuccessionRow *kept = arena_new0(arena, SuccessionRow);

	*kept = row;
	g_ptr_array_add(rows, kept);
}

static const PlanAnnex *
annex_of(const Frame *frame, int64_t annex_no)
{
	for (guint i = 0; i < frame->annexes->len; i++) {
		const PlanAnnexInfo *info = g_ptr_array_index(frame->annexes, i);
		PlanAnnex *annex;

		if (info->annex_no != annex_no)
			continue;
		annex = arena_new0(frame->arena, PlanAnnex);
		annex->label = info->label;
		return annex;
	}
	return NULL;
}

static const PlanGroup *
group_of(const Frame *frame, int64_t group_no)
{
	for (guint i = 0; i < frame->groups->len; i++) {
		const PlanGroupInfo *info = g_ptr_array_index(frame->groups, i);
		PlanGroup *group;

		if (info->group_no != group_no)
			continue;
		group = arena_new0(frame->arena, PlanGroup);
		group->title = info->title;
		return group;
	}
	return NULL;
}

static GPtrArray *
array_of(Arena *arena, size_t n)
{
	GPtrArray *array = arena_new0(arena, GPtrArray);

	array->pdata = arena_array(arena, gpointer, n + 1);
	return array;
}

/* "Phòng A; Phòng B" as one reference: only its words are compared. */
static GPtrArray *
refs_of(Arena *arena, char *joined)
{
	GPtrArray *refs = array_of(arena, 1);
	PlanAgencyRef *ref = arena_new0(arena, PlanAgencyRef);

	ref->printed = joined;
	refs->pdata[0] = ref;
	refs->len = joined != NULL && *joined != '\0' ? 1 : 0;
	return refs;
}

static void
add_task(const Frame *frame, const Task *task, GPtrArray *rows)
{
	PlanTask *item = arena_new0(frame->arena, PlanTask);

	item->no = task->no;
	item->name = task->name;
	item->output = task->output;
	item->annex = annex_of(frame, task->annex_no);
	item->group = group_of(frame, task->group_no);
	item->lead = refs_of(frame->arena, task->lead);
	item->coordinating = refs_of(frame->arena, task->coordinating);
	item->deadline.raw = task->deadline_raw;
	add_row(rows, frame->arena,
	    (SuccessionRow){.what = PLAN_LINE_TASK,
		.no = task->task_no,
		.key = arena_printf(frame->arena, "nv%" G_GINT64_FORMAT, task->task_no),
		.code = task->no,
		.name = task->name,
		.item = item});
}

static bool
read_tasks(const PlanScope *plan, const Frame *frame, GPtrArray *rows, GError **error)
{
	const TaskFilter filter = {
	    .annex_no = TASK_ANY_ANNEX, .agency_id = TASK_ANY_AGENCY, .keys = TASK_KEY_ALL};
	TaskPage page = {.order = TASK_ORDER_PLAN, .limit = ROWS_AT_ONCE};
	bool has_more = true;

	while (has_more) {
		g_autoptr(GPtrArray) tasks = g_ptr_array_new();

		if (!task_list(plan, &filter, &page, frame->arena, tasks, &has_more, error))
			return false;
		for (guint i = 0; i < tasks->len; i++) {
			const Task *task = g_ptr_array_index(tasks, i);

			add_task(frame, task, rows);
			page.after = task->task_no;
		}
	}
	return true;
}

static GPtrArray *
targets_of(const Frame *frame, const Indicator *indicator)
{
	GPtrArray *targets = array_of(frame->arena, indicator->n_targets);

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *stored = indicator_target(indicator, i);
		PlanTarget *target = arena_new0(frame->arena, PlanTarget);

		target->year = stored->year;
		target->comparator = stored->comparator;
		target->value = stored->value;
		target->value_high = stored->value_high;
		target->raw = stored->raw;
		targets->pdata[targets->len++] = target;
	}
	return targets;
}

static void
add_indicator(const Frame *frame, const Indicator *indicator, GPtrArray *rows)
{
	PlanIndicator *item = arena_new0(frame->arena, PlanIndicator);

	item->no = indicator->no;
	item->name = indicator->name;
	item->unit = indicator->unit;
	item->output = indicator->output;
	item->annex = annex_of(frame, indicator->annex_no);
	item->group = group_of(frame, indicator->group_no);
	item->lead = refs_of(frame->arena, indicator->lead);
	item->coordinating = refs_of(frame->arena, indicator->coordinating);
	item->targets = targets_of(frame, indicator);
	add_row(rows, frame->arena,
	    (SuccessionRow){.what = PLAN_LINE_INDICATOR,
		.no = indicator->indicator_no,
		.key = arena_printf(frame->arena, "ct%" G_GINT64_FORMAT, indicator->indicator_no),
		.code = indicator->no,
		.name = indicator->name,
		.item = item});
}

static bool
read_indicators(const PlanScope *plan, const Frame *frame, GPtrArray *rows, GError **error)
{
	IndicatorFilter filter = {.annex_no = INDICATOR_ANY_ANNEX, .limit = ROWS_AT_ONCE};

	for (guint n = ROWS_AT_ONCE; n == ROWS_AT_ONCE;) {
		g_autoptr(GPtrArray) indicators = g_ptr_array_new();
		g_autoptr(GPtrArray) targets = g_ptr_array_new();

		if (!indicator_list(plan, &filter, frame->arena, indicators, targets, error))
			return false;
		n = indicators->len;
		for (guint i = 0; i < n; i++) {
			const Indicator *indicator = g_ptr_array_index(indicators, i);

			add_indicator(frame, indicator, rows);
			filter.after = indicator->indicator_no;
		}
	}
	return true;
}

bool
succession_rows_of_plan(const PlanScope *plan, Arena *arena, GPtrArray *ret_rows, GError **error)
{
	g_autoptr(GPtrArray) annexes = g_ptr_array_new();
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	const Frame frame = {arena, annexes, groups};

	return plan_list_annexes(plan, arena, annexes, error) &&
	       plan_list_groups(plan, 1, G_MAXINT32, arena, groups, error) &&
	       read_indicators(plan, &frame, ret_rows, error) && read_tasks(plan, &frame, ret_rows, error);
}

void
succession_rows_of_draft(const Plan *plan, Arena *arena, GPtrArray *ret_rows)
{
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *item = g_ptr_array_index(plan->indicators, i);

		add_row(ret_rows, arena,
		    (SuccessionRow){
			PLAN_LINE_INDICATOR, (int64_t)i + 1, item->id, item->no, item->name, item});
	}
	for (guint i = 0; i < plan->tasks->len; i++) {
		PlanTask *item = arena_new0(arena, PlanTask);

		/* The store keeps no path of headings. */
		*item = *(const PlanTask *)g_ptr_array_index(plan->tasks, i);
		item->section = NULL;
		add_row(ret_rows, arena,
		    (SuccessionRow){PLAN_LINE_TASK, (int64_t)i + 1, item->id, item->no, item->name, item});
	}
}
