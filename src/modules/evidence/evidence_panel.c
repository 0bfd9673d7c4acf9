/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_panel.h"

#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_panel_view.h"

bool
evidence_panel_load(
    HttpRequest *request, const EvidenceObject *object, EvidencePanel **ret_panel, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	EvidencePanel *panel;
	bool may_read, may_add;

	*ret_panel = NULL;
	if (!evidence_may_for(request, APP_DOWNLOAD, object, &may_read, error) ||
	    !evidence_may_for(request, APP_EVIDENCE, object, &may_add, error))
		return false;
	if (!may_read)
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
	panel->may_add = may_add;
	*ret_panel = panel;
	return true;
}
