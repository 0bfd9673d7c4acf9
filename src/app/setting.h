/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "storage/db.h"

/* Settings of a commune: short texts by key, "task.soon_days". */

/* Gives the value, the caller's; NULL where it was never set. */
bool app_setting_get(Db *db, int64_t commune_id, const char *key, char **ret_value, GError **error);

/* Gives the value as a number; `fallback` where it was never set or is no number. */
bool app_setting_get_int(
    Db *db, int64_t commune_id, const char *key, int64_t fallback, int64_t *ret_value, GError **error);

/* Sets a value, and notes it in the ledger where it is another one; NULL takes the setting away. */
bool app_setting_set(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *key,
    const char *value, GError **error);
