/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "html/assets_urls.h"
#include "modules/work/work_pages.h"

WorkScope
work_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (WorkScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = app_actor(request),
	    .arena = request->arena,
	    .visitor = context->visitor,
	    .request = request,
	    .directory = context->directory};
}

void
work_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout)
{
	const AppContext *context = app_context(request);
	char today[DATE_ISO_SIZE];

	date_format_vi(context->today, today);
	*layout = app_layout(request, title);
	layout->as_of = arena_printf(request->arena, "Tính đến ngày %s", today);
	layout->script = ASSET_WORK_JS;
}

const char *
work_day(const WorkScope *scope, int32_t day)
{
	return day != DATE_NONE ? date_text_vi(scope->arena, day) : NULL;
}

const char *
work_instant(const WorkScope *scope, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_minute_vi(us, text);
	return arena_strdup(scope->arena, text);
}

static const char *
keep(const WorkScope *scope, const GString *text)
{
	return arena_strndup(scope->arena, text->str, text->len);
}

void
work_fill_line(const WorkScope *scope, const WorkSettings *settings, const WorkRow *row, WorkLine *ret_line)
{
	const WorkPiece *piece = &row->piece;
	g_autoptr(GString) state = g_string_new(NULL);
	g_autoptr(GString) period = g_string_new(NULL);
	g_autoptr(GString) moments = g_string_new(NULL);

	work_describe_moments(piece, moments);
	work_describe(piece, scope->today, settings->soon_days, state);
	work_period_title(piece->period, piece->period_end, period);
	*ret_line = (WorkLine){
	    .row = row,
	    .url = arena_printf(scope->arena, WORK_LIST_PATH "/%" G_GINT64_FORMAT, piece->piece_id),
	    .period = period->len > 0 ? keep(scope, period) : NULL,
	    .state_text = keep(scope, state),
	    .look = work_look(piece, scope->today, settings->soon_days),
	    .due = work_day(scope, piece->due),
	    .moments = moments->len > 0 ? keep(scope, moments) : NULL,
	    .original_due = piece->due != piece->original_due ? work_day(scope, piece->original_due) : NULL,
	};
}

bool
work_fill_missing(const WorkScope *scope, WorkLine *lines, size_t n_lines, GError **error)
{
	for (size_t i = 0; i < n_lines; i++) {
		const WorkPiece *piece = &lines[i].row->piece;
		g_auto(WorkNeeds) needs = {0};

		if (piece->state != WORK_WAITING || !piece->has_product)
			continue;
		if (!work_needs(scope, piece, &needs, error))
			return false;
		lines[i].missing = work_missing(scope, &needs, false, WORK_AT_ACCEPTANCE);
	}
	return true;
}
