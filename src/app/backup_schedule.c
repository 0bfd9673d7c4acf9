/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_schedule.h"

#include "app/app.h"
#include "app/backup.h"
#include "app/setting.h"
#include "base/date.h"
#include "storage/txn.h"

#include <string.h>

#define KEY_FOLDER "backup.folder"
#define KEY_KEY "backup.key"
#define KEY_MINUTE "backup.minute"
#define KEY_SINCE_US "backup.since_us"
#define KEY_KEEP "backup.keep"
#define KEY_PROVE_DAYS "backup.prove_days"
#define KEY_FAILURE "backup.failure"
#define KEY_FAILED_US "backup.failed_us"

#define INSTANT_MINUTE (60 * INSTANT_SECOND)
#define AFTER_FAILURE_US (30 * INSTANT_MINUTE)
#define LOOKED_AT_MAX 2000 /* rows about backups: some years of daily ones */

static const LedgerActor PROGRAM = {.name = "lịch sao lưu"};

void
backup_schedule_clear(BackupSchedule *schedule)
{
	g_clear_pointer(&schedule->folder, g_free);
	g_clear_pointer(&schedule->key, g_free);
}

void
backup_history_clear(BackupHistory *history)
{
	g_clear_pointer(&history->failure, g_free);
}

bool
backup_schedule_read(Db *db, int64_t commune_id, BackupSchedule *ret_schedule, GError **error)
{
	g_auto(BackupSchedule) schedule = {0};
	int64_t minute, keep, prove_days;

	if (!app_setting_get(db, commune_id, KEY_FOLDER, &schedule.folder, error) ||
	    !app_setting_get(db, commune_id, KEY_KEY, &schedule.key, error) ||
	    !app_setting_get_int(db, commune_id, KEY_MINUTE, 0, &minute, error) ||
	    !app_setting_get_int(db, commune_id, KEY_SINCE_US, 0, &schedule.since_us, error) ||
	    !app_setting_get_int(db, commune_id, KEY_KEEP, 0, &keep, error) ||
	    !app_setting_get_int(db, commune_id, KEY_PROVE_DAYS, 0, &prove_days, error))
		return false;
	schedule.minute = (int)minute;
	schedule.n_keep = (unsigned)keep;
	schedule.prove_days = (unsigned)prove_days;
	*ret_schedule = schedule;
	schedule = (BackupSchedule){0};
	return true;
}

static bool
put_number(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *key, bool is_set,
    int64_t value, GError **error)
{
	g_autofree char *text = is_set ? g_strdup_printf("%" G_GINT64_FORMAT, value) : NULL;

	return app_setting_set(db, commune_id, actor, now_us, key, text, error);
}

bool
backup_schedule_write(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us,
    const BackupSchedule *schedule, GError **error)
{
	bool is_set = schedule->folder != NULL;
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(db, &txn, error) &&
	       app_setting_set(db, commune_id, actor, now_us, KEY_FOLDER, schedule->folder, error) &&
	       app_setting_set(
		   db, commune_id, actor, now_us, KEY_KEY, is_set ? schedule->key : NULL, error) &&
	       put_number(db, commune_id, actor, now_us, KEY_MINUTE, is_set, schedule->minute, error) &&
	       put_number(db, commune_id, actor, now_us, KEY_SINCE_US, is_set, now_us, error) &&
	       put_number(db, commune_id, actor, now_us, KEY_KEEP, is_set, schedule->n_keep, error) &&
	       put_number(
		   db, commune_id, actor, now_us, KEY_PROVE_DAYS, is_set, schedule->prove_days, error) &&
	       backup_history_note_try(db, commune_id, now_us, NULL, error) && db_txn_commit(txn, error);
}

typedef struct Search {
	BackupHistory *history;
	int n_looked_at;
} Search;

static void
take(int64_t *at_us, const LedgerRow *row, const char *action)
{
	if (*at_us == 0 && row->after != NULL && strstr(row->after, action) != NULL)
		*at_us = row->at_us;
}

static bool
visit(void *data, const LedgerRow *row)
{
	Search *search = data;
	BackupHistory *history = search->history;

	take(&history->made_us, row, "\"action\":\"backup\"");
	take(&history->proven_us, row, "\"action\":\"verify\"");
	take(&history->restored_us, row, "\"action\":\"restore\"");
	return ++search->n_looked_at < LOOKED_AT_MAX &&
	       (history->made_us == 0 || history->proven_us == 0 || history->restored_us == 0);
}

bool
backup_history_read(Db *db, int64_t commune_id, BackupHistory *ret_history, GError **error)
{
	g_auto(BackupHistory) history = {0};
	Search search = {&history, 0};

	if (!ledger_walk_back(db, commune_id, BACKUP_OBJECT, INT64_MAX, visit, &search, error) ||
	    !app_setting_get_int(db, commune_id, KEY_FAILED_US, 0, &history.failed_us, error) ||
	    !app_setting_get(db, commune_id, KEY_FAILURE, &history.failure, error))
		return false;
	*ret_history = history;
	history = (BackupHistory){0};
	return true;
}

bool
backup_history_note_try(Db *db, int64_t commune_id, int64_t now_us, const char *message, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(db, &txn, error) &&
	       app_setting_set(db, commune_id, &PROGRAM, now_us, KEY_FAILURE, message, error) &&
	       put_number(db, commune_id, &PROGRAM, now_us, KEY_FAILED_US, message != NULL, now_us, error) &&
	       db_txn_commit(txn, error);
}

/* The last instant, not after now, at which a backup was to be made. */
static int64_t
last_slot(const BackupSchedule *schedule, int64_t now_us)
{
	int64_t slot_us = instant_at(instant_day(now_us), 0) + schedule->minute * INSTANT_MINUTE;

	return slot_us <= now_us ? slot_us : slot_us - INSTANT_DAY;
}

BackupDue
backup_schedule_due(const BackupSchedule *schedule, const BackupHistory *history, int64_t now_us)
{
	if (schedule->folder == NULL)
		return BACKUP_WAIT;
	if (history->failure != NULL && now_us >= history->failed_us &&
	    now_us - history->failed_us < AFTER_FAILURE_US)
		return BACKUP_WAIT;
	if (history->made_us < MAX(last_slot(schedule, now_us), schedule->since_us))
		return BACKUP_MAKE;
	if (schedule->prove_days > 0 && now_us - history->proven_us >= schedule->prove_days * INSTANT_DAY)
		return BACKUP_PROVE;
	return BACKUP_WAIT;
}
