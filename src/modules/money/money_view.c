/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money.sql.h"
#include "modules/money/money_pages.h"

MoneyScope
money_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (MoneyScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = app_actor(request),
	    .arena = request->arena};
}

void
money_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout)
{
	const AppContext *context = app_context(request);
	char today[DATE_ISO_SIZE];

	date_format_vi(context->today, today);
	*layout = app_layout(request, title);
	layout->as_of = arena_printf(request->arena, "Tính đến ngày %s", today);
}

bool
money_may_read(const HttpRequest *request, int64_t plan_id)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return visitor->is_open ||
	       app_access_grant(visitor, APP_READ, &(AppTarget){.plan_id = plan_id}) != NULL;
}

bool
money_units(const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_units, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &MONEY_TASK_AGENCIES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_TASK_AGENCIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_TASK_AGENCIES_P_PLAN_ID, plan_id);
	db_bind_int(stmt, MONEY_TASK_AGENCIES_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		MoneyUnit *unit = arena_new0(scope->arena, MoneyUnit);

		unit->agency_id = db_column_int(stmt, MONEY_TASK_AGENCIES_C_AGENCY_ID);
		unit->name = arena_strdup(scope->arena, db_column_text(stmt, MONEY_TASK_AGENCIES_C_NAME));
		unit->is_lead = db_column_int(stmt, MONEY_TASK_AGENCIES_C_ROLE) == AGENCY_ROLE_LEAD;
		g_ptr_array_add(ret_units, unit);
	}
	return !has_row;
}

bool
money_may_write(const HttpRequest *request, int64_t plan_id, int64_t task_no, bool *ret_may, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	g_autoptr(GPtrArray) units = g_ptr_array_new();
	g_autoptr(GArray) leads = g_array_new(FALSE, FALSE, sizeof(int64_t));
	AppTarget target = {.plan_id = plan_id};
	AppAnswer operates, updates;

	if (!money_units(&scope, plan_id, task_no, units, error))
		return false;
	for (guint i = 0; i < units->len; i++) {
		const MoneyUnit *unit = g_ptr_array_index(units, i);

		if (unit->is_lead)
			g_array_append_val(leads, unit->agency_id);
	}
	target.leads = (const int64_t *)(void *)leads->data;
	target.n_leads = leads->len;
	if (!app_access(request, APP_OPERATE, &target, &operates, error) ||
	    !app_access(request, APP_UPDATE, &target, &updates, error))
		return false;
	*ret_may = operates.is_allowed || updates.is_allowed;
	return true;
}

const char *
money_share(Arena *arena, int64_t part, int64_t whole)
{
	int percent = money_percent(part, whole);

	return percent < 0 ? "–" : arena_printf(arena, "%d %%", percent);
}

void
money_fill_line(Arena *arena, const MoneyTotal *total, MoneyLine *ret_line)
{
	ret_line->total = *total;
	for (int kind = MONEY_ESTIMATE; kind < MONEY_KIND_MAX; kind++) {
		g_autoptr(GString) text = g_string_new(NULL);

		money_amount_append(text, total->amounts[kind]);
		ret_line->texts[kind] = arena_strdup(arena, text->str);
	}
	ret_line->share =
	    money_share(arena, total->amounts[MONEY_DISBURSEMENT], total->amounts[MONEY_ALLOCATION]);
}
