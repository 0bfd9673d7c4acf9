/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "storage/db.h"

/* Whose data this is, as pages show it and complete it. */

typedef struct AppCommuneText {
	const char *code, *name, *province; /* "" not known */
} AppCommuneText;

/* Strings live in the arena. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_STORAGE. */
bool app_commune_read(Db *db, int64_t commune_id, Arena *arena, AppCommuneText *ret_commune, GError **error);

/* Fills in what is not known yet; what is known stays, and "" changes nothing. */
bool app_commune_complete(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const char *name, const char *province, GError **error);
