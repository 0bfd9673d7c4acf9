/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/ledger/history.h"

#include "app/access.h"
#include "app/context.h"
#include "app/module.h"
#include "base/app-error.h"
#include "modules/ledger/pages/history.html.h"

#include <string.h>

/* What the module secret takes. */
static const char *const SECRET_KINDS[] = {"plan", "task", "draft", NULL};

static const HttpField OBJECT_FIELD = {"doi-tuong", "Bản ghi", http_valid_text, .max = 300};

/* What other modules know of the same record. */
static bool
load_others(
    HttpRequest *request, const AppRecordKind *main_kind, const char *id, AppRecord *record, GError **error)
{
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const AppRecordKind *kind = (*module)->records; kind != NULL && kind->kind != NULL;
		     kind++)
			if (kind->permission == NULL && strcmp(kind->kind, main_kind->kind) == 0 &&
			    !kind->load(request, id, record, error))
				return false;
	return true;
}

/* Nobody is told whether a record is there that is not for them. */
static bool
load(HttpRequest *request, const char *object, HistoryView *view, GError **error)
{
	const AppContext *context = app_context(request);
	const char *id;

	view->kind = app_record_kind_find(object, &id);
	if (view->kind == NULL) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có loại bản ghi của \"%s\"", object);
		return false;
	}
	if (!app_visitor_may(context->visitor, view->kind->permission)) {
		const char *reason = NULL;

		if (!app_access_missing(request, view->kind->permission, &reason, error))
			return false;
		request->problem = reason;
		g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN, "%s is not for this visitor", object);
		return false;
	}
	view->record.title = ledger_object_words(request->arena, object);
	view->record.url = ledger_object_url(request->arena, object);
	if (view->kind->load != NULL && !view->kind->load(request, id, &view->record, error))
		return false;
	app_record_add_source(&view->record, object, NULL, !view->record.is_told);
	if (!load_others(request, view->kind, id, &view->record, error) ||
	    !history_read(context->db, context->commune_id, view->kind, &view->record, &view->history, error))
		return false;
	if (view->kind->load != NULL || view->history.rows->len > 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "nhật ký không có \"%s\"", object);
	return false;
}

static void
make_rows(HistoryView *view, Arena *arena)
{
	view->n_rows = view->history.rows->len;
	view->rows = arena_array(arena, LedgerRowView, view->n_rows + 1);
	for (size_t i = 0; i < view->n_rows; i++) {
		const LedgerRow *row = g_ptr_array_index(view->history.rows, (guint)i);
		LedgerRowView *out = &view->rows[i];

		*out = (LedgerRowView){.row = row, .object = ledger_object_words(arena, row->object)};
		instant_format_vi(row->at_us, out->at);
		out->fields = ledger_fields(
		    arena, ledger_labels_of(row->object), row->before, row->after, &out->n_fields);
	}
}

static void
fill_layout(HttpRequest *request, LayoutView *layout)
{
	const AppContext *context = app_context(request);

	*layout = (LayoutView){.title = "Ai đã sửa từng trường",
	    .commune = context->commune_name,
	    .version = context->version,
	    .path = HISTORY_PATH,
	    .nav = LAYOUT_NAV_NONE,
	    .more_nav = context->more_nav,
	    .n_more_nav = context->n_more_nav,
	    .visitor = &context->layout_visitor};
}

static void
make_links(HistoryView *view, Arena *arena, const char *path, const char *object)
{
	const LinkParam param = {OBJECT_FIELD.name, object};
	const LinkBase csv = {arena_printf(arena, "%s.csv", path), &param, 1};
	const LinkBase json = {arena_printf(arena, "%s.json", path), &param, 1};

	view->csv_url = link_with(arena, &csv, NULL, 0);
	view->json_url = link_with(arena, &json, NULL, 0);
}

static bool
show(HttpRequest *request, HttpResponse *response, const char *object, HistoryView *view, GError **error)
{
	const AppContext *context = app_context(request);

	view->may_ledger = app_visitor_may(context->visitor, APP_LEDGER);
	view->object = object;
	if (!load(request, object, view, error))
		return false;
	make_links(view, request->arena, context->route->pattern, object);
	if (request->format == HTTP_CSV) {
		history_write_csv(view, response);
	} else if (request->format == HTTP_JSON) {
		history_write_json(view, response);
	} else {
		fill_layout(request, &view->layout);
		make_rows(view, request->arena);
		view->may_mark = app_visitor_may(context->visitor, APP_PUBLISH) &&
				 g_strv_contains(SECRET_KINDS, view->kind->kind);
		history_page(response->body, view);
	}
	return true;
}

bool
history_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_auto(AppRecord) record = {0};
	HistoryView view = {0};
	const AppRecordKind *kind;
	HttpValue object;
	const char *id;
	bool is_done;

	if (!http_query_parse(&OBJECT_FIELD, 1, request, &object, error))
		return false;
	kind = object.is_set ? app_record_kind_find(object.text, &id) : NULL;
	if (kind != NULL &&
	    kind->is_personal != (strcmp(app_context(request)->route->pattern, HISTORY_PERSONAL_PATH) == 0)) {
		const LinkParam param = {OBJECT_FIELD.name, object.text};
		const LinkBase other = {kind->is_personal ? HISTORY_PERSONAL_PATH : HISTORY_PATH, &param, 1};

		http_response_redirect(response, link_with(request->arena, &other, NULL, 0));
		return true;
	}
	app_record_init(&record, request->arena);
	view.record = record;
	is_done = show(request, response, object.is_set ? object.text : "", &view, error);
	history_clear(&view.history);
	return is_done;
}
