/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/move.h"
#include "app/move_target.h"

/* The copy of a move at its target, for app/move.c alone. */

/* A move on its way. */
typedef struct Moving {
	App *app;
	const AppMoveOptions *options;
	MoveTarget target;
	DbPlace place;    /* of the source */
	bool was_leaving; /* when this began */
	int lock_fd;
} Moving;

void move_tell(const Moving *moving, AppMoveStep step);

/* Copies everything into a transaction that is open until all of it was looked at; an earlier copy that is
 * there goes with the same transaction. */
bool move_copy(Moving *moving, AppMoveReport *report, GError **error);

/* Compares what the target holds with what the source holds now. *ret_differs: a table where they do; NULL:
 * they are the same, report->sums is filled, and the ledger was checked there. */
bool move_compare(Moving *moving, AppMoveReport *report, const char **ret_differs, GError **error);

/* Checks the ledger and the tables at the target. Fails where they are not sound. */
bool move_check_target(Moving *moving, LedgerReport *report, GError **error);

/* Takes away a copy at the target that never lived there: rows of a server in one transaction, a file.
 * *ret_did false: there is none. Fails with APP_ERROR_CONFLICT where it is no copy of this source: what only
 * it holds is not lost. */
bool move_discard(Moving *moving, bool *ret_did, GError **error);
