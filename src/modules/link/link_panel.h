/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"

/* For other modules: what a task or an indicator is linked to, on its own card; and what became of a plan's
 * bases. */

typedef struct LinkPanel LinkPanel;

/* Reads what the panel of a card shows; it lives in the page's arena. */
bool
link_panel_load(const PlanPage *page, bool is_task, int64_t item_no, LinkPanel **ret_panel, GError **error);

/* {% call link_panel(v->links) %}: a card with the links; above it a warning where a basis of the plan no
 * longer holds. Nothing for NULL. */
void link_panel(GString *out, const LinkPanel *panel);

/* The same warning alone, for pages about a plan; of link_panel_load() with item 0. */
void link_panel_warnings(GString *out, const LinkPanel *panel);
