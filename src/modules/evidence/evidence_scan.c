/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_scan.h"

#include "app/filestore.h"
#include "app/setting.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_clamd.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_secret.h"
#include "modules/evidence/evidence_upload.h"
#include "storage/txn.h"

#define STEP_MS 30000
#define TOTAL_MS 600000
#define AGAIN_US (5 * 60 * INSTANT_SECOND) /* the scanner is away: the pause, doubled with each try */
#define AGAIN_MAX_US (6 * INSTANT_HOUR)
#define DOUBLINGS_MAX 10

typedef struct Scan {
	EvidenceScope scope;
	const AppWork *work;
	char *address;
	char sha256[FILESTORE_KEY_SIZE];
} Scan;

static bool
set_scan(const EvidenceScope *scope, const char *sha256, EvidenceScan state, const char *message,
    int64_t after_us, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_SCAN_END, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SCAN_END_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_SCAN_END_P_SHA256, sha256);
	db_bind_int(stmt, EVIDENCE_SCAN_END_P_SCAN, state);
	db_bind_text(stmt, EVIDENCE_SCAN_END_P_MESSAGE, message);
	db_bind_int(stmt, EVIDENCE_SCAN_END_P_AFTER_US, after_us);
	db_bind_int(stmt, EVIDENCE_SCAN_END_P_NOW_US, scope->now_us);
	return db_run(stmt, error);
}

static bool
end_scan(const EvidenceScope *scope, const char *sha256, EvidenceScan state, const char *message,
    int64_t after_us, GError **error)
{
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope->db, &txn, error) &&
	       evidence_content_state(scope, sha256, &before, error) &&
	       set_scan(scope, sha256, state, message, after_us, error) &&
	       evidence_note_content(scope, sha256, LEDGER_CHANGE, before, error) &&
	       db_txn_commit(txn, error);
}

bool
evidence_scan_again(const EvidenceScope *scope, const char *sha256, GError **error)
{
	return end_scan(scope, sha256, EVIDENCE_UNSCANNED, "", 0, error);
}

/* When to ask again. */
static bool
next_try(const Scan *scan, int64_t *ret_after_us, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t tries;
	bool has_row;

	if (!db_prepare(scan->scope.db, &EVIDENCE_SCAN_TRIES, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SCAN_TRIES_P_COMMUNE_ID, scan->scope.commune_id);
	db_bind_text(stmt, EVIDENCE_SCAN_TRIES_P_SHA256, scan->sha256);
	if (!db_step(stmt, &has_row, error))
		return false;
	tries = has_row ? db_column_int(stmt, EVIDENCE_SCAN_TRIES_C_SCAN_TRIES) : 0;
	*ret_after_us = scan->scope.now_us + MIN(AGAIN_US << MIN(tries, DOUBLINGS_MAX), AGAIN_MAX_US);
	return true;
}

static bool
put_off(const Scan *scan, const char *message, GError **error)
{
	int64_t after_us;

	return next_try(scan, &after_us, error) &&
	       end_scan(&scan->scope, scan->sha256, EVIDENCE_UNSCANNED, message, after_us, error);
}

static bool
take_answer(const Scan *scan, const ClamdAnswer *answer, GError **error)
{
	g_autofree char *message = NULL;

	switch (answer->verdict) {
	case CLAMD_CLEAN:
		return end_scan(&scan->scope, scan->sha256, EVIDENCE_CLEAN, "", 0, error);
	case CLAMD_FOUND:
		return end_scan(&scan->scope, scan->sha256, EVIDENCE_SUSPECT, answer->text, 0, error);
	case CLAMD_ERROR:
		message = g_strdup_printf("chương trình quét báo lỗi: %s", answer->text);
		break;
	case CLAMD_GARBAGE:
	default:
		message = g_strdup("không hiểu câu trả lời của chương trình quét");
		break;
	}
	return put_off(scan, message, error);
}

/* The next file that waits; *ret_did false: none does. */
static bool
claim(Scan *scan, bool *ret_did, GError **error)
{
	const EvidenceSetting *setting = &EVIDENCE_SETTINGS[EVIDENCE_SETTING_SCAN_MB];
	g_autoptr(DbStmt) stmt = NULL;
	int64_t max_mb;

	if (!app_setting_get_int(
		scan->scope.db, scan->scope.commune_id, setting->key, setting->fallback, &max_mb, error) ||
	    !db_prepare(scan->scope.db, &EVIDENCE_SCAN_CLAIM, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SCAN_CLAIM_P_COMMUNE_ID, scan->scope.commune_id);
	db_bind_int(stmt, EVIDENCE_SCAN_CLAIM_P_NOW_US, scan->scope.now_us);
	db_bind_int(stmt, EVIDENCE_SCAN_CLAIM_P_SIZE_MAX, max_mb * EVIDENCE_BYTES_PER_MB);
	if (!db_step(stmt, ret_did, error))
		return false;
	if (!*ret_did)
		return true;
	g_strlcpy(scan->sha256, db_column_text(stmt, EVIDENCE_SCAN_CLAIM_C_SHA256), sizeof(scan->sha256));
	g_clear_pointer(&stmt, db_stmt_release);
	return true;
}

static bool
begin(const Scan *scan, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scan->scope.db, &txn, error) ||
	    !db_prepare(scan->scope.db, &EVIDENCE_SCAN_BEGIN, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SCAN_BEGIN_P_COMMUNE_ID, scan->scope.commune_id);
	db_bind_text(stmt, EVIDENCE_SCAN_BEGIN_P_SHA256, scan->sha256);
	return db_run(stmt, error) && db_txn_commit(txn, error);
}

static bool
scan_one(const Scan *scan, GError **error)
{
	const ClamdOptions options = {scan->address, STEP_MS, TOTAL_MS, scan->work->is_cancelled};
	g_autofree char *path = filestore_path(scan->scope.directory, scan->sha256);
	g_autoptr(GError) reason = NULL;
	ClamdAnswer answer;

	if (!begin(scan, error))
		return false;
	return clamd_scan(&options, path, &answer, &reason) ? take_answer(scan, &answer, error)
							    : put_off(scan, reason->message, error);
}

/* A scan that the program's end broke off begins anew. */
static bool
recover(const EvidenceScope *scope, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &EVIDENCE_SCAN_RECOVER, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_SCAN_RECOVER_P_COMMUNE_ID, scope->commune_id);
	return db_run(stmt, error) && db_txn_commit(txn, error);
}

bool
evidence_work(const AppWork *work, bool *ret_did, GError **error)
{
	Scan scan = {
	    .scope = {work->db, work->commune_id, work->directory, work->now_us, {0}, 0}, .work = work};
	g_autofree char *address = NULL;
	int64_t n_expired;

	*ret_did = false;
	if (work->is_first && (!recover(&scan.scope, error) || !evidence_wipe_left(&scan.scope, error)))
		return false;
	if (!evidence_upload_expire(&scan.scope, work->is_first, &n_expired, error) ||
	    !app_setting_get(work->db, work->commune_id, EVIDENCE_SCANNER_KEY, &address, error))
		return false;
	if (address == NULL || !clamd_address_is_valid(address))
		return true;
	scan.address = address;
	return claim(&scan, ret_did, error) && (!*ret_did || scan_one(&scan, error));
}
