/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_view.h"

const char *const TASK_WHOSE_TITLES[TASK_WHOSE_MAX] = {[TASK_WHOSE_ALL] = "Toàn xã",
    [TASK_WHOSE_MINE] = "Giao cho tôi",
    [TASK_WHOSE_RELATED] = "Liên quan đến tôi"};
const char *const TASK_WHOSE_WORDS[] = {
    [TASK_WHOSE_ALL] = "toan-xa", [TASK_WHOSE_MINE] = "cua-toi", [TASK_WHOSE_RELATED] = "lien-quan", NULL};

static bool
is_listed(const TaskUnits *units, int64_t agency_id)
{
	for (size_t i = 0; i < units->n; i++)
		if (units->agency_ids[i] == agency_id)
			return true;
	return false;
}

const TaskUnits *
task_units_of(const PlanPage *page, const AppVisitor *visitor, TaskWhose whose)
{
	TaskUnits *units;

	if (whose == TASK_WHOSE_ALL)
		return NULL;
	units = arena_new0(page->arena, TaskUnits);
	units->role = whose == TASK_WHOSE_MINE ? AGENCY_ROLE_LEAD : AGENCY_ROLE_COORDINATING;
	for (size_t i = 0; visitor != NULL && i < visitor->n_grants && units->n < TASK_UNITS_MAX; i++) {
		const AppGrant *grant = &visitor->grants[i];
		bool is_of_plan = grant->plan_id == 0 || grant->plan_id == page->scope.plan_id;

		if (is_of_plan && grant->agency_id != 0 && !is_listed(units, grant->agency_id))
			units->agency_ids[units->n++] = grant->agency_id;
	}
	return units;
}

PartTab *
task_tabs_make(const PlanPage *page, const LinkBase *base, TaskWhose whose)
{
	PartTab *tabs = arena_array(page->arena, PartTab, TASK_WHOSE_MAX);

	for (int i = 0; i < TASK_WHOSE_MAX; i++) {
		const LinkParam change = {"pham-vi", i == TASK_WHOSE_ALL ? NULL : TASK_WHOSE_WORDS[i]};

		tabs[i] = (PartTab){
		    TASK_WHOSE_TITLES[i], link_with(page->arena, base, &change, 1), i == (int)whose};
	}
	return tabs;
}

bool
task_set_news(const PlanScope *scope, int64_t at_us, int64_t agency_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_NEWS_PUT, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_NEWS_PUT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_NEWS_PUT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_NEWS_PUT_P_AT_US, at_us);
	db_bind_int(stmt, TASK_NEWS_PUT_P_AGENCY_ID, agency_id);
	return db_run(stmt, error);
}

bool
task_age_text(const PlanScope *scope, int64_t now_us, Arena *arena, const char **ret_text, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	char now[INSTANT_VI_SIZE], last[INSTANT_VI_SIZE];
	bool row;

	if (!db_prepare(scope->db, &TASK_NEWS_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_NEWS_FIND_P_COMMUNE_ID, scope->commune_id);
	if (scope->plan_id != 0)
		db_bind_int(stmt, TASK_NEWS_FIND_P_PLAN_ID, scope->plan_id);
	if (!db_step(stmt, &row, error))
		return false;
	instant_format_minute_vi(now_us, now);
	if (!row) {
		*ret_text = arena_printf(arena, "Số liệu lúc %s, chưa có đơn vị nào cập nhật", now);
		return true;
	}
	instant_format_minute_vi(db_column_int(stmt, TASK_NEWS_FIND_C_AT_US), last);
	*ret_text = arena_printf(arena, "Số liệu lúc %s, cập nhật gần nhất của %s lúc %s", now,
	    db_column_text(stmt, TASK_NEWS_FIND_C_AGENCY), last);
	return true;
}

bool
task_show_age(PlanPage *page, int64_t now_us, GError **error)
{
	return task_age_text(&page->scope, now_us, page->arena, &page->layout.as_of, error);
}
