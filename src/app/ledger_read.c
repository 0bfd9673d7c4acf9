/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.sql.h"
#include "app/ledger.h"
#include "base/app-error.h"

#include <string.h>

#define WALK_ROWS 1000     /* fetched at once */
#define WALK_BACK_ROWS 100 /* most who walk back want a page */

/* The index by object has parts of so many rows (sql/0004-ledger-parts.sql). */
#define LEDGER_PART_ROWS 2048
#define PARTS_AT_ONCE 64

const char *
ledger_action_title(LedgerAction action)
{
	static const char *const TITLES[LEDGER_ACTION_MAX] = {
	    "Thêm", "Sửa", "Bỏ", "Xem dữ liệu cá nhân", "Xuất dữ liệu", "Truy cập", "Hệ thống"};

	return action < LEDGER_ACTION_MAX ? TITLES[action] : "";
}

static void
copy_hash(const DbStmt *stmt, int column, uint8_t hash[static LEDGER_HASH_SIZE])
{
	size_t len;
	const void *bytes = db_column_bytes(stmt, column, &len);

	memset(hash, 0, LEDGER_HASH_SIZE);
	if (len == LEDGER_HASH_SIZE)
		memcpy(hash, bytes, len);
}

/* The statements that give rows have the same columns. */
static LedgerRow
read_row(const DbStmt *stmt)
{
	LedgerRow row = {
	    .seq = db_column_int(stmt, APP_LEDGER_WALK_C_SEQ),
	    .at_us = db_column_int(stmt, APP_LEDGER_WALK_C_AT_US),
	    .actor = {db_column_int(stmt, APP_LEDGER_WALK_C_ACTOR_ID),
		db_column_text(stmt, APP_LEDGER_WALK_C_ACTOR),
		db_column_text(stmt, APP_LEDGER_WALK_C_ORIGIN)},
	    .action = (LedgerAction)db_column_int(stmt, APP_LEDGER_WALK_C_ACTION),
	    .object = db_column_text(stmt, APP_LEDGER_WALK_C_OBJECT),
	    .before = db_column_text(stmt, APP_LEDGER_WALK_C_BEFORE_STATE),
	    .after = db_column_text(stmt, APP_LEDGER_WALK_C_AFTER_STATE),
	};

	copy_hash(stmt, APP_LEDGER_WALK_C_HASH, row.hash);
	return row;
}

/* Visits one piece; *after moves to its last row, *ret_n counts what was visited. */
static bool
walk_piece(Db *db, int64_t commune_id, int64_t *after, LedgerVisit visit, void *data, size_t *ret_n,
    bool *ret_goes_on, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_n = 0;
	if (!db_prepare(db, &APP_LEDGER_WALK, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_WALK_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, APP_LEDGER_WALK_P_AFTER, *after);
	db_bind_int(stmt, APP_LEDGER_WALK_P_ROW_LIMIT, WALK_ROWS);
	for (;;) {
		LedgerRow row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row || !*ret_goes_on)
			return true;
		row = read_row(stmt);
		*after = row.seq;
		++*ret_n;
		*ret_goes_on = visit(data, &row);
	}
}

bool
ledger_walk(Db *db, int64_t commune_id, LedgerVisit visit, void *data, GError **error)
{
	int64_t after = 0;
	bool goes_on = true;
	size_t n;

	do {
		if (!walk_piece(db, commune_id, &after, visit, data, &n, &goes_on, error))
			return false;
	} while (n == WALK_ROWS && goes_on);
	return true;
}

/* Visits the rows of a statement, newest first; *before moves to the last of them. */
static bool
walk_rows(DbStmt *stmt, LedgerVisit visit, void *data, int64_t *before, size_t *ret_n, bool *goes_on,
    GError **error)
{
	bool has_row;

	for (*ret_n = 0; *goes_on; ++*ret_n) {
		LedgerRow row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		row = read_row(stmt);
		*before = row.seq;
		*goes_on = visit(data, &row);
	}
	return true;
}

static bool
walk_back_all(Db *db, int64_t commune_id, int64_t before, LedgerVisit visit, void *data, GError **error)
{
	bool goes_on = true;
	size_t n;

	do {
		g_autoptr(DbStmt) stmt = NULL;

		if (!db_prepare(db, &APP_LEDGER_WALK_BACK, &stmt, error))
			return false;
		db_bind_int(stmt, APP_LEDGER_WALK_BACK_P_COMMUNE_ID, commune_id);
		db_bind_int(stmt, APP_LEDGER_WALK_BACK_P_BEFORE, before);
		db_bind_int(stmt, APP_LEDGER_WALK_BACK_P_ROW_LIMIT, WALK_BACK_ROWS);
		if (!walk_rows(stmt, visit, data, &before, &n, &goes_on, error))
			return false;
	} while (n == WALK_BACK_ROWS && goes_on);
	return true;
}

/* Some parts of the index at a time, the newest first. */
static bool
walk_back_object(Db *db, int64_t commune_id, const char *object, int64_t before, LedgerVisit visit,
    void *data, GError **error)
{
	bool goes_on = true;
	LedgerMark head;

	if (!ledger_head(db, commune_id, &head, error))
		return false;
	before = MIN(before, head.seq + 1);
	while (goes_on && before > 1) {
		g_autoptr(DbStmt) stmt = NULL;
		int64_t part = MAX((before - 1) / LEDGER_PART_ROWS - (PARTS_AT_ONCE - 1), 0);
		size_t n;

		if (!db_prepare(db, &APP_LEDGER_OF_OBJECT, &stmt, error))
			return false;
		db_bind_int(stmt, APP_LEDGER_OF_OBJECT_P_COMMUNE_ID, commune_id);
		db_bind_text(stmt, APP_LEDGER_OF_OBJECT_P_OBJECT, object);
		db_bind_int(stmt, APP_LEDGER_OF_OBJECT_P_PART, part);
		db_bind_int(stmt, APP_LEDGER_OF_OBJECT_P_BEFORE, before);
		db_bind_int(stmt, APP_LEDGER_OF_OBJECT_P_ROW_LIMIT, WALK_BACK_ROWS);
		if (!walk_rows(stmt, visit, data, &before, &n, &goes_on, error))
			return false;
		if (n < WALK_BACK_ROWS)
			before = part * LEDGER_PART_ROWS;
	}
	return true;
}

bool
ledger_walk_back(Db *db, int64_t commune_id, const char *object, int64_t before, LedgerVisit visit,
    void *data, GError **error)
{
	return object == NULL ? walk_back_all(db, commune_id, before, visit, data, error)
			      : walk_back_object(db, commune_id, object, before, visit, data, error);
}

bool
ledger_find(Db *db, int64_t commune_id, int64_t seq, Arena *arena, LedgerRow *ret_row, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &APP_LEDGER_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LEDGER_FIND_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, APP_LEDGER_FIND_P_SEQ, seq);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "nhật ký không có dòng %" G_GINT64_FORMAT, seq);
		return false;
	}
	*ret_row = read_row(stmt);
	ret_row->actor.name = arena_strdup(arena, ret_row->actor.name);
	ret_row->actor.origin = arena_strdup(arena, ret_row->actor.origin);
	ret_row->object = arena_strdup(arena, ret_row->object);
	ret_row->before = arena_strdup(arena, ret_row->before);
	ret_row->after = arena_strdup(arena, ret_row->after);
	return true;
}

/* Rows have numbers without gaps and times that never go back: halving finds the place without an index. */
bool
ledger_seq_at(Db *db, int64_t commune_id, int64_t at_us, int64_t *ret_seq, GError **error)
{
	LedgerMark head, last;
	int64_t low = 1, high;

	if (!ledger_marks(db, commune_id, &head, &last, error))
		return false;
	high = head.seq + 1;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		g_autoptr(Arena) arena = arena_new();
		LedgerRow row;

		if (!ledger_find(db, commune_id, middle, arena, &row, error))
			return false;
		if (row.at_us < at_us)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_seq = low;
	return true;
}

static bool
take_state(void *data, const LedgerRow *row)
{
	char **ret_state = data;

	*ret_state = g_strdup(row->after);
	return false;
}

bool
ledger_last_state(Db *db, int64_t commune_id, const char *object, char **ret_state, GError **error)
{
	*ret_state = NULL;
	return ledger_walk_back(db, commune_id, object, INT64_MAX, take_state, ret_state, error);
}
