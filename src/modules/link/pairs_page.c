/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/plan_access.h"
#include "base/csv.h"
#include "base/json.h"
#include "html/assets_urls.h"
#include "http/data.h"
#include "modules/link/link_pages.h"
#include "modules/link/pages/links.html.h"

#include <stdio.h>

enum { KEY_STATE, KEY_AFTER, KEY_JUST_TASK, KEY_JUST_INDICATOR, KEY_MAX };

static const char *const STATES[] = {"de-xuat", "da-xac-nhan", "da-tu-choi", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_STATE] = {"loc", "Lọc", http_valid_word, .words = STATES},
    [KEY_AFTER] = {"tu", "Vị trí", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_JUST_TASK] = {"vua", "Vừa ghi", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_JUST_INDICATOR] = {"vua-chi-tieu", "Vừa ghi", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static void
write_csv(const LinkPairsView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Nhiệm vụ", "Tên nhiệm vụ", "Chỉ tiêu", "Tên chỉ tiêu",
	    "Tình trạng", "Điểm", "Lý do", "Người quyết định"};
	GString *out = response->body;

	http_csv_begin(response, "lien-ket.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_pairs; i++) {
		const LinkPair *pair = &view->pairs[i];

		csv_text(out, pair->task->no);
		csv_text(out, pair->task->name);
		csv_text(out, pair->indicator->no);
		csv_text(out, pair->indicator->name);
		csv_text(out, LINK_STATE_TITLES[pair->state]);
		csv_int(out, pair->score);
		csv_text(out, pair->reason);
		csv_text(out, pair->name);
		csv_end_line(out);
	}
}

static void
write_json(const LinkPairsView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "links");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_pairs; i++) {
		const LinkPair *pair = &view->pairs[i];

		json_begin_object(&json);
		json_key_int(&json, "task", pair->task->item_no);
		json_key_string(&json, "task_name", pair->task->name);
		json_key_int(&json, "indicator", pair->indicator->item_no);
		json_key_string(&json, "indicator_name", pair->indicator->name);
		json_key_string(&json, "state", LINK_STATE_WORDS[pair->state]);
		json_key_int(&json, "score", pair->score);
		json_key_string(&json, "reason", pair->reason);
		json_key_string(&json, "decided_by", pair->name);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

/* The rows of the page, or all for data. */
static void
choose_rows(const LinkBook *book, size_t limit, LinkPairsView *view)
{
	view->pairs = arena_array(view->page.arena, LinkPair, book->pairs->len + 1);
	for (guint i = 0; i < book->pairs->len; i++) {
		const LinkPair *pair = &g_array_index(book->pairs, LinkPair, i);

		view->counts[pair->state]++;
		if ((int)pair->state != view->state || view->n_all++ < view->first || view->n_pairs >= limit)
			continue;
		view->pairs[view->n_pairs++] = *pair;
	}
}

static const LinkPair *
find_just(const LinkBook *book, const HttpValue *values, Arena *arena)
{
	for (guint i = 0; i < book->pairs->len && values[KEY_JUST_TASK].is_set; i++) {
		const LinkPair *pair = &g_array_index(book->pairs, LinkPair, i);

		if (pair->task->item_no == values[KEY_JUST_TASK].number &&
		    pair->indicator->item_no == values[KEY_JUST_INDICATOR].number &&
		    pair->state != LINK_PROPOSED) {
			LinkPair *kept = arena_new0(arena, LinkPair);

			*kept = *pair;
			return kept;
		}
	}
	return NULL;
}

static void
fill_links(LinkPairsView *view)
{
	const PlanPage *page = &view->page;
	const char *state = STATES[view->state];
	const LinkParam params[] = {{PLAN_PARAM, page->plan_query}, {"loc", state}};
	const LinkBase base = {LINK_PATH, params, G_N_ELEMENTS(params)};

	for (int i = 0; i < LINK_STATE_MAX; i++)
		view->urls[i] = plan_page_link(page, LINK_PATH, "loc=%s", STATES[i]);
	if (view->first + view->n_pairs < view->n_all)
		view->next_url =
		    plan_page_link(page, LINK_PATH, "loc=%s&tu=%zu", state, view->first + view->n_pairs);
	if (view->first > 0)
		view->first_url = plan_page_link(page, LINK_PATH, "loc=%s", state);
	view->orphan_tasks_url = plan_page_link(page, LINK_ORPHAN_PATH, "loai=nhiem-vu");
	view->orphan_indicators_url = plan_page_link(page, LINK_ORPHAN_PATH, "loai=chi-tieu");
	view->exports = plan_page_exports(page, &base);
}

static bool
fill(HttpRequest *request, const HttpValue *values, LinkPairsView *view, GError **error)
{
	LinkScope scope = link_scope_of(request);
	const AppTarget target = {.plan_id = view->page.scope.plan_id};
	g_auto(LinkBook) book = {0};
	AppAnswer answer;

	if (!link_book_read(&scope, view->page.scope.plan_id, &book, error) ||
	    !link_count_orphans(&scope, view->page.scope.plan_id, (int64_t)book.n_tasks,
		(int64_t)book.n_indicators, &view->orphans, error) ||
	    !app_access(request, APP_OPERATE, &target, &answer, error))
		return false;
	view->may_decide = answer.is_allowed;
	view->state = (int)values[KEY_STATE].number;
	view->first = (size_t)values[KEY_AFTER].number;
	choose_rows(&book, request->format == HTTP_HTML ? LINK_PAGE_ROWS : G_MAXINT32, view);
	view->just = find_just(&book, values, request->arena);
	fill_links(view);
	return true;
}

bool
link_pairs_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkPairsView view = {0};
	HttpValue values[KEY_MAX];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_NONE, "Liên kết nhiệm vụ và chỉ tiêu", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	view.page.layout.script = ASSET_WORK_JS;
	if (!fill(request, values, &view, error))
		return false;
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		links_page(response->body, &view);
	return true;
}

/* --- deciding --------------------------------------------------------------------------------------------
 */

enum { FORM_PLAN, FORM_TASK, FORM_INDICATOR, FORM_DEED, FORM_BACK, FORM_MAX };

static const char *const DEEDS[] = {"bo", "xac-nhan", "tu-choi", NULL}; /* as LinkState */

static const HttpField FORM[FORM_MAX] = {
    [FORM_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_TASK] = {"nhiem-vu", "Nhiệm vụ", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_INDICATOR] = {"chi-tieu", "Chỉ tiêu", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_DEED] = {"viec", "Việc", http_valid_word, .words = DEEDS},
    [FORM_BACK] = {"loc", "Lọc", http_valid_word, .words = STATES},
};

/* What the program says about the pair today goes along with what somebody decides about it. */
static bool
find_proposal(const LinkScope *scope, const HttpValue *values, unsigned *ret_score, const char **ret_reason,
    GError **error)
{
	g_auto(LinkBook) book = {0};

	*ret_score = 0;
	*ret_reason = "";
	if (!link_book_read(scope, values[FORM_PLAN].number, &book, error))
		return false;
	for (guint i = 0; i < book.pairs->len; i++) {
		const LinkPair *pair = &g_array_index(book.pairs, LinkPair, i);

		if (pair->task->item_no != values[FORM_TASK].number ||
		    pair->indicator->item_no != values[FORM_INDICATOR].number)
			continue;
		*ret_score = pair->score;
		*ret_reason = pair->reason;
	}
	return true;
}

typedef struct Prepared {
	unsigned score;
	const char *reason;
} Prepared;

bool
link_pairs_decide(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkScope scope = link_scope_of(request);
	Prepared *prepared = request->prepared;
	HttpValue values[FORM_MAX];

	if (!http_form_parse(FORM, FORM_MAX, request, values, error))
		return false;
	if (!app_access_require(
		request, APP_OPERATE, &(AppTarget){.plan_id = values[FORM_PLAN].number}, error))
		return false;
	if (prepared == NULL) {
		prepared = arena_new0(request->arena, Prepared);
		request->prepared = prepared;
		return find_proposal(&scope, values, &prepared->score, &prepared->reason, error);
	}
	if (!link_decide(&scope, values[FORM_PLAN].number, values[FORM_TASK].number,
		values[FORM_INDICATOR].number, (LinkState)values[FORM_DEED].number, prepared->score,
		prepared->reason, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena,
			  LINK_PATH "?ke-hoach=%" G_GINT64_FORMAT "&loc=%s&vua=%" G_GINT64_FORMAT
				    "&vua-chi-tieu=%" G_GINT64_FORMAT,
			  values[FORM_PLAN].number, STATES[values[FORM_BACK].number],
			  values[FORM_TASK].number, values[FORM_INDICATOR].number));
	return true;
}

/* --- what is linked to nothing ---------------------------------------------------------------------------
 */

static const char *const KINDS[] = {"nhiem-vu", "chi-tieu", NULL};

static const HttpField ORPHAN_FIELDS[] = {{"loai", "Loại", http_valid_word, .words = KINDS}};

static bool
is_linked(const LinkBook *book, const LinkItem *item)
{
	for (guint i = 0; i < book->pairs->len; i++) {
		const LinkPair *pair = &g_array_index(book->pairs, LinkPair, i);

		if (pair->state == LINK_CONFIRMED && (pair->task == item || pair->indicator == item))
			return true;
	}
	return false;
}

static void
write_orphans(const LinkOrphanView *view, HttpRequest *request, HttpResponse *response)
{
	GString *out = response->body;
	JsonWriter json;

	if (request->format == HTTP_CSV) {
		http_csv_begin(response,
		    view->is_tasks ? "nhiem-vu-chua-lien-ket.csv" : "chi-tieu-chua-lien-ket.csv", NULL, 0);
		csv_text(out, "Số");
		csv_text(out, view->is_tasks ? "Nhiệm vụ" : "Chỉ tiêu");
		csv_text(out, "Cơ quan chủ trì");
		csv_end_line(out);
		for (size_t i = 0; i < view->n_items; i++) {
			csv_text(out, view->items[i]->no);
			csv_text(out, view->items[i]->name);
			csv_text(out, view->items[i]->lead);
			csv_end_line(out);
		}
		return;
	}
	http_json_begin(response);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key(&json, view->is_tasks ? "tasks" : "indicators");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_items; i++) {
		json_begin_object(&json);
		json_key_int(&json, "id", view->items[i]->item_no);
		json_key_string(&json, "no", view->items[i]->no);
		json_key_string(&json, "name", view->items[i]->name);
		json_key_string(&json, "lead", view->items[i]->lead);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_orphans(const LinkBook *book, LinkOrphanView *view)
{
	const LinkItem *items = view->is_tasks ? book->tasks : book->indicators;
	const char *kind = KINDS[view->is_tasks ? 0 : 1];
	const LinkParam params[] = {{PLAN_PARAM, view->page.plan_query}, {"loai", kind}};
	const LinkBase base = {LINK_ORPHAN_PATH, params, G_N_ELEMENTS(params)};

	view->n_total = view->is_tasks ? book->n_tasks : book->n_indicators;
	view->items = arena_array(view->page.arena, const LinkItem *, view->n_total + 1);
	for (size_t i = 0; i < view->n_total; i++)
		if (!is_linked(book, &items[i]))
			view->items[view->n_items++] = &items[i];
	view->tasks_url = plan_page_link(&view->page, LINK_ORPHAN_PATH, "loai=nhiem-vu");
	view->indicators_url = plan_page_link(&view->page, LINK_ORPHAN_PATH, "loai=chi-tieu");
	view->links_url = plan_page_link(&view->page, LINK_PATH, NULL);
	view->exports = plan_page_exports(&view->page, &base);
}

bool
link_orphans_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkOrphanView view = {0};
	g_auto(LinkBook) book = {0};
	HttpValue values[1];
	LinkScope scope;

	if (!http_query_parse(ORPHAN_FIELDS, 1, request, values, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_NONE, "Chưa có liên kết", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	view.is_tasks = values[0].number == 0;
	scope = link_scope_of(request);
	if (!link_book_read(&scope, view.page.scope.plan_id, &book, error))
		return false;
	fill_orphans(&book, &view);
	if (request->format != HTTP_HTML)
		write_orphans(&view, request, response);
	else
		orphans_page(response->body, &view);
	return true;
}
