/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "storage/move.h"

/* A commune moves from the file of its data directory to a server, or back; the directory itself, with its
 * files and the key of its ledger, stays where it is and goes on with the new store
 * (docs/adr/0019-communes-on-one-server.md). Two stores are written one after the other, and whatever happens
 * in between, at most one of them takes writes: the source stops first, the target begins last. */

/* What is about to be done. Each step ends in one commit, or is a file that gets its name. */
typedef enum {
	APP_MOVE_LEAVE,  /* the source notes where it goes, and takes no more writes */
	APP_MOVE_COPY,   /* every row, compared and its ledger checked at the target */
	APP_MOVE_SETTLE, /* the target's transaction is about to be committed, as a copy that does not count
			  */
	APP_MOVE_NAME,   /* a new file gets its name */
	APP_MOVE_LET_GO, /* the source lets go: from here on there is no way back */
	APP_MOVE_ARRIVE, /* the target takes writes */
	APP_MOVE_MARK,   /* the directory says where its rows are */
	/* What app_move_undo() does. */
	APP_MOVE_TAKE_BACK, /* the source is written again */
	APP_MOVE_DISCARD,   /* the copy at the target goes */
	APP_MOVE_REMOVE,    /* a server's transaction that takes it away is about to be committed */
	APP_MOVE_STEP_MAX,
} AppMoveStep;

typedef struct AppMoveOptions {
	const char *database;                          /* an address; NULL: the directory's own file */
	void (*on_step)(void *data, AppMoveStep step); /* before it; NULL */
	void *data;
} AppMoveOptions;

typedef struct AppMoveReport {
	GPtrArray *sums;     /* of DbTableSum *: what both stores hold; NULL: it had moved before already */
	LedgerReport ledger; /* of the check at the target, without problems */
	char *to;            /* where it went, without a password */
} AppMoveReport;

void app_move_report_clear(AppMoveReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AppMoveReport, app_move_report_clear)

/* Moves everything, or goes on with a move to the same place that broke off; `app` was opened with
 * AppOptions.is_moving for that, and stays open at the source. Nobody may serve the directory meanwhile.
 * Every table is compared and the whole ledger checked at the target before anything counts: on failure the
 * source goes on as before, with the attempt in its ledger; where even that fails, or it fails after the
 * source let go, the message says that the move is to be called again. The source keeps its rows. A copy that
 * an earlier move has left at the target, and that never lived there, gives way to the new one. Fails with
 * APP_ERROR_BUSY (the directory is being served, somebody writes), APP_ERROR_CONFLICT (the target has this
 * commune or is where the rows are, the commune is on its way to another place), APP_ERROR_STORAGE. */
bool app_move(App *app, const AppMoveOptions *options, AppMoveReport *ret_report, GError **error);

/* What app_move_undo() did. */
typedef struct AppMoveUndo {
	bool is_taken_back; /* a move had broken off */
	bool is_removed;    /* there was a copy, and it is gone */
	char *kept;         /* why a copy may still be there, the caller's; NULL: there is none */
} AppMoveUndo;

void app_move_undo_clear(AppMoveUndo *undo);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AppMoveUndo, app_move_undo_clear)

/* Takes back a move that broke off: the source is written again, then the copy at the target, which never
 * lived, is taken away. Where nothing broke off, a copy that an earlier move has left is taken away alone. A
 * server has to be reached only where the source had let go; else its copy stays, never counts, and the next
 * move there takes it away. Fails as app_move(), with APP_ERROR_CONFLICT where nothing broke off and nothing
 * was left, or the target lives already. */
bool app_move_undo(App *app, const AppMoveOptions *options, AppMoveUndo *ret_undo, GError **error);
