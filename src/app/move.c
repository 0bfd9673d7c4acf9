/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/move.h"

#include "app/app_internal.h"
#include "app/directory.h"
#include "app/move_target.h"
#include "base/app-error.h"
#include "base/arena.h"
#include "base/json.h"
#include "storage/txn.h"

#include <string.h>
#include <unistd.h>

#define OWN_SCHEMA \
	". Các xã được tạo khi chưa có mã đơn vị hành chính cùng mang một số; hãy cho xã này một vùng " \
	"riêng " \
	"trên máy chủ bằng cách thêm \"?options=-csearch_path%3Dten-xa\" vào địa chỉ"
#define AGAIN "; hãy chạy lại đúng lệnh này để chuyển nốt"
#define AGAIN_OR_BACK AGAIN ", hoặc thêm --undo để dùng tiếp nơi cũ"

/* A move on its way. */
typedef struct Moving {
	App *app;
	const AppMoveOptions *options;
	MoveTarget target;
	DbPlace place; /* of the source */
	int lock_fd;
} Moving;

void
app_move_report_clear(AppMoveReport *report)
{
	g_clear_pointer(&report->sums, g_ptr_array_unref);
	g_clear_pointer(&report->to, g_free);
	ledger_report_clear(&report->ledger);
}

static void
moving_clear(Moving *moving)
{
	move_target_clear(&moving->target);
	if (moving->lock_fd >= 0)
		close(moving->lock_fd);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Moving, moving_clear)

static void
tell(const Moving *moving, AppMoveStep step)
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

static bool
refuse_difference(const char *table, GError **error)
{
	if (table != NULL)
		g_set_error(
		    error, APP_ERROR, APP_ERROR_STORAGE, "bảng %s ở nơi nhận không giống ở nơi gửi", table);
	return table == NULL;
}

bool
app_copy_commune(
    const GPtrArray *modules, Db *from, Db *to, int64_t commune_id, GPtrArray **ret_sums, GError **error)
{
	g_autoptr(GPtrArray) here = NULL;
	g_autoptr(GPtrArray) there = NULL;

	if (!db_commune_copy(from, to, commune_id, &here, error) ||
	    !rebuild(modules, to, commune_id, error) || !db_commune_sum(to, commune_id, &there, error) ||
	    !refuse_difference(db_sums_differ(here, there), error))
		return false;
	*ret_sums = g_steal_pointer(&here);
	return true;
}

/* A row of the ledger, signed, in the transaction that changes the source's place. */
static bool
note(Moving *moving, const char *before, const char *after, GError **error)
{
	g_autoptr(GString) was = g_string_new(NULL), is = g_string_new(NULL);
	const char *const places[] = {before, after};
	GString *const states[] = {was, is};
	App *app = moving->app;
	LedgerNote note = {LEDGER_SYSTEM, "store", NULL, NULL};
	JsonWriter json;

	for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
		json_init(&json, states[i], false);
		json_begin_object(&json);
		json_key_string(&json, "moved_to", places[i]);
		json_end_object(&json);
	}
	note.before = before != NULL ? was->str : NULL;
	note.after = is->str;
	return ledger_note(
		   app->db, app->commune.commune_id, &APP_SHELL_ACTOR, app_now_us(app), &note, error) &&
	       app_sign_ledger(app, error);
}

/* before, after: where the ledger says it goes; both NULL: it says nothing. */
static bool
set_place(Moving *moving, DbPlace place, const char *before, const char *after, GError **error)
{
	App *app = moving->app;
	const char *elsewhere = place == DB_PLACE_HERE ? "" : moving->target.name;
	bool is_noted = before != NULL || after != NULL;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(app->db, &txn, error) ||
	    !db_place_write(app->db, app->commune.commune_id, place, elsewhere, error) ||
	    (is_noted && !note(moving, before, after, error)) || !db_txn_commit(txn, error))
		return false;
	moving->place = place;
	return true;
}

static bool
check_target(Moving *moving, LedgerReport *report, GError **error)
{
	if (!app_verify_in(moving->app, moving->target.db, report, error))
		return false;
	if (report->problems->len == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "nhật ký ở nơi nhận không nguyên vẹn: %s",
	    (const char *)g_ptr_array_index(report->problems, 0));
	return false;
}

/* A copy that was made before counts only if it is what the source holds now. */
static bool
prove(Moving *moving, AppMoveReport *report, GError **error)
{
	App *app = moving->app;
	g_autoptr(GPtrArray) there = NULL;
	g_autoptr(DbTxn) from = NULL;
	g_autoptr(DbTxn) to = NULL;

	if (!db_txn_begin_read(app->db, &from, error) || !db_txn_begin_read(moving->target.db, &to, error) ||
	    !db_commune_sum(app->db, app->commune.commune_id, &report->sums, error) ||
	    !db_commune_sum(moving->target.db, app->commune.commune_id, &there, error))
		return false;
	if (!refuse_difference(db_sums_differ(report->sums, there), error)) {
		g_prefix_error(error, "nơi nhận còn giữ bản chép của một lần chuyển đã bỏ; hãy nhờ người "
				      "quản trị máy chủ xóa bản chép đó, hoặc chuyển sang một vùng khác: ");
		return false;
	}
	return check_target(moving, &report->ledger, error) && db_txn_commit(to, error) &&
	       db_txn_commit(from, error);
}

/* The target's transaction is open until everything there was looked at. */
static bool
copy(Moving *moving, AppMoveReport *report, GError **error)
{
	App *app = moving->app;
	g_autofree char *from_name = db_describe(app->location);
	g_autoptr(DbTxn) from = NULL;
	g_autoptr(DbTxn) to = NULL;
	Db *db = moving->target.db;

	if (!db_txn_begin_read(app->db, &from, error) || !db_txn_begin(db, &to, error) ||
	    !db_place_write(db, app->commune.commune_id, DB_PLACE_ARRIVING, from_name, error) ||
	    !app_copy_commune(app->modules, app->db, db, app->commune.commune_id, &report->sums, error) ||
	    !check_target(moving, &report->ledger, error))
		return false;
	tell(moving, APP_MOVE_SETTLE);
	if (!db_txn_commit(to, error))
		return false;
	g_clear_pointer(&to, db_txn_free);
	if (!db_txn_commit(from, error))
		return false;
	tell(moving, APP_MOVE_NAME);
	return move_target_name(app, &moving->target, error);
}

/* Until the source lets go. */
static bool
bring_over(Moving *moving, AppMoveReport *report, GError **error)
{
	tell(moving, APP_MOVE_COPY);
	if (!(moving->target.is_found ? prove(moving, report, error) : copy(moving, report, error)))
		return false;
	tell(moving, APP_MOVE_LET_GO);
	return set_place(moving, DB_PLACE_LEFT, NULL, NULL, error);
}

/* The target has gone on from where the source ended. */
static bool
check_descent(Moving *moving, AppMoveReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	int64_t commune_id = moving->app->commune.commune_id;
	LedgerMark head, last_signed;
	LedgerRow row;

	if (!ledger_marks(moving->app->db, commune_id, &head, &last_signed, error) ||
	    !ledger_find(moving->target.db, commune_id, head.seq, arena, &row, error))
		return false;
	if (memcmp(head.hash, row.hash, LEDGER_HASH_SIZE) == 0)
		return check_target(moving, &report->ledger, error);
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "%s có dữ liệu của đơn vị này nhưng không phải là bản tiếp theo của nơi cũ", moving->target.name);
	return false;
}

static bool
arrive(Moving *moving, AppMoveReport *report, GError **error)
{
	int64_t commune_id = moving->app->commune.commune_id;
	Db *db = moving->target.db;
	g_autoptr(DbTxn) txn = NULL;

	if (!moving->target.is_found && report->sums == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "%s không có dữ liệu của đơn vị này",
		    moving->target.name);
		return false;
	}
	if (moving->target.is_found && moving->target.place == DB_PLACE_HERE && report->sums == NULL)
		return check_descent(moving, report, error);
	if (report->sums == NULL && !prove(moving, report, error))
		return false;
	tell(moving, APP_MOVE_ARRIVE);
	return db_txn_begin(db, &txn, error) && db_place_write(db, commune_id, DB_PLACE_HERE, "", error) &&
	       db_txn_commit(txn, error);
}

static bool
refuse_occupied(const Moving *moving, GError **error)
{
	const AppCommune *commune = &moving->app->commune;

	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "nơi nhận đã có dữ liệu của \"%s\" (số %" G_GINT64_FORMAT "); không chuyển đè lên%s",
	    commune->name, commune->commune_id, *commune->code == '\0' ? OWN_SCHEMA : "");
	return false;
}

/* Where both stores stand, before anything is written. */
static bool
look(Moving *moving, GError **error)
{
	App *app = moving->app;
	g_autofree char *elsewhere = NULL;

	if (!directory_hold(app->directory, true, &moving->lock_fd, error) ||
	    !move_target_choose(app, moving->options->database, &moving->target, error) ||
	    !db_place_read(app->db, app->commune.commune_id, &moving->place, &elsewhere, error))
		return false;
	if (moving->place == DB_PLACE_ARRIVING)
		return db_place_check(app->db, app->commune.commune_id, error);
	if (moving->place == DB_PLACE_HERE || strcmp(elsewhere, moving->target.name) == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "dữ liệu đang được chuyển sang %s chứ không phải %s; hãy cho --to đúng nơi đó", elsewhere,
	    moving->target.name);
	return false;
}

/* The target as this step of the move needs it. */
static bool
open_target(Moving *moving, GError **error)
{
	MoveTarget *target = &moving->target;
	bool is_server = db_is_server(target->location);

	if (moving->place == DB_PLACE_HERE && !is_server)
		return move_target_make(moving->app, target, error);
	if (!move_target_look(moving->app, target, error))
		return false;
	if (moving->place == DB_PLACE_LEFT)
		return true;
	if (target->is_found && target->place != DB_PLACE_ARRIVING)
		return refuse_occupied(moving, error);
	if (is_server)
		return true;
	if (target->is_found)
		move_target_drop_file(target);
	return move_target_make(moving->app, target, error);
}

/* The source goes on as before; a copy that is left at a server never counts. */
static bool
take_back(Moving *moving, GError **error)
{
	return set_place(moving, DB_PLACE_HERE, moving->target.name, NULL, error);
}

static bool
leave(Moving *moving, AppMoveReport *report, GError **error)
{
	g_autoptr(GError) reason = NULL;

	tell(moving, APP_MOVE_LEAVE);
	if (moving->place == DB_PLACE_HERE &&
	    !set_place(moving, DB_PLACE_LEAVING, NULL, moving->target.name, error))
		return false;
	if (bring_over(moving, report, &reason))
		return true;
	if (take_back(moving, NULL))
		g_propagate_error(error, g_steal_pointer(&reason));
	else
		g_propagate_prefixed_error(
		    error, g_steal_pointer(&reason), "việc chuyển dừng giữa chừng" AGAIN_OR_BACK ". Lý do: ");
	return false;
}

static bool
finish(Moving *moving, AppMoveReport *report, GError **error)
{
	const App *app = moving->app;
	const DirectoryMark mark = {app->commune.commune_id, moving->options->database != NULL};

	if (arrive(moving, report, error)) {
		tell(moving, APP_MOVE_MARK);
		if (directory_mark_write(app->directory, &mark, error))
			return true;
	}
	g_prefix_error(error, "dữ liệu đã rời nơi cũ nhưng chưa dùng được ở nơi mới" AGAIN ". Lý do: ");
	return false;
}

bool
app_move(App *app, const AppMoveOptions *options, AppMoveReport *ret_report, GError **error)
{
	g_auto(Moving) moving = {.app = app, .options = options, .lock_fd = -1};
	g_auto(AppMoveReport) report = {0};

	if (!look(&moving, error) || !open_target(&moving, error) ||
	    (moving.place != DB_PLACE_LEFT && !leave(&moving, &report, error)) ||
	    !finish(&moving, &report, error))
		return false;
	report.to = g_steal_pointer(&moving.target.name);
	*ret_report = report;
	report = (AppMoveReport){0};
	return true;
}

/* The target has not begun to live: as long as the source has not let go, it cannot have. */
static bool
check_not_living(Moving *moving, GError **error)
{
	MoveTarget *target = &moving->target;
	bool is_server = db_is_server(target->location);

	if (is_server && moving->place == DB_PLACE_LEAVING)
		return true;
	if (!move_target_look(moving->app, target, error))
		return false;
	if (!target->is_found)
		return true;
	if (target->place != DB_PLACE_ARRIVING) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "dữ liệu đã chuyển xong sang %s và đang được dùng ở đó; muốn quay về thì hãy chuyển "
		    "ngược lại bằng \"namro migrate\"",
		    target->name);
		return false;
	}
	if (!is_server)
		move_target_drop_file(target);
	return true;
}

bool
app_move_undo(App *app, const char *database, GError **error)
{
	const AppMoveOptions options = {.database = database};
	g_auto(Moving) moving = {.app = app, .options = &options, .lock_fd = -1};

	if (!look(&moving, error))
		return false;
	if (moving.place == DB_PLACE_HERE) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "không có lần chuyển nào dở dang ở %s, nên không có gì để hủy", app->directory);
		return false;
	}
	return check_not_living(&moving, error) && take_back(&moving, error);
}
