/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_pages.h"

#include "app/context.h"
#include "modules/agency/agency.h"
#include "modules/register/pages/register.html.h"
#include "modules/work/work_scope.h"

#include <stdio.h>
#include <string.h>

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define FILE_BYTES_MAX ((size_t)8 * 1024 * 1024) /* the register of 2,000 tasks has 400 kB */

enum { KEY_PLAN, KEY_AGENCY, KEY_WHOSE, KEY_STAGE, KEY_DONE, KEY_MAX };

const char *const REGISTER_STAGE_WORDS[] = {"tat-ca", "dang-mo", "cho-nghiem-thu", "da-khep", NULL};
const char *const REGISTER_STAGE_TITLES[] = {"Tất cả", "Đang mở", "Chờ nghiệm thu", "Đã khép", NULL};

static const char *const WHOSE_WORDS[] = {"toan-xa", "cua-toi", "lien-quan", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = WHOSE_WORDS},
    [KEY_STAGE] = {"tinh-trang", "Tình trạng", http_valid_word, .words = REGISTER_STAGE_WORDS},
    [KEY_DONE] = {"xong", "Đã ghi", http_valid_int, .min = 0, .max = REGISTER_ROWS_MAX},
};

/* What was made of a file, or of the rows that came back, before anything is written. */
typedef struct Prepared {
	RegisterFile file;
	const char *problem, *packed;
	size_t n_rows, n_same;
} Prepared;

/* Plans and agencies to choose from. */
static bool
fill_choices(
    const HttpRequest *request, GPtrArray *plans, AgencyBook *agencies, RegisterView *view, GError **error)
{
	const AppContext *context = app_context(request);

	if (!plan_list(context->db, context->commune_id, request->arena, plans, error) ||
	    !agency_book_read(context->db, context->commune_id, request->arena, agencies, error))
		return false;
	plan_keep_readable(context->visitor, plans);
	for (guint i = plans->len; i > 0; i--)
		if (!((const PlanInfo *)g_ptr_array_index(plans, i - 1))->is_current)
			g_ptr_array_remove_index(plans, i - 1);
	view->captions = arena_array(request->arena, const char *, plans->len + 1);
	for (guint i = 0; i < plans->len; i++) {
		g_autoptr(GString) caption = g_string_new(NULL);

		plan_caption(g_ptr_array_index(plans, i), caption);
		view->captions[i] = arena_strndup(request->arena, caption->str, caption->len);
	}
	view->plans = plans;
	view->agencies = agencies;
	view->today = context->today;
	return true;
}

static bool
answer(HttpRequest *request, HttpResponse *response, RegisterView *view, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	AgencyBook agencies;

	view->layout = app_layout(request, "Sổ theo dõi Excel");
	if (!fill_choices(request, plans, &agencies, view, error))
		return false;
	if (view->problem != NULL || (view->file != NULL && view->file->problems->len > 0))
		response->status = 422;
	register_page(response->body, view);
	return true;
}

static bool
read_choice(
    HttpRequest *request, HttpValue values[static KEY_MAX], RegisterChoice *ret_choice, GError **error)
{
	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	*ret_choice = (RegisterChoice){.plan_id = values[KEY_PLAN].number,
	    .agency_id = values[KEY_AGENCY].number,
	    .whose = (WorkWhose)values[KEY_WHOSE].number,
	    .stage = (int)values[KEY_STAGE].number};
	return true;
}

bool
register_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue values[KEY_MAX];
	RegisterChoice choice;
	RegisterView view;

	if (!read_choice(request, values, &choice, error))
		return false;
	view = (RegisterView){.plan_id = choice.plan_id,
	    .agency_id = choice.agency_id,
	    .whose = (int)choice.whose,
	    .stage = choice.stage,
	    .n_done = values[KEY_DONE].is_set ? values[KEY_DONE].number : -1};
	return answer(request, response, &view, error);
}

bool
register_download(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	HttpValue values[KEY_MAX];
	RegisterChoice choice;

	if (!read_choice(request, values, &choice, error) ||
	    !register_export(&scope, &choice, response->body, error))
		return false;
	response->content_type = XLSX_TYPE;
	response->filename = "so-theo-doi.xlsx";
	response->is_packed = true;
	return true;
}

/* --- a file comes in -------------------------------------------------------------------------------------
 */

/* In the reader's process; what comes back are cells with their places. */
static void
read_file(HttpRequest *request, Prepared *prepared)
{
	const HttpFile *file = request->n_files > 0 ? &request->files[0] : NULL;
	g_autoptr(GError) reason = NULL;
	g_autofree char *bytes = NULL;
	gsize len;

	if (file == NULL || file->size == 0) {
		prepared->problem = "Hãy chọn tệp sổ theo dõi đã điền.";
		return;
	}
	if (file->size > FILE_BYTES_MAX) {
		prepared->problem =
		    "Tệp lớn hơn 8 MB. Sổ theo dõi không lớn như vậy; hãy xuất lại sổ và chép phần đã điền "
		    "sang.";
		return;
	}
	if (!g_file_get_contents(file->path, &bytes, &len, &reason) ||
	    !register_read_file(bytes, len, file->name, request->arena, &prepared->file, &reason))
		prepared->problem = arena_strdup(request->arena, reason->message);
}

/* Rows that change nothing are left behind here: who writes has to look at the others alone. */
static bool
compare(const WorkScope *scope, Prepared *prepared, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new(), rows = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	g_autofree char *packed = NULL;
	RegisterRow *kept;

	if (!register_import(scope, &prepared->file, NULL, 0, REGISTER_COMPARE, &result, error))
		return false;
	prepared->n_rows = result.n_rows;
	prepared->n_same = result.n_same;
	kept = arena_array(scope->arena, RegisterRow, changes->len + 1);
	for (guint i = 0; i < changes->len; i++) {
		kept[i] = *((const RegisterChange *)g_ptr_array_index(changes, i))->row;
		g_ptr_array_add(rows, &kept[i]);
	}
	prepared->file.rows = kept;
	prepared->file.n_rows = changes->len;
	packed = register_pack(&prepared->file, rows);
	prepared->packed = arena_strdup(scope->arena, packed);
	if (strlen(packed) > REGISTER_PACK_BYTES_MAX)
		prepared->problem =
		    "Tệp đổi quá nhiều dòng để xem trên một trang. Hãy nộp từng trang tính, hoặc nhờ người "
		    "quản trị dùng lệnh namro task import.";
	else if (result.n_conflicts > REGISTER_CONFLICTS_MAX)
		prepared->problem =
		    "Quá nhiều dòng đã có người khác cập nhật sau khi xuất tệp. Hãy xuất lại sổ rồi chép "
		    "phần đã điền sang.";
	return true;
}

static bool
show_plan(
    HttpRequest *request, HttpResponse *response, Prepared *prepared, RegisterResult *result, GError **error)
{
	RegisterView view = {.file = &prepared->file,
	    .result = result,
	    .packed = prepared->packed,
	    .n_rows = prepared->n_rows,
	    .n_same = prepared->n_same,
	    .n_done = -1};
	bool is_ok = answer(request, response, &view, error);

	register_file_clear(&prepared->file);
	return is_ok;
}

bool
register_preview(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	WorkScope scope = work_scope_of(request);
	RegisterResult result = {.changes = changes};
	Prepared *prepared = request->prepared;
	RegisterMode mode;

	if (prepared == NULL) {
		prepared = arena_new0(request->arena, Prepared);
		read_file(request, prepared);
		request->prepared = prepared;
		return prepared->problem != NULL || compare(&scope, prepared, error);
	}
	if (prepared->problem != NULL) {
		register_file_clear(&prepared->file);
		return answer(
		    request, response, &(RegisterView){.problem = prepared->problem, .n_done = -1}, error);
	}
	/* What comparing found is found again: the rows that are wrong are among those that were kept. */
	mode = prepared->file.problems->len > 0 ? REGISTER_COMPARE : REGISTER_TRY;
	if (mode == REGISTER_TRY &&
	    !register_import(&scope, &prepared->file, NULL, 0, mode, &result, error)) {
		register_file_clear(&prepared->file);
		return false;
	}
	return show_plan(request, response, prepared, &result, error);
}

/* --- and is written --------------------------------------------------------------------------------------
 */

static size_t
read_decisions(const HttpRequest *request, RegisterDecision decisions[static HTTP_FORM_PAIRS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < request->n_form && n < HTTP_FORM_PAIRS_MAX; i++) {
		RegisterDecision *decision = &decisions[n];
		gint64 piece_id, version;

		if (sscanf(request->form[i].name, "chon-%9" G_GINT64_FORMAT "-%9" G_GINT64_FORMAT, &piece_id,
			&version) != 2)
			continue;
		*decision = (RegisterDecision){piece_id, version, strcmp(request->form[i].value, "tep") == 0};
		n += *request->form[i].value != '\0';
	}
	return n;
}

bool
register_write(HttpRequest *request, HttpResponse *response, GError **error)
{
	const char *packed = http_request_form(request, "bang");
	RegisterDecision decisions[HTTP_FORM_PAIRS_MAX];
	size_t n_decisions = read_decisions(request, decisions);
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	RegisterResult result = {.changes = changes};
	WorkScope scope = work_scope_of(request);
	Prepared prepared = {.packed = packed};

	register_unpack(packed != NULL ? packed : "", request->arena, &prepared.file);
	prepared.n_rows = prepared.file.n_rows;
	if (!register_import(
		&scope, &prepared.file, decisions, n_decisions, REGISTER_WRITE, &result, error)) {
		register_file_clear(&prepared.file);
		return false;
	}
	if (prepared.file.problems->len == 0 && result.n_conflicts == 0) {
		unsigned n_written = 0;

		for (guint i = 0; i < changes->len; i++)
			n_written += ((const RegisterChange *)g_ptr_array_index(changes, i))->n_entries > 0;
		register_file_clear(&prepared.file);
		http_response_redirect(
		    response, arena_printf(request->arena, REGISTER_PATH "?xong=%u", n_written));
		return true;
	}
	response->status = result.n_conflicts > 0 ? 409 : 422;
	return show_plan(request, response, &prepared, &result, error);
}
