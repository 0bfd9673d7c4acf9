/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_pages.h"

#include "app/context.h"
#include "base/csv.h"
#include "http/data.h"
#include "modules/notify/pages/sent.html.h"

#define ROWS 50
#define EXPORT_ROWS_MAX 20000

enum { KEY_STATE, KEY_BEFORE, KEY_MAX };

/* 0 stands for none of them. */
const char *const NOTIFY_STATE_WORDS[NOTIFY_STATE_MAX + 1] = {
    "tat-ca", "cho-gui", "dang-gui", "da-gui", "khong-nhan", "khong-gui-duoc", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_STATE] = {"trang-thai", "Trạng thái", http_valid_word, .words = NOTIFY_STATE_WORDS},
    [KEY_BEFORE] = {"truoc", "Trước", http_valid_int, .min = 1, .max = G_MAXINT64},
};

const char *
notify_state_kind(NotifyState state)
{
	switch (state) {
	case NOTIFY_SENT:
		return "ok";
	case NOTIFY_SENDING:
		return "run";
	case NOTIFY_REFUSED:
	case NOTIFY_GIVEN_UP:
		return "late";
	case NOTIFY_WAITING:
	case NOTIFY_STATE_MAX:
		break;
	}
	return "idle";
}

static void
write_csv(const NotifySentView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Số", "Kênh", "Người nhận", "Địa chỉ", "Nội dung", "Trạng thái",
	    "Số lần thử", "Lập lúc", "Xong lúc", "Trả lời"};
	GString *out = response->body;

	http_csv_begin(response, "gui-thong-bao.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->deliveries->len; i++) {
		const NotifyDelivery *row = g_ptr_array_index(view->deliveries, i);

		csv_int(out, row->delivery_id);
		csv_text(out, NOTIFY_CHANNEL_LABELS[row->channel]);
		csv_text(out, row->name);
		csv_text(out, row->address);
		csv_text(out, row->subject);
		csv_text(out, NOTIFY_STATE_LABELS[row->state]);
		csv_int(out, row->attempts);
		csv_text(out, notify_when(view->arena, row->created_us));
		csv_text(out, notify_when(view->arena, row->done_us));
		csv_text(out, row->answer);
		csv_end_line(out);
	}
}

static void
cut(NotifySentView *view, GPtrArray *deliveries)
{
	const NotifyDelivery *last;

	if (deliveries->len <= ROWS)
		return;
	g_ptr_array_set_size(deliveries, ROWS);
	last = g_ptr_array_index(deliveries, ROWS - 1);
	view->more_url = arena_printf(view->arena, NOTIFY_SENT_PATH "?trang-thai=%s&truoc=%" G_GINT64_FORMAT,
	    NOTIFY_STATE_WORDS[view->state], last->delivery_id);
}

static bool
fill(HttpRequest *request, const HttpValue *values, NotifySentView *view, GPtrArray *deliveries,
    GError **error)
{
	const AppContext *context = app_context(request);
	bool is_csv = request->format == HTTP_CSV;
	g_auto(NotifySettings) settings = {0};

	view->state = values[KEY_STATE].is_set ? (int)values[KEY_STATE].number : 0;
	if (!notify_settings_read(context->db, context->commune_id, &settings, error) ||
	    !notify_count_states(context->db, context->commune_id, view->counts, error) ||
	    !notify_list_deliveries(context->db, context->commune_id,
		values[KEY_BEFORE].is_set ? values[KEY_BEFORE].number : INT64_MAX, view->state,
		is_csv ? EXPORT_ROWS_MAX : ROWS + 1, request->arena, deliveries, error))
		return false;
	view->has_mail = settings.mail_url != NULL;
	view->has_hook = settings.hook_url != NULL;
	if (!is_csv)
		cut(view, deliveries);
	return true;
}

bool
notify_sent_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) deliveries = g_ptr_array_new();
	HttpValue values[KEY_MAX];
	NotifySentView view = {.layout = app_layout(request, "Gửi thông báo"),
	    .arena = request->arena,
	    .directory = context->directory,
	    .may_retry = app_visitor_may(context->visitor, APP_ACCOUNTS),
	    .deliveries = deliveries};

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !fill(request, values, &view, deliveries, error))
		return false;
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else
		notify_sent_page(response->body, &view);
	return true;
}

bool
notify_sent_retry(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	const LedgerActor actor = app_actor(request);
	int64_t delivery_id;

	if (!http_request_param_int(request, "id", &delivery_id, error) ||
	    !notify_retry(context->db, context->commune_id, &actor, delivery_id, context->now_us, error))
		return false;
	http_response_redirect(response, NOTIFY_SENT_PATH);
	return true;
}
