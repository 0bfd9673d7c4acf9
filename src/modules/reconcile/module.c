/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/reconcile/reconcile.migrations.h"
#include "modules/reconcile/reconcile.sql.h"
#include "modules/reconcile/reconcile_pages.h"
#include "storage/txn.h"

#define REST_US (5 * INSTANT_SECOND) /* between two comparisons, however much is written meanwhile */

/* What the last comparison in this process had seen. Losing it costs one comparison. */
static GMutex seen_mutex;
static struct {
	int64_t commune_id, version, at_us;
	int32_t day;
} seen;

/* False where nothing was written since, or it was only just compared. */
static bool
is_due(const AppWork *work, int64_t version)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&seen_mutex);
	int64_t since = g_get_monotonic_time() - seen.at_us; /* the program's own clock may stand still */

	if (seen.commune_id != work->commune_id || seen.day != instant_day(work->now_us))
		return true;
	return seen.version != version && since >= REST_US;
}

static void
remember(const AppWork *work, int64_t version)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&seen_mutex);

	seen.commune_id = work->commune_id;
	seen.version = version;
	seen.at_us = g_get_monotonic_time();
	seen.day = instant_day(work->now_us);
}

/* Each day, and after every change of the store, but not more often than every few seconds. */
static bool
do_work(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const MoneyScope scope = {.db = work->db,
	    .commune_id = work->commune_id,
	    .now_us = work->now_us,
	    .today = instant_day(work->now_us),
	    .arena = arena};
	int64_t version;
	int n_changed;

	*ret_did = false;
	if (!db_version(work->db, &version, error))
		return false;
	if (!is_due(work, version))
		return true;
	if (!reconcile_run(&scope, &n_changed, error) || !db_version(work->db, &version, error))
		return false;
	remember(work, version);
	return true;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, RECONCILE_PATH, APP_READ, reconcile_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, RECONCILE_PATH "/{id}/khep", APP_SELF, reconcile_post_close, HTTP_WRITES},
    {HTTP_POST, RECONCILE_PATH "/quy-tac/{ma}", APP_OPERATE, reconcile_post_rule, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{RECONCILE_PATH, "Đối soát", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule reconcile_module;

const AppModule reconcile_module = {
    .name = "reconcile",
    .title = "Đối soát",
    .requires = (const char *const[]){"money", "plan", "task", "work", NULL},
    .migrations = reconcile_migrations,
    .statements = reconcile_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = reconcile_verify,
    .work = do_work,
};
