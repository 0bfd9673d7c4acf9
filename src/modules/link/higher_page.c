/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/plan_access.h"
#include "base/csv.h"
#include "base/json.h"
#include "compiler/plan.h"
#include "html/assets_urls.h"
#include "http/data.h"
#include "modules/link/link_pages.h"
#include "modules/link/pages/higher.html.h"
#include "reader/compile.h"

#define FILE_BYTES_MAX ((size_t)32 * 1024 * 1024)

static const char *const ANSWERS[] = {
    "chua-co", "co-the", "da-co", "thap-hon", "khong-so-duoc", "khong-thuoc", "tat-ca", NULL};

static const HttpField FIELDS[] = {{"loc", "Lọc", http_valid_word, .words = ANSWERS}};

static bool
may_import(const HttpRequest *request)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return visitor->is_open || app_visitor_may(visitor, APP_IMPORT);
}

/* --- the list --------------------------------------------------------------------------------------------
 */

static bool
show_list(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	LinkScope scope = link_scope_of(request);
	g_autoptr(GPtrArray) highers = g_ptr_array_new();
	LinkHighersView view = {.highers = highers, .problem = problem, .may_import = may_import(request)};

	if (!plan_page_begin(request, LAYOUT_NAV_NONE, "Kế hoạch cấp trên", &view.page, error) ||
	    !link_highers(&scope, highers, error))
		return false;
	if (problem != NULL)
		response->status = 422;
	highers_page(response->body, &view);
	return true;
}

bool
link_highers_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show_list(request, response, NULL, error);
}

/* What was read of a file before anything is written. */
typedef struct Prepared {
	Plan *plan; /* NULL: there is a problem */
	const char *problem;
} Prepared;

static void
read_file(HttpRequest *request, Prepared *prepared)
{
	const HttpFile *file = request->n_files > 0 ? &request->files[0] : NULL;
	g_autoptr(GError) reason = NULL;
	g_autofree char *bytes = NULL;
	gsize len;

	if (file == NULL || file->size == 0)
		prepared->problem = "Hãy chọn tệp kế hoạch của cấp trên.";
	else if (file->size > FILE_BYTES_MAX)
		prepared->problem = "Tệp lớn hơn 32 MB. Hãy dùng bản Word, hoặc bản PDF có chữ.";
	else if (!g_file_get_contents(file->path, &bytes, &len, &reason) ||
		 !reader_compile(file->name, bytes, len, NULL, NULL, &prepared->plan, &reason))
		prepared->problem = arena_strdup(request->arena, reason->message);
}

bool
link_highers_upload(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkScope scope = link_scope_of(request);
	Prepared *prepared = request->prepared;
	g_autoptr(Plan) plan = NULL;
	int64_t higher_id;
	bool is_new;

	if (prepared == NULL) {
		prepared = arena_new0(request->arena, Prepared);
		read_file(request, prepared);
		request->prepared = prepared;
		return true;
	}
	plan = g_steal_pointer(&prepared->plan);
	if (plan != NULL &&
	    plan->indicators->len + plan->tasks->len + plan->duties->len + plan->body_tasks->len == 0)
		prepared->problem =
		    "Không đọc được nhiệm vụ hay chỉ tiêu nào trong tệp này. Hãy kiểm tra có đúng là văn bản "
		    "kế hoạch không.";
	if (prepared->problem != NULL)
		return show_list(request, response, prepared->problem, error);
	if (!link_higher_add(
		&scope, plan, request->files[0].name, request->files[0].sha256, &higher_id, &is_new, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena, LINK_HIGHER_PATH "/%" G_GINT64_FORMAT, higher_id));
	return true;
}

bool
link_higher_drop(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkScope scope = link_scope_of(request);
	int64_t higher_id;

	if (!http_request_param_int(request, "id", &higher_id, error) ||
	    !link_higher_remove(&scope, higher_id, error))
		return false;
	http_response_redirect(response, LINK_HIGHER_PATH);
	return true;
}

/* --- one, beside ours ------------------------------------------------------------------------------------
 */

static const char *
caption_of(Arena *arena, const LinkHigher *higher)
{
	g_autoptr(GString) out = g_string_new(higher->type != NULL ? higher->type : "Kế hoạch");

	if (higher->number != NULL)
		g_string_append_printf(out, " số %s", higher->number);
	if (higher->issued_on != NULL) {
		g_string_append(out, " ");
		g_string_append(out, higher->issued_on[0] != '\0' ? "ngày " : "");
		plan_append_date(higher->issued_on, out);
	}
	if (higher->issuer != NULL)
		g_string_append_printf(out, " của %s", higher->issuer);
	return arena_strndup(arena, out->str, out->len);
}

static void
write_csv(const LinkHigherView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Loại", "Số", "Nội dung của cấp trên", "Cơ quan", "Thời hạn",
	    "Năm", "Mục tiêu", "Trả lời", "Dòng của xã", "Mục tiêu của xã", "Ghi chú"};
	GString *out = response->body;

	http_csv_begin(response, "doi-chieu-cap-tren.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const LinkComparison *at = &view->rows[i];

		csv_text(out, at->row->kind == LINK_ROW_DUTY ? "Nhiệm vụ" : "Chỉ tiêu");
		csv_text(out, at->row->no);
		csv_text(out, at->row->name);
		csv_text(out, at->row->agency);
		csv_text(out, at->row->deadline);
		if (at->row->year > 0)
			csv_int(out, at->row->year);
		else
			csv_text(out, NULL);
		csv_text(out, at->row->raw);
		csv_text(out, LINK_ANSWER_TITLES[at->answer]);
		csv_text(out, at->item != NULL ? at->item->name : NULL);
		csv_text(out, at->ours);
		csv_text(out, at->reason);
		csv_end_line(out);
	}
}

static void
write_json(const LinkHigherView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "rows");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const LinkComparison *at = &view->rows[i];

		json_begin_object(&json);
		json_key_int(&json, "row", at->row->row_no);
		json_key_string(&json, "kind", at->row->kind == LINK_ROW_DUTY ? "duty" : "target");
		json_key_string(&json, "name", at->row->name);
		json_key_int(&json, "year", at->row->year);
		json_key_string(&json, "target", at->row->raw);
		json_key_string(&json, "answer", LINK_ANSWER_WORDS[at->answer]);
		json_key_string(&json, "ours", at->item != NULL ? at->item->name : NULL);
		json_key_string(&json, "our_target", at->ours);
		json_key_int(&json, "score", at->score);
		json_key_string(&json, "reason", at->reason);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

/* Rows that still want something come without a filter. */
static void
choose_rows(const GArray *comparisons, size_t limit, LinkHigherView *view)
{
	view->rows = arena_array(view->page.arena, LinkComparison, comparisons->len + 1);
	for (guint i = 0; i < comparisons->len; i++) {
		const LinkComparison *at = &g_array_index(comparisons, LinkComparison, i);

		view->counts[at->answer]++;
		if (view->answer != LINK_ANSWER_MAX && (int)at->answer != view->answer)
			continue;
		view->n_all++;
		if (view->n_rows < limit)
			view->rows[view->n_rows++] = *at;
	}
}

static bool
fill(HttpRequest *request, LinkHigherView *view, GError **error)
{
	LinkScope scope = link_scope_of(request);
	const AppTarget target = {.plan_id = view->page.scope.plan_id};
	g_autoptr(GArray) comparisons = g_array_new(FALSE, FALSE, sizeof(LinkComparison));
	const char *path =
	    arena_printf(request->arena, LINK_HIGHER_PATH "/%" G_GINT64_FORMAT, view->higher.higher_id);
	const LinkParam params[] = {{PLAN_PARAM, view->page.plan_query}, {"loc", ANSWERS[view->answer]}};
	const LinkBase base = {path, params, G_N_ELEMENTS(params)};
	AppAnswer answer;

	if (!link_compare(&scope, view->higher.higher_id, view->page.scope.plan_id, comparisons, error) ||
	    !app_access(request, APP_OPERATE, &target, &answer, error))
		return false;
	view->may_decide = answer.is_allowed;
	view->may_import = may_import(request);
	view->caption = caption_of(request->arena, &view->higher);
	choose_rows(comparisons, request->format == HTTP_HTML ? 300 : G_MAXINT32, view);
	for (int i = 0; i <= LINK_ANSWER_MAX; i++)
		view->urls[i] = plan_page_link(&view->page, path, "loc=%s", ANSWERS[i]);
	view->exports = plan_page_exports(&view->page, &base);
	return true;
}

bool
link_higher_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkScope scope = link_scope_of(request);
	LinkHigherView view = {0};
	HttpValue values[1];
	int64_t higher_id;

	if (!http_request_param_int(request, "id", &higher_id, error) ||
	    !http_query_parse(FIELDS, 1, request, values, error) ||
	    !link_higher_find(&scope, higher_id, &view.higher, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_NONE, "Đối chiếu với cấp trên", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	view.page.layout.script = ASSET_WORK_JS;
	view.answer = values[0].is_set ? (int)values[0].number : LINK_ANSWER_MAX;
	if (!fill(request, &view, error))
		return false;
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		higher_page(response->body, &view);
	return true;
}

/* --- deciding --------------------------------------------------------------------------------------------
 */

enum { FORM_PLAN, FORM_ROW, FORM_ITEM, FORM_DEED, FORM_BACK, FORM_MAX };

static const char *const DEEDS[] = {"bo", "xac-nhan", "tu-choi", NULL}; /* as LinkState */

static const HttpField FORM[FORM_MAX] = {
    [FORM_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_ROW] = {"dong", "Dòng", http_valid_int, .min = 1, .max = G_MAXINT32},
    [FORM_ITEM] = {"muc", "Dòng của xã", http_valid_int, .min = 0, .max = G_MAXINT32},
    [FORM_DEED] = {"viec", "Việc", http_valid_word, .words = DEEDS},
    [FORM_BACK] = {"loc", "Lọc", http_valid_word, .words = ANSWERS},
};

bool
link_higher_decide(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkScope scope = link_scope_of(request);
	HttpValue values[FORM_MAX];
	int64_t higher_id;

	if (!http_request_param_int(request, "id", &higher_id, error) ||
	    !http_form_parse(FORM, FORM_MAX, request, values, error) ||
	    !app_access_require(
		request, APP_OPERATE, &(AppTarget){.plan_id = values[FORM_PLAN].number}, error) ||
	    !link_match_decide(&scope, higher_id, values[FORM_ROW].number, values[FORM_PLAN].number,
		values[FORM_ITEM].number, (LinkState)values[FORM_DEED].number, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena,
			  LINK_HIGHER_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT "&loc=%s",
			  higher_id, values[FORM_PLAN].number,
			  ANSWERS[values[FORM_BACK].is_set ? values[FORM_BACK].number : LINK_ANSWER_MAX]));
	return true;
}
