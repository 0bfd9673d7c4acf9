/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/backup_schedule.h"
#include "base/date.h"
#include "html/layout.h"
#include "http/router.h"

#define BACKUP_PATH "/sao-luu"

/* What was done last of one kind; at_us 0: never. */
typedef struct BackupDeed {
	char at[INSTANT_VI_SIZE];
	int64_t at_us;
	int64_t days; /* since then */
} BackupDeed;

typedef struct BackupView {
	LayoutView layout;
	BackupDeed made, proven, restored, failed;
	const BackupSchedule *schedule;
	char clock[16];      /* the schedule's time of day */
	const char *failure; /* of the schedule; NULL */
	const char *directory;
	bool is_made_late, is_proven_late;
} BackupView;

bool backup_show(HttpRequest *request, HttpResponse *response, GError **error);
