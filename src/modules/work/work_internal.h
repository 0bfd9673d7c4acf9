/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/task/task.h"
#include "modules/work/work.h"
#include "modules/work/work_deliverable.h"

/* What the module's own files share. */

/* A month whose updates are closed. */
typedef struct WorkLock {
	bool is_locked;
	const char *name; /* who closed it; NULL: the program, on the day that the rule names */
} WorkLock;

bool work_lock(const WorkScope *scope, int32_t month, WorkLock *ret_lock, GError **error);

/* What the actor may with one piece, as roles in its plan and posts in its agency have it. */
typedef struct WorkRights {
	AppAnswer update; /* also for whom the piece is given to by name */
	AppAnswer assign; /* to people of the agency: its head, and who operates the plan */
	AppAnswer operate, accept, decide;
} WorkRights;

bool work_rights(const WorkScope *scope, const WorkPiece *piece, WorkRights *ret_rights, GError **error);

/* True where the actor has a permission for some plan. */
bool work_may(const WorkScope *scope, const char *permission);

/* What is known about an attempt before it is judged. */
typedef struct WorkAttempt {
	const WorkPiece *piece;
	const WorkEntry *entry;
	const WorkEntry *ref; /* the request to decide about, or the entry to take back; NULL */
	WorkRights rights;
	WorkLock lock;          /* of entry->month */
	const WorkNeeds *needs; /* of what is submitted or accepted; NULL */
	const char *damaged;    /* a file that is not what was handed in; NULL */
} WorkAttempt;

/* Gives why an attempt is refused, in Vietnamese, static or in the arena; NULL: it is not. */
const char *work_forbid(const WorkScope *scope, const WorkSettings *settings, const WorkAttempt *attempt);

/* Appends (int64_t) the agencies in which the actor has a post, or for which he has a role. */
void work_units(const WorkScope *scope, GArray *ret_agency_ids);

typedef struct WorkPerson {
	int64_t person_id;
	const char *name, *unit;
} WorkPerson;

/* Appends everybody whom work can be given to (WorkPerson *), by name. */
bool work_people(const WorkScope *scope, GPtrArray *ret_people, GError **error);

/* Gives the name of a person; NULL for 0 and for one who is not there. */
bool work_person_name(const WorkScope *scope, int64_t person_id, const char **ret_name, GError **error);

/* Gives the words for an assignment to an agency, "Giao" or "Đề nghị phối hợp": bodies of the Party, the
 * Front and its unions, agencies of a higher level are asked, not told. */
bool work_assign_word(const WorkScope *scope, int64_t agency_id, const char **ret_word, GError **error);

/* True where the name of an agency whose kind nobody has set says that it can only be asked. */
bool work_is_asked(const char *agency_name, bool is_higher);

/* The columns of a piece as statements of lists give them. */
void work_read_piece(const WorkScope *scope, const DbStmt *stmt, WorkPiece *ret_piece);

/* The columns of an entry; in the scope's arena. */
WorkEntry *work_read_entry(const WorkScope *scope, const DbStmt *stmt);

/* Makes a piece with its first entry inside the caller's transaction, who calls work_refresh_tasks() when all
 * are made; *ret_piece_id 0: it was there already. */
bool work_insert(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *open, int64_t *ret_piece_id,
    GError **error);

/* Adds an entry that nobody has to be asked about (work_carry.h), inside the caller's transaction. */
bool work_append(
    const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, WorkPiece *ret_piece, GError **error);

/* The same for a piece of which the caller knows that it is not there, and which has its number (one above
 * work_last_piece()): nothing is waited for. Its entry is noted, but written by work_open_inserted(), which
 * has to follow in the same transaction. */
bool work_insert_as(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *open, GError **error);

/* Writes the first entries of all pieces with numbers from first_piece on, which work_insert_as() has made.
 */
bool work_open_inserted(const WorkScope *scope, int64_t first_piece, GError **error);

/* The number of the newest piece; 0: there is none. */
bool work_last_piece(const WorkScope *scope, int64_t *ret_piece_id, GError **error);

/* By which a list is ordered: the due day, behind all days what has none. */
int64_t work_due_key(const WorkPiece *piece);
WorkStage work_stage(WorkState state);

/* True for what is done again and again. */
bool work_is_periodic(PlanDeadlineKind kind);

/* By which a task repeats: as the plan says, else by the period in which such work proves itself. */
PlanPeriod work_period_of(const WorkSettings *settings, PlanDeadlineKind kind, PlanPeriod period);

/* The last day of the period that holds `day`; DATE_NONE for what has no periods. */
int32_t work_period_end(PlanPeriod period, int32_t day);

/* Gives the state of a task of all its pieces. */
void work_fold_task(const WorkPiece *pieces, size_t n_pieces, TaskProgress *ret_progress);

/* Makes known to the lists of tasks how far tasks `first` to `last` of a plan are. Inside the transaction
 * that changed their pieces. */
bool work_refresh_tasks(const WorkScope *scope, int64_t plan_id, int64_t first, int64_t last, GError **error);

/* The same for all tasks of all plans. Inside the caller's transaction. */
bool work_refresh_plans(const WorkScope *scope, GError **error);

/* Adds the tasks whose stored state does not follow from their pieces to the report. */
bool work_verify_tasks(
    const WorkScope *scope, int64_t plan_id, int64_t n_tasks, LedgerReport *report, GError **error);

/* AppModule.verify, but for the pieces; AppModule.verify_part: these and their entries. */
bool work_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
bool work_verify_part(Db *db, int64_t commune_id, AppPart part, LedgerReport *report, GError **error);

/* True where the visitor may look at what belongs to a plan; what they may not is as if it were not there. */
bool work_may_read(const WorkScope *scope, int64_t plan_id);
