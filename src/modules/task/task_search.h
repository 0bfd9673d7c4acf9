/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"

#include <glib.h>
#include <stdbool.h>

/* For other modules: what an official types into the search box, made into a full-text expression over the
 * folded text of the tasks: with or without marks, and with the abbreviations of administrative Vietnamese,
 * which stand for their long form and the other way round. */

#define TASK_SEARCH_MAX_TERMS 12 /* further words of the query are left out */

/* Gives the expression: every word must occur, the last also as the beginning of a word; NULL where the query
 * has no letter or digit. The result is the caller's. `query`: UTF-8 in NFC. */
char *task_search_expression(const char *query);

/* Appends to `terms` (of char *, the caller's) the phrases that stand for the first of the `n_words` folded
 * words at `words`: the phrase itself and its other spellings. Gives how many words the phrase takes, at
 * least 1. */
guint task_search_expand(const char *const *words, guint n_words, GPtrArray *terms);

/* Number, name, output, leads, coordinating agencies, deadline as printed. */
#define TASK_SEARCH_TEXTS 6

/* Adds a task to the search by TASK_SEARCH_INSERT, where commune, plan and number are bound. NULL texts are
 * passed over. Fails as db_step(). */
bool task_search_add(DbStmt *insert, const char *const texts[static TASK_SEARCH_TEXTS], GError **error);

/* Take what the search has of a task out, and put in what the task has now; task_no 0: of all of the plan.
 * What changes a task does it between the two, in its own transaction. Nothing is put in of a state secret.
 * Fail as db_step(). */
bool task_search_remove(const PlanScope *scope, int64_t task_no, GError **error);
bool task_search_put(const PlanScope *scope, int64_t task_no, GError **error);

/* Makes the search of a commune's tasks anew, where it is empty: AppModule.rebuild. */
bool task_search_rebuild(Db *db, int64_t commune_id, GError **error);
