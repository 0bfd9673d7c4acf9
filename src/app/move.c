/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/move.h"

#include "app/app_internal.h"
#include "app/directory.h"
#include "app/move_copy.h"
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

void
app_move_report_clear(AppMoveReport *report)
{
	g_clear_pointer(&report->sums, g_ptr_array_unref);
	g_clear_pointer(&report->to, g_free);
	ledger_report_clear(&report->ledger);
}

void
app_move_undo_clear(AppMoveUndo *undo)
{
	g_clear_pointer(&undo->kept, g_free);
}

static void
moving_clear(Moving *moving)
{
	move_target_clear(&moving->target);
	if (moving->lock_fd >= 0)
		close(moving->lock_fd);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Moving, moving_clear)

static char *
place_state(const char *place)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "moved_to", place);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

/* A row of the ledger, signed, in the transaction that changes the source's place. */
static bool
note(Moving *moving, const char *before, const char *after, GError **error)
{
	g_autofree char *was = before != NULL ? place_state(before) : NULL, *is = place_state(after);
	const LedgerNote row = {LEDGER_SYSTEM, "store", was, is};
	App *app = moving->app;

	return ledger_note(
		   app->db, app->commune.commune_id, &APP_SHELL_ACTOR, app_now_us(app), &row, error) &&
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

/* Until the source lets go. A copy that was made before counts only if it is what the source holds now. */
static bool
bring_over(Moving *moving, AppMoveReport *report, GError **error)
{
	bool may_be_copied = moving->target.is_found && moving->was_leaving;
	const char *differs = "";

	move_tell(moving, APP_MOVE_COPY);
	if ((may_be_copied && !move_compare(moving, report, &differs, error)) ||
	    (differs != NULL && !move_copy(moving, report, error)))
		return false;
	move_tell(moving, APP_MOVE_LET_GO);
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
		return move_check_target(moving, &report->ledger, error);
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "%s có dữ liệu của đơn vị này nhưng không phải là bản tiếp theo của nơi cũ", moving->target.name);
	return false;
}

/* The source has let go, so it is as it was when it was copied. */
static bool
compare_left(Moving *moving, AppMoveReport *report, GError **error)
{
	const char *differs;

	if (!move_compare(moving, report, &differs, error))
		return false;
	if (differs != NULL)
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "bảng %s ở nơi nhận không giống ở nơi gửi; hãy thêm --undo để dùng tiếp nơi cũ", differs);
	return differs == NULL;
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
	if (report->sums == NULL && !compare_left(moving, report, error))
		return false;
	move_tell(moving, APP_MOVE_ARRIVE);
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
	moving->was_leaving = moving->place == DB_PLACE_LEAVING;
	if (moving->place == DB_PLACE_ARRIVING)
		return db_place_check(app->db, app->commune.commune_id, error);
	if (moving->place == DB_PLACE_HERE || strcmp(elsewhere, moving->target.name) == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "dữ liệu đang được chuyển sang %s chứ không phải %s; hãy cho --to đúng nơi đó", elsewhere,
	    moving->target.name);
	return false;
}

/* A new file, instead of a copy that is there; any other file is refused. */
static bool
open_file(Moving *moving, GError **error)
{
	MoveTarget *target = &moving->target;
	bool did;

	if (move_target_is_copy(moving->app, target) && !move_discard(moving, &did, error))
		return false;
	return move_target_make(moving->app, target, error);
}

/* The target as this step of the move needs it. A server's copy goes with the transaction that makes the new
 * one. */
static bool
open_target(Moving *moving, GError **error)
{
	MoveTarget *target = &moving->target;
	bool is_server = db_is_server(target->location);

	if (moving->place == DB_PLACE_HERE && !is_server)
		return open_file(moving, error);
	if (!move_target_look(moving->app, target, DB_CREATE, error))
		return false;
	if (moving->place == DB_PLACE_LEFT)
		return true;
	if (target->is_found && target->place != DB_PLACE_ARRIVING)
		return refuse_occupied(moving, error);
	return is_server || open_file(moving, error);
}

/* The source goes on as before. */
static bool
take_back(Moving *moving, GError **error)
{
	return set_place(moving, DB_PLACE_HERE, moving->target.name, NULL, error);
}

static bool
leave(Moving *moving, AppMoveReport *report, GError **error)
{
	g_autoptr(GError) reason = NULL;

	move_tell(moving, APP_MOVE_LEAVE);
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
		move_tell(moving, APP_MOVE_MARK);
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

	if (moving->place == DB_PLACE_LEAVING)
		return true;
	if (!move_target_look(moving->app, target, DB_WRITE, error))
		return false;
	if (!target->is_found || target->place == DB_PLACE_ARRIVING)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "dữ liệu đã chuyển xong sang %s và đang được dùng ở đó; muốn quay về thì hãy chuyển "
	    "ngược lại bằng \"namro migrate\"",
	    target->name);
	return false;
}

/* What an earlier move has left. */
static bool
clean_up(Moving *moving, AppMoveUndo *undo, GError **error)
{
	move_tell(moving, APP_MOVE_DISCARD);
	if (!move_discard(moving, &undo->is_removed, error))
		return false;
	if (!undo->is_removed)
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "không có lần chuyển nào dở dang ở %s, nên không có gì để hủy", moving->app->directory);
	return undo->is_removed;
}

/* The source first: the copy cannot live any more, and whether it goes now or with the next move is all one.
 */
static bool
undo_move(Moving *moving, AppMoveUndo *undo, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (!check_not_living(moving, error))
		return false;
	move_tell(moving, APP_MOVE_TAKE_BACK);
	if (!take_back(moving, error))
		return false;
	undo->is_taken_back = true;
	move_tell(moving, APP_MOVE_DISCARD);
	if (!move_discard(moving, &undo->is_removed, &reason))
		undo->kept = g_strdup(reason->message);
	return true;
}

bool
app_move_undo(App *app, const AppMoveOptions *options, AppMoveUndo *ret_undo, GError **error)
{
	g_auto(Moving) moving = {.app = app, .options = options, .lock_fd = -1};
	g_auto(AppMoveUndo) undo = {0};

	if (!look(&moving, error) || !(moving.place == DB_PLACE_HERE ? clean_up(&moving, &undo, error)
								     : undo_move(&moving, &undo, error)))
		return false;
	*ret_undo = undo;
	undo = (AppMoveUndo){0};
	return true;
}
