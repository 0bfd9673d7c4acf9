/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"

#include "app/context.h"
#include "base/app-error.h"

#include <string.h>

static const AppTarget NO_PLAN = {0};

static bool
contains(const int64_t *agencies, size_t n, int64_t agency_id)
{
	for (size_t i = 0; i < n; i++)
		if (agencies[i] == agency_id)
			return true;
	return false;
}

/* Looks at the agencies for which a grant counts: its own, or all in which the visitor has a post. */
static bool
is_for(const AppVisitor *visitor, const AppGrant *grant, bool as_head, const int64_t *agencies, size_t n)
{
	if (grant->agency_id != 0)
		return (!as_head || grant->is_head) && contains(agencies, n, grant->agency_id);
	for (size_t i = 0; i < visitor->n_grants; i++) {
		const AppGrant *other = &visitor->grants[i];

		if (other->via == APP_VIA_POST && (!as_head || other->is_head) &&
		    contains(agencies, n, other->agency_id))
			return true;
	}
	return false;
}

static bool
is_on_row(const AppVisitor *visitor, const AppGrant *grant, const AppTarget *target)
{
	return is_for(visitor, grant, false, target->leads, target->n_leads) ||
	       is_for(visitor, grant, false, target->coordinating, target->n_coordinating);
}

static bool
is_in_scope(const AppVisitor *visitor, const AppGrant *grant, AppScope scope, const AppTarget *target)
{
	if (grant->plan_id != 0 && grant->plan_id != target->plan_id)
		return false;
	switch (scope) {
	case APP_SCOPE_COMMUNE:
		return grant->via == APP_VIA_COMMUNE;
	case APP_SCOPE_VIEW:
		return target->plan_id != 0 || grant->via == APP_VIA_COMMUNE;
	case APP_SCOPE_PLAN:
		return grant->via != APP_VIA_POST || is_on_row(visitor, grant, target);
	case APP_SCOPE_LEAD:
		return is_for(visitor, grant, false, target->leads, target->n_leads);
	case APP_SCOPE_COORDINATING:
		return is_on_row(visitor, grant, target);
	case APP_SCOPE_HEAD:
		return is_for(visitor, grant, true, target->leads, target->n_leads);
	}
	return false;
}

const AppGrant *
app_access_grant(const AppVisitor *visitor, const char *permission, const AppTarget *target)
{
	const AppPermission *known = app_permission_find(permission);

	if (known == NULL || visitor->session_id == 0)
		return NULL;
	for (size_t i = 0; i < visitor->n_grants; i++) {
		const AppGrant *grant = &visitor->grants[i];

		if (g_strv_contains(grant->permissions, permission) &&
		    is_in_scope(visitor, grant, known->scope, target != NULL ? target : &NO_PLAN))
			return grant;
	}
	return NULL;
}

const char *
app_access_reason(const AppGrant *grant, const char *permission, Arena *arena)
{
	const AppPermission *known = app_permission_find(permission);
	AppScope scope = known != NULL ? known->scope : APP_SCOPE_PLAN;

	switch (grant->via) {
	case APP_VIA_COMMUNE:
		return arena_printf(arena, "vì có vai trò “%s” trong toàn xã", grant->role_name);
	case APP_VIA_PLAN:
		return arena_printf(arena, "vì được giao vai trò “%s” trong kế hoạch này", grant->role_name);
	case APP_VIA_AGENCY:
		return arena_printf(arena, "vì là người của %s, giữ vai trò “%s” trong kế hoạch này",
		    grant->agency_name, grant->role_name);
	case APP_VIA_POST:
		break;
	}
	if (scope == APP_SCOPE_LEAD)
		return arena_printf(arena, "vì là người của đơn vị chủ trì (%s)", grant->agency_name);
	if (scope == APP_SCOPE_HEAD)
		return arena_printf(arena, "vì là thủ trưởng đơn vị (%s)", grant->agency_name);
	if (scope == APP_SCOPE_COORDINATING)
		return arena_printf(
		    arena, "vì là người của đơn vị chủ trì hoặc phối hợp (%s)", grant->agency_name);
	return arena_printf(arena, "vì là người của %s", grant->agency_name);
}

/* True where one of the visitor's agencies leads the row. */
static bool
is_own_row(const AppVisitor *visitor, const AppTarget *target)
{
	for (size_t i = 0; i < visitor->n_grants; i++)
		if (visitor->grants[i].agency_id != 0 &&
		    contains(target->leads, target->n_leads, visitor->grants[i].agency_id))
			return true;
	return false;
}

/* True where the visitor has a permission in the plan, be it on some of its rows alone. */
static bool
holds(const AppVisitor *visitor, const char *permission, int64_t plan_id)
{
	const AppPermission *known = app_permission_find(permission);

	for (size_t i = 0; i < visitor->n_grants; i++) {
		const AppGrant *grant = &visitor->grants[i];

		if ((grant->plan_id == 0 || grant->plan_id == plan_id) &&
		    (known == NULL || known->scope != APP_SCOPE_COMMUNE || grant->via == APP_VIA_COMMUNE) &&
		    g_strv_contains(grant->permissions, permission))
			return true;
	}
	return false;
}

static const char *
label_of(const char *permission)
{
	const AppPermission *known = app_permission_find(permission);

	return known != NULL ? known->label : permission;
}

/* Gives why a duty forbids it; NULL: it does not. */
static const char *
forbid(const AppVisitor *visitor, const AppDuty *duty, const AppTarget *target, Arena *arena)
{
	switch (duty->kind) {
	case APP_DUTY_HOLD:
		if (!holds(visitor, duty->first, target->plan_id))
			return NULL;
		return arena_printf(arena,
		    "Anh, chị đang có quyền “%s” trong cùng kế hoạch nên không được “%s”. Căn cứ: %s. Người "
		    "quyết định: %s.",
		    label_of(duty->first), label_of(duty->second), duty->source, duty->decider);
	case APP_DUTY_OBJECT:
		if (target->done_by == 0 || target->done_by != visitor->person_id ||
		    g_strcmp0(target->done, duty->first) != 0)
			return NULL;
		return arena_printf(arena,
		    "Chính anh, chị đã làm bước “%s” nên người khác phải làm bước “%s”. Căn cứ: %s. Người "
		    "quyết định: %s.",
		    label_of(duty->first), label_of(duty->second), duty->source, duty->decider);
	case APP_DUTY_OWN:
		if (!is_own_row(visitor, target))
			return NULL;
		return arena_printf(arena,
		    "Dòng này do cơ quan của anh, chị chủ trì nên anh, chị không được “%s”. Căn cứ: %s. "
		    "Người "
		    "quyết định: %s.",
		    label_of(duty->second), duty->source, duty->decider);
	case APP_DUTY_KIND: /* such a permission was never given (AppGate.recognise) */
		return NULL;
	}
	return NULL;
}

AppAnswer
app_access_of(const AppVisitor *visitor, const AppDuties *duties, const char *permission,
    const AppTarget *target, Arena *arena)
{
	const AppGrant *grant;

	if (target == NULL)
		target = &NO_PLAN;
	if (visitor->is_open)
		return (AppAnswer){app_permission_is_known(permission), "vì chưa có tài khoản quản trị nào"};
	grant = app_access_grant(visitor, permission, target);
	if (grant == NULL)
		return (AppAnswer){false, NULL};
	for (size_t i = 0; duties != NULL && i < duties->n_duties; i++) {
		const AppDuty *duty = &duties->duties[i];
		const char *reason;

		if (strcmp(duty->second, permission) != 0)
			continue;
		reason = forbid(visitor, duty, target, arena);
		if (reason != NULL)
			return (AppAnswer){false, reason};
	}
	return (AppAnswer){true, app_access_reason(grant, permission, arena)};
}

bool
app_access_missing(
    const HttpRequest *request, const char *permission, const char **ret_sentence, GError **error)
{
	const AppContext *context = app_context(request);
	const char *roles = "";

	if (context->gate != NULL && context->gate->roles_with != NULL &&
	    !context->gate->roles_with(
		context->db, context->commune_id, permission, request->arena, &roles, error))
		return false;
	*ret_sentence =
	    *roles != '\0'
		? arena_printf(request->arena,
		      "Việc này cần quyền “%s”. Quyền đó thuộc vai trò: %s; quản trị hệ thống giao vai trò.",
		      label_of(permission), roles)
		: arena_printf(request->arena,
		      "Việc này cần quyền “%s”, hiện chưa vai trò nào có; hãy hỏi quản trị hệ thống.",
		      label_of(permission));
	return true;
}

/* What only looks, or belongs to the commune as a whole, no duty guards. */
static bool
is_guarded(const char *permission)
{
	const AppPermission *known = app_permission_find(permission);

	return known != NULL && known->scope != APP_SCOPE_VIEW && known->scope != APP_SCOPE_COMMUNE;
}

bool
app_access(const HttpRequest *request, const char *permission, const AppTarget *target, AppAnswer *ret_answer,
    GError **error)
{
	const AppContext *context = app_context(request);
	bool has_duties = context->gate != NULL && context->gate->duties != NULL && is_guarded(permission) &&
			  !context->visitor->is_open &&
			  app_access_grant(context->visitor, permission, target) != NULL;
	AppDuties duties = {0};
	AppAnswer answer;

	if (has_duties && !context->gate->duties(context->db, context->commune_id, context->now_us,
			      request->arena, &duties, error))
		return false;
	answer = app_access_of(context->visitor, &duties, permission, target, request->arena);
	if (!answer.is_allowed && answer.reason == NULL &&
	    !app_access_missing(request, permission, &answer.reason, error))
		return false;
	*ret_answer = answer;
	return true;
}

bool
app_access_require(HttpRequest *request, const char *permission, const AppTarget *target, GError **error)
{
	AppAnswer answer;

	if (!app_access(request, permission, target, &answer, error))
		return false;
	if (answer.is_allowed)
		return true;
	request->problem = answer.reason;
	request->missing = permission;
	g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN, "no permission “%s” for plan %" G_GINT64_FORMAT,
	    permission, target != NULL ? target->plan_id : 0);
	return false;
}

bool
app_access_require_named(HttpRequest *request, int64_t plan_id, GError **error)
{
	return plan_id == 0 || app_access_require(request, APP_READ, &(AppTarget){.plan_id = plan_id}, error);
}
