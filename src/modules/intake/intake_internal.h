/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/document/document.h"
#include "modules/intake/intake.h"
#include "modules/intake/intake_draft.h"

/* Names of the items that have none of their own, by which their marks are found; owned by the reading. */
typedef struct IntakeItems {
	GPtrArray *duties, *reports,
	    *prose; /* of char *, as plan->duties, plan->reporting, plan->body_tasks */
} IntakeItems;

struct IntakeReading {
	char *file_name;
	char *bytes; /* of the file; NULL where `file_sha256` says where they are kept */
	size_t len;
	char *file_sha256; /* NULL: not kept yet */
	char *edits;       /* corrections that went into the plan, encoded; NULL */
	Plan *plan;
	GPtrArray *findings; /* of const Diag *: errors first, then by place */
	IntakeItems items;
};

/* Stores one reading inside the caller's transaction. */
bool intake_store_reading(
    const IntakeScope *scope, const IntakeReading *reading, IntakeResult *result, GError **error);

/* Notes a spelling of an agency. */
bool intake_learn_alias(
    const IntakeScope *scope, int64_t draft_id, const char *printed, const char *name, GError **error);

/* Compiles what is kept of a draft's source, with the spellings that were learned. The plan is the caller's.
 * Fails as filestore_get(), blocks_read() and the compiler do. */
bool
intake_compile_draft(const IntakeScope *scope, const IntakeDraft *draft, Plan **ret_plan, GError **error);

/* Notes what lists say of a draft. */
bool intake_describe_draft(
    const IntakeScope *scope, int64_t draft_id, const Plan *plan, guint n_doubts, GError **error);

/* "Kế hoạch số …" of a plan, the caller's. */
char *intake_caption_of(const Plan *plan);

/* Moves a draft between states. Fails with APP_ERROR_CONFLICT where it is in neither of them. */
bool intake_move_draft(const IntakeScope *scope, int64_t draft_id, IntakeState from, IntakeState to,
    const char *message, GError **error);

/* Writes what was understood from each piece of the text. */
bool
intake_add_marks(const PlanScope *scope, int64_t document_id, const IntakeReading *reading, GError **error);

/* Writes the findings with the blocks where they stand. */
bool intake_add_findings(const PlanScope *scope, const IntakeReading *reading, GError **error);

/* Gives the commune that an issuer belongs to ("xã Bình Nguyệt"), the caller's; NULL where it names none. */
char *intake_commune_of(const char *issuer);
