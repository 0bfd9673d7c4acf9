/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

/* Work for every commune of a shared store, by one process on one connection: what is done each day for
 * thousands of communes needs neither their data directories nor a process for each. What it writes is signed
 * by each commune's own directory, the next time that works. */

/* What is done for one of them; `db` works for it (db_set_commune()). */
typedef bool (*AppCommuneDeed)(Db *db, int64_t commune_id, void *data, GError **error);

typedef struct AppAllReport {
	int64_t n_done, n_failed;
} AppAllReport;

/* Opens options->database, which must be a server's, and does the deed for all its communes in the order of
 * their numbers. One that fails is told to stderr (the first twenty are) and holds up no
 * other. Fails as db_open() and db_migrate(),
 * and where the connection is lost. */
bool app_for_all_communes(
    const AppOptions *options, AppCommuneDeed deed, void *data, AppAllReport *ret_report, GError **error);
