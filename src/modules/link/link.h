/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "base/date.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Liên kết: what belongs together. Tasks and indicators of a plan, plans and the legal documents that they
 * rest on, a higher level's plan and ours. The program proposes with a score and a reason; people decide,
 * never the program. */

/* In which commune, when, on whose behalf. */
typedef struct LinkScope {
	Db *db;
	int64_t commune_id, now_us;
	int32_t today;
	LedgerActor actor;
	Arena *arena; /* what is read lives there */
} LinkScope;

typedef enum {
	LINK_PROPOSED, /* nobody has decided; of a decision: takes it back */
	LINK_CONFIRMED,
	LINK_REFUSED,
	LINK_STATE_MAX,
} LinkState;

extern const char *const LINK_STATE_TITLES[LINK_STATE_MAX];
extern const char *const LINK_STATE_WORDS[LINK_STATE_MAX]; /* in addresses and data */

/* --- tasks and indicators --------------------------------------------------------------------------------
 */

/* A task or an indicator. */
typedef struct LinkItem {
	int64_t item_no;
	const char *no, *name, *more, *lead; /* no: NULL; more, lead: "" */
	const char *section;                 /* the heading above; NULL */
} LinkItem;

typedef struct LinkPair {
	const LinkItem *task, *indicator;
	LinkState state;
	unsigned score;     /* 0 to 100; 0: nobody proposed it */
	const char *reason; /* "cùng nói về dịch vụ công, hồ sơ; cùng nhóm …"; "" */
	const char *name;   /* who decided; NULL */
} LinkPair;

/* The tasks, indicators and pairs of a plan: what was decided, and proposals about the rest. */
typedef struct LinkBook {
	LinkItem *tasks, *indicators;
	size_t n_tasks, n_indicators;
	GArray *pairs; /* of LinkPair, by task, the best first */
} LinkBook;

bool link_book_read(const LinkScope *scope, int64_t plan_id, LinkBook *ret_book, GError **error);
void link_book_clear(LinkBook *book);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LinkBook, link_book_clear)

/* Decides about a pair, or takes the decision back. score, reason: of the proposal. Fails with
 * APP_ERROR_NOT_FOUND where the plan has no such task or indicator. */
bool link_decide(const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no,
    LinkState state, unsigned score, const char *reason, GError **error);

/* Gives what was decided about rows of a plan, among them and with those of higher plans, to the rows of the
 * plan that follows it, in the caller's transaction. lines: of PlanLine * (plan/plan_succession.h); is_whole:
 * the old plan ends. What was decided in the new plan stays. */
bool link_carry(const LinkScope *scope, int64_t old_plan_id, int64_t new_plan_id, const GPtrArray *lines,
    bool is_whole, int *ret_n, GError **error);

/* How much of a plan is linked to nothing: for the dashboard. */
typedef struct LinkOrphans {
	int64_t tasks, indicators;
} LinkOrphans;

/* n_tasks, n_indicators: that the plan has. */
bool link_count_orphans(const LinkScope *scope, int64_t plan_id, int64_t n_tasks, int64_t n_indicators,
    LinkOrphans *ret_orphans, GError **error);

/* --- legal documents -------------------------------------------------------------------------------------
 */

typedef struct LinkDocument {
	int64_t document_no;                        /* 0: a new one */
	const char *number, *type, *issuer, *title; /* "" */
	int32_t issued_day, valid_from, valid_to;   /* DATE_NONE; valid_to: its last day */
	const char *replaced_by, *source;           /* "" */
	bool is_removed;
} LinkDocument;

typedef enum { LINK_IN_FORCE, LINK_NOT_YET, LINK_REPLACED, LINK_EXPIRED, LINK_FORCE_MAX } LinkForce;

extern const char *const LINK_FORCE_TITLES[LINK_FORCE_MAX];

/* Computed on a day and never typed. */
LinkForce link_force(const LinkDocument *document, int32_t day);

/* Appends all that were not removed (LinkDocument *), by number. */
bool link_documents(const LinkScope *scope, GPtrArray *ret_documents, GError **error);

/* Adds or corrects a document. ret_problem: Vietnamese, what is wrong; NULL: done. Fails with
 * APP_ERROR_NOT_FOUND. */
bool
link_document_put(const LinkScope *scope, LinkDocument *document, const char **ret_problem, GError **error);

/* A basis of a plan and what is known about it. */
typedef struct LinkBasis {
	const char *number, *type, *issuer, *issued_on; /* as the plan prints them; NULL */
	const LinkDocument *document;                   /* NULL: not in the register */
	LinkForce force;
	const char *warning; /* "đã được thay thế từ … bởi …"; NULL */
} LinkBasis;

/* Appends the bases of a plan (LinkBasis *). */
bool link_bases(const LinkScope *scope, int64_t plan_id, GPtrArray *ret_bases, GError **error);

/* --- plans of a higher level -----------------------------------------------------------------------------
 */

struct Plan;

typedef struct LinkHigher {
	int64_t higher_id;
	const char *sha256, *file_name, *number, *type, *issuer, *title,
	    *issued_on; /* number … issued_on: NULL */
	int64_t n_duties, n_targets;
	bool is_removed;
} LinkHigher;

typedef enum { LINK_ROW_DUTY = 1, LINK_ROW_TARGET } LinkRowKind;

typedef struct LinkHigherRow {
	int64_t row_no;
	LinkRowKind kind;
	const char *no, *name, *agency, *deadline, *unit; /* no, unit: NULL */
	int year, comparator;
	bool has_value;
	int64_t value_micro;
	const char *raw;
} LinkHigherRow;

/* What is wanted of one of their rows. */
typedef enum {
	LINK_ANSWER_MISSING,  /* nothing here answers it */
	LINK_ANSWER_PROPOSED, /* something may; nobody has said so */
	LINK_ANSWER_THERE,    /* confirmed; of a target: as high as theirs or higher */
	LINK_ANSWER_WEAKER,   /* confirmed, but our target is weaker */
	LINK_ANSWER_UNCLEAR,  /* confirmed, but the targets cannot be compared */
	LINK_ANSWER_NOT_OURS, /* somebody said that it is not for this commune */
	LINK_ANSWER_MAX,
} LinkAnswer;

extern const char *const LINK_ANSWER_TITLES[LINK_ANSWER_MAX];
extern const char *const LINK_ANSWER_WORDS[LINK_ANSWER_MAX];

typedef struct LinkComparison {
	const LinkHigherRow *row;
	LinkAnswer answer;
	const LinkItem *item; /* of ours, confirmed or proposed; NULL */
	unsigned score;       /* of a proposal */
	const char *reason;   /* why proposed, or why weaker; "" */
	const char *ours;     /* our target as printed; NULL */
	const char *name;     /* who decided; NULL */
} LinkComparison;

/* Stores what concerns communes of a plan that was compiled. *ret_id: also where the same file is there
 * already
 * (*ret_is_new false). */
bool link_higher_add(const LinkScope *scope, const struct Plan *plan, const char *file_name,
    const char *sha256, int64_t *ret_id, bool *ret_is_new, GError **error);

/* Appends them (LinkHigher *), the newest first. */
bool link_highers(const LinkScope *scope, GPtrArray *ret_highers, GError **error);

/* Fails with APP_ERROR_NOT_FOUND. */
bool link_higher_find(const LinkScope *scope, int64_t higher_id, LinkHigher *ret_higher, GError **error);
bool link_higher_remove(const LinkScope *scope, int64_t higher_id, GError **error);

/* Compares the rows of a higher plan with one of ours, in their order (LinkComparison). */
bool link_compare(
    const LinkScope *scope, int64_t higher_id, int64_t plan_id, GArray *ret_comparisons, GError **error);

/* Decides that a row of ours (item_no; 0: none, it is not for us) answers one of theirs. Fails with
 * APP_ERROR_NOT_FOUND. */
bool link_match_decide(const LinkScope *scope, int64_t higher_id, int64_t row_no, int64_t plan_id,
    int64_t item_no, LinkState state, GError **error);

bool link_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
