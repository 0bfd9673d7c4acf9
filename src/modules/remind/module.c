/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/remind/remind.migrations.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_pages.h"
#include "modules/remind/remind_redact.h"

/* Once a day: what each rung is about. */
static bool
do_work(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = work->db,
	    .commune_id = work->commune_id,
	    .now_us = work->now_us,
	    .today = instant_day(work->now_us),
	    .arena = arena};
	bool is_done;
	int n_messages;

	if (!remind_run(&scope, REMIND_ITEMS_AT_ONCE, false, &n_messages, &is_done, error))
		return false;
	*ret_did = !is_done;
	return true;
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, REMIND_PATH, APP_READ, remind_ladder_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, REMIND_PATH "/bac", APP_REMIND, remind_rung_post, HTTP_WRITES},
    {HTTP_POST, REMIND_PATH "/bac/{id}/thoi", APP_REMIND, remind_rung_end_post, HTTP_WRITES},
    {HTTP_POST, REMIND_PATH "/bat-tat", APP_REMIND, remind_switch_post, HTTP_WRITES},
    {HTTP_POST, REMIND_PATH "/su-kien/{ma}", APP_REMIND, remind_event_post, HTTP_WRITES},
    {HTTP_GET, REMIND_TRIAL_PATH, APP_REMIND, remind_trial_show, HTTP_CSV | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, REMIND_CALLS_PATH, APP_REMIND, remind_calls_show,
	HTTP_CSV | HTTP_PERSONAL | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, REMIND_FEEDS_PATH, APP_SELF, remind_feeds_show, HTTP_UNCACHED},
    {HTTP_POST, REMIND_FEEDS_PATH, APP_SELF, remind_feed_post, HTTP_WRITES | HTTP_SECRET},
    {HTTP_POST, REMIND_FEEDS_PATH "/{id}/thu-hoi", APP_SELF, remind_feed_revoke_post, HTTP_WRITES},
    {HTTP_GET, REMIND_FEED_PATH "/{ma}", APP_PUBLIC, remind_feed_show, HTTP_PERSONAL | HTTP_SLOW},
    {HTTP_GET, REMIND_EXPLAIN_PATH, APP_READ, remind_explain_list_show,
	HTTP_CSV | HTTP_JSON | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, REMIND_EXPLAIN_PATH, APP_EXPLAIN, remind_ask_post, HTTP_WRITES},
    {HTTP_GET, REMIND_EXPLAIN_PATH "/moi", APP_EXPLAIN, remind_ask_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, REMIND_EXPLAIN_PATH "/{id}", APP_READ, remind_explain_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, REMIND_EXPLAIN_PATH "/{id}/tra-loi", APP_APPROVE, remind_answer_post, HTTP_WRITES},
    {HTTP_POST, REMIND_EXPLAIN_PATH "/{id}/xem-xet", APP_EXPLAIN, remind_judge_post, HTTP_WRITES},
    {HTTP_POST, REMIND_EXPLAIN_PATH "/{id}/rut", APP_EXPLAIN, remind_withdraw_post, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{REMIND_PATH, "Nhắc việc", LAYOUT_REMINDING},
    {REMIND_EXPLAIN_PATH, "Giải trình", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule remind_module;

const AppModule remind_module = {
    .name = "remind",
    .title = "Nhắc việc và đôn đốc",
    .requires =
	(const char *const[]){"agency", "calendar", "identity", "notify", "plan", "task", "work", NULL},
    .migrations = remind_migrations,
    .statements = remind_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = remind_verify,
    .redact = remind_redact,
    .work = do_work,
};
