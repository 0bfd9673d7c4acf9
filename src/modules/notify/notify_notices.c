/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/notify/notify.sql.h"
#include "modules/notify/notify_pages.h"
#include "modules/notify/pages/notices.html.h"

/* Every message with what became of it: read in the program, sent, refused. */

#define ROWS 50
#define EXPORT_ROWS_MAX 20000

enum { KEY_FILTER, KEY_BEFORE, KEY_MAX };

const char *const NOTIFY_NOTICE_WORDS[] = {"tat-ca", "chua-doc", "gap", NULL};
const char *const NOTIFY_NOTICE_TITLES[] = {"Tất cả", "Chưa đọc trong chương trình", "Gấp", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_FILTER] = {"loc", "Lọc", http_valid_word, .words = NOTIFY_NOTICE_WORDS},
    [KEY_BEFORE] = {"truoc", "Trước", http_valid_int, .min = 1, .max = G_MAXINT64},
};

const char *
notify_notice_ways(Arena *arena, const NotifyNotice *notice)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (notice->is_mail_waiting)
		g_string_append(out, "Chờ thư tổng hợp của ngày");
	for (size_t i = 0; i < notice->n_deliveries; i++) {
		const NotifyDelivery *delivery = &notice->deliveries[i];

		g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "; " : "",
		    NOTIFY_CHANNEL_LABELS[delivery->channel], NOTIFY_STATE_LABELS[delivery->state]);
		if (delivery->attempts > 1)
			g_string_append_printf(out, " (thử %d lần)", delivery->attempts);
	}
	if (out->len == 0)
		g_string_append(out, "Chỉ trong chương trình");
	return arena_strndup(arena, out->str, out->len);
}

static bool
list_ways(Db *db, int64_t commune_id, Arena *arena, NotifyNotice *notice, GError **error)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(NotifyDelivery));
	g_autoptr(DbStmt) stmt = NULL;
	NotifyDelivery *copy;
	bool has_row = true;

	if (!db_prepare(db, &NOTIFY_LIST_PARTS_OF, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LIST_PARTS_OF_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, NOTIFY_LIST_PARTS_OF_P_MESSAGE_ID, notice->message.message_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const NotifyDelivery delivery = {
		    .delivery_id = db_column_int(stmt, NOTIFY_LIST_PARTS_OF_C_DELIVERY_ID),
		    .channel = (NotifyChannel)CLAMP(
			db_column_int(stmt, NOTIFY_LIST_PARTS_OF_C_CHANNEL), NOTIFY_MAIL, NOTIFY_HOOK),
		    .state = (NotifyState)CLAMP(
			db_column_int(stmt, NOTIFY_LIST_PARTS_OF_C_STATE), NOTIFY_WAITING, NOTIFY_GIVEN_UP),
		    .attempts = (int)db_column_int(stmt, NOTIFY_LIST_PARTS_OF_C_ATTEMPTS),
		    .done_us = db_column_int(stmt, NOTIFY_LIST_PARTS_OF_C_DONE_US),
		    .answer = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_PARTS_OF_C_ANSWER))};

		g_array_append_val(found, delivery);
	}
	copy = arena_array(arena, NotifyDelivery, found->len + 1);
	for (guint i = 0; i < found->len; i++)
		copy[i] = g_array_index(found, NotifyDelivery, i);
	notice->deliveries = copy;
	notice->n_deliveries = found->len;
	return !has_row;
}

static NotifyNotice *
read_notice(Arena *arena, const DbStmt *stmt)
{
	NotifyNotice *notice = arena_new0(arena, NotifyNotice);

	notice->message = (NotifyMessage){.message_id = db_column_int(stmt, NOTIFY_LIST_NOTICES_C_MESSAGE_ID),
	    .subject = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_NOTICES_C_SUBJECT)),
	    .path = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_NOTICES_C_PATH)),
	    .is_urgent = db_column_int(stmt, NOTIFY_LIST_NOTICES_C_IS_URGENT) != 0,
	    .created_us = db_column_int(stmt, NOTIFY_LIST_NOTICES_C_CREATED_US),
	    .read_us = db_column_int(stmt, NOTIFY_LIST_NOTICES_C_READ_US)};
	notice->name = arena_strdup(arena, db_column_text(stmt, NOTIFY_LIST_NOTICES_C_NAME));
	notice->is_mail_waiting = db_column_int(stmt, NOTIFY_LIST_NOTICES_C_MAIL_WAITING) != 0;
	return notice;
}

static bool
list(const AppContext *context, const HttpValue *values, int size, Arena *arena, GPtrArray *notices,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(context->db, &NOTIFY_LIST_NOTICES, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_LIST_NOTICES_P_COMMUNE_ID, context->commune_id);
	db_bind_int(stmt, NOTIFY_LIST_NOTICES_P_BEFORE,
	    values[KEY_BEFORE].is_set ? values[KEY_BEFORE].number : INT64_MAX);
	db_bind_int(stmt, NOTIFY_LIST_NOTICES_P_FILTER, values[KEY_FILTER].number);
	db_bind_int(stmt, NOTIFY_LIST_NOTICES_P_PERSON_ID, 0);
	db_bind_int(stmt, NOTIFY_LIST_NOTICES_P_SIZE, size);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(notices, read_notice(arena, stmt));
	for (guint i = 0; i < notices->len; i++)
		if (!list_ways(context->db, context->commune_id, arena, g_ptr_array_index(notices, i), error))
			return false;
	return !has_row;
}

static void
write_csv(const NotifyNoticesView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Số", "Lập lúc", "Người nhận", "Nội dung", "Gấp", "Đọc trong chương trình lúc", "Gửi ra ngoài"};
	GString *out = response->body;

	http_csv_begin(response, "thong-bao-da-lap.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->notices->len; i++) {
		const NotifyNotice *row = g_ptr_array_index(view->notices, i);

		csv_int(out, row->message.message_id);
		csv_text(out, notify_when(view->arena, row->message.created_us));
		csv_text(out, row->name);
		csv_text(out, row->message.subject);
		csv_text(out, row->message.is_urgent ? "Gấp" : "");
		csv_text(out, notify_when(view->arena, row->message.read_us));
		csv_text(out, notify_notice_ways(view->arena, row));
		csv_end_line(out);
	}
}

static void
write_json(const NotifyNoticesView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "notices");
	json_begin_array(&json);
	for (guint i = 0; i < view->notices->len; i++) {
		const NotifyNotice *row = g_ptr_array_index(view->notices, i);

		json_begin_object(&json);
		json_key_int(&json, "id", row->message.message_id);
		json_key_int(&json, "created_us", row->message.created_us);
		json_key_string(&json, "to", row->name);
		json_key_string(&json, "subject", row->message.subject);
		json_key(&json, "urgent");
		json_bool(&json, row->message.is_urgent);
		json_key(&json, "read_us");
		if (row->message.read_us != 0)
			json_int(&json, row->message.read_us);
		else
			json_null(&json);
		json_key_string(&json, "sent", notify_notice_ways(view->arena, row));
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_links(NotifyNoticesView *view, GPtrArray *notices)
{
	const char *word = NOTIFY_NOTICE_WORDS[view->filter];
	const NotifyNotice *last;

	view->csv_url = arena_printf(view->arena, NOTIFY_NOTICES_PATH ".csv?loc=%s", word);
	view->json_url = arena_printf(view->arena, NOTIFY_NOTICES_PATH ".json?loc=%s", word);
	if (notices->len <= ROWS)
		return;
	g_ptr_array_set_size(notices, ROWS);
	last = g_ptr_array_index(notices, ROWS - 1);
	view->more_url = arena_printf(view->arena, NOTIFY_NOTICES_PATH "?loc=%s&truoc=%" G_GINT64_FORMAT,
	    word, last->message.message_id);
}

bool
notify_notices_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) notices = g_ptr_array_new();
	NotifyNoticesView view = {
	    .layout = app_layout(request, "Thông báo đã lập"), .arena = request->arena, .notices = notices};
	HttpValue values[KEY_MAX];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !list(context, values, request->format == HTTP_HTML ? ROWS + 1 : EXPORT_ROWS_MAX, request->arena,
		notices, error))
		return false;
	view.filter = (int)values[KEY_FILTER].number;
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
	} else if (request->format == HTTP_JSON) {
		write_json(&view, response);
	} else {
		fill_links(&view, notices);
		notify_notices_page(response->body, &view);
	}
	return true;
}
