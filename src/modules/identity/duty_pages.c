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

/* What accounts of one kind may not do is one long sentence. */
static bool
join_kind(Arena *arena, IdentityDutyRow *before, const AppDuty *duty)
{
	const AppDuty *first = &before->rule->duty;

	if (duty->kind != APP_DUTY_KIND || first->kind != APP_DUTY_KIND ||
	    strcmp(first->first, duty->first) != 0 || strcmp(first->source, duty->source) != 0)
		return false;
	before->text = arena_printf(
	    arena, "%.*s; %s.", (int)strlen(before->text) - 1, before->text, label_of(duty->second));
	return true;
}

static const char *
days_of(Arena *arena, const IdentityDutyRule *rule)
{
	return rule->valid_to == DATE_NONE
		   ? arena_printf(arena, "từ %s", date_text_vi(arena, rule->valid_from))
		   : arena_printf(arena, "từ %s đến %s", date_text_vi(arena, rule->valid_from),
			 date_text_vi(arena, rule->valid_to));
}

static const char *
number_text(Arena *arena, int64_t number)
{
	return arena_printf(arena, "%" G_GINT64_FORMAT, number);
}

static IdentityDutyRow
make_row(Arena *arena, const IdentityDutyRule *rule, int32_t today)
{
	bool is_over = rule->valid_to != DATE_NONE && rule->valid_to < today;
	bool is_coming = rule->valid_from > today;
	const char *number = number_text(arena, rule->duty.duty_no);

	return (IdentityDutyRow){.rule = rule,
	    .text = rule_of(arena, &rule->duty),
	    .days = days_of(arena, rule),
	    .look = is_over     ? "idle"
		    : is_coming ? "soon"
				: "ok",
	    .state = is_over     ? "Thôi dùng"
		     : is_coming ? "Sắp dùng"
				 : "Đang dùng",
	    .ending = {.action = is_over || rule->duty.kind == APP_DUTY_KIND
				     ? NULL
				     : arena_printf(arena, IDENTITY_DUTIES_PATH "/%s/ket-thuc", number),
		.key = number}};
}

static void
write_csv(const IdentityDutiesView *view, HttpResponse *response)
{
	http_csv_begin(response, "tach-nhiem-vu.csv", NULL, 0);
	csv_text(response->body, "Trái quy định");
	csv_end_line(response->body);
	for (guint i = 0; i < view->conflicts->len; i++) {
		csv_text(response->body, g_ptr_array_index(view->conflicts, i));
		csv_end_line(response->body);
	}
}

static void
put_rule(JsonWriter *json, const IdentityDutyRow *row)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_format_iso(row->rule->valid_from, from);
	date_format_iso(row->rule->valid_to, to);
	json_begin_object(json);
	json_key_int(json, "rule", row->rule->duty.duty_no);
	json_key_string(json, "text", row->text);
	json_key_string(json, "decider", row->rule->duty.decider);
	json_key_string(json, "source", row->rule->duty.source);
	json_key_string(json, "valid_from", from);
	json_key_string(json, "valid_to", row->rule->valid_to != DATE_NONE ? to : NULL);
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
	for (size_t i = 0; i < view->n_rules; i++)
		put_rule(&json, &view->rules[i]);
	json_end_array(&json);
	json_end_object(&json);
}

/* Those that are over come last. */
static void
fill_rules(Arena *arena, const GPtrArray *rules, int32_t today, IdentityDutiesView *view)
{
	view->rules = arena_array(arena, IdentityDutyRow, rules->len + 1);
	for (int is_over = 0; is_over <= 1; is_over++)
		for (guint i = 0; i < rules->len; i++) {
			const IdentityDutyRule *rule = g_ptr_array_index(rules, i);
			bool ended = rule->valid_to != DATE_NONE && rule->valid_to < today;

			if (ended == (is_over == 1) &&
			    (view->n_rules == 0 ||
				!join_kind(arena, &view->rules[view->n_rules - 1], &rule->duty)))
				view->rules[view->n_rules++] = make_row(arena, rule, today);
		}
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
	fill_rules(scope.arena, rules, app_context(request)->today, view);
	return true;
}

static bool
answer(HttpRequest *request, HttpResponse *response, const IdentityDutyTyped *typed, const char *problem,
    GError **error)
{
	g_autoptr(GPtrArray) sentences = g_ptr_array_new();
	IdentityDutiesView view = {.typed = *typed,
	    .problem = problem,
	    .exports = {IDENTITY_DUTIES_PATH ".csv", IDENTITY_DUTIES_PATH ".json"}};
	char today[DATE_ISO_SIZE];

	if (!load(request, &view, sentences, error))
		return false;
	date_format_iso(app_context(request)->today, today);
	view.today_iso = arena_strdup(request->arena, today);
	for (size_t i = 0; i < view.n_rules; i++)
		part_ending_typed(&view.rules[i].ending, view.today_iso,
		    number_text(request->arena, typed->ends), typed->last_day, typed->end_source);
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

#define NOTHING_TYPED \
	.kind = "", .first = "", .second = "", .decider = "", .source = "", .from = "", .last_day = "", \
	.end_source = ""

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
		http_response_redirect(response, IDENTITY_DUTIES_PATH);
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
	    .from = http_request_form_text(request, "tu-ngay"),
	    .last_day = "",
	    .end_source = ""};
	IdentityDutyRule told = {.duty = {.kind = kind_of(typed.kind),
				     .first = typed.first,
				     .second = typed.second,
				     .decider = typed.decider,
				     .source = typed.source},
	    .valid_from = app_context(request)->today};
	const char *problem = NULL;

	if (*typed.from != '\0' && !date_parse_iso(typed.from, &told.valid_from))
		problem = "Dùng từ ngày: phải là một ngày có thật.";
	else if (!identity_duty_add(&scope, &told, &problem, error))
		return false;
	return finish(request, response, &typed, problem, error);
}

bool
identity_duty_end_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityDutyTyped typed = {NOTHING_TYPED};
	const char *problem = NULL;
	int32_t last_day;
	bool is_day;

	if (!http_request_param_int(request, "id", &typed.ends, error))
		return false;
	typed.last_day = http_request_form_text(request, "den-ngay");
	typed.end_source = http_request_form_text(request, "can-cu");
	is_day = date_parse_iso(typed.last_day, &last_day);
	/* A rule that is not there is told first. */
	if (!identity_duty_end(
		&scope, typed.ends, is_day ? last_day : DATE_NONE, typed.end_source, &problem, error))
		return false;
	if (!is_day && problem != NULL)
		problem = "Ngày cuối còn dùng: hãy ghi một ngày có thật.";
	return finish(request, response, &typed, problem, error);
}
