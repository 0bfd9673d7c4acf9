/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "base/app-error.h"
#include "base/date.h"
#include "html/assets_urls.h"
#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_form.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_type.h"
#include "modules/evidence/pages/form.html.h"

#include <string.h>

#define BODY_FILES 4 /* of the largest size, in one form */
#define TOO_LARGE "Hãy giảm độ phân giải của ảnh, phim hoặc tách tệp."

/* What the slow half of a form without script leaves for the writer. */
typedef struct Received {
	EvidenceFile *files; /* those that were taken */
	size_t n_files;
	EvidenceRefusal *refusals;
	size_t n_refusals;
} Received;

bool
evidence_form_read(HttpRequest *request, EvidenceNew *ret_told, GError **error)
{
	const char *issued = http_request_form_text(request, "ngay"),
		   *object = http_request_form_text(request, "doi-tuong");
	EvidenceNew told = {.title = http_request_form_text(request, "tieu-de"),
	    .kind = http_request_form_text(request, "loai"),
	    .number = http_request_form_text(request, "so"),
	    .issued_day = DATE_NONE,
	    .object = evidence_object_parse(request->arena, object)};

	if (*issued != '\0' && !date_parse_iso(issued, &told.issued_day)) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INVALID, "Ngày ban hành không đúng. Hãy chọn lại ngày.");
		return false;
	}
	if (*object != '\0' && told.object.kind == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID,
		    "Không rõ minh chứng này thuộc về việc nào. Hãy mở lại trang của nhiệm vụ.");
		return false;
	}
	*ret_told = told;
	return true;
}

bool
evidence_form_load(HttpRequest *request, const char *title, EvidenceFormView *ret_view, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceFormView view = {.title = "", .kind = "", .number = "", .issued = "", .place.word = ""};
	g_autofree char *also = NULL, *accept = NULL;

	if (!evidence_kinds_today(&scope, request->arena, &view.kinds, error) ||
	    !evidence_room(&scope, request->arena, &view.room, error) ||
	    !evidence_pending(&scope, request->arena, &view.pending, &view.n_pending, error) ||
	    !app_setting_get(scope.db, scope.commune_id, EVIDENCE_ALSO_KEY, &also, error))
		return false;
	accept = evidence_type_accept(also != NULL ? also : "");
	view.accept = arena_strdup(request->arena, accept);
	view.layout = app_layout(request, title);
	*ret_view = view;
	return true;
}

bool
evidence_form_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceFormView view;
	EvidenceObject object = {0};

	for (size_t i = 0; i < request->n_query; i++)
		if (strcmp(request->query[i].name, "doi-tuong") == 0)
			object = evidence_object_parse(request->arena, request->query[i].value);
	if (!evidence_require_for(request, APP_EVIDENCE, &object, error) ||
	    !evidence_form_load(request, "Thêm minh chứng", &view, error))
		return false;
	view.layout.script = ASSET_EVIDENCE_JS;
	view.place = evidence_place_of(request->arena, &object);
	evidence_form_page(response->body, &view);
	return true;
}

bool
evidence_form_admit(HttpRequest *request, HttpBodyRules *rules, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceLimits limits;

	if (!evidence_limits(&scope, &limits, error))
		return false;
	rules->file_bytes_max = (size_t)limits.file_bytes;
	rules->body_bytes_max = HTTP_FORM_BYTES_MAX + BODY_FILES * rules->file_bytes_max;
	rules->too_large = TOO_LARGE;
	/* As long as the sender says how much comes, it is told at once that there is no room. */
	limits.file_bytes = INT64_MAX;
	return evidence_check_room(&limits, "", (int64_t)MIN(request->body_bytes, INT64_MAX), error) ||
	       evidence_tell(request, *error);
}

static bool
receive_one(HttpRequest *request, const HttpFile *sent, Received *received, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceArrival arrival = {sent->path, sent->name, sent->sha256, (int64_t)sent->size};
	g_autoptr(GError) reason = NULL;

	if (evidence_receive(
		&scope, &arrival, request->arena, &received->files[received->n_files], &reason)) {
		received->n_files++;
		return true;
	}
	if (app_error_http_status(reason) >= 500) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	received->refusals[received->n_refusals++] =
	    (EvidenceRefusal){sent->name, arena_strdup(request->arena, reason->message)};
	return true;
}

/* Nothing of a form with wrong fields is looked at. */
static bool
receive_all(HttpRequest *request, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	Received *received = arena_new0(request->arena, Received);
	g_autoptr(GError) reason = NULL;
	EvidenceNew told;

	received->files = arena_array(request->arena, EvidenceFile, request->n_files + 1);
	received->refusals = arena_array(request->arena, EvidenceRefusal, request->n_files + 1);
	request->prepared = received;
	if (!evidence_form_read(request, &told, &reason) || !evidence_check_told(&scope, &told, &reason))
		return true; /* the writer's half says so */
	if (!evidence_require_for(request, APP_EVIDENCE, &told.object, error))
		return false;
	for (size_t i = 0; i < request->n_files; i++)
		if (!receive_one(request, &request->files[i], received, error))
			return false;
	return true;
}

static bool
store_all(
    HttpRequest *request, const Received *received, const EvidenceNew *told, int64_t *ret_id, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceNew one = *told;

	/* One title cannot be that of several files. */
	if (received->n_files > 1)
		one.title = NULL;
	for (size_t i = 0; i < received->n_files; i++)
		if (!evidence_add(&scope, &one, &received->files[i], ret_id, error))
			return false;
	return true;
}

static bool
show_again(HttpRequest *request, HttpResponse *response, const Received *received, const char *problem,
    GError **error)
{
	EvidenceObject object =
	    evidence_object_parse(request->arena, http_request_form_text(request, "doi-tuong"));
	EvidenceFormView view;

	if (!evidence_form_load(request, "Thêm minh chứng", &view, error))
		return false;
	view.layout.script = ASSET_EVIDENCE_JS;
	view.place = evidence_place_of(request->arena, &object);
	view.title = http_request_form_text(request, "tieu-de");
	view.kind = http_request_form_text(request, "loai");
	view.number = http_request_form_text(request, "so");
	view.issued = http_request_form_text(request, "ngay");
	view.problem = problem;
	view.refusals = received->refusals;
	view.n_refusals = received->n_refusals;
	view.n_taken = problem == NULL ? received->n_files : 0;
	response->status = 422;
	evidence_form_page(response->body, &view);
	return true;
}

const char *
evidence_next_url(Arena *arena, const EvidenceObject *object, int64_t evidence_id)
{
	EvidencePlace place = evidence_place_of(arena, object);

	return place.url != NULL ? arena_printf(arena, "%s#minh-chung", place.url)
				 : arena_printf(arena, EVIDENCE_PATH "/%" G_GINT64_FORMAT, evidence_id);
}

bool
evidence_form_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const Received *received = request->prepared;
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GError) reason = NULL;
	EvidenceNew told;
	int64_t id = 0;

	if (received == NULL)
		return receive_all(request, error);
	if (!evidence_form_read(request, &told, &reason) || !evidence_check_told(&scope, &told, &reason))
		return show_again(
		    request, response, received, arena_strdup(request->arena, reason->message), error);
	if (!evidence_require_for(request, APP_EVIDENCE, &told.object, error))
		return false;
	if (request->n_files == 0)
		return show_again(request, response, received, "Hãy chọn ít nhất một tệp.", error);
	if (!store_all(request, received, &told, &id, &reason)) {
		if (app_error_http_status(reason) < 500)
			return show_again(request, response, received,
			    arena_strdup(request->arena, reason->message), error);
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	if (received->n_refusals > 0)
		return show_again(request, response, received, NULL, error);
	http_response_redirect(response, evidence_next_url(request->arena, &told.object, id));
	return true;
}
