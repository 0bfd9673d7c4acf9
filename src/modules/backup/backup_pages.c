/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/backup/backup_pages.h"

#include "app/context.h"
#include "modules/backup/pages/backup.html.h"

#define MADE_LATE_DAYS 1
#define PROVEN_LATE_DAYS 31

static void
fill_deed(BackupDeed *deed, int64_t at_us, int64_t now_us)
{
	deed->at_us = at_us;
	deed->days = MAX(now_us - at_us, 0) / INSTANT_DAY;
	if (at_us != 0)
		instant_format_vi(at_us, deed->at);
}

static void
fill(BackupView *view, const BackupHistory *history, int64_t now_us)
{
	fill_deed(&view->made, history->made_us, now_us);
	fill_deed(&view->proven, history->proven_us, now_us);
	fill_deed(&view->restored, history->restored_us, now_us);
	fill_deed(&view->failed, history->failed_us, now_us);
	view->failure = history->failure;
	view->is_made_late = view->made.at_us == 0 || view->made.days > MADE_LATE_DAYS;
	view->is_proven_late = view->proven.at_us == 0 || view->proven.days > PROVEN_LATE_DAYS;
}

bool
backup_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	BackupView view = {.layout = app_layout(request, "Sao lưu"), .directory = context->directory};
	g_auto(BackupSchedule) schedule = {0};
	g_auto(BackupHistory) history = {0};

	if (!backup_schedule_read(context->db, context->commune_id, &schedule, error) ||
	    !backup_history_read(context->db, context->commune_id, &history, error))
		return false;
	view.schedule = &schedule;
	g_snprintf(view.clock, sizeof(view.clock), "%02d:%02d", schedule.minute / 60, schedule.minute % 60);
	fill(&view, &history, context->now_us);
	backup_page(response->body, &view);
	return true;
}
