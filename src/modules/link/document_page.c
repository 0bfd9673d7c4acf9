/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/link/link_pages.h"
#include "modules/link/pages/documents.html.h"

#include <string.h>

static const HttpField FIELDS[] = {{"sua", "Văn bản", http_valid_int, .min = 1, .max = G_MAXINT32}};

static void
write_json(const LinkDocumentsView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "documents");
	json_begin_array(&json);
	for (guint i = 0; i < view->documents->len; i++) {
		const LinkDocument *document = g_ptr_array_index(view->documents, i);

		json_begin_object(&json);
		json_key_int(&json, "id", document->document_no);
		json_key_string(&json, "number", document->number);
		json_key_string(&json, "type", document->type);
		json_key_string(&json, "issuer", document->issuer);
		json_key_string(&json, "title", document->title);
		json_key_day(&json, "issued", document->issued_day);
		json_key_day(&json, "valid_from", document->valid_from);
		json_key_day(&json, "valid_to", document->valid_to);
		json_key_string(&json, "replaced_by", document->replaced_by);
		json_key_string(&json, "source", document->source);
		json_key_string(&json, "force", LINK_FORCE_TITLES[link_force(document, view->page.today)]);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
write_csv(const LinkDocumentsView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Số, ký hiệu", "Loại", "Cơ quan ban hành", "Trích yếu",
	    "Ngày ban hành", "Có hiệu lực từ", "Hết hiệu lực sau ngày", "Thay thế bởi", "Nguồn", "Hiệu lực"};
	GString *out = response->body;

	http_csv_begin(response, "van-ban-can-cu.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->documents->len; i++) {
		const LinkDocument *document = g_ptr_array_index(view->documents, i);
		const int32_t days[] = {document->issued_day, document->valid_from, document->valid_to};

		csv_text(out, document->number);
		csv_text(out, document->type);
		csv_text(out, document->issuer);
		csv_text(out, document->title);
		for (size_t k = 0; k < G_N_ELEMENTS(days); k++) {
			char text[DATE_ISO_SIZE];

			date_format_vi(days[k], text);
			csv_text(out, text);
		}
		csv_text(out, document->replaced_by);
		csv_text(out, document->source);
		csv_text(out, LINK_FORCE_TITLES[link_force(document, view->page.today)]);
		csv_end_line(out);
	}
}

static LinkDocument
no_document(void)
{
	return (LinkDocument){.number = "",
	    .type = "",
	    .issuer = "",
	    .title = "",
	    .replaced_by = "",
	    .source = "",
	    .issued_day = DATE_NONE,
	    .valid_from = DATE_NONE,
	    .valid_to = DATE_NONE};
}

static bool
answer(HttpRequest *request, HttpResponse *response, LinkDocumentsView *view, GError **error)
{
	LinkScope scope = link_scope_of(request);
	const AppVisitor *visitor = app_context(request)->visitor;
	g_autoptr(GPtrArray) documents = g_ptr_array_new(), bases = g_ptr_array_new();
	const LinkBase base = {LINK_DOCUMENT_PATH, NULL, 0};

	view->documents = documents;
	view->bases = bases;
	if (!link_documents(&scope, documents, error) ||
	    (view->page.plan != NULL && !link_bases(&scope, view->page.scope.plan_id, bases, error)))
		return false;
	for (guint i = 0; i < documents->len && view->problem == NULL; i++) {
		const LinkDocument *document = g_ptr_array_index(documents, i);

		if (view->typed.document_no != 0 && document->document_no == view->typed.document_no)
			view->typed = *document;
	}
	view->may_change = visitor->is_open || app_visitor_may(visitor, APP_IMPORT);
	view->exports = plan_page_exports(&view->page, &base);
	if (request->format == HTTP_CSV)
		write_csv(view, response);
	else if (request->format == HTTP_JSON)
		write_json(view, response);
	else
		documents_page(response->body, view);
	return true;
}

bool
link_documents_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkDocumentsView view = {.typed = no_document()};
	HttpValue values[1];

	if (!http_query_parse(FIELDS, 1, request, values, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_NONE, "Văn bản căn cứ", &view.page, error))
		return false;
	view.typed.document_no = values[0].number;
	return answer(request, response, &view, error);
}

/* --- the form --------------------------------------------------------------------------------------------
 */

enum {
	FORM_NO,
	FORM_NUMBER,
	FORM_TYPE,
	FORM_ISSUER,
	FORM_TITLE,
	FORM_ISSUED,
	FORM_FROM,
	FORM_TO,
	FORM_BY,
	FORM_SOURCE,
	FORM_MAX,
};

static const HttpField FORM[FORM_MAX] = {
    [FORM_NO] = {"van-ban", "Văn bản", http_valid_int, .min = 0, .max = G_MAXINT32},
    [FORM_NUMBER] = {"so", "Số, ký hiệu", http_valid_text, .max = 60},
    [FORM_TYPE] = {"loai", "Loại", http_valid_text, .max = 100},
    [FORM_ISSUER] = {"co-quan", "Cơ quan ban hành", http_valid_text, .max = 200},
    [FORM_TITLE] = {"trich-yeu", "Trích yếu", http_valid_text, .max = 500},
    [FORM_ISSUED] = {"ngay", "Ngày ban hành", http_valid_date, .max = 0},
    [FORM_FROM] = {"tu", "Có hiệu lực từ", http_valid_date, .max = 0},
    [FORM_TO] = {"den", "Hết hiệu lực sau ngày", http_valid_date, .max = 0},
    [FORM_BY] = {"thay-the", "Thay thế bởi", http_valid_text, .max = 60},
    [FORM_SOURCE] = {"nguon", "Nguồn", http_valid_text, .max = 500},
};

static int32_t
typed_day(const HttpValue *value)
{
	return value->is_set ? (int32_t)value->number : DATE_NONE;
}

static LinkDocument
read_form(HttpRequest *request, const HttpValue *values)
{
	return (LinkDocument){.document_no = values[FORM_NO].number,
	    .number = http_request_form_text(request, FORM[FORM_NUMBER].name),
	    .type = http_request_form_text(request, FORM[FORM_TYPE].name),
	    .issuer = http_request_form_text(request, FORM[FORM_ISSUER].name),
	    .title = http_request_form_text(request, FORM[FORM_TITLE].name),
	    .issued_day = typed_day(&values[FORM_ISSUED]),
	    .valid_from = typed_day(&values[FORM_FROM]),
	    .valid_to = typed_day(&values[FORM_TO]),
	    .replaced_by = http_request_form_text(request, FORM[FORM_BY].name),
	    .source = http_request_form_text(request, FORM[FORM_SOURCE].name),
	    .is_removed = http_request_form(request, "bo") != NULL};
}

bool
link_documents_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	LinkScope scope = link_scope_of(request);
	LinkDocumentsView view = {0};
	HttpValue values[FORM_MAX] = {0};
	g_autoptr(GError) wrong = NULL;

	if (http_form_parse(FORM, FORM_MAX, request, values, &wrong)) {
		view.typed = read_form(request, values);
		if (!link_document_put(&scope, &view.typed, &view.problem, error))
			return false;
		if (view.problem == NULL) {
			http_response_redirect(response, LINK_DOCUMENT_PATH);
			return true;
		}
	} else {
		view.typed = read_form(request, values);
		view.problem = request->problem;
	}
	if (!plan_page_begin(request, LAYOUT_NAV_NONE, "Văn bản căn cứ", &view.page, error))
		return false;
	response->status = 422;
	return answer(request, response, &view, error);
}
