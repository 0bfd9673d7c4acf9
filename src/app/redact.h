/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* State secrets (R16): of a plan, one of its tasks, or a document that is no plan yet, a number and a date
 * are kept. Each module takes away what it has of it (AppModule.redact), and names what else has to go. */

#define APP_REDACTED "Bí mật nhà nước" /* stands for a text that was taken away */

typedef struct AppRedaction {
	Db *db; /* inside a transaction that writes */
	int64_t commune_id, now_us;
	LedgerActor actor;
	const char *directory;
	Arena *arena;
	int64_t plan_id, document_id; /* 0: of a draft that is no plan */
	int64_t task_no;              /* 0: the whole plan */
	int64_t draft_id;             /* of a draft alone; else 0 */
	GPtrArray *objects;           /* of char *: objects of the ledger whose rows say something of it */
	GPtrArray *files;             /* of char *: files that are wiped when all is written */
	GPtrArray *records;     /* of char *: other records of it ("work/12"), whose evidence goes too */
	const GPtrArray *texts; /* of char *: names that messages may repeat */
} AppRedaction;

/* For modules: rows of this object say something of it, all that were written until now; note the new state
 * after this call, without a state before. */
bool app_redact_object(const AppRedaction *redaction, const char *object, GError **error);

/* For modules: this record is part of it. */
void app_redact_record(const AppRedaction *redaction, const char *object);

/* For modules: this file has to go; NULL is passed over. */
void app_redact_file(const AppRedaction *redaction, const char *sha256);

/* For modules: runs a statement with the parameters plan_id and task_no (0: the whole plan); APP_REDACT_RUN()
 * names them. */
bool
app_redact_run(const AppRedaction *redaction, const DbSql *sql, const int params[static 3], GError **error);
#define APP_REDACT_RUN(redaction, SQL, error) \
	app_redact_run( \
	    (redaction), &SQL, (const int[]){SQL##_P_COMMUNE_ID, SQL##_P_PLAN_ID, SQL##_P_TASK_NO}, (error))

/* Lets all modules take it away, each before those that it requires. `redaction` has to be complete but for
 * the arrays objects, files and records, which are made here and cleared by the caller. */
bool app_redact(AppRedaction *redaction, GError **error);
void app_redaction_clear(AppRedaction *redaction);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AppRedaction, app_redaction_clear)
