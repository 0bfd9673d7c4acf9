/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "base/app-error.h"
#include "html/assets_urls.h"
#include "http/query.h"
#include "http/range.h"
#include "modules/intake/intake_pages.h"
#include "modules/intake/pages/progress.html.h"

#include <string.h>

/* The page of one draft until it can be reviewed, and what can be done with a draft as a whole. */

enum { KEY_FRAGMENT, KEY_KNOWN, KEY_MAX };

static const char *const YES[] = {"1", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_FRAGMENT] = {"manh", "Mảnh", http_valid_word, .words = YES},
    [KEY_KNOWN] = {"da-co", "Đã có", http_valid_word, .words = YES},
};

static bool
load(HttpRequest *request, IntakeDraft *draft, GError **error)
{
	IntakeScope scope = intake_scope_of(request);
	int64_t draft_id;

	return http_request_param_int(request, "id", &draft_id, error) &&
	       intake_draft_load(&scope, draft_id, request->arena, draft, error);
}

bool
intake_progress_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue values[KEY_MAX];
	IntakeProgressView view = {0};
	IntakeDraft draft;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) || !load(request, &draft, error))
		return false;
	view.layout = app_layout(request, draft.file_name);
	intake_make_row(request, &draft, &view.row);
	view.layout.script = ASSET_INTAKE_JS;
	view.is_known = values[KEY_KNOWN].is_set;
	view.is_on_going = draft.state == INTAKE_WAITING || draft.state == INTAKE_READING;
	view.layout.reloads = view.is_on_going;
	if (draft.state == INTAKE_READY && !view.is_known)
		view.next_url = view.row.url;
	if (values[KEY_FRAGMENT].is_set) {
		intake_progress_fragment(response->body, &view);
	} else if (view.next_url != NULL) {
		http_response_redirect(response, view.next_url);
	} else {
		intake_progress_page(response->body, &view);
	}
	return true;
}

bool
intake_download(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autofree char *bytes = NULL;
	IntakeDraft draft;
	size_t len;

	if (!load(request, &draft, error) ||
	    !filestore_get(app_context(request)->directory, draft.file_sha256, &bytes, &len, error))
		return false;
	g_string_append_len(response->body, bytes, (gssize)len);
	response->content_type = "application/octet-stream";
	response->disposition = http_attachment(request->arena, draft.file_name);
	return true;
}

typedef bool (*DraftAction)(const IntakeScope *scope, int64_t draft_id, GError **error);

static bool
act(HttpRequest *request, DraftAction action, int64_t *ret_id, GError **error)
{
	IntakeScope scope = intake_scope_of(request);
	g_autoptr(GError) reason = NULL;

	if (!http_request_param_int(request, "id", ret_id, error))
		return false;
	if (action(&scope, *ret_id, &reason))
		return true;
	intake_tell(request, reason);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool
intake_discard(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t draft_id;

	if (!act(request, intake_draft_discard, &draft_id, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena, INTAKE_PATH "/%" G_GINT64_FORMAT, draft_id));
	return true;
}

bool
intake_restore(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t draft_id;

	if (!act(request, intake_draft_restore, &draft_id, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena, INTAKE_PATH "/%" G_GINT64_FORMAT, draft_id));
	return true;
}

bool
intake_retry(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t draft_id;

	if (!act(request, intake_draft_retry, &draft_id, error))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena, INTAKE_PATH "/%" G_GINT64_FORMAT, draft_id));
	return true;
}
