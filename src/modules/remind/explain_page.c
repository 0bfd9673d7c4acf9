/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/remind/pages/explain.html.h"
#include "modules/remind/remind_pages.h"
#include "modules/work/work_tell.h"

#include <string.h>

#define GIVE_BACK_DAYS 2 /* working days offered for a new answer */

static bool
fill(const WorkScope *scope, RemindExplainView *view, GError **error)
{
	g_auto(RemindBook) book = {0};
	g_autoptr(Calendar) calendar = NULL;
	const RemindPerson *head;
	char iso[DATE_ISO_SIZE];
	int64_t head_id;

	if (!remind_book_read(scope, scope->today, &book, error) ||
	    !remind_book_head(&book, view->explain->agency_id, &head_id, error) ||
	    !calendar_load(scope->db, scope->commune_id, &calendar, error))
		return false;
	head = remind_book_person(&book, head_id);
	view->head = head != NULL ? head->name : NULL;
	view->verb = work_agency_is_asked(&book.agencies, view->explain->agency_id, scope->today, false)
			 ? "Đề nghị giải trình"
			 : "Yêu cầu giải trình";
	date_format_iso(calendar_add_working(calendar, scope->today, GIVE_BACK_DAYS), iso);
	view->new_due = arena_strdup(scope->arena, iso);
	return true;
}

static bool
show(HttpRequest *request, HttpResponse *response, int64_t explain_no, const char *typed, const char *problem,
    GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	RemindExplain *explain = arena_new0(request->arena, RemindExplain);
	RemindExplainView view = {
	    .arena = request->arena, .explain = explain, .steps = steps, .typed = typed, .problem = problem};

	if (!remind_explain_find(&scope, explain_no, explain, error) ||
	    !remind_explain_steps(&scope, explain_no, steps, error) ||
	    !remind_explain_rights(&scope, explain, &view.rights, error) || !fill(&scope, &view, error))
		return false;
	remind_explain_line(&scope, explain, &view.line);
	remind_fill_layout(request,
	    arena_printf(request->arena, "Giải trình số %" G_GINT64_FORMAT, explain_no), &view.layout);
	remind_explain_page(response->body, &view);
	return true;
}

bool
remind_explain_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t explain_no;

	return http_request_param_int(request, "id", &explain_no, error) &&
	       show(request, response, explain_no, "", NULL, error);
}

static bool
act(HttpRequest *request, HttpResponse *response, RemindExplainKind kind, int32_t due, GError **error)
{
	WorkScope scope = work_scope_of(request);
	const char *body = http_request_form_text(request, "noi-dung"), *problem = NULL;
	int64_t explain_no;

	if (!http_request_param_int(request, "id", &explain_no, error) ||
	    !remind_explain_act(&scope, explain_no, kind, body, due, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, explain_no, body, problem, error);
	}
	http_response_redirect(
	    response, arena_printf(request->arena, REMIND_EXPLAIN_PATH "/%" G_GINT64_FORMAT, explain_no));
	return true;
}

bool
remind_answer_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	return act(request, response, REMIND_ANSWER, DATE_NONE, error);
}

bool
remind_judge_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	static const HttpField DUE = {"han", "Hạn trả lời", http_valid_date, .max = 0};
	bool is_accepted = strcmp(http_request_form_text(request, "ket-luan"), "chap-nhan") == 0;
	HttpValue due = {0};

	if (!is_accepted && !http_form_parse(&DUE, 1, request, &due, error))
		return false;
	return act(request, response, is_accepted ? REMIND_ACCEPT : REMIND_GIVE_BACK,
	    due.is_set ? (int32_t)due.number : DATE_NONE, error);
}

bool
remind_withdraw_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	return act(request, response, REMIND_WITHDRAW, DATE_NONE, error);
}
