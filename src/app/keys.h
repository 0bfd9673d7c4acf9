/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "app/ledger_key.h"

/* The keys of a data directory, and what the ledger says of them: a key that the ledger names has to be
 * there, and has to be that one (docs/adr/0023-oidc-and-keys.md). */

#define APP_SECRETS_KEY_OBJECT "secrets-key"

/* Makes the keys of a new data directory and notes them inside the caller's transaction. */
bool app_keys_begin(App *app, int64_t commune_id, GError **error);

/* Checks both keys; a key that no row of the ledger names yet is made, where it is missing, and noted. Fails
 * with APP_ERROR_STORAGE, saying what to do, where one is missing or another one. */
bool app_keys_check(App *app, GError **error);

/* Begins a new key in place of one that is lost, and notes that. object: one of the two above. app: opened
 * with `are_keys_lost`. Fails with APP_ERROR_CONFLICT where the key is there and right. */
bool app_keys_renew(App *app, const char *object, GError **error);
