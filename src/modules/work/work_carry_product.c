/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_carry_product.h"

#include "modules/work/work.sql.h"

bool
work_products_at(
    const WorkScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	Arena *arena = scope->arena;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_PRODUCTS_AT, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PRODUCTS_AT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PRODUCTS_AT_P_PLAN_ID, plan_id);
	db_bind_int(stmt, WORK_PRODUCTS_AT_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		WorkProductRow *row = arena_new0(arena, WorkProductRow);

		row->key = (WorkProductKey){plan_id, db_column_int(stmt, WORK_PRODUCTS_AT_C_TASK_NO),
		    db_column_int(stmt, WORK_PRODUCTS_AT_C_AGENCY_ID),
		    db_column_int(stmt, WORK_PRODUCTS_AT_C_ROLE),
		    db_column_int(stmt, WORK_PRODUCTS_AT_C_PART_NO)};
		row->product =
		    (WorkProduct){.kind = arena_strdup(arena, db_column_text(stmt, WORK_PRODUCTS_AT_C_KIND)),
			.expected = arena_strdup(arena, db_column_text(stmt, WORK_PRODUCTS_AT_C_EXPECTED)),
			.reason = arena_strdup(arena, db_column_text(stmt, WORK_PRODUCTS_AT_C_REASON)),
			.name = arena_strdup(arena, db_column_text(stmt, WORK_PRODUCTS_AT_C_NAME)),
			.at_us = db_column_int(stmt, WORK_PRODUCTS_AT_C_AT_US)};
		g_ptr_array_add(ret_rows, row);
	}
	return !has_row;
}

/* Appends (WorkProductKey) of what the same holds in the new plan. A whole piece may have become a further
 * part there, beside one that the new plan had begun by itself; a part may be another agency's. */
static bool
find_places(const WorkScope *scope, const WorkProductKey *from, int64_t to_plan_id, int64_t to_task_no,
    GArray *ret_keys, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_PARTS_AFTER, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PARTS_AFTER_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_FROM_PLAN_ID, from->plan_id);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_FROM_TASK_NO, from->task_no);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_TO_PLAN_ID, to_plan_id);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_TO_TASK_NO, to_task_no);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_AGENCY_ID, from->agency_id);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_ROLE, from->role);
	db_bind_int(stmt, WORK_PARTS_AFTER_P_PART_NO, from->part_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const WorkProductKey key = {to_plan_id, to_task_no,
		    db_column_int(stmt, WORK_PARTS_AFTER_C_AGENCY_ID),
		    db_column_int(stmt, WORK_PARTS_AFTER_C_ROLE),
		    db_column_int(stmt, WORK_PARTS_AFTER_C_PART_NO)};

		if (key.part_no != 0)
			g_array_append_val(ret_keys, key);
	}
	if (from->part_no == 0) {
		const WorkProductKey whole = {.plan_id = to_plan_id, .task_no = to_task_no};

		g_array_append_val(ret_keys, whole);
	}
	return !has_row;
}

static bool
is_said(const WorkProductKey *key, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		const WorkProductKey *other = &((const WorkProductRow *)g_ptr_array_index(rows, i))->key;

		if (other->agency_id == key->agency_id && other->role == key->role &&
		    other->part_no == key->part_no)
			return true;
	}
	return false;
}

static bool
carry_row(const WorkScope *scope, const WorkProductRow *row, const GArray *keys, const GPtrArray *there,
    WorkProductTally *tally, GError **error)
{
	bool is_carried = false;

	for (guint i = 0; i < keys->len; i++) {
		const WorkProductKey *key = &g_array_index(keys, WorkProductKey, i);
		WorkProduct product = row->product;

		if (is_said(key, there))
			continue;
		product.from_plan_id = row->key.plan_id;
		product.from_task_no = row->key.task_no;
		if (!work_put_product(scope, key, &product, error))
			return false;
		is_carried = true;
	}
	tally->n_carried += is_carried;
	tally->n_left += !is_carried;
	return true;
}

bool
work_carry_products(const WorkScope *scope, int64_t from_plan_id, int64_t from_task_no, int64_t to_plan_id,
    int64_t to_task_no, bool has_other_output, WorkProductTally *tally, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) there = g_ptr_array_new();

	if (!work_products_at(scope, from_plan_id, from_task_no, rows, error) ||
	    !work_products_at(scope, to_plan_id, to_task_no, there, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const WorkProductRow *row = g_ptr_array_index(rows, i);
		g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(WorkProductKey));
		bool holds = row->key.part_no != 0 || !has_other_output;

		if ((holds && !find_places(scope, &row->key, to_plan_id, to_task_no, keys, error)) ||
		    !carry_row(scope, row, keys, there, tally, error))
			return false;
	}
	return true;
}

bool
work_leave_products(
    const WorkScope *scope, int64_t plan_id, int64_t task_no, WorkProductTally *tally, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!work_products_at(scope, plan_id, task_no, rows, error))
		return false;
	tally->n_left += (int)rows->len;
	return true;
}
