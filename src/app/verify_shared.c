/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/verify.h"
#include "storage/scan.h"
#include "storage/txn.h"

#include <string.h>

#define WORTH_ROWS 4096 /* of the ledger: fewer are checked before a second connection is open */
#define PARTS 16        /* of what is large: the last of them is what one thread may wait for the other */
#define TRIES_MAX 20    /* to see the same ledger, while others write */

/* What one of the threads works with. */
typedef struct Hand {
	VerifyShared *shared;
	Db *db;
	DbTxn *txn;
	LedgerReport report; /* of the tables; what is found here is looked for again */
	GError *error;
	bool is_done;
} Hand;

struct VerifyShared {
	App *app;
	Db *reader;
	Hand own, other;
	GArray *jobs; /* of VerifyJob */
	gint next;    /* the first one that nobody has taken */
};

static void
hand_clear(Hand *hand)
{
	g_clear_pointer(&hand->txn, db_txn_free);
	ledger_report_clear(&hand->report);
	g_clear_error(&hand->error);
}

void
verify_shared_free(VerifyShared *shared)
{
	if (shared == NULL)
		return;
	hand_clear(&shared->own);
	hand_clear(&shared->other);
	if (shared->own.db != NULL)
		db_scan(shared->own.db, false);
	g_clear_pointer(&shared->jobs, g_array_unref);
	db_free(shared->reader);
	g_free(shared);
}

/* Every change of a table that is compared comes with a row of the ledger, so whoever sees the same last row
 * sees the same tables. */
static bool
begin_both(VerifyShared *shared, bool *ret_is_same, GError **error)
{
	int64_t commune_id = shared->app->commune.commune_id;
	LedgerMark own, other;

	g_clear_pointer(&shared->own.txn, db_txn_free);
	g_clear_pointer(&shared->other.txn, db_txn_free);
	if (!db_txn_begin_read(shared->own.db, &shared->own.txn, error) ||
	    !ledger_head(shared->own.db, commune_id, &own, error) ||
	    !db_txn_begin_read(shared->other.db, &shared->other.txn, error) ||
	    !ledger_head(shared->other.db, commune_id, &other, error))
		return false;
	*ret_is_same = own.seq == other.seq && memcmp(own.hash, other.hash, sizeof(own.hash)) == 0;
	return true;
}

bool
verify_shared_begin(App *app, VerifyShared **ret_shared, GError **error)
{
	g_autoptr(VerifyShared) shared = g_new0(VerifyShared, 1);
	bool is_same = false;
	LedgerMark head;

	*ret_shared = NULL;
	if (!ledger_head(app->db, app->commune.commune_id, &head, error))
		return false;
	if (head.seq < WORTH_ROWS || !app_open_reader(app, &shared->reader, NULL))
		return true;
	shared->app = app;
	shared->own.db = app->db;
	shared->other.db = shared->reader;
	db_scan(shared->own.db, true);
	db_scan(shared->other.db, true);
	for (int i = 0; i < TRIES_MAX && !is_same; i++)
		if (!begin_both(shared, &is_same, error))
			return false;
	if (is_same)
		*ret_shared = g_steal_pointer(&shared);
	return true;
}

/* Takes one check after the other until there are no more. */
static gpointer
work(gpointer data)
{
	Hand *hand = data;
	VerifyShared *shared = hand->shared;

	for (;;) {
		guint i = (guint)g_atomic_int_add(&shared->next, 1);

		if (i >= shared->jobs->len)
			break;
		if (!verify_job_run(shared->app, hand->db, &g_array_index(shared->jobs, VerifyJob, i),
			&hand->report, &hand->error))
			return NULL;
	}
	hand->is_done = true;
	return NULL;
}

static void
prepare(Hand *hand, VerifyShared *shared, LedgerNoted *noted)
{
	hand->shared = shared;
	hand->report = (LedgerReport){
	    .problems = g_ptr_array_new_with_free_func(g_free), .claims = ledger_claims_new(noted)};
}

static bool
is_sound(const Hand *hand)
{
	return hand->report.problems->len == 0 && ledger_claims_hold(hand->report.claims);
}

/* The ledger, then what is left of the tables. */
static bool
walk_and_help(VerifyShared *shared, const LedgerKey *key, LedgerReport *report, GError **error)
{
	if (!ledger_verify_chain(
		shared->own.db, shared->app->commune.commune_id, &key->public_key, report, error)) {
		g_atomic_int_set(&shared->next, (gint)shared->jobs->len);
		return false;
	}
	(void)work(&shared->own);
	return true;
}

bool
verify_shared_run(VerifyShared *shared, LedgerReport *ret_report, bool *ret_is_sound, GError **error)
{
	Hand *own = &shared->own, *other = &shared->other;
	g_auto(LedgerKey) key = {0};
	GThread *thread;
	bool is_walked;

	if (!ledger_key_load(shared->app->directory, &key, error))
		return false;
	ledger_report_begin(ret_report);
	prepare(own, shared, ret_report->noted);
	prepare(other, shared, ret_report->noted);
	shared->jobs = verify_jobs(shared->app, PARTS);
	thread = g_thread_new("verify", work, other);
	is_walked = walk_and_help(shared, &key, ret_report, error);
	g_thread_join(thread);
	if (!is_walked)
		return false;
	if (!own->is_done || !other->is_done) {
		Hand *failed = own->is_done ? other : own;

		g_propagate_error(error, g_steal_pointer(&failed->error));
		return false;
	}
	*ret_is_sound = is_sound(own) && is_sound(other);
	return true;
}
