/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* When the server makes and proves backups by itself, and what became of them. */

#define BACKUP_KEEP_MAX 10000
#define BACKUP_PROVE_DAYS_MAX 366

typedef struct BackupSchedule {
	char *folder;     /* of the backups, an absolute path; NULL: there is no schedule */
	char *key;        /* the key's file, an absolute path */
	int minute;       /* of the day in Việt Nam at which each day's backup is made */
	int64_t since_us; /* when it was set; by writing it */
	unsigned n_keep;
	unsigned prove_days; /* a proof when the last one is so old; 0: none by itself */
} BackupSchedule;

void backup_schedule_clear(BackupSchedule *schedule);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupSchedule, backup_schedule_clear)

/* Fails as app_setting_get(). */
bool backup_schedule_read(Db *db, int64_t commune_id, BackupSchedule *ret_schedule, GError **error);

/* Sets it, all or nothing; without a folder it is taken away. Fails as app_setting_set(). */
bool backup_schedule_write(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const BackupSchedule *schedule, GError **error);

/* When each thing was done last; 0: never. */
typedef struct BackupHistory {
	int64_t made_us, proven_us, restored_us;
	int64_t failed_us; /* the last try of the schedule */
	char *failure;     /* what was said then; NULL: nothing failed */
} BackupHistory;

void backup_history_clear(BackupHistory *history);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupHistory, backup_history_clear)

/* Reads it from the ledger and the settings. Fails as ledger_walk_back(). */
bool backup_history_read(Db *db, int64_t commune_id, BackupHistory *ret_history, GError **error);

/* Notes what a try of the schedule came to; message: NULL, it did what it should. Fails as app_setting_set().
 */
bool backup_history_note_try(Db *db, int64_t commune_id, int64_t now_us, const char *message, GError **error);

typedef enum { BACKUP_WAIT, BACKUP_MAKE, BACKUP_PROVE } BackupDue;

/* What the schedule asks for now. The first backup is made at once, so that whoever set the schedule sees
 * that it works. A time that was missed, because the machine was off, is made up for; after a failure half an
 * hour passes. */
BackupDue backup_schedule_due(const BackupSchedule *schedule, const BackupHistory *history, int64_t now_us);
