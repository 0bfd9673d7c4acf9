/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

/* What app/verify.c and app/verify_shared.c do for one another. */

/* One of the checks of the tables. */
typedef struct VerifyJob {
	const AppModule *module; /* NULL: the commune itself */
	bool is_part;            /* AppModule.verify_part, of this part; else AppModule.verify */
	AppPart part;
} VerifyJob;

/* Gives all of them, what is large in so many parts; of VerifyJob, the caller's. */
GArray *verify_jobs(const App *app, unsigned n_parts);
bool verify_job_run(const App *app, Db *db, const VerifyJob *job, LedgerReport *report, GError **error);

/* Two threads: one walks the ledger and then helps the other with the tables. Each has a connection in a
 * transaction that reads; both see the same ledger. */
typedef struct VerifyShared VerifyShared;

/* Begins both transactions, one of them app_db()'s. NULL where the ledger is so short that it is not worth
 * it, or no second connection is to be had. Fails as db_txn_begin_read(). */
bool verify_shared_begin(App *app, VerifyShared **ret_shared, GError **error);

/* Ends the transactions. */
void verify_shared_free(VerifyShared *shared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VerifyShared, verify_shared_free)

/* Checks the ledger into the report, and the tables. *ret_is_sound false: something in the tables is not as
 * it should be; which it is, is found by checking them again with the report. */
bool verify_shared_run(VerifyShared *shared, LedgerReport *ret_report, bool *ret_is_sound, GError **error);
