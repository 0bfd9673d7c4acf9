/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/backup_crypt.h"
#include "app/ledger.h"

/* What one version of a backup consists of: a text of lines that a person can read, ended by a line with its
 * message authentication code. */

#define BACKUP_MANIFEST "manifest.txt"

typedef struct BackupFile {
	char *stored; /* below the folder of backups */
	char *path;   /* below the data directory */
	BackupDigest digest;
} BackupFile;

typedef struct BackupManifest {
	int64_t at_us, commune_id;
	char *program;    /* version of the program */
	LedgerMark head;  /* last row of the ledger */
	char *rows;       /* db_count_rows() */
	GPtrArray *files; /* of BackupFile * */
} BackupManifest;

void backup_manifest_clear(BackupManifest *manifest);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupManifest, backup_manifest_clear)

void backup_manifest_add(
    BackupManifest *manifest, const char *stored, const char *path, const BackupDigest *digest);

/* Writes it into a version's folder, synced. Fails with APP_ERROR_STORAGE. */
bool backup_manifest_write(
    const BackupManifest *manifest, const BackupKey *key, const char *folder, GError **error);

/* Reads it. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_FORBIDDEN (another key's), APP_ERROR_CONFLICT (altered,
 * cut). */
bool
backup_manifest_read(const char *folder, const BackupKey *key, BackupManifest *ret_manifest, GError **error);
