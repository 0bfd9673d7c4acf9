/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secret.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/people/pages/person.html.h"
#include "modules/people/person_pages.h"
#include "modules/work/work_handover.h"
#include "storage/txn.h"

#include <string.h>

/* A password that was made, with its hash, before anything is written. */
typedef struct PreparedSecret {
	const char *password, *hash;
} PreparedSecret;

static PostForm
read_post_form(const HttpRequest *request)
{
	int rank =
	    people_word(IDENTITY_RANK_WORDS, IDENTITY_RANK_MAX, http_request_form_text(request, "vai"));

	return (PostForm){.agency_id = people_number(http_request_form_text(request, "don-vi")),
	    .position = http_request_form_text(request, "chuc-vu"),
	    .from = http_request_form_text(request, "tu-ngay"),
	    .to = http_request_form_text(request, "den-ngay"),
	    .rank = rank > 0 ? (IdentityRank)rank
			     : identity_rank_guess(http_request_form_text(request, "chuc-vu")),
	    .is_main = *http_request_form_text(request, "kiem-nhiem") == '\0'};
}

/* False, with what is wrong, where a day is none. */
static bool
make_post(
    const PostForm *form, int64_t person_id, int32_t today, IdentityPost *ret_post, const char **ret_problem)
{
	*ret_post = (IdentityPost){.person_id = person_id,
	    .agency_id = form->agency_id,
	    .position = form->position,
	    .rank = form->rank,
	    .is_main = form->is_main};
	if (people_day(form->from, today, &ret_post->valid_from) &&
	    people_day(form->to, DATE_NONE, &ret_post->valid_to))
		return true;
	*ret_problem = "Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-12-15.";
	return false;
}

static void
read_person_form(const HttpRequest *request, IdentityPerson *person)
{
	person->name = http_request_form_text(request, "ho-ten");
	person->email = http_request_form_text(request, "thu");
	person->phone = http_request_form_text(request, "dien-thoai");
	person->other_contact = http_request_form_text(request, "lien-he-khac");
}

static bool
fill_lists(HttpRequest *request, PersonView *view, GError **error)
{
	const AppContext *context = app_context(request);
	const UnitQuery query = {.day = context->today, .filter = UNIT_LIVING, .kind = "", .search = ""};

	view->arena = request->arena;
	view->today = context->today;
	view->is_open = context->visitor->is_open;
	return unit_rows_read(request, &query, true, &view->units, error);
}

static bool
answer_new(HttpRequest *request, HttpResponse *response, const IdentityPerson *person, const PostForm *post,
    const char *problem, GError **error)
{
	PersonView view = {.person = *person, .post = *post, .problem = problem, .is_new = true, .login = ""};

	if (!fill_lists(request, &view, error))
		return false;
	if (problem != NULL)
		response->status = 422;
	view.layout = app_layout(request, "Thêm người");
	person_new_page(response->body, &view);
	return true;
}

bool
person_new(HttpRequest *request, HttpResponse *response, GError **error)
{
	const IdentityPerson person = {.name = "", .email = "", .phone = "", .other_contact = ""};
	const PostForm post = {.agency_id = people_number(http_request_query_text(request, "don-vi")),
	    .position = "",
	    .from = "",
	    .to = "",
	    .rank = IDENTITY_MEMBER,
	    .is_main = true};

	return answer_new(request, response, &person, &post, NULL, error);
}

/* The person and, where a unit was chosen, the first post. */
static bool
add_with_post(HttpRequest *request, IdentityPerson *person, const PostForm *form, const char **ret_problem,
    GError **error)
{
	IdentityScope scope = people_scope_of(request);
	g_autoptr(DbTxn) txn = NULL;
	IdentityPost post;

	*ret_problem = NULL;
	if (!make_post(form, 0, app_context(request)->today, &post, ret_problem))
		return true;
	if (!db_txn_begin(scope.db, &txn, error) || !identity_person_add(&scope, person, ret_problem, error))
		return false;
	post.person_id = person->person_id;
	if (*ret_problem == NULL && form->agency_id != 0 &&
	    !identity_post_enter(&scope, &post, ret_problem, error))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

static bool
lead_back(HttpRequest *request, HttpResponse *response, int64_t person_id)
{
	http_response_redirect(
	    response, arena_printf(request->arena, PEOPLE_PATH "/%" G_GINT64_FORMAT, person_id));
	return true;
}

bool
person_add(HttpRequest *request, HttpResponse *response, GError **error)
{
	PostForm form = read_post_form(request);
	IdentityPerson person = {0};
	const char *problem;

	read_person_form(request, &person);
	if (!add_with_post(request, &person, &form, &problem, error))
		return false;
	return problem == NULL ? lead_back(request, response, person.person_id)
			       : answer_new(request, response, &person, &form, problem, error);
}

/* What of their work is not done, and whether they still hold a post. */
static bool
count_work(const IdentityScope *scope, int64_t person_id, PersonView *view, GError **error)
{
	const WorkScope work = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .today = view->today,
	    .arena = scope->arena};

	for (guint i = 0; i < view->posts->len; i++)
		view->has_post =
		    view->has_post || identity_post_is_on(g_ptr_array_index(view->posts, i), view->today);
	return work_count_held(&work, person_id, &view->open_work, error);
}

/* typed: what a refused form said instead of what is stored; NULL. */
static bool
answer(HttpRequest *request, HttpResponse *response, int64_t person_id, const IdentityPerson *typed,
    const PostForm *post, const char *problem, const PreparedSecret *secret, GError **error)
{
	static const PostForm NO_POST = {
	    .position = "", .from = "", .to = "", .rank = IDENTITY_MEMBER, .is_main = true};
	IdentityScope scope = people_scope_of(request);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	PersonView view = {.posts = posts,
	    .people = people,
	    .roles = roles,
	    .problem = problem,
	    .post = post != NULL ? *post : NO_POST,
	    .login = http_request_form_text(request, "ten-dang-nhap"),
	    .password = secret != NULL ? secret->password : NULL};

	if (!fill_lists(request, &view, error) ||
	    !identity_person_find(&scope, person_id, &view.person, error) ||
	    !identity_posts_of(&scope, person_id, DATE_NONE, posts, error) ||
	    !identity_people(&scope, people, error) || !identity_roles(&scope, roles, error) ||
	    !count_work(&scope, person_id, &view, error))
		return false;
	view.layout = app_layout(request, view.person.name);
	if (typed != NULL)
		read_person_form(request, &view.person);
	if (problem != NULL)
		response->status = 422;
	person_page(response->body, &view);
	return true;
}

bool
person_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t person_id;

	return http_request_param_int(request, "id", &person_id, error) &&
	       answer(request, response, person_id, NULL, NULL, NULL, NULL, error);
}

bool
person_change(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = people_scope_of(request);
	IdentityPerson person = {0};
	const char *problem;

	if (!http_request_param_int(request, "id", &person.person_id, error))
		return false;
	read_person_form(request, &person);
	if (!identity_person_change(&scope, &person, &problem, error))
		return false;
	return problem == NULL
		   ? lead_back(request, response, person.person_id)
		   : answer(request, response, person.person_id, &person, NULL, problem, NULL, error);
}

bool
person_post_begin(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = people_scope_of(request);
	PostForm form = read_post_form(request);
	const char *problem = NULL;
	IdentityPost post;
	int64_t person_id;

	if (!http_request_param_int(request, "id", &person_id, error))
		return false;
	if (make_post(&form, person_id, app_context(request)->today, &post, &problem) &&
	    !identity_post_begin(&scope, &post, &problem, error))
		return false;
	return problem == NULL ? lead_back(request, response, person_id)
			       : answer(request, response, person_id, NULL, &form, problem, NULL, error);
}

/* What is done to a post that there is. */
static bool
change_post(
    HttpRequest *request, int64_t person_id, int64_t post_id, const char **ret_problem, GError **error)
{
	IdentityScope scope = people_scope_of(request);
	const char *deed = http_request_form_text(request, "viec");
	int32_t day, today = app_context(request)->today;
	PostForm form = read_post_form(request);
	IdentityPost post;

	if (!people_day(http_request_form_text(request, "ngay"), today, &day)) {
		*ret_problem = "Ngày phải có dạng năm-tháng-ngày, ví dụ 2026-12-15.";
		return true;
	}
	if (strcmp(deed, "ket-thuc") == 0)
		return identity_post_end(&scope, post_id, day, ret_problem, error);
	if (strcmp(deed, "bo") == 0)
		return identity_post_void(&scope, post_id, ret_problem, error);
	if (strcmp(deed, "ban-giao") == 0)
		return identity_post_hand_over(&scope, post_id,
		    people_number(http_request_form_text(request, "nguoi-nhan")), day, ret_problem, error);
	if (!make_post(&form, person_id, AGENCY_SINCE_EVER, &post, ret_problem))
		return true;
	post.post_id = post_id;
	return identity_post_correct(&scope, &post, ret_problem, error);
}

/* A post of somebody else is not there. */
static bool
check_owner(const HttpRequest *request, int64_t person_id, int64_t post_id, GError **error)
{
	IdentityScope scope = people_scope_of(request);
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	if (!identity_posts_of(&scope, person_id, DATE_NONE, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++)
		if (((const IdentityPost *)g_ptr_array_index(posts, i))->post_id == post_id)
			return true;
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
	    "person %" G_GINT64_FORMAT " has no post %" G_GINT64_FORMAT, person_id, post_id);
	return false;
}

bool
person_post_change(HttpRequest *request, HttpResponse *response, GError **error)
{
	const char *problem = NULL;
	int64_t person_id, post_id;

	if (!http_request_param_int(request, "id", &person_id, error) ||
	    !http_request_param_int(request, "vi-tri", &post_id, error) ||
	    !check_owner(request, person_id, post_id, error) ||
	    !change_post(request, person_id, post_id, &problem, error))
		return false;
	return problem == NULL ? lead_back(request, response, person_id)
			       : answer(request, response, person_id, NULL, NULL, problem, NULL, error);
}

static void
prepare_secret(HttpRequest *request)
{
	PreparedSecret *prepared = arena_new0(request->arena, PreparedSecret);
	g_autofree char *hash = NULL;

	prepared->password = identity_password_make(request->arena);
	hash = secret_hash_password(prepared->password);
	prepared->hash = arena_strdup(request->arena, hash);
	request->prepared = prepared;
}

bool
person_account_add(HttpRequest *request, HttpResponse *response, GError **error)
{
	const PreparedSecret *prepared = request->prepared;
	IdentityScope scope = people_scope_of(request);
	const char *role = http_request_form_text(request, "vai-tro"), *problem;
	IdentityPerson person;
	int64_t person_id, account_id;

	if (!http_request_param_int(request, "id", &person_id, error) ||
	    !identity_person_find(&scope, person_id, &person, error))
		return false;
	if (prepared == NULL) {
		prepare_secret(request);
		return true;
	}
	if (person.account_id != 0)
		return lead_back(request, response, person_id);
	if (!identity_add(&scope,
		&(IdentityNew){.login = http_request_form_text(request, "ten-dang-nhap"),
		    .name = person.name,
		    .position = person.position,
		    .unit = person.unit,
		    .person_id = person_id,
		    .kind = IDENTITY_WORK,
		    .role = *role != '\0' ? role : NULL,
		    .password_hash = prepared->hash,
		    .must_change = true},
		&account_id, &problem, error))
		return false;
	return answer(
	    request, response, person_id, NULL, NULL, problem, problem == NULL ? prepared : NULL, error);
}
