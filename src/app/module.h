/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"
#include "app/ledger.h"
#include "app/record_kind.h"
#include "app/redact.h"
#include "html/layout.h"
#include "http/router.h"
#include "storage/migrate.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What work behind the pages is done with. */
typedef struct AppWork {
	Db *db; /* the work's own; it may write */
	int64_t commune_id;
	const char *directory; /* the data directory */
	int64_t now_us;
	gint *
	    is_cancelled; /* becomes 1 when the program ends; the work may set it itself, for what it calls */
	bool is_first;    /* since the program started */
} AppWork;

/* Looks at the headers of a form with files before its body is read, and may change what may come along
 * (`rules`): of routes with HTTP_FILES, which take files as large as a plan may be otherwise. A refusal says
 * why in request->problem. */
typedef struct AppAdmit {
	const char *pattern; /* of the route */
	bool (*admit)(HttpRequest *request, HttpBodyRules *rules, GError **error);
} AppAdmit;

/* One part of what is checked in several. */
typedef struct AppPart {
	unsigned no, of; /* no: from 0 */
} AppPart;

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
	const AppAdmit *admits;         /* ended by a NULL pattern */
	const LayoutNavItem *nav;       /* entries behind those of html/layout.h, ended by a NULL path */
	/* Compares the tables with what the ledger noted last (ledger_check_state()); NULL: nothing to
	 * compare. Differences are findings. */
	bool (*verify)(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
	/* The same of what may be so much that it is worth sharing out: called for each part, perhaps at the
	 * same time on several threads with connections of their own. NULL: there is nothing so large. */
	bool (*verify_part)(Db *db, int64_t commune_id, AppPart part, LedgerReport *report, GError **error);
	/* Makes anew, of a commune's rows, what does not move with them to another store: full-text search.
	 * Inside a transaction that writes; NULL: there is nothing of the kind. */
	bool (*rebuild)(Db *db, int64_t commune_id, GError **error);
	/* Makes anew what the module keeps of a commune that follows from other rows, where it was kept in an
	 * earlier form than `form`, or not at all: a program that keeps something new raises the number, and
	 * a directory of an older one has it from its first start. Inside a transaction that writes. NULL:
	 * nothing follows, or the migration makes it. */
	bool (*derive)(Db *db, int64_t commune_id, GError **error);
	int form; /* 1 and up where there is `derive` */
	/* Looks whether the files that the tables name are there and as long as they were; reads_all: and
	 * whether their content still is what it was. NULL: it has none. Differences are findings. */
	bool (*verify_files)(Db *db, int64_t commune_id, const char *directory, bool reads_all,
	    LedgerReport *report, GError **error);
	/* Does the next piece of work that waits, on the module's own thread beside the pages; *ret_did
	 * false: none waits. Asked again after every change of the store by a page. */
	bool (*work)(const AppWork *work, bool *ret_did, GError **error);
	const AppGate *gate; /* who people are; one module at most has it */
	/* Writes what the module knows about an object of another one ("task/PLAN/TASK") into that one's
	 * page; nothing where it knows nothing or the visitor may not see it. NULL: it never does. */
	bool (*panel)(const HttpRequest *request, const char *object, GString *out, GError **error);
	/* Gives with how many days left work is "sắp đến hạn" on a day; one module at most has it. */
	bool (*soon_days)(Db *db, int64_t commune_id, int32_t day, int32_t *ret_days, GError **error);
	/* Drops what is kept in memory of the store, because changes that a page took for made were not; from
	 * the writer's thread. NULL: nothing is kept. */
	void (*forget)(void);
	/* Takes away what the module's tables say of a plan, a task or a draft that is a state secret; tables
	 * that hold any text of it must (app/redact.h). NULL: they hold none. */
	bool (*redact)(const AppRedaction *redaction, GError **error);
	const AppRecordKind *records; /* whose history is shown (app/record_kind.h), ended by a NULL kind */
} AppModule;

/* All modules, ended by NULL: written by build-aux/gen-registry from the folders of src/modules. */
extern const AppModule *const APP_MODULES[];

/* Writes the panels of all modules about an object, in the order of the modules. */
bool app_panels_write(const HttpRequest *request, const char *object, GString *out, GError **error);

/* Gives the modules in an order in which each comes after what it requires; of const AppModule *, the
 * caller's. Fails with APP_ERROR_INTERNAL where a required module is missing or they require one another in a
 * circle. */
bool app_modules_sort(const AppModule *const *modules, GPtrArray **ret_sorted, GError **error);

/* Gives the migrations of the application and of the modules, in order; of DbMigrationSet, the caller's. */
GArray *app_modules_migrations(const GPtrArray *sorted);
