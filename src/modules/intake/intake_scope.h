/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "storage/db.h"

#include <stdint.h>

/* For other modules: one commune's drafts on one connection: what every function of the drafts works with. */
typedef struct IntakeScope {
	Db *db; /* one that may write, where the function writes */
	int64_t commune_id;
	const char *directory; /* the data directory */
	int64_t now_us;
	LedgerActor actor; /* all empty: the program itself */
} IntakeScope;
