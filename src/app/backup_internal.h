/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/backup.h"

#define BACKUP_STORE "kho"        /* the files kept by content, of all versions */
#define BACKUP_ASIDE ".dang-ghi-" /* what is not whole yet begins so */

/* Gives the names of the versions, oldest first; of char *, the caller's. */
GPtrArray *backup_list_versions(const char *folder);

/* Removes old versions, and kept files that no version names any more. */
unsigned backup_prune(const BackupOptions *options);

/* Notes in the ledger what was done with backups, and signs it. */
bool backup_note(App *app, const char *action, const char *version, const BackupManifest *manifest,
    int64_t now_us, GError **error);
