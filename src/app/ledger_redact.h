/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"

/* Taking away what rows of the ledger say, because it is a state secret, without breaking the chain
 * (docs/adr/0027-secrets-in-the-ledger.md): a row keeps its hash, and a later row ("redaction/12") names that
 * hash and a digest of what the row still says, so that a row which lost its words otherwise is found out. */

#define LEDGER_REDACTED "{\"redacted\":true}"
#define LEDGER_REDACTION_OBJECT "redaction/"

/* Takes away what all rows of an object say, inside the caller's transaction; *ret_n grows by how many. Rows
 * that say nothing are left. Fails with APP_ERROR_CONFLICT where a row is not as it was written: what is
 * damaged is not covered up. */
bool ledger_redact_object(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const char *object, int64_t *ret_n, GError **error);

bool ledger_row_is_redacted(const LedgerRow *row);

/* For the check of the ledger: digests of rows that were met without their words, by number. */
typedef struct LedgerRedactions LedgerRedactions;

LedgerRedactions *ledger_redactions_new(int64_t commune_id);
void ledger_redactions_free(LedgerRedactions *redactions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LedgerRedactions, ledger_redactions_free)

/* Tells of a row whose hash does not fit because its words were taken away. */
void ledger_redactions_meet(LedgerRedactions *redactions, const LedgerRow *row);

/* Tells of every row: one that says which row was taken away clears it. */
void ledger_redactions_look(LedgerRedactions *redactions, const LedgerRow *row);

/* Adds what was not cleared to the report. */
void ledger_redactions_report(const LedgerRedactions *redactions, LedgerReport *report);
