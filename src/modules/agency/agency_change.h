/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "modules/agency/agency_book.h"

/* For other modules: what is done to units. Each call is one change: one transaction, with the units before
 * and after it in the ledger. ret_problem: Vietnamese, what is wrong, in the arena or static; NULL: done. All
 * fail as db_txn_commit() does, and with APP_ERROR_NOT_FOUND where a unit is not there. */

#define AGENCY_NAME_BYTES_MAX 200 /* OrganName of NĐ 30/2020, annex VI */
#define AGENCY_SHORT_NAME_BYTES_MAX 60
#define AGENCY_DECISION_BYTES_MAX 100
#define AGENCY_NOTE_BYTES_MAX 500
#define AGENCY_UNITS_MAX 2000 /* of one commune */
#define AGENCY_PARTS_MAX 20   /* units that one merger or split concerns */

/* On whose behalf, in which commune, when. */
typedef struct AgencyScope {
	Db *db;
	int64_t commune_id, now_us;
	int32_t today;
	LedgerActor actor;
	Arena *arena;
} AgencyScope;

/* Since when, and by what. */
typedef struct AgencyBasis {
	int32_t day;          /* the first day on which it counts */
	const char *decision; /* number; "" */
	int32_t decision_day; /* DATE_NONE */
	const char *note;     /* "" */
} AgencyBasis;

typedef struct AgencyData {
	const char *name, *short_name, *code, *kind; /* UTF-8 in NFC; "" not known */
	int64_t parent_id;                           /* 0: none */
	bool is_generic, is_higher;
} AgencyData;

/* What a unit is, to change some of it. */
AgencyData agency_data_of(const AgencyVersion *version);

bool agency_add(const AgencyScope *scope, const AgencyBasis *basis, const AgencyData *data,
    int64_t *ret_agency_id, const char **ret_problem, GError **error);

/* kind: AGENCY_CONFIRM, AGENCY_CORRECT (what it is on basis->day was written wrongly) or AGENCY_RENAME. */
bool agency_set(const AgencyScope *scope, int64_t agency_id, AgencyChangeKind kind, const AgencyBasis *basis,
    const AgencyData *data, const char **ret_problem, GError **error);

/* Finds the unit that is called so, or enters the name for somebody to confirm. *ret_agency_id: 0 for a name
 * without letters. */
bool agency_enter_name(const AgencyScope *scope, const char *name, int64_t *ret_agency_id, GError **error);

/* Confirms units as they are, all in one change, with the kind that their names tell. */
bool agency_confirm_all(
    const AgencyScope *scope, const int64_t *agency_ids, size_t n, const char **ret_problem, GError **error);

/* Adds the usual units that the commune does not have. */
bool agency_add_standard(const AgencyScope *scope, int64_t *ret_n, const char **ret_problem, GError **error);

/* What a merger or a split made. */
typedef struct AgencyOutcome {
	int64_t change_no;
	GArray *agency_ids; /* of int64_t: the units that go on, the caller's to unref */
} AgencyOutcome;

void agency_outcome_clear(AgencyOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AgencyOutcome, agency_outcome_clear)

/* Units become one: `into`, which is there and may be one of them, or a new one (into 0). */
bool agency_merge(const AgencyScope *scope, const AgencyBasis *basis, const int64_t *olds, size_t n_olds,
    int64_t into, const AgencyData *data, AgencyOutcome *ret_outcome, const char **ret_problem,
    GError **error);

/* A unit becomes several new ones. keeps: it goes on beside them. */
bool agency_divide(const AgencyScope *scope, const AgencyBasis *basis, int64_t old, bool keeps,
    const AgencyData *parts, size_t n_parts, AgencyOutcome *ret_outcome, const char **ret_problem,
    GError **error);

bool agency_close(const AgencyScope *scope, const AgencyBasis *basis, int64_t agency_id,
    const char **ret_problem, GError **error);

/* Says that an entry is another spelling of a unit, on every day. */
bool agency_join(
    const AgencyScope *scope, int64_t agency_id, int64_t main_id, const char **ret_problem, GError **error);

/* Makes a change count no more, by a change of its own. Refused while later ones build on it. */
bool agency_undo(
    const AgencyScope *scope, int64_t change_no, const char *note, const char **ret_problem, GError **error);

/* Gives the kind that a name tells ("phong-ban"); "" where it tells none. In the arena. */
bool agency_guess_kind(const AgencyScope *scope, const char *name, const char **ret_kind, GError **error);

/* Compares the tables with the ledger (AppModule.verify). */
bool agency_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
