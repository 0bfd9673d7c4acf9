/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/router.h"
#include "storage/migrate.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What a module (phân hệ) is made of; NULL for what it has not. Each module defines one, named X_module, and
 * the build collects them (docs/adding-a-module.md). */
typedef struct AppModule {
	const char *name;  /* the folder's */
	const char *title; /* Vietnamese */
	const char *const
	    *requires; /* names of modules whose header it includes or whose tables it points to */
	const DbMigration *migrations;  /* ended by number 0 */
	const DbSql *const *statements; /* ended by NULL */
	const HttpRoute *routes;        /* ended by a NULL pattern */
	const LayoutNavItem *nav;       /* entries behind those of html/layout.h, ended by a NULL path */
} AppModule;

/* All modules, ended by NULL: written by build-aux/gen-registry from the folders of src/modules. */
extern const AppModule *const APP_MODULES[];

/* Gives the modules in an order in which each comes after what it requires; of const AppModule *, the
 * caller's. Fails with APP_ERROR_INTERNAL where a required module is missing or they require one another in a
 * circle. */
bool app_modules_sort(const AppModule *const *modules, GPtrArray **ret_sorted, GError **error);

/* Gives the migrations of the application and of the modules, in order; of DbMigrationSet, the caller's. */
GArray *app_modules_migrations(const GPtrArray *sorted);
