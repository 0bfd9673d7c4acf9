/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/context.h"

/* Where a piece of a block's joined text stands in the source: the two are walked side by side, blanks and
 * marks of the source that the block left out are passed over. Gives the block's own place where they do not
 * agree. */
SourceSpan lint_locate(const Plan *plan, const PlanBlock *block, size_t offset, size_t len);

/* The same for a place in the block's folded text, `len` bytes long. */
SourceSpan lint_locate_folded(
    const Plan *plan, const PlanBlock *block, const char *folded, const char *place, size_t len);

/* Calls `visit` for each block that people read as text: no page furniture, no repeated table heads. */
typedef void (*VisitBlock)(LintContext *lint, const PlanBlock *block, void *data);
void lint_each_block(LintContext *lint, VisitBlock visit, void *data);
