/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/overview/dashboard.h"
#include "modules/overview/overview_pages.h"
#include "modules/overview/pages/dashboard.html.h"

#include <string.h>

static const TaskFilter ALL_TASKS = {
    .annex_no = TASK_ANY_ANNEX,
    .agency_id = TASK_ANY_AGENCY,
    .role = AGENCY_ROLE_LEAD,
    .keys = {TASK_KEY_MIN, INT32_MAX},
};

static const char *const STATE_NOTES[TASK_STATE_MAX] = {
    [TASK_STATE_ON_TIME] = "còn trên 30 ngày",
    [TASK_STATE_CONDITIONAL] = "phụ thuộc việc khác",
    [TASK_STATE_NO_DEADLINE] = "cần bổ sung thời hạn",
    [TASK_STATE_RECURRING] = "tính theo từng kỳ",
    [TASK_STATE_CONTINUOUS] = "không có ngày kết thúc",
};

/* "Phụ lục III: 13 · Phụ lục IV: 36" */
static bool
make_total_note(const DashboardView *view, const char **ret_note, GError **error)
{
	const PlanPage *page = &view->page;
	g_autoptr(GString) note = g_string_new(NULL);

	for (size_t i = 0; i < page->n_annexes; i++) {
		TaskFilter filter = ALL_TASKS;
		int64_t count;

		filter.annex_no = page->annexes[i]->annex_no;
		if (page->annexes[i]->kind != PLAN_ANNEX_TASKS)
			continue;
		if (!task_count(&page->scope, &filter, &count, error))
			return false;
		g_string_append_printf(note, "%s%s: %" G_GINT64_FORMAT, note->len > 0 ? " · " : "",
		    plan_page_annex_title(page, page->annexes[i]), count);
	}
	*ret_note = note->len > 0 ? plan_page_keep(page, note) : "từ lời văn của kế hoạch";
	return true;
}

/* The longest overdue task, and the next one that falls due. */
static const char *
state_note(const DashboardView *view, TaskStateKind state)
{
	const DashboardList *list = state == TASK_STATE_OVERDUE ? &view->overdue : &view->due_next;
	char day[DATE_ISO_SIZE];

	if (state != TASK_STATE_OVERDUE && state != TASK_STATE_SOON)
		return STATE_NOTES[state];
	if (list->n_rows == 0)
		return NULL;
	if (state == TASK_STATE_OVERDUE)
		return arena_printf(view->page.arena, "lâu nhất: %d ngày", list->rows[0].state.days);
	date_format_vi(list->rows[0].task->deadline.due, day);
	return arena_printf(view->page.arena, "gần nhất: %s", day);
}

static bool
make_figures(DashboardView *view, GError **error)
{
	const PlanPage *page = &view->page;
	int64_t counts[TASK_STATE_MAX];
	const char *note;

	if (!make_total_note(view, &note, error) ||
	    !task_count_states(&page->scope, &ALL_TASKS, page->today, &TASK_SETTINGS_DEFAULT, counts, error))
		return false;
	view->figures[view->n_figures++] = (PartFigure){.label = "Tổng nhiệm vụ",
	    .value = page->plan->counts.tasks,
	    .of = -1,
	    .url = plan_page_link(page, "/nhiem-vu", NULL),
	    .note = note};
	for (TaskStateKind state = 0; state < TASK_STATE_MAX; state++)
		view->figures[view->n_figures++] = (PartFigure){.kind = task_state_look(state),
		    .label = task_state_title(state),
		    .value = counts[state],
		    .of = -1,
		    .url = plan_page_link(page, "/nhiem-vu", "tinh-trang=%s", task_state_slug(state)),
		    .note = state_note(view, state)};
	view->figures[view->n_figures++] = (PartFigure){
	    .label = view->next_year > 0 ? arena_printf(page->arena, "Chỉ tiêu có mốc %d", view->next_year)
					 : "Chỉ tiêu",
	    .value = view->next_year > 0 ? view->indicators_total : page->plan->counts.indicators,
	    .of = view->next_year > 0 ? page->plan->counts.indicators : -1,
	    .url = view->indicators_url,
	    .note = "chưa có số liệu thực hiện"};
	view->figures[view->n_figures++] = view->findings[0];
	view->figures[view->n_figures - 1].label = "Lỗi trong kế hoạch";
	return true;
}

static bool
load_list(DashboardView *view, TaskKeyRange keys, DashboardList *list, GError **error)
{
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	const TaskPage range = {.order = TASK_ORDER_DUE, .limit = DASHBOARD_ROWS};
	TaskFilter filter = ALL_TASKS;
	bool has_more;

	filter.keys = keys;
	if (!task_count(&view->page.scope, &filter, &list->total, error) ||
	    !task_list(&view->page.scope, &filter, &range, view->page.arena, tasks, &has_more, error))
		return false;
	list->rows = task_rows_make(&view->page, tasks);
	list->n_rows = tasks->len;
	return true;
}

static bool
load_lists(DashboardView *view, GError **error)
{
	const PlanPage *page = &view->page;
	TaskKeyRange dated = task_kind_range(PLAN_DEADLINE_ONCE, PLAN_PERIOD_MAX);
	TaskKeyRange ahead = {page->today, dated.to};
	char today[DATE_ISO_SIZE];

	date_format_iso(page->today, today);
	view->overdue.url = plan_page_link(page, "/nhiem-vu", "tinh-trang=qua-han&xep=thoi-han");
	view->due_next.url = plan_page_link(page, "/nhiem-vu", "han-tu=%s&xep=thoi-han", today);
	return load_list(view, task_state_range(TASK_STATE_OVERDUE, page->today, &TASK_SETTINGS_DEFAULT),
		   &view->overdue, error) &&
	       load_list(view, ahead, &view->due_next, error);
}

static const AgencyPart *
find_part(const GPtrArray *parts, int64_t agency_id)
{
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = g_ptr_array_index(parts, i);

		if (part->agency_id == agency_id)
			return part;
	}
	return NULL;
}

void
overview_make_segments(const int64_t counts[TASK_STATE_MAX], PartSegment segments[TASK_STATE_MAX])
{
	/* From red to grey, so that bars can be compared from the left. */
	static const TaskStateKind ORDER[TASK_STATE_MAX] = {TASK_STATE_OVERDUE, TASK_STATE_SOON,
	    TASK_STATE_ON_TIME, TASK_STATE_RECURRING, TASK_STATE_CONTINUOUS, TASK_STATE_CONDITIONAL,
	    TASK_STATE_NO_DEADLINE};

	for (int i = 0; i < TASK_STATE_MAX; i++)
		segments[i] =
		    (PartSegment){task_state_look(ORDER[i]), task_state_title(ORDER[i]), counts[ORDER[i]]};
}

static void
make_agency(
    const DashboardView *view, const GPtrArray *parts, const TaskTally *tally, DashboardAgency *agency)
{
	const AgencyPart *part = find_part(parts, tally->agency_id);

	*agency = (DashboardAgency){
	    .name = part != NULL ? part->name : "Chưa ghi cơ quan chủ trì",
	    .url = plan_page_link(&view->page, "/nhiem-vu", "co-quan=%" G_GINT64_FORMAT, tally->agency_id),
	};
	overview_make_segments(tally->counts, agency->segments);
	for (int state = 0; state < TASK_STATE_MAX; state++)
		agency->total += tally->counts[state];
}

/* Most tasks first. */
static int
compare_agencies(const void *a, const void *b)
{
	const DashboardAgency *x = a, *y = b;

	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	return strcmp(x->name, y->name);
}

static bool
load_agencies(DashboardView *view, GError **error)
{
	g_autoptr(GArray) tallies = g_array_new(FALSE, FALSE, sizeof(TaskTally));
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	const PlanPage *page = &view->page;

	if (!task_tally_leads(&page->scope, page->today, &TASK_SETTINGS_DEFAULT, tallies, error) ||
	    !agency_list(&page->scope, page->arena, parts, error))
		return false;
	view->agencies = arena_array(page->arena, DashboardAgency, tallies->len + 1);
	view->n_agencies = tallies->len;
	for (guint i = 0; i < tallies->len; i++)
		make_agency(view, parts, &g_array_index(tallies, TaskTally, i), &view->agencies[i]);
	qsort(view->agencies, view->n_agencies, sizeof(view->agencies[0]), compare_agencies);
	return true;
}

static const char *
target_text(const DashboardView *view, const Indicator *indicator)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);

		if (target->year != view->next_year)
			continue;
		g_string_append(text, text->len > 0 ? "; " : "");
		indicator_append_target(target, indicator->unit, text);
	}
	return plan_page_keep(&view->page, text);
}

static bool
list_indicators(DashboardView *view, GError **error)
{
	g_autoptr(GPtrArray) indicators = g_ptr_array_new();
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	const PlanPage *page = &view->page;
	const IndicatorFilter filter = {
	    .annex_no = INDICATOR_ANY_ANNEX, .year = view->next_year, .limit = DASHBOARD_ROWS};

	if (!indicator_list(&page->scope, &filter, page->arena, indicators, targets, error) ||
	    !indicator_count(&page->scope, &filter, &view->indicators_total, error))
		return false;
	view->indicators = arena_array(page->arena, DashboardIndicator, indicators->len + 1);
	view->n_indicators = indicators->len;
	for (guint i = 0; i < indicators->len; i++) {
		const Indicator *indicator = g_ptr_array_index(indicators, i);

		view->indicators[i] = (DashboardIndicator){
		    .name = indicator->name,
		    .target = target_text(view, indicator),
		    .lead = *indicator->lead != '\0' ? indicator->lead : "Chưa ghi cơ quan chủ trì",
		    .url = plan_page_link(page,
			arena_printf(page->arena, "/chi-tieu/%" G_GINT64_FORMAT, indicator->indicator_no),
			NULL),
		};
	}
	view->indicators_url = plan_page_link(page, "/chi-tieu", "moc=%d", view->next_year);
	return true;
}

static bool
load_indicators(DashboardView *view, GError **error)
{
	g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(IndicatorYear));

	if (!indicator_list_years(&view->page.scope, years, error))
		return false;
	view->next_year = indicator_next_year(years, view->page.today);
	view->indicators_url = plan_page_link(&view->page, "/chi-tieu", NULL);
	return view->next_year == 0 || list_indicators(view, error);
}

bool
overview_dashboard_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	DashboardView view = {0};

	if (!plan_page_begin(request, LAYOUT_NAV_DASHBOARD, "Bảng điều hành", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	plan_severity_figures(&view.page, view.findings);
	if (!load_lists(&view, error) || !load_agencies(&view, error) || !load_indicators(&view, error) ||
	    !make_figures(&view, error))
		return false;
	if (app_visitor_may(app_context(request)->visitor, APP_EXPLAIN) && view.overdue.total > 0)
		view.explain_url = arena_printf(request->arena,
		    "/giai-trinh/moi?ke-hoach=%" G_GINT64_FORMAT "&so-lieu=%s&trang=%s",
		    view.page.scope.plan_id,
		    plan_page_encode(
			&view.page, arena_printf(request->arena, "Quá hạn: %" G_GINT64_FORMAT " nhiệm vụ",
					view.overdue.total)),
		    plan_page_encode(&view.page, view.overdue.url));
	view.reports_url = plan_page_link(&view.page, "/lich-bao-cao", NULL);
	dashboard_page(response->body, &view);
	return true;
}
