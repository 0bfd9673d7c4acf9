/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

/* Work for every commune of a shared store, by one process on a few connections: what is done each day for
 * thousands of communes needs neither their data directories nor a process for each. What it writes is signed
 * by each commune's own directory, the next time that works. */

#define APP_ALL_WORKERS_MAX 64

/* What is done for one of them; `db` works for it (db_set_commune()) and for nothing else meanwhile. Called
 * by several threads at a time, each with a connection of its own: what `data` counts stands under a lock. */
typedef bool (*AppCommuneDeed)(Db *db, int64_t commune_id, void *data, GError **error);

typedef struct AppAllReport {
	int64_t n_done, n_failed;
} AppAllReport;

/* As many as the machine has processors. */
unsigned app_all_default_workers(void);

/* Opens options->database, which must be a server's, and does the deed for all its communes, begun in the
 * order of their numbers, each by one of n_workers threads (1 to APP_ALL_WORKERS_MAX) from its beginning to
 * its end. One that fails holds up no other; which failed is told to stderr at the end, in the order of their
 * numbers (the first twenty are). Where the server gives fewer connections than were asked for, that is told,
 * and those it gave do it. Fails as db_open() and db_migrate(), and where the list of communes cannot be
 * read.
 */
bool app_for_all_communes(const AppOptions *options, unsigned n_workers, AppCommuneDeed deed, void *data,
    AppAllReport *ret_report, GError **error);
