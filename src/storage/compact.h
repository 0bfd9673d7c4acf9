/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* Writes a store of its own file anew, so that nothing is left in it of what was deleted or overwritten.
 * *ret_is_done false: somebody still reads what was there before; ask again later. Outside of transactions.
 * On a server nothing is done: *ret_is_done true; that is for who runs it (VACUUM FULL). Fails with
 * APP_ERROR_STORAGE, APP_ERROR_BUSY. */
bool db_compact(Db *db, bool *ret_is_done, GError **error);
