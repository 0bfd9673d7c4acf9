/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_secret.h"

#include "app/filestore.h"
#include "base/app-error.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_job.h"
#include "modules/intake/intake_note.h"
#include "reader/secrecy.h"
#include "storage/txn.h"

#define REDACTED_NAME "tài liệu mật"
#define MARKED "Đã được đánh dấu bí mật nhà nước; tệp và nội dung đã bị xóa."
#define EXPLANATION \
	"Chương trình không được lưu tài liệu bí mật nhà nước; phần đã gửi lên đã bị xóa. Chỉ đăng ký số " \
	"và ngày của " \
	"văn bản, ở trang Minh chứng, mục “Văn bản mật”."

bool
intake_refuse_secret(const char *file_name, Secrecy secrecy, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_INVALID, "Tệp “%s” có dấu chỉ độ mật “%s”. " EXPLANATION,
	    file_name, secrecy_word(secrecy));
	return false;
}

bool
intake_check_secret(const IntakeFile *file, GError **error)
{
	Secrecy secrecy = reader_find_secrecy(file->bytes, file->len, NULL);

	if (secrecy == SECRECY_NONE)
		return true;
	return (file->path == NULL || filestore_wipe_path(file->path, error)) &&
	       intake_refuse_secret(file->name, secrecy, error);
}

static bool
redact(const IntakeScope *scope, int64_t draft_id, const char *message, GError **error)
{
	g_autofree char *before = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) || !intake_draft_state(scope, draft_id, &before, error) ||
	    !db_prepare(scope->db, &INTAKE_DRAFT_REDACT, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_DRAFT_ID, draft_id);
	db_bind_text(stmt, INTAKE_DRAFT_REDACT_P_FILE_NAME, REDACTED_NAME);
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_STATE, INTAKE_FAILED);
	db_bind_text(stmt, INTAKE_DRAFT_REDACT_P_MESSAGE, message);
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_NOW_US, scope->now_us);
	return db_run(stmt, error) && intake_note_draft(scope, draft_id, LEDGER_CHANGE, before, error) &&
	       db_txn_commit(txn, error);
}

bool
intake_redact_row(const IntakeScope *scope, int64_t draft_id, int64_t state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_REDACT, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_DRAFT_ID, draft_id);
	db_bind_text(stmt, INTAKE_DRAFT_REDACT_P_FILE_NAME, REDACTED_NAME);
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_STATE, state);
	db_bind_text(stmt, INTAKE_DRAFT_REDACT_P_MESSAGE, MARKED);
	db_bind_int(stmt, INTAKE_DRAFT_REDACT_P_NOW_US, scope->now_us);
	return db_run(stmt, error);
}

bool
intake_job_secret(const IntakeScope *scope, const IntakeDraft *draft, Secrecy secrecy, GError **error)
{
	g_autofree char *message =
	    g_strdup_printf("Tài liệu có dấu chỉ độ mật “%s”. " EXPLANATION, secrecy_word(secrecy));

	intake_job_forget(scope, draft);
	return redact(scope, draft->draft_id, message, error) &&
	       filestore_wipe(scope->directory, draft->file_sha256, error);
}
