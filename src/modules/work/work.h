/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plan_access.h"
#include "base/arena.h"
#include "base/date.h"
#include "compiler/plan.h"
#include "modules/agency/agency.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Thực hiện: a live plan's tasks as work of agencies and people. What has to be brought to an end is a piece;
 * everything that happens to it is an entry, and what the piece is follows from its entries alone
 * (docs/adr/0025-work.md). */

typedef enum {
	WORK_NOT_STARTED,
	WORK_DOING,
	WORK_WAITING, /* submitted, not accepted yet */
	WORK_DONE,
	WORK_PAUSED,
	WORK_CANCELLED,
	WORK_STATE_MAX,
} WorkState;

typedef enum {
	WORK_OPEN = 1,      /* the piece comes to be */
	WORK_ASSIGN,        /* given to a person, or to nobody in particular */
	WORK_TAKE,          /* nhận việc */
	WORK_UPDATE,        /* how far it is */
	WORK_SUBMIT,        /* done, with the product or a reason why there is none */
	WORK_ISSUE,         /* the product has its number and date */
	WORK_ACCEPT,        /* by somebody else */
	WORK_RETURN,        /* not accepted */
	WORK_REOPEN,        /* accepted, but not done after all */
	WORK_ASK_EXTENSION, /* a later due day */
	WORK_CONTEST,       /* another state or date */
	WORK_DECIDE,        /* about one of the last two */
	WORK_EVENT,         /* what a conditional piece waited for has happened */
	WORK_TAKE_BACK,     /* the writer undoes an entry */
	WORK_CARRY = 30,    /* to the task of the plan that replaces or amends the one before */
	WORK_CLOSE,         /* its task is no longer in the plan that replaces the one before */
	WORK_ADJUST,        /* another due day, by a decision about the plan */
	WORK_ENTRY_MAX,
} WorkEntryKind;

struct WorkCarry;

/* One thing that happened to a piece. What a kind has no use for is 0, NULL, or the value named. */
typedef struct WorkEntry {
	int64_t entry_no; /* 1, 2, … of the piece */
	WorkEntryKind kind;
	int64_t at_us, person_id; /* of who wrote it; 0: the program, or somebody who has not signed in */
	const char *name;
	int state;          /* WorkState that is said or asked for; -1: none */
	int percent;        /* -1: none */
	int32_t month;      /* the last day of the month that an update is about; DATE_NONE */
	int32_t due;        /* set, asked for, or decided; DATE_NONE */
	int32_t day;        /* of issue, or of the event; DATE_NONE */
	int64_t ref_no;     /* the entry that is decided about or taken back */
	int64_t for_person; /* who is to do it */
	bool is_idle;       /* không phát sinh */
	bool is_granted;
	const char *done, *difficulties, *proposals, *product, *reason, *doc_number;
	const struct WorkCarry *carry; /* of WORK_CARRY, WORK_CLOSE and WORK_ADJUST (work_carry.h); NULL */
} WorkEntry;

/* An entry of a kind with nothing said yet. */
static inline WorkEntry
work_entry(WorkEntryKind kind)
{
	return (WorkEntry){
	    .kind = kind, .state = -1, .percent = -1, .month = DATE_NONE, .due = DATE_NONE, .day = DATE_NONE};
}

#define WORK_TEXT_MAX 4000 /* characters of a text that people write */

typedef struct WorkPiece {
	/* What it is; only WORK_CARRY changes it. */
	int64_t piece_id, plan_id, task_no, agency_id;
	AgencyRole role;
	int64_t part_no; /* 0: the whole task */
	const char *part;
	PlanDeadlineKind deadline_kind;
	PlanPeriod period;
	int32_t period_end;  /* of an occurrence; DATE_NONE */
	bool needs_document; /* its product is a document that gets a number */

	/* What follows from its entries. */
	WorkState state;
	int percent; /* -1: nobody has said */
	int64_t person_id;
	bool is_taken, is_returned;
	int32_t original_due, due; /* `due` is later after an extension */
	int32_t submitted_day, accepted_day, updated_month, event_day;
	int64_t submitter_id;
	bool has_product, has_reason;
	const char *doc_number;
	int32_t doc_day;
	int64_t pending_no; /* the request that waits for a decision; 0 */
	WorkEntryKind pending_kind;
	int n_extensions;
	int64_t last_us, version; /* how many entries */
} WorkPiece;

/* Gives what a piece is after these entries (WorkEntry *, in order), those taken back left out. `piece` holds
 * what never changes. */
void work_replay(WorkPiece *piece, const WorkEntry *const *entries, size_t n_entries);

/* --- dates and words -------------------------------------------------------------------------------------
 */

typedef enum {
	WORK_NO_DATE, /* conditional, not triggered yet, or no deadline */
	WORK_ON_TIME,
	WORK_SOON,
	WORK_LATE,     /* from the day after the due day */
	WORK_EXTENDED, /* past the original due day, not past the decided one */
	WORK_ENDED_ON_TIME,
	WORK_ENDED_LATE,
	WORK_ENDED_EXTENDED,
	WORK_SUSPENDED, /* paused or cancelled */
	WORK_TIMELINESS_MAX,
} WorkTimeliness;

typedef struct WorkWhen {
	WorkTimeliness timeliness;
	int32_t days;          /* late: days late; else days left; 0 for what has ended in time */
	int32_t days_original; /* days past the original due day; 0: none */
} WorkWhen;

/* Timeliness is computed and never typed: while it is open by today, then by the day of the submission that
 * was accepted or waits. */
WorkWhen work_when(const WorkPiece *piece, int32_t today, int32_t soon_days);

/* The state as people read it ("Quá hạn 5 ngày", "Đang làm 70%", "Chờ điều kiện"), and its look in app.css.
 */
void work_describe(const WorkPiece *piece, int32_t today, int32_t soon_days, GString *out);
const char *work_look(const WorkPiece *piece, int32_t today, int32_t soon_days);

extern const char *const WORK_STATE_TITLES[WORK_STATE_MAX];
extern const char *const WORK_STATE_WORDS[WORK_STATE_MAX]; /* in addresses and data */
extern const char *const WORK_ENTRY_TITLES[WORK_ENTRY_MAX];
extern const char *const WORK_ENTRY_WORDS[WORK_ENTRY_MAX];
extern const char *const WORK_TIMELINESS_TITLES[WORK_TIMELINESS_MAX];

/* "Tháng 12/2026", "Quý IV/2026"; nothing for a piece without a period. */
void work_period_title(PlanPeriod period, int32_t period_end, GString *out);

/* The last day of the month that holds `day`. */
int32_t work_month_of(int32_t day);

/* True where a product as a plan names it is a document that gets a number when it is issued. */
bool work_output_is_document(const char *output);

/* "Nộp ngày 03/12/2026 · ban hành số 12/KH-UBND ngày 05/12/2026": the two moments of completion; nothing
 * before the first.
 */
void work_describe_moments(const WorkPiece *piece, GString *out);

/* --- acting ----------------------------------------------------------------------------------------------
 */

typedef struct WorkSettings {
	int32_t soon_days;   /* "sắp đến hạn" */
	int32_t action_days; /* as many days ahead a due day asks for action */
	int undo_seconds;
	int lock_day; /* of the next month: the last day of updates about a month; 0: no lock by itself */
	PlanPeriod proof_period; /* by which continuous work proves itself */
} WorkSettings;

/* In which commune, when, on whose behalf. */
typedef struct WorkScope {
	Db *db;
	int64_t commune_id, now_us;
	int32_t today;
	LedgerActor actor;
	Arena *arena;               /* what is read lives there */
	const AppVisitor *visitor;  /* what the actor may; NULL: the program itself */
	const HttpRequest *request; /* NULL: a command */
	const char *directory;      /* the data directory; NULL: files are not looked at */
} WorkScope;

bool work_settings(const WorkScope *scope, WorkSettings *ret_settings, GError **error);

/* What came of an attempt to add an entry. */
typedef struct WorkOutcome {
	bool is_conflict;    /* somebody else was faster: nothing was written */
	const char *problem; /* Vietnamese: why it is refused; NULL */
	int64_t entry_no;    /* of the new entry */
	WorkPiece piece;     /* as it is now */
} WorkOutcome;

#define WORK_ANY_VERSION (-1)

/* Adds an entry in one transaction with its row of the ledger. version: of the piece that the writer has
 * seen. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_STORAGE. */
bool work_act(const WorkScope *scope, int64_t piece_id, int64_t version, const WorkEntry *entry,
    WorkOutcome *ret_outcome, GError **error);

/* Gives what would come of work_act(); writes nothing. */
bool work_try(const WorkScope *scope, int64_t piece_id, int64_t version, const WorkEntry *entry,
    WorkOutcome *ret_outcome, GError **error);

/* Fails with APP_ERROR_NOT_FOUND. */
bool work_find(const WorkScope *scope, int64_t piece_id, WorkPiece *ret_piece, GError **error);

/* Appends the entries of a piece (WorkEntry *), oldest first. */
bool work_entries(const WorkScope *scope, int64_t piece_id, GPtrArray *ret_entries, GError **error);

/* A further piece of a task: a unit more, or a part of it. */
typedef struct WorkNew {
	int64_t plan_id, task_no, agency_id;
	AgencyRole role;
	int64_t person_id; /* 0: nobody in particular */
	const char *part;  /* NULL: the whole task */
	int32_t due;       /* DATE_NONE: the task's */
} WorkNew;

/* *ret_problem: why it is refused; NULL. */
bool work_add(const WorkScope *scope, const WorkNew *added, int64_t *ret_piece_id, const char **ret_problem,
    GError **error);

#define WORK_TASKS_AT_ONCE 100 /* a limit of the daily run that lets others write soon */

/* Makes pieces for the tasks of current plans and for the periods that have begun, at most about `limit` in
 * one transaction; *ret_made: how many, *ret_is_done: nothing is left for today. Doing it again changes
 * nothing. */
bool work_run(const WorkScope *scope, int limit, int *ret_made, bool *ret_is_done, GError **error);

/* Locks or opens the updates about a month. */
bool work_set_lock(const WorkScope *scope, int32_t month, bool is_locked, GError **error);

/* --- lists -----------------------------------------------------------------------------------------------
 */

typedef struct WorkRow {
	WorkPiece piece;
	const char *no, *name, *agency, *person; /* person: NULL */
} WorkRow;

typedef enum { WORK_ALL, WORK_MINE, WORK_RELATED, WORK_WHOSE_MAX } WorkWhose;

extern const char *const WORK_WHOSE_TITLES[WORK_WHOSE_MAX];
extern const char *const WORK_WHOSE_WORDS[WORK_WHOSE_MAX];

typedef enum { WORK_STAGE_OPEN = 1, WORK_STAGE_WAITING, WORK_STAGE_CLOSED } WorkStage;

typedef struct WorkFilter {
	WorkWhose whose;
	int stage;                /* WorkStage; 0: any */
	int64_t agency_id;        /* 0: any */
	int64_t plan_id, task_no; /* 0: any */
	int32_t due_from, due_to; /* DATE_NONE: without end; others leave out what has no date */
	int64_t after_key,
	    after_id; /* the last row seen, by due_key and piece_id; 0, 0: from the beginning */
	int limit;
} WorkFilter;

/* Appends rows (WorkRow *) of current plans, soonest due first. */
bool work_list(const WorkScope *scope, const WorkFilter *filter, GPtrArray *ret_rows, GError **error);
