/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_draft.h"

#include "app/filestore.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/text.h"
#include "modules/document/document.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_internal.h"
#include "modules/intake/intake_note.h"
#include "storage/txn.h"

#include <string.h>

#define NAME_CHARACTERS 200 /* of a file name that is kept */

/* The three statements that give drafts have the same columns. */
static void
read_draft(const DbStmt *stmt, Arena *arena, IntakeDraft *draft)
{
	draft->draft_id = db_column_int(stmt, INTAKE_DRAFT_FIND_C_DRAFT_ID);
	draft->state = (IntakeState)db_column_int(stmt, INTAKE_DRAFT_FIND_C_STATE);
	draft->format = (ReaderFormat)db_column_int(stmt, INTAKE_DRAFT_FIND_C_FORMAT);
	draft->file_sha256 = arena_strdup(arena, db_column_text(stmt, INTAKE_DRAFT_FIND_C_FILE_SHA256));
	draft->source_sha256 = arena_strdup(arena, db_column_text(stmt, INTAKE_DRAFT_FIND_C_SOURCE_SHA256));
	draft->file_name = arena_strdup(arena, db_column_text(stmt, INTAKE_DRAFT_FIND_C_FILE_NAME));
	draft->size_bytes = db_column_int(stmt, INTAKE_DRAFT_FIND_C_SIZE_BYTES);
	draft->page_done = db_column_int(stmt, INTAKE_DRAFT_FIND_C_PAGE_DONE);
	draft->page_total = db_column_int(stmt, INTAKE_DRAFT_FIND_C_PAGE_TOTAL);
	draft->message = arena_strdup(arena, db_column_text(stmt, INTAKE_DRAFT_FIND_C_MESSAGE));
	draft->caption = arena_strdup(arena, db_column_text(stmt, INTAKE_DRAFT_FIND_C_CAPTION));
	draft->version = db_column_int(stmt, INTAKE_DRAFT_FIND_C_VERSION);
	draft->tasks = db_column_int(stmt, INTAKE_DRAFT_FIND_C_TASK_COUNT);
	draft->indicators = db_column_int(stmt, INTAKE_DRAFT_FIND_C_INDICATOR_COUNT);
	draft->doubts = db_column_int(stmt, INTAKE_DRAFT_FIND_C_DOUBT_COUNT);
	draft->plan_id = db_column_int(stmt, INTAKE_DRAFT_FIND_C_PLAN_ID);
	draft->created_at = db_column_int(stmt, INTAKE_DRAFT_FIND_C_CREATED_AT);
	draft->updated_at = db_column_int(stmt, INTAKE_DRAFT_FIND_C_UPDATED_AT);
}

static bool
check_file(const IntakeFile *file, ReaderFormat format, GError **error)
{
	if (file->len > LIMIT_SOURCE_BYTES) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "tệp lớn hơn %zu MB; hãy tách hoặc nén ảnh trong tệp",
		    LIMIT_SOURCE_BYTES / (1024 * 1024));
		return false;
	}
	if (file->len == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp rỗng; hãy chọn lại tệp");
		return false;
	}
	if (format == READER_FORMAT_UNKNOWN) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "không nhận ra loại tệp; hãy dùng PDF, Word, Excel, ảnh (PNG, JPEG, TIFF), trang web "
		    "hoặc văn "
		    "bản thuần");
		return false;
	}
	return true;
}

/* The last part of a name as browsers of any system send it. */
static char *
clean_name(const char *name)
{
	const char *slash = strrchr(name, '/'), *backslash = strrchr(name, '\\');
	const char *start = MAX(slash, backslash) != NULL ? MAX(slash, backslash) + 1 : name;
	g_autofree char *text = NULL;

	if (!text_ingest(start, -1, &text, NULL) || *text == '\0')
		return g_strdup("văn bản");
	return g_utf8_strlen(text, -1) > NAME_CHARACTERS ? g_utf8_substring(text, 0, NAME_CHARACTERS)
							 : g_steal_pointer(&text);
}

/* A draft or a live plan of the same file. */
static bool
find_known(const IntakeScope *scope, const char *key, IntakeArrival *arrival, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	PlanKnown plan = {0};
	int64_t document_id;
	bool row;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_FIND_FILE, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_FIND_FILE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, INTAKE_DRAFT_FIND_FILE_P_FILE_SHA256, key);
	db_bind_int(stmt, INTAKE_DRAFT_FIND_FILE_P_DISCARDED, INTAKE_DISCARDED);
	if (!db_step(stmt, &row, error))
		return false;
	if (row) {
		*arrival = (IntakeArrival){INTAKE_DRAFT_KNOWN,
		    db_column_int(stmt, INTAKE_DRAFT_FIND_FILE_C_DRAFT_ID),
		    db_column_int(stmt, INTAKE_DRAFT_FIND_FILE_C_PLAN_ID)};
		return true;
	}
	if (!document_find_by_file(scope->db, scope->commune_id, key, &document_id, error) ||
	    (document_id != 0 &&
		!plan_find_document(scope->db, scope->commune_id, document_id, &plan, error)))
		return false;
	if (plan.plan_id != 0)
		*arrival = (IntakeArrival){INTAKE_DRAFT_LIVE, 0, plan.plan_id};
	return true;
}

static bool
insert_draft(const IntakeScope *scope, const IntakeFile *file, const char *key, ReaderFormat format,
    int64_t *ret_draft_id, GError **error)
{
	g_autofree char *name = clean_name(file->name);
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, INTAKE_DRAFT_INSERT_P_FILE_SHA256, key);
	db_bind_text(stmt, INTAKE_DRAFT_INSERT_P_FILE_NAME, name);
	db_bind_int(stmt, INTAKE_DRAFT_INSERT_P_SIZE_BYTES, (int64_t)file->len);
	db_bind_int(stmt, INTAKE_DRAFT_INSERT_P_FORMAT, format);
	db_bind_int(stmt, INTAKE_DRAFT_INSERT_P_STATE, INTAKE_WAITING);
	db_bind_int(stmt, INTAKE_DRAFT_INSERT_P_NOW_US, scope->now_us);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_draft_id = db_column_int(stmt, INTAKE_DRAFT_INSERT_C_DRAFT_ID);
	return true;
}

static bool
keep_file(
    const IntakeScope *scope, const IntakeFile *file, char key[static FILESTORE_KEY_SIZE], GError **error)
{
	if (file->path == NULL)
		return filestore_add(scope->directory, file->bytes, file->len, key, error);
	g_strlcpy(key, file->sha256, FILESTORE_KEY_SIZE);
	return filestore_adopt(scope->directory, file->path, key, error);
}

bool
intake_draft_create(const IntakeScope *scope, const IntakeFile *file, bool is_again,
    IntakeArrival *ret_arrival, GError **error)
{
	ReaderFormat format = reader_detect(file->bytes, file->len);
	IntakeArrival arrival = {0};
	char key[FILESTORE_KEY_SIZE];
	g_autoptr(DbTxn) txn = NULL;

	if (!check_file(file, format, error) || !keep_file(scope, file, key, error) ||
	    !db_txn_begin(scope->db, &txn, error) || (!is_again && !find_known(scope, key, &arrival, error)))
		return false;
	if (arrival.kind == INTAKE_DRAFT_NEW &&
	    (!insert_draft(scope, file, key, format, &arrival.draft_id, error) ||
		!intake_note_draft(scope, arrival.draft_id, LEDGER_ADD, NULL, error) ||
		!db_txn_commit(txn, error)))
		return false;
	*ret_arrival = arrival;
	return true;
}

bool
intake_draft_load(
    const IntakeScope *scope, int64_t draft_id, Arena *arena, IntakeDraft *ret_draft, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_FIND_P_DRAFT_ID, draft_id);
	if (!db_step(stmt, &row, error))
		return false;
	if (!row) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có bản nháp %" G_GINT64_FORMAT, draft_id);
		return false;
	}
	read_draft(stmt, arena, ret_draft);
	return true;
}

static bool
read_drafts(DbStmt *stmt, Arena *arena, GPtrArray *ret_drafts, GError **error)
{
	bool row = true;

	while (db_step(stmt, &row, error) && row) {
		IntakeDraft *draft = arena_new0(arena, IntakeDraft);

		read_draft(stmt, arena, draft);
		g_ptr_array_add(ret_drafts, draft);
	}
	return !row;
}

bool
intake_draft_list(const IntakeScope *scope, IntakeState state, int64_t before, int limit, Arena *arena,
    GPtrArray *ret_drafts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t below = before > 0 ? before : INT32_MAX;

	if (state == INTAKE_STATE_MAX) {
		if (!db_prepare(scope->db, &INTAKE_DRAFT_PAGE, &stmt, error))
			return false;
		db_bind_int(stmt, INTAKE_DRAFT_PAGE_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, INTAKE_DRAFT_PAGE_P_BEFORE, below);
		db_bind_int(stmt, INTAKE_DRAFT_PAGE_P_HIDDEN, INTAKE_DISCARDED);
		db_bind_int(stmt, INTAKE_DRAFT_PAGE_P_ROW_LIMIT, limit);
		return read_drafts(stmt, arena, ret_drafts, error);
	}
	if (!db_prepare(scope->db, &INTAKE_DRAFT_PAGE_OF_STATE, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_PAGE_OF_STATE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_PAGE_OF_STATE_P_BEFORE, below);
	db_bind_int(stmt, INTAKE_DRAFT_PAGE_OF_STATE_P_STATE, state);
	db_bind_int(stmt, INTAKE_DRAFT_PAGE_OF_STATE_P_ROW_LIMIT, limit);
	return read_drafts(stmt, arena, ret_drafts, error);
}

bool
intake_draft_counts(const IntakeScope *scope, int64_t ret_counts[INTAKE_STATE_MAX], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_COUNT_P_COMMUNE_ID, scope->commune_id);
	for (int state = 0; state < INTAKE_STATE_MAX; state++)
		ret_counts[state] = 0;
	while (db_step(stmt, &row, error) && row) {
		int64_t state = db_column_int(stmt, INTAKE_DRAFT_COUNT_C_STATE);

		if (state >= 0 && state < INTAKE_STATE_MAX)
			ret_counts[state] = db_column_int(stmt, INTAKE_DRAFT_COUNT_C_DRAFT_COUNT);
	}
	return !row;
}

bool
intake_move_draft(const IntakeScope *scope, int64_t draft_id, IntakeState from, IntakeState to,
    const char *message, GError **error)
{
	LedgerAction action = to == INTAKE_DISCARDED ? LEDGER_REMOVE : LEDGER_CHANGE;
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(scope->db, &txn, error) || !intake_draft_state(scope, draft_id, &before, error) ||
	    !db_prepare(scope->db, &INTAKE_DRAFT_MOVE, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_MOVE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_MOVE_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_DRAFT_MOVE_P_FROM_STATE, from);
	db_bind_int(stmt, INTAKE_DRAFT_MOVE_P_TO_STATE, to);
	db_bind_text(stmt, INTAKE_DRAFT_MOVE_P_MESSAGE, message);
	db_bind_int(stmt, INTAKE_DRAFT_MOVE_P_NOW_US, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	if (db_changes(scope->db) == 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "bản nháp %" G_GINT64_FORMAT " không còn ở trạng thái này; hãy tải lại trang", draft_id);
		return false;
	}
	return intake_note_draft(scope, draft_id, action, before, error) && db_txn_commit(txn, error);
}

bool
intake_draft_discard(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	IntakeDraft draft;

	if (!intake_draft_load(scope, draft_id, arena, &draft, error))
		return false;
	if (draft.state == INTAKE_PUBLISHED || draft.state == INTAKE_DISCARDED) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    draft.state == INTAKE_PUBLISHED
			? "bản nháp này đã được đưa vào thực hiện, không bỏ được nữa"
			: "bản nháp này đã được bỏ trước đó");
		return false;
	}
	return intake_move_draft(scope, draft_id, draft.state, INTAKE_DISCARDED, draft.message, error);
}

bool
intake_draft_restore(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	IntakeDraft draft;

	return intake_draft_load(scope, draft_id, arena, &draft, error) &&
	       intake_move_draft(scope, draft_id, INTAKE_DISCARDED,
		   draft.source_sha256 != NULL ? INTAKE_READY : INTAKE_WAITING, "", error);
}

bool
intake_draft_retry(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	IntakeDraft draft;

	return intake_draft_load(scope, draft_id, arena, &draft, error) &&
	       intake_move_draft(scope, draft_id, INTAKE_FAILED, INTAKE_WAITING, "", error);
}
