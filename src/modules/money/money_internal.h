/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/money/money_carry.h"

/* What the module's own files share. */

/* Inserts a row; no checks. */
bool money_insert(const MoneyScope *scope, const MoneyEntry *entry, int64_t *ret_entry_id, GError **error);

/* The states of rows for the ledger; the caller's. */
char *money_entry_object(int64_t entry_id);
/* carries: of MoneyCarry *, those of other entries among them. */
char *money_entry_state(const MoneyEntry *entry, const GPtrArray *carries);
char *money_source_object(const char *source);
char *money_source_state(const char *title, int32_t valid_from, int32_t valid_to, const char *basis);
char *money_finding_object(int64_t finding_id);
char *money_finding_state(const MoneyFinding *finding);

/* Notes a state, as added or changed. */
bool money_note(const MoneyScope *scope, const char *object, const char *state, GError **error);
