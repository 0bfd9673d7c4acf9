/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* Writes an entry into the ledger: the piece before and after it, and what was said. before: NULL: the piece
 * has just come to be. */
bool work_note(const WorkScope *scope, const WorkPiece *before, const WorkPiece *after,
    const WorkEntry *entry, GError **error);
