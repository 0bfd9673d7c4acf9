/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/move_copy.h"

#include "app/app_internal.h"
#include "base/app-error.h"
#include "base/arena.h"
#include "storage/txn.h"

#include <string.h>

void
move_tell(const Moving *moving, AppMoveStep step)
{
	if (moving->options->on_step != NULL)
		moving->options->on_step(moving->options->data, step);
}

static bool
rebuild(const GPtrArray *modules, Db *db, int64_t commune_id, GError **error)
{
	for (guint i = 0; i < modules->len; i++) {
		const AppModule *module = g_ptr_array_index(modules, i);

		if (module->rebuild != NULL && !module->rebuild(db, commune_id, error))
			return false;
	}
	return true;
}

bool
app_copy_commune(
    const GPtrArray *modules, Db *from, Db *to, int64_t commune_id, GPtrArray **ret_sums, GError **error)
{
	g_autoptr(GPtrArray) here = NULL;
	g_autoptr(GPtrArray) there = NULL;
	const char *table;

	if (!db_commune_copy(from, to, commune_id, &here, error) ||
	    !rebuild(modules, to, commune_id, error) || !db_commune_sum(to, commune_id, &there, error))
		return false;
	table = db_sums_differ(here, there);
	if (table != NULL) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_STORAGE, "bảng %s ở nơi nhận không giống ở nơi gửi", table);
		return false;
	}
	*ret_sums = g_steal_pointer(&here);
	return true;
}

bool
move_check_target(Moving *moving, LedgerReport *report, GError **error)
{
	if (!app_verify_in(moving->app, moving->target.db, report, error))
		return false;
	if (report->problems->len == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "nhật ký ở nơi nhận không nguyên vẹn: %s",
	    (const char *)g_ptr_array_index(report->problems, 0));
	return false;
}

bool
move_compare(Moving *moving, AppMoveReport *report, const char **ret_differs, GError **error)
{
	int64_t commune_id = moving->app->commune.commune_id;
	g_autoptr(GPtrArray) here = NULL;
	g_autoptr(GPtrArray) there = NULL;
	g_autoptr(DbTxn) from = NULL;
	g_autoptr(DbTxn) to = NULL;

	if (!db_txn_begin_read(moving->app->db, &from, error) ||
	    !db_txn_begin_read(moving->target.db, &to, error) ||
	    !db_commune_sum(moving->app->db, commune_id, &here, error) ||
	    !db_commune_sum(moving->target.db, commune_id, &there, error))
		return false;
	*ret_differs = g_intern_string(db_sums_differ(here, there));
	if (*ret_differs != NULL)
		return true;
	report->sums = g_steal_pointer(&here);
	return move_check_target(moving, &report->ledger, error) && db_txn_commit(to, error) &&
	       db_txn_commit(from, error);
}

/* The source's ledger has the copy's last row, and so, by the chain, every row of the copy. */
static bool
check_is_copy(const Moving *moving, GError **error)
{
	int64_t commune_id = moving->app->commune.commune_id;
	g_autoptr(Arena) arena = arena_new();
	LedgerMark head;
	LedgerRow row;

	if (!ledger_head(moving->target.db, commune_id, &head, error))
		return false;
	if (ledger_find(moving->app->db, commune_id, head.seq, arena, &row, NULL) &&
	    memcmp(head.hash, row.hash, sizeof(head.hash)) == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "%s có một bản chép chuyển dở dang mà nhật ký không thuộc về dữ liệu ở đây, nên không bị xóa; "
	    "hãy "
	    "chuyển sang nơi khác, hoặc tìm thư mục dữ liệu mà bản chép đó được chép từ",
	    moving->target.name);
	return false;
}

static bool
remove_rows(Moving *moving, GError **error)
{
	return check_is_copy(moving, error) &&
	       db_commune_remove(moving->target.db, moving->app->commune.commune_id, error);
}

bool
move_copy(Moving *moving, AppMoveReport *report, GError **error)
{
	App *app = moving->app;
	int64_t commune_id = app->commune.commune_id;
	g_autofree char *from_name = db_describe(app->location);
	g_autoptr(DbTxn) from = NULL;
	g_autoptr(DbTxn) to = NULL;
	Db *db = moving->target.db;

	if (!db_txn_begin_read(app->db, &from, error) || !db_txn_begin(db, &to, error) ||
	    (moving->target.is_found && !remove_rows(moving, error)) ||
	    !db_place_write(db, commune_id, DB_PLACE_ARRIVING, from_name, error) ||
	    !app_copy_commune(app->modules, app->db, db, commune_id, &report->sums, error) ||
	    !move_check_target(moving, &report->ledger, error))
		return false;
	move_tell(moving, APP_MOVE_SETTLE);
	if (!db_txn_commit(to, error))
		return false;
	g_clear_pointer(&to, db_txn_free);
	if (!db_txn_commit(from, error))
		return false;
	move_tell(moving, APP_MOVE_NAME);
	return move_target_name(app, &moving->target, error);
}

/* What is not there yet holds no copy. */
static bool
look_for_copy(Moving *moving, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (moving->target.db != NULL || move_target_look(moving->app, &moving->target, DB_WRITE, &reason) ||
	    g_error_matches(reason, APP_ERROR, APP_ERROR_NOT_FOUND))
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool
move_discard(Moving *moving, bool *ret_did, GError **error)
{
	MoveTarget *target = &moving->target;
	g_autoptr(DbTxn) txn = NULL;

	*ret_did = false;
	if (!look_for_copy(moving, error))
		return false;
	if (!target->is_found || target->place != DB_PLACE_ARRIVING)
		return true;
	if (!db_is_server(target->location)) {
		if (!check_is_copy(moving, error))
			return false;
		move_target_drop_file(target);
	} else {
		if (!db_txn_begin(target->db, &txn, error) || !remove_rows(moving, error))
			return false;
		move_tell(moving, APP_MOVE_REMOVE);
		if (!db_txn_commit(txn, error))
			return false;
		target->is_found = false;
	}
	*ret_did = true;
	return true;
}
