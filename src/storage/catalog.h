/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* What tables a store has, as its own catalog says: what moves rows names no table. Not for other layers. */

typedef enum { DB_TYPE_INT, DB_TYPE_TEXT, DB_TYPE_BYTES, DB_TYPE_OTHER } DbType;

typedef struct DbColumn {
	char *name;
	DbType type;
	unsigned key_no; /* 1, 2, … in the primary key; 0: not of it */
} DbColumn;

typedef struct DbTable {
	char *name;
	GPtrArray *columns;    /* of DbColumn *, by name */
	GPtrArray *keys;       /* of DbColumn *, as in the primary key; owned by columns */
	GPtrArray *points_to;  /* of char *: names of the tables that foreign keys point to */
	bool points_to_itself; /* one row to another */
	bool is_derived;       /* full-text search: made of other tables, and cannot be read back */
} DbTable;

/* Gives the tables with rows of communes, each after those it points to; of DbTable *, the caller's. Fails
 * with APP_ERROR_INTERNAL (a table without the commune at the head of its key, a column of a type that cannot
 * be moved, tables that point to one another in a circle), APP_ERROR_STORAGE. */
bool db_catalog_load(Db *db, GPtrArray **ret_tables, GError **error);
