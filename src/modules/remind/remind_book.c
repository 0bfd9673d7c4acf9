/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_internal.h"

/* Who is told: people, heads of units, the standing agency, leaders. */

static bool
read_people(RemindBook *book, GError **error)
{
	const WorkScope *scope = book->scope;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_PEOPLE, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_PEOPLE_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		RemindPerson *person = arena_new0(scope->arena, RemindPerson);

		*person = (RemindPerson){db_column_int(stmt, REMIND_LIST_PEOPLE_C_PERSON_ID),
		    arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_PEOPLE_C_NAME)),
		    arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_PEOPLE_C_UNIT)),
		    arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_PEOPLE_C_PHONE))};
		g_ptr_array_add(book->people, person);
	}
	return !has_row;
}

static IdentityScope
identity_of(const WorkScope *scope)
{
	return (IdentityScope){.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .arena = scope->arena};
}

bool
remind_book_read(const WorkScope *scope, int32_t day, RemindBook *book, GError **error)
{
	const IdentityScope identity = identity_of(scope);

	*book = (RemindBook){.scope = scope,
	    .day = day,
	    .people = g_ptr_array_new(),
	    .heads = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free),
	    .standing = g_array_new(FALSE, FALSE, sizeof(IdentityHolder)),
	    .leaders = g_array_new(FALSE, FALSE, sizeof(IdentityHolder))};
	return agency_book_read(scope->db, scope->commune_id, scope->arena, &book->agencies, error) &&
	       read_people(book, error) &&
	       identity_holders(&identity, &book->agencies, APP_OPERATE, day, book->standing, error) &&
	       identity_holders(&identity, &book->agencies, APP_EXPLAIN, day, book->leaders, error);
}

void
remind_book_clear(RemindBook *book)
{
	g_clear_pointer(&book->people, g_ptr_array_unref);
	g_clear_pointer(&book->heads, g_hash_table_unref);
	g_clear_pointer(&book->standing, g_array_unref);
	g_clear_pointer(&book->leaders, g_array_unref);
}

const RemindPerson *
remind_book_person(const RemindBook *book, int64_t person_id)
{
	guint low = 0, high = book->people->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		const RemindPerson *person = g_ptr_array_index(book->people, middle);

		if (person->person_id == person_id)
			return person;
		if (person->person_id < person_id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool
remind_book_head(RemindBook *book, int64_t agency_id, int64_t *ret_person_id, GError **error)
{
	const int64_t *known = g_hash_table_lookup(book->heads, &agency_id);
	const IdentityScope identity = identity_of(book->scope);
	const IdentityPost *post = NULL;

	if (known != NULL) {
		*ret_person_id = *known;
		return true;
	}
	*ret_person_id = 0;
	if (agency_find(&book->agencies, agency_id) != NULL &&
	    !identity_head_of(&identity, &book->agencies, agency_id, book->day, &post, error))
		return false;
	if (post != NULL)
		*ret_person_id = post->person_id;
	g_hash_table_insert(book->heads, g_memdup2(&agency_id, sizeof(agency_id)),
	    g_memdup2(ret_person_id, sizeof(*ret_person_id)));
	return true;
}

/* Gives whether anybody was found at this level. */
static bool
add_person(const RemindBook *book, int64_t person_id, GArray *people)
{
	if (remind_book_person(book, person_id) == NULL)
		return false;
	for (guint i = 0; i < people->len; i++)
		if (g_array_index(people, int64_t, i) == person_id)
			return true;
	g_array_append_val(people, person_id);
	return true;
}

static bool
add_holders(const RemindBook *book, const GArray *holders, int64_t plan_id, GArray *people)
{
	bool is_anybody = false;

	for (guint i = 0; i < holders->len; i++) {
		const IdentityHolder *holder = &g_array_index(holders, IdentityHolder, i);

		if (holder->plan_id == 0 || holder->plan_id == plan_id)
			is_anybody = add_person(book, holder->person_id, people) || is_anybody;
	}
	return is_anybody;
}

bool
remind_book_recipients(
    RemindBook *book, const RemindRung *rung, const RemindItem *item, GArray *ret_people, GError **error)
{
	unsigned to = rung->to_whom;
	int64_t head;

	if (!remind_book_head(book, item->agency_id, &head, error))
		return false;
	if ((to & REMIND_TO_PERSON) != 0 && !add_person(book, item->person_id, ret_people))
		to |= REMIND_TO_HEAD;
	if ((to & REMIND_TO_HEAD) != 0 && !add_person(book, head, ret_people))
		to |= REMIND_TO_STANDING;
	if ((to & REMIND_TO_STANDING) != 0 && !add_holders(book, book->standing, item->plan_id, ret_people))
		to |= REMIND_TO_LEADER;
	if ((to & REMIND_TO_LEADER) != 0 &&
	    (item->asked_by == 0 || !add_person(book, item->asked_by, ret_people)))
		add_holders(book, book->leaders, item->plan_id, ret_people);
	return true;
}
