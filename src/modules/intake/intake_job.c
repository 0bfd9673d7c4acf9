/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_job.h"

#include "app/filestore.h"
#include "base/app-error.h"
#include "compiler/edit/plan_doubt.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_internal.h"
#include "modules/intake/intake_secret.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER_MODE 0750

bool
intake_job_recover(const IntakeScope *scope, int64_t *ret_n, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &INTAKE_JOB_RECOVER, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_JOB_RECOVER_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_JOB_RECOVER_P_READING, INTAKE_READING);
	db_bind_int(stmt, INTAKE_JOB_RECOVER_P_WAITING, INTAKE_WAITING);
	db_bind_int(stmt, INTAKE_JOB_RECOVER_P_NOW_US, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	if (ret_n != NULL)
		*ret_n = db_changes(scope->db);
	return db_txn_commit(txn, error);
}

bool
intake_job_claim(
    const IntakeScope *scope, Arena *arena, IntakeDraft *ret_draft, bool *ret_has, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	int64_t draft_id;

	if (!db_txn_begin(scope->db, &txn, error) || !db_prepare(scope->db, &INTAKE_JOB_CLAIM, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_JOB_CLAIM_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_JOB_CLAIM_P_WAITING, INTAKE_WAITING);
	db_bind_int(stmt, INTAKE_JOB_CLAIM_P_READING, INTAKE_READING);
	db_bind_int(stmt, INTAKE_JOB_CLAIM_P_NOW_US, scope->now_us);
	if (!db_step(stmt, ret_has, error))
		return false;
	if (!*ret_has)
		return true;
	draft_id = db_column_int(stmt, INTAKE_JOB_CLAIM_C_DRAFT_ID);
	db_stmt_reset(stmt);
	return intake_draft_load(scope, draft_id, arena, ret_draft, error) && db_txn_commit(txn, error);
}

bool
intake_job_claim_one(
    const IntakeScope *scope, int64_t draft_id, Arena *arena, IntakeDraft *ret_draft, GError **error)
{
	return intake_move_draft(scope, draft_id, INTAKE_WAITING, INTAKE_READING, "", error) &&
	       intake_draft_load(scope, draft_id, arena, ret_draft, error);
}

static char *
folder_of(const IntakeScope *scope, const IntakeDraft *draft)
{
	return g_build_filename(scope->directory, "work", draft->file_sha256, NULL);
}

char *
intake_job_folder(const IntakeScope *scope, const IntakeDraft *draft, GError **error)
{
	g_autofree char *folder = folder_of(scope, draft);

	if (g_mkdir_with_parents(folder, FOLDER_MODE) == 0)
		return g_steal_pointer(&folder);
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)", folder,
	    g_strerror(errno));
	return NULL;
}

/* What is left behind costs room and nothing else. */
void
intake_job_forget(const IntakeScope *scope, const IntakeDraft *draft)
{
	g_autofree char *folder = folder_of(scope, draft);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		(void)g_remove(path);
	}
	(void)g_rmdir(folder);
}

bool
intake_job_progress(const IntakeScope *scope, int64_t draft_id, uint32_t page, uint32_t n_pages,
    bool *ret_is_wanted, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &INTAKE_JOB_PROGRESS, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_JOB_PROGRESS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_JOB_PROGRESS_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_JOB_PROGRESS_P_PAGE_DONE, page);
	db_bind_int(stmt, INTAKE_JOB_PROGRESS_P_PAGE_TOTAL, n_pages);
	db_bind_int(stmt, INTAKE_JOB_PROGRESS_P_READING, INTAKE_READING);
	db_bind_int(stmt, INTAKE_JOB_PROGRESS_P_NOW_US, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	*ret_is_wanted = db_changes(scope->db) > 0;
	return db_txn_commit(txn, error);
}

static bool
keep_source(const IntakeScope *scope, const IntakeDraft *draft, const BlockDocument *blocks,
    char key[static FILESTORE_KEY_SIZE], GError **error)
{
	g_autoptr(GString) stream = NULL;

	if (blocks == NULL) {
		g_strlcpy(key, draft->file_sha256, FILESTORE_KEY_SIZE);
		return true;
	}
	stream = g_string_new(NULL);
	blocks_write(blocks, stream);
	return filestore_add(scope->directory, stream->str, stream->len, key, error);
}

static bool
set_source(const IntakeScope *scope, int64_t draft_id, const char *key, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_JOB_SOURCE, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_JOB_SOURCE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_JOB_SOURCE_P_DRAFT_ID, draft_id);
	db_bind_text(stmt, INTAKE_JOB_SOURCE_P_SOURCE_SHA256, key);
	return db_run(stmt, error);
}

/* Ready, unless somebody discarded it meanwhile. */
static bool
end_reading(
    const IntakeScope *scope, const IntakeDraft *draft, const char *key, const Plan *plan, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = plan_doubts(plan, arena);
	g_autoptr(DbTxn) txn = NULL;
	IntakeDraft now;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !intake_draft_load(scope, draft->draft_id, arena, &now, error) ||
	    !set_source(scope, draft->draft_id, key, error) ||
	    !intake_describe_draft(scope, draft->draft_id, plan, doubts->len, error) ||
	    (now.state == INTAKE_READING &&
		!intake_move_draft(scope, draft->draft_id, INTAKE_READING, INTAKE_READY, "", error)))
		return false;
	return db_txn_commit(txn, error);
}

bool
intake_job_finish(
    const IntakeScope *scope, const IntakeDraft *draft, const BlockDocument *blocks, GError **error)
{
	char key[FILESTORE_KEY_SIZE];
	g_autoptr(Plan) plan = NULL;
	g_autoptr(GError) reason = NULL;
	IntakeDraft read = *draft;
	Secrecy secrecy;

	secrecy = blocks != NULL ? secrecy_of_blocks(blocks) : SECRECY_NONE;
	if (secrecy != SECRECY_NONE)
		return intake_job_secret(scope, draft, secrecy, error);
	if (!keep_source(scope, draft, blocks, key, error))
		return false;
	read.source_sha256 = key;
	if (!intake_compile_draft(scope, &read, &plan, &reason)) {
		bool is_stores = g_error_matches(reason, APP_ERROR, APP_ERROR_STORAGE) ||
				 g_error_matches(reason, APP_ERROR, APP_ERROR_BUSY);

		if (!is_stores)
			return intake_job_fail(scope, draft->draft_id, reason->message, error);
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	plan_edit_apply(plan, NULL, 0, NULL);
	if (!end_reading(scope, draft, key, plan, error))
		return false;
	intake_job_forget(scope, draft);
	return true;
}

bool
intake_job_fail(const IntakeScope *scope, int64_t draft_id, const char *message, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DbTxn) txn = NULL;
	IntakeDraft now;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !intake_draft_load(scope, draft_id, arena, &now, error) ||
	    (now.state == INTAKE_READING &&
		!intake_move_draft(scope, draft_id, INTAKE_READING, INTAKE_FAILED, message, error)))
		return false;
	return db_txn_commit(txn, error);
}

typedef struct {
	const IntakeScope *scope;
	int64_t draft_id;
	gint *is_cancelled;
} Progress;

/* A page that cannot be counted does not stop the reading; a draft that nobody wants does. */
static void
on_progress(void *data, uint32_t page, uint32_t n_pages)
{
	const Progress *progress = data;
	bool is_wanted = true;

	if (intake_job_progress(progress->scope, progress->draft_id, page, n_pages, &is_wanted, NULL) &&
	    !is_wanted)
		g_atomic_int_set(progress->is_cancelled, 1);
}

/* A reading that was stopped begins again with what it has kept; one that nobody wants stays discarded. */
static bool
wait_again(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	IntakeDraft now;

	if (!intake_draft_load(scope, draft_id, arena, &now, error))
		return false;
	return now.state != INTAKE_READING ||
	       intake_move_draft(scope, draft_id, INTAKE_READING, INTAKE_WAITING, "", error);
}

bool
intake_job_run(const IntakeScope *scope, const IntakeDraft *draft, unsigned max_workers, gint *is_cancelled,
    GError **error)
{
	Progress progress = {scope, draft->draft_id, is_cancelled};
	g_autofree char *bytes = NULL, *folder = NULL;
	g_autoptr(BlockDocument) blocks = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) reason = NULL;
	ReaderOptions options = {.file_name = draft->file_name,
	    .max_workers = max_workers,
	    .is_cancelled = is_cancelled,
	    .on_progress = on_progress,
	    .data = &progress};
	size_t len;

	if (draft->format == READER_FORMAT_TEXT)
		return intake_job_finish(scope, draft, NULL, error);
	folder = intake_job_folder(scope, draft, error);
	options.work_directory = folder;
	if (folder == NULL || !intake_load_agencies(scope, arena, &options.agencies, error) ||
	    !filestore_get(scope->directory, draft->file_sha256, &bytes, &len, error))
		return false;
	if (reader_read(bytes, len, &options, &blocks, &reason))
		return intake_job_finish(scope, draft, blocks, error);
	if (g_error_matches(reason, APP_ERROR, APP_ERROR_BUSY))
		return wait_again(scope, draft->draft_id, error);
	return intake_job_fail(scope, draft->draft_id, reason->message, error);
}
