/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/reconcile/pages/list.html.h"
#include "modules/reconcile/reconcile_pages.h"

#include <string.h>

#define PAGE_ROWS 50
#define DATA_ROWS 10000
#define SIDES_MAX 50

enum { KEY_STATE, KEY_PLAN, KEY_RULE, KEY_AFTER, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_STATE] = {"trang-thai", "Tình trạng", http_valid_word, .words = MONEY_FINDING_STATES},
    [KEY_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_RULE] = {"quy-tac", "Quy tắc", http_valid_text, .max = 60},
    [KEY_AFTER] = {"sau", "Sau", http_valid_int, .min = 1, .max = G_MAXINT64},
};

typedef struct Page {
	HttpRequest *request;
	MoneyScope scope;
	GPtrArray *plans, *rules, *findings,
	    *tasks; /* of PlanInfo, ReconcileRule, MoneyFinding, ReconcileTask */
	bool has_more;
} Page;

static const char *
rule_title(const Page *page, const char *word)
{
	for (guint i = 0; i < page->rules->len; i++) {
		const ReconcileRule *rule = g_ptr_array_index(page->rules, i);

		if (strcmp(rule->rule, word) == 0)
			return rule->title;
	}
	return word;
}

static const char *
money_url(Arena *arena, int64_t plan_id, int64_t task_no)
{
	return arena_printf(
	    arena, MONEY_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT, task_no, plan_id);
}

/* Who operates the plan, accepts its work or inspects it may say why the sides disagree. */
static bool
may_close(HttpRequest *request, int64_t plan_id, bool *ret_may, GError **error)
{
	static const char *const PERMISSIONS[] = {APP_OPERATE, APP_ACCEPT, APP_INSPECT};

	*ret_may = false;
	for (size_t i = 0; i < G_N_ELEMENTS(PERMISSIONS) && !*ret_may; i++) {
		AppAnswer answer;

		if (!app_access(request, PERMISSIONS[i], &(AppTarget){.plan_id = plan_id}, &answer, error))
			return false;
		*ret_may = answer.is_allowed;
	}
	return true;
}

static bool
fill_lines(Page *page, ReconcileView *view, GError **error)
{
	Arena *arena = page->scope.arena;

	view->lines = arena_array(arena, ReconcileLine, page->findings->len + 1);
	for (guint i = 0; i < page->findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(page->findings, i);
		ReconcileLine *line = &view->lines[view->n_lines++];
		char when[INSTANT_VI_SIZE];

		instant_format_minute_vi(finding->changed_us, when);
		*line = (ReconcileLine){.finding = finding,
		    .title = rule_title(page, finding->rule),
		    .url = money_url(arena, finding->plan_id, finding->task_no),
		    .when = arena_strdup(arena, when)};
		if (finding->state == MONEY_FINDING_OPEN &&
		    !may_close(page->request, finding->plan_id, &line->may_close, error))
			return false;
	}
	return true;
}

static bool
read_findings(Page *page, const HttpValue *values, int limit, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	const bool has = values != NULL;
	MoneyFindingState state = has && values[KEY_STATE].is_set
				      ? (MoneyFindingState)(values[KEY_STATE].number + 1)
				      : MONEY_FINDING_OPEN;

	if (!money_list_findings(&page->scope, state, has ? values[KEY_PLAN].number : 0,
		has && values[KEY_RULE].is_set ? values[KEY_RULE].text : NULL,
		has ? values[KEY_AFTER].number : 0, limit + 1, all, error))
		return false;
	page->has_more = all->len > (guint)limit;
	for (guint i = 0; i < all->len && i < (guint)limit; i++) {
		MoneyFinding *finding = g_ptr_array_index(all, i);

		if (money_may_read(page->request, finding->plan_id))
			g_ptr_array_add(page->findings, finding);
	}
	return true;
}

/* The plan that was asked for, else the newest one that counts. */
static int64_t
plan_of(const Page *page, int64_t asked)
{
	for (guint i = 0; asked == 0 && i < page->plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(page->plans, i);

		if (plan->is_current)
			return plan->plan_id;
	}
	return asked;
}

static const char *
task_name(const Page *page, const ReconcileTask *task)
{
	const PlanScope plan = {page->scope.db, page->scope.commune_id, task->plan_id};
	g_autoptr(GError) gone = NULL;
	Task loaded;

	if (!task_load(&plan, task->task_no, page->scope.arena, &loaded, &gone))
		return "";
	return arena_printf(page->scope.arena, "%s%s%s", loaded.no != NULL ? loaded.no : "",
	    loaded.no != NULL ? ". " : "", loaded.name);
}

/* The three sides of the tasks that have money. */
static bool
fill_sides(Page *page, int64_t plan_id, ReconcileView *view, GError **error)
{
	Arena *arena = page->scope.arena;

	if (plan_id == 0 || !money_may_read(page->request, plan_id))
		return true;
	if (!reconcile_tasks(&page->scope, plan_id, page->tasks, error))
		return false;
	view->sides = arena_array(arena, ReconcileSides, SIDES_MAX);
	for (guint i = 0; i < page->tasks->len && view->n_sides < SIDES_MAX; i++) {
		const ReconcileTask *task = g_ptr_array_index(page->tasks, i);
		const int64_t *amounts = task->money.amounts;

		if (amounts[MONEY_ESTIMATE] + amounts[MONEY_ALLOCATION] + amounts[MONEY_DISBURSEMENT] == 0)
			continue;
		view->sides[view->n_sides++] = (ReconcileSides){.title = task_name(page, task),
		    .url = money_url(arena, plan_id, task->task_no),
		    .progress = arena_printf(arena, "%d %%", task->facts.percent),
		    .money =
			arena_printf(arena, "%s (%s phân bổ)", money_text(arena, amounts[MONEY_DISBURSEMENT]),
			    money_share(arena, amounts[MONEY_DISBURSEMENT], amounts[MONEY_ALLOCATION])),
		    .product = arena_printf(arena, "%d sản phẩm được nghiệm thu, %d trên %d phần việc xong",
			task->facts.n_products, task->facts.n_done, task->facts.n_pieces)};
	}
	return true;
}

static void
write_csv(const Page *page, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Số", "Nhiệm vụ", "Quy tắc", "Điểm lệch", "Tình trạng", "Từ ngày", "Người khép", "Giải trình"};
	GString *out = response->body;

	http_csv_begin(response, "doi-soat.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < page->findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(page->findings, i);
		char day[DATE_ISO_SIZE];

		date_format_vi(finding->opened_day, day);
		csv_text(out, finding->no);
		csv_text(out, finding->task);
		csv_text(out, rule_title(page, finding->rule));
		csv_text(out, finding->facts);
		csv_text(out, MONEY_FINDING_TITLES[finding->state]);
		csv_text(out, day);
		csv_text(out, finding->name);
		csv_text(out, finding->reason);
		csv_end_line(out);
	}
}

static void
write_json(const Page *page, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "findings");
	json_begin_array(&json);
	for (guint i = 0; i < page->findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(page->findings, i);
		char day[DATE_ISO_SIZE];

		date_format_iso(finding->opened_day, day);
		json_begin_object(&json);
		json_key_int(&json, "id", finding->finding_id);
		json_key_int(&json, "plan", finding->plan_id);
		json_key_int(&json, "task", finding->task_no);
		json_key_string(&json, "rule", finding->rule);
		json_key_string(&json, "facts", finding->facts);
		json_key_string(&json, "state", MONEY_FINDING_STATES[finding->state - 1]);
		json_key_string(&json, "opened", day);
		json_key_string(&json, "closed_by", finding->name);
		json_key_string(&json, "reason", finding->reason);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_links(const Page *page, const HttpValue *values, ReconcileView *view)
{
	Arena *arena = page->scope.arena;
	LinkParam params[KEY_AFTER];
	LinkBase base = {RECONCILE_PATH, params, KEY_AFTER};
	const MoneyFinding *last =
	    page->findings->len > 0 ? g_ptr_array_index(page->findings, page->findings->len - 1) : NULL;

	for (int key = 0; key < KEY_AFTER; key++)
		params[key] = (LinkParam){
		    FIELDS[key].name, values != NULL && values[key].is_set ? values[key].text : NULL};
	if (page->has_more && last != NULL)
		view->next_url = link_with(arena, &base,
		    &(LinkParam){"sau", arena_printf(arena, "%" G_GINT64_FORMAT, last->finding_id)}, 1);
	base.path = RECONCILE_PATH ".csv";
	view->csv_url = link_with(arena, &base, NULL, 0);
	base.path = RECONCILE_PATH ".json";
	view->json_url = link_with(arena, &base, NULL, 0);
}

static void
fill_frame(Page *page, const HttpValue *values, ReconcileView *view)
{
	HttpRequest *request = page->request;
	char today[DATE_ISO_SIZE];

	date_format_iso(page->scope.today, today);
	view->today = arena_strdup(request->arena, today);
	view->plans = page->plans;
	view->rules = page->rules;
	view->state = values != NULL && values[KEY_STATE].is_set ? (int)values[KEY_STATE].number + 1
								 : MONEY_FINDING_OPEN;
	view->plan_id = values != NULL ? values[KEY_PLAN].number : 0;
	view->rule = values != NULL && values[KEY_RULE].is_set ? values[KEY_RULE].text : NULL;
	view->may_change = app_visitor_may(app_context(request)->visitor, APP_OPERATE);
	view->typed_rule = view->problem != NULL ? http_request_param(request, "ma") : NULL;
	view->typed_source = http_request_form(request, "can-cu");
	view->typed_threshold = http_request_form(request, "nguong");
	view->typed_reason = http_request_form(request, "ly-do");
	money_fill_layout(request, "Đối soát", &view->layout);
}

static bool
answer(HttpRequest *request, HttpResponse *response, const HttpValue *values, const char *problem,
    int64_t finding_id, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	g_autoptr(GPtrArray) tasks = g_ptr_array_new();
	Page page = {request, money_scope_of(request), plans, rules, findings, tasks, false};
	ReconcileView *view = arena_new0(request->arena, ReconcileView);
	int limit = request->format == HTTP_HTML ? PAGE_ROWS : DATA_ROWS;

	view->problem = problem;
	view->typed_finding = finding_id;
	if (!plan_list(page.scope.db, page.scope.commune_id, request->arena, plans, error))
		return false;
	plan_keep_readable(app_context(request)->visitor, plans);
	if (!reconcile_rules(&page.scope, page.scope.today, rules, error) ||
	    !read_findings(&page, values, limit, error))
		return false;
	if (request->format == HTTP_CSV) {
		write_csv(&page, response);
		return true;
	}
	if (request->format == HTTP_JSON) {
		write_json(&page, response);
		return true;
	}
	fill_frame(&page, values, view);
	if (!fill_lines(&page, view, error) || !fill_sides(&page, plan_of(&page, view->plan_id), view, error))
		return false;
	fill_links(&page, values, view);
	reconcile_list_page(response->body, view);
	return true;
}

bool
reconcile_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue values[KEY_MAX];

	return http_query_parse(FIELDS, KEY_MAX, request, values, error) &&
	       app_access_require_named(request, values[KEY_PLAN].number, error) &&
	       answer(request, response, values, NULL, 0, error);
}

static bool
lead_on(HttpRequest *request, HttpResponse *response, const char *problem, int64_t finding_id, GError **error)
{
	if (problem == NULL) {
		http_response_redirect(response, RECONCILE_PATH);
		return true;
	}
	response->status = 422;
	return answer(request, response, NULL, problem, finding_id, error);
}

bool
reconcile_post_close(HttpRequest *request, HttpResponse *response, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	const char *problem = NULL;
	MoneyFinding finding;
	int64_t finding_id;
	bool may;

	if (!http_request_param_int(request, "id", &finding_id, error) ||
	    !money_find_finding(&scope, finding_id, &finding, error) ||
	    !app_access_require(request, APP_READ, &(AppTarget){.plan_id = finding.plan_id}, error) ||
	    !may_close(request, finding.plan_id, &may, error))
		return false;
	if (!may)
		problem =
		    "Chỉ cơ quan thường trực, người nghiệm thu và cơ quan kiểm tra mới khép được điểm lệch.";
	else if (!reconcile_close(&scope, finding_id, http_request_form(request, "ly-do"), &problem, error))
		return false;
	return lead_on(request, response, problem, finding_id, error);
}

bool
reconcile_post_rule(HttpRequest *request, HttpResponse *response, GError **error)
{
	static const HttpField THRESHOLD = {
	    "nguong", "Ngưỡng", http_valid_int, .min = 0, .max = RECONCILE_THRESHOLD_MAX};
	static const HttpField FROM = {"tu-ngay", "Áp dụng từ ngày", http_valid_date, .max = 0};
	const MoneyScope scope = money_scope_of(request);
	ReconcileRule rule = {.rule = http_request_param(request, "ma"),
	    .source = http_request_form(request, "can-cu"),
	    .is_on = http_request_form(request, "bat") != NULL};
	g_autoptr(GError) wrong = NULL;
	const char *problem = NULL;
	HttpValue threshold, from;

	if (!http_form_parse(&THRESHOLD, 1, request, &threshold, &wrong) ||
	    !http_form_parse(&FROM, 1, request, &from, &wrong))
		problem = request->problem;
	else if (!threshold.is_set)
		problem = "Hãy ghi ngưỡng.";
	if (problem == NULL) {
		rule.threshold = threshold.number;
		rule.valid_from = from.is_set ? (int32_t)from.number : scope.today;
		if (!reconcile_set_rule(&scope, &rule, &problem, error))
			return false;
	}
	return lead_on(request, response, problem, 0, error);
}
