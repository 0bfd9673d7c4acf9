/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/setting.h"
#include "base/app-error.h"
#include "modules/remind/pages/ask.html.h"
#include "modules/remind/remind_pages.h"
#include "modules/task/task.h"

#include <string.h>

#define DAYS_KEY "remind.explain_days"
#define DAYS 3 /* working days that an answer may take where nobody has set another number */
#define PATH_BYTES_MAX 300
#define LATE_ROWS_MAX 1000

enum { KEY_PIECE, KEY_PLAN, KEY_TASK, KEY_AGENCY, KEY_LABEL, KEY_PATH, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_PIECE] = {"phieu", "Phiếu", http_valid_int, .min = 1, .max = G_MAXINT64},
    [KEY_PLAN] = {"ke-hoach", "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_TASK] = {"nhiem-vu", "Nhiệm vụ", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_LABEL] = {"so-lieu", "Số liệu", http_valid_text, .max = REMIND_LABEL_CHARS},
    [KEY_PATH] = {"trang", "Trang", http_valid_text, .max = PATH_BYTES_MAX},
};

static const HttpField DUE_FIELD = {"han", "Hạn trả lời", http_valid_date, .max = 0};

static bool
offer_due(const WorkScope *scope, const char **ret_due, GError **error)
{
	g_autoptr(Calendar) calendar = NULL;
	char iso[DATE_ISO_SIZE];
	int64_t days;

	if (!app_setting_get_int(scope->db, scope->commune_id, DAYS_KEY, DAYS, &days, error) ||
	    !calendar_load(scope->db, scope->commune_id, &calendar, error))
		return false;
	date_format_iso(
	    calendar_add_working(calendar, scope->today, (int)CLAMP(days, 1, REMIND_DAYS_MAX)), iso);
	*ret_due = arena_strdup(scope->arena, iso);
	return true;
}

/* A page of ours, nothing that a browser would take for another site. */
static bool
is_own_path(const char *path)
{
	return path != NULL && path[0] == '/' && path[1] != '/' && strchr(path, '\\') == NULL &&
	       strlen(path) <= PATH_BYTES_MAX;
}

static bool
refuse_unknown(const char *what, GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, what);
	return false;
}

static const char *
cut_label(const WorkScope *scope, const char *label)
{
	g_autofree char *start = NULL;

	if (g_utf8_strlen(label, -1) <= REMIND_LABEL_CHARS)
		return label;
	start = g_utf8_substring(label, 0, REMIND_LABEL_CHARS - 1);
	return arena_printf(scope->arena, "%s…", start);
}

static bool
load_task(const WorkScope *scope, RemindAskTyped *typed, Task *ret_task, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, typed->plan_id};

	if (scope->visitor != NULL && !scope->visitor->is_open &&
	    app_access_grant(scope->visitor, APP_READ, &(AppTarget){.plan_id = typed->plan_id}) == NULL)
		return refuse_unknown("không có nhiệm vụ này", error);
	return task_load(&plan, typed->task_no, scope->arena, ret_task, error);
}

static bool
about_piece(const WorkScope *scope, RemindAskTyped *typed, GError **error)
{
	g_autoptr(GString) state = g_string_new(NULL);
	WorkSettings settings;
	WorkPiece piece;
	Task task;

	if (!work_find(scope, typed->piece_id, &piece, error) || !work_settings(scope, &settings, error))
		return false;
	typed->plan_id = piece.plan_id;
	typed->task_no = piece.task_no;
	typed->agency_id = piece.agency_id;
	if (!load_task(scope, typed, &task, error))
		return false;
	work_describe(&piece, scope->today, settings.soon_days, state);
	typed->label = arena_printf(scope->arena, "%s: %s%s%s", state->str, task.no != NULL ? task.no : "",
	    task.no != NULL ? ". " : "", task.name);
	typed->path = arena_printf(scope->arena, "/cong-viec/%" G_GINT64_FORMAT, piece.piece_id);
	return true;
}

static bool
about_task(const WorkScope *scope, RemindAskTyped *typed, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, typed->plan_id};
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	Task task;

	if (!load_task(scope, typed, &task, error) ||
	    !task_list_agencies(&plan, typed->task_no, scope->arena, agencies, error))
		return false;
	if (typed->agency_id == 0 && agencies->len > 0)
		typed->agency_id = ((const TaskAgency *)g_ptr_array_index(agencies, 0))->agency_id;
	typed->label = arena_printf(scope->arena, "Nhiệm vụ %s%s%s", task.no != NULL ? task.no : "",
	    task.no != NULL ? ". " : "", task.name);
	typed->path = arena_printf(scope->arena, "/nhiem-vu/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
	    typed->task_no, typed->plan_id);
	return true;
}

static bool
about_agency(const WorkScope *scope, RemindAskTyped *typed, GError **error)
{
	const WorkFilter late = {.stage = WORK_STAGE_OPEN,
	    .agency_id = typed->agency_id,
	    .due_from = DATE_NONE,
	    .due_to = scope->today - 1,
	    .limit = LATE_ROWS_MAX};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	if (agency_find(&book, typed->agency_id) == NULL)
		return refuse_unknown("không có cơ quan này", error);
	if (!work_list(scope, &late, rows, error))
		return false;
	typed->label = arena_printf(scope->arena, "%s: %u việc quá hạn",
	    agency_name_at(&book, typed->agency_id, scope->today), rows->len);
	typed->path =
	    arena_printf(scope->arena, "/cong-viec?loc=qua-han&co-quan=%" G_GINT64_FORMAT, typed->agency_id);
	return true;
}

/* A plan that the visitor may look at. */
static bool
check_plan(const WorkScope *scope, int64_t plan_id, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	if (plan_id == 0)
		return true;
	if (!plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	plan_keep_readable(scope->visitor, plans);
	for (guint i = 0; i < plans->len; i++)
		if (((const PlanInfo *)g_ptr_array_index(plans, i))->plan_id == plan_id)
			return true;
	return refuse_unknown("không có kế hoạch này", error);
}

/* Whatever the form says, what it is about is read anew. */
static bool
fill_about(const WorkScope *scope, const HttpValue *values, RemindAskTyped *typed, GError **error)
{
	*typed = (RemindAskTyped){.plan_id = values[KEY_PLAN].number,
	    .task_no = values[KEY_PLAN].is_set ? values[KEY_TASK].number : 0,
	    .piece_id = values[KEY_PIECE].number,
	    .agency_id = values[KEY_AGENCY].number,
	    .label = "",
	    .path = is_own_path(values[KEY_PATH].text) ? values[KEY_PATH].text : "",
	    .body = ""};
	if (typed->piece_id != 0)
		return about_piece(scope, typed, error);
	if (typed->task_no != 0)
		return about_task(scope, typed, error);
	if (!check_plan(scope, typed->plan_id, error))
		return false;
	return typed->agency_id == 0 || values[KEY_LABEL].is_set || about_agency(scope, typed, error);
}

static bool
show(HttpRequest *request, HttpResponse *response, const RemindAskTyped *typed, const char *problem,
    GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	RemindAskView view = {.typed = *typed, .agencies = agencies, .problem = problem};

	if (!remind_agencies(&scope, agencies, error))
		return false;
	view.typed.label = cut_label(&scope, typed->label);
	remind_fill_layout(request, "Yêu cầu giải trình", &view.layout);
	remind_ask_page(response->body, &view);
	return true;
}

bool
remind_ask_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	HttpValue values[KEY_MAX];
	RemindAskTyped typed;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !fill_about(&scope, values, &typed, error) || !offer_due(&scope, &typed.due, error))
		return false;
	if (values[KEY_LABEL].is_set)
		typed.label = values[KEY_LABEL].text;
	return show(request, response, &typed, NULL, error);
}

bool
remind_ask_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX], due;
	RemindAskTyped typed = {
	    .label = http_request_form_text(request, "so-lieu"), .path = "", .body = "", .due = ""};
	const char *problem = NULL;
	int64_t explain_no;

	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong)) {
		response->status = 422;
		typed.body = http_request_form_text(request, "noi-dung");
		typed.due = http_request_form_text(request, "han");
		return show(request, response, &typed, request->problem, error);
	}
	if (!fill_about(&scope, values, &typed, error))
		return false;
	if (values[KEY_AGENCY].is_set)
		typed.agency_id = values[KEY_AGENCY].number;
	typed.label = values[KEY_LABEL].is_set ? values[KEY_LABEL].text : "";
	typed.body = http_request_form_text(request, "noi-dung");
	typed.due = http_request_form_text(request, "han");
	if (!http_form_parse(&DUE_FIELD, 1, request, &due, &wrong))
		problem = request->problem;
	else if (!remind_explain_ask(&scope,
		     &(RemindQuestion){typed.plan_id, typed.task_no, typed.piece_id, typed.agency_id,
			 typed.label, typed.path, typed.body, due.is_set ? (int32_t)due.number : DATE_NONE},
		     &explain_no, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, &typed, problem, error);
	}
	http_response_redirect(
	    response, arena_printf(request->arena, REMIND_EXPLAIN_PATH "/%" G_GINT64_FORMAT, explain_no));
	return true;
}
