/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/succession/succession_pages.h"

#include "app/context.h"
#include "app/plan_access.h"
#include "base/csv.h"
#include "base/json.h"
#include "html/assets_urls.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/identity/identity_roles.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_review.h"
#include "modules/succession/pages/compare.html.h"
#include "modules/succession/pages/list.html.h"

#include <string.h>

#define DRAFTS_MAX 50 /* that can be chosen */
#define LIKELY_MAX 8

const char *const SUCCESSION_SHOW_WORDS[SUCCESSION_SHOW_MAX + 1] = {
    "can-xem", "chua-xac-nhan", "thay-doi", "moi", "khong-con", "doi-vi-tri", "giu-nguyen", "tat-ca", NULL};

static const char *const SHOW_TITLES[SUCCESSION_SHOW_MAX] = {
    "Cần xem", "Chưa xác nhận", "Thay đổi", "Mới", "Không còn", "Đổi vị trí", "Giữ nguyên", "Tất cả"};

enum { KEY_SHOW, KEY_PAGE, KEY_CHOOSE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_SHOW] = {"loc", "Lọc", http_valid_word, .words = SUCCESSION_SHOW_WORDS},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = 100000},
    [KEY_CHOOSE] = {"chon", "Chọn dòng", http_valid_text, .max = 200},
};

SuccessionScope
succession_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (SuccessionScope){.intake = {context->db, context->commune_id, context->directory,
				     context->now_us, app_actor(request)},
	    .arena = request->arena,
	    .today = context->today,
	    .may_roles = context->visitor->is_open || app_visitor_may(context->visitor, APP_ROLES)};
}

static void
fill_layout(const HttpRequest *request, const char *title, LayoutView *layout)
{
	*layout = app_layout(request, title);
	layout->path = SUCCESSION_PATH;
	layout->script = ASSET_WORK_JS;
}

static bool
may(const HttpRequest *request, const char *permission)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return visitor->is_open || app_visitor_may(visitor, permission);
}

static const char *
vi_instant(Arena *arena, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_minute_vi(us, text);
	return arena_strdup(arena, text);
}

/* --- the list ----------------------------------------------------------------------------------------------
 */

const char *
succession_plan_caption(Arena *arena, const PlanInfo *plan)
{
	g_autoptr(GString) out = g_string_new(NULL);

	plan_caption(plan, out);
	if (plan->issuer != NULL)
		g_string_append_printf(out, " – %s", plan->issuer);
	if (plan->replaced_by == 0 && !plan->is_current)
		g_string_append_printf(out, " (bản cũ, phiên bản %" G_GINT64_FORMAT ")", plan->version);
	return arena_strdup(arena, out->str);
}

static const char *
plan_of(Arena *arena, const GPtrArray *plans, int64_t plan_id)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id)
			return succession_plan_caption(arena, plan);
	}
	return NULL;
}

static const char *
draft_name(const IntakeDraft *draft)
{
	return *draft->caption != '\0' ? draft->caption : draft->file_name;
}

static void
fill_choices(SuccessionListView *view, const GPtrArray *drafts, const GPtrArray *plans,
    const SuccessionTyped *typed, Arena *arena)
{
	view->news = arena_array(arena, SuccessionChoice, drafts->len + plans->len + 1);
	view->olds = arena_array(arena, SuccessionChoice, plans->len + 1);
	for (guint i = 0; i < drafts->len; i++) {
		const IntakeDraft *draft = g_ptr_array_index(drafts, i);
		const char *value = arena_printf(arena, "nhap-%" G_GINT64_FORMAT, draft->draft_id);

		view->news[view->n_news++] =
		    (SuccessionChoice){value, arena_printf(arena, "Bản nháp: %s", draft_name(draft)),
			g_strcmp0(value, typed->new_value) == 0};
	}
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);
		const char *value = arena_printf(arena, "ke-hoach-%" G_GINT64_FORMAT, plan->plan_id);

		if (plan->is_current)
			view->news[view->n_news++] = (SuccessionChoice){value,
			    succession_plan_caption(arena, plan), g_strcmp0(value, typed->new_value) == 0};
		if (plan->replaced_by == 0)
			view->olds[view->n_olds++] =
			    (SuccessionChoice){arena_printf(arena, "%" G_GINT64_FORMAT, plan->plan_id),
				succession_plan_caption(arena, plan), plan->plan_id == typed->old_plan_id};
	}
}

static bool
fill_rows(const SuccessionScope *scope, SuccessionListView *view, const GPtrArray *plans, GError **error)
{
	static const char *const LOOKS[SUCCESSION_STATE_MAX] = {
	    [SUCCESSION_PREPARING] = "soon", [SUCCESSION_DONE] = "ok", [SUCCESSION_DROPPED] = "idle"};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!succession_list(scope, rows, error))
		return false;
	view->rows = arena_array(scope->arena, SuccessionListRow, rows->len + 1);
	for (guint i = 0; i < rows->len; i++) {
		const Succession *row = g_ptr_array_index(rows, i);
		SuccessionListRow *shown = &view->rows[view->n_rows];
		IntakeDraft draft;

		*shown = (SuccessionListRow){.row = row,
		    .url =
			arena_printf(scope->arena, SUCCESSION_PATH "/%" G_GINT64_FORMAT, row->succession_id),
		    .when = vi_instant(scope->arena, row->at_us),
		    .from = date_text_vi(scope->arena, row->from_day),
		    .old_caption = plan_of(scope->arena, plans, row->old_plan_id),
		    .new_caption = plan_of(scope->arena, plans, row->new_plan_id),
		    .look = LOOKS[row->state]};
		if (row->new_plan_id == 0) {
			if (!intake_draft_load(&scope->intake, row->draft_id, scope->arena, &draft, error))
				return false;
			shown->new_caption = draft_name(&draft);
		}
		/* What somebody may not read is as if it were not there. */
		view->n_rows += shown->old_caption != NULL && shown->new_caption != NULL;
	}
	return true;
}

/* What the document itself says that it replaces. */
static bool
suggest(const SuccessionScope *scope, SuccessionTyped *typed, GError **error)
{
	g_autoptr(GArray) suggestions = g_array_new(FALSE, FALSE, sizeof(SuccessionSuggestion));
	g_autoptr(IntakeReview) review = NULL;
	int64_t draft_id;

	if (typed->new_value == NULL || !g_str_has_prefix(typed->new_value, "nhap-") ||
	    typed->old_plan_id != 0)
		return true;
	draft_id = g_ascii_strtoll(typed->new_value + strlen("nhap-"), NULL, 10);
	if (!intake_review_open(&scope->intake, draft_id, &review, error) ||
	    !succession_suggest(scope, intake_review_plan(review), suggestions, error))
		return false;
	if (suggestions->len > 0) {
		const SuccessionSuggestion *best = &g_array_index(suggestions, SuccessionSuggestion, 0);

		typed->old_plan_id = best->plan->plan_id;
		typed->kind = best->kind;
	}
	return true;
}

bool
succession_show_list(HttpRequest *request, HttpResponse *response, const SuccessionTyped *given,
    const char *problem, GError **error)
{
	SuccessionScope scope = succession_scope_of(request);
	g_autoptr(GPtrArray) drafts = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	SuccessionListView view = {.problem = problem, .may_begin = may(request, APP_PUBLISH)};
	SuccessionTyped typed = *given;

	if (!plan_list(scope.intake.db, scope.intake.commune_id, request->arena, plans, error) ||
	    !intake_draft_list(&scope.intake, INTAKE_READY, 0, DRAFTS_MAX, request->arena, drafts, error) ||
	    !suggest(&scope, &typed, error))
		return false;
	plan_keep_readable(app_context(request)->visitor, plans);
	view.kind = typed.kind;
	view.from_day = typed.from_day;
	fill_choices(&view, drafts, plans, &typed, request->arena);
	if (!fill_rows(&scope, &view, plans, error))
		return false;
	fill_layout(request, "So sánh và chuyển tiếp kế hoạch", &view.layout);
	succession_list_page(response->body, &view);
	return true;
}

bool
succession_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	SuccessionTyped typed = {.kind = PLAN_SUCCESSION_REPLACE, .from_day = app_context(request)->today};

	for (size_t i = 0; i < request->n_query; i++)
		if (strcmp(request->query[i].name, "moi") == 0)
			typed.new_value = request->query[i].value;
	return succession_show_list(request, response, &typed, NULL, error);
}

/* --- one comparison ----------------------------------------------------------------------------------------
 */

static bool
is_shown(const SuccessionLine *line, SuccessionShow show)
{
	switch (show) {
	case SUCCESSION_SHOW_TO_SEE:
		return line->line.change != PLAN_LINE_SAME;
	case SUCCESSION_SHOW_OPEN:
		return !line->is_confirmed;
	case SUCCESSION_SHOW_CHANGED:
		return line->line.change == PLAN_LINE_CHANGED;
	case SUCCESSION_SHOW_ADDED:
		return line->line.change == PLAN_LINE_ADDED;
	case SUCCESSION_SHOW_REMOVED:
		return line->line.change == PLAN_LINE_REMOVED;
	case SUCCESSION_SHOW_MOVED:
		return line->line.change == PLAN_LINE_MOVED;
	case SUCCESSION_SHOW_SAME:
		return line->line.change == PLAN_LINE_SAME;
	case SUCCESSION_SHOW_ALL:
	case SUCCESSION_SHOW_MAX:
		break;
	}
	return true;
}

static const char *
link_of(const SuccessionView *view, Arena *arena, const char *show, int64_t page_no)
{
	return page_no > 1
		   ? arena_printf(arena, "%s?loc=%s&trang=%" G_GINT64_FORMAT, view->url, show, page_no)
		   : arena_printf(arena, "%s?loc=%s", view->url, show);
}

/* The lines of one page of one choice. */
static void
fill_lines(SuccessionView *view, SuccessionShow show, int64_t page_no, Arena *arena)
{
	const GPtrArray *all = view->compare->lines;
	const SuccessionLine **lines = arena_array(arena, const SuccessionLine *, SUCCESSION_PAGE_LINES + 1);
	int64_t first = (page_no - 1) * SUCCESSION_PAGE_LINES, n = 0, last_page;

	for (int s = 0; s < SUCCESSION_SHOW_MAX; s++)
		view->tabs[s] = (SuccessionTab){.title = SHOW_TITLES[s],
		    .url = link_of(view, arena, SUCCESSION_SHOW_WORDS[s], 1),
		    .is_current = s == (int)show};
	for (guint i = 0; i < all->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(all, i);

		for (int s = 0; s < SUCCESSION_SHOW_MAX; s++)
			view->tabs[s].count += is_shown(line, (SuccessionShow)s);
		if (!is_shown(line, show))
			continue;
		if (n >= first && n < first + SUCCESSION_PAGE_LINES)
			lines[view->n_lines++] = line;
		n++;
	}
	last_page = MAX(1, (n + SUCCESSION_PAGE_LINES - 1) / SUCCESSION_PAGE_LINES);
	view->lines = lines;
	view->pager = (PartPager){.noun = "dòng",
	    .first = view->n_lines > 0 ? first + 1 : 0,
	    .last = first + (int64_t)view->n_lines,
	    .total = n,
	    .first_url = page_no > 1 ? link_of(view, arena, view->show_word, 1) : NULL,
	    .previous_url = page_no > 1 ? link_of(view, arena, view->show_word, page_no - 1) : NULL,
	    .next_url = page_no < last_page ? link_of(view, arena, view->show_word, page_no + 1) : NULL,
	    .last_url = page_no < last_page ? link_of(view, arena, view->show_word, last_page) : NULL};
}

/* "nv:annex2:5.10": the kind of the row and its mark. */
static const SuccessionLine *
find_chosen(const SuccessionCompare *compare, const char *key)
{
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);
		const char *kind = line->line.what == PLAN_LINE_TASK ? "nv:" : "ct:";

		if (line->new_row != NULL && g_str_has_prefix(key, kind) &&
		    strcmp(key + strlen(kind), line->new_row->key) == 0)
			return line;
	}
	return NULL;
}

static void
fill_candidates(SuccessionView *view, const char *key, GArray *candidates)
{
	view->choosing = key != NULL ? find_chosen(view->compare, key) : NULL;
	if (view->choosing == NULL)
		return;
	succession_candidates(view->compare, view->choosing->new_row, candidates);
	view->candidates = (const SuccessionCandidate *)(void *)candidates->data;
	view->n_candidates = candidates->len;
	while (view->n_likely < MIN(candidates->len, LIKELY_MAX) &&
	       view->candidates[view->n_likely].alike_pct > 0)
		view->n_likely++;
}

static const char *
join(const GPtrArray *names, Arena *arena)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < names->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? "; " : "", (const char *)g_ptr_array_index(names, i));
	return arena_strdup(arena, out->str);
}

bool
succession_count_roles(const SuccessionScope *scope, int64_t old_plan_id, size_t *ret_n, GError **error)
{
	const IdentityScope identity = {.db = scope->intake.db,
	    .commune_id = scope->intake.commune_id,
	    .now_us = scope->intake.now_us,
	    .arena = scope->arena};
	g_autoptr(GPtrArray) roles = g_ptr_array_new();

	if (!identity_plan_roles(&identity, old_plan_id, roles, error))
		return false;
	*ret_n = 0;
	for (guint i = 0; i < roles->len; i++) {
		const IdentityPlanRole *role = g_ptr_array_index(roles, i);

		*ret_n += role->standing == IDENTITY_CONFIRMED &&
			  (role->valid_to == DATE_NONE || role->valid_to >= scope->today);
	}
	return true;
}

static void
write_line(JsonWriter *json, const SuccessionLine *line)
{
	json_begin_object(json);
	json_key_string(json, "what", line->line.what == PLAN_LINE_TASK ? "task" : "indicator");
	json_key_string(json, "change", PLAN_LINE_CHANGE_WORDS[line->line.change]);
	json_key_int(json, "old", line->line.old_no);
	json_key_string(json, "old_no", line->old_row != NULL ? line->old_row->code : NULL);
	json_key_string(json, "old_name", line->old_row != NULL ? line->old_row->name : NULL);
	json_key_int(json, "new", line->line.new_no);
	json_key_string(json, "new_no", line->new_row != NULL ? line->new_row->code : NULL);
	json_key_string(json, "new_name", line->new_row != NULL ? line->new_row->name : NULL);
	json_key_int(json, "alike", line->alike_pct);
	json_key_string(json, "money", line->money);
	json_key_string(json, "product", line->product);
	json_key(json, "confirmed");
	json_bool(json, line->is_confirmed);
	json_key(json, "fields");
	json_begin_array(json);
	for (size_t i = 0; i < line->line.n_fields; i++) {
		const PlanLineField *field = &line->line.fields[i];

		json_begin_object(json);
		json_key_string(json, "field", field->field);
		if (field->year != 0)
			json_key_int(json, "year", field->year);
		json_key_string(json, "from", field->old_text);
		json_key_string(json, "to", field->new_text);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
}

static void
write_json(const SuccessionCompare *compare, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "old", compare->old_caption);
	json_key_string(&json, "new", compare->new_caption);
	json_key_string(&json, "state", SUCCESSION_STATE_TITLES[compare->succession.state]);
	json_key(&json, "lines");
	json_begin_array(&json);
	for (guint i = 0; i < compare->lines->len; i++)
		write_line(&json, g_ptr_array_index(compare->lines, i));
	json_end_array(&json);
	json_end_object(&json);
}

static void
write_csv(const SuccessionCompare *compare, HttpResponse *response)
{
	static const char *const HEADS[] = {"Loại", "Thay đổi", "Số cũ", "Nội dung cũ", "Số mới",
	    "Nội dung mới", "Trường khác", "Đã xác nhận", "Kinh phí", "Sản phẩm đã sửa"};
	GString *out = response->body;

	http_csv_begin(response, "so-sanh-ke-hoach.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);
		g_autoptr(GString) fields = g_string_new(NULL);

		for (size_t f = 0; f < line->line.n_fields; f++) {
			const PlanLineField *field = &line->line.fields[f];

			g_string_append_printf(fields, "%s%s", f > 0 ? "\n" : "", field->title);
			if (field->year != 0)
				g_string_append_printf(fields, " năm %d", field->year);
			g_string_append_printf(fields, ": %s → %s", field->old_text, field->new_text);
		}
		csv_text(out, PLAN_LINE_WHAT_TITLES[line->line.what]);
		csv_text(out, PLAN_LINE_CHANGE_TITLES[line->line.change]);
		csv_text(out, line->old_row != NULL ? line->old_row->code : NULL);
		csv_text(out, line->old_row != NULL ? line->old_row->name : NULL);
		csv_text(out, line->new_row != NULL ? line->new_row->code : NULL);
		csv_text(out, line->new_row != NULL ? line->new_row->name : NULL);
		csv_text(out, fields->str);
		csv_text(out, line->is_confirmed ? "có" : "chưa");
		csv_text(out, line->money);
		csv_text(out, line->product);
		csv_end_line(out);
	}
}

static void
fill_words(const HttpRequest *request, SuccessionView *view)
{
	const Succession *row = &view->compare->succession;
	Arena *arena = request->arena;

	view->url = arena_printf(arena, SUCCESSION_PATH "/%" G_GINT64_FORMAT, row->succession_id);
	view->csv_url = arena_printf(arena, "%s.csv", view->url);
	view->json_url = arena_printf(arena, "%s.json", view->url);
	view->from = date_text_vi(arena, row->from_day);
	view->begun = arena_printf(arena, "%s bắt đầu %s", row->name, vi_instant(arena, row->at_us));
	view->agencies_new = join(view->compare->agencies_new, arena);
	view->agencies_gone = join(view->compare->agencies_gone, arena);
	view->may_act = row->state == SUCCESSION_PREPARING && may(request, APP_PUBLISH);
	view->may_roles = may(request, APP_ROLES);
}

/* Which plans are compared may be known only to who may read both. */
static bool
check_readable(HttpRequest *request, const Succession *row, GError **error)
{
	return app_access_require(request, APP_READ, &(AppTarget){.plan_id = row->old_plan_id}, error) &&
	       (row->new_plan_id == 0 ||
		   app_access_require(request, APP_READ, &(AppTarget){.plan_id = row->new_plan_id}, error));
}

bool
succession_show_compare(
    HttpRequest *request, HttpResponse *response, int64_t succession_id, const char *problem, GError **error)
{
	SuccessionScope scope = succession_scope_of(request);
	g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(SuccessionCandidate));
	g_autoptr(SuccessionCompare) compare = NULL;
	SuccessionView view = {.problem = problem};
	HttpValue values[KEY_MAX];
	SuccessionShow show;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !succession_compare(&scope, succession_id, &compare, error) ||
	    !check_readable(request, &compare->succession, error) ||
	    !succession_read_follow(&scope, compare, error))
		return false;
	view.compare = compare;
	show = (SuccessionShow)values[KEY_SHOW].number;
	view.show_word = SUCCESSION_SHOW_WORDS[show];
	view.page_no = values[KEY_PAGE].is_set ? values[KEY_PAGE].number : 1;
	if (request->format == HTTP_CSV) {
		write_csv(compare, response);
		return true;
	}
	if (request->format == HTTP_JSON) {
		write_json(compare, response);
		return true;
	}
	fill_words(request, &view);
	fill_lines(&view, show, view.page_no, request->arena);
	fill_candidates(&view, values[KEY_CHOOSE].text, candidates);
	if (!succession_count_roles(&scope, compare->succession.old_plan_id, &view.n_roles, error))
		return false;
	fill_layout(request, "So sánh và chuyển tiếp", &view.layout);
	succession_compare_page(response->body, &view);
	return true;
}

bool
succession_compare_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t succession_id;

	return http_request_param_int(request, "id", &succession_id, error) &&
	       succession_show_compare(request, response, succession_id, NULL, error);
}
