/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* Rows of pieces and entries, for the files that write them; nothing here is noted. */

/* *ret_piece_id 0: there is such a piece already. */
bool work_insert_piece(const WorkScope *scope, const WorkPiece *piece, int64_t *ret_piece_id, GError **error);

/* The same for one that has its number, and is not there. */
bool work_add_piece(const WorkScope *scope, const WorkPiece *piece, GError **error);

/* Writes what follows from its entries. */
bool work_update_piece(const WorkScope *scope, const WorkPiece *piece, GError **error);

bool work_insert_entry(const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, GError **error);
