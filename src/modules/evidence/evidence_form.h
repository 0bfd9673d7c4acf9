/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"

/* What both ways of sending have in common: the form that is sent at once, and the one that script sends in
 * pieces. */

/* Reads the fields of the form, without checking them against the store. Fails with APP_ERROR_INVALID. */
bool evidence_form_read(HttpRequest *request, EvidenceNew *ret_told, GError **error);

/* Where a person goes on: to the object's page, or the new piece's own. */
const char *evidence_next_url(Arena *arena, const EvidenceObject *object, int64_t evidence_id);
