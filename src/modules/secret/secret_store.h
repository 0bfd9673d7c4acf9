/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/secret/secret.h"

/* Rows of the module. */

bool
secret_store_insert(const SecretScope *scope, const SecretMark *mark, int64_t *ret_mark_no, GError **error);

/* Notes a mark as it stands in the ledger: object "secret/3". */
bool secret_store_note(const SecretScope *scope, const SecretMark *mark, GError **error);

bool secret_store_add_file(const SecretScope *scope, const char *sha256, GError **error);
bool secret_store_drop_file(const SecretScope *scope, const char *sha256, GError **error);

/* Appends the files that are to be wiped (char *, in the arena). */
bool secret_store_files(const SecretScope *scope, GPtrArray *ret_files, GError **error);

/* How many marks wait for the store to be written anew. */
bool secret_store_waiting(const SecretScope *scope, int64_t *ret_n, GError **error);
bool secret_store_set_compact(const SecretScope *scope, GError **error);
