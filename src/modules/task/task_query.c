/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_list_page.h"
#include "modules/task/task_search.h"

#include <string.h>

#define ROWS_PER_PAGE 50
#define SEARCH_CHARACTERS 200

static const char *const ROLES[] = {"chu-tri", "phoi-hop", NULL};
/* In the order of TaskStateKind, then of TaskStateChoice. */
static const char *const STATES[TASK_CHOICE_MAX + 1] = {"qua-han", "sap-den-han", "da-gia-han", "trong-han",
    "cho-nghiem-thu", "hoan-thanh-dung-han", "hoan-thanh-qua-han", "tam-dung", "huy", "cho-dieu-kien",
    "chua-co-thoi-han", "dinh-ky", "thuong-xuyen", "con-han", "hoan-thanh", NULL};

/* In the order of PlanDeadlineKind. */
const TaskChoice TASK_KIND_CHOICES[] = {
    {"chua-co", "Chưa ghi thời hạn"},
    {"mot-lan", "Có ngày hoàn thành"},
    {"dinh-ky", "Định kỳ"},
    {"thuong-xuyen", "Thường xuyên"},
    {"theo-dieu-kien", "Theo điều kiện"},
    {NULL, NULL},
};
static const char *const KINDS[] = {"chua-co", "mot-lan", "dinh-ky", "thuong-xuyen", "theo-dieu-kien", NULL};

/* In the order of PlanPeriod. */
static const char *const PERIODS[] = {"khong-ro", "thang", "quy", "nua-nam", "nam", "nam-nam", NULL};
static const char *const PERIOD_TITLES[] = {
    "không rõ kỳ", "hằng tháng", "hằng quý", "6 tháng", "hằng năm", "5 năm"};

static const char *const ORDERS[] = {
    "so", "-so", "co-quan", "-co-quan", "thoi-han", "-thoi-han", "tinh-trang", "-tinh-trang", NULL};
static const TaskOrder ORDER_OF[] = {TASK_ORDER_PLAN, TASK_ORDER_PLAN, TASK_ORDER_LEAD, TASK_ORDER_LEAD,
    TASK_ORDER_DUE, TASK_ORDER_DUE, TASK_ORDER_STATE, TASK_ORDER_STATE};

static const HttpField FIELDS[TASK_PARAM_MAX] = {
    [TASK_PARAM_PLAN] = {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [TASK_PARAM_SEARCH] = {"tim", "Tìm", http_valid_text, .max = SEARCH_CHARACTERS},
    [TASK_PARAM_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 0, .max = G_MAXINT32},
    [TASK_PARAM_ROLE] = {"vai-tro", "Vai trò", http_valid_word, .words = ROLES},
    [TASK_PARAM_ANNEX] = {"phu-luc", "Phụ lục", http_valid_int, .min = 0, .max = G_MAXINT32},
    [TASK_PARAM_STATE] = {"tinh-trang", "Tình trạng", http_valid_word, .words = STATES},
    [TASK_PARAM_KIND] = {"thoi-han", "Loại thời hạn", http_valid_word, .words = KINDS},
    [TASK_PARAM_PERIOD] = {"ky", "Kỳ", http_valid_word, .words = PERIODS},
    [TASK_PARAM_DUE_FROM] = {.name = "han-tu", .label = "Hạn từ ngày", .validator = http_valid_date},
    [TASK_PARAM_DUE_TO] = {.name = "han-den", .label = "Hạn đến ngày", .validator = http_valid_date},
    [TASK_PARAM_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = TASK_WHOSE_WORDS},
    [TASK_PARAM_ORDER] = {"xep", "Sắp xếp", http_valid_word, .words = ORDERS},
    [TASK_PARAM_AFTER] = {"sau", "Trang sau", http_valid_int, .min = 0, .max = G_MAXINT32},
    [TASK_PARAM_BEFORE] = {"truoc", "Trang trước", http_valid_int, .min = 0, .max = G_MAXINT32},
    [TASK_PARAM_POSITION] = {"tu", "Từ dòng", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static TaskKeyRange
due_range(const HttpValue *values)
{
	TaskKeyRange range = TASK_KEY_ALL;

	if (!values[TASK_PARAM_DUE_FROM].is_set && !values[TASK_PARAM_DUE_TO].is_set)
		return range;
	range = task_kind_range(PLAN_DEADLINE_ONCE, PLAN_PERIOD_MAX);
	if (values[TASK_PARAM_DUE_FROM].is_set)
		range.from = (int32_t)values[TASK_PARAM_DUE_FROM].number;
	if (values[TASK_PARAM_DUE_TO].is_set)
		range.to = MIN(range.to, (int32_t)values[TASK_PARAM_DUE_TO].number);
	return range;
}

/* Kind of deadline and dates together are one range of keys. */
static TaskKeyRange
key_range(const HttpValue *values)
{
	TaskKeyRange range = due_range(values);

	if (values[TASK_PARAM_KIND].is_set)
		range = task_range_intersect(range,
		    task_kind_range((PlanDeadlineKind)values[TASK_PARAM_KIND].number, PLAN_PERIOD_MAX));
	if (values[TASK_PARAM_PERIOD].is_set)
		range = task_range_intersect(range,
		    task_kind_range(PLAN_DEADLINE_RECURRING, (PlanPeriod)values[TASK_PARAM_PERIOD].number));
	return range;
}

static const char *
expression_of(const HttpValue *search, Arena *arena)
{
	g_autofree char *expression = search->is_set ? task_search_expression(search->text) : NULL;

	return arena_strdup(arena, expression);
}

static void
read_filter(TaskListView *view)
{
	const HttpValue *values = view->values;

	if (values[TASK_PARAM_STATE].is_set)
		view->states = task_choice_range((int)values[TASK_PARAM_STATE].number, view->page.today,
		    &(TaskSettings){view->page.soon_days});
	view->filter = (TaskFilter){
	    .annex_no = values[TASK_PARAM_ANNEX].is_set ? values[TASK_PARAM_ANNEX].number : TASK_ANY_ANNEX,
	    .agency_id =
		values[TASK_PARAM_AGENCY].is_set ? values[TASK_PARAM_AGENCY].number : TASK_ANY_AGENCY,
	    .role = values[TASK_PARAM_ROLE].number == 1 ? AGENCY_ROLE_COORDINATING : AGENCY_ROLE_LEAD,
	    .keys = key_range(values),
	    .states = values[TASK_PARAM_STATE].is_set ? &view->states : NULL,
	    .units = view->units,
	    .expression = expression_of(&values[TASK_PARAM_SEARCH], view->page.arena),
	};
	view->range = (TaskPage){
	    .order = ORDER_OF[values[TASK_PARAM_ORDER].number],
	    .is_descending = values[TASK_PARAM_ORDER].number % 2 == 1,
	    .after = values[TASK_PARAM_AFTER].number,
	    .limit = ROWS_PER_PAGE,
	};
	if (values[TASK_PARAM_BEFORE].is_set) {
		view->range.is_back = true;
		view->range.after = values[TASK_PARAM_BEFORE].number;
	}
}

/* The page's own address without its place in the list. */
static void
make_base(HttpRequest *request, TaskListView *view)
{
	LinkParam *params = arena_array(request->arena, LinkParam, TASK_PARAM_AFTER);

	for (int i = 0; i < TASK_PARAM_AFTER; i++)
		params[i] = (LinkParam){FIELDS[i].name, view->values[i].is_set ? view->values[i].text : NULL};
	view->base = (LinkBase){"/nhiem-vu", params, TASK_PARAM_AFTER};
}

static const char *
agency_name(const TaskListView *view, int64_t agency_id)
{
	for (guint i = 0; i < view->agencies->len; i++) {
		const AgencyPart *part = g_ptr_array_index(view->agencies, i);

		if (part->agency_id == agency_id)
			return part->name;
	}
	return agency_id == TASK_NOBODY ? "chưa ghi" : "không rõ";
}

static const char *
day_text(const TaskListView *view, int param)
{
	char day[DATE_ISO_SIZE];

	date_format_vi((int32_t)view->values[param].number, day);
	return arena_strdup(view->page.arena, day);
}

/* The words on a filter's chip; NULL for what is no filter. */
static const char *
chip_label(const TaskListView *view, int param)
{
	const HttpValue *value = &view->values[param];
	Arena *arena = view->page.arena;
	bool is_coordinating = view->filter.role == AGENCY_ROLE_COORDINATING;

	switch (param) {
	case TASK_PARAM_SEARCH:
		return arena_printf(arena, "Có chữ “%s”", value->text);
	case TASK_PARAM_AGENCY:
		return arena_printf(arena, "%s: %s", is_coordinating ? "Phối hợp" : "Chủ trì",
		    agency_name(view, value->number));
	case TASK_PARAM_ANNEX:
		return plan_page_annex_title(&view->page, plan_page_annex(&view->page, value->number));
	case TASK_PARAM_STATE:
		return task_choice_title((int)value->number);
	case TASK_PARAM_KIND:
		return TASK_KIND_CHOICES[value->number].title;
	case TASK_PARAM_PERIOD:
		return arena_printf(arena, "Định kỳ %s", PERIOD_TITLES[value->number]);
	case TASK_PARAM_DUE_FROM:
		return arena_printf(arena, "Hạn từ %s", day_text(view, param));
	case TASK_PARAM_DUE_TO:
		return arena_printf(arena, "Hạn đến %s", day_text(view, param));
	default:
		return NULL;
	}
}

static void
make_chips(TaskListView *view)
{
	for (int param = 0; param < TASK_PARAM_MAX; param++) {
		const char *label = view->values[param].is_set ? chip_label(view, param) : NULL;
		LinkParam changes[] = {{FIELDS[param].name, NULL}, {"vai-tro", NULL}};
		size_t n_changes = param == TASK_PARAM_AGENCY ? 2 : 1;

		if (label != NULL)
			view->chips[view->n_chips++] =
			    (TaskChip){label, link_with(view->page.arena, &view->base, changes, n_changes)};
	}
}

bool
task_list_read(HttpRequest *request, TaskListView *view, GError **error)
{
	if (!http_query_parse(FIELDS, TASK_PARAM_MAX, request, view->values, error) ||
	    !agency_list(&view->page.scope, request->arena, view->agencies, error))
		return false;
	make_base(request, view);
	view->whose = (TaskWhose)view->values[TASK_PARAM_WHOSE].number;
	view->units = task_units_of(&view->page, app_context(request)->visitor, view->whose);
	view->tabs = task_tabs_make(&view->page, &view->base, view->whose);
	read_filter(view);
	make_chips(view);
	return true;
}
