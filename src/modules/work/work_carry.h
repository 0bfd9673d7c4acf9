/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For other modules: what becomes of work when its plan is replaced, amended or adjusted by a decision
 * . A piece is carried on as it is, with all its entries, requests and files; one further entry says
 * from where to where, and keeps the due days it had. */

#include "base/json.h"
#include "modules/work/work.h"

/* Where a piece stands. */
typedef struct WorkPlace {
	int64_t plan_id, task_no, agency_id, part_no;
	PlanDeadlineKind deadline_kind;
	bool needs_document;
} WorkPlace;

typedef struct WorkCarry {
	WorkPlace from, to;
	int32_t old_original_due, old_due; /* before; DATE_NONE */
	bool clears_due;                   /* it has no due day any more */
} WorkCarry;

/* Why work is carried on: the document that decides it, for every entry. */
typedef struct WorkCarryReason {
	const char *text;       /* "Kế hoạch số … thay thế kế hoạch số …" */
	const char *doc_number; /* of the replacing plan, or of the decision; NULL */
	int32_t day;            /* from which it holds */
} WorkCarryReason;

/* What came of it. */
typedef struct WorkCarryTally {
	int n_carried, n_closed, n_due_changed, n_handed_on; /* handed_on: to another agency */
} WorkCarryTally;

/* Makes what a plan still owes: pieces of all its tasks and periods up to today. */
bool work_open_all(const WorkScope *scope, GError **error);

/* The same for one plan alone. */
bool work_open_plan(const WorkScope *scope, int64_t plan_id, GError **error);

/* Each in the caller's transaction; the tally is added to. Nobody is asked whether he may: the caller has. */

/* Carries all pieces of a task on to a task of another plan. */
bool work_carry_task(const WorkScope *scope, int64_t from_plan_id, int64_t from_task_no, int64_t to_plan_id,
    int64_t to_task_no, const WorkCarryReason *reason, WorkCarryTally *tally, GError **error);

/* Closes what is open of a task that the new plan does not have; it is not late. */
bool work_close_task(const WorkScope *scope, int64_t plan_id, int64_t task_no, const WorkCarryReason *reason,
    WorkCarryTally *tally, GError **error);

/* Gives what is open of a task another original due day; the one before is kept in the entry. */
bool work_adjust_due(const WorkScope *scope, int64_t plan_id, int64_t task_no, int32_t due,
    const WorkCarryReason *reason, WorkCarryTally *tally, GError **error);

/* Appends (WorkRow *) the pieces that were a task's before they were carried on. */
bool work_carried_away(
    const WorkScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_rows, GError **error);

/* --- for the module's own files ---------------------------------------------------------------------------
 */

/* What was before, in words: "hạn gốc trước đó 30/6/2026"; NULL: nothing to say. In the arena. */
const char *work_carry_text(const WorkScope *scope, const WorkEntry *entry);

void work_take_carry(WorkPiece *piece, const WorkEntry *entry);
void work_carry_note(JsonWriter *json, const WorkCarry *carry);

/* Gives the entries of these kinds (WorkEntry *) what was kept of them. */
bool work_carry_read(const WorkScope *scope, int64_t piece_id, GPtrArray *entries, GError **error);

/* Keeps it, and moves the row of the piece. Does nothing for other kinds. */
bool work_carry_insert(const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, GError **error);

/* Puts a piece where it was before its first entry of these kinds, to replay them. */
void work_carry_rewind(WorkPiece *piece, const GPtrArray *entries);

bool work_carry_is_there(const WorkPiece *stored, const WorkPiece *replayed);
WorkPlace work_place_of(const WorkPiece *piece);
