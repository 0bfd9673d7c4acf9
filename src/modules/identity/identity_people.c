/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_people.h"

#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_people_note.h"
#include "storage/txn.h"

#include <string.h>

/* Both statements have the same columns. */
static IdentityPerson *
read_person(const IdentityScope *scope, const DbStmt *stmt)
{
	IdentityPerson *person = arena_new0(scope->arena, IdentityPerson);
	Arena *arena = scope->arena;

	G_STATIC_ASSERT((int)IDENTITY_PERSON_FIND_C_IS_DISABLED == (int)IDENTITY_PERSON_LIST_C_IS_DISABLED);
	person->person_id = db_column_int(stmt, IDENTITY_PERSON_LIST_C_PERSON_ID);
	person->name = arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_NAME));
	person->email = arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_EMAIL));
	person->phone = arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_PHONE));
	person->other_contact =
	    arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_OTHER_CONTACT));
	person->position = arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_POSITION));
	person->unit = arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_UNIT));
	person->created_us = db_column_int(stmt, IDENTITY_PERSON_LIST_C_CREATED_US);
	person->account_id = db_column_int(stmt, IDENTITY_PERSON_LIST_C_ACCOUNT_ID);
	person->login = person->account_id != 0
			    ? arena_strdup(arena, db_column_text(stmt, IDENTITY_PERSON_LIST_C_LOGIN))
			    : "";
	person->is_disabled =
	    person->account_id != 0 && db_column_int(stmt, IDENTITY_PERSON_LIST_C_IS_DISABLED) != 0;
	return person;
}

bool
identity_person_find(
    const IdentityScope *scope, int64_t person_id, IdentityPerson *ret_person, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_PERSON_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_PERSON_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_PERSON_FIND_P_PERSON_ID, person_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có người số %" G_GINT64_FORMAT, person_id);
		return false;
	}
	*ret_person = *read_person(scope, stmt);
	return true;
}

/* Somebody with two accounts comes twice; the first counts. */
bool
identity_people(const IdentityScope *scope, GPtrArray *people, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t last_id = 0;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_PERSON_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_PERSON_LIST_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		if (db_column_int(stmt, IDENTITY_PERSON_LIST_C_PERSON_ID) == last_id)
			continue;
		last_id = db_column_int(stmt, IDENTITY_PERSON_LIST_C_PERSON_ID);
		g_ptr_array_add(people, read_person(scope, stmt));
	}
}

static bool
is_email(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at != text && strchr(at + 1, '@') == NULL && strchr(at + 1, '.') != NULL &&
	       at[1] != '.' && !g_str_has_suffix(text, ".") && strpbrk(text, " \t,;<>()") == NULL;
}

static bool
is_phone(const char *text)
{
	size_t n_digits = 0;

	for (const char *at = text; *at != '\0'; at++)
		n_digits += g_ascii_isdigit(*at) != 0;
	return strspn(text, "0123456789 .+-()") == strlen(text) && n_digits >= 8 && n_digits <= 15;
}

const char *
identity_person_problem(const IdentityPerson *person)
{
	if (*person->name == '\0')
		return "Hãy ghi họ và tên.";
	if (strlen(person->name) > IDENTITY_TEXT_BYTES_MAX ||
	    strlen(person->email) > IDENTITY_TEXT_BYTES_MAX ||
	    strlen(person->phone) > IDENTITY_TEXT_BYTES_MAX ||
	    strlen(person->other_contact) > IDENTITY_TEXT_BYTES_MAX)
		return "Họ tên hoặc thông tin liên hệ quá dài.";
	if (*person->email != '\0' && !is_email(person->email))
		return "Thư điện tử phải có dạng ten@don-vi.vn.";
	if (*person->phone != '\0' && !is_phone(person->phone))
		return "Số điện thoại gồm 8 đến 15 chữ số, có thể có dấu cách, dấu chấm, dấu +.";
	return NULL;
}

static bool
write_person(const IdentityScope *scope, const IdentityPerson *person, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_PERSON_UPDATE, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_PERSON_UPDATE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_PERSON_UPDATE_P_PERSON_ID, person->person_id);
	db_bind_text(stmt, IDENTITY_PERSON_UPDATE_P_NAME, person->name);
	db_bind_text(stmt, IDENTITY_PERSON_UPDATE_P_EMAIL, person->email);
	db_bind_text(stmt, IDENTITY_PERSON_UPDATE_P_PHONE, person->phone);
	db_bind_text(stmt, IDENTITY_PERSON_UPDATE_P_OTHER_CONTACT, person->other_contact);
	return db_run(stmt, error);
}

static bool
insert_person(const IdentityScope *scope, IdentityPerson *person, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_INSERT_PERSON, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_INSERT_PERSON_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, IDENTITY_INSERT_PERSON_P_NAME, person->name);
	db_bind_text(stmt, IDENTITY_INSERT_PERSON_P_POSITION, person->position);
	db_bind_text(stmt, IDENTITY_INSERT_PERSON_P_UNIT, person->unit);
	db_bind_int(stmt, IDENTITY_INSERT_PERSON_P_NOW, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	person->person_id = db_column_int(stmt, IDENTITY_INSERT_PERSON_C_PERSON_ID);
	return true;
}

static bool
add_person(const IdentityScope *scope, IdentityPerson *person, GError **error)
{
	return insert_person(scope, person, error) && write_person(scope, person, error) &&
	       identity_note_person(scope, NULL, person, error);
}

bool
identity_person_add(
    const IdentityScope *scope, IdentityPerson *person, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	*ret_problem = identity_person_problem(person);
	person->position = person->unit = "";
	return *ret_problem != NULL || (db_txn_begin(scope->db, &txn, error) &&
					   add_person(scope, person, error) && db_txn_commit(txn, error));
}

bool
identity_person_change(
    const IdentityScope *scope, const IdentityPerson *person, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityPerson before;

	*ret_problem = identity_person_problem(person);
	return *ret_problem != NULL ||
	       (db_txn_begin(scope->db, &txn, error) &&
		   identity_person_find(scope, person->person_id, &before, error) &&
		   write_person(scope, person, error) &&
		   identity_note_person(scope, &before, person, error) && db_txn_commit(txn, error));
}

static bool
place_by_words(const IdentityScope *scope, int64_t person_id, const char *unit, const char *position,
    int32_t day, GError **error)
{
	IdentityPost post = {.person_id = person_id,
	    .position = position,
	    .rank = identity_rank_guess(position),
	    .is_main = true,
	    .valid_from = day,
	    .valid_to = DATE_NONE};
	const char *problem;

	if (!agency_enter_name(&(AgencyScope){scope->db, scope->commune_id, scope->now_us,
				   instant_day(scope->now_us), scope->actor, scope->arena},
		unit, &post.agency_id, error))
		return false;
	return post.agency_id == 0 || identity_post_enter(scope, &post, &problem, error);
}

bool
identity_person_enter(
    const IdentityScope *scope, const IdentityNew *account, int64_t *ret_person_id, GError **error)
{
	IdentityPerson person = {.name = account->name,
	    .email = "",
	    .phone = "",
	    .other_contact = "",
	    .position = account->position,
	    .unit = account->unit};

	if (account->person_id != 0) {
		*ret_person_id = account->person_id;
		return true;
	}
	if (!add_person(scope, &person, error))
		return false;
	*ret_person_id = person.person_id;
	return place_by_words(
	    scope, person.person_id, account->unit, account->position, instant_day(scope->now_us), error);
}

/* The first one behind `after`; 0: none. */
static bool
find_unplaced(const IdentityScope *scope, int64_t after, int64_t *ret_person_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_PERSON_UNPLACED, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_PERSON_UNPLACED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_PERSON_UNPLACED_P_AFTER, after);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_person_id = has_row ? db_column_int(stmt, IDENTITY_PERSON_UNPLACED_C_PERSON_ID) : 0;
	return true;
}

static bool
place_person(const IdentityScope *scope, int64_t person_id, GError **error)
{
	g_autofree char *object = g_strdup_printf("person/%" G_GINT64_FORMAT, person_id), *noted = NULL;
	g_autoptr(DbTxn) txn = NULL;
	IdentityPerson person;

	return db_txn_begin(scope->db, &txn, error) &&
	       identity_person_find(scope, person_id, &person, error) &&
	       ledger_last_state(scope->db, scope->commune_id, object, &noted, error) &&
	       (noted != NULL || identity_note_person(scope, NULL, &person, error)) &&
	       (*person.unit == '\0' || place_by_words(scope, person_id, person.unit, person.position,
					    instant_day(person.created_us), error)) &&
	       db_txn_commit(txn, error);
}

bool
identity_people_place(const IdentityScope *scope, GError **error)
{
	int64_t person_id = 0;

	do {
		if (!find_unplaced(scope, person_id, &person_id, error) ||
		    (person_id != 0 && !place_person(scope, person_id, error)))
			return false;
	} while (person_id != 0);
	return true;
}
