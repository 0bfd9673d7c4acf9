/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/work/work.migrations.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"

#define TASKS_AT_ONCE 100 /* of which pieces are made before others may write again */

/* Each day by itself: pieces of new plans, and the periods that have begun. */
static bool
do_work(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = work->db,
	    .commune_id = work->commune_id,
	    .now_us = work->now_us,
	    .today = instant_day(work->now_us),
	    .arena = arena,
	    .may_assign = true};
	bool is_done;
	int n_made;

	if (!work_run(&scope, TASKS_AT_ONCE, &n_made, &is_done, error))
		return false;
	*ret_did = !is_done;
	return true;
}

extern const AppModule work_module;

const AppModule work_module = {
    .name = "work",
    .title = "Thực hiện",
    .requires = (const char *const[]){"agency", "calendar", "identity", "plan", "task", NULL},
    .migrations = work_migrations,
    .statements = work_statements,
    .verify = work_verify,
    .work = do_work,
};
