/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/register/register_fields.h"
#include "modules/register/register_sheet.h"
#include "modules/work/work.h"

/* Sổ theo dõi: the tasks of plans in the columns of their own annexes, with how far they are beside them, as
 * an Excel file; and the file back in, as ordinary entries of work (docs/adr/0033-register-in-excel.md). */

/* Which pieces a file holds. Of a piece that repeats: the open periods, and the last one where none is open.
 */
typedef struct RegisterChoice {
	int64_t plan_id;   /* 0: all current plans */
	int64_t agency_id; /* 0: any */
	WorkWhose whose;
	int stage; /* WorkStage; 0: any */
} RegisterChoice;

/* Appends the bytes of an .xlsx file. Fails with APP_ERROR_NOT_FOUND (no such plan), APP_ERROR_LIMIT (more
 * than REGISTER_ROWS_MAX rows), APP_ERROR_STORAGE. */
bool register_export(const WorkScope *scope, const RegisterChoice *choice, GString *out, GError **error);

/* Reads a file from outside in the reader's process. The rows live in the arena, and are to be cleared. Fails
 * as reader_read_form() does. */
bool register_read_file(
    const char *bytes, size_t len, const char *name, Arena *arena, RegisterFile *ret_file, GError **error);

/* What somebody wrote after the file was made. */
typedef struct RegisterNewer {
	const char *when, *who, *what;
} RegisterNewer;

/* A row of the file that says something new. */
typedef struct RegisterChange {
	const RegisterRow *row;
	int64_t piece_id, version; /* version: of the piece as it is now */
	const char *name, *agency; /* of the task, and who does it */
	bool is_changed[REGISTER_FIELD_MAX];
	const char *before[REGISTER_FIELD_MAX]; /* as it is in the program now */
	const char *after[REGISTER_FIELD_MAX];  /* as it would be */
	bool is_conflict;                       /* written to by others since: somebody has to choose */
	RegisterNewer *newer;
	size_t n_newer;
	bool is_kept; /* it was decided that the program's own stays */
	int n_entries;
} RegisterChange;

/* What somebody decided about a row that others have written to. */
typedef struct RegisterDecision {
	int64_t piece_id, version; /* version: that was shown */
	bool takes_file;
} RegisterDecision;

typedef struct RegisterResult {
	GPtrArray *changes; /* of RegisterChange *, in the file's order; the caller's */
	size_t n_rows, n_same, n_conflicts, n_entries;
} RegisterResult;

typedef enum {
	REGISTER_COMPARE, /* reads alone */
	REGISTER_TRY,     /* writes and takes it back */
	REGISTER_WRITE,   /* all of it or nothing */
} RegisterMode;

/* Compares the rows of a file with what there is, and writes what they say. What is wrong goes into
 * file->problems; with a problem or an undecided conflict nothing is written. Fails as db_txn_commit() does.
 */
bool register_import(const WorkScope *scope, RegisterFile *file, const RegisterDecision *decisions,
    size_t n_decisions, RegisterMode mode, RegisterResult *ret_result, GError **error);
