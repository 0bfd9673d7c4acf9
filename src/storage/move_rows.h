/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/catalog.h"
#include "storage/move.h"

/* Passes a commune's rows of one table, for storage/move.c: adds them to the sum, and runs `insert` with the
 * columns of each (NULL: they are summed alone). Fails as db_step(). */
bool move_rows(
    Db *from, int64_t commune_id, const DbTable *table, DbStmt *insert, DbTableSum *sum, GError **error);
