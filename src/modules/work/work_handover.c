/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_handover.h"

#include "modules/identity/identity_post.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "storage/txn.h"

/* The people who hold a post today, as a set of ids in the arena's posts. */
static bool
read_posts(const WorkScope *scope, GHashTable *people, GError **error)
{
	const IdentityScope identity = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .arena = scope->arena};
	g_autoptr(GPtrArray) posts = g_ptr_array_new();

	if (!identity_posts_on(&identity, scope->today, posts, error))
		return false;
	for (guint i = 0; i < posts->len; i++)
		g_hash_table_add(people, &((IdentityPost *)g_ptr_array_index(posts, i))->person_id);
	return true;
}

static int
compare_holders(gconstpointer a, gconstpointer b)
{
	return (*(const WorkHolder *const *)a)->has_post - (*(const WorkHolder *const *)b)->has_post;
}

bool
work_holders(const WorkScope *scope, GPtrArray *ret_holders, GError **error)
{
	g_autoptr(GHashTable) in_office = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!read_posts(scope, in_office, error) || !db_prepare(scope->db, &WORK_HOLDERS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_HOLDERS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_HOLDERS_P_DAY, scope->today);
	while (db_step(stmt, &has_row, error) && has_row) {
		WorkHolder *holder = arena_new0(scope->arena, WorkHolder);

		holder->person_id = db_column_int(stmt, WORK_HOLDERS_C_PERSON_ID);
		holder->name = arena_strdup(scope->arena, db_column_text(stmt, WORK_HOLDERS_C_NAME));
		holder->n_open = db_column_int(stmt, WORK_HOLDERS_C_OPEN_COUNT);
		holder->n_late = db_column_int(stmt, WORK_HOLDERS_C_LATE_COUNT);
		holder->has_post = g_hash_table_contains(in_office, &holder->person_id);
		g_ptr_array_add(ret_holders, holder);
	}
	g_ptr_array_sort(ret_holders, compare_holders);
	return !has_row;
}

bool
work_count_held(const WorkScope *scope, int64_t person_id, int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_COUNT_OF_PERSON, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_COUNT_OF_PERSON_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_COUNT_OF_PERSON_P_PERSON_ID, person_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_count = has_row ? db_column_int(stmt, WORK_COUNT_OF_PERSON_C_OPEN_COUNT) : 0;
	return true;
}

/* What is wrong with handing over one piece; NULL: it was done. */
static bool
give(const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, const char **ret_problem,
    GError **error)
{
	WorkOutcome outcome = {0};

	if (!work_act(scope, piece_id, WORK_ANY_VERSION, entry, &outcome, error))
		return false;
	if (outcome.problem != NULL)
		*ret_problem = arena_printf(
		    scope->arena, "Phiếu việc %" G_GINT64_FORMAT ": %s", piece_id, outcome.problem);
	return true;
}

bool
work_hand_over(const WorkScope *scope, const int64_t *piece_ids, size_t n_pieces, int64_t to_person,
    const char *reason, const char **ret_problem, GError **error)
{
	WorkEntry entry = work_entry(WORK_ASSIGN);
	g_autoptr(DbTxn) txn = NULL;
	const char *name;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !work_person_name(scope, to_person, &name, error))
		return false;
	if (n_pieces == 0)
		*ret_problem = "Hãy chọn ít nhất một việc để bàn giao.";
	else if (to_person != 0 && name == NULL)
		*ret_problem = "Hãy chọn người nhận.";
	else if (reason == NULL)
		*ret_problem = "Bàn giao phải nêu lý do.";
	entry.for_person = to_person;
	entry.reason = reason;
	for (size_t i = 0; i < n_pieces && *ret_problem == NULL; i++)
		if (!give(scope, piece_ids[i], &entry, ret_problem, error))
			return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}
