/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_kind.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static bool
check_record(const EvidenceScope *scope, int64_t evidence_id, LedgerReport *report, GError **error)
{
	g_autofree char *object = g_strdup_printf("evidence/%" G_GINT64_FORMAT, evidence_id), *state = NULL;

	return evidence_state(scope, evidence_id, &state, error) &&
	       ledger_check_state(scope->db, scope->commune_id, object, state, report, error);
}

static bool
verify_records(const EvidenceScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &EVIDENCE_NOTED, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_NOTED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_NOTED_P_FROM_ID, 0);
	db_bind_int(stmt, EVIDENCE_NOTED_P_ROW_LIMIT, G_MAXINT32);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!check_record(scope, db_column_int(stmt, EVIDENCE_NOTED_C_EVIDENCE_ID), report, error))
			return false;
	return !has_row;
}

/* Calls back with each content of the commune. */
typedef bool (*ContentVisit)(
    const EvidenceScope *scope, const DbStmt *stmt, void *data, LedgerReport *report, GError **error);

static bool
each_content(const EvidenceScope *scope, ContentVisit visit, void *data, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &EVIDENCE_CONTENT_NOTED, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_CONTENT_NOTED_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_CONTENT_NOTED_P_FROM_SHA256, "");
	db_bind_int(stmt, EVIDENCE_CONTENT_NOTED_P_ROW_LIMIT, G_MAXINT32);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!visit(scope, stmt, data, report, error))
			return false;
	return !has_row;
}

static bool
check_content(
    const EvidenceScope *scope, const DbStmt *stmt, void *data, LedgerReport *report, GError **error)
{
	const char *sha256 = db_column_text(stmt, EVIDENCE_CONTENT_NOTED_C_SHA256);
	g_autofree char *object = g_strconcat("evidence-file/", sha256, NULL), *state = NULL;

	(void)data;
	return evidence_content_state(scope, sha256, &state, error) &&
	       ledger_check_state(scope->db, scope->commune_id, object, state, report, error);
}

static bool
read_pair(const EvidenceScope *scope, const DbSql *sql, int64_t ret_pair[2], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_USAGE_GET_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	ret_pair[0] = has_row ? db_column_int(stmt, EVIDENCE_USAGE_GET_C_SIZE_BYTES) : 0;
	ret_pair[1] = has_row ? db_column_int(stmt, EVIDENCE_USAGE_GET_C_FILE_COUNT) : 0;
	return true;
}

static bool
verify_usage(const EvidenceScope *scope, LedgerReport *report, GError **error)
{
	int64_t kept[2], summed[2];

	if (!read_pair(scope, &EVIDENCE_USAGE_GET, kept, error) ||
	    !read_pair(scope, &EVIDENCE_USAGE_SUM, summed, error))
		return false;
	if (kept[0] != summed[0] || kept[1] != summed[1])
		ledger_report_add(report,
		    "minh chứng: bảng dung lượng ghi %" G_GINT64_FORMAT " byte, %" G_GINT64_FORMAT
		    " tệp; cộng lại là %" G_GINT64_FORMAT " byte, %" G_GINT64_FORMAT " tệp",
		    kept[0], kept[1], summed[0], summed[1]);
	return true;
}

bool
evidence_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	const EvidenceScope scope = {.db = db, .commune_id = commune_id};

	return verify_records(&scope, report, error) && evidence_kinds_verify(&scope, report, error) &&
	       each_content(&scope, check_content, NULL, report, error) &&
	       verify_usage(&scope, report, error);
}

/* One content as the tables have it, for the disk to be asked afterwards. */
typedef struct Kept {
	char sha256[FILESTORE_KEY_SIZE];
	int64_t size_bytes;
	bool is_wiped;
} Kept;

static bool
remember(const EvidenceScope *scope, const DbStmt *stmt, void *data, LedgerReport *report, GError **error)
{
	Kept kept = {.size_bytes = db_column_int(stmt, EVIDENCE_CONTENT_NOTED_C_SIZE_BYTES),
	    .is_wiped = !db_column_is_null(stmt, EVIDENCE_CONTENT_NOTED_C_WIPED_US)};

	(void)scope;
	(void)report;
	(void)error;
	g_strlcpy(kept.sha256, db_column_text(stmt, EVIDENCE_CONTENT_NOTED_C_SHA256), sizeof(kept.sha256));
	g_array_append_val((GArray *)data, kept);
	return true;
}

static void
check_file(const char *directory, const Kept *kept, bool reads_all, LedgerReport *report)
{
	g_autofree char *path = filestore_path(directory, kept->sha256);
	char counted[FILESTORE_KEY_SIZE];
	struct stat info;
	int64_t size;

	if (path == NULL)
		ledger_report_add(report, "minh chứng: “%s” không phải mã băm của tệp", kept->sha256);
	else if (g_lstat(path, &info) != 0) {
		if (!kept->is_wiped)
			ledger_report_add(report, "minh chứng: thiếu tệp %s", path);
	} else if (kept->is_wiped)
		ledger_report_add(report, "minh chứng: tệp mật lẽ ra đã xóa vẫn còn: %s", path);
	else if ((int64_t)info.st_size != kept->size_bytes)
		ledger_report_add(report,
		    "minh chứng: tệp %s dài %" G_GINT64_FORMAT " byte, lẽ ra %" G_GINT64_FORMAT " byte", path,
		    (int64_t)info.st_size, kept->size_bytes);
	else if (reads_all &&
		 (!evidence_hash_file(path, counted, &size) || strcmp(counted, kept->sha256) != 0))
		ledger_report_add(report, "minh chứng: nội dung tệp đã bị hỏng: %s", path);
}

bool
evidence_verify_files(
    Db *db, int64_t commune_id, const char *directory, bool reads_all, LedgerReport *report, GError **error)
{
	const EvidenceScope scope = {.db = db, .commune_id = commune_id};
	g_autoptr(GArray) contents = g_array_new(FALSE, FALSE, sizeof(Kept));

	if (!each_content(&scope, remember, contents, report, error))
		return false;
	for (guint i = 0; i < contents->len; i++)
		check_file(directory, &g_array_index(contents, Kept, i), reads_all, report);
	return true;
}
