/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_list_page.h"
#include "base/ceilings.h"
#include "html/assets_urls.h"
#include "http/query.h"
#include "modules/intake/pages/intake.html.h"

#define ROWS 30
#define BYTES_PER_MB ((size_t)1024 * 1024)

enum { KEY_KIND, KEY_BEFORE, KEY_KNOWN, KEY_MAX };

static const char *const KINDS[] = {"da-bo", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = KINDS},
    [KEY_BEFORE] = {"truoc", "Trước", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_KNOWN] = {"da-co", "Kế hoạch đã có", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static const char *
older_url(const IntakeListView *view, Arena *arena, int64_t draft_id)
{
	return arena_printf(arena, INTAKE_PATH "?%struoc=%" G_GINT64_FORMAT,
	    view->shows_discarded ? "loai=da-bo&" : "", draft_id);
}

bool
intake_list_load(
    HttpRequest *request, bool shows_discarded, int64_t before, IntakeListView *ret_view, GError **error)
{
	IntakeScope scope = intake_scope_of(request);
	g_autoptr(GPtrArray) drafts = g_ptr_array_new();
	int64_t counts[INTAKE_STATE_MAX];
	IntakeListView view = {
	    .shows_discarded = shows_discarded, .max_mb = (int)(LIMIT_SOURCE_BYTES / BYTES_PER_MB)};

	view.layout = app_layout(request, "Nhập kế hoạch");
	view.layout.script = ASSET_INTAKE_JS;
	if (!intake_draft_list(&scope, shows_discarded ? INTAKE_DISCARDED : INTAKE_STATE_MAX, before,
		ROWS + 1, request->arena, drafts, error) ||
	    !intake_draft_counts(&scope, counts, error))
		return false;
	view.n_discarded = counts[INTAKE_DISCARDED];
	view.n_rows = MIN(drafts->len, ROWS);
	view.rows = arena_array(request->arena, IntakeRow, view.n_rows + 1);
	for (size_t i = 0; i < view.n_rows; i++)
		intake_make_row(request, g_ptr_array_index(drafts, (guint)i), &view.rows[i]);
	if (drafts->len > ROWS)
		view.more_url = older_url(&view, request->arena, view.rows[ROWS - 1].draft->draft_id);
	*ret_view = view;
	return true;
}

bool
intake_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue values[KEY_MAX];
	IntakeListView view;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !intake_list_load(request, values[KEY_KIND].is_set, values[KEY_BEFORE].number, &view, error))
		return false;
	view.known_plan = values[KEY_KNOWN].number;
	intake_list_page(response->body, &view);
	return true;
}
