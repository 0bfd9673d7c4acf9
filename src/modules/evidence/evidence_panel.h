/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"

#include <glib.h>
#include <stdbool.h>

/* For other modules: the evidence of one object on that object's own page: a list and the way to add to it.
 */

struct EvidenceObject;

typedef struct EvidencePanel EvidencePanel;

/* Reads what the panel shows; it lives in the request's arena. *ret_panel NULL: the visitor may not see
 * evidence.
 */
bool evidence_panel_load(
    HttpRequest *request, const struct EvidenceObject *object, EvidencePanel **ret_panel, GError **error);

/* Writes the panel as a card, for {% call evidence_panel(v->evidence) %}; nothing for NULL. */
void evidence_panel(GString *out, const EvidencePanel *panel);
