/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "app/backup_manifest.h"

/* Copies of a data directory, for the day it is lost (docs/adr/0016-backups.md). A folder of backups holds
 * one folder for each version and, once for all versions, the files that are kept by their content. */

#define BACKUP_OBJECT "backup" /* in the ledger */

typedef struct BackupOptions {
	const char *folder; /* of the backups; made where it is not there */
	const BackupKey *key;
	const char *program; /* version of the program */
	int64_t now_us;
	unsigned n_keep; /* versions to keep, the new one among them; 0: all */
} BackupOptions;

typedef struct BackupResult {
	char *version;                         /* name of its folder */
	int64_t n_files, n_new_files, n_bytes; /* bytes: of the files that were written */
	unsigned n_removed;                    /* old versions */
} BackupResult;

void backup_result_clear(BackupResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupResult, backup_result_clear)

/* Adds a version while the program goes on working, and notes it in the ledger. Nothing counts before it is
 * whole: whatever breaks off leaves the versions before as they were. Fails with APP_ERROR_STORAGE (a full
 * disk, no right). */
bool backup_make(App *app, const BackupOptions *options, BackupResult *ret_result, GError **error);

/* Makes a data directory of a version, after checking every byte of it. from: a version's folder, or the
 * folder of backups for the newest one. directory: may not be there, or must be empty; on failure it is as
 * before. database: where the rows are to go on from there (app_move()); NULL: in the directory's own file.
 * Fails with APP_ERROR_CONFLICT (not empty; altered or cut, naming the file), APP_ERROR_FORBIDDEN (another
 * key), APP_ERROR_NOT_FOUND, APP_ERROR_STORAGE. */
bool backup_restore(const char *from, const AppOptions *options, const BackupKey *key,
    BackupManifest *ret_manifest, GError **error);

/* Proves that a version can be restored, by restoring it aside: rows of every table, head and whole ledger
 * are compared. Notes it in the ledger of `app`. Fails as backup_restore(). */
bool
backup_prove(App *app, const char *from, const BackupKey *key, BackupManifest *ret_manifest, GError **error);
