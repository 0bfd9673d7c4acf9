/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* A commune's rows, from one store to another of either kind. The tables are those of the stores' catalogs:
 * one that a module adds is moved without a word about it here. Full-text search is left out; it is made of
 * other tables, and made anew from them. */

#define DB_SUM_SIZE 32

/* What a commune's rows in one table amount to. */
typedef struct DbTableSum {
	char *table;
	int64_t n_rows;
	uint8_t sum[DB_SUM_SIZE]; /* SHA-256 of each row, added up: the same in whatever order rows come */
} DbTableSum;

/* Sums every table; of DbTableSum *, by name, the caller's. Inside a transaction of the caller's, if all are
 * to be of one state. Fails as db_catalog_load(). */
bool db_commune_sum(Db *db, int64_t commune_id, GPtrArray **ret_sums, GError **error);

/* Copies a commune's rows inside the callers' transactions: one that reads or writes at `from`, one that
 * writes at `to`, where the commune must not be yet and every table must be as at `from`. *ret_sums: of what
 * was read, the caller's. Fails as db_catalog_load(), and with APP_ERROR_CONFLICT (tables or columns differ,
 * rows are there already). */
bool db_commune_copy(Db *from, Db *to, int64_t commune_id, GPtrArray **ret_sums, GError **error);

/* Takes a copy of a commune out of a server's store, inside a transaction of the caller's that writes, and
 * says that nothing of it is there. Only a copy that never lived there (DB_PLACE_ARRIVING): its ledger holds
 * what another store holds, and has never been added to. A copy in a file is removed with the file. Fails as
 * db_step(), and with APP_ERROR_INTERNAL for anything but such a copy. */
bool db_commune_remove(Db *db, int64_t commune_id, GError **error);

/* Names the first table whose sums differ; NULL: none does. */
const char *db_sums_differ(const GPtrArray *a, const GPtrArray *b);
