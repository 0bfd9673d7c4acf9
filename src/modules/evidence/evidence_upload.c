/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_upload.h"

#include "app/filestore.h"
#include "app/secret.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_type.h"
#include "modules/evidence/evidence_upload_file.h"
#include "storage/txn.h"

#include <string.h>

#define ID_LEN ((size_t)SECRET_TEXT_SIZE - 1)

static bool
is_hex(const char *text)
{
	return strlen(text) == ID_LEN && strspn(text, "0123456789abcdef") == ID_LEN;
}

static bool
fail_missing(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND,
	    "Lần gửi tệp này không còn: đã xong, đã hủy hoặc đã quá hạn. Hãy chọn lại tệp.");
	return false;
}

/* evidence_upload_list and evidence_upload_old have the same columns. */
static void
read_upload(const EvidenceScope *scope, const DbStmt *stmt, Arena *arena, EvidenceUpload *upload)
{
	bool has_day = !db_column_is_null(stmt, EVIDENCE_UPLOAD_FIND_C_ISSUED_DAY);

	*upload = (EvidenceUpload){
	    .upload_id = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_UPLOAD_ID)),
	    .account_id = db_column_int(stmt, EVIDENCE_UPLOAD_FIND_C_ACCOUNT_ID),
	    .file_name = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_FILE_NAME)),
	    .size_bytes = db_column_int(stmt, EVIDENCE_UPLOAD_FIND_C_SIZE_BYTES),
	    .changed_ms = db_column_int(stmt, EVIDENCE_UPLOAD_FIND_C_CHANGED_MS),
	    .told.title = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_TITLE)),
	    .told.kind = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_KIND)),
	    .told.number = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_NUMBER)),
	    .told.issued_day =
		has_day ? (int32_t)db_column_int(stmt, EVIDENCE_UPLOAD_FIND_C_ISSUED_DAY) : DATE_NONE,
	    .told.object.kind = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_OBJECT_KIND)),
	    .told.object.id = arena_strdup(arena, db_column_text(stmt, EVIDENCE_UPLOAD_FIND_C_OBJECT_ID)),
	    .created_us = db_column_int(stmt, EVIDENCE_UPLOAD_FIND_C_CREATED_US),
	};
	upload->offset = upload_file_size(scope, upload->upload_id);
}

bool
evidence_upload_find(const EvidenceScope *scope, const char *upload_id, Arena *arena,
    EvidenceUpload *ret_upload, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	EvidenceUpload upload;
	bool has_row;

	/* The number becomes a path: it has to be one. */
	if (upload_id == NULL || !is_hex(upload_id))
		return fail_missing(error);
	if (!db_prepare(scope->db, &EVIDENCE_UPLOAD_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_UPLOAD_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_UPLOAD_FIND_P_UPLOAD_ID, upload_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row)
		return fail_missing(error);
	read_upload(scope, stmt, arena, &upload);
	if (upload.account_id != scope->account_id)
		return fail_missing(error);
	*ret_upload = upload;
	return true;
}

static bool
read_uploads(const EvidenceScope *scope, DbStmt *stmt, Arena *arena, GPtrArray *ret, GError **error)
{
	bool has_row = true;

	while (db_step(stmt, &has_row, error) && has_row) {
		EvidenceUpload *upload = arena_new0(arena, EvidenceUpload);

		read_upload(scope, stmt, arena, upload);
		g_ptr_array_add(ret, upload);
	}
	return !has_row;
}

bool
evidence_upload_list(const EvidenceScope *scope, Arena *arena, GPtrArray *ret_uploads, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_UPLOAD_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_UPLOAD_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_UPLOAD_LIST_P_ACCOUNT_ID, scope->account_id);
	db_bind_int(stmt, EVIDENCE_UPLOAD_LIST_P_ROW_LIMIT, EVIDENCE_UPLOADS_MAX * 2);
	return read_uploads(scope, stmt, arena, ret_uploads, error);
}

static bool
is_same(const EvidenceUpload *a, const EvidenceUpload *b)
{
	return a->size_bytes == b->size_bytes && a->changed_ms == b->changed_ms &&
	       strcmp(a->file_name, b->file_name) == 0 &&
	       g_strcmp0(a->told.object.kind, b->told.object.kind) == 0 &&
	       g_strcmp0(a->told.object.id, b->told.object.id) == 0;
}

/* The ceilings of one account, and whether the same file is on its way already. */
static bool
look_among(const EvidenceUpload *announced, const GPtrArray *uploads, const EvidenceUpload **ret_same,
    GError **error)
{
	int64_t bytes = announced->size_bytes;

	*ret_same = NULL;
	for (guint i = 0; i < uploads->len; i++) {
		const EvidenceUpload *upload = g_ptr_array_index(uploads, i);

		bytes += upload->size_bytes;
		if (is_same(upload, announced))
			*ret_same = upload;
	}
	if (*ret_same != NULL)
		return true;
	if (uploads->len < EVIDENCE_UPLOADS_MAX && bytes <= EVIDENCE_UPLOAD_BYTES_MAX)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
	    "Có %u tệp đang gửi dở, chưa gửi thêm được. Hãy gửi xong hoặc hủy bớt ở trang Minh chứng.",
	    uploads->len);
	return false;
}

/* Room for what is announced, on top of what others have announced. */
static bool
check_room(const EvidenceScope *scope, const EvidenceUpload *announced, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	EvidenceLimits limits;
	bool has_row;

	if (!evidence_limits(scope, &limits, error) ||
	    !db_prepare(scope->db, &EVIDENCE_UPLOAD_TOTAL, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_UPLOAD_TOTAL_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	limits.used_bytes += db_column_int(stmt, EVIDENCE_UPLOAD_TOTAL_C_SIZE_BYTES);
	return evidence_check_room(&limits, announced->file_name, announced->size_bytes, error);
}

static bool
insert(const EvidenceScope *scope, const EvidenceUpload *upload, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_UPLOAD_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_UPLOAD_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_UPLOAD_INSERT_P_UPLOAD_ID, upload->upload_id);
	db_bind_int(stmt, EVIDENCE_UPLOAD_INSERT_P_ACCOUNT_ID, upload->account_id);
	db_bind_text(stmt, EVIDENCE_UPLOAD_INSERT_P_FILE_NAME, upload->file_name);
	db_bind_int(stmt, EVIDENCE_UPLOAD_INSERT_P_SIZE_BYTES, upload->size_bytes);
	db_bind_int(stmt, EVIDENCE_UPLOAD_INSERT_P_CHANGED_MS, upload->changed_ms);
	db_bind_text(
	    stmt, EVIDENCE_UPLOAD_INSERT_P_TITLE, upload->told.title != NULL ? upload->told.title : "");
	db_bind_text(stmt, EVIDENCE_UPLOAD_INSERT_P_KIND, upload->told.kind);
	db_bind_text(
	    stmt, EVIDENCE_UPLOAD_INSERT_P_NUMBER, upload->told.number != NULL ? upload->told.number : "");
	if (upload->told.issued_day != DATE_NONE)
		db_bind_int(stmt, EVIDENCE_UPLOAD_INSERT_P_ISSUED_DAY, upload->told.issued_day);
	db_bind_text(stmt, EVIDENCE_UPLOAD_INSERT_P_OBJECT_KIND, upload->told.object.kind);
	db_bind_text(stmt, EVIDENCE_UPLOAD_INSERT_P_OBJECT_ID, upload->told.object.id);
	db_bind_int(stmt, EVIDENCE_UPLOAD_INSERT_P_NOW_US, scope->now_us);
	return db_run(stmt, error);
}

bool
evidence_upload_begin(const EvidenceScope *scope, const EvidenceUpload *announced, Arena *arena,
    EvidenceUpload *ret_upload, GError **error)
{
	g_autoptr(GPtrArray) uploads = g_ptr_array_new();
	const EvidenceUpload *same = NULL;
	EvidenceUpload upload = *announced;
	char id[SECRET_TEXT_SIZE];
	g_autoptr(DbTxn) txn = NULL;

	if (!evidence_type_check_name(announced->file_name, error) ||
	    !evidence_check_told(scope, &announced->told, error) || !db_txn_begin(scope->db, &txn, error) ||
	    !evidence_upload_list(scope, arena, uploads, error) ||
	    !look_among(announced, uploads, &same, error))
		return false;
	if (same != NULL) {
		*ret_upload = *same;
		return true;
	}
	secret_make_token(id);
	upload.upload_id = arena_strdup(arena, id);
	upload.account_id = scope->account_id;
	upload.created_us = scope->now_us;
	upload.offset = 0;
	if (!check_room(scope, announced, error) || !upload_file_create(scope, id, error) ||
	    !insert(scope, &upload, error) || !db_txn_commit(txn, error))
		return false;
	*ret_upload = upload;
	return true;
}

bool
evidence_upload_complete(const EvidenceScope *scope, EvidenceUpload *upload, const char *sha256, Arena *arena,
    EvidenceFile *ret_file, GError **error)
{
	g_autofree char *path = upload_file_path(scope, upload->upload_id);
	EvidenceArrival arrival = {path, upload->file_name, NULL, upload->size_bytes};
	char counted[FILESTORE_KEY_SIZE];
	int64_t size = 0;

	if (upload->offset != upload->size_bytes) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "Tệp “%s” chưa gửi đủ: mới có %" G_GINT64_FORMAT " trên %" G_GINT64_FORMAT " byte.",
		    upload->file_name, upload->offset, upload->size_bytes);
		return false;
	}
	if (!evidence_hash_file(path, counted, &size) || size != upload->size_bytes) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đọc được tệp vừa nhận", path);
		return false;
	}
	if (sha256 != NULL && *sha256 != '\0' && strcmp(sha256, counted) != 0) {
		upload_file_remove(scope, upload->upload_id);
		upload->offset = 0;
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "Tệp “%s” nhận được khác với tệp đã gửi (sai mã băm). Hãy gửi lại từ đầu.",
		    upload->file_name);
		return false;
	}
	arrival.sha256 = counted;
	return evidence_receive(scope, &arrival, arena, ret_file, error);
}

static bool
delete_row(const EvidenceScope *scope, const char *upload_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_UPLOAD_DELETE, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_UPLOAD_DELETE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_UPLOAD_DELETE_P_UPLOAD_ID, upload_id);
	return db_run(stmt, error);
}

bool
evidence_upload_drop(const EvidenceScope *scope, const char *upload_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) || !delete_row(scope, upload_id, error) ||
	    !db_txn_commit(txn, error))
		return false;
	upload_file_remove(scope, upload_id);
	return true;
}

bool
evidence_upload_expire(const EvidenceScope *scope, bool is_first, int64_t *ret_n, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) uploads = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;
	EvidenceLimits limits;
	int64_t before_us;

	*ret_n = 0;
	if (!evidence_limits(scope, &limits, error) ||
	    !db_prepare(scope->db, &EVIDENCE_UPLOAD_OLD, &stmt, error))
		return false;
	before_us = scope->now_us - limits.upload_hours * INSTANT_HOUR;
	db_bind_int(stmt, EVIDENCE_UPLOAD_OLD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_UPLOAD_OLD_P_BEFORE_US, is_first ? G_MAXINT64 : before_us);
	if (!read_uploads(scope, stmt, arena, uploads, error))
		return false;
	if (is_first)
		upload_files_without_row(scope, uploads);
	for (guint i = 0; i < uploads->len; i++) {
		const EvidenceUpload *upload = g_ptr_array_index(uploads, i);

		if (upload->created_us >= before_us ||
		    upload_file_changed_us(scope, upload->upload_id) >= before_us)
			continue;
		if (!evidence_upload_drop(scope, upload->upload_id, error))
			return false;
		++*ret_n;
	}
	return true;
}
