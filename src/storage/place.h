/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* Where a commune lives. Its rows may stand in two stores, while they move and after; it lives in one, and
 * every other refuses to write for it, whoever asks (docs/adr/0019-communes-on-one-server.md). */

typedef enum {
	DB_PLACE_HERE,
	DB_PLACE_LEAVING,  /* on its way to another store, and may still be taken back */
	DB_PLACE_LEFT,     /* lives in the other store */
	DB_PLACE_ARRIVING, /* a whole copy, which does not count before the other store has let go */
	DB_PLACE_MAX,
} DbPlace;

/* ret_elsewhere: the other store as db_describe() has it, the caller's, "" where it lives here; may be NULL.
 * Fails as db_step(). */
bool db_place_read(Db *db, int64_t commune_id, DbPlace *ret_place, char **ret_elsewhere, GError **error);

/* Says so inside the caller's transaction, which may then write although the commune lives elsewhere; not
 * inside a group. Fails as db_step(). */
bool db_place_write(Db *db, int64_t commune_id, DbPlace place, const char *elsewhere, GError **error);

/* True where the commune lives here. Else fails with APP_ERROR_CONFLICT, naming the other store and what to
 * do. */
bool db_place_check(Db *db, int64_t commune_id, GError **error);
