/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "modules/plan/plan.h"

#include <stddef.h>

/* Tiếp nhận kế hoạch: a plan document becomes rows of the store. It is read by the compiler, checked by lint,
 * its file kept, and everything written in one transaction. */

/* A document that was read but not yet stored. */
typedef struct IntakeReading IntakeReading;

void intake_reading_free(IntakeReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IntakeReading, intake_reading_free)

/* Reads and checks one document. take_bytes: owned by the reading from now on, also where this fails.
 * Fails with APP_ERROR_UNREADABLE or APP_ERROR_LIMIT. */
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

/* Stores the readings, all or none of them. readings: of IntakeReading *. results: one for each. */
bool intake_store(App *app, const GPtrArray *readings, IntakeResult *results, GError **error);

const char *intake_reading_file_name(const IntakeReading *reading);
const Plan *intake_reading_plan(const IntakeReading *reading);
PlanCounts intake_reading_counts(const IntakeReading *reading);

/* Gives "Kế hoạch số 57/KH-UBND ngày 24/02/2026", the caller's. */
char *intake_reading_caption(const IntakeReading *reading);
