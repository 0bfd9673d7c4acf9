/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* What every object was noted as last, gathered while the ledger is walked, so that comparing the tables with
 * it asks the store for nothing. Of objects and states only their SipHash of 128 bits is kept, with a key
 * drawn anew each time: 32 bytes an object, and nobody can make two that are taken for the same. */
typedef struct LedgerNoted LedgerNoted;

LedgerNoted *ledger_noted_new(void);
void ledger_noted_free(LedgerNoted *noted);

/* Rows in their order: what is put last counts. state: NULL: the row says no state. */
void ledger_noted_put(LedgerNoted *noted, const char *object, const char *state);

/* True where the object was noted last with this state. */
bool ledger_noted_is(const LedgerNoted *noted, const char *object, const char *state);
