/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_rule.h"
#include "modules/evidence/evidence.h"

/* The kinds of deliverables, and what each of them needs, from day to day. A kind is added and ended, never
 * rewritten or taken away: records keep the kind that they had (R1). */

#define EVIDENCE_KIND_TITLE_BYTES_MAX 200
#define EVIDENCE_KINDS_MAX 60 /* of one commune, ended ones among them */

/* The days on which things may be handed in as the kind. */
DatedSpan evidence_kind_days(const EvidenceKind *kind);

bool evidence_kind_is_on(const EvidenceKind *kind, int32_t day);

/* Appends every kind there is or was, in their order; of EvidenceKind *, in the arena. */
bool evidence_kinds_all(const EvidenceScope *scope, Arena *arena, GPtrArray *ret_kinds, GError **error);

/* Adds a kind that counts from told->valid_from on, today at the earliest; its word is made of its title.
 * ret_problem: Vietnamese, what is wrong, in the arena or static; NULL: done. Fails as db_txn_commit(). */
bool evidence_kind_add(const EvidenceScope *scope, const EvidenceKind *told, Arena *arena,
    const char **ret_problem, GError **error);

/* Lets a kind end with `last_day`, today at the earliest, on the ground of `source`. One kind has to stay.
 * Fails as db_txn_commit(), and with APP_ERROR_NOT_FOUND. */
bool evidence_kind_end(const EvidenceScope *scope, const char *kind, int32_t last_day, const char *source,
    Arena *arena, const char **ret_problem, GError **error);

/* Compares the commune's own kinds with what the ledger noted. */
bool evidence_kinds_verify(const EvidenceScope *scope, LedgerReport *report, GError **error);
