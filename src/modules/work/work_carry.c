/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_carry.h"

#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "storage/db_day.h"

WorkPlace
work_place_of(const WorkPiece *piece)
{
	return (WorkPlace){piece->plan_id, piece->task_no, piece->agency_id, piece->part_no,
	    piece->deadline_kind, piece->needs_document};
}

static void
put_in_place(WorkPiece *piece, const WorkPlace *place)
{
	piece->plan_id = place->plan_id;
	piece->task_no = place->task_no;
	piece->agency_id = place->agency_id;
	piece->part_no = place->part_no;
	piece->deadline_kind = place->deadline_kind;
	piece->needs_document = place->needs_document;
}

void
work_take_carry(WorkPiece *piece, const WorkEntry *entry)
{
	const WorkCarry *carry = entry->carry;

	if (carry != NULL && carry->to.agency_id != carry->from.agency_id) {
		piece->person_id = 0;
		piece->is_taken = false;
	}
	if (carry != NULL)
		put_in_place(piece, &carry->to);
	if (carry != NULL && carry->clears_due)
		piece->original_due = piece->due = DATE_NONE;
	else if (entry->due != DATE_NONE)
		piece->original_due = piece->due = entry->due;
	if (entry->state < 0)
		return;
	piece->state = (WorkState)entry->state;
	piece->pending_no = 0;
	piece->pending_kind = 0;
}

void
work_carry_rewind(WorkPiece *piece, const GPtrArray *entries)
{
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);

		if (entry->carry == NULL)
			continue;
		put_in_place(piece, &entry->carry->from);
		return;
	}
}

bool
work_carry_is_there(const WorkPiece *stored, const WorkPiece *replayed)
{
	return stored->plan_id == replayed->plan_id && stored->task_no == replayed->task_no &&
	       stored->agency_id == replayed->agency_id && stored->part_no == replayed->part_no &&
	       stored->deadline_kind == replayed->deadline_kind &&
	       stored->needs_document == replayed->needs_document;
}

static void
put_place(JsonWriter *json, const char *key, const WorkPlace *place)
{
	json_key(json, key);
	json_begin_object(json);
	json_key_int(json, "plan", place->plan_id);
	json_key_int(json, "task", place->task_no);
	json_key_int(json, "agency", place->agency_id);
	json_key_int(json, "part", place->part_no);
	json_key_int(json, "deadline_kind", place->deadline_kind);
	json_key_int(json, "needs_document", place->needs_document);
	json_end_object(json);
}

static void
put_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	if (day != DATE_NONE)
		json_key_string(json, key, iso);
}

void
work_carry_note(JsonWriter *json, const WorkCarry *carry)
{
	put_place(json, "from", &carry->from);
	put_place(json, "to", &carry->to);
	put_day(json, "old_original_due", carry->old_original_due);
	put_day(json, "old_due", carry->old_due);
	if (carry->clears_due)
		json_key_int(json, "clears_due", 1);
}

static WorkCarry *
read_carry(const WorkScope *scope, const DbStmt *stmt)
{
	WorkCarry *carry = arena_new0(scope->arena, WorkCarry);

	carry->from = (WorkPlace){.plan_id = db_column_int(stmt, WORK_LIST_CARRIES_C_FROM_PLAN_ID),
	    .task_no = db_column_int(stmt, WORK_LIST_CARRIES_C_FROM_TASK_NO),
	    .agency_id = db_column_int(stmt, WORK_LIST_CARRIES_C_FROM_AGENCY_ID),
	    .part_no = db_column_int(stmt, WORK_LIST_CARRIES_C_FROM_PART_NO),
	    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, WORK_LIST_CARRIES_C_FROM_DEADLINE_KIND),
	    .needs_document = db_column_int(stmt, WORK_LIST_CARRIES_C_FROM_NEEDS_DOCUMENT) != 0};
	carry->to = (WorkPlace){.plan_id = db_column_int(stmt, WORK_LIST_CARRIES_C_TO_PLAN_ID),
	    .task_no = db_column_int(stmt, WORK_LIST_CARRIES_C_TO_TASK_NO),
	    .agency_id = db_column_int(stmt, WORK_LIST_CARRIES_C_TO_AGENCY_ID),
	    .part_no = db_column_int(stmt, WORK_LIST_CARRIES_C_TO_PART_NO),
	    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, WORK_LIST_CARRIES_C_TO_DEADLINE_KIND),
	    .needs_document = db_column_int(stmt, WORK_LIST_CARRIES_C_TO_NEEDS_DOCUMENT) != 0};
	carry->old_original_due = db_column_day(stmt, WORK_LIST_CARRIES_C_OLD_ORIGINAL_DUE);
	carry->old_due = db_column_day(stmt, WORK_LIST_CARRIES_C_OLD_DUE);
	carry->clears_due = db_column_int(stmt, WORK_LIST_CARRIES_C_CLEARS_DUE) != 0;
	return carry;
}

static bool
is_carry(WorkEntryKind kind)
{
	return kind == WORK_CARRY || kind == WORK_CLOSE || kind == WORK_ADJUST;
}

static bool
has_carries(const GPtrArray *entries)
{
	for (guint i = 0; i < entries->len; i++)
		if (is_carry(((const WorkEntry *)g_ptr_array_index(entries, i))->kind))
			return true;
	return false;
}

bool
work_carry_read(const WorkScope *scope, int64_t piece_id, GPtrArray *entries, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!has_carries(entries))
		return true;
	if (!db_prepare(scope->db, &WORK_LIST_CARRIES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_CARRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_LIST_CARRIES_P_PIECE_ID, piece_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t entry_no = db_column_int(stmt, WORK_LIST_CARRIES_C_ENTRY_NO);

		for (guint i = 0; i < entries->len; i++) {
			WorkEntry *entry = g_ptr_array_index(entries, i);

			if (entry->entry_no == entry_no)
				entry->carry = read_carry(scope, stmt);
		}
	}
	return !has_row;
}

static bool
move_piece(const WorkScope *scope, int64_t piece_id, const WorkPlace *to, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_MOVE_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_MOVE_PIECE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_PIECE_ID, piece_id);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_PLAN_ID, to->plan_id);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_TASK_NO, to->task_no);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_AGENCY_ID, to->agency_id);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_PART_NO, to->part_no);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_DEADLINE_KIND, to->deadline_kind);
	db_bind_int(stmt, WORK_MOVE_PIECE_P_NEEDS_DOCUMENT, to->needs_document);
	return db_run(stmt, error);
}

bool
work_carry_insert(const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, GError **error)
{
	const WorkCarry *carry = entry->carry;
	g_autoptr(DbStmt) stmt = NULL;

	if (carry == NULL)
		return true;
	if (!db_prepare(scope->db, &WORK_INSERT_CARRY, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_INSERT_CARRY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_PIECE_ID, piece_id);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_ENTRY_NO, entry->entry_no);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_FROM_PLAN_ID, carry->from.plan_id);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_FROM_TASK_NO, carry->from.task_no);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_FROM_AGENCY_ID, carry->from.agency_id);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_FROM_PART_NO, carry->from.part_no);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_FROM_DEADLINE_KIND, carry->from.deadline_kind);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_FROM_NEEDS_DOCUMENT, carry->from.needs_document);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_TO_PLAN_ID, carry->to.plan_id);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_TO_TASK_NO, carry->to.task_no);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_TO_AGENCY_ID, carry->to.agency_id);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_TO_PART_NO, carry->to.part_no);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_TO_DEADLINE_KIND, carry->to.deadline_kind);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_TO_NEEDS_DOCUMENT, carry->to.needs_document);
	db_bind_day(stmt, WORK_INSERT_CARRY_P_OLD_ORIGINAL_DUE, carry->old_original_due);
	db_bind_day(stmt, WORK_INSERT_CARRY_P_OLD_DUE, carry->old_due);
	db_bind_int(stmt, WORK_INSERT_CARRY_P_CLEARS_DUE, carry->clears_due);
	return db_run(stmt, error) && move_piece(scope, piece_id, &carry->to, error);
}

const char *
work_carry_text(const WorkScope *scope, const WorkEntry *entry)
{
	char original[DATE_ISO_SIZE], due[DATE_ISO_SIZE];
	const WorkCarry *carry = entry->carry;

	if (carry == NULL || carry->old_original_due == DATE_NONE ||
	    (entry->due == DATE_NONE && !carry->clears_due))
		return NULL;
	date_format_vi(carry->old_original_due, original);
	date_format_vi(carry->old_due, due);
	if (carry->old_due == carry->old_original_due)
		return arena_printf(scope->arena, "hạn gốc trước đó %s", original);
	return arena_printf(scope->arena, "hạn gốc trước đó %s, đã gia hạn đến %s", original, due);
}
