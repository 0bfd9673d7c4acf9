/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"

/* R16: of a state secret only a number and a date may be kept. */

/* Makes a piece a secret: it and every other record of the same content lose title and file name, the file is
 * overwritten and taken away; number, date, who and when stay. What the ledger noted before stays in it
 * (docs/adr/0024-evidence.md). Fails with APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT (it is one already). */
bool evidence_mark_secret(const EvidenceScope *scope, int64_t evidence_id, GError **error);

/* Takes files away that were to be, where the program ended in between. */
bool evidence_wipe_left(const EvidenceScope *scope, GError **error);

/* Takes away what a piece says and those with the same content, inside the caller's transaction; the file
 * itself is the caller's to wipe when that is committed. */
bool evidence_take_away(const EvidenceScope *scope, const Evidence *evidence, Arena *arena, GError **error);
