/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/money/money_carry.h"
#include "modules/money/money_pages.h"

/* What pages say of money that came to a task with a new plan, went on with it, or was left behind. */

typedef struct MoneyAwayLine {
	const char *title, *url;
	int64_t n_entries;
} MoneyAwayLine;

struct MoneyFollow {
	const char *stays; /* why what is here does not go on, a sentence; NULL: it counts here */
	const char *next_url, *next_title; /* of the task where new entries belong; NULL */
	MoneyAwayLine *aways;              /* where entries went that were here */
	size_t n_aways;
};

/* Reads it for a task; lives in the request's arena. has_money: entries that count are here. */
bool money_follow_load(const HttpRequest *request, int64_t plan_id, int64_t task_no, bool has_money,
    MoneyFollow *ret_follow, GError **error);

/* {% call money_follow(…) %}: nothing where there is nothing to say. */
void money_follow(GString *out, const MoneyFollow *follow);

/* The steps of one entry, first step first; in the request's arena. carries: of MoneyCarry *. */
void money_fill_steps(const HttpRequest *request, const GPtrArray *carries, MoneyEntryLine *line);
