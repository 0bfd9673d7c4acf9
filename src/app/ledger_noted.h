/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What every object was noted as last, gathered while the ledger is walked, so that comparing the tables with
 * it asks the store for nothing. Of objects and states only their SipHash of 128 bits is kept, with a key
 * drawn anew each time: 32 bytes an object, and nobody can make two that are taken for the same. */
typedef struct LedgerNoted LedgerNoted;

LedgerNoted *ledger_noted_new(void);
void ledger_noted_free(LedgerNoted *noted);

/* Rows in their order: what is put last counts. state: NULL: the row says no state. */
void ledger_noted_put(LedgerNoted *noted, const char *object, const char *state);

/* Says that the whole ledger was walked, or that the walk has ended: nothing is put any more. */
void ledger_noted_end(LedgerNoted *noted);

/* True where the object was noted last with this state. */
bool ledger_noted_is(const LedgerNoted *noted, const char *object, const char *state);

/* What tables say of objects, from a thread that reads them while another one still walks the ledger. A claim
 * is kept (32 bytes) until the walk has ended, and compared then; whoever has too many of them waits. */
typedef struct LedgerClaims LedgerClaims;

/* noted: must outlive the claims. */
LedgerClaims *ledger_claims_new(LedgerNoted *noted);
void ledger_claims_free(LedgerClaims *claims);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LedgerClaims, ledger_claims_free)

void ledger_claims_put(LedgerClaims *claims, const char *object, const char *state);

/* Waits for the end of the walk. True where every object that was claimed is as it was noted last. */
bool ledger_claims_hold(LedgerClaims *claims);
