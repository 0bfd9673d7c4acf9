/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_amend.h"
#include "modules/task/task_search.h"
#include "storage/txn.h"

#include <string.h>

static char *
body_of(const char *const texts[static TASK_SEARCH_TEXTS])
{
	GString *words = g_string_new(NULL);

	for (size_t i = 0; i < TASK_SEARCH_TEXTS; i++) {
		if (texts[i] == NULL)
			continue;
		text_fold_append(words, texts[i], strlen(texts[i]));
		g_string_append_c(words, '\n');
	}
	return g_string_free(words, FALSE);
}

bool
task_search_add(DbStmt *insert, const char *const texts[static TASK_SEARCH_TEXTS], GError **error)
{
	g_autofree char *body = body_of(texts);

	db_bind_text(insert, TASK_SEARCH_INSERT_P_BODY, body);
	return db_run(insert, error);
}

/* A statement that takes the words of a task in or out. */
typedef struct Putting {
	const DbSql *sql;
	int commune_id, plan_id, task_no, body; /* parameters */
} Putting;

static const Putting PUT = {&TASK_SEARCH_INSERT, TASK_SEARCH_INSERT_P_COMMUNE_ID,
    TASK_SEARCH_INSERT_P_PLAN_ID, TASK_SEARCH_INSERT_P_TASK_NO, TASK_SEARCH_INSERT_P_BODY};
static const Putting REMOVE = {&TASK_SEARCH_REMOVE, TASK_SEARCH_REMOVE_P_COMMUNE_ID,
    TASK_SEARCH_REMOVE_P_PLAN_ID, TASK_SEARCH_REMOVE_P_TASK_NO, TASK_SEARCH_REMOVE_P_BODY};

static bool
run_row(const DbStmt *source, const Putting *putting, DbStmt *stmt, GError **error)
{
	static const int TEXTS[TASK_SEARCH_TEXTS] = {TASK_SEARCH_SOURCE_C_NO, TASK_SEARCH_SOURCE_C_NAME,
	    TASK_SEARCH_SOURCE_C_OUTPUT, TASK_SEARCH_SOURCE_C_LEAD, TASK_SEARCH_SOURCE_C_COORDINATING,
	    TASK_SEARCH_SOURCE_C_DEADLINE_RAW};
	const char *texts[TASK_SEARCH_TEXTS];
	g_autofree char *body = NULL;

	for (size_t i = 0; i < TASK_SEARCH_TEXTS; i++)
		texts[i] = db_column_is_null(source, TEXTS[i]) ? NULL : db_column_text(source, TEXTS[i]);
	body = body_of(texts);
	db_bind_int(stmt, putting->plan_id, db_column_int(source, TASK_SEARCH_SOURCE_C_PLAN_ID));
	db_bind_int(stmt, putting->task_no, db_column_int(source, TASK_SEARCH_SOURCE_C_TASK_NO));
	db_bind_text(stmt, putting->body, body);
	return db_run(stmt, error);
}

static bool
run_all(const PlanScope *scope, int64_t task_no, const Putting *putting, GError **error)
{
	g_autoptr(DbStmt) source = NULL, stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &TASK_SEARCH_SOURCE, &source, error) ||
	    !db_prepare(scope->db, putting->sql, &stmt, error))
		return false;
	db_bind_int(source, TASK_SEARCH_SOURCE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(source, TASK_SEARCH_SOURCE_P_PLAN_ID, scope->plan_id);
	db_bind_int(source, TASK_SEARCH_SOURCE_P_TASK_NO, task_no);
	db_bind_int(stmt, putting->commune_id, scope->commune_id);
	while (db_step(source, &has_row, error) && has_row)
		if (!run_row(source, putting, stmt, error))
			return false;
	return !has_row;
}

/* From now on the search has of them what the tasks have. */
static bool
drop_old(const PlanScope *scope, int64_t task_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_SEARCH_OLD_DROP, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SEARCH_OLD_DROP_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_SEARCH_OLD_DROP_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_SEARCH_OLD_DROP_P_TASK_NO, task_no);
	return db_run(stmt, error);
}

bool
task_search_remove(const PlanScope *scope, int64_t task_no, GError **error)
{
	return run_all(scope, task_no, &REMOVE, error) && drop_old(scope, task_no, error);
}

bool
task_search_put(const PlanScope *scope, int64_t task_no, GError **error)
{
	return run_all(scope, task_no, &PUT, error);
}

bool
task_search_rebuild(Db *db, int64_t commune_id, GError **error)
{
	return run_all(&(PlanScope){.db = db, .commune_id = commune_id}, 0, &PUT, error);
}

typedef struct OldRow {
	int64_t plan_id, task_no;
} OldRow;

static bool
list_old(Db *db, int64_t commune_id, GArray *ret_rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &TASK_SEARCH_OLD_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SEARCH_OLD_LIST_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		OldRow row = {db_column_int(stmt, TASK_SEARCH_OLD_LIST_C_PLAN_ID),
		    db_column_int(stmt, TASK_SEARCH_OLD_LIST_C_TASK_NO)};

		g_array_append_val(ret_rows, row);
	}
	return !has_row;
}

bool
task_search_catch_up(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(OldRow));
	g_autoptr(DbTxn) txn = NULL;

	if (!list_old(db, commune_id, rows, error))
		return false;
	if (rows->len == 0)
		return true;
	if (!db_txn_begin(db, &txn, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const OldRow *row = &g_array_index(rows, OldRow, i);
		const PlanScope scope = {.db = db, .commune_id = commune_id, .plan_id = row->plan_id};

		if (!task_search_remove(&scope, row->task_no, error) ||
		    !task_search_put(&scope, row->task_no, error))
			return false;
	}
	return db_txn_commit(txn, error);
}
