/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/review_pages.h"

#include "base/app-error.h"
#include "http/query.h"
#include "modules/document/document.h"
#include "modules/intake/pages/review.html.h"
#include "modules/intake/review_cache.h"
#include "modules/intake/review_view.h"

enum { KEY_ITEM, KEY_FIELD, KEY_POSITION, KEY_PAGE, KEY_ACTION, KEY_MAX };
enum { ACTION_SPLIT, ACTION_ADD };

static const char *const ACTIONS[] = {"tach", "them", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_ITEM] = {"muc", "Mục", http_valid_text, .max = 200},
    [KEY_FIELD] = {"truong", "Trường", http_valid_text, .max = 40},
    [KEY_POSITION] = {"vi-tri", "Vị trí", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_ACTION] = {"lam", "Việc", http_valid_word, .words = ACTIONS},
};

/* A draft that is not there to be reviewed (being read, failed, discarded) has a page that says so. */
static bool
send_to_draft(HttpRequest *request, HttpResponse *response, int64_t draft_id, GError *reason, GError **error)
{
	if (!g_error_matches(reason, APP_ERROR, APP_ERROR_CONFLICT)) {
		g_propagate_error(error, reason);
		return false;
	}
	g_error_free(reason);
	http_response_redirect(
	    response, arena_printf(request->arena, INTAKE_PATH "/%" G_GINT64_FORMAT, draft_id));
	return true;
}

bool
review_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	IntakeScope scope = intake_scope_of(request);
	HttpValue values[KEY_MAX];
	IntakeReview *review;
	ReviewFocus focus;
	ReviewView view;
	GError *reason = NULL;
	int64_t draft_id;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !http_request_param_int(request, "id", &draft_id, error))
		return false;
	if (!review_cache_take(&scope, draft_id, &review, &reason))
		return send_to_draft(request, response, draft_id, reason, error);
	focus = (ReviewFocus){.item = values[KEY_ITEM].text,
	    .field = values[KEY_FIELD].text,
	    .position = values[KEY_POSITION].is_set ? values[KEY_POSITION].number : -1,
	    .page = (uint32_t)values[KEY_PAGE].number,
	    .is_splitting = values[KEY_ACTION].is_set && values[KEY_ACTION].number == ACTION_SPLIT,
	    .is_adding = values[KEY_ACTION].is_set && values[KEY_ACTION].number == ACTION_ADD};
	review_view_make(request, review, &focus, &view);
	review_page(response->body, &view);
	review_cache_put(&scope, review);
	return true;
}

enum { IMAGE_WIDTH, IMAGE_TURNS, IMAGE_MAX };

static const HttpField IMAGE_FIELDS[IMAGE_MAX] = {
    [IMAGE_WIDTH] = {"rong", "Rộng", http_valid_int, .min = DOCUMENT_IMAGE_WIDTH,
	.max = DOCUMENT_IMAGE_WIDTH_LARGE},
    [IMAGE_TURNS] = {"xoay", "Xoay", http_valid_int, .min = 0, .max = BLOCK_TURNS_MAX},
};

bool
review_image(HttpRequest *request, HttpResponse *response, GError **error)
{
	IntakeScope scope = intake_scope_of(request);
	g_autofree char *png = NULL;
	IntakeDraft draft;
	HttpValue values[IMAGE_MAX];
	int64_t draft_id;
	uint32_t page;
	size_t len;

	if (!http_query_parse(IMAGE_FIELDS, IMAGE_MAX, request, values, error) ||
	    !http_request_param_int(request, "id", &draft_id, error) ||
	    !document_image_number(http_request_param(request, "trang"), &page, error) ||
	    !intake_draft_load(&scope, draft_id, request->arena, &draft, error) ||
	    !document_page_image(scope.directory, draft.file_sha256, page,
		values[IMAGE_WIDTH].is_set ? DOCUMENT_IMAGE_WIDTH_LARGE : DOCUMENT_IMAGE_WIDTH,
		values[IMAGE_TURNS].is_set ? (unsigned)values[IMAGE_TURNS].number : 0, &png, &len, error))
		return false;
	/* A draft's file never changes, so its pages never do. */
	response->cache = HTTP_CACHE_PRIVATE;
	response->content_type = "image/png";
	response->is_packed = true;
	g_string_append_len(response->body, png, (gssize)len);
	return true;
}
