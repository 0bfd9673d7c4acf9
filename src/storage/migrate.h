/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* A text for each kind of store; mostly the same. */
typedef struct DbScript {
	const char *sqlite, *pg;
} DbScript;

/* One migration file, embedded by sqlc. Never changed once released: its checksum is recorded in the store.
 */
typedef struct DbMigration {
	unsigned number; /* from 1; 0 ends a list */
	const char *name;
	DbScript script;
	const char *checksum; /* SHA-256 of the file, hex */
} DbMigration;

typedef struct DbMigrationSet {
	const char *module;
	const DbMigration *migrations; /* ended by number 0 */
} DbMigrationSet;

/* Brings the store up to date, on a connection that works for no commune (db_set_commune()): applies what is
 * missing, set by set, each migration in a transaction of its own. now_us: what is recorded as the time.
 * ret_applied: how many were applied; may be NULL. Fails with APP_ERROR_CONFLICT where the store has a
 * migration that this program does not have or has with another text, else as db_step(). What was applied
 * before the failure stays applied. */
bool db_migrate(
    Db *db, const DbMigrationSet *sets, size_t n_sets, int64_t now_us, unsigned *ret_applied, GError **error);
