/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Nhắc việc và đôn đốc: who is told what, when, as a ladder of rungs that are data; and requests for an
 * explanation (docs/adr/0029-reminders.md). */

#define REMIND_ITEMS_AT_ONCE 200 /* a limit of the daily run that lets others write soon */

/* The daily run: says each rung once about each piece and due day, however often it is done. At most about
 * `limit` pieces in one transaction; *ret_is_done: nothing is left for today. Does nothing while the ladder
 * is switched off. is_forced: also where today's run was done. Fails as db_txn_commit(). */
bool remind_run(
    const WorkScope *scope, int limit, bool is_forced, int *ret_messages, bool *ret_is_done, GError **error);

/* --- for reports -----------------------------------------------------------------------------------------
 */

typedef enum {
	REMIND_ASKED = 1, /* waits for an answer */
	REMIND_ANSWERED,  /* waits for the leader */
	REMIND_GIVEN_BACK,
	REMIND_ACCEPTED,
	REMIND_WITHDRAWN,
	REMIND_EXPLAIN_STATE_MAX,
} RemindExplainState;

/* Indexed by RemindExplainState; words in addresses and data. */
extern const char *const REMIND_EXPLAIN_TITLES[REMIND_EXPLAIN_STATE_MAX];
extern const char *const REMIND_EXPLAIN_WORDS[REMIND_EXPLAIN_STATE_MAX];

/* A request for an explanation. Strings live in the arena. */
typedef struct RemindExplain {
	int64_t explain_no, plan_id, task_no, piece_id, agency_id, asked_by, asked_us;
	const char *label, *path, *agency, *asker; /* asker: NULL */
	RemindExplainState state;
	int32_t original_due, due;
	int64_t answered_us, answered_by, version; /* 0: nobody has answered */
	const char *question, *answer; /* the last answer; NULL. Only of remind_explain_report() */
} RemindExplain;

typedef struct RemindExplainCounts {
	int64_t n[REMIND_EXPLAIN_STATE_MAX];
	int64_t n_late; /* not answered, and past the due day */
} RemindExplainCounts;

/* Counts what was asked on days of [from, to] about a plan; plan_id 0: about any. */
bool remind_explain_count(const WorkScope *scope, int64_t plan_id, int32_t from, int32_t to,
    RemindExplainCounts *ret_counts, GError **error);

/* Appends (RemindExplain *) what was asked on those days, newest first, with question and last answer: what
 * was answered and what was not goes into the next report. At most `limit`. */
bool remind_explain_report(const WorkScope *scope, int64_t plan_id, int32_t from, int32_t to, int limit,
    GPtrArray *ret_explains, GError **error);
