/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/pages/duties.html.h"
#include "modules/identity/role_pages.h"

#include <string.h>

/* What one person may not be at once, and who is so all the same. */

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
	if (duty->kind != APP_DUTY_KIND || before->duty->kind != APP_DUTY_KIND ||
	    strcmp(before->duty->first, duty->first) != 0 || strcmp(before->duty->source, duty->source) != 0)
		return false;
	before->rule = arena_printf(
	    arena, "%.*s; %s.", (int)strlen(before->rule) - 1, before->rule, label_of(duty->second));
	return true;
}

static void
write_csv(const IdentityDutiesView *view, HttpResponse *response)
{
	plan_page_begin_csv(response, "tach-nhiem-vu.csv");
	csv_text(response->body, "Trái quy định");
	csv_end_line(response->body);
	for (guint i = 0; i < view->conflicts->len; i++) {
		csv_text(response->body, g_ptr_array_index(view->conflicts, i));
		csv_end_line(response->body);
	}
}

static void
write_json(const IdentityDutiesView *view, HttpResponse *response)
{
	JsonWriter json;

	plan_page_begin_json(response);
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
		json_string(&json, view->rules[i].rule);
	json_end_array(&json);
	json_end_object(&json);
}

static bool
load(const HttpRequest *request, IdentityDutiesView *view, GPtrArray *sentences, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) conflicts = g_ptr_array_new();
	AppDuties duties;

	if (!identity_duties_read(
		scope.db, scope.commune_id, app_context(request)->today, scope.arena, &duties, error) ||
	    !identity_conflicts(&scope, 0, conflicts, error))
		return false;
	for (guint i = 0; i < conflicts->len; i++)
		g_ptr_array_add(sentences,
		    (gpointer)(guintptr)identity_conflict_text(g_ptr_array_index(conflicts, i), scope.arena));
	view->conflicts = sentences;
	view->rules = arena_array(scope.arena, IdentityDutyRow, duties.n_duties + 1);
	for (size_t i = 0; i < duties.n_duties; i++) {
		const AppDuty *duty = &duties.duties[i];

		if (view->n_rules == 0 || !join_kind(scope.arena, &view->rules[view->n_rules - 1], duty))
			view->rules[view->n_rules++] = (IdentityDutyRow){duty, rule_of(scope.arena, duty)};
	}
	return true;
}

bool
identity_duties_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) sentences = g_ptr_array_new();
	IdentityDutiesView view = {.exports = {IDENTITY_DUTIES_PATH ".csv", IDENTITY_DUTIES_PATH ".json"}};

	if (!load(request, &view, sentences, error))
		return false;
	view.layout = app_layout(request, "Tách nhiệm vụ");
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		identity_duties_page(response->body, &view);
	return true;
}
