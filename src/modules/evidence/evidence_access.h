/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plan_access.h"
#include "modules/evidence/evidence_internal.h"

/* Who may do what with evidence: roles count in the plan of the record that it belongs to
 * (AppRecordKind.target). What belongs to nothing, or to something of no plan, is for whom it is in the
 * commune as a whole, and for who handed it in. */

/* Says whether the visitor may add to, or look at, what belongs to an object; both NULL: to nothing yet. An
 * object that is not there, or that the visitor may not see, is refused. */
bool evidence_may_for(HttpRequest *request, const char *permission, const EvidenceObject *object,
    bool *ret_may, GError **error);

/* The same of a piece: one of its objects is enough. */
bool evidence_may(
    HttpRequest *request, const char *permission, const Evidence *evidence, bool *ret_may, GError **error);

/* Finds a piece that the visitor may look at. Fails with APP_ERROR_NOT_FOUND for any other, there or not. */
bool
evidence_find_readable(HttpRequest *request, int64_t evidence_id, Evidence *ret_evidence, GError **error);

/* At the time of acting: fails with APP_ERROR_FORBIDDEN, the reason in request->problem, for what may only be
 * looked at; with APP_ERROR_NOT_FOUND for the rest. */
bool evidence_require(HttpRequest *request, const char *permission, int64_t evidence_id, GError **error);
bool evidence_require_for(
    HttpRequest *request, const char *permission, const EvidenceObject *object, GError **error);

/* Leaves those of a list of Evidence * that the visitor may look at. */
bool evidence_keep_readable(HttpRequest *request, GPtrArray *pieces, GError **error);
