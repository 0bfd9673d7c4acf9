/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/json.h"
#include "base/text.h"
#include "http/data.h"
#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_form.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_upload.h"
#include "storage/txn.h"

#include <string.h>

static void
answer(HttpResponse *response, const EvidenceUpload *upload)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "upload", upload->upload_id);
	json_key_int(&json, "offset", upload->offset);
	json_key_int(&json, "size", upload->size_bytes);
	json_key_int(&json, "piece_bytes", EVIDENCE_PIECE_BYTES);
	json_end_object(&json);
}

/* Digits; -1 where it is none. */
static int64_t
number_of(const HttpRequest *request, const char *name)
{
	const char *text = http_request_form(request, name);
	gint64 value;

	return text != NULL && g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &value, NULL) ? value : -1;
}

/* The last part of what the browser calls the file. */
static const char *
name_of(HttpRequest *request)
{
	const char *name = http_request_form(request, "ten"), *base = name;

	for (const char *at = name; at != NULL && *at != '\0'; at++)
		if (*at == '/' || *at == '\\')
			base = at + 1;
	if (base == NULL || *base == '\0' || strlen(base) > EVIDENCE_NAME_BYTES_MAX)
		return NULL;
	for (const char *at = base; *at != '\0'; at = text_next(at))
		if (g_unichar_iscntrl(g_utf8_get_char(at)))
			return NULL;
	return base;
}

bool
evidence_upload_announce(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceUpload announced = {.file_name = name_of(request),
	    .size_bytes = number_of(request, "co"),
	    .changed_ms = MAX(number_of(request, "sua-doi"), 0)};
	EvidenceUpload upload;

	if (announced.file_name == NULL || announced.size_bytes < 0) {
		request->problem = "Không rõ tên hoặc dung lượng của tệp.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "an upload without name or size");
		return false;
	}
	if (announced.size_bytes == 0) {
		request->problem = "Tệp rỗng, không có nội dung. Hãy chọn lại tệp.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "an empty file");
		return false;
	}
	if (!evidence_form_read(request, &announced.told, error))
		return evidence_tell(request, *error);
	if (!evidence_require_for(request, APP_EVIDENCE, &announced.told.object, error))
		return false;
	if (!evidence_upload_begin(&scope, &announced, request->arena, &upload, error))
		return evidence_tell(request, *error);
	answer(response, &upload);
	return true;
}

static bool
find(HttpRequest *request, EvidenceUpload *ret_upload, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);

	return evidence_upload_find(
		   &scope, http_request_param(request, "ma"), request->arena, ret_upload, error) ||
	       evidence_tell(request, *error);
}

bool
evidence_upload_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceUpload upload;

	if (!find(request, &upload, error))
		return false;
	answer(response, &upload);
	return true;
}

bool
evidence_upload_piece_admit(HttpRequest *request, HttpBodyRules *rules, GError **error)
{
	(void)request;
	(void)error;
	rules->file_bytes_max = EVIDENCE_PIECE_BYTES_MAX;
	rules->body_bytes_max = EVIDENCE_PIECE_BYTES_MAX + HTTP_FORM_BYTES_MAX;
	rules->too_large = "Hãy gửi từng phần nhỏ hơn.";
	return true;
}

/* A piece that does not fit is no failure: the answer says where to go on. */
static bool
append(HttpRequest *request, const EvidencePiece *piece, const HttpFile *sent, HttpResponse *response,
    GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GError) reason = NULL;
	EvidenceLimits limits;
	EvidenceUpload upload;

	if (!find(request, &upload, error) || !evidence_limits(&scope, &limits, error))
		return false;
	limits.file_bytes = limits.quota_bytes = INT64_MAX; /* these were looked at when it began */
	if (!evidence_check_room(&limits, upload.file_name, (int64_t)sent->size, error))
		return evidence_tell(request, *error);
	if (!evidence_upload_append(&scope, &upload, piece->offset, sent->path, &reason)) {
		if (!g_error_matches(reason, APP_ERROR, APP_ERROR_CONFLICT)) {
			evidence_tell(request, reason);
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		response->status = 409;
	}
	answer(response, &upload);
	return true;
}

bool
evidence_upload_piece(HttpRequest *request, HttpResponse *response, GError **error)
{
	const HttpFile *sent = request->n_files == 1 ? &request->files[0] : NULL;
	EvidencePiece piece;

	if (sent == NULL || sent->size == 0 ||
	    !evidence_piece_parse(
		http_request_form(request, "vi-tri"), http_request_form(request, "ma-bam"), &piece)) {
		request->problem = "Phần của tệp gửi lên không đúng khuôn dạng.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "a piece that is none");
		return false;
	}
	if (*piece.sha256 != '\0' && strcmp(piece.sha256, sent->sha256) != 0) {
		request->problem = "Phần của tệp bị hỏng trên đường gửi (sai mã băm). Hãy gửi lại phần đó.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "a piece with another hash");
		return false;
	}
	return append(request, &piece, sent, response, error);
}

typedef struct Finished {
	EvidenceUpload upload;
	EvidenceFile file;
} Finished;

/* On a slow thread: the whole file is read. */
static bool
complete(HttpRequest *request, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	Finished *finished = arena_new0(request->arena, Finished);
	EvidencePiece whole;

	if (!evidence_piece_parse("0", http_request_form(request, "ma-bam"), &whole)) {
		request->problem = "Mã băm của tệp không đúng khuôn dạng.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "a hash that is none");
		return false;
	}
	if (!find(request, &finished->upload, error))
		return false;
	if (!evidence_upload_complete(
		&scope, &finished->upload, whole.sha256, request->arena, &finished->file, error))
		return evidence_tell(request, *error);
	request->prepared = finished;
	return true;
}

static bool
store(const EvidenceScope *scope, const Finished *finished, int64_t *ret_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope->db, &txn, error) &&
	       evidence_add(scope, &finished->upload.told, &finished->file, ret_id, error) &&
	       evidence_upload_drop(scope, finished->upload.upload_id, error) && db_txn_commit(txn, error);
}

bool
evidence_upload_finish(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	const Finished *finished = request->prepared;
	JsonWriter json;
	int64_t id;

	if (finished == NULL)
		return complete(request, error);
	if (!evidence_require_for(request, APP_EVIDENCE, &finished->upload.told.object, error))
		return false;
	if (!store(&scope, finished, &id, error))
		return evidence_tell(request, *error);
	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_int(&json, "id", id);
	json_key_string(&json, "sha256", finished->file.sha256);
	json_key_string(
	    &json, "location", evidence_next_url(request->arena, &finished->upload.told.object, id));
	json_end_object(&json);
	return true;
}

bool
evidence_upload_cancel(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceUpload upload;

	if (!find(request, &upload, error) || !evidence_upload_drop(&scope, upload.upload_id, error))
		return false;
	http_response_redirect(response, EVIDENCE_PATH);
	return true;
}
