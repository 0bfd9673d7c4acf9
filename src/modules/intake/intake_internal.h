/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/document/document.h"
#include "modules/intake/intake.h"

/* Names of the items that have none of their own, by which their marks are found; owned by the reading. */
typedef struct IntakeItems {
	GPtrArray *duties, *reports,
	    *prose; /* of char *, as plan->duties, plan->reporting, plan->body_tasks */
} IntakeItems;

struct IntakeReading {
	char *file_name;
	char *bytes;
	size_t len;
	Plan *plan;
	GPtrArray *findings; /* of const Diag *: errors first, then by place */
	IntakeItems items;
};

/* Writes what was understood from each piece of the text. */
bool
intake_add_marks(const PlanScope *scope, int64_t document_id, const IntakeReading *reading, GError **error);

/* Writes the findings with the blocks where they stand. */
bool intake_add_findings(const PlanScope *scope, const IntakeReading *reading, GError **error);

/* Gives the commune that an issuer belongs to ("xã Bình Nguyệt"), the caller's; NULL where it names none. */
char *intake_commune_of(const char *issuer);
