/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_pages.h"

#include "modules/task/task.h"

#define TASKS_NAMED 4       /* of one due day; the others are behind its link */
#define TASKS_NAMED_ALL 120 /* on the page */

static const char *const PERIOD_SLUGS[PLAN_PERIOD_MAX] = {
    [PLAN_PERIOD_MONTH] = "thang",
    [PLAN_PERIOD_QUARTER] = "quy",
    [PLAN_PERIOD_HALF] = "nua-nam",
    [PLAN_PERIOD_YEAR] = "nam",
    [PLAN_PERIOD_FIVE_YEARS] = "nam-nam",
};

const char *
report_source_url(const PlanPage *page, const ReportRule *rule)
{
	return plan_page_link(page, "/van-ban", "muc=%s", plan_page_encode(page, rule->item));
}

static const char *
report_note(const ReportRule *rule, const ReportDue *due)
{
	if (!due->is_stated)
		return "chưa đọc được ngày nộp trong kế hoạch; lấy ngày cuối kỳ";
	return rule->is_before ? "kế hoạch ghi “trước ngày” này" : NULL;
}

static void
add_report(CalendarView *view, const ReportRule *rule, const ReportDue *due)
{
	g_autoptr(GString) title = g_string_new("Báo cáo ");
	CalendarEntry entry = {
	    .day = due->day,
	    .kind = CALENDAR_REPORT,
	    .url = report_source_url(&view->page, rule),
	    .sender = rule->sender,
	    .receiver = rule->receiver,
	    .note = report_note(rule, due),
	};

	report_period_title(due, title);
	entry.title = plan_page_keep(&view->page, title);
	g_array_append_val(view->entries, entry);
}

static bool
collect_reports(CalendarView *view, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();

	if (!report_list_rules(&view->page.scope, view->page.arena, rules, error))
		return false;
	for (guint i = 0; i < rules->len; i++) {
		const ReportRule *rule = g_ptr_array_index(rules, i);
		g_autoptr(GArray) dues = g_array_new(FALSE, FALSE, sizeof(ReportDue));

		if (!report_rule_is_scheduled(&rule->dates)) {
			g_ptr_array_add(view->unscheduled, g_ptr_array_index(rules, i));
			continue;
		}
		report_rule_expand(&rule->dates, view->from, view->to, dues);
		for (guint d = 0; d < dues->len; d++)
			add_report(view, rule, &g_array_index(dues, ReportDue, d));
	}
	return true;
}

static CalendarEntry
due_entry(const CalendarView *view, int32_t day, int64_t count)
{
	const PlanPage *page = &view->page;
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	return (CalendarEntry){
	    .day = day,
	    .kind = CALENDAR_TASKS,
	    .title = arena_printf(page->arena, "%" G_GINT64_FORMAT " nhiệm vụ đến hạn", count),
	    .url = plan_page_link(page, "/nhiem-vu", "han-tu=%s&han-den=%s", iso, iso),
	    .links = arena_array(page->arena, CalendarLink, TASKS_NAMED),
	};
}

static void
add_recurring(CalendarView *view, PlanPeriod period, int64_t count)
{
	const ReportRuleDates dates = {.cadence = period};
	g_autoptr(GArray) dues = g_array_new(FALSE, FALSE, sizeof(ReportDue));

	report_rule_expand(&dates, view->from, view->to, dues);
	for (guint i = 0; i < dues->len; i++) {
		CalendarEntry entry = {
		    .day = g_array_index(dues, ReportDue, i).day,
		    .kind = CALENDAR_RECURRING,
		    .title = arena_printf(view->page.arena, "%" G_GINT64_FORMAT " nhiệm vụ định kỳ %s", count,
			report_cadence_title(period)),
		    .url = plan_page_link(
			&view->page, "/nhiem-vu", "thoi-han=dinh-ky&ky=%s", PERIOD_SLUGS[period]),
		    .note = "hết kỳ",
		};

		g_array_append_val(view->entries, entry);
	}
}

static bool
collect_tasks(CalendarView *view, GError **error)
{
	g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(TaskKeyCount));

	if (!task_list_keys(&view->page.scope, keys, error))
		return false;
	for (guint i = 0; i < keys->len; i++) {
		const TaskKeyCount *key = &g_array_index(keys, TaskKeyCount, i);

		if (key->due_key < view->from || key->due_key > view->to)
			continue;
		CalendarEntry entry = due_entry(view, key->due_key, key->count);

		g_array_append_val(view->entries, entry);
	}
	for (PlanPeriod period = PLAN_PERIOD_MONTH; period <= PLAN_PERIOD_FIVE_YEARS; period++) {
		TaskKeyRange range = task_kind_range(PLAN_DEADLINE_RECURRING, period);

		for (guint i = 0; i < keys->len; i++) {
			const TaskKeyCount *key = &g_array_index(keys, TaskKeyCount, i);

			if (key->due_key == range.from)
				add_recurring(view, period, key->count);
		}
	}
	return true;
}

static CalendarEntry *
find_due_entry(const CalendarView *view, int32_t day)
{
	for (guint i = 0; i < view->entries->len; i++) {
		CalendarEntry *entry = &g_array_index(view->entries, CalendarEntry, i);

		if (entry->kind == CALENDAR_TASKS && entry->day == day)
			return entry;
	}
	return NULL;
}

/* Names the first tasks of each due day. */
static bool
name_tasks(CalendarView *view, GError **error)
{
	const TaskFilter filter = {.annex_no = TASK_ANY_ANNEX,
	    .agency_id = TASK_ANY_AGENCY,
	    .role = AGENCY_ROLE_LEAD,
	    .keys = {view->from, view->to}};
	const TaskPage range = {.order = TASK_ORDER_DUE, .limit = TASKS_NAMED_ALL};
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	bool has_more;

	if (!task_list(&view->page.scope, &filter, &range, view->page.arena, tasks, &has_more, error))
		return false;
	for (guint i = 0; i < tasks->len; i++) {
		const Task *task = g_ptr_array_index(tasks, i);
		CalendarEntry *entry = find_due_entry(view, task->deadline.due);
		TaskRow row;

		if (entry == NULL || entry->n_links == TASKS_NAMED)
			continue;
		task_row_fill(&view->page, task, &row);
		entry->links[entry->n_links++] = (CalendarLink){task->name, row.url};
	}
	return true;
}

static int
compare_entries(const void *a, const void *b)
{
	const CalendarEntry *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

bool
report_collect(CalendarView *view, GError **error)
{
	if (!collect_reports(view, error) || !collect_tasks(view, error) || !name_tasks(view, error))
		return false;
	g_array_sort(view->entries, compare_entries);
	return true;
}
