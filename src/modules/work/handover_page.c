/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/handover_page.h"

#include "modules/identity/identity_people.h"
#include "modules/work/pages/handover.html.h"

#include <string.h>

#define PIECES_MAX 200 /* handed over at once */

bool
work_holders_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) holders = g_ptr_array_new();
	WorkHoldersView view = {.holders = holders};

	if (!work_holders(&scope, holders, error))
		return false;
	work_fill_layout(request, "Bàn giao việc", &view.layout);
	work_holders_page(response->body, &view);
	return true;
}

/* The pieces that were ticked. */
static size_t
read_chosen(const HttpRequest *request, int64_t chosen[static PIECES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < request->n_form && n < PIECES_MAX; i++)
		if (strcmp(request->form[i].name, "viec") == 0)
			chosen[n++] = g_ascii_strtoll(request->form[i].value, NULL, 10);
	return n;
}

static IdentityScope
identity_scope_of(const WorkScope *scope)
{
	return (IdentityScope){.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .arena = scope->arena};
}

static bool
has_post(const WorkScope *scope, int64_t person_id, bool *ret_has, GError **error)
{
	const IdentityScope identity = identity_scope_of(scope);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	if (!identity_posts_of(&identity, person_id, scope->today, posts, error))
		return false;
	*ret_has = posts->len > 0;
	return true;
}

/* All is ticked at first; a refused form as it was sent. */
static bool
is_ticked(const HttpRequest *request, int64_t piece_id)
{
	int64_t chosen[PIECES_MAX];
	size_t n = read_chosen(request, chosen);

	if (request->method != HTTP_POST)
		return true;
	for (size_t i = 0; i < n; i++)
		if (chosen[i] == piece_id)
			return true;
	return false;
}

static bool
fill_lines(
    HttpRequest *request, const WorkScope *scope, WorkHandoverView *view, GPtrArray *rows, GError **error)
{
	WorkSettings settings;

	if (!work_settings(scope, &settings, error) ||
	    !work_held(scope, view->person_id, PIECES_MAX, rows, error))
		return false;
	view->n_lines = MIN(rows->len, (guint)PIECES_MAX);
	view->lines = arena_array(scope->arena, WorkLine, view->n_lines + 1);
	view->is_chosen = arena_array(scope->arena, bool, view->n_lines + 1);
	for (size_t i = 0; i < view->n_lines; i++) {
		const WorkRow *row = g_ptr_array_index(rows, i);

		work_fill_line(scope, &settings, row, &view->lines[i]);
		view->is_chosen[i] = is_ticked(request, row->piece.piece_id);
	}
	return true;
}

static bool
show(HttpRequest *request, HttpResponse *response, int64_t person_id, const char *problem, GError **error)
{
	WorkScope scope = work_scope_of(request);
	const IdentityScope identity = identity_scope_of(&scope);
	const char *to = http_request_form(request, "nguoi-nhan");
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	WorkHandoverView view = {.person_id = person_id,
	    .people = people,
	    .problem = problem,
	    .typed_reason = http_request_form(request, "ly-do"),
	    .typed_to = to != NULL ? g_ascii_strtoll(to, NULL, 10) : 0};
	IdentityPerson person;

	if (!identity_person_find(&identity, person_id, &person, error) ||
	    !has_post(&scope, person_id, &view.has_post, error) ||
	    !fill_lines(request, &scope, &view, rows, error) || !work_people(&scope, people, error))
		return false;
	view.name = person.name;
	work_fill_layout(request, "Bàn giao việc", &view.layout);
	work_handover_page(response->body, &view);
	return true;
}

bool
work_handover_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t person_id;

	return http_request_param_int(request, "id", &person_id, error) &&
	       show(request, response, person_id, NULL, error);
}

bool
work_handover_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	const IdentityScope identity = identity_scope_of(&scope);
	const char *to = http_request_form(request, "nguoi-nhan"),
		   *reason = http_request_form(request, "ly-do"), *problem;
	int64_t person_id, to_person = to != NULL ? g_ascii_strtoll(to, NULL, 10) : -1;
	int64_t chosen[PIECES_MAX];
	size_t n = read_chosen(request, chosen);
	IdentityPerson person;

	if (!http_request_param_int(request, "id", &person_id, error) ||
	    !identity_person_find(&identity, person_id, &person, error))
		return false;
	if (to_person == person_id)
		problem = "Người nhận phải là người khác.";
	else if (!work_hand_over(&scope, chosen, n, to_person,
		     reason != NULL && *reason != '\0' ? reason : NULL, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, person_id, problem, error);
	}
	http_response_redirect(response, WORK_HANDOVER_PATH);
	return true;
}
