/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_panel.h"

#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_panel_view.h"

bool
evidence_panel_load(
    const HttpRequest *request, const EvidenceObject *object, EvidencePanel **ret_panel, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	const AppVisitor *visitor = app_context(request)->visitor;
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	EvidencePanel *panel;

	*ret_panel = NULL;
	if (!app_visitor_may(visitor, APP_DOWNLOAD))
		return true;
	if (!evidence_list(&scope, object, request->arena, rows, error))
		return false;
	panel = arena_new0(request->arena, EvidencePanel);
	panel->rows = arena_array(request->arena, EvidenceRow, rows->len + 1);
	panel->n_rows = rows->len;
	for (guint i = 0; i < rows->len; i++) {
		evidence_make_row(request->arena, g_ptr_array_index(rows, i), &panel->rows[i]);
		panel->n_counting += panel->rows[i].evidence->withdrawn_us == 0 &&
				     panel->rows[i].evidence->scan != EVIDENCE_SUSPECT;
	}
	panel->object = evidence_place_of(request->arena, object).word;
	panel->may_add = app_visitor_may(visitor, APP_EVIDENCE);
	*ret_panel = panel;
	return true;
}
