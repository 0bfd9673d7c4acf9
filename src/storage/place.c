/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/place.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/storage.sql.h"

bool
db_place_read(Db *db, int64_t commune_id, DbPlace *ret_place, char **ret_elsewhere, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t place = DB_PLACE_HERE;
	bool has_row;

	if (!db_prepare(db, &STORAGE_PLACE, &stmt, error))
		return false;
	db_bind_int(stmt, STORAGE_PLACE_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		place = db_column_int(stmt, STORAGE_PLACE_C_PLACE);
	if (place < DB_PLACE_HERE || place >= DB_PLACE_MAX) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "the store has an unknown place %" G_GINT64_FORMAT " for the commune %" G_GINT64_FORMAT,
		    place, commune_id);
		return false;
	}
	*ret_place = (DbPlace)place;
	if (ret_elsewhere != NULL)
		*ret_elsewhere = g_strdup(has_row ? db_column_text(stmt, STORAGE_PLACE_C_ELSEWHERE) : "");
	return true;
}

bool
db_place_write(Db *db, int64_t commune_id, DbPlace place, const char *elsewhere, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	g_return_val_if_fail(db_txn_is_writing(db) && !db->txn.is_group, false);
	db->txn.moves = true;
	if (!db_prepare(db, &STORAGE_SET_PLACE, &stmt, error))
		return false;
	db_bind_int(stmt, STORAGE_SET_PLACE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, STORAGE_SET_PLACE_P_PLACE, place);
	db_bind_text(stmt, STORAGE_SET_PLACE_P_ELSEWHERE, elsewhere);
	return db_run(stmt, error);
}

static void
refuse(DbPlace place, const char *elsewhere, GError **error)
{
	static const struct {
		const char *what, *next;
	} WORDS[DB_PLACE_MAX] = {
	    [DB_PLACE_LEAVING] = {"dữ liệu đang được chuyển dở sang ",
		" nên nơi này không ghi gì thêm; hãy chạy lại đúng lệnh \"namro migrate\" đó để chuyển nốt, "
		"hoặc thêm --undo vào lệnh để dùng tiếp nơi này"},
	    [DB_PLACE_LEFT] = {"dữ liệu đã chuyển sang ",
		" nên nơi này không ghi gì thêm; hãy làm việc ở nơi mới, nếu nơi mới chưa mở được thì chạy "
		"lại đúng lệnh \"namro migrate\" đó"},
	    [DB_PLACE_ARRIVING] = {"dữ liệu chưa chuyển xong từ ",
		" sang đây nên chưa dùng được; hãy chạy lại đúng lệnh \"namro migrate\" đó để chuyển nốt"},
	};

	g_set_error(
	    error, APP_ERROR, APP_ERROR_CONFLICT, "%s%s%s", WORDS[place].what, elsewhere, WORDS[place].next);
}

bool
db_place_check(Db *db, int64_t commune_id, GError **error)
{
	g_autofree char *elsewhere = NULL;
	DbPlace place;

	if (!db_place_read(db, commune_id, &place, &elsewhere, error))
		return false;
	if (place != DB_PLACE_HERE)
		refuse(place, elsewhere, error);
	return place == DB_PLACE_HERE;
}
