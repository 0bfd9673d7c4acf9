/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/backup/backup_pages.h"

#include "app/backup.h"
#include "app/context.h"
#include "modules/backup/pages/backup.html.h"

#include <string.h>

#define MADE_LATE_DAYS 1
#define PROVEN_LATE_DAYS 31
#define LOOKED_AT_MAX 2000 /* rows about backups: some years of daily ones */

typedef struct Search {
	BackupView *view;
	int64_t now_us;
	int n_looked_at;
} Search;

static void
take(BackupDeed *deed, const LedgerRow *row, int64_t now_us, const char *action)
{
	if (deed->at[0] != '\0' || row->after == NULL || strstr(row->after, action) == NULL)
		return;
	deed->at_us = row->at_us;
	deed->days = MAX(now_us - row->at_us, 0) / INSTANT_DAY;
	instant_format_vi(row->at_us, deed->at);
}

static bool
visit(void *data, const LedgerRow *row)
{
	Search *search = data;
	BackupView *view = search->view;

	take(&view->made, row, search->now_us, "\"action\":\"backup\"");
	take(&view->proven, row, search->now_us, "\"action\":\"verify\"");
	take(&view->restored, row, search->now_us, "\"action\":\"restore\"");
	return ++search->n_looked_at < LOOKED_AT_MAX &&
	       (view->made.at[0] == '\0' || view->proven.at[0] == '\0' || view->restored.at[0] == '\0');
}

bool
backup_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	BackupView view = {.layout = {.title = "Sao lưu",
			       .commune = context->commune_name,
			       .version = context->version,
			       .path = BACKUP_PATH,
			       .nav = LAYOUT_NAV_NONE,
			       .more_nav = context->more_nav,
			       .n_more_nav = context->n_more_nav,
			       .visitor = &context->layout_visitor},
	    .directory = context->directory};
	Search search = {&view, context->now_us, 0};

	if (!ledger_walk_back(
		context->db, context->commune_id, BACKUP_OBJECT, INT64_MAX, visit, &search, error))
		return false;
	view.is_made_late = view.made.at[0] == '\0' || view.made.days > MADE_LATE_DAYS;
	view.is_proven_late = view.proven.at[0] == '\0' || view.proven.days > PROVEN_LATE_DAYS;
	backup_page(response->body, &view);
	return true;
}
