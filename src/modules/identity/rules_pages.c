/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/pages/rules.html.h"

#include <string.h>

static const char *
today_iso(const HttpRequest *request)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(app_context(request)->today, text);
	return arena_strdup(request->arena, text);
}

static void
write_json(const IdentityScope *scope, const IdentityLevel *level, const GPtrArray *rules, GString *out)
{
	JsonWriter json;

	json_init(&json, out, true);
	json_begin_object(&json);
	json_key_int(&json, "level", level->level);
	json_key(&json, "rules");
	json_begin_array(&json);
	for (guint i = 0; i < rules->len; i++) {
		const IdentityRule *rule = g_ptr_array_index(rules, i);

		json_begin_object(&json);
		json_key_string(&json, "rule", rule->rule);
		json_key_string(&json, "name", rule->name);
		json_key_int(&json, "value", rule->value);
		json_key_string(&json, "unit", rule->unit);
		json_key_string(&json, "range", identity_rule_range(rule, scope->arena));
		json_key_string(&json, "source", rule->source);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
write_csv(const IdentityScope *scope, const GPtrArray *rules, HttpResponse *response)
{
	static const char *const HEAD[] = {"quy_tac", "ten", "gia_tri", "khoang", "can_cu"};
	GString *out = response->body;

	http_csv_begin(response, "quy-tac-dang-nhap.csv", HEAD, G_N_ELEMENTS(HEAD));
	for (guint i = 0; i < rules->len; i++) {
		const IdentityRule *rule = g_ptr_array_index(rules, i);

		csv_text(out, rule->rule);
		csv_text(out, rule->name);
		csv_text(out, identity_rule_text(rule, rule->value, scope->arena));
		csv_text(out, identity_rule_range(rule, scope->arena));
		csv_text(out, rule->source);
		csv_end_line(out);
	}
}

bool
identity_rules_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(GPtrArray) events = g_ptr_array_new();
	IdentityRulesView view = {
	    .arena = request->arena, .rules = rules, .events = events, .today_iso = today_iso(request)};

	if (!identity_level_on(&scope, app_context(request)->today, &view.level, error) ||
	    !identity_rules_on(&scope, app_context(request)->today, view.level.level, rules, error) ||
	    !identity_rule_history(&scope, NULL, events, error))
		return false;
	if (request->format == HTTP_JSON) {
		write_json(&scope, &view.level, rules, response->body);
	} else if (request->format == HTTP_CSV) {
		write_csv(&scope, rules, response);
	} else {
		view.layout = app_layout(request, "Quy tắc đăng nhập");
		identity_rules_page(response->body, &view);
	}
	return true;
}

/* What was typed, or what stands there now. */
static bool
show_rule(HttpRequest *request, HttpResponse *response, const char *name, const IdentityRuleView *typed,
    GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(GPtrArray) events = g_ptr_array_new();
	IdentityRuleView view = *typed;

	if (!identity_rules_on(&scope, app_context(request)->today, 0, rules, error))
		return false;
	view.arena = request->arena;
	view.events = events;
	view.rule = identity_rule_in(rules, name);
	if (view.rule == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có quy tắc \"%s\"", name);
		return false;
	}
	if (view.value == NULL)
		view.value = arena_printf(request->arena, "%" G_GINT64_FORMAT, view.rule->value);
	if (!identity_rule_history(&scope, view.rule, events, error))
		return false;
	view.layout = app_layout(request, view.rule->name);
	identity_rule_page(response->body, &view);
	return true;
}

bool
identity_rule_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show_rule(request, response, http_request_param(request, "quy-tac"),
	    &(IdentityRuleView){.from = today_iso(request), .source = ""}, error);
}

/* Gives what is wrong with a number and a day as they were typed; NULL: nothing. */
static const char *
read_typed(const char *number, const char *from, int64_t *ret_value, int32_t *ret_day)
{
	if (!g_ascii_string_to_signed(number, 10, 0, INT32_MAX, ret_value, NULL))
		return "Giá trị phải là một số nguyên, không âm.";
	if (!date_parse_iso(from, ret_day))
		return "Ngày bắt đầu phải là một ngày có thật.";
	return NULL;
}

bool
identity_rule_change(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityRuleView typed = {.value = http_request_form_text(request, "gia-tri"),
	    .from = http_request_form_text(request, "tu-ngay"),
	    .source = http_request_form_text(request, "can-cu")};
	IdentityRuleChange change = {.rule = http_request_param(request, "quy-tac"), .source = typed.source};

	typed.problem = read_typed(typed.value, typed.from, &change.value, &change.valid_from);
	if (typed.problem == NULL && !identity_set_rule(&scope, &change, &typed.problem, error))
		return false;
	if (typed.problem == NULL) {
		http_response_redirect(
		    response, arena_printf(request->arena, IDENTITY_RULES_PATH "/%s", change.rule));
		return true;
	}
	response->status = 422;
	return show_rule(request, response, change.rule, &typed, error);
}

static bool
show_level(
    HttpRequest *request, HttpResponse *response, const char *level, IdentityLevelView *view, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_auto(IdentityLevelPreview) preview = {0};
	int32_t day;
	const char *problem = read_typed(level, view->from, &view->level, &day);

	if (problem != NULL || view->level < IDENTITY_LEVEL_FIRST || view->level > IDENTITY_LEVEL_LAST) {
		request->problem = problem != NULL ? problem : "Chỉ có cấp độ 2 và cấp độ 3.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "no such level or day");
		return false;
	}
	if (!identity_preview_level(&scope, view->level, day, &preview, error))
		return false;
	view->arena = request->arena;
	view->day = day;
	view->preview = &preview;
	view->layout = app_layout(
	    request, arena_printf(request->arena, "Chuyển sang cấp độ %" G_GINT64_FORMAT, view->level));
	identity_level_page(response->body, view);
	return true;
}

bool
identity_level_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const char *from = http_request_query_text(request, "tu-ngay");
	IdentityLevelView view = {.from = *from != '\0' ? from : today_iso(request), .source = ""};

	return show_level(request, response, http_request_query_text(request, "cap-do"), &view, error);
}

bool
identity_level_change(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityLevelView view = {.from = http_request_form_text(request, "tu-ngay"),
	    .source = http_request_form_text(request, "can-cu")};
	IdentityLevel level = {.source = view.source};

	view.problem =
	    read_typed(http_request_form_text(request, "cap-do"), view.from, &level.level, &level.valid_from);
	if (view.problem == NULL && !identity_set_level(&scope, &level, &view.problem, error))
		return false;
	if (view.problem == NULL) {
		http_response_redirect(response, IDENTITY_RULES_PATH);
		return true;
	}
	response->status = 422;
	return show_level(request, response, http_request_form_text(request, "cap-do"), &view, error);
}
