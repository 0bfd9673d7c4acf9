/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "compiler/compiler.h"
#include "modules/intake/intake_scope.h"
#include "modules/plan/plan.h"
#include "reader/reader.h"

#include <stddef.h>

/* Tiếp nhận kế hoạch: a plan document becomes rows of the store. It is read by the compiler, checked by lint,
 * its file kept, and everything written in one transaction. */

/* A document that was read but not yet stored. */
typedef struct IntakeReading IntakeReading;

void intake_reading_free(IntakeReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IntakeReading, intake_reading_free)

/* Checks a document that was compiled already. take_bytes: the file as it came; take_plan: what it gave; both
 * the reading's from now on. */
IntakeReading *intake_reading_new(const char *file_name, char *take_bytes, size_t len, Plan *take_plan);

/* Reads and checks one document of any format. take_bytes: owned by the reading from now on, also where this
 * fails. Fails as reader_compile() does. */
bool
intake_read(const char *file_name, char *take_bytes, size_t len, IntakeReading **ret_reading, GError **error);

typedef enum {
	INTAKE_ADDED,       /* a plan that was not known */
	INTAKE_NEW_VERSION, /* a known plan with other words; the old version is kept */
	INTAKE_UNCHANGED,   /* the same words are there already; nothing was written */
} IntakeOutcome;

typedef struct IntakeResult {
	IntakeOutcome outcome;
	int64_t plan_id, version;
} IntakeResult;

/* The drafts of an opened data directory, on the connection that may write. */
IntakeScope intake_scope(App *app);

/* Gives the spellings of agencies that were learned, as options for the compiler; strings in the arena. */
bool
intake_load_aliases(const IntakeScope *scope, Arena *arena, CompilerOptions *ret_options, GError **error);

/* Gives the names of the commune's agencies, as explained by reviewers and as its plans have them, for
 * ReaderOptions; all in the arena. */
bool
intake_load_agencies(const IntakeScope *scope, Arena *arena, const char *const **ret_names, GError **error);

/* Stores the readings, all or none of them. readings: of IntakeReading *. results: one for each. */
bool intake_store(App *app, const GPtrArray *readings, IntakeResult *results, GError **error);

const char *intake_reading_file_name(const IntakeReading *reading);
const Plan *intake_reading_plan(const IntakeReading *reading);
PlanCounts intake_reading_counts(const IntakeReading *reading);

/* Gives "Kế hoạch số 57/KH-UBND ngày 24/02/2026", the caller's. */
char *intake_reading_caption(const IntakeReading *reading);
