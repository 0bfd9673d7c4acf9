/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/compiler.h"

/* Compiles a text that must compile; the plan is the caller's. */
Plan *compile_text(const char *text);

/* The i-th element of an array, typed by the caller. */
#define NTH(array, i) (g_ptr_array_index((array), (i)))

/* The agencies of a row as printed, joined by " | ". */
char *joined_refs(const GPtrArray *refs);

/* The targets of an indicator: "2030 >= 80", joined by "; ". */
char *joined_targets(const PlanIndicator *indicator);

/* "once 2026-12-31", "recurring year", "conditional". */
char *shown_deadline(const PlanDeadline *deadline);
