/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/pages/assign.html.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_pages.h"
#include "modules/work/work_tell.h"
#include "storage/txn.h"

#include <string.h>

enum { KEY_AGENCY, KEY_PERSON, KEY_ROLE, KEY_PART, KEY_DUE, KEY_MAX };

static const char *const ROLE_WORDS[] = {"chu-tri", "phoi-hop", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_AGENCY] = {"co-quan", "Cơ quan, đơn vị", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_PERSON] = {"nguoi", "Người thực hiện", http_valid_int, .min = 0, .max = G_MAXINT64},
    [KEY_ROLE] = {"vai", "Vai trò", http_valid_word, .words = ROLE_WORDS},
    [KEY_PART] = {"phan-viec", "Phần việc", http_valid_text, .max = 500},
    [KEY_DUE] = {"han", "Ngày đến hạn", http_valid_date, .max = 0},
};

/* What was typed for one unit of many: "chon" holds its number, "phan-viec-N" its own part. */
static void
read_many_unit(const HttpRequest *request, WorkManyUnit *unit)
{
	g_autofree char *field = g_strdup_printf("phan-viec-%" G_GINT64_FORMAT, unit->agency_id);
	const char *part = http_request_form(request, field);

	unit->part = part != NULL ? part : "";
	for (size_t i = 0; i < request->n_form; i++)
		if (strcmp(request->form[i].name, "chon") == 0 &&
		    g_ascii_strtoll(request->form[i].value, NULL, 10) == unit->agency_id)
			unit->is_chosen = true;
}

static bool
fill_many(HttpRequest *request, const WorkScope *scope, const GPtrArray *agencies, const GPtrArray *rows,
    WorkAssignView *view, GError **error)
{
	WorkManyUnit *units = arena_array(scope->arena, WorkManyUnit, agencies->len + 1);
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	for (guint i = 0; i < agencies->len; i++) {
		const WorkAgency *agency = g_ptr_array_index(agencies, i);

		units[i] = (WorkManyUnit){.agency_id = agency->agency_id,
		    .name = agency->name,
		    .verb = work_agency_is_asked(&book, agency->agency_id, scope->today, false)
				? "đề nghị phối hợp"
				: "giao"};
		for (guint k = 0; k < rows->len; k++)
			units[i].has_it = units[i].has_it ||
					  ((const WorkRow *)g_ptr_array_index(rows, k))->piece.agency_id ==
					      agency->agency_id;
		read_many_unit(request, &units[i]);
	}
	view->many = units;
	view->n_many = agencies->len;
	view->is_many = http_request_form(request, "nhieu") != NULL;
	view->many_role = http_request_form(request, "vai");
	return true;
}

static bool
show(HttpRequest *request, HttpResponse *response, int64_t plan_id, int64_t task_no, const WorkNew *typed,
    const char *problem, GError **error)
{
	WorkScope scope = work_scope_of(request);
	PlanScope plan = {scope.db, scope.commune_id, plan_id};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	WorkAssignView view = {.plan_id = plan_id,
	    .agencies = agencies,
	    .people = people,
	    .problem = problem,
	    .may_assign = work_may(&scope, APP_OPERATE)};
	WorkSettings settings;

	if (!work_settings(&scope, &settings, error) ||
	    !task_load(&plan, task_no, request->arena, &view.task, error) ||
	    !work_of_task(&scope, plan_id, task_no, rows, error) ||
	    !work_carried_away(&scope, plan_id, task_no, rows, error) ||
	    !work_agencies(&scope, agencies, error) || !work_people(&scope, people, error) ||
	    !fill_many(request, &scope, agencies, rows, &view, error))
		return false;
	view.n_lines = rows->len;
	view.lines = arena_array(request->arena, WorkLine, rows->len + 1);
	for (guint i = 0; i < rows->len; i++)
		work_fill_line(&scope, &settings, g_ptr_array_index(rows, i), &view.lines[i]);
	if (typed != NULL) {
		char iso[DATE_ISO_SIZE];

		date_format_iso(typed->due, iso);
		view.agency_id = typed->agency_id;
		view.person_id = typed->person_id;
		view.part = typed->part;
		view.due = arena_strdup(request->arena, iso);
	}
	work_fill_layout(request, "Giao việc", &view.layout);
	work_assign_page(response->body, &view);
	return true;
}

bool
work_assign_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t plan_id, task_no;

	return task_find_named(request, &plan_id, &task_no, error) &&
	       show(request, response, plan_id, task_no, NULL, NULL, error);
}

bool
work_assign_add(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX];
	const char *problem = NULL;
	int64_t piece_id;
	WorkNew added = {.due = DATE_NONE};

	if (!task_find_named(request, &added.plan_id, &added.task_no, error))
		return false;
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		problem = request->problem;
	added.agency_id = values[KEY_AGENCY].number;
	added.person_id = values[KEY_PERSON].number;
	added.role = values[KEY_ROLE].number == 1 ? AGENCY_ROLE_COORDINATING : AGENCY_ROLE_LEAD;
	added.part = values[KEY_PART].is_set ? values[KEY_PART].text : NULL;
	added.due = values[KEY_DUE].is_set ? (int32_t)values[KEY_DUE].number : DATE_NONE;
	if (problem == NULL && !work_add(&scope, &added, &piece_id, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, added.plan_id, added.task_no, &added, problem, error);
	}
	http_response_redirect(
	    response, arena_printf(request->arena, WORK_LIST_PATH "/%" G_GINT64_FORMAT, piece_id));
	return true;
}

/* One piece for each unit that was ticked, all or none; each has a state of its own from then on. */
static bool
add_many(HttpRequest *request, const WorkScope *scope, const WorkNew *common, const char **ret_problem,
    GError **error)
{
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	size_t n = 0;

	if (!db_txn_begin(scope->db, &txn, error) || !work_agencies(scope, agencies, error))
		return false;
	for (guint i = 0; i < agencies->len && *ret_problem == NULL; i++) {
		const WorkAgency *agency = g_ptr_array_index(agencies, i);
		WorkManyUnit unit = {.agency_id = agency->agency_id};
		WorkNew added = *common;
		int64_t piece_id;

		read_many_unit(request, &unit);
		if (!unit.is_chosen)
			continue;
		n++;
		if (g_utf8_strlen(unit.part, -1) > FIELDS[KEY_PART].max) {
			*ret_problem =
			    arena_printf(scope->arena, "%s: phần việc tối đa 500 ký tự.", agency->name);
			break;
		}
		added.agency_id = agency->agency_id;
		added.part = *unit.part != '\0' ? unit.part : common->part;
		if (!work_add(scope, &added, &piece_id, ret_problem, error))
			return false;
		if (*ret_problem != NULL)
			*ret_problem = arena_printf(scope->arena, "%s: %s", agency->name, *ret_problem);
	}
	if (*ret_problem == NULL && n == 0)
		*ret_problem = "Hãy chọn ít nhất một đơn vị.";
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

bool
work_assign_many(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	WorkNew common = {.due = DATE_NONE};
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX];
	const char *problem = NULL;

	if (!task_find_named(request, &common.plan_id, &common.task_no, error))
		return false;
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		problem = request->problem;
	common.role = values[KEY_ROLE].number == 1 ? AGENCY_ROLE_COORDINATING : AGENCY_ROLE_LEAD;
	common.part = values[KEY_PART].is_set ? values[KEY_PART].text : NULL;
	common.due = values[KEY_DUE].is_set ? (int32_t)values[KEY_DUE].number : DATE_NONE;
	if (problem == NULL && !add_many(request, &scope, &common, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, common.plan_id, common.task_no, &common, problem, error);
	}
	http_response_redirect(response,
	    arena_printf(request->arena, "/giao-viec/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
		common.task_no, common.plan_id));
	return true;
}

bool
work_lock_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	static const HttpField MONTH = {
	    .name = "thang", .label = "Tháng", .validator = http_valid_date, .max = 0};
	const char *deed = http_request_form(request, "viec");
	WorkScope scope = work_scope_of(request);
	HttpValue month;

	if (!http_form_parse(&MONTH, 1, request, &month, error))
		return false;
	if (month.is_set && !work_set_lock(&scope, work_month_of((int32_t)month.number),
				deed == NULL || strcmp(deed, "mo") != 0, error))
		return false;
	http_response_redirect(response, WORK_TODAY_PATH "?pham-vi=toan-xa");
	return true;
}
