/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/secret/secret_pages.h"

#include "app/context.h"
#include "app/plan_access.h"
#include "base/app-error.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/secret/pages/secrets.html.h"

#include <string.h>

static SecretScope
scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (SecretScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .directory = context->directory,
	    .actor = app_actor(request),
	    .arena = request->arena};
}

const char *
secret_kind_title(const char *kind)
{
	static const char *const TITLES[][2] = {
	    {"plan", "Kế hoạch"}, {"task", "Nhiệm vụ"}, {"draft", "Bản nháp"}};

	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (strcmp(TITLES[i][0], kind) == 0)
			return TITLES[i][1];
	return kind;
}

const char *
secret_day(Arena *arena, const char *dated)
{
	char text[DATE_ISO_SIZE];
	int32_t day;

	if (!date_parse_iso(dated, &day))
		return dated;
	date_format_vi(day, text);
	return arena_strdup(arena, text);
}

static void
fill_layout(const HttpRequest *request, const char *title, LayoutView *layout)
{
	const AppContext *context = app_context(request);

	*layout = (LayoutView){.title = title,
	    .commune = context->commune_name,
	    .version = context->version,
	    .path = SECRET_PATH,
	    .nav = LAYOUT_NAV_NONE,
	    .more_nav = context->more_nav,
	    .n_more_nav = context->n_more_nav,
	    .visitor = &context->layout_visitor};
}

static void
write_csv(const GPtrArray *marks, Arena *arena, HttpResponse *response)
{
	static const char *const HEADS[] = {"Loại", "Số", "Ngày", "Đánh dấu lúc", "Người đánh dấu"};

	http_csv_begin(response, "van-ban-mat.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < marks->len; i++) {
		const SecretMark *mark = g_ptr_array_index(marks, i);
		char at[INSTANT_VI_SIZE];

		instant_format_minute_vi(mark->at_us, at);
		csv_text(response->body, secret_kind_title(mark->kind));
		csv_text(response->body, mark->number);
		csv_text(response->body, secret_day(arena, mark->dated));
		csv_text(response->body, at);
		csv_text(response->body, mark->person);
		csv_end_line(response->body);
	}
}

static void
write_json(const GPtrArray *marks, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "secrets");
	json_begin_array(&json);
	for (guint i = 0; i < marks->len; i++) {
		const SecretMark *mark = g_ptr_array_index(marks, i);

		json_begin_object(&json);
		json_key_int(&json, "no", mark->mark_no);
		json_key_string(&json, "kind", mark->kind);
		json_key_string(&json, "number", mark->number);
		json_key_string(&json, "dated", *mark->dated != '\0' ? mark->dated : NULL);
		json_key_int(&json, "at_us", mark->at_us);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

bool
secret_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const SecretScope scope = scope_of(request);
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	SecretListView view = {.marks = marks, .arena = request->arena};

	if (!secret_list(&scope, marks, error))
		return false;
	if (request->format == HTTP_CSV) {
		write_csv(marks, request->arena, response);
	} else if (request->format == HTTP_JSON) {
		write_json(marks, response);
	} else {
		fill_layout(request, "Văn bản mật", &view.layout);
		secret_list_page(response->body, &view);
	}
	return true;
}

/* Reads what is meant, and asks for the permission in its plan. */
static bool
find(HttpRequest *request, const char *word, SecretAskView *view, GError **error)
{
	const SecretScope scope = scope_of(request);
	AppTarget target = {0};

	if (!secret_find(&scope, word != NULL ? word : "", &view->object, error)) {
		if (g_error_matches(*error, APP_ERROR, APP_ERROR_CONFLICT))
			request->problem = arena_strdup(request->arena, (*error)->message);
		return false;
	}
	target.plan_id = view->object.plan_id;
	if (!app_access_require(request, APP_PUBLISH, &target, error) ||
	    !secret_is_marked(&scope, &view->object, &view->is_marked, error))
		return false;
	view->word = word;
	view->dated = secret_day(request->arena, view->object.dated);
	if (view->is_marked)
		view->problem =
		    "Đã được đánh dấu bí mật nhà nước trước đó; chương trình chỉ còn giữ số và ngày.";
	fill_layout(request, "Đánh dấu bí mật nhà nước", &view->layout);
	return true;
}

bool
secret_ask_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	SecretAskView view = {0};
	const char *word = NULL;

	for (size_t i = 0; i < request->n_query; i++)
		if (strcmp(request->query[i].name, "doi-tuong") == 0)
			word = request->query[i].value;
	if (!find(request, word, &view, error))
		return false;
	secret_ask_page(response->body, &view);
	return true;
}

bool
secret_ask_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const SecretScope scope = scope_of(request);
	SecretAskView view = {0};

	if (!find(request, http_request_form(request, "doi-tuong"), &view, error))
		return false;
	if (view.problem == NULL && http_request_form(request, "da-hieu") == NULL)
		view.problem = "Hãy đánh dấu vào ô xác nhận: nội dung bị xóa hẳn, không lấy lại được.";
	if (view.problem != NULL) {
		response->status = 422;
		secret_ask_page(response->body, &view);
		return true;
	}
	if (!secret_mark(&scope, &view.object, error)) {
		if (g_error_matches(*error, APP_ERROR, APP_ERROR_CONFLICT))
			request->problem = arena_strdup(request->arena, (*error)->message);
		return false;
	}
	http_response_redirect(response, SECRET_PATH);
	return true;
}
