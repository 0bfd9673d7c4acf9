/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/intake/intake_list_page.h"
#include "modules/intake/intake_secret.h"
#include "modules/intake/pages/intake.html.h"

#include <string.h>

#define PASTED_NAME "van-ban-dan.txt"

/* What a form brings along becomes drafts, one for each file; those that are refused do not stop the others.
 */
typedef struct Upload {
	HttpRequest *request;
	IntakeScope scope;
	bool is_again; /* also where the same file came in before */
	IntakeRefusal *refusals;
	size_t n_refusals, n_taken;
	IntakeArrival last;
	const char *const *secrets; /* of each file, then of the pasted text: why it must not be kept; NULL */
} Upload;

static bool
take_one(Upload *upload, const IntakeFile *file, const char *secret, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (secret != NULL) {
		upload->refusals[upload->n_refusals++] = (IntakeRefusal){file->name, secret};
		return true;
	}
	if (intake_draft_create(&upload->scope, file, upload->is_again, &upload->last, &reason)) {
		upload->n_taken++;
		return true;
	}
	if (app_error_http_status(reason) >= 500) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	upload->refusals[upload->n_refusals++] =
	    (IntakeRefusal){file->name, arena_strdup(upload->request->arena, reason->message)};
	return true;
}

/* The file is on the disk already: its bytes are looked at without being read into memory. */
static bool
map_file(const HttpFile *sent, GMappedFile **ret_mapped, IntakeFile *ret_file, GError **error)
{
	g_autoptr(GError) reason = NULL;

	*ret_file = (IntakeFile){
	    .name = sent->name, .bytes = "", .len = sent->size, .path = sent->path, .sha256 = sent->sha256};
	if (sent->size == 0)
		return true;
	*ret_mapped = g_mapped_file_new(sent->path, FALSE, &reason);
	if (*ret_mapped == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, reason->message);
		return false;
	}
	ret_file->bytes = g_mapped_file_get_contents(*ret_mapped);
	return true;
}

static bool
take_file(Upload *upload, size_t index, GError **error)
{
	const HttpFile *sent = &upload->request->files[index];
	g_autoptr(GMappedFile) mapped = NULL;
	IntakeFile file;

	/* What was found to be a secret is gone from the disk. */
	if (upload->secrets[index] != NULL)
		return take_one(upload, &(IntakeFile){.name = sent->name}, upload->secrets[index], error);
	return map_file(sent, &mapped, &file, error) && take_one(upload, &file, NULL, error);
}

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

static bool
take_all(Upload *upload, GError **error)
{
	HttpRequest *request = upload->request;
	const char *pasted = http_request_form(request, "van-ban");

	for (size_t i = 0; i < request->n_files; i++)
		if (!take_file(upload, i, error))
			return false;
	if (!is_blank(pasted)) {
		IntakeFile file = {.name = PASTED_NAME, .bytes = pasted, .len = strlen(pasted)};

		if (!take_one(upload, &file, upload->secrets[request->n_files], error))
			return false;
	}
	if (upload->n_taken + upload->n_refusals == 0) {
		request->problem = "Hãy chọn ít nhất một tệp, hoặc dán văn bản kế hoạch vào ô.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "nothing was sent");
		return false;
	}
	return true;
}

/* Where the person goes on. */
static const char *
next_url(const Upload *upload)
{
	Arena *arena = upload->request->arena;
	const IntakeArrival *arrival = &upload->last;

	if (upload->n_taken != 1)
		return INTAKE_PATH;
	if (arrival->kind == INTAKE_DRAFT_LIVE)
		return arena_printf(arena, INTAKE_PATH "?da-co=%" G_GINT64_FORMAT, arrival->plan_id);
	return arena_printf(arena, INTAKE_PATH "/%" G_GINT64_FORMAT "%s", arrival->draft_id,
	    arrival->kind == INTAKE_DRAFT_KNOWN ? "?da-co=1" : "");
}

static void
answer_json(const Upload *upload, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "location", next_url(upload));
	json_end_object(&json);
}

static bool
show_refusals(const Upload *upload, HttpResponse *response, GError **error)
{
	IntakeListView view;

	if (upload->request->format == HTTP_JSON) {
		upload->request->problem = upload->refusals[0].reason;
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "a file was refused");
		return false;
	}
	if (!intake_list_load(upload->request, false, 0, &view, error))
		return false;
	view.refusals = upload->refusals;
	view.n_refusals = upload->n_refusals;
	response->status = 422;
	intake_list_page(response->body, &view);
	return true;
}

/* On a slow thread: looks for stamps of secrecy, and wipes what bears one before anything is kept. */
static bool
look_for_secrets(HttpRequest *request, GError **error)
{
	const char **secrets = arena_array(request->arena, const char *, request->n_files + 1);
	const char *pasted = http_request_form(request, "van-ban");

	for (size_t i = 0; i <= request->n_files; i++) {
		g_autoptr(GMappedFile) mapped = NULL;
		g_autoptr(GError) reason = NULL;
		IntakeFile file = {
		    .name = PASTED_NAME, .bytes = pasted, .len = pasted != NULL ? strlen(pasted) : 0};

		if (i < request->n_files && !map_file(&request->files[i], &mapped, &file, error))
			return false;
		if (file.len == 0 || intake_check_secret(&file, &reason))
			continue;
		if (app_error_http_status(reason) >= 500) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		secrets[i] = arena_strdup(request->arena, reason->message);
	}
	request->prepared = secrets;
	return true;
}

bool
intake_upload(HttpRequest *request, HttpResponse *response, GError **error)
{
	Upload upload = {.request = request,
	    .scope = intake_scope_of(request),
	    .is_again = http_request_form(request, "nhap-lai") != NULL,
	    .refusals = arena_array(request->arena, IntakeRefusal, request->n_files + 1),
	    .secrets = request->prepared};

	if (upload.secrets == NULL)
		return look_for_secrets(request, error);
	if (!take_all(&upload, error))
		return false;
	if (upload.n_refusals > 0)
		return show_refusals(&upload, response, error);
	if (request->format == HTTP_JSON)
		answer_json(&upload, response);
	else
		http_response_redirect(response, next_url(&upload));
	return true;
}
