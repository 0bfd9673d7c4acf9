/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "storage/move.h"

/* A commune moves from the file of its data directory to a server, or back; the directory itself, with its
 * files and the key of its ledger, stays where it is and goes on with the new store
 * (docs/adr/0019-communes-on-one-server.md). */

typedef struct AppMoveReport {
	GPtrArray *sums;     /* of DbTableSum *: what both stores hold */
	LedgerReport ledger; /* of the check at the target, without problems */
	char *to;            /* where it went, without a password */
} AppMoveReport;

void app_move_report_clear(AppMoveReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AppMoveReport, app_move_report_clear)

/* Moves everything to `database` (an address), or to the directory's own file (NULL). Nobody may write
 * meanwhile; the ledger notes it first, so that both stores have the note. Every table is compared and the
 * whole ledger checked at the target before anything counts: on failure both stores are as before. The source
 * keeps its rows; `app` stays open there. Fails with APP_ERROR_BUSY (the directory is being served, somebody
 * writes), APP_ERROR_CONFLICT (the target has this commune, or is where the rows are), APP_ERROR_STORAGE. */
bool app_move(App *app, const char *database, AppMoveReport *ret_report, GError **error);
