/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_pages.h"

#include "app/context.h"
#include "base/date.h"
#include "modules/notify/pages/inbox.html.h"

#define ROWS 50

enum { KEY_ONLY, KEY_BEFORE, KEY_MAX };

static const char *const ONLY_WORDS[] = {"chua-doc", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_ONLY] = {"loc", "Lọc", http_valid_word, .words = ONLY_WORDS},
    [KEY_BEFORE] = {"truoc", "Trước", http_valid_int, .min = 1, .max = G_MAXINT64},
};

const char *
notify_when(Arena *arena, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	if (us == 0)
		return "";
	instant_format_minute_vi(us, text);
	return arena_strdup(arena, text);
}

static int64_t
reader_of(const HttpRequest *request)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return visitor != NULL ? visitor->person_id : 0;
}

static void
cut(NotifyInboxView *view, GPtrArray *messages)
{
	const NotifyMessage *last;

	if (messages->len <= ROWS)
		return;
	g_ptr_array_set_size(messages, ROWS);
	last = g_ptr_array_index(messages, ROWS - 1);
	view->more_url = arena_printf(view->arena, NOTIFY_PATH "?%struoc=%" G_GINT64_FORMAT,
	    view->is_unread_only ? "loc=chua-doc&" : "", last->message_id);
}

bool
notify_inbox_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	int64_t person_id = reader_of(request);
	HttpValue values[KEY_MAX];
	NotifyInboxView view = {.layout = app_layout(request, "Thông báo"),
	    .arena = request->arena,
	    .messages = messages,
	    .is_nobody = person_id == 0};

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	view.is_unread_only = values[KEY_ONLY].is_set;
	if (!notify_list_messages(context->db, context->commune_id, person_id,
		values[KEY_BEFORE].is_set ? values[KEY_BEFORE].number : INT64_MAX, view.is_unread_only,
		ROWS + 1, request->arena, messages, error) ||
	    !notify_count_unread(context->db, context->commune_id, person_id, &view.n_unread, error))
		return false;
	cut(&view, messages);
	notify_inbox_page(response->body, &view);
	return true;
}

static bool
mark(HttpRequest *request, HttpResponse *response, int64_t first, int64_t last, const char *url,
    GError **error)
{
	const AppContext *context = app_context(request);

	if (!notify_mark_read(
		context->db, context->commune_id, reader_of(request), first, last, context->now_us, error))
		return false;
	http_response_redirect(response, url);
	return true;
}

bool
notify_inbox_read(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t message_id;

	return http_request_param_int(request, "id", &message_id, error) &&
	       mark(request, response, message_id, message_id, NOTIFY_PATH, error);
}

bool
notify_inbox_read_all(HttpRequest *request, HttpResponse *response, GError **error)
{
	static const HttpField UP_TO = {"den", "Đến", http_valid_int, .min = 1, .max = G_MAXINT64};
	HttpValue value;

	/* Only what the page showed: a message that came since is not read. */
	return http_form_parse(&UP_TO, 1, request, &value, error) &&
	       mark(request, response, 1, value.is_set ? value.number : 0, NOTIFY_PATH, error);
}
