/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/work/handover_page.h"
#include "modules/work/list_views.h"
#include "modules/work/room.h"
#include "modules/work/work.migrations.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_given.h"
#include "modules/work/work_numbers.h"
#include "modules/work/work_pages.h"
#include "modules/work/work_records.h"
#include "modules/work/work_redact.h"
#include "modules/work/work_rules_page.h"

/* Each day by itself: pieces of new plans, and the periods that have begun. */
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
	int n_made;

	if (!work_run(&scope, WORK_TASKS_AT_ONCE, &n_made, &is_done, error))
		return false;
	*ret_did = !is_done;
	return true;
}

/* Form 1: tasks that were stored before their states followed from pieces say nothing of them. Form 2: nor of
 * the units that were given them by hand. */
static bool
derive(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {
	    .db = db, .commune_id = commune_id, .today = instant_day(g_get_real_time()), .arena = arena};

	return work_refresh_plans(&scope, error) && work_given_derive(&scope, error);
}

static const HttpRoute ROUTES[] = {
    {HTTP_GET, WORK_TODAY_PATH, APP_READ, work_today_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, WORK_LIST_PATH, APP_READ, work_list_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, WORK_RULES_PATH, APP_READ, work_rules_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, WORK_RULES_PATH "/so/{ma}", APP_OPERATE, work_post_number, HTTP_WRITES},
    {HTTP_POST, WORK_RULES_PATH "/san-pham/{ma}", APP_OPERATE, work_post_deliverable, HTTP_WRITES},
    {HTTP_GET, "/phong-hop", APP_READ, work_room_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, WORK_LIST_PATH "/hang-loat", APP_SELF, work_bulk_post, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/hang-loat/hoan-tac", APP_SELF, work_bulk_undo, HTTP_WRITES},
    {HTTP_GET, WORK_LIST_PATH "/{id}", APP_READ, work_piece_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, WORK_LIST_PATH "/{id}/cap-nhat", APP_SELF, work_post_report, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/cap-nhat-kem-tep", APP_SELF, work_post_report_files,
	HTTP_WRITES | HTTP_FILES | HTTP_PREPARES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/san-pham", APP_SELF, work_post_product, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/ban-hanh", APP_SELF, work_post_issue, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/nhan-viec", APP_SELF, work_post_take, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/gia-han", APP_SELF, work_post_extension, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/y-kien", APP_SELF, work_post_contest, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/thu-hoi", APP_SELF, work_post_take_back, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/giao", APP_SELF, work_post_assign, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/nghiem-thu", APP_ACCEPT, work_post_accept, HTTP_WRITES | HTTP_PREPARES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/tra-lai", APP_ACCEPT, work_post_return, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/mo-lai", APP_ACCEPT, work_post_reopen, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/quyet-dinh", APP_DECIDE, work_post_decision, HTTP_WRITES},
    {HTTP_POST, WORK_LIST_PATH "/{id}/dieu-kien", APP_OPERATE, work_post_event, HTTP_WRITES},
    {HTTP_GET, WORK_HANDOVER_PATH, APP_READ, work_holders_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, WORK_HANDOVER_PATH "/{id}", APP_READ, work_handover_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, WORK_HANDOVER_PATH "/{id}", APP_SELF, work_handover_post, HTTP_WRITES},
    {HTTP_POST, "/giao-viec/{id}/nhieu", APP_OPERATE, work_assign_many, HTTP_WRITES},
    {HTTP_GET, "/giao-viec/{id}", APP_READ, work_assign_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, "/giao-viec/{id}", APP_OPERATE, work_assign_add, HTTP_WRITES},
    {HTTP_POST, "/khoa-ky", APP_OPERATE, work_lock_post, HTTP_WRITES},
    {.pattern = NULL},
};

static const AppAdmit ADMITS[] = {
    {WORK_LIST_PATH "/{id}/cap-nhat-kem-tep", evidence_inline_admit},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{WORK_TODAY_PATH, "Hôm nay", LAYOUT_BAR},
    {WORK_LIST_PATH, "Công việc", LAYOUT_BAR}, {WORK_HANDOVER_PATH, "Bàn giao việc", LAYOUT_DOING},
    {.path = NULL}};

extern const AppModule work_module;

const AppModule work_module = {
    .name = "work",
    .title = "Thực hiện",
    .requires = (const char *const[]){"agency", "calendar", "evidence", "identity", "money", "notify", "plan",
	"task", NULL},
    .migrations = work_migrations,
    .statements = work_statements,
    .routes = ROUTES,
    .admits = ADMITS,
    .nav = NAV,
    .verify = work_verify,
    .verify_part = work_verify_part,
    .derive = derive,
    .form = 2,
    .work = do_work,
    .records = WORK_RECORDS,
    .panel = work_task_panel,
    .soon_days = work_soon_days,
    .redact = work_redact,
};
