/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency.h"
#include "modules/identity/identity_holders.h"
#include "modules/notify/notify.h"
#include "modules/remind/remind_ladder.h"

/* What the module's own files share. */

/* A rung's row of the ledger; the caller's. */
char *remind_rung_object(const RemindRung *rung);
char *remind_rung_state(const RemindRung *rung);

/* --- what is said, to whom --------------------------------------------------------------------------------
 */

/* A piece, or a request for an explanation, about which a rung speaks. */
typedef struct RemindItem {
	RemindAbout about;
	int64_t subject_id, plan_id, task_no, agency_id, person_id; /* person_id 0: nobody in particular */
	int32_t day;                  /* the rung counts from it: part of the key */
	int32_t due, original_due;    /* DATE_NONE */
	const char *no, *name, *part; /* no, part: NULL */
	bool is_party;                /* the plan is the Party committee's */
	bool is_pending;              /* a request waits for a decision */
	int64_t asked_by;             /* an explanation */
} RemindItem;

typedef struct RemindPerson {
	int64_t person_id;
	const char *name, *unit, *phone; /* "" */
} RemindPerson;

/* Who is who on a day; read when the first notice is to be written. */
typedef struct RemindBook {
	const WorkScope *scope;
	int32_t day;
	AgencyBook agencies;
	GPtrArray *people;          /* of RemindPerson *, by number */
	GHashTable *heads;          /* agency_id → person_id, as they are asked for */
	GArray *standing, *leaders; /* of IdentityHolder */
} RemindBook;

/* *book must be zero. */
bool remind_book_read(const WorkScope *scope, int32_t day, RemindBook *book, GError **error);
void remind_book_clear(RemindBook *book);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RemindBook, remind_book_clear)

/* NULL: there is no such person. */
const RemindPerson *remind_book_person(const RemindBook *book, int64_t person_id);

/* Gives who heads what a unit is on the book's day; 0: nobody. */
bool remind_book_head(RemindBook *book, int64_t agency_id, int64_t *ret_person_id, GError **error);

/* Appends (int64_t) whom a rung tells of an item, each once. Where one level has nobody, the next one above
 * is told. */
bool remind_book_recipients(
    RemindBook *book, const RemindRung *rung, const RemindItem *item, GArray *ret_people, GError **error);

/* Writes subject and body; in the arena. */
void remind_words(const RemindBook *book, const RemindRung *rung, const RemindItem *item, int32_t today,
    const char **ret_subject, const char **ret_body);

/* Gives what a task is called in messages: cut to a line; of what bears the stamp of a state secret the
 * number alone (R16). In the arena. */
const char *remind_name(Arena *arena, const RemindItem *item);

/* True where a text bears one of the stamps. */
bool remind_is_secret(const char *text);

/* The month's updates that one person still owes. */
void remind_month_words(
    Arena *arena, int32_t month, int32_t closes, int64_t n, const char **ret_subject, const char **ret_body);

/* The address of a card. */
const char *remind_item_path(Arena *arena, const RemindItem *item);

/* --- the daily run ----------------------------------------------------------------------------------------
 */

/* The statement that lists what a range is about, all with the same parameters and columns. */
const DbSql *remind_sql_of(const RemindRung *rung);

typedef struct RemindRunInfo {
	int32_t day;
	int64_t done_us, n_subjects, n_messages; /* done_us 0: not at its end */
} RemindRunInfo;

/* Appends (RemindRunInfo) the last runs, newest first. */
bool remind_runs(const WorkScope *scope, int limit, GArray *ret_runs, GError **error);

bool remind_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
bool remind_explain_verify(const WorkScope *scope, LedgerReport *report, GError **error);
bool remind_feed_verify(const WorkScope *scope, LedgerReport *report, GError **error);
bool remind_sent_verify(const WorkScope *scope, LedgerReport *report, GError **error);
