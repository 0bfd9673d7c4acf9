/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/import_page.h"

#include "base/app-error.h"
#include "modules/people/pages/import.html.h"
#include "modules/people/people_book.h"
#include "reader/reader.h"

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define FILE_BYTES_MAX ((size_t)8 * 1024 * 1024) /* a list of people is a few dozen kB */

/* What was made of a file, or of the rows that came back, before anything is written. */
typedef struct Prepared {
	PeopleSheet sheet;
	const PeopleSecret *secrets;
	const char *problem;
} Prepared;

static bool
answer(HttpRequest *request, HttpResponse *response, ImportView *view)
{
	view->layout = app_layout(request, "Nhập người từ tệp Excel");
	if (view->problem != NULL || (view->sheet != NULL && view->sheet->problems->len > 0))
		response->status = 422;
	import_page(response->body, view);
	return true;
}

bool
import_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	ImportView view = {0};

	(void)error;
	return answer(request, response, &view);
}

/* In the reader's process; what comes back are cells with their places. */
static void
read_file(HttpRequest *request, Prepared *prepared)
{
	const HttpFile *file = request->n_files > 0 ? &request->files[0] : NULL;
	ReaderOptions options = {0};
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) reason = NULL;
	g_autofree char *bytes = NULL;
	gsize len;

	if (file == NULL || file->size == 0) {
		prepared->problem = "Hãy chọn tệp Excel đã điền.";
		return;
	}
	if (file->size > FILE_BYTES_MAX) {
		prepared->problem = "Tệp lớn hơn 8 MB; danh sách người chỉ nên có một trang tính.";
		return;
	}
	options.file_name = file->name;
	if (!g_file_get_contents(file->path, &bytes, &len, &reason) ||
	    !reader_read_cells(bytes, len, &options, &document, &reason)) {
		prepared->problem = arena_strdup(request->arena, reason->message);
		return;
	}
	people_sheet_clear(&prepared->sheet);
	people_sheet_read(document, request->arena, &prepared->sheet);
}

/* `problems` ends with the request: the arena owns no heap memory. */
static void
keep_problems(PeopleSheet *sheet, ImportView *view, HttpRequest *request, HttpResponse *response)
{
	view->sheet = sheet;
	answer(request, response, view);
	people_sheet_clear(sheet);
}

bool
import_preview(HttpRequest *request, HttpResponse *response, GError **error)
{
	Prepared *prepared = request->prepared;
	IdentityScope scope = people_scope_of(request);
	g_autofree char *packed = NULL;
	PeopleImport plan = {0};
	ImportView view = {.plan = &plan};

	if (prepared == NULL) {
		prepared = arena_new0(request->arena, Prepared);
		read_file(request, prepared);
		request->prepared = prepared;
		return true;
	}
	view.problem = prepared->problem;
	if (view.problem != NULL)
		return answer(request, response, &view);
	if (!people_import_run(&scope, &prepared->sheet, NULL, true, &plan, error)) {
		people_sheet_clear(&prepared->sheet);
		return false;
	}
	packed = people_sheet_pack(&prepared->sheet);
	view.packed = packed;
	keep_problems(&prepared->sheet, &view, request, response);
	return true;
}

bool
import_write(HttpRequest *request, HttpResponse *response, GError **error)
{
	Prepared *prepared = request->prepared;
	IdentityScope scope = people_scope_of(request);
	const char *packed = http_request_form(request, "bang");
	PeopleImport plan = {0};
	ImportView view = {.plan = &plan, .packed = packed};

	if (prepared == NULL) {
		prepared = arena_new0(request->arena, Prepared);
		people_sheet_unpack(packed != NULL ? packed : "", request->arena, &prepared->sheet);
		prepared->secrets = people_import_secrets(&prepared->sheet, request->arena);
		request->prepared = prepared;
		return true;
	}
	if (!people_import_run(&scope, &prepared->sheet, prepared->secrets, false, &plan, error)) {
		people_sheet_clear(&prepared->sheet);
		return false;
	}
	view.is_done = prepared->sheet.problems->len == 0;
	keep_problems(&prepared->sheet, &view, request, response);
	return true;
}

static bool
write_book(HttpRequest *request, HttpResponse *response, const char *name, bool with_people, GError **error)
{
	IdentityScope scope = people_scope_of(request);

	response->content_type = XLSX_TYPE;
	response->filename = name;
	response->is_packed = true;
	return people_book_write(&scope, app_context(request)->today, with_people, response->body, error);
}

bool
import_template(HttpRequest *request, HttpResponse *response, GError **error)
{
	return write_book(request, response, "mau-danh-sach-nguoi.xlsx", false, error);
}

bool
import_export(HttpRequest *request, HttpResponse *response, GError **error)
{
	return write_book(request, response, "danh-sach-nguoi.xlsx", true, error);
}
