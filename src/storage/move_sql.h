/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/catalog.h"

/* Statements made of the catalog's names, for storage/move.c and what belongs to it. */

#define MOVE_PAGE_ROWS 500 /* read at a time: a table may be larger than memory */

/* One of them, for as long as its connection's cache may hold it. */
typedef struct MoveSql {
	Db *db;
	DbSql sql;
	GString *text;
} MoveSql;

void move_sql_clear(MoveSql *made);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MoveSql, move_sql_clear)

/* Fails as db_prepare(). The statement has to be released before the text is cleared. */
bool move_sql_prepare(
    MoveSql *made, Db *db, const char *name, unsigned n_params, DbStmt **ret_stmt, GError **error);

/* Runs a text without parameters, and takes it. */
bool move_sql_run(Db *db, GString *text, GError **error);

/* A page of a commune's rows, the first one or that behind a key. */
GString *move_sql_select(const Db *db, const DbTable *table, bool is_first);

/* One row into a table of this name with the table's columns. */
GString *move_sql_insert(const Db *db, const char *name, const DbTable *table);

/* All of a commune's rows. */
GString *move_sql_delete(const Db *db, const DbTable *table);

/* PostgreSQL checks keys at the end of each statement. Rows that point to one another wait in a table of
 * their own ("waiting_" and the name), and come in by one statement. */
GString *move_sql_waiting_room(const DbTable *table);
GString *move_sql_admission(const DbTable *table);
