/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/edit/plan_doubt.h"
#include "compiler/edit/plan_edit.h"
#include "modules/intake/intake.h"
#include "modules/intake/intake_draft.h"

/* For other modules: a draft under review: its plan as it stands with all edits that count. Opening one reads and compiles the
 * source; it may be kept for later requests (by one thread at a time) and brought up to date with
 * intake_review_refresh(), which costs one row where nothing changed. */

typedef struct IntakeReview IntakeReview;

/* Fails with APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT (not read yet, failed or discarded), and as
 * filestore_get(), blocks_read() and the compiler do. A published draft can be opened, not changed. */
bool
intake_review_open(const IntakeScope *scope, int64_t draft_id, IntakeReview **ret_review, GError **error);
void intake_review_free(IntakeReview *review);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IntakeReview, intake_review_free)

/* Makes the review what the store says now. Where it fails (the draft was discarded meanwhile) free it. */
bool intake_review_refresh(const IntakeScope *scope, IntakeReview *review, GError **error);

/* Live until the review changes or is freed. */
const IntakeDraft *intake_review_draft(const IntakeReview *review);
const Plan *intake_review_plan(const IntakeReview *review);
const GPtrArray *intake_review_doubts(const IntakeReview *review); /* of PlanDoubt * */
const GPtrArray *
intake_review_problems(const IntakeReview *review); /* of PlanEditProblem *: edits that no
						       longer fit; `edit` counts in edits() */
const PlanEdit *intake_review_edits(const IntakeReview *review, size_t *ret_n); /* that count, in order */
bool intake_review_can_undo(const IntakeReview *review);
bool intake_review_can_redo(const IntakeReview *review);

/* Each changes the draft and the review, all or nothing. seen_version: of the draft, as the person saw it;
 * where somebody has changed it since they fail with APP_ERROR_CONFLICT and a message that says what was done
 * meanwhile (the review then is up to date: show it beside what the person wanted). Otherwise fail as
 * plan_edit_try() does, with APP_ERROR_CONFLICT where the draft is not ready or there is nothing to undo or
 * redo, or APP_ERROR_LIMIT (too many edits). Where the store itself fails, refresh the review before it is
 * used again. */
bool intake_review_add(const IntakeScope *scope, IntakeReview *review, int64_t seen_version,
    const PlanEdit *edit, GError **error);
bool intake_review_undo(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error);
bool intake_review_redo(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error);

typedef enum {
	INTAKE_STANDING_COUNTS,
	INTAKE_STANDING_UNDONE,    /* can be redone */
	INTAKE_STANDING_OVERTAKEN, /* undone, and another edit made since */
} IntakeStanding;

typedef struct IntakeEdit {
	int64_t edit_no, version, made_at;
	IntakeStanding standing;
	PlanEdit edit;
} IntakeEdit;

/* Appends what was done to a draft above a version (IntakeEdit *, in the arena), in order; 0: from the start.
 * What this program cannot read is left out. */
bool intake_edit_list(const IntakeScope *scope, int64_t draft_id, int64_t above_version, Arena *arena,
    GPtrArray *ret_edits, GError **error);

/* "Đưa vào thực hiện": makes the draft's plan live in one transaction, with its marks and findings, and
 * learns the spellings that the edits teach. Doubts that are left do not stand in the way. Fails as
 * intake_review_add() does; the draft then is as it was. */
bool intake_review_publish(const IntakeScope *scope, IntakeReview *review, int64_t seen_version,
    IntakeResult *ret_result, GError **error);
