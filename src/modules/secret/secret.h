/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Văn bản mật (R16): what turned out to be a state secret after it had come in. A plan, a task or a draft is
 * marked; a number and a date are kept, everything else that says anything of it is taken away (app/redact.h,
 * docs/adr/0027-secrets-in-the-ledger.md). */

typedef struct SecretScope {
	Db *db;
	int64_t commune_id, now_us;
	const char *directory;
	LedgerActor actor;
	Arena *arena;
} SecretScope;

/* What is to be marked. */
typedef struct SecretObject {
	const char *kind, *id; /* "plan" "3", "task" "3/12", "draft" "7" */
	int64_t plan_id, document_id, task_no, draft_id;
	const char *number, *dated; /* "", what will be kept */
	const char *title;          /* what it is called until then */
} SecretObject;

/* Finds what a word ("task/3/12") means. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT (a draft that
 * became a plan). */
bool secret_find(const SecretScope *scope, const char *word, SecretObject *ret_object, GError **error);

/* What was marked. */
typedef struct SecretMark {
	int64_t mark_no;
	const char *kind, *id, *number, *dated, *person;
	int64_t at_us, ledger_rows, file_count;
	bool is_compact;
} SecretMark;

/* Marks it, in one transaction, and wipes the files. Fails with APP_ERROR_CONFLICT where it is marked
 * already, or where a row of the ledger is not as it was written. */
bool secret_mark(const SecretScope *scope, const SecretObject *object, GError **error);

bool secret_is_marked(const SecretScope *scope, const SecretObject *object, bool *ret_is, GError **error);

/* Appends the marks (SecretMark *), the newest first. */
bool secret_list(const SecretScope *scope, GPtrArray *ret_marks, GError **error);

/* Wipes files that are left from a mark during which the machine stopped, and writes the store anew where
 * that waits. *ret_did: there was something to do, and it is done. */
bool secret_finish(const SecretScope *scope, bool *ret_did, GError **error);
bool secret_wipe_files(const SecretScope *scope, GError **error);

/* Compares the marks with the ledger. */
bool secret_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
