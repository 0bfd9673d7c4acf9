/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/evidence/evidence.h"
#include "modules/work/work.h"

/* For other modules: what a piece has to bring about, by what it is shown, and what of that is missing
 * (docs/adr/0030-product-and-money.md). Which kind of deliverable it is, is proposed from the plan's words
 * and can be corrected by a person; what a kind asks for is data with dates. */

/* From when on something has to be there. */
typedef enum { WORK_NEVER, WORK_AT_SUBMISSION, WORK_AT_ACCEPTANCE, WORK_MOMENT_MAX } WorkMoment;

extern const char *const WORK_MOMENT_TITLES[WORK_MOMENT_MAX];

/* A kind of deliverable as the rules of a day have it. */
typedef struct WorkDeliverable {
	const char *kind, *title; /* "van-ban", "Văn bản, kế hoạch, quyết định" */
	const char *words,
	    *name_words; /* folded, by ";": of the output, and at the beginning of a task's name */
	WorkMoment number_at, file_at;
	const char *file_kinds; /* of evidence, by ";"; "": any */
	const char *file_title; /* "danh sách tham dự" */
	int position;
	int32_t valid_from; /* 0: comes with the program */
	const char *source;
} WorkDeliverable;

#define WORK_DELIVERABLE_OTHER "khac"

/* Appends the kinds of a day (const WorkDeliverable *), in their order. */
bool work_deliverables(const WorkScope *scope, int32_t day, GPtrArray *ret_kinds, GError **error);

/* Gives the kind that the words of a plan tell: that whose word stands first in `output`; without an output,
 * that with which the name begins; else "khac"; NULL only where there is not even that. */
const WorkDeliverable *work_propose(const GPtrArray *kinds, const char *output, const char *name);

/* What a person said instead of what was read in the plan. */
typedef struct WorkProduct {
	const char *kind, *expected; /* expected: NULL: the plan's */
	const char *reason, *name;   /* why, and who said so */
	int64_t at_us;               /* 0: nobody has said anything */
	int64_t from_plan_id,
	    from_task_no; /* of which task it was said, before its plan was replaced; 0: of this */
} WorkProduct;

typedef struct WorkNeeds {
	const WorkDeliverable *deliverable;
	WorkProduct product;
	const char *output;  /* what has to be brought about, in words; NULL: nobody has said */
	GPtrArray *evidence; /* of Evidence *: what is attached and counts; empty; the caller's to unref */
	bool has_number, has_file;
} WorkNeeds;

void work_needs_clear(WorkNeeds *needs);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WorkNeeds, work_needs_clear)

/* Reads what a piece needs, and what is there of it. Evidence attached to the piece counts; to a piece that
 * is the whole task, also that of the task. */
bool work_needs(const WorkScope *scope, const WorkPiece *piece, WorkNeeds *ret_needs, GError **error);

/* What is missing at a moment and before it, "số, ngày văn bản; tệp bản ký", in the arena; NULL: nothing.
 * has_number: it is told in the form that is judged. */
const char *work_missing(const WorkScope *scope, const WorkNeeds *needs, bool has_number, WorkMoment moment);

/* Gives what is wrong with a file that no longer is what was handed in; NULL. Reads files: not for an event
 * loop. */
const char *work_damaged(const WorkScope *scope, const WorkNeeds *needs);

/* Says what a task, or the part of it that the piece is, has to bring about. *ret_problem: why that is
 * refused; NULL. */
bool work_set_product(const WorkScope *scope, const WorkPiece *piece, const WorkProduct *product,
    const char **ret_problem, GError **error);

/* Changes what a kind asks for from a day on; its source says by what. *ret_problem: as above. */
bool work_set_deliverable(
    const WorkScope *scope, const WorkDeliverable *changed, const char **ret_problem, GError **error);

/* Compares both with the ledger. */
bool work_verify_products(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
