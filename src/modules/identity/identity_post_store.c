/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_post_store.h"

#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "storage/db_day.h"

static void
bind_number(DbStmt *stmt, int param, int64_t number)
{
	if (number != 0)
		db_bind_int(stmt, param, number);
}

bool
identity_post_store_insert(const IdentityScope *scope, IdentityPost *post, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_POST_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_PERSON_ID, post->person_id);
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_AGENCY_ID, post->agency_id);
	db_bind_text(stmt, IDENTITY_POST_INSERT_P_POSITION, post->position);
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_RANK, post->rank);
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_IS_MAIN, post->is_main);
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_VALID_FROM, post->valid_from);
	db_bind_day(stmt, IDENTITY_POST_INSERT_P_VALID_TO, post->valid_to);
	bind_number(stmt, IDENTITY_POST_INSERT_P_FROM_CHANGE, post->from_change);
	db_bind_int(stmt, IDENTITY_POST_INSERT_P_NOW, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	post->post_id = db_column_int(stmt, IDENTITY_POST_INSERT_C_POST_ID);
	return true;
}

bool
identity_post_store_update(const IdentityScope *scope, const IdentityPost *post, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_POST_UPDATE, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_POST_UPDATE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_POST_UPDATE_P_POST_ID, post->post_id);
	db_bind_text(stmt, IDENTITY_POST_UPDATE_P_POSITION, post->position);
	db_bind_int(stmt, IDENTITY_POST_UPDATE_P_RANK, post->rank);
	db_bind_int(stmt, IDENTITY_POST_UPDATE_P_IS_MAIN, post->is_main);
	db_bind_int(stmt, IDENTITY_POST_UPDATE_P_VALID_FROM, post->valid_from);
	db_bind_day(stmt, IDENTITY_POST_UPDATE_P_VALID_TO, post->valid_to);
	db_bind_int(stmt, IDENTITY_POST_UPDATE_P_IS_VOID, post->is_void);
	bind_number(stmt, IDENTITY_POST_UPDATE_P_TO_CHANGE, post->to_change);
	return db_run(stmt, error);
}

/* The four statements have the same columns. */
static void
read_post(const IdentityScope *scope, const DbStmt *stmt, IdentityPost *post)
{
	G_STATIC_ASSERT((int)IDENTITY_POST_FIND_C_PERSON_NAME == (int)IDENTITY_POSTS_ALL_C_PERSON_NAME);
	G_STATIC_ASSERT((int)IDENTITY_POST_FIND_C_TO_CHANGE == (int)IDENTITY_POSTS_OF_PERSON_C_TO_CHANGE);
	G_STATIC_ASSERT((int)IDENTITY_POST_FIND_C_TO_CHANGE == (int)IDENTITY_POSTS_OF_AGENCY_C_TO_CHANGE);
	*post = (IdentityPost){
	    .post_id = db_column_int(stmt, IDENTITY_POST_FIND_C_POST_ID),
	    .person_id = db_column_int(stmt, IDENTITY_POST_FIND_C_PERSON_ID),
	    .agency_id = db_column_int(stmt, IDENTITY_POST_FIND_C_AGENCY_ID),
	    .person_name = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_POST_FIND_C_PERSON_NAME)),
	    .position = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_POST_FIND_C_POSITION)),
	    .rank = (IdentityRank)CLAMP(
		db_column_int(stmt, IDENTITY_POST_FIND_C_RANK), IDENTITY_HEAD, IDENTITY_MEMBER),
	    .is_main = db_column_int(stmt, IDENTITY_POST_FIND_C_IS_MAIN) != 0,
	    .is_void = db_column_int(stmt, IDENTITY_POST_FIND_C_IS_VOID) != 0,
	    .valid_from = (int32_t)db_column_int(stmt, IDENTITY_POST_FIND_C_VALID_FROM),
	    .valid_to = db_column_day(stmt, IDENTITY_POST_FIND_C_VALID_TO),
	    .from_change = db_column_int(stmt, IDENTITY_POST_FIND_C_FROM_CHANGE),
	    .to_change = db_column_int(stmt, IDENTITY_POST_FIND_C_TO_CHANGE),
	};
}

bool
identity_post_store_find(const IdentityScope *scope, int64_t post_id, IdentityPost *ret_post, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_POST_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_POST_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_POST_FIND_P_POST_ID, post_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không có vị trí công tác số %" G_GINT64_FORMAT, post_id);
		return false;
	}
	read_post(scope, stmt, ret_post);
	return true;
}

static bool
read_all(const IdentityScope *scope, DbStmt *stmt, GPtrArray *posts, GError **error)
{
	bool has_row;

	for (;;) {
		IdentityPost *post;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		post = arena_new0(scope->arena, IdentityPost);
		read_post(scope, stmt, post);
		g_ptr_array_add(posts, post);
	}
}

bool
identity_post_store_of_person(const IdentityScope *scope, int64_t person_id, GPtrArray *posts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_POSTS_OF_PERSON, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_POSTS_OF_PERSON_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_POSTS_OF_PERSON_P_PERSON_ID, person_id);
	return read_all(scope, stmt, posts, error);
}

bool
identity_post_store_of_agency(const IdentityScope *scope, int64_t agency_id, GPtrArray *posts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_POSTS_OF_AGENCY, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_POSTS_OF_AGENCY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_POSTS_OF_AGENCY_P_AGENCY_ID, agency_id);
	return read_all(scope, stmt, posts, error);
}

bool
identity_post_store_all(const IdentityScope *scope, GPtrArray *posts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_POSTS_ALL, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_POSTS_ALL_P_COMMUNE_ID, scope->commune_id);
	return read_all(scope, stmt, posts, error);
}
