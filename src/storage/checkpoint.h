/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* Moves what was written from SQLite's log into the database on a thread and a connection of its own, so that
 * no writer waits for it. A store on a server does so by itself: nothing is started then. */
typedef struct DbCheckpointer DbCheckpointer;

/* Starts for a store that is open; `writer` leaves the work to it from now on. *ret_checkpointer NULL: none
 * is needed. Fails as db_open(). */
bool
db_checkpointer_start(const char *location, Db *writer, DbCheckpointer **ret_checkpointer, GError **error);

/* Ends the thread, before `writer` is closed; takes NULL. */
void db_checkpointer_stop(DbCheckpointer *checkpointer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbCheckpointer, db_checkpointer_stop)
