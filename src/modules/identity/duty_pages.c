/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/identity/pages/duties.html.h"
#include "modules/identity/role_pages.h"

#include <string.h>

/* What one person may not be at once, and who is so all the same. */

const IdentityDutyWord IDENTITY_DUTY_WORDS[IDENTITY_DUTY_KINDS] = {
    {"ke-hoach", "Trong một kế hoạch, một người không làm cả hai việc", APP_DUTY_HOLD},
    {"cung-viec", "Với cùng một việc, một người không làm cả hai bước", APP_DUTY_OBJECT},
    {"co-quan-minh", "Không ai làm việc thứ hai với dòng do cơ quan mình chủ trì", APP_DUTY_OWN},
};

static const char *
label_of(const char *permission)
{
	const AppPermission *known = app_permission_find(permission);

	return known != NULL ? known->label : permission;
}

static const char *
rule_of(Arena *arena, const AppDuty *duty)
{
	switch (duty->kind) {
	case APP_DUTY_HOLD:
		return arena_printf(arena, "Trong một kế hoạch, ai “%s” thì không “%s”.",
		    label_of(duty->first), label_of(duty->second));
	case APP_DUTY_OBJECT:
		return arena_printf(arena, "Với cùng một việc, người “%s” không phải là người “%s”.",
		    label_of(duty->first), label_of(duty->second));
	case APP_DUTY_OWN:
		return arena_printf(
		    arena, "Không ai “%s” với dòng do cơ quan mình chủ trì.", label_of(duty->second));
	case APP_DUTY_KIND:
		return arena_printf(
		    arena, "Tài khoản quản trị không làm việc chuyên môn: %s.", label_of(duty->second));
	}
	return "";
}

static bool
join_kind(Arena *arena, IdentityDutyRow *before, const IdentityDutyRule *rule)
{
	const AppDuty *first = &before->rule->duty, *duty = &rule->duty;

	if (duty->kind != APP_DUTY_KIND || first->kind != APP_DUTY_KIND ||
	    strcmp(first->first, duty->first) != 0 || strcmp(first->source, duty->source) != 0 ||
	    before->rule->valid_from != rule->valid_from || before->rule->valid_to != rule->valid_to)
		return false;
	before->text = arena_printf(
	    arena, "%.*s; %s.", (int)strlen(before->text) - 1, before->text, label_of(duty->second));
	return true;
}

static const char *
number_text(Arena *arena, int64_t number)
{
	return arena_printf(arena, "%" G_GINT64_FORMAT, number);
}

/* Who acts against the rules now, then the rules. */
static void
write_csv(const IdentityDutiesView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Mục", "Nội dung", "Người quyết định", "Tình trạng", "Hiệu lực", "Căn cứ"};
	GString *out = response->body;

	http_csv_begin(response, "tach-nhiem-vu.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->conflicts->len; i++) {
		csv_text(out, "Trái quy định");
		csv_text(out, g_ptr_array_index(view->conflicts, i));
		for (size_t column = 2; column < G_N_ELEMENTS(HEADS); column++)
			csv_text(out, NULL);
		csv_end_line(out);
	}
	for (size_t i = 0; i < view->list.n_rows; i++) {
		const DatedRow *dated = &view->list.rows[i];
		const IdentityDutyRow *row = dated->entry->rule;

		csv_text(out, "Quy định");
		csv_text(out, row->text);
		csv_text(out, row->rule->duty.decider);
		csv_text(out, dated_standing_title(dated->standing));
		csv_text(out, dated->days);
		csv_text(out, row->rule->duty.source);
		csv_end_line(out);
	}
}

static void
put_rule(JsonWriter *json, const IdentityDutyRow *row)
{
	json_begin_object(json);
	json_key_int(json, "rule", row->rule->duty.duty_no);
	json_key_string(json, "text", row->text);
	json_key_string(json, "decider", row->rule->duty.decider);
	json_key_string(json, "source", row->rule->duty.source);
	json_key_day(json, "valid_from", row->rule->valid_from);
	json_key_day(json, "valid_to", row->rule->valid_to);
	json_end_object(json);
}

static void
write_json(const IdentityDutiesView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "conflicts");
	json_begin_array(&json);
	for (guint i = 0; i < view->conflicts->len; i++)
		json_string(&json, g_ptr_array_index(view->conflicts, i));
	json_end_array(&json);
	json_key(&json, "rules");
	json_begin_array(&json);
	for (size_t i = 0; i < view->list.n_rows; i++)
		put_rule(&json, view->list.rows[i].entry->rule);
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_rules(Arena *arena, const GPtrArray *rules, IdentityDutiesView *view)
{
	IdentityDutyRow *rows = arena_array(arena, IdentityDutyRow, rules->len + 1);
	DatedEntry *entries = arena_array(arena, DatedEntry, rules->len + 1);
	size_t n = 0;

	for (guint i = 0; i < rules->len; i++) {
		const IdentityDutyRule *rule = g_ptr_array_index(rules, i);

		if (n == 0 || !join_kind(arena, &rows[n - 1], rule))
			rows[n++] = (IdentityDutyRow){rule, rule_of(arena, &rule->duty)};
	}
	for (size_t i = 0; i < n; i++) {
		const AppDuty *duty = &rows[i].rule->duty;

		entries[i] = (DatedEntry){.rule = &rows[i],
		    .days = identity_duty_days(rows[i].rule),
		    .key = number_text(arena, duty->duty_no),
		    .words = arena_printf(arena, "%s %s", rows[i].text, duty->decider),
		    .source = duty->source,
		    .stays = duty->kind == APP_DUTY_KIND};
	}
	dated_list_fill(&view->list, entries, n);
}

static bool
load(const HttpRequest *request, IdentityDutiesView *view, GPtrArray *sentences, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) conflicts = g_ptr_array_new();
	g_autoptr(GPtrArray) rules = g_ptr_array_new();

	if (!identity_duties_all(&scope, rules, error) || !identity_conflicts(&scope, 0, conflicts, error))
		return false;
	for (guint i = 0; i < conflicts->len; i++)
		g_ptr_array_add(sentences,
		    (gpointer)(guintptr)identity_conflict_text(g_ptr_array_index(conflicts, i), scope.arena));
	view->conflicts = sentences;
	fill_rules(scope.arena, rules, view);
	return true;
}

static bool
answer(HttpRequest *request, HttpResponse *response, const IdentityDutyTyped *typed, const char *problem,
    GError **error)
{
	g_autoptr(GPtrArray) sentences = g_ptr_array_new();
	IdentityDutiesView view = {.typed = *typed, .problem = problem};

	if (!dated_list_begin(request, IDENTITY_DUTIES_PATH, "quy định", &view.list, error))
		return false;
	view.list.typed = typed->ends;
	if (!load(request, &view, sentences, error))
		return false;
	view.may_change = app_visitor_may(app_context(request)->visitor, APP_ACCOUNTS);
	view.layout = app_layout(request, "Tách nhiệm vụ");
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		identity_duties_page(response->body, &view);
	return true;
}

#define NOTHING_TYPED .kind = "", .first = "", .second = "", .decider = "", .source = "", .from = ""

bool
identity_duties_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return answer(request, response, &(IdentityDutyTyped){NOTHING_TYPED}, NULL, error);
}

static bool
finish(HttpRequest *request, HttpResponse *response, const IdentityDutyTyped *typed, const char *problem,
    GError **error)
{
	if (problem == NULL) {
		dated_list_return(request, IDENTITY_DUTIES_PATH, response);
		return true;
	}
	response->status = 422;
	return answer(request, response, typed, problem, error);
}

static AppDutyKind
kind_of(const char *word)
{
	for (size_t i = 0; i < IDENTITY_DUTY_KINDS; i++)
		if (strcmp(IDENTITY_DUTY_WORDS[i].word, word) == 0)
			return IDENTITY_DUTY_WORDS[i].kind;
	return APP_DUTY_KIND; /* which nobody adds */
}

bool
identity_duty_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityDutyTyped typed = {.kind = http_request_form_text(request, "pham-vi"),
	    .first = http_request_form_text(request, "viec-mot"),
	    .second = http_request_form_text(request, "viec-hai"),
	    .decider = http_request_form_text(request, "nguoi-quyet-dinh"),
	    .source = http_request_form_text(request, "can-cu"),
	    .from = http_request_form_text(request, "tu-ngay")};
	IdentityDutyRule told = {.duty = {.kind = kind_of(typed.kind),
				     .first = typed.first,
				     .second = typed.second,
				     .decider = typed.decider,
				     .source = typed.source}};
	const char *problem = dated_read_first_day(typed.from, app_context(request)->today, &told.valid_from);

	if (problem == NULL && !identity_duty_add(&scope, &told, &problem, error))
		return false;
	return finish(request, response, &typed, problem, error);
}

bool
identity_duty_end_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityDutyTyped typed = {NOTHING_TYPED};
	const char *problem = NULL;
	int64_t duty_no;

	if (!http_request_param_int(request, "id", &duty_no, error))
		return false;
	typed.ends = (DatedTyped){number_text(request->arena, duty_no),
	    http_request_form_text(request, "den-ngay"), http_request_form_text(request, "can-cu")};
	return identity_duty_end(&scope, duty_no, dated_read_last_day(typed.ends.last_day), typed.ends.source,
		   &problem, error) &&
	       finish(request, response, &typed, problem, error);
}
