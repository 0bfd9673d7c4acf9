/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"
#include "modules/assignment/assignment_pages.h"
#include "modules/work/work_scope.h"
#include "storage/txn.h"

#include <string.h>

#define FIELD_AGENCY "don-vi-"

/* Gives the day typed for a row, else the one for all tasks without a deadline; *ret_problem: it is none. */
static int32_t
due_of(const AssignmentView *view, const AssignmentRow *row, const char **ret_problem)
{
	const char *text = row->due;
	int32_t due = DATE_NONE;

	if (*text == '\0' && *row->task->deadline_raw == '\0')
		text = view->common_due;
	if (*text != '\0' && !date_parse_iso(text, &due))
		*ret_problem = "Hạn: hãy ghi đủ ngày, tháng, năm.";
	return due;
}

/* Gives one row's work; *row->problem says why not. */
static bool
give(const WorkScope *scope, const AssignmentView *view, AssignmentRow *row, GError **error)
{
	WorkNew added = {.plan_id = view->page.scope.plan_id,
	    .task_no = row->task->task_no,
	    .agency_id = row->agency_id,
	    .role = AGENCY_ROLE_LEAD,
	    .due = due_of(view, row, &row->problem)};
	int64_t piece_id;

	return row->problem != NULL || work_add(scope, &added, &piece_id, &row->problem, error);
}

/* Tasks that were chosen for and are no longer among those without a unit: somebody else was faster. */
static const char *
name_gone(const HttpRequest *request, const AssignmentView *view)
{
	g_autoptr(GString) gone = g_string_new(NULL);

	for (size_t i = 0; i < request->n_form; i++) {
		const HttpPair *pair = &request->form[i];
		bool is_there = false;
		int64_t task_no;

		if (!g_str_has_prefix(pair->name, FIELD_AGENCY) ||
		    g_ascii_strtoll(pair->value, NULL, 10) <= 0)
			continue;
		task_no = g_ascii_strtoll(pair->name + strlen(FIELD_AGENCY), NULL, 10);
		for (size_t k = 0; k < view->n_rows; k++)
			is_there = is_there || view->rows[k].task->task_no == task_no;
		if (!is_there)
			g_string_append_printf(
			    gone, "%s%" G_GINT64_FORMAT, gone->len > 0 ? ", " : "", task_no);
	}
	return gone->len == 0
		   ? NULL
		   : arena_printf(request->arena,
			 "Chưa giao việc nào: nhiệm vụ thứ %s vừa được người khác giao. Các việc còn lại "
			 "vẫn như đã chọn; hãy xem rồi giao lại.",
			 gone->str);
}

/* All rows that have a unit, or none. */
static bool
give_all(HttpRequest *request, AssignmentView *view, GError **error)
{
	const WorkScope scope = work_scope_of(request);
	size_t n_wrong = 0;

	view->problem = name_gone(request, view);
	for (size_t i = 0; i < view->n_rows && view->problem == NULL; i++) {
		AssignmentRow *row = &view->rows[i];

		if (row->agency_id <= 0)
			continue;
		if (!give(&scope, view, row, error))
			return false;
		view->n_given++;
		n_wrong += row->problem != NULL;
	}
	if (n_wrong > 0)
		view->problem = arena_printf(request->arena,
		    "Chưa giao việc nào: %zu việc chưa đúng, lý do ghi ở từng việc.", n_wrong);
	else if (view->problem == NULL && view->n_given == 0)
		view->problem = "Hãy chọn đơn vị cho ít nhất một nhiệm vụ.";
	return true;
}

bool
assignment_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	AssignmentView view = {0};
	g_autoptr(DbTxn) txn = NULL;
	bool suggests;

	if (!assignment_begin(request, &view, &suggests, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!app_access_require(
		request, APP_OPERATE, &(AppTarget){.plan_id = view.page.scope.plan_id}, error) ||
	    !db_txn_begin(view.page.scope.db, &txn, error) || !assignment_fill(request, &view, error))
		return false;
	view.n_given = 0;
	if (!give_all(request, &view, error))
		return false;
	if (view.problem != NULL) {
		view.n_given = 0;
		response->status = 422;
		return assignment_answer(request, &view, false, response, error);
	}
	http_response_redirect(
	    response, plan_page_link(&view.page, ASSIGNMENT_PATH,
			  "sau=%" G_GINT64_FORMAT "&da-giao=%" G_GINT64_FORMAT, view.after, view.n_given));
	return db_txn_commit(txn, error);
}
