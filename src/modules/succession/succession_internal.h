/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/succession/succession.h"

/* What the module's own files share. */

/* Appends the rows (SuccessionRow *) of a stored plan, or of one that was compiled. The latter's texts are
 * borrowed. */
bool succession_rows_of_plan(const PlanScope *plan, Arena *arena, GPtrArray *ret_rows, GError **error);
void succession_rows_of_draft(const Plan *plan, Arena *arena, GPtrArray *ret_rows);

bool
succession_steps(const SuccessionScope *scope, int64_t succession_id, GPtrArray *ret_steps, GError **error);

/* The state that the ledger keeps; the caller's. */
char *succession_state(const Succession *succession, const GPtrArray *steps);

/* Notes what it is now, with what it was (NULL: it is new), in the caller's transaction. */
bool succession_note(const SuccessionScope *scope, int64_t succession_id, const char *before, GError **error);

/* Reads it, checks that it is under way and that the person saw this version; gives the state before, the
 * caller's. */
bool succession_take(const SuccessionScope *scope, int64_t succession_id, int64_t version, Succession *ret,
    char **ret_before, GError **error);
bool succession_put(const SuccessionScope *scope, const Succession *succession, GError **error);

/* Lets money and corrected products of a task's row go on with it, or leaves them where they are; after its
 * work. In the caller's transaction. */
bool succession_follow(const SuccessionScope *scope, const WorkScope *work, const Succession *row,
    const PlanLine *line, const char *reason, SuccessionResult *result, GError **error);
