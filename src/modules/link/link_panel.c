/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"
#include "modules/link/link_pages.h"

G_STATIC_ASSERT((int)LINK_OF_TASK_P_TASK_NO == (int)LINK_OF_INDICATOR_P_INDICATOR_NO);
G_STATIC_ASSERT((int)LINK_OF_TASK_C_NAME == (int)LINK_OF_INDICATOR_C_NAME);

LinkScope
link_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (LinkScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = app_actor(request),
	    .arena = request->arena};
}

static bool
read_lines(const PlanPage *page, LinkPanel *panel, int64_t item_no, GError **error)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(LinkPanelLine));
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(page->scope.db, panel->is_task ? &LINK_OF_TASK : &LINK_OF_INDICATOR, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_OF_TASK_P_COMMUNE_ID, page->scope.commune_id);
	db_bind_int(stmt, LINK_OF_TASK_P_PLAN_ID, page->scope.plan_id);
	db_bind_int(stmt, LINK_OF_TASK_P_TASK_NO, item_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const char *no = db_column_text(stmt, LINK_OF_TASK_C_NO);
		LinkPanelLine line = {.no = no != NULL ? arena_strdup(page->arena, no) : NULL,
		    .name = arena_strdup(page->arena, db_column_text(stmt, LINK_OF_TASK_C_NAME)),
		    .url = plan_page_link(page,
			arena_printf(page->arena, "%s/%" G_GINT64_FORMAT,
			    panel->is_task ? "/chi-tieu" : "/nhiem-vu",
			    db_column_int(stmt, LINK_OF_TASK_C_ITEM_NO)),
			NULL)};

		g_array_append_val(lines, line);
	}
	panel->n_lines = lines->len;
	panel->lines = arena_array(page->arena, LinkPanelLine, lines->len + 1);
	for (guint i = 0; i < lines->len; i++)
		panel->lines[i] = g_array_index(lines, LinkPanelLine, i);
	return !has_row;
}

static bool
read_warnings(const PlanPage *page, LinkPanel *panel, GError **error)
{
	const LinkScope scope = {.db = page->scope.db,
	    .commune_id = page->scope.commune_id,
	    .today = page->today,
	    .arena = page->arena};
	g_autoptr(GPtrArray) bases = g_ptr_array_new();

	if (!link_bases(&scope, page->scope.plan_id, bases, error))
		return false;
	panel->bases = arena_array(page->arena, LinkBasis, bases->len + 1);
	for (guint i = 0; i < bases->len; i++) {
		const LinkBasis *basis = g_ptr_array_index(bases, i);

		if (basis->warning != NULL)
			panel->bases[panel->n_bases++] = *basis;
	}
	return true;
}

bool
link_panel_load(const PlanPage *page, bool is_task, int64_t item_no, LinkPanel **ret_panel, GError **error)
{
	LinkPanel *panel = arena_new0(page->arena, LinkPanel);

	panel->is_task = is_task;
	panel->more_url = plan_page_link(page, LINK_PATH, NULL);
	panel->bases_url = plan_page_link(page, LINK_DOCUMENT_PATH, NULL);
	*ret_panel = panel;
	return (item_no == 0 || read_lines(page, panel, item_no, error)) && read_warnings(page, panel, error);
}
