/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/people_import.h"

#include "app/secret.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/people/people_import_row.h"
#include "storage/txn.h"

#include <string.h>

#define ROLE_PROBLEM "Không có vai trò này, hoặc vai trò không giao bằng tệp."

const char *const PEOPLE_OUTCOME_LABELS[PEOPLE_OUTCOME_MAX] = {"Không thay đổi", "Sửa", "Thêm mới"};

PeopleSecret *
people_import_secrets(const PeopleSheet *sheet, Arena *arena)
{
	PeopleSecret *secrets = arena_array(arena, PeopleSecret, sheet->n_rows + 1);

	for (size_t i = 0; i < sheet->n_rows; i++) {
		g_autofree char *hash = NULL;

		if (*sheet->rows[i].cells[PEOPLE_LOGIN] == '\0')
			continue;
		secrets[i].password = identity_password_make(arena);
		hash = secret_hash_made(secrets[i].password);
		secrets[i].hash = arena_strdup(arena, hash);
	}
	return secrets;
}

static const char *
choose(const char *typed, const char *stored)
{
	return *typed != '\0' ? typed : stored;
}

static PeopleColumn
column_of(const IdentityPerson *person)
{
	IdentityPerson probe = *person;

	probe.phone = probe.other_contact = "";
	if (identity_person_problem(&probe) == NULL)
		return PEOPLE_PHONE;
	probe.email = "";
	return identity_person_problem(&probe) == NULL ? PEOPLE_EMAIL : PEOPLE_NAME;
}

static bool
enter_person(PeopleRun *run, PeopleRowRun *at, const IdentityPerson *known, GError **error)
{
	const char *const *cells = at->row->cells;
	static const IdentityPerson NOBODY = {.name = "",
	    .email = "",
	    .phone = "",
	    .other_contact = "",
	    .position = "",
	    .unit = "",
	    .login = ""};
	const char *problem;

	at->person = known != NULL ? *known : NOBODY;
	at->person.name = cells[PEOPLE_NAME];
	at->person.email = choose(cells[PEOPLE_EMAIL], at->person.email);
	at->person.phone = choose(cells[PEOPLE_PHONE], at->person.phone);
	at->person.other_contact = choose(cells[PEOPLE_OTHER], at->person.other_contact);
	problem = identity_person_problem(&at->person);
	if (problem != NULL) {
		people_import_blame(run, at, column_of(&at->person), problem);
		return true;
	}
	if (known == NULL) {
		at->result->outcome = PEOPLE_ADDED;
		return identity_person_add(run->scope, &at->person, &problem, error);
	}
	if (strcmp(known->name, at->person.name) == 0 && strcmp(known->email, at->person.email) == 0 &&
	    strcmp(known->phone, at->person.phone) == 0 &&
	    strcmp(known->other_contact, at->person.other_contact) == 0)
		return true;
	at->result->outcome = PEOPLE_CHANGED;
	return identity_person_change(run->scope, &at->person, &problem, error);
}

/* The post that is there already is corrected; a new one begins. */
static bool
enter_post(PeopleRun *run, PeopleRowRun *at, GError **error)
{
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	const char *problem = NULL;
	IdentityPost post = {.person_id = at->person.person_id,
	    .agency_id = at->agency_id,
	    .position = at->row->cells[PEOPLE_POSITION],
	    .rank = at->rank,
	    .is_main = !at->is_concurrent,
	    .valid_from = at->since != DATE_NONE ? at->since : run->today,
	    .valid_to = DATE_NONE};

	if (at->agency_id == 0)
		return true;
	if (!identity_posts_of(run->scope, at->person.person_id, run->today, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++) {
		const IdentityPost *old = g_ptr_array_index(posts, i);

		if (old->agency_id != at->agency_id)
			continue;
		post.post_id = old->post_id;
		post.position = choose(post.position, old->position);
		post.valid_from = at->since != DATE_NONE ? at->since : old->valid_from;
		post.valid_to = old->valid_to;
		if (*at->row->cells[PEOPLE_RANK] == '\0' && *at->row->cells[PEOPLE_POSITION] == '\0')
			post.rank = old->rank;
		if (strcmp(old->position, post.position) == 0 && old->rank == post.rank &&
		    old->is_main == post.is_main && old->valid_from == post.valid_from)
			return true;
		at->result->outcome = MAX(at->result->outcome, PEOPLE_CHANGED);
		if (!identity_post_fix(run->scope, &post, &problem, error))
			return false;
		if (problem != NULL)
			people_import_blame(run, at, PEOPLE_UNIT, problem);
		return true;
	}
	at->result->outcome = MAX(at->result->outcome, PEOPLE_CHANGED);
	if (!identity_post_enter(run->scope, &post, &problem, error))
		return false;
	if (problem != NULL)
		people_import_blame(run, at, PEOPLE_UNIT, problem);
	return true;
}

static const char *
role_named(const PeopleRun *run, const char *text)
{
	g_autofree char *folded = text_fold_vi(text);

	for (guint i = 0; i < run->roles->len; i++) {
		const IdentityRole *role = g_ptr_array_index(run->roles, i);
		g_autofree char *name = text_fold_vi(role->name);

		if (strcmp(folded, name) == 0 || strcmp(text, role->role) == 0)
			return role->role;
	}
	return NULL;
}

/* NULL: none of that name is given by a file. */
static const char *
role_of_file(const PeopleRun *run, const char *text)
{
	const char *role = role_named(run, text);

	return role != NULL && strcmp(role, IDENTITY_ADMIN_ROLE) != 0 ? role : NULL;
}

static bool
enter_account(PeopleRun *run, PeopleRowRun *at, GError **error)
{
	size_t index = (size_t)(at->row - run->sheet->rows);
	const char *login = at->row->cells[PEOPLE_LOGIN], *role = at->row->cells[PEOPLE_ROLE], *problem;
	g_autofree char *small = g_ascii_strdown(login, -1);
	IdentityNew account = {.login = arena_strdup(run->scope->arena, small),
	    .name = at->person.name,
	    .position = "",
	    .unit = "",
	    .person_id = at->person.person_id,
	    .kind = IDENTITY_WORK,
	    .password_hash = run->secrets != NULL ? run->secrets[index].hash : "-",
	    .must_change = true};
	int64_t account_id;

	at->is_account_blamed = true;
	if (*login == '\0' || at->person.account_id != 0)
		return true;
	if (*role != '\0') {
		account.role = role_of_file(run, role);
		if (account.role == NULL) {
			people_import_blame(run, at, PEOPLE_ROLE, ROLE_PROBLEM);
			return true;
		}
	}
	if (!identity_add(run->scope, &account, &account_id, &problem, error))
		return false;
	if (problem != NULL) {
		people_import_blame(run, at, PEOPLE_LOGIN, problem);
		return true;
	}
	at->person.account_id = account_id;
	at->person.login = account.login;
	at->result->outcome = MAX(at->result->outcome, PEOPLE_CHANGED);
	at->result->login = account.login;
	at->result->password = run->secrets != NULL ? run->secrets[index].password : NULL;
	run->out->n_accounts++;
	return true;
}

/* Later rows find the person as this one left it. */
static void
remember(PeopleRun *run, const PeopleRowRun *at)
{
	IdentityPerson *kept = arena_new0(run->scope->arena, IdentityPerson);

	*kept = at->person;
	if (at->agency_id != 0)
		kept->unit = at->row->cells[PEOPLE_UNIT];
	for (guint i = 0; i < run->people->len; i++)
		if (((const IdentityPerson *)g_ptr_array_index(run->people, i))->person_id ==
		    kept->person_id) {
			run->people->pdata[i] = kept;
			return;
		}
	g_ptr_array_add(run->people, kept);
}

/* What is wrong with the account of a row that is not entered: so that a person mends all cells at one go. */
static void
blame_account(PeopleRun *run, PeopleRowRun *at)
{
	const char *login = at->row->cells[PEOPLE_LOGIN], *role = at->row->cells[PEOPLE_ROLE];
	g_autofree char *small = g_ascii_strdown(login, -1);
	const char *problem = identity_login_problem(small);

	if (*login == '\0' || people_import_find_login(run, login) != NULL)
		return;
	if (problem != NULL)
		people_import_blame(run, at, PEOPLE_LOGIN, problem);
	if (*role != '\0' && role_of_file(run, role) == NULL)
		people_import_blame(run, at, PEOPLE_ROLE, ROLE_PROBLEM);
}

static bool
run_row(PeopleRun *run, const PeopleSheetRow *row, GError **error)
{
	PeopleRowRun at = {.row = row, .result = &run->out->results[run->out->n_results]};
	const IdentityPerson *known;

	*at.result = (PeopleResult){
	    .number = row->number, .name = row->cells[PEOPLE_NAME], .unit = row->cells[PEOPLE_UNIT]};
	if (!people_import_read_row(run, &at, error) || !people_import_find(run, &at, &known, error))
		return false;
	if (!at.has_problem && !enter_person(run, &at, known, error))
		return false;
	if (!at.has_problem && !enter_post(run, &at, error))
		return false;
	if (!at.has_problem && !enter_account(run, &at, error))
		return false;
	if (at.has_problem && !at.is_account_blamed)
		blame_account(run, &at);
	if (!at.has_problem)
		remember(run, &at);
	run->out->counts[at.result->outcome]++;
	run->out->n_results++;
	return true;
}

bool
people_import_run(const IdentityScope *scope, PeopleSheet *sheet, const PeopleSecret *secrets, bool is_dry,
    PeopleImport *ret_import, GError **error)
{
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	PeopleRun run = {.scope = scope,
	    .sheet = sheet,
	    .secrets = secrets,
	    .people = people,
	    .roles = roles,
	    .out = ret_import,
	    .today = instant_day(scope->now_us)};

	*ret_import = (PeopleImport){.results = arena_array(scope->arena, PeopleResult, sheet->n_rows + 1)};
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &run.book, error) ||
	    !identity_people(scope, people, error) || !identity_seed(scope, error) ||
	    !identity_roles(scope, roles, error))
		return false;
	for (size_t i = 0; i < sheet->n_rows; i++)
		if (*sheet->rows[i].cells[PEOPLE_NAME] != '\0' && !run_row(&run, &sheet->rows[i], error))
			return false;
	return is_dry || sheet->problems->len > 0 || db_txn_commit(txn, error);
}
