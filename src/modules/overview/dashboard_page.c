/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/assets_urls.h"
#include "http/query.h"
#include "modules/calendar/calendar.h"
#include "modules/link/link.h"
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
    [TASK_STATE_EXTENDED] = "quá hạn gốc, còn hạn được duyệt",
    [TASK_STATE_WAITING] = "đã nộp kết quả",
    [TASK_STATE_PAUSED] = "không tính hạn",
    [TASK_STATE_CANCELLED] = "không tính hạn",
    [TASK_STATE_CONDITIONAL] = "phụ thuộc việc khác",
    [TASK_STATE_NO_DEADLINE] = "cần bổ sung thời hạn",
    [TASK_STATE_RECURRING] = "tính theo từng kỳ",
    [TASK_STATE_CONTINUOUS] = "không có ngày kết thúc",
};

/* The figures in the order of the page; those behind TASK_STATE_MAX are several states as one. */
static const int FIGURES[] = {TASK_STATES_DONE, TASK_STATE_WAITING, TASK_STATE_ON_TIME, TASK_STATE_EXTENDED,
    TASK_STATE_SOON, TASK_STATE_OVERDUE, TASK_STATE_RECURRING, TASK_STATE_CONTINUOUS, TASK_STATE_CONDITIONAL,
    TASK_STATE_NO_DEADLINE, TASK_STATE_PAUSED, TASK_STATE_CANCELLED};

/* All tasks of the chosen scope. */
static TaskFilter
filter_of(const DashboardView *view)
{
	TaskFilter filter = ALL_TASKS;

	filter.units = view->units;
	return filter;
}

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

	if (state == TASK_STATE_ON_TIME)
		return arena_printf(view->page.arena, "còn trên %d ngày", (int)view->page.soon_days);
	if (state != TASK_STATE_OVERDUE && state != TASK_STATE_SOON)
		return STATE_NOTES[state];
	if (list->n_rows == 0)
		return NULL;
	if (state == TASK_STATE_OVERDUE)
		return arena_printf(view->page.arena, "lâu nhất: %d ngày", list->rows[0].state.days);
	date_format_vi(view->page.today + list->rows[0].state.days, day);
	return arena_printf(view->page.arena, "gần nhất: %s", day);
}

/* A link to the list of tasks in the chosen scope. */
static const char *
tasks_url(const DashboardView *view, const char *query)
{
	if (view->whose == TASK_WHOSE_ALL && *query == '\0')
		return plan_page_link(&view->page, "/nhiem-vu", NULL);
	if (view->whose == TASK_WHOSE_ALL)
		return plan_page_link(&view->page, "/nhiem-vu", "%s", query);
	return plan_page_link(&view->page, "/nhiem-vu", "%s%spham-vi=%s", query, *query != '\0' ? "&" : "",
	    TASK_WHOSE_WORDS[view->whose]);
}

static const char *
done_note(const DashboardView *view, const int64_t counts[TASK_STATE_MAX])
{
	if (counts[TASK_STATE_DONE] + counts[TASK_STATE_DONE_LATE] == 0)
		return "chưa có việc nào được nghiệm thu";
	return arena_printf(view->page.arena, "%" G_GINT64_FORMAT " đúng hạn, %" G_GINT64_FORMAT " quá hạn",
	    counts[TASK_STATE_DONE], counts[TASK_STATE_DONE_LATE]);
}

static void
add_state_figure(DashboardView *view, const int64_t counts[TASK_STATE_MAX], int choice)
{
	bool is_done = choice == TASK_STATES_DONE;
	int64_t count = is_done ? counts[TASK_STATE_DONE] + counts[TASK_STATE_DONE_LATE] : counts[choice];

	/* What is rare has no figure of its own while there is none. */
	if (count == 0 &&
	    (choice == TASK_STATE_PAUSED || choice == TASK_STATE_CANCELLED || choice == TASK_STATE_EXTENDED))
		return;
	view->figures[view->n_figures++] = (PartFigure){
	    .kind = is_done ? "ok" : task_state_look((TaskStateKind)choice),
	    .label = task_choice_title(choice),
	    .value = count,
	    .of = -1,
	    .url = tasks_url(view, arena_printf(view->page.arena, "tinh-trang=%s", task_choice_slug(choice))),
	    .note = is_done ? done_note(view, counts) : state_note(view, (TaskStateKind)choice)};
}

static void
add_indicator_figure(DashboardView *view)
{
	const PlanPage *page = &view->page;

	view->figures[view->n_figures++] = (PartFigure){
	    .label = view->next_year > 0 ? arena_printf(page->arena, "Chỉ tiêu có mốc %d", view->next_year)
					 : "Chỉ tiêu",
	    .value = view->next_year > 0 ? view->indicators_total : page->plan->counts.indicators,
	    .of = view->next_year > 0 ? page->plan->counts.indicators : -1,
	    .url = view->indicators_url,
	    .note = "chưa có số liệu thực hiện"};
}

static bool
make_figures(DashboardView *view, GError **error)
{
	const PlanPage *page = &view->page;
	const TaskFilter filter = filter_of(view);
	int64_t counts[TASK_STATE_MAX], total = 0;
	const char *note;

	if (!make_total_note(view, &note, error) || !task_count_states(&page->scope, &filter, page->today,
							&(TaskSettings){page->soon_days}, counts, error))
		return false;
	for (int state = 0; state < TASK_STATE_MAX; state++)
		total += counts[state];
	view->figures[view->n_figures++] = (PartFigure){
	    .label = "Tổng nhiệm vụ", .value = total, .of = -1, .url = tasks_url(view, ""), .note = note};
	for (size_t i = 0; i < G_N_ELEMENTS(FIGURES); i++)
		add_state_figure(view, counts, FIGURES[i]);
	if (view->whose != TASK_WHOSE_ALL)
		return true;
	add_indicator_figure(view);
	view->figures[view->n_figures++] = view->findings[0];
	view->figures[view->n_figures - 1].label = "Lỗi trong kế hoạch";
	return true;
}

/* What is linked to nothing, and bases of the plan that no longer hold. */
static bool
add_links(DashboardView *view, GError **error)
{
	const PlanPage *page = &view->page;
	const LinkScope scope = {.db = page->scope.db,
	    .commune_id = page->scope.commune_id,
	    .today = page->today,
	    .arena = page->arena};
	LinkOrphans orphans;

	if (!link_count_orphans(&scope, page->scope.plan_id, page->plan->counts.tasks,
		page->plan->counts.indicators, &orphans, error) ||
	    !link_panel_load(page, true, 0, &view->links, error))
		return false;
	view->figures[view->n_figures++] = (PartFigure){.label = "Nhiệm vụ chưa gắn chỉ tiêu",
	    .value = orphans.tasks,
	    .of = page->plan->counts.tasks,
	    .url = plan_page_link(page, "/lien-ket/thieu", "loai=nhiem-vu")};
	view->figures[view->n_figures++] = (PartFigure){.label = "Chỉ tiêu chưa gắn nhiệm vụ",
	    .value = orphans.indicators,
	    .of = page->plan->counts.indicators,
	    .url = plan_page_link(page, "/lien-ket/thieu", "loai=chi-tieu")};
	return true;
}

static bool
load_list(DashboardView *view, int choice, DashboardList *list, GError **error)
{
	const TaskStateRange states =
	    task_choice_range(choice, view->page.today, &(TaskSettings){view->page.soon_days});
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	const TaskPage range = {.order = TASK_ORDER_STATE, .limit = DASHBOARD_ROWS};
	TaskFilter filter = filter_of(view);
	bool has_more;

	filter.states = &states;
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
	view->overdue.url = tasks_url(view, "tinh-trang=qua-han&xep=tinh-trang");
	view->due_next.url = tasks_url(view, "tinh-trang=con-han&xep=tinh-trang");
	return load_list(view, TASK_STATE_OVERDUE, &view->overdue, error) &&
	       load_list(view, TASK_STATES_AHEAD, &view->due_next, error);
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
	/* From red over green to grey, so that bars can be compared from the left. */
	static const TaskStateKind ORDER[TASK_STATE_MAX] = {TASK_STATE_OVERDUE, TASK_STATE_SOON,
	    TASK_STATE_EXTENDED, TASK_STATE_ON_TIME, TASK_STATE_WAITING, TASK_STATE_RECURRING,
	    TASK_STATE_CONTINUOUS, TASK_STATE_DONE, TASK_STATE_DONE_LATE, TASK_STATE_CONDITIONAL,
	    TASK_STATE_NO_DEADLINE, TASK_STATE_PAUSED, TASK_STATE_CANCELLED};

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

	if (!task_tally_leads(&page->scope, page->today, &(TaskSettings){page->soon_days}, tallies, error) ||
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

static const HttpField FIELDS[] = {
    {"pham-vi", "Phạm vi", http_valid_word, .words = TASK_WHOSE_WORDS},
    {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static void
choose_scope(const HttpRequest *request, const HttpValue *asked, DashboardView *view)
{
	LinkParam plan = {PLAN_PARAM, view->page.plan_query};
	const LinkBase base = {"/", &plan, 1};

	view->whose = (TaskWhose)asked->number;
	view->units = task_units_of(&view->page, app_context(request)->visitor, view->whose);
	view->tabs = task_tabs_make(&view->page, &base, view->whose);
}

bool
overview_dashboard_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	DashboardView view = {0};
	HttpValue values[2];

	if (!plan_page_begin(request, LAYOUT_NAV_DASHBOARD, "Bảng điều hành", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!http_query_parse(FIELDS, G_N_ELEMENTS(FIELDS), request, values, error))
		return false;
	choose_scope(request, &values[0], &view);
	plan_severity_figures(&view.page, view.findings);
	if (!load_lists(&view, error) || !load_agencies(&view, error) || !load_indicators(&view, error) ||
	    !make_figures(&view, error) || !add_links(&view, error) ||
	    !task_show_age(&view.page, app_context(request)->now_us, error) ||
	    !calendar_gap(
		view.page.scope.db, view.page.scope.commune_id, view.page.today, &view.calendar_gap, error))
		return false;
	view.page.layout.script = ASSET_WORK_JS;
	view.room_url = plan_page_link(&view.page, "/phong-hop", NULL);
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
