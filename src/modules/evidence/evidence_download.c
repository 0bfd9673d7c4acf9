/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "http/range.h"
#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_type.h"
#include "reader/reader.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define PREVIEW_WIDTH 900
#define CHECKED_FOR_US INSTANT_HOUR /* how long a file that was found whole counts as whole */
#define CHECKED_MAX 4096

/* Files that were found whole, so that a film that is asked for in a hundred pieces is not hashed a hundred
 * times. */
typedef struct Checked {
	struct timespec changed;
	int64_t at_us;
} Checked;

static GMutex checked_mutex;
static GHashTable *checked; /* of Checked by hash */

static bool
was_checked(const char *sha256, const struct stat *info)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&checked_mutex);
	const Checked *known = checked != NULL ? g_hash_table_lookup(checked, sha256) : NULL;

	return known != NULL && known->changed.tv_sec == info->st_mtim.tv_sec &&
	       known->changed.tv_nsec == info->st_mtim.tv_nsec &&
	       g_get_monotonic_time() - known->at_us < CHECKED_FOR_US;
}

static void
remember_checked(const char *sha256, const struct stat *info)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&checked_mutex);
	Checked *known = g_new0(Checked, 1);

	if (checked == NULL)
		checked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (g_hash_table_size(checked) >= CHECKED_MAX)
		g_hash_table_remove_all(checked);
	*known = (Checked){info->st_mtim, g_get_monotonic_time()};
	g_hash_table_replace(checked, g_strdup(sha256), known);
}

static bool
fail_damaged(const Evidence *evidence, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "Tệp “%s” trong kho đã bị hỏng: nội dung không còn đúng với mã băm lúc nộp, nên không được đưa "
	    "ra. Hãy báo "
	    "người quản trị khôi phục tệp từ bản sao lưu, hoặc nộp lại.",
	    evidence->file_name);
	return false;
}

bool
evidence_check_file(
    const EvidenceScope *scope, const Evidence *evidence, Arena *arena, const char **ret_path, GError **error)
{
	g_autofree char *path = filestore_path(scope->directory, evidence->sha256);
	char counted[FILESTORE_KEY_SIZE];
	struct stat info;
	int64_t size;

	if (path == NULL || g_lstat(path, &info) != 0 || (int64_t)info.st_size != evidence->size_bytes)
		return fail_damaged(evidence, error);
	if (!was_checked(evidence->sha256, &info)) {
		if (!evidence_hash_file(path, counted, &size) || strcmp(counted, evidence->sha256) != 0)
			return fail_damaged(evidence, error);
		remember_checked(evidence->sha256, &info);
	}
	*ret_path = arena_strdup(arena, path);
	return true;
}

/* is_guarded: for who has a step of its own for it, noted with a reason. */
static bool
find(HttpRequest *request, bool is_guarded, Evidence *ret_evidence, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	int64_t id;

	if (!http_request_param_int(request, "id", &id, error) ||
	    !(is_guarded ? evidence_find(&scope, id, request->arena, ret_evidence, error)
			 : evidence_find_readable(request, id, ret_evidence, error)))
		return false;
	if (ret_evidence->sha256 != NULL)
		return true;
	request->problem = "Văn bản mật chỉ được lưu số và ngày; không có tệp để tải.";
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "a secret has no file");
	return false;
}

static bool
send_file(
    HttpRequest *request, HttpResponse *response, const Evidence *evidence, const char *name, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	const EvidenceType *type = evidence_type_find(evidence->type);
	const char *path;

	if (!evidence_check_file(&scope, evidence, request->arena, &path, error))
		return evidence_tell(request, *error);
	response->content_type = type != NULL && type->mime != NULL ? type->mime : "application/octet-stream";
	response->disposition = http_attachment(request->arena, name);
	http_response_file(request, response, path, (uint64_t)evidence->size_bytes,
	    arena_printf(request->arena, "\"%s\"", evidence->sha256));
	return true;
}

bool
evidence_download(HttpRequest *request, HttpResponse *response, GError **error)
{
	Evidence evidence;

	if (!find(request, false, &evidence, error))
		return false;
	if (evidence.scan == EVIDENCE_SUSPECT) {
		request->problem = arena_printf(request->arena,
		    "Tệp này đang bị cách ly vì chương trình quét báo “%s”. Chỉ người quản trị được lấy ra "
		    "để kiểm tra.",
		    evidence.scan_message);
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT, "a suspect file");
		return false;
	}
	return send_file(request, response, &evidence, evidence.file_name, error);
}

static bool
note_release(HttpRequest *request, const Evidence *evidence, const char *reason, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GString) state = g_string_new(NULL);
	g_autoptr(DbTxn) txn = NULL;
	LedgerNote note = {LEDGER_EXPORT,
	    arena_printf(request->arena, "quarantine/%" G_GINT64_FORMAT, evidence->evidence_id), NULL, NULL};
	JsonWriter json;

	json_init(&json, state, false);
	json_begin_object(&json);
	json_key_string(&json, "file_sha256", evidence->sha256);
	json_key_string(&json, "found", evidence->scan_message);
	json_key_string(&json, "reason", reason);
	json_end_object(&json);
	note.after = state->str;
	return db_txn_begin(scope.db, &txn, error) &&
	       ledger_note(scope.db, scope.commune_id, &scope.actor, scope.now_us, &note, error) &&
	       db_txn_commit(txn, error);
}

/* Under a name that nothing opens by itself. */
bool
evidence_download_suspect(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autofree char *reason =
	    evidence_clean_line(http_request_form(request, "ly-do"), EVIDENCE_REASON_CHARACTERS);
	Evidence evidence;

	if (!find(request, true, &evidence, error))
		return false;
	if (evidence.scan != EVIDENCE_SUSPECT || *reason == '\0') {
		request->problem = *reason == '\0' ? "Hãy ghi lý do lấy tệp nghi nhiễm."
						   : "Tệp này không bị cách ly; hãy tải theo cách thường.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "no reason, or not suspect");
		return false;
	}
	if (!note_release(request, &evidence, reason, error) ||
	    !send_file(request, response, &evidence,
		arena_printf(request->arena, "%s.nghi-nhiem", evidence.file_name), error))
		return false;
	response->content_type = "application/octet-stream";
	response->cache = HTTP_CACHE_NONE;
	return true;
}

/* The first page as a picture that we made: what came in is never shown by the browser. */
bool
evidence_preview(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GMappedFile) mapped = NULL;
	g_autofree char *png = NULL;
	const EvidenceType *type;
	Evidence evidence;
	const char *path;
	size_t len;

	if (!find(request, false, &evidence, error))
		return false;
	type = evidence_type_find(evidence.type);
	if (type == NULL || !type->has_pages || evidence.scan == EVIDENCE_SUSPECT) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "nothing to be shown");
		return false;
	}
	if (!evidence_check_file(&scope, &evidence, request->arena, &path, error) ||
	    (mapped = g_mapped_file_new(path, FALSE, error)) == NULL ||
	    !reader_render_page(g_mapped_file_get_contents(mapped), g_mapped_file_get_length(mapped), 1,
		PREVIEW_WIDTH, 0, &png, &len, error))
		return false;
	response->content_type = "image/png";
	response->is_packed = true;
	response->cache = HTTP_CACHE_REVALIDATE;
	g_string_append_len(response->body, png, (gssize)len);
	return true;
}
