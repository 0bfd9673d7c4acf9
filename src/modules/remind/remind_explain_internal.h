/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/remind/remind_explain.h"

/* What the files about explanations share. */

/* Reads a row of REMIND_FIND_EXPLAIN, or of a statement whose columns begin as its do; texts in the arena. */
void remind_explain_read(Arena *arena, const DbStmt *stmt, RemindExplain *ret);

/* Gives it its number. */
bool remind_explain_insert(const WorkScope *scope, RemindExplain *explain, GError **error);

/* Writes what follows from its steps. */
bool remind_explain_update(const WorkScope *scope, const RemindExplain *explain, GError **error);

/* Makes of it what it is after a step. */
void remind_explain_fold(RemindExplain *explain, const RemindStep *step);

/* Adds a step and its row of the ledger, inside the caller's transaction; after: as it is after the step. */
bool remind_explain_add_step(
    const WorkScope *scope, const RemindExplain *after, const RemindStep *step, GError **error);

/* Tells those whom a step concerns, but for who took it. */
bool remind_explain_tell(
    const WorkScope *scope, const RemindExplain *explain, const RemindStep *step, GError **error);
