/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/succession/succession_pages.h"

#include "app/context.h"
#include "html/assets_urls.h"
#include "modules/identity/identity_roles.h"

/* What the module's pages share. */

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

void
succession_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout)
{
	*layout = app_layout(request, title);
	layout->path = SUCCESSION_PATH;
	layout->script = ASSET_WORK_JS;
}

bool
succession_may(const HttpRequest *request, const char *permission)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return visitor->is_open || app_visitor_may(visitor, permission);
}

const char *
succession_instant(Arena *arena, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_minute_vi(us, text);
	return arena_strdup(arena, text);
}

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
