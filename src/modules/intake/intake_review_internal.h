/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/app-error.h"
#include "modules/intake/intake_internal.h"
#include "modules/intake/intake_review.h"

struct IntakeReview {
	Arena *arena; /* of the draft's strings and the edits */
	IntakeDraft draft;
	GArray *edits;  /* of PlanEdit: those that count */
	GArray *undone; /* of PlanEdit: those that can be redone, next first */
	Plan *plan;
	GPtrArray *problems; /* in the plan's arena */
	Arena *doubt_arena;
	GPtrArray *doubts;
	bool is_stale; /* what is shown is not what is stored */
};

/* Rows of the edits, inside the caller's transaction. */

/* Takes the next version for the caller. Fails with APP_ERROR_CONFLICT where somebody was faster. */
bool intake_step_draft(const IntakeScope *scope, int64_t draft_id, int64_t seen_version, GError **error);

bool intake_insert_edit(
    const IntakeScope *scope, int64_t draft_id, int64_t version, const char *body, GError **error);
bool intake_undo_edit(const IntakeScope *scope, int64_t draft_id, GError **error);
bool intake_redo_edit(const IntakeScope *scope, int64_t draft_id, GError **error);

/* Brings the review up to date and checks that the person saw this version of a draft that can be changed. */
bool
intake_review_prepare(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error);
