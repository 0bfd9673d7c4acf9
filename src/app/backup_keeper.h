/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

/* Keeps the schedule of backups while the pages are served. The work itself is done by the same commands a
 * person would use, in a process of its own: what is wrong there cannot harm the server. */
typedef struct AppBackupKeeper AppBackupKeeper;

/* program: path of `namro`; must outlive the keeper, as `app` must. Fails as db_open(). */
bool app_backup_keeper_start(App *app, const char *program, AppBackupKeeper **ret_keeper, GError **error);

/* Breaks off what is going on: a version that is not whole does not count. Takes NULL. */
void app_backup_keeper_stop(AppBackupKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppBackupKeeper, app_backup_keeper_stop)
