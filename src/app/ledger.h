/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger_key.h"
#include "app/ledger_noted.h"
#include "base/arena.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nhật ký: one append-only chain of hashes for each commune over everything that is done in it
 * (docs/adr/0015-ledger.md). */

typedef enum {
	LEDGER_ADD,
	LEDGER_CHANGE,
	LEDGER_REMOVE,
	LEDGER_READ,   /* of personal data */
	LEDGER_EXPORT, /* data left the program */
	LEDGER_ACCESS, /* signing in and out, refused attempts */
	LEDGER_SYSTEM, /* the program itself: set up, upgraded, restored */
	LEDGER_ACTION_MAX,
} LedgerAction;

#define LEDGER_NOBODY "chưa đăng nhập" /* the name of who has not signed in */

/* Who does it, and from where. */
typedef struct LedgerActor {
	int64_t person_id; /* 0: nobody who has signed in */
	const char *name;
	const char *origin; /* an address, "dòng lệnh" */
} LedgerActor;

typedef struct LedgerRow {
	int64_t seq, at_us;
	LedgerActor actor;
	LedgerAction action;
	const char *object;         /* "task/3/12" */
	const char *before, *after; /* JSON; NULL: there was, or is, nothing */
	uint8_t hash[LEDGER_HASH_SIZE];
} LedgerRow;

/* Adds one row inside the caller's transaction. row: seq and hash are set here; at_us is moved up to the row
 * before where the clock was put back. Fails with APP_ERROR_STORAGE, APP_ERROR_BUSY, and with
 * APP_ERROR_INTERNAL outside a transaction that writes. */
bool ledger_append(Db *db, int64_t commune_id, LedgerRow *row, GError **error);

/* What is to be noted of a change. */
typedef struct LedgerNote {
	LedgerAction action;
	const char *object;
	const char *before, *after; /* JSON; NULL: there was, or is, nothing */
} LedgerNote;

/* The same in one call. actor: its name NULL: nobody who has signed in; its origin NULL: the program itself.
 */
bool ledger_note(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const LedgerNote *note,
    GError **error);

/* Words for people: "Thêm". */
const char *ledger_action_title(LedgerAction action);

/* Signs the last row, where there is one that is not signed yet. Begins and commits a transaction of its own
 * where there is something to sign. */
bool ledger_sign(Db *db, int64_t commune_id, const LedgerKey *key, int64_t now_us, GError **error);

/* Tells whether the last signature is of this key; false too where nothing was signed yet. */
bool
ledger_is_signed_by(Db *db, int64_t commune_id, const LedgerPublicKey *key, bool *ret_is, GError **error);

/* Gives the hash of a row on top of the one before it (LEDGER_HASH_SIZE zeros for the first). */
void ledger_hash(int64_t commune_id, const LedgerRow *row, const uint8_t previous[static LEDGER_HASH_SIZE],
    uint8_t ret_hash[static LEDGER_HASH_SIZE]);

/* Called with each row, oldest first; its texts live until the call ends. False stops the walk. */
typedef bool (*LedgerVisit)(void *data, const LedgerRow *row);

/* Walks the whole ledger in pieces. Fails with APP_ERROR_STORAGE. */
bool ledger_walk(Db *db, int64_t commune_id, LedgerVisit visit, void *data, GError **error);

/* The same backwards, from the row below `before` on; INT64_MAX: from the last one. object: of this object
 * alone; NULL: of all. */
bool ledger_walk_back(Db *db, int64_t commune_id, const char *object, int64_t before, LedgerVisit visit,
    void *data, GError **error);

/* Finds one row; its texts live in the arena. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_STORAGE. */
bool ledger_find(Db *db, int64_t commune_id, int64_t seq, Arena *arena, LedgerRow *ret_row, GError **error);

/* Gives the number of the first row at or after an instant; one more than the last row's where there is none.
 */
bool ledger_seq_at(Db *db, int64_t commune_id, int64_t at_us, int64_t *ret_seq, GError **error);

/* Gives the state an object had when it was last noted, the caller's; NULL where it was never noted, or is no
 * more. */
bool ledger_last_state(Db *db, int64_t commune_id, const char *object, char **ret_state, GError **error);

/* The last row; seq 0: there is none. */
bool ledger_head(Db *db, int64_t commune_id, LedgerMark *ret_head, GError **error);

/* The last row, and the last one that was signed; seq 0: there is none. */
bool ledger_marks(Db *db, int64_t commune_id, LedgerMark *ret_head, LedgerMark *ret_signed, GError **error);

/* What a check of the whole ledger found. */
typedef struct LedgerReport {
	int64_t n_rows, n_checkpoints;
	uint8_t head[LEDGER_HASH_SIZE];
	GPtrArray *problems;  /* of char *: Vietnamese, each naming the row; at most LEDGER_PROBLEMS_MAX */
	LedgerNoted *noted;   /* as each object was noted last; NULL: the store is asked */
	LedgerClaims *claims; /* where what tables say waits to be compared; NULL: it is compared at once */
} LedgerReport;

#define LEDGER_PROBLEMS_MAX 100

void ledger_report_add(LedgerReport *report, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Compares what a table holds with what was noted last: as ledger_verify() has met it, where the report is of
 * that. `state`: as the table has it. A difference is a finding; where the report has claims, it is one of
 * them. Fails with APP_ERROR_STORAGE. */
bool ledger_check_state(
    Db *db, int64_t commune_id, const char *object, const char *state, LedgerReport *report, GError **error);

/* Begins a report without findings, for ledger_verify_chain(). */
void ledger_report_begin(LedgerReport *report);
void ledger_report_clear(LedgerReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LedgerReport, ledger_report_clear)

/* Checks every row's number, hash and time, the head, and every signature. key: the public key that
 * signatures must have; NULL: whatever key each names. Problems are findings, not failures. Fails with
 * APP_ERROR_STORAGE. */
bool ledger_verify(
    Db *db, int64_t commune_id, const LedgerPublicKey *key, LedgerReport *ret_report, GError **error);

/* The same into a report that was begun before, whose report->noted may be asked from other threads' claims
 * meanwhile. */
bool ledger_verify_chain(
    Db *db, int64_t commune_id, const LedgerPublicKey *key, LedgerReport *report, GError **error);
