/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "base/date.h"
#include "modules/plan/plan_scope.h"

/* What a plan makes of an earlier one, row by row, and what decisions changed in rows of a plan that counts
 * . The rows themselves are kept on both sides. */

typedef enum {
	PLAN_SUCCESSION_REPLACE = 1, /* thay thế: the old plan ends */
	PLAN_SUCCESSION_AMEND,       /* sửa đổi, bổ sung: only the rows that are named */
	PLAN_SUCCESSION_VERSION,     /* another text of the same plan */
	PLAN_SUCCESSION_MAX,
} PlanSuccessionKind;

extern const char *const PLAN_SUCCESSION_TITLES[PLAN_SUCCESSION_MAX];
extern const char *const PLAN_SUCCESSION_WORDS[PLAN_SUCCESSION_MAX]; /* ended by NULL at _MAX */

typedef enum { PLAN_LINE_INDICATOR = 1, PLAN_LINE_TASK, PLAN_LINE_WHAT_MAX } PlanLineWhat;

extern const char *const PLAN_LINE_WHAT_TITLES[PLAN_LINE_WHAT_MAX];

typedef enum {
	PLAN_LINE_SAME = 1,
	PLAN_LINE_MOVED,   /* only its number or place is another */
	PLAN_LINE_CHANGED, /* a field is another */
	PLAN_LINE_ADDED,
	PLAN_LINE_REMOVED,
	PLAN_LINE_CHANGE_MAX,
} PlanLineChange;

extern const char *const PLAN_LINE_CHANGE_TITLES[PLAN_LINE_CHANGE_MAX];
extern const char *const PLAN_LINE_CHANGE_WORDS[PLAN_LINE_CHANGE_MAX];
extern const char *const PLAN_LINE_CHANGE_LOOKS[PLAN_LINE_CHANGE_MAX]; /* of app.css */

typedef struct PlanLineField {
	const char *field, *title; /* "deadline"; "thời hạn" */
	int year;                  /* of a target; 0 */
	const char *old_text, *new_text;
} PlanLineField;

typedef struct PlanLine {
	PlanLineWhat what;
	int64_t old_no, new_no; /* 0: none */
	PlanLineChange change;
	const PlanLineField *fields;
	size_t n_fields;
} PlanLine;

typedef struct PlanSuccession {
	int64_t succession_no, old_plan_id, new_plan_id;
	PlanSuccessionKind kind;
	int32_t from_day;
	int64_t at_us;
	const char *name;
} PlanSuccession;

/* Stores a succession with its lines (PlanLine *) and notes it in the ledger, in the caller's transaction.
 * The old plan counts no more, unless it is only amended. succession: number, instant and name are set here.
 * Fails with APP_ERROR_CONFLICT where the old plan was replaced already. */
bool plan_succeed(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, const GPtrArray *lines,
    PlanSuccession *succession, GError **error);

/* Appends all of the commune (PlanSuccession *), newest first. */
bool
plan_succession_list(Db *db, int64_t commune_id, Arena *arena, GPtrArray *ret_successions, GError **error);

/* Appends the lines of one (PlanLine *), with their fields. */
bool plan_line_list(
    const PlanScope *scope, int64_t succession_no, Arena *arena, GPtrArray *ret_lines, GError **error);

/* A row on the other side of a succession. */
typedef struct PlanLineEnd {
	int64_t succession_no, plan_id, row_no; /* row_no 0: it is gone */
	PlanSuccessionKind kind;
	PlanLineChange change;
	int32_t from_day;
	const PlanLineField *fields;
	size_t n_fields;
} PlanLineEnd;

/* Append (PlanLineEnd *) from what a row of the scope's plan came, and what became of it. */
bool plan_line_before(const PlanScope *scope, PlanLineWhat what, int64_t row_no, Arena *arena,
    GPtrArray *ret_ends, GError **error);
bool plan_line_after(const PlanScope *scope, PlanLineWhat what, int64_t row_no, Arena *arena,
    GPtrArray *ret_ends, GError **error);

/* A decision about one field of a row of a plan that counts. */
typedef struct PlanChange {
	int64_t change_no, version; /* version: of the row, 2, 3, … */
	PlanLineWhat what;
	int64_t row_no;
	PlanLineField field;
	int32_t from_day, doc_day;
	const char *doc_number;
	int64_t at_us;
	const char *name, *source;
} PlanChange;

/* Stores and notes a change, in the caller's transaction; numbers, instant and name are set here. The row
 * itself is changed by the module that owns it. */
bool plan_change_add(
    const PlanScope *scope, const LedgerActor *actor, int64_t now_us, PlanChange *change, GError **error);

/* Appends a row's changes (PlanChange *), oldest first. */
bool plan_change_list(const PlanScope *scope, PlanLineWhat what, int64_t row_no, Arena *arena,
    GPtrArray *ret_changes, GError **error);

bool plan_change_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* Compares successions and changes with what was noted of them; of plan_verify(). */
bool plan_succession_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
