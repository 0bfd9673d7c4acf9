/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/identity/pages/review.html.h"
#include "modules/identity/role_pages.h"

#include <string.h>

/* The half-yearly look through all that was given (TCVN 14423): keep or take away, many at once. */

#define MAX_PAGES 1000

enum { KEY_DUE, KEY_PAGE, KEY_MAX };

static const char *const DUE_WORDS[] = {"qua-han", NULL};
static const HttpField FIELDS[KEY_MAX] = {
    [KEY_DUE] = {"han", "Hạn rà soát", http_valid_word, .words = DUE_WORDS},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = MAX_PAGES},
};

/* "12/02/2026, do …"; `none` for never. */
static const char *
act_text(Arena *arena, int64_t us, const char *by, const char *none)
{
	if (us == 0)
		return none;
	return *by != '\0' ? arena_printf(arena, "%s, %s", date_text_vi(arena, instant_day(us)), by)
			   : date_text_vi(arena, instant_day(us));
}

static const char *
where_of(Arena *arena, const GPtrArray *plans, const IdentityReviewItem *item)
{
	if (item->plan_role_no == 0)
		return "toàn xã";
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == item->plan_id) {
			g_autoptr(GString) caption = g_string_new(NULL);

			plan_caption(plan, caption);
			return arena_strdup(arena, caption->str);
		}
	}
	return arena_printf(arena, "kế hoạch số %" G_GINT64_FORMAT, item->plan_id);
}

static const char *
holder_of(Arena *arena, const IdentityReviewItem *item)
{
	return item->account_id != 0
		   ? arena_printf(arena, "%s (%s)", item->name, item->login)
		   : arena_printf(arena, "%s: %s", item->name, IDENTITY_WHO_LABELS[item->who]);
}

static void
fill_row(const HttpRequest *request, const GPtrArray *plans, const IdentityReviewItem *item,
    IdentityReviewRow *row)
{
	const AppContext *context = app_context(request);
	Arena *arena = request->arena;

	*row = (IdentityReviewRow){
	    .item = item,
	    .field = arena_printf(arena, "q-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%s", item->account_id,
		item->plan_role_no, item->role),
	    .holder = holder_of(arena, item),
	    .where = where_of(arena, plans, item),
	    .given = act_text(arena, item->given_us, item->given_by, ""),
	    .seen = act_text(arena, item->seen_us, "", ""),
	    .reviewed = act_text(arena, item->reviewed_us, item->reviewed_by, "chưa"),
	    .due = date_text_vi(arena, item->due),
	    .is_due = item->due < context->today,
	    .is_mine = item->account_id != 0 && item->account_id == context->visitor->account_id,
	};
}

/* All rows that the filter leaves, in the arena. */
static bool
load_rows(const HttpRequest *request, IdentityReviewView *view, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	int32_t next = DATE_NONE;

	if (!identity_review_items(&scope, items, error) ||
	    !plan_list(scope.db, scope.commune_id, scope.arena, plans, error))
		return false;
	view->rows = arena_array(scope.arena, IdentityReviewRow, items->len + 1);
	for (guint i = 0; i < items->len; i++) {
		const IdentityReviewItem *item = g_ptr_array_index(items, i);
		IdentityReviewRow row;

		fill_row(request, plans, item, &row);
		if (i == 0)
			next = item->due;
		view->n_due += row.is_due;
		if (!view->only_due || row.is_due)
			view->rows[view->n_rows++] = row;
	}
	view->next = date_text_vi(scope.arena, next);
	return true;
}

static bool
load_rule(const HttpRequest *request, IdentityReviewView *view, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	const IdentityRule *rule;

	if (!identity_rules_on(&scope, app_context(request)->today, 0, rules, error))
		return false;
	rule = identity_rule_in(rules, "review_months");
	view->months = rule != NULL ? rule->value : 0;
	view->source = rule != NULL ? rule->source : "";
	return true;
}

static const char *const HEADS[] = {
    "Ai", "Vai trò", "Ở đâu", "Giao", "Đăng nhập gần nhất", "Rà soát gần nhất", "Hạn", "Quá hạn"};

static void
write_csv(const IdentityReviewView *view, HttpResponse *response)
{
	GString *out = response->body;

	http_csv_begin(response, "ra-soat-quyen.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const IdentityReviewRow *row = &view->rows[i];

		csv_text(out, row->holder);
		csv_text(out, row->item->role_name);
		csv_text(out, row->where);
		csv_text(out, row->given);
		csv_text(out, row->seen);
		csv_text(out, row->reviewed);
		csv_text(out, row->due);
		csv_text(out, row->is_due ? "có" : "");
		csv_end_line(out);
	}
}

static void
write_json(const IdentityReviewView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_int(&json, "due", view->n_due);
	json_key(&json, "grants");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const IdentityReviewItem *item = view->rows[i].item;
		char day[DATE_ISO_SIZE];

		date_format_iso(item->due, day);
		json_begin_object(&json);
		json_key_int(&json, "account", item->account_id);
		json_key_string(&json, "login", item->login);
		json_key_string(&json, "role", item->role);
		json_key_int(&json, "plan", item->plan_id);
		json_key_string(&json, "due", day);
		json_key_string(&json, "reviewed_by", item->reviewed_us != 0 ? item->reviewed_by : NULL);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static bool
show(HttpRequest *request, HttpResponse *response, IdentityReviewView *view, GError **error)
{
	HttpValue values[KEY_MAX];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	view->only_due = values[KEY_DUE].is_set;
	list_page_begin(
	    &view->page, request->arena, IDENTITY_REVIEW_PATH, &FIELDS[KEY_DUE].name, &values[KEY_DUE], 1);
	view->all_url = IDENTITY_REVIEW_PATH;
	view->due_url =
	    link_with(request->arena, &view->page.base, &(LinkParam){FIELDS[KEY_DUE].name, DUE_WORDS[0]}, 1);
	view->exports = (PlanExports){view->page.csv_url, view->page.json_url};
	if (!load_rule(request, view, error) || !load_rows(request, view, error))
		return false;
	view->layout = app_layout(request, "Rà soát quyền");
	if (request->format == HTTP_CSV) {
		write_csv(view, response);
	} else if (request->format == HTTP_JSON) {
		write_json(view, response);
	} else {
		list_page_cut(&view->page, request->arena, "quyền", view->n_rows,
		    values[KEY_PAGE].is_set ? (size_t)values[KEY_PAGE].number : 1);
		identity_review_page(response->body, view);
	}
	return true;
}

bool
identity_review_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityReviewView view = {0};

	return show(request, response, &view, error);
}

/* What was chosen for a row of the page. The field `hien` names the rows that the page showed: only of these
 * the rest may be kept. */
static IdentityReviewResult
choice_of(const HttpRequest *request, const IdentityReviewRow *row)
{
	const char *chosen = http_request_form(request, row->field);
	const char *rest = http_request_form(request, "con-lai");
	const char *shown = http_request_form(request, arena_printf(request->arena, "hien-%s", row->field));

	if (chosen != NULL && strcmp(chosen, "thu") == 0)
		return IDENTITY_REVIEW_TAKEN;
	if (chosen != NULL && strcmp(chosen, "giu") == 0)
		return IDENTITY_REVIEW_KEPT;
	return rest != NULL && strcmp(rest, "giu") == 0 && shown != NULL && !row->is_mine
		   ? IDENTITY_REVIEW_KEPT
		   : IDENTITY_REVIEW_MAX;
}

bool
identity_review_save(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityReviewView all = {0}, view = {0};
	const char *first_problem = NULL;
	int n = 0;

	if (!load_rows(request, &all, error))
		return false;
	for (size_t i = 0; i < all.n_rows; i++) {
		IdentityReviewResult result = choice_of(request, &all.rows[i]);
		const char *problem;

		if (result == IDENTITY_REVIEW_MAX)
			continue;
		if (!identity_review_record(&scope, all.rows[i].item,
			app_context(request)->visitor->account_id, result, &problem, error))
			return false;
		n += problem == NULL;
		if (first_problem == NULL && problem != NULL)
			first_problem = arena_printf(request->arena, "%s, vai trò “%s”: %s",
			    all.rows[i].holder, all.rows[i].item->role_name, problem);
	}
	if (n == 0 && first_problem == NULL)
		first_problem = "Chưa chọn quyền nào. Hãy chọn “Giữ” hoặc “Thu” ở từng dòng.";
	view.problem = first_problem;
	view.done = n > 0 ? arena_printf(request->arena, "Đã ghi kết quả rà soát %d quyền.", n) : NULL;
	response->status = first_problem != NULL ? 422 : 200;
	return show(request, response, &view, error);
}
