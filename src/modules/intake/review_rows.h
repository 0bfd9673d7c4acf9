/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/intake/review_view.h"

/* Lists the rows of a plan as a person goes through them: the document's head, then indicators, tasks and
 * group rows in the order of the document. In the arena. */
ReviewRow *
review_rows_make(Arena *arena, int64_t draft_id, const Plan *plan, const GPtrArray *doubts, size_t *ret_n);

/* Gives the index of a row; `n_rows` where there is none of this id. */
size_t review_rows_find(const ReviewRow *rows, size_t n_rows, const char *id);

/* Gives the index of the row that a doubt is about. */
size_t review_rows_of_doubt(const ReviewRow *rows, size_t n_rows, const PlanDoubt *doubt);
