/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_pages.h"

#include "base/app-error.h"
#include "base/date.h"

#define BYTES_PER_KB 1024.0

IntakeScope
intake_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (IntakeScope){
	    context->db, context->commune_id, context->directory, context->now_us, app_actor(request)};
}

bool
intake_tell(HttpRequest *request, const GError *error)
{
	/* Errors of the store are for the log, not for a person. */
	if (error != NULL && app_error_http_status(error) < 500)
		request->problem = arena_strdup(request->arena, error->message);
	return false;
}

static const char *
format_instant(Arena *arena, int64_t at_us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_minute_vi(at_us, text);
	return arena_strdup(arena, text);
}

static const char *
format_size(Arena *arena, int64_t bytes)
{
	double kb = (double)bytes / BYTES_PER_KB;
	char *text;

	if (kb < BYTES_PER_KB)
		return arena_printf(arena, "%.0f KB", MAX(kb, 1.0));
	text = arena_printf(arena, "%.1f MB", kb / BYTES_PER_KB);
	g_strdelimit(text, ".", ',');
	return text;
}

static const char *
state_word(Arena *arena, const IntakeDraft *draft)
{
	switch (draft->state) {
	case INTAKE_WAITING:
		return "Chờ đọc";
	case INTAKE_READING:
		if (draft->page_total == 0)
			return "Đang đọc";
		return arena_printf(arena, "Đang đọc trang %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
		    draft->page_done, draft->page_total);
	case INTAKE_FAILED:
		return "Không đọc được";
	case INTAKE_READY:
		return "Chờ rà soát";
	case INTAKE_PUBLISHED:
		return "Đang thực hiện";
	case INTAKE_DISCARDED:
		return "Đã bỏ";
	case INTAKE_STATE_MAX:
	default:
		return "";
	}
}

static const char *
url_of(Arena *arena, const IntakeDraft *draft)
{
	if (draft->state == INTAKE_READY)
		return arena_printf(arena, REVIEW_PATH "/%" G_GINT64_FORMAT, draft->draft_id);
	if (draft->state == INTAKE_PUBLISHED)
		return arena_printf(arena, "/?ke-hoach=%" G_GINT64_FORMAT, draft->plan_id);
	return arena_printf(arena, INTAKE_PATH "/%" G_GINT64_FORMAT, draft->draft_id);
}

void
intake_make_row(const HttpRequest *request, const IntakeDraft *draft, IntakeRow *ret_row)
{
	static const char *const KINDS[INTAKE_STATE_MAX] = {
	    [INTAKE_WAITING] = "idle",
	    [INTAKE_READING] = "run",
	    [INTAKE_FAILED] = "late",
	    [INTAKE_READY] = "soon",
	    [INTAKE_PUBLISHED] = "ok",
	    [INTAKE_DISCARDED] = "idle",
	};

	*ret_row = (IntakeRow){
	    .draft = draft,
	    .kind = KINDS[draft->state],
	    .state = state_word(request->arena, draft),
	    .when = format_instant(request->arena, draft->created_at),
	    .size = format_size(request->arena, draft->size_bytes),
	    .name = *draft->caption != '\0' ? draft->caption : draft->file_name,
	    .url = url_of(request->arena, draft),
	};
}
