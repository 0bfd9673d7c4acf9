/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money.sql.h"
#include "modules/money/money_list.h"
#include "modules/money/pages/list.html.h"

#include <string.h>

const char *const MONEY_BY_TITLES[MONEY_BY_MAX] = {"Nhiệm vụ", "Đơn vị", "Kế hoạch", "Nguồn", "Năm"};
const char *const MONEY_BY_WORDS[MONEY_BY_MAX + 1] = {"nhiem-vu", "don-vi", "ke-hoach", "nguon", "nam", NULL};

const char *const MONEY_STANDING_TITLES[MONEY_STANDING_MAX] = {
    "Tất cả", "Đang thực hiện", "Không còn hiệu lực"};
const char *const MONEY_STANDING_WORDS[MONEY_STANDING_MAX + 1] = {
    "tat-ca", "dang-thuc-hien", "khong-con", NULL};

#define PAGE_LINES 100

enum { KEY_BY, KEY_PLAN, KEY_STANDING, KEY_AGENCY, KEY_SOURCE, KEY_YEAR, KEY_PAGE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_BY] = {"theo", "Cộng theo", http_valid_word, .words = MONEY_BY_WORDS},
    [KEY_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_STANDING] = {"hieu-luc", "Hiệu lực", http_valid_word, .words = MONEY_STANDING_WORDS},
    [KEY_AGENCY] = {"don-vi", "Đơn vị", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_SOURCE] = {"nguon", "Nguồn", http_valid_text, .max = 40},
    [KEY_YEAR] = {"nam", "Năm", http_valid_int, .min = MONEY_YEAR_MIN, .max = MONEY_YEAR_MAX},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = 10000},
};

static bool
read_tasks(MoneyList *list, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(list->scope.db, &MONEY_NAMES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_NAMES_P_COMMUNE_ID, list->scope.commune_id);
	if (list->filter.plan_id > 0)
		db_bind_int(stmt, MONEY_NAMES_P_PLAN_ID, list->filter.plan_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const char *no = db_column_text(stmt, MONEY_NAMES_C_NO);

		g_hash_table_insert(list->tasks,
		    g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
			db_column_int(stmt, MONEY_NAMES_C_PLAN_ID),
			db_column_int(stmt, MONEY_NAMES_C_TASK_NO)),
		    g_strdup_printf("%s%s%s", no != NULL ? no : "", no != NULL ? ". " : "",
			db_column_text(stmt, MONEY_NAMES_C_NAME)));
	}
	return !has_row;
}

static bool
read_agencies(MoneyList *list, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(list->scope.db, &MONEY_AGENCY_NAMES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_AGENCY_NAMES_P_COMMUNE_ID, list->scope.commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		MoneyUnit *unit = arena_new0(list->scope.arena, MoneyUnit);

		unit->agency_id = db_column_int(stmt, MONEY_AGENCY_NAMES_C_AGENCY_ID);
		unit->name = arena_strdup(list->scope.arena, db_column_text(stmt, MONEY_AGENCY_NAMES_C_NAME));
		g_ptr_array_add(list->agencies, unit);
	}
	return !has_row;
}

static bool
is_shown(const MoneyList *list, const MoneyTotal *total)
{
	return list->standing == MONEY_STANDING_ANY ||
	       (list->standing == MONEY_STANDING_CURRENT) == money_list_is_current(list, total->plan_id);
}

/* Totals of plans that the visitor may look at. */
static bool
read_totals(MoneyList *list, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!money_totals(&list->scope, &list->filter, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		MoneyTotal *total = g_ptr_array_index(all, i);

		if (money_may_read(list->request, total->plan_id) && is_shown(list, total))
			g_ptr_array_add(list->totals, total);
	}
	return true;
}

static bool
load(MoneyList *list, GError **error)
{
	if (!plan_list(list->scope.db, list->scope.commune_id, list->scope.arena, list->plans, error))
		return false;
	plan_keep_readable(app_context(list->request)->visitor, list->plans);
	return money_sources(&list->scope, list->scope.today, list->sources, error) &&
	       read_tasks(list, error) && read_agencies(list, error) && read_totals(list, error);
}

static bool
is_together(const MoneyTotal *a, const MoneyTotal *b, MoneyBy by)
{
	switch (by) {
	case MONEY_BY_TASK:
		return a->plan_id == b->plan_id && a->task_no == b->task_no;
	case MONEY_BY_UNIT:
		return a->agency_id == b->agency_id;
	case MONEY_BY_PLAN:
		return a->plan_id == b->plan_id;
	case MONEY_BY_SOURCE:
		return strcmp(a->source, b->source) == 0;
	case MONEY_BY_YEAR:
		return a->year == b->year;
	case MONEY_BY_MAX:
		break;
	}
	return false;
}

static void
name_line(const MoneyList *list, MoneyBy by, MoneyLine *line)
{
	const MoneyTotal *total = &line->total;
	Arena *arena = list->scope.arena;

	switch (by) {
	case MONEY_BY_TASK:
		line->title = money_list_task_title(list, total);
		line->is_left = !money_list_is_current(list, total->plan_id);
		line->url = arena_printf(arena, MONEY_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
		    total->task_no, total->plan_id);
		break;
	case MONEY_BY_UNIT:
		line->title = money_list_agency_title(list, total->agency_id);
		line->url = total->agency_id > 0 ? arena_printf(arena, MONEY_PATH "?don-vi=%" G_GINT64_FORMAT,
						       total->agency_id)
						 : NULL;
		break;
	case MONEY_BY_PLAN:
		line->title = money_list_plan_title(list, total->plan_id);
		line->is_left = !money_list_is_current(list, total->plan_id);
		line->url = arena_printf(arena, MONEY_PATH "?ke-hoach=%" G_GINT64_FORMAT, total->plan_id);
		break;
	case MONEY_BY_SOURCE:
		line->title = money_list_source_title(list, total->source);
		line->url = arena_printf(arena, MONEY_PATH "?nguon=%s", total->source);
		break;
	case MONEY_BY_YEAR:
	case MONEY_BY_MAX:
		line->title = arena_printf(arena, "Năm %d", total->year);
		line->url = arena_printf(arena, MONEY_PATH "?nam=%d", total->year);
		break;
	}
}

static void
add_up(const MoneyList *list, MoneyListView *view)
{
	MoneyTotal sum = {.last_disbursed = DATE_NONE}, left = sum;

	view->lines = arena_array(list->scope.arena, MoneyLine, list->totals->len + 1);
	for (guint i = 0; i < list->totals->len; i++) {
		const MoneyTotal *total = g_ptr_array_index(list->totals, i);
		size_t at = view->n_lines;

		money_total_add(&sum, total);
		if (!money_list_is_current(list, total->plan_id))
			money_total_add(&left, total);
		while (at > 0 && !is_together(&view->lines[at - 1].total, total, view->by))
			at--;
		if (at == 0)
			view->lines[view->n_lines++] = (MoneyLine){.total = *total};
		else
			money_total_add(&view->lines[at - 1].total, total);
	}
	money_fill_line(list->scope.arena, &sum, &view->sum);
	money_fill_line(list->scope.arena, &left, &view->left);
	view->has_left = list->standing == MONEY_STANDING_ANY &&
			 (left.amounts[MONEY_ESTIMATE] > 0 || left.amounts[MONEY_ALLOCATION] > 0 ||
			     left.amounts[MONEY_DISBURSEMENT] > 0);
}

/* The lines of one page, named. */
static void
take_page(const MoneyList *list, size_t page, MoneyListView *view)
{
	size_t first = MIN((page - 1) * PAGE_LINES, view->n_lines);
	bool has_more = view->n_lines - first > PAGE_LINES;

	view->lines += first;
	view->n_lines = has_more ? PAGE_LINES : view->n_lines - first;
	for (size_t i = 0; i < view->n_lines; i++) {
		const MoneyTotal total = view->lines[i].total;

		money_fill_line(list->scope.arena, &total, &view->lines[i]);
		name_line(list, view->by, &view->lines[i]);
	}
	view->has_more = has_more;
}

static void
fill_links(const MoneyList *list, const HttpValue *values, MoneyListView *view)
{
	Arena *arena = list->scope.arena;
	LinkParam params[KEY_MAX];
	LinkBase base = {MONEY_PATH ".csv", params, KEY_MAX};

	for (int key = 0; key < KEY_MAX; key++)
		params[key] = (LinkParam){FIELDS[key].name,
		    values != NULL && values[key].is_set && key != KEY_PAGE ? values[key].text : NULL};
	base.path = MONEY_PATH;
	if (view->page > 1)
		view->first_url = link_with(arena, &base, NULL, 0);
	if (view->has_more)
		view->next_url = link_with(
		    arena, &base, &(LinkParam){"trang", arena_printf(arena, "%zu", view->page + 1)}, 1);
	base.path = MONEY_PATH ".csv";
	view->csv_url = link_with(arena, &base, NULL, 0);
	base.path = MONEY_PATH ".json";
	view->json_url = link_with(arena, &base, NULL, 0);
}

static bool
answer(HttpRequest *request, HttpResponse *response, const HttpValue *values, const char *problem,
    GError **error)
{
	g_autoptr(GPtrArray) totals = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GPtrArray) sources = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GHashTable) tasks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	MoneyList list = {.request = request,
	    .scope = money_scope_of(request),
	    .totals = totals,
	    .plans = plans,
	    .sources = sources,
	    .agencies = agencies,
	    .tasks = tasks};
	MoneyListView view = {.arena = request->arena,
	    .plans = plans,
	    .sources = sources,
	    .agencies = agencies,
	    .problem = problem};

	if (values != NULL) {
		list.filter = (MoneyFilter){.plan_id = values[KEY_PLAN].number,
		    .agency_id = values[KEY_AGENCY].number,
		    .source = values[KEY_SOURCE].is_set ? values[KEY_SOURCE].text : NULL,
		    .year = (int)values[KEY_YEAR].number};
		view.by = (MoneyBy)values[KEY_BY].number;
		list.standing = (MoneyStanding)values[KEY_STANDING].number;
		view.year = values[KEY_YEAR].is_set ? values[KEY_YEAR].text : NULL;
	}
	if (!load(&list, error))
		return false;
	if (request->format == HTTP_CSV) {
		money_list_write_csv(&list, response);
		return true;
	}
	if (request->format == HTTP_JSON) {
		money_list_write_json(&list, response);
		return true;
	}
	view.standing = list.standing;
	view.plan_id = list.filter.plan_id;
	view.agency_id = list.filter.agency_id;
	view.source = list.filter.source;
	view.may_add_source = app_visitor_may(app_context(request)->visitor, APP_OPERATE);
	view.typed_code = http_request_form(request, "ma");
	view.typed_title = http_request_form(request, "ten");
	view.typed_basis = http_request_form(request, "can-cu");
	view.page = values != NULL && values[KEY_PAGE].is_set ? (size_t)values[KEY_PAGE].number : 1;
	add_up(&list, &view);
	take_page(&list, view.page, &view);
	fill_links(&list, values, &view);
	money_fill_layout(request, "Kinh phí", &view.layout);
	money_list_page(response->body, &view);
	return true;
}

bool
money_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue values[KEY_MAX];

	return http_query_parse(FIELDS, KEY_MAX, request, values, error) &&
	       app_access_require_named(request, values[KEY_PLAN].number, error) &&
	       answer(request, response, values, NULL, error);
}

bool
money_post_source(HttpRequest *request, HttpResponse *response, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	const MoneySource source = {http_request_form_text(request, "ma"),
	    http_request_form_text(request, "ten"), http_request_form_text(request, "can-cu")};
	const char *problem;

	if (!money_set_source(&scope, &source, scope.today, &problem, error))
		return false;
	if (problem == NULL) {
		http_response_redirect(response, MONEY_PATH);
		return true;
	}
	response->status = 422;
	return answer(request, response, NULL, problem, error);
}
