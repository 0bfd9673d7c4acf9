/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work.sql.h"
#include "modules/work/work_handover.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_rows.h"

#define KEY_MAX 3000000 /* of what has no due day */

const char *const WORK_WHOSE_TITLES[WORK_WHOSE_MAX] = {
    [WORK_ALL] = "Toàn xã", [WORK_MINE] = "Giao cho tôi", [WORK_RELATED] = "Liên quan đến tôi"};
const char *const WORK_WHOSE_WORDS[WORK_WHOSE_MAX] = {
    [WORK_ALL] = "toan-xa", [WORK_MINE] = "cua-toi", [WORK_RELATED] = "lien-quan"};

/* The statements of a list declare what they share in the same order, and give the same columns. */
G_STATIC_ASSERT((int)WORK_LIST_STAGE_P_TASK_NO == (int)WORK_LIST_AGENCY_P_TASK_NO);
G_STATIC_ASSERT((int)WORK_LIST_STAGE_P_TASK_NO == (int)WORK_LIST_PERSON_P_TASK_NO);
G_STATIC_ASSERT((int)WORK_LIST_STAGE_P_TASK_NO == (int)WORK_LIST_RELATED_P_TASK_NO);
G_STATIC_ASSERT((int)WORK_LIST_STAGE_P_TASK_NO == (int)WORK_LIST_PENDING_P_TASK_NO);
G_STATIC_ASSERT((int)WORK_LIST_STAGE_C_PERSON == (int)WORK_LIST_RELATED_C_PERSON);
G_STATIC_ASSERT((int)WORK_LIST_STAGE_C_PERSON == (int)WORK_PIECES_OF_TASK_C_PERSON);
G_STATIC_ASSERT((int)WORK_LIST_STAGE_C_PERSON == (int)WORK_PIECE_ROW_C_PERSON);

/* One statement of a list with what is its own. */
typedef struct Source {
	const DbSql *sql;
	int64_t agency_id, person_id;
	int is_mine; /* -1: either */
} Source;

static WorkRow *
read_row(const WorkScope *scope, const DbStmt *stmt)
{
	WorkRow *row = arena_new0(scope->arena, WorkRow);

	work_read_piece(scope, stmt, &row->piece);
	row->no = arena_strdup(scope->arena, db_column_text(stmt, WORK_LIST_STAGE_C_NO));
	row->name = arena_strdup(scope->arena, db_column_text(stmt, WORK_LIST_STAGE_C_NAME));
	row->agency = arena_strdup(scope->arena, db_column_text(stmt, WORK_LIST_STAGE_C_AGENCY));
	row->person = arena_strdup(scope->arena, db_column_text(stmt, WORK_LIST_STAGE_C_PERSON));
	return row;
}

static bool
read_rows(const WorkScope *scope, DbStmt *stmt, GPtrArray *rows, GError **error)
{
	bool has_row = true;

	while (db_step(stmt, &has_row, error) && has_row) {
		WorkRow *row = read_row(scope, stmt);

		if (work_may_read(scope, row->piece.plan_id))
			g_ptr_array_add(rows, row);
	}
	return !has_row;
}

static void
bind_filter(DbStmt *stmt, const WorkScope *scope, const WorkFilter *filter, int stage)
{
	db_bind_int(stmt, WORK_LIST_STAGE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_LIST_STAGE_P_STAGE, stage);
	db_bind_int(stmt, WORK_LIST_STAGE_P_DUE_FROM, filter->due_from != DATE_NONE ? filter->due_from : 0);
	db_bind_int(stmt, WORK_LIST_STAGE_P_DUE_TO, filter->due_to != DATE_NONE ? filter->due_to : KEY_MAX);
	db_bind_int(stmt, WORK_LIST_STAGE_P_AFTER_KEY, filter->after_key);
	db_bind_int(stmt, WORK_LIST_STAGE_P_AFTER_ID, filter->after_id);
	db_bind_int(stmt, WORK_LIST_STAGE_P_ROW_LIMIT, filter->limit);
	if (filter->plan_id > 0)
		db_bind_int(stmt, WORK_LIST_STAGE_P_PLAN_ID, filter->plan_id);
	if (filter->task_no > 0)
		db_bind_int(stmt, WORK_LIST_STAGE_P_TASK_NO, filter->task_no);
}

static bool
read_source(const WorkScope *scope, const WorkFilter *filter, const Source *source, int stage,
    GPtrArray *rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, source->sql, &stmt, error))
		return false;
	bind_filter(stmt, scope, filter, stage);
	if (source->sql == &WORK_LIST_PERSON) {
		db_bind_int(stmt, WORK_LIST_PERSON_P_PERSON_ID, source->person_id);
	} else if (source->sql == &WORK_LIST_RELATED) {
		db_bind_int(stmt, WORK_LIST_RELATED_P_AGENCY_ID, source->agency_id);
	} else if (source->sql == &WORK_LIST_AGENCY) {
		db_bind_int(stmt, WORK_LIST_AGENCY_P_AGENCY_ID, source->agency_id);
		db_bind_int(stmt, WORK_LIST_AGENCY_P_ME, source->person_id);
		if (source->is_mine >= 0)
			db_bind_int(stmt, WORK_LIST_AGENCY_P_IS_MINE, source->is_mine);
	}
	return read_rows(scope, stmt, rows, error);
}

static void
add_source(GArray *sources, const DbSql *sql, int64_t agency_id, int64_t person_id, int is_mine)
{
	Source source = {sql, agency_id, person_id, is_mine};

	g_array_append_val(sources, source);
}

/* Mine: what names me, and what my units have and nobody in particular. Related: what others of my units
 * have, and tasks that my units coordinate. */
static void
find_sources(const WorkScope *scope, const WorkFilter *filter, GArray *sources)
{
	g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t me = scope->actor.person_id;

	if (filter->whose == WORK_ALL && filter->agency_id > 0)
		add_source(sources, &WORK_LIST_AGENCY, filter->agency_id, me, -1);
	else if (filter->whose == WORK_ALL)
		add_source(sources, &WORK_LIST_STAGE, 0, 0, -1);
	if (filter->whose == WORK_ALL)
		return;
	work_units(scope, units);
	if (filter->whose == WORK_MINE && me != 0)
		add_source(sources, &WORK_LIST_PERSON, 0, me, -1);
	for (guint i = 0; i < units->len; i++) {
		int64_t unit = g_array_index(units, int64_t, i);

		add_source(sources, &WORK_LIST_AGENCY, unit, me, filter->whose == WORK_MINE);
		if (filter->whose == WORK_RELATED)
			add_source(sources, &WORK_LIST_RELATED, unit, me, -1);
	}
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
	const WorkPiece *first = &(*(const WorkRow *const *)a)->piece;
	const WorkPiece *second = &(*(const WorkRow *const *)b)->piece;
	int64_t x = work_due_key(first), y = work_due_key(second);

	if (x != y)
		return x > y ? 1 : -1;
	return (first->piece_id > second->piece_id) - (first->piece_id < second->piece_id);
}

/* Appends the first `limit` of what several statements gave, each once. */
static void
merge(GPtrArray *found, int limit, GPtrArray *ret_rows)
{
	const WorkRow *last = NULL;
	int n = 0;

	g_ptr_array_sort(found, compare_rows);
	for (guint i = 0; i < found->len && n < limit; i++) {
		WorkRow *row = g_ptr_array_index(found, i);

		if (last != NULL && last->piece.piece_id == row->piece.piece_id)
			continue;
		last = row;
		g_ptr_array_add(ret_rows, row);
		n++;
	}
}

bool
work_list(const WorkScope *scope, const WorkFilter *filter, GPtrArray *ret_rows, GError **error)
{
	g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(Source));
	g_autoptr(GPtrArray) found = g_ptr_array_new();

	find_sources(scope, filter, sources);
	for (guint i = 0; i < sources->len; i++)
		for (int stage = WORK_STAGE_OPEN; stage <= WORK_STAGE_CLOSED; stage++)
			if ((filter->stage == 0 || filter->stage == stage) &&
			    !read_source(
				scope, filter, &g_array_index(sources, Source, i), stage, found, error))
				return false;
	merge(found, filter->limit, ret_rows);
	return true;
}

bool
work_held(const WorkScope *scope, int64_t person_id, int limit, GPtrArray *ret_rows, GError **error)
{
	const WorkFilter filter = {.due_from = DATE_NONE, .due_to = DATE_NONE, .limit = limit};
	const Source source = {&WORK_LIST_PERSON, 0, person_id, -1};

	return read_source(scope, &filter, &source, WORK_STAGE_OPEN, ret_rows, error) &&
	       read_source(scope, &filter, &source, WORK_STAGE_WAITING, ret_rows, error);
}

bool
work_list_requests(const WorkScope *scope, int limit, GPtrArray *ret_rows, GError **error)
{
	const WorkFilter filter = {.due_from = DATE_NONE, .due_to = DATE_NONE, .limit = limit};
	const Source source = {&WORK_LIST_PENDING, 0, 0, -1};

	return read_source(scope, &filter, &source, 0, ret_rows, error);
}

bool
work_count(
    const WorkScope *scope, int stage, int32_t due_from, int32_t due_to, int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_COUNT_DUE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_COUNT_DUE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_COUNT_DUE_P_STAGE, stage);
	db_bind_int(stmt, WORK_COUNT_DUE_P_DUE_FROM, due_from != DATE_NONE ? due_from : 0);
	db_bind_int(stmt, WORK_COUNT_DUE_P_DUE_TO, due_to != DATE_NONE ? due_to : KEY_MAX);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_count = has_row ? db_column_int(stmt, WORK_COUNT_DUE_C_PIECE_COUNT) : 0;
	return true;
}

bool
work_of_task(const WorkScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_PIECES_OF_TASK, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PIECES_OF_TASK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PIECES_OF_TASK_P_PLAN_ID, plan_id);
	db_bind_int(stmt, WORK_PIECES_OF_TASK_P_TASK_NO, task_no);
	return read_rows(scope, stmt, ret_rows, error);
}

bool
work_find_row(const WorkScope *scope, int64_t piece_id, WorkRow *ret_row, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;
	WorkPiece unused;

	if (!db_prepare(scope->db, &WORK_PIECE_ROW, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PIECE_ROW_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PIECE_ROW_P_PIECE_ID, piece_id);
	if (!read_rows(scope, stmt, rows, error))
		return false;
	if (rows->len == 0)
		return work_find(scope, piece_id, &unused, error); /* says that it is not there */
	*ret_row = *(const WorkRow *)g_ptr_array_index(rows, 0);
	return true;
}
