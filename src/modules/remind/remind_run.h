/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/remind/remind_internal.h"

/* What the files of the daily run share. */

/* What was said of one subject. */
typedef struct RemindSent {
	RemindAbout about;
	int64_t subject_id, rung_no;
	int32_t day;
	int n_people;
} RemindSent;

typedef struct RemindRun {
	const WorkScope *scope;
	GArray *rungs, *ranges;
	Calendar *calendar;
	WorkSettings settings;
	RemindBook book;
	bool has_book;
	GArray *messages; /* of NotifyNew */
	GArray *sent;     /* of RemindSent */
	RemindRunInfo info;
	int64_t portions;
	bool is_cut; /* there may be more in a range than was read */
} RemindRun;

/* Reads who is who, where it is not read yet. */
bool remind_run_need_book(RemindRun *run, GError **error);

/* key, subject, body, path: in the arena. */
void remind_run_add_message(RemindRun *run, int64_t person_id, const RemindRung *rung, const char *key,
    const char *subject, const char *body, const char *path);

/* Says who still owes updates of the month that closes soon. */
bool remind_run_say_month(RemindRun *run, GError **error);

bool remind_run_was_said(const RemindRun *run, const RemindSent *sent, bool *ret_was, GError **error);

/* Reads how far the run of the day is, and writes it. */
bool remind_run_read(RemindRun *run, GError **error);
bool remind_run_put(const RemindRun *run, GError **error);

/* Writes what was said as the run's next portion, and the portion's row of the ledger. */
bool remind_run_put_sent(const RemindRun *run, GError **error);
bool remind_run_note(const RemindRun *run, GError **error);
