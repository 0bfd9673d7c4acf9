/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "modules/plan/plan.h"

#include <stddef.h>

/* Tiếp nhận kế hoạch: a plan document becomes rows of the store. It is read by the compiler, checked by lint,
 * its file kept, and everything written in one transaction. */

/* A document that was read but not yet stored. */
typedef struct IntakeDraft IntakeDraft;

void intake_draft_free(IntakeDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IntakeDraft, intake_draft_free)

/* Checks a document that was compiled already. take_bytes: the file as it came; take_plan: what it gave; both
 * the draft's from now on. */
IntakeDraft *intake_draft_new(const char *file_name, char *take_bytes, size_t len, Plan *take_plan);

/* Reads and checks one document of plain text. take_bytes: owned by the draft from now on, also where this
 * fails. Fails with APP_ERROR_UNREADABLE or APP_ERROR_LIMIT. */
bool
intake_read(const char *file_name, char *take_bytes, size_t len, IntakeDraft **ret_draft, GError **error);

typedef enum {
	INTAKE_ADDED,       /* a plan that was not known */
	INTAKE_NEW_VERSION, /* a known plan with other words; the old version is kept */
	INTAKE_UNCHANGED,   /* the same words are there already; nothing was written */
} IntakeOutcome;

typedef struct IntakeResult {
	IntakeOutcome outcome;
	int64_t plan_id, version;
} IntakeResult;

/* Stores the drafts, all or none of them. drafts: of IntakeDraft *. results: one for each. */
bool intake_store(App *app, const GPtrArray *drafts, IntakeResult *results, GError **error);

const char *intake_draft_file_name(const IntakeDraft *draft);
const Plan *intake_draft_plan(const IntakeDraft *draft);
PlanCounts intake_draft_counts(const IntakeDraft *draft);

/* Gives "Kế hoạch số 57/KH-UBND ngày 24/02/2026", the caller's. */
char *intake_draft_caption(const IntakeDraft *draft);
