/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"
#include "modules/work/work.h"

/* Khó khăn, vướng mắc và kiến nghị (R-40…R-45): what a unit raises, the way it goes through the standing
 * agency to who decides, and what the unit says of the answer (docs/adr/0032-proposals.md). What a proposal
 * is follows from its entries alone. */

typedef enum {
	PROPOSAL_OBSTACLE = 1,
	PROPOSAL_ADJUST,   /* of a target, a deadline or a product of the plan */
	PROPOSAL_QUESTION, /* to a higher level */
	PROPOSAL_KIND_MAX,
} ProposalKind;

typedef enum {
	PROPOSAL_OPEN = 1, /* waits for the step at which it stands */
	PROPOSAL_RETURNED, /* waits for the unit to say more */
	PROPOSAL_REFERRED, /* waits for a higher level */
	PROPOSAL_ANSWERED, /* waits for the unit to say whether that settles it */
	PROPOSAL_CLOSED,
	PROPOSAL_WITHDRAWN,
	PROPOSAL_STATE_MAX,
} ProposalState;

typedef enum {
	PROPOSAL_RAISE = 1,
	PROPOSAL_FORWARD,
	PROPOSAL_RETURN,
	PROPOSAL_SUPPLEMENT,
	PROPOSAL_ANSWER,
	PROPOSAL_DECIDE,
	PROPOSAL_REFER,   /* to a higher level, by a document */
	PROPOSAL_HIGHER,  /* what the higher level answered */
	PROPOSAL_CONFIRM, /* đã giải quyết / chưa */
	PROPOSAL_REOPEN,
	PROPOSAL_WITHDRAW,
	PROPOSAL_CARRY, /* to the row of the plan that replaces the one before */
	PROPOSAL_ENTRY_MAX,
} ProposalEntryKind;

extern const char *const PROPOSAL_KIND_TITLES[PROPOSAL_KIND_MAX];
extern const char *const PROPOSAL_KIND_WORDS[PROPOSAL_KIND_MAX + 1]; /* from 1 on, ended by NULL */
extern const char *const PROPOSAL_STATE_TITLES[PROPOSAL_STATE_MAX];
extern const char *const PROPOSAL_STATE_WORDS[PROPOSAL_STATE_MAX];
extern const char *const PROPOSAL_ENTRY_TITLES[PROPOSAL_ENTRY_MAX];

#define PROPOSAL_TITLE_MAX 200 /* characters */
#define PROPOSAL_TEXT_MAX 4000

/* What can be adjusted. */
#define PROPOSAL_FIELD_DEADLINE "deadline"
#define PROPOSAL_FIELD_OUTPUT "output"
#define PROPOSAL_FIELD_TARGET "target"

typedef struct ProposalEntry {
	int64_t entry_no; /* 1, 2, … */
	ProposalEntryKind kind;
	int64_t at_us, person_id;
	const char *name;
	int64_t step_no; /* at which it stands since; 0: unchanged */
	int32_t due;     /* of that step; DATE_NONE */
	bool is_granted;
	const char *text, *doc_number;
	int32_t doc_day;
	int64_t plan_id, row_no; /* of RAISE and CARRY: where it belongs; 0: as before */
	const char *new_text;    /* what was decided; NULL: as proposed */
	int32_t new_day;
} ProposalEntry;

static inline ProposalEntry
proposal_entry(ProposalEntryKind kind)
{
	return (ProposalEntry){.kind = kind, .due = DATE_NONE, .doc_day = DATE_NONE, .new_day = DATE_NONE};
}

typedef struct Proposal {
	/* What was raised; never changes. */
	int64_t proposal_id;
	ProposalKind kind;
	PlanLineWhat what; /* 0: of the plan as a whole */
	int64_t piece_id, origin_no, agency_id;
	const char *title, *body;
	const char *field; /* "" unless something is to be adjusted */
	int year;
	const char *new_text; /* NULL */
	int32_t new_day;
	int64_t raiser_id, raised_us;
	const char *raiser;

	/* What follows from its entries. */
	int64_t plan_id, row_no;
	ProposalState state;
	int64_t step_no;
	int32_t due;
	bool is_granted; /* the last decision */
	const char *doc_number;
	int32_t doc_day;
	int n_reopened;
	int64_t last_us, version;
} Proposal;

/* Gives what a proposal is after these entries (ProposalEntry *, in order). */
void proposal_replay(Proposal *proposal, const ProposalEntry *const *entries, size_t n_entries);

/* A step of a route; who has the role in the plan does it. */
typedef struct ProposalStep {
	int64_t step_no;
	const char *role, *title, *source;
	int working_days;
	bool decides;
} ProposalStep;

/* Appends the steps (ProposalStep *) by which proposals of a plan go that were raised on a day. */
bool
proposal_route(const WorkScope *scope, int64_t plan_id, int32_t day, GPtrArray *ret_steps, GError **error);

/* What came of an attempt. */
typedef struct ProposalOutcome {
	bool is_conflict;    /* somebody else was faster: nothing was written */
	const char *problem; /* Vietnamese: why it is refused; NULL */
	int64_t proposal_id;
} ProposalOutcome;

/* Raises one. wanted: what was raised, with plan and row. The same words of the same entry of work are raised
 * once: the one that is there is given. */
bool
proposal_raise(const WorkScope *scope, const Proposal *wanted, ProposalOutcome *ret_outcome, GError **error);

/* Adds an entry in one transaction with its row of the ledger; a decision that grants an adjustment makes the
 * new version of the row with it. version: as the writer saw it. Fails with APP_ERROR_NOT_FOUND. */
bool proposal_act(const WorkScope *scope, int64_t proposal_id, int64_t version, const ProposalEntry *entry,
    ProposalOutcome *ret_outcome, GError **error);

/* Fails with APP_ERROR_NOT_FOUND, also where the plan may not be read. */
bool proposal_find(const WorkScope *scope, int64_t proposal_id, Proposal *ret_proposal, GError **error);
bool proposal_entries(const WorkScope *scope, int64_t proposal_id, GPtrArray *ret_entries, GError **error);

typedef struct ProposalFilter {
	WorkWhose whose;
	int kind, state;                   /* 0: any */
	bool is_late;                      /* the step at which it stands is over its day */
	int64_t agency_id, plan_id, below; /* 0: any */
	int limit;
} ProposalFilter;

/* Appends proposals (Proposal *) of plans that may be read, newest first. */
bool
proposal_list(const WorkScope *scope, const ProposalFilter *filter, GPtrArray *ret_proposals, GError **error);

/* Carries what is open of a row on to the row of the plan that replaces the one before, in the caller's
 * transaction; new_row_no 0: it stays with the plan as a whole. *ret_n is added to. */
bool proposal_carry(const WorkScope *scope, int64_t old_plan_id, PlanLineWhat what, int64_t old_row_no,
    int64_t new_plan_id, int64_t new_row_no, const char *reason, int *ret_n, GError **error);

bool proposal_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
