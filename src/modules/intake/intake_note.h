/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/intake_scope.h"

/* Drafts and learned spellings in the ledger: objects "draft/3" and "alias/P. Tư pháp". That a draft is
 * waiting or being read is no news; everything else about it is. */

/* Gives the state of a draft as it is noted, the caller's; NULL where there is none. */
bool intake_draft_state(const IntakeScope *scope, int64_t draft_id, char **ret_state, GError **error);

/* Notes a draft's state, in the caller's transaction, where it is not `before` any more; NULL: the draft is
 * new.
 */
bool intake_note_draft(
    const IntakeScope *scope, int64_t draft_id, LedgerAction action, const char *before, GError **error);

/* The same of a learned spelling. */
bool intake_alias_state(const IntakeScope *scope, const char *printed, char **ret_state, GError **error);
bool intake_note_alias(const IntakeScope *scope, const char *printed, const char *before, GError **error);

/* Compares drafts and spellings with what was noted of them (AppModule.verify). */
bool intake_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
