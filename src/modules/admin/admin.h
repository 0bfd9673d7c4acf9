/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Quản trị: what is running, on which data. */

typedef struct AdminMigration {
	const char *module;
	const char *name;
	int64_t applied_us;
} AdminMigration;

typedef struct AdminSystem {
	const char *code, *commune, *province; /* "" where not known */
	int64_t created_us;
	int64_t store_version;
	AdminMigration *migrations;
	size_t n_migrations;
} AdminSystem;

/* Reads the state of the store. The result lives in `arena`. */
bool admin_read_system(Db *db, int64_t commune_id, Arena *arena, AdminSystem *ret_system, GError **error);
