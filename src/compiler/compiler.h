/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

#include <stdbool.h>

/* The plan compiler: bytes of a document in, a plan with its diagnostics out. It sees no database, no socket
 * and no clock. Errors in the document never stop it; they become diagnostics. */

typedef enum { COMPILER_FORMAT_AUTO, COMPILER_FORMAT_TEXT, COMPILER_FORMAT_MARKDOWN } CompilerFormat;

/* A spelling of an agency that a person has explained before: the commune's own corrections. */
typedef struct CompilerAlias {
	const char *printed; /* "P. VHXH" */
	const char *name;    /* "Phòng Văn hóa - Xã hội" */
} CompilerAlias;

typedef struct CompilerOptions {
	CompilerFormat format;
	const CompilerAlias *aliases;
	size_t n_aliases;
} CompilerOptions;

/* Compiles the bytes of one document. options: NULL for the defaults.
 * The plan is the caller's; it keeps no pointer into `bytes`.
 * Fails with APP_ERROR_UNREADABLE (empty, binary, no encoding fits) or APP_ERROR_LIMIT. */
bool compiler_compile(
    const char *bytes, size_t len, const CompilerOptions *options, Plan **ret_plan, GError **error);

/* Compiles a document that a reader has taken apart (PDF, Word, scan, spreadsheet, web page). Spans of the
 * plan carry pages, plan->places their boxes; what was read unsurely has a confidence below 100 and a
 * diagnostic. The plan keeps no pointer into `document`. Fails with APP_ERROR_UNREADABLE (no text in it) or
 * APP_ERROR_LIMIT. */
bool compiler_compile_blocks(
    const BlockDocument *document, const CompilerOptions *options, Plan **ret_plan, GError **error);

/* Writes plan.json (docs/plan-json.md) to the end of `out`. */
void compiler_dump_json(const Plan *plan, GString *out);

/* Writes indicators and tasks as lines that a person reads on a terminal. */
void compiler_dump_table(const Plan *plan, GString *out);
