/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/register/register_rows.h"

/* What the files share that take a register back in: row by row, which piece it is of, what was changed, and
 * the entries that say so. */

typedef struct RegisterImporting {
	const WorkScope *scope;
	RegisterFile *file;
	const RegisterDecision *decisions;
	size_t n_decisions;
	RegisterMode mode;
	RegisterResult *out;
	RegisterPeople people;
	WorkSettings settings;
	const char *mark;
	GPtrArray *plans;   /* of PlanInfo * */
	int64_t columns_of; /* the plan of `columns` */
	GPtrArray *columns; /* of PlanColumnInfo * */
} RegisterImporting;

/* One row on its way. */
typedef struct RegisterRowRun {
	const RegisterRow *row;
	WorkRow work;
	Task task;
	GPtrArray *entries;
	const char *base[REGISTER_FIELD_MAX]; /* as it was when the file was made */
	const char *now[REGISTER_FIELD_MAX];
	bool is_changed[REGISTER_FIELD_MAX];
	bool has_problem;
	RegisterChange *change;
	WorkEntry wanted[3];
	RegisterField because[3]; /* which column to register_import_blame when an entry is refused */
	size_t n_wanted;
} RegisterRowRun;

/* Notes what is wrong with a cell of the row; nothing is written then. */
void
register_import_blame(RegisterImporting *run, RegisterRowRun *at, RegisterField field, const char *message);

/* True for texts that differ in white space alone, or in nothing. */
bool register_same_text(const char *a, const char *b);

/* True where two cells of a field mean the same. */
bool register_import_is_same(const RegisterImporting *run, RegisterField field, const char *a, const char *b);

/* The WorkState whose title it is, and a whole number from 0 to 100, perhaps with its sign; -1. */
int register_state_read(const char *text);
int register_percent_read(const char *text);

/* Finds the piece of a row, its task and its entries; what is wrong with its code is blamed. */
bool register_import_find_piece(RegisterImporting *run, RegisterRowRun *at, GError **error);

/* Blame cells that a file may not change: of the annex's own columns, and of the program's. */
bool register_import_check_annex(RegisterImporting *run, RegisterRowRun *at, GError **error);
void register_import_check_locked(RegisterImporting *run, RegisterRowRun *at);

/* Gives whether the row says anything that is neither as it was when the file was made nor as it is now. */
bool register_import_find_changes(RegisterImporting *run, RegisterRowRun *at);

/* Fills in the entries that make the program's row the file's. */
void register_import_want(RegisterImporting *run, RegisterRowRun *at);
