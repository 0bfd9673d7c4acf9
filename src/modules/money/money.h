/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "base/date.h"
#include "modules/money/money_amount.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Kinh phí: estimated, allocated and disbursed money on the tasks of plans, in whole đồng; and where it
 * disagrees with progress and product (docs/adr/0030-product-and-money.md). */

typedef enum {
	MONEY_ESTIMATE = 1, /* dự toán */
	MONEY_ALLOCATION,   /* phân bổ */
	MONEY_DISBURSEMENT, /* giải ngân */
	MONEY_KIND_MAX,
} MoneyKind;

extern const char *const MONEY_KIND_TITLES[MONEY_KIND_MAX], *const MONEY_KIND_WORDS[MONEY_KIND_MAX + 1];

typedef struct MoneyScope {
	Db *db;
	int64_t commune_id, now_us;
	int32_t today;
	LedgerActor actor;
	Arena *arena;
} MoneyScope;

/* Where money comes from. */
typedef struct MoneySource {
	const char *source, *title, *basis;
} MoneySource;

/* Appends the sources of a day (MoneySource *), in their order. */
bool money_sources(const MoneyScope *scope, int32_t day, GPtrArray *ret_sources, GError **error);

/* Adds a source, or words one anew, from a day on. *ret_problem: why that is refused; NULL. */
bool money_set_source(const MoneyScope *scope, const MoneySource *source, int32_t valid_from,
    const char **ret_problem, GError **error);

/* One entry; never changed once it is written. */
typedef struct MoneyEntry {
	int64_t entry_id, plan_id, task_no;
	MoneyKind kind;
	const char *source;
	int year;
	int64_t agency_id; /* 0: nobody is named */
	const char *agency;
	int64_t amount;
	int32_t day;
	const char *doc_number, *note; /* "" */
	int64_t corrects_id;           /* the entry it stands for; 0 */
	int64_t corrected_by;          /* the entry that stands for it: it no longer counts; 0 */
	const char *name;              /* who wrote it; NULL */
	int64_t at_us;
} MoneyEntry;

#define MONEY_TEXT_CHARACTERS 500 /* of a note */
#define MONEY_NUMBER_CHARACTERS 100
#define MONEY_YEAR_MIN 2000
#define MONEY_YEAR_MAX 2100

/* Adds an entry; with corrects_id it stands for that one, whose plan, task and kind it takes. *ret_problem:
 * Vietnamese: why it is refused; NULL. Fails with APP_ERROR_NOT_FOUND for a task or entry that is not there.
 */
bool money_add(const MoneyScope *scope, const MoneyEntry *entry, int64_t *ret_entry_id,
    const char **ret_problem, GError **error);

/* Fails with APP_ERROR_NOT_FOUND. */
bool money_find(const MoneyScope *scope, int64_t entry_id, MoneyEntry *ret_entry, GError **error);

/* Appends a task's entries (MoneyEntry *), newest first, those that were corrected among them. */
bool money_of_task(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_entries, GError **error);

/* What counts, added up. */
typedef struct MoneyTotal {
	int64_t plan_id, task_no, agency_id;
	const char *source;
	int year;
	int64_t amounts[MONEY_KIND_MAX]; /* by kind */
	int32_t last_disbursed;          /* day; DATE_NONE */
} MoneyTotal;

/* 0, NULL: any. */
typedef struct MoneyFilter {
	int64_t plan_id, task_no, agency_id;
	const char *source;
	int year;
} MoneyFilter;

/* Appends totals (MoneyTotal *), one for each plan, task, unit, source and year that has any. */
bool money_totals(const MoneyScope *scope, const MoneyFilter *filter, GPtrArray *ret_totals, GError **error);

/* Adds one to another. */
void money_total_add(MoneyTotal *sum, const MoneyTotal *total);

/* "1.234.567 đồng", in the arena. */
const char *money_text(Arena *arena, int64_t amount);

/* Gives part in percent of the whole, rounded down; -1: there is no whole. */
int money_percent(int64_t part, int64_t whole);

/* --- where progress, money and product disagree ------------------------------------------------------------
 */

typedef enum {
	MONEY_FINDING_OPEN = 1,
	MONEY_FINDING_CLOSED, /* by a person, with a reason; comes back when its figures change */
	MONEY_FINDING_GONE,   /* they agree again */
	MONEY_FINDING_MAX,
} MoneyFindingState;

extern const char *const MONEY_FINDING_TITLES[MONEY_FINDING_MAX];
/* In addresses and data; that of MONEY_FINDING_OPEN first. */
extern const char *const MONEY_FINDING_STATES[MONEY_FINDING_MAX];

typedef struct MoneyFinding {
	int64_t finding_id, plan_id, task_no;
	const char *rule, *facts;
	MoneyFindingState state;
	int32_t opened_day;
	int64_t changed_us;
	const char *reason, *name; /* of closing */
	const char *no, *task;     /* of the task */
} MoneyFinding;

/* Appends findings (MoneyFinding *): of current plans by state from `after` on; plan_id 0, rule NULL: any. */
bool money_list_findings(const MoneyScope *scope, MoneyFindingState state, int64_t plan_id, const char *rule,
    int64_t after, int limit, GPtrArray *ret_findings, GError **error);
bool money_findings_of_task(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_findings, GError **error);
/* Every one of a plan, whatever its state. */
bool
money_findings_of_plan(const MoneyScope *scope, int64_t plan_id, GPtrArray *ret_findings, GError **error);

/* Fails with APP_ERROR_NOT_FOUND. */
bool
money_find_finding(const MoneyScope *scope, int64_t finding_id, MoneyFinding *ret_finding, GError **error);

/* Writes a finding as it is now, a new one where finding_id is 0, and notes it; in the caller's transaction
 * or its own.
 */
bool money_put_finding(const MoneyScope *scope, const MoneyFinding *finding, GError **error);

/* Compares everything with the ledger. */
bool money_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
