/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/intake/intake_draft.h"
#include "modules/succession/succession.sql.h"
#include "modules/succession/succession_internal.h"
#include "storage/txn.h"

#include <string.h>

const char *const SUCCESSION_STATE_TITLES[SUCCESSION_STATE_MAX] = {
    [SUCCESSION_PREPARING] = "Đang so sánh",
    [SUCCESSION_DONE] = "Đã chuyển tiếp",
    [SUCCESSION_DROPPED] = "Đã bỏ",
};

G_STATIC_ASSERT((int)SUCCESSION_FIND_C_AT_US == (int)SUCCESSION_LIST_C_AT_US);

static Succession
read_row(const DbStmt *stmt, Arena *arena)
{
	return (Succession){.succession_id = db_column_int(stmt, SUCCESSION_FIND_C_SUCCESSION_ID),
	    .draft_id = db_column_int(stmt, SUCCESSION_FIND_C_DRAFT_ID),
	    .new_plan_id = db_column_int(stmt, SUCCESSION_FIND_C_NEW_PLAN_ID),
	    .old_plan_id = db_column_int(stmt, SUCCESSION_FIND_C_OLD_PLAN_ID),
	    .kind = (PlanSuccessionKind)CLAMP(db_column_int(stmt, SUCCESSION_FIND_C_KIND),
		PLAN_SUCCESSION_REPLACE, PLAN_SUCCESSION_MAX - 1),
	    .from_day = (int32_t)db_column_int(stmt, SUCCESSION_FIND_C_FROM_DAY),
	    .carries_roles = db_column_int(stmt, SUCCESSION_FIND_C_CARRIES_ROLES) != 0,
	    .state = (SuccessionState)CLAMP(
		db_column_int(stmt, SUCCESSION_FIND_C_STATE), SUCCESSION_PREPARING, SUCCESSION_DROPPED),
	    .version = db_column_int(stmt, SUCCESSION_FIND_C_VERSION),
	    .name = arena_strdup(arena, db_column_text(stmt, SUCCESSION_FIND_C_NAME)),
	    .at_us = db_column_int(stmt, SUCCESSION_FIND_C_AT_US)};
}

bool
succession_find(const SuccessionScope *scope, int64_t succession_id, Succession *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->intake.db, &SUCCESSION_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_FIND_P_COMMUNE_ID, scope->intake.commune_id);
	db_bind_int(stmt, SUCCESSION_FIND_P_SUCCESSION_ID, succession_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không có lần so sánh số %" G_GINT64_FORMAT, succession_id);
		return false;
	}
	*ret = read_row(stmt, scope->arena);
	return true;
}

bool
succession_list(const SuccessionScope *scope, GPtrArray *ret_successions, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->intake.db, &SUCCESSION_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_LIST_P_COMMUNE_ID, scope->intake.commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		Succession *row = arena_new0(scope->arena, Succession);

		*row = read_row(stmt, scope->arena);
		g_ptr_array_add(ret_successions, row);
	}
	return !has_row;
}

bool
succession_steps(const SuccessionScope *scope, int64_t succession_id, GPtrArray *ret_steps, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->intake.db, &SUCCESSION_STEP_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_STEP_LIST_P_COMMUNE_ID, scope->intake.commune_id);
	db_bind_int(stmt, SUCCESSION_STEP_LIST_P_SUCCESSION_ID, succession_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		SuccessionStep *step = arena_new0(scope->arena, SuccessionStep);

		*step = (SuccessionStep){.step_no = db_column_int(stmt, SUCCESSION_STEP_LIST_C_STEP_NO),
		    .kind = (SuccessionStepKind)db_column_int(stmt, SUCCESSION_STEP_LIST_C_KIND),
		    .what = (PlanLineWhat)db_column_int(stmt, SUCCESSION_STEP_LIST_C_WHAT),
		    .old_no = db_column_int(stmt, SUCCESSION_STEP_LIST_C_OLD_NO),
		    .new_key =
			arena_strdup(scope->arena, db_column_text(stmt, SUCCESSION_STEP_LIST_C_NEW_KEY)),
		    .seen = db_column_int(stmt, SUCCESSION_STEP_LIST_C_SEEN),
		    .is_undone = db_column_int(stmt, SUCCESSION_STEP_LIST_C_IS_UNDONE) != 0,
		    .name = arena_strdup(scope->arena, db_column_text(stmt, SUCCESSION_STEP_LIST_C_NAME)),
		    .at_us = db_column_int(stmt, SUCCESSION_STEP_LIST_C_AT_US)};
		g_ptr_array_add(ret_steps, step);
	}
	return !has_row;
}

static bool
invalid(GError **error, const char *problem)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, problem);
	return false;
}

static const PlanInfo *
find_open(const GPtrArray *plans, int64_t plan_id, bool is_current)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id && plan->replaced_by == 0 && (plan->is_current || !is_current))
			return plan;
	}
	return NULL;
}

static bool
check_draft(const SuccessionScope *scope, int64_t draft_id, GError **error)
{
	IntakeDraft draft;

	if (!intake_draft_load(&scope->intake, draft_id, scope->arena, &draft, error))
		return false;
	if (draft.state != INTAKE_READY)
		return invalid(error, "Bản nháp này chưa đọc xong, hoặc đã được đưa vào thực hiện.");
	return true;
}

static bool
check_wanted(const SuccessionScope *scope, const Succession *wanted, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GPtrArray) known = g_ptr_array_new();

	if (!plan_list(scope->intake.db, scope->intake.commune_id, scope->arena, plans, error) ||
	    !succession_list(scope, known, error))
		return false;
	if (find_open(plans, wanted->old_plan_id, false) == NULL)
		return invalid(error, "Hãy chọn kế hoạch được thay thế trong các kế hoạch chưa bị thay thế.");
	if (wanted->draft_id == 0 && find_open(plans, wanted->new_plan_id, true) == NULL)
		return invalid(
		    error, "Hãy chọn kế hoạch mới trong các bản nháp hoặc kế hoạch đang thực hiện.");
	if (wanted->new_plan_id == wanted->old_plan_id)
		return invalid(error, "Kế hoạch mới và kế hoạch được thay thế phải khác nhau.");
	for (guint i = 0; i < known->len; i++) {
		const Succession *other = g_ptr_array_index(known, i);

		if (other->state != SUCCESSION_PREPARING || other->draft_id != wanted->draft_id ||
		    other->new_plan_id != wanted->new_plan_id)
			continue;
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "Kế hoạch mới này đang được so sánh ở lần số %" G_GINT64_FORMAT
		    "; hãy làm tiếp ở đó, hoặc bỏ lần đó trước.",
		    other->succession_id);
		return false;
	}
	return wanted->draft_id == 0 || check_draft(scope, wanted->draft_id, error);
}

static bool
insert_row(const SuccessionScope *scope, const Succession *wanted, int64_t *ret_succession_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->intake.db, &SUCCESSION_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_INSERT_P_COMMUNE_ID, scope->intake.commune_id);
	db_bind_int(stmt, SUCCESSION_INSERT_P_DRAFT_ID, wanted->draft_id);
	db_bind_int(stmt, SUCCESSION_INSERT_P_NEW_PLAN_ID, wanted->new_plan_id);
	db_bind_int(stmt, SUCCESSION_INSERT_P_OLD_PLAN_ID, wanted->old_plan_id);
	db_bind_int(stmt, SUCCESSION_INSERT_P_KIND, wanted->kind);
	db_bind_int(stmt, SUCCESSION_INSERT_P_FROM_DAY, wanted->from_day);
	db_bind_int(stmt, SUCCESSION_INSERT_P_CARRIES_ROLES, wanted->carries_roles);
	db_bind_int(stmt, SUCCESSION_INSERT_P_STATE, SUCCESSION_PREPARING);
	db_bind_text(stmt, SUCCESSION_INSERT_P_NAME,
	    scope->intake.actor.name != NULL ? scope->intake.actor.name : LEDGER_NOBODY);
	db_bind_int(stmt, SUCCESSION_INSERT_P_AT_US, scope->intake.now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_succession_id = db_column_int(stmt, SUCCESSION_INSERT_C_SUCCESSION_ID);
	return true;
}

bool
succession_begin(
    const SuccessionScope *scope, const Succession *wanted, int64_t *ret_succession_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	int64_t succession_id;

	if (!db_txn_begin(scope->intake.db, &txn, error) || !check_wanted(scope, wanted, error) ||
	    !insert_row(scope, wanted, &succession_id, error) ||
	    !succession_note(scope, succession_id, NULL, error) || !db_txn_commit(txn, error))
		return false;
	*ret_succession_id = succession_id;
	return true;
}

bool
succession_take(const SuccessionScope *scope, int64_t succession_id, int64_t version, Succession *ret,
    char **ret_before, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();

	if (!succession_find(scope, succession_id, ret, error) ||
	    !succession_steps(scope, succession_id, steps, error))
		return false;
	if (ret->state != SUCCESSION_PREPARING || ret->version != version) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    ret->state != SUCCESSION_PREPARING ? "Lần so sánh này đã kết thúc; không sửa được nữa."
						       : "Trong lúc bạn xem, người khác vừa thay đổi lần so "
							 "sánh này. Trang đã được tải lại; hãy "
							 "xem rồi làm lại.");
		return false;
	}
	*ret_before = succession_state(ret, steps);
	return true;
}

bool
succession_put(const SuccessionScope *scope, const Succession *row, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->intake.db, &SUCCESSION_UPDATE, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_UPDATE_P_COMMUNE_ID, scope->intake.commune_id);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_SUCCESSION_ID, row->succession_id);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_NEW_PLAN_ID, row->new_plan_id);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_OLD_PLAN_ID, row->old_plan_id);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_KIND, row->kind);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_FROM_DAY, row->from_day);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_CARRIES_ROLES, row->carries_roles);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_STATE, row->state);
	db_bind_int(stmt, SUCCESSION_UPDATE_P_VERSION, row->version + 1);
	return db_run(stmt, error);
}

static bool
insert_step(const SuccessionScope *scope, const Succession *row, int64_t step_no, const SuccessionStep *step,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->intake.db, &SUCCESSION_STEP_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_COMMUNE_ID, scope->intake.commune_id);
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_SUCCESSION_ID, row->succession_id);
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_STEP_NO, step_no);
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_KIND, step->kind);
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_WHAT, step->what);
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_OLD_NO, step->old_no);
	db_bind_text(stmt, SUCCESSION_STEP_INSERT_P_NEW_KEY, step->new_key != NULL ? step->new_key : "");
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_SEEN, step->seen);
	db_bind_text(stmt, SUCCESSION_STEP_INSERT_P_NAME,
	    scope->intake.actor.name != NULL ? scope->intake.actor.name : LEDGER_NOBODY);
	db_bind_int(stmt, SUCCESSION_STEP_INSERT_P_AT_US, scope->intake.now_us);
	return db_run(stmt, error);
}

/* A step names rows that are there. */
static bool
check_step(const SuccessionScope *scope, const Succession *row, const SuccessionStep *step, int64_t *ret_seen,
    GError **error)
{
	g_autoptr(SuccessionCompare) compare = NULL;
	bool has_old = step->old_no == 0, has_new = step->new_key == NULL || *step->new_key == '\0';

	if (!succession_compare(scope, row->succession_id, &compare, error))
		return false;
	*ret_seen = compare->seen;
	if (step->kind == SUCCESSION_ACCEPT_ALL)
		return true;
	for (guint i = 0; i < compare->old_rows->len; i++) {
		const SuccessionRow *old_row = g_ptr_array_index(compare->old_rows, i);

		has_old = has_old || (old_row->what == step->what && old_row->no == step->old_no);
	}
	for (guint i = 0; i < compare->new_rows->len; i++) {
		const SuccessionRow *new_row = g_ptr_array_index(compare->new_rows, i);

		has_new =
		    has_new || (new_row->what == step->what && strcmp(new_row->key, step->new_key) == 0);
	}
	if (!has_old || !has_new || (step->old_no == 0 && (step->new_key == NULL || *step->new_key == '\0')))
		return invalid(
		    error, "Không có dòng này trong hai kế hoạch. Hãy mở lại trang So sánh và chọn lại.");
	return true;
}

bool
succession_step(const SuccessionScope *scope, int64_t succession_id, int64_t version,
    const SuccessionStep *step, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	SuccessionStep added = *step;
	Succession row;

	return db_txn_begin(scope->intake.db, &txn, error) &&
	       succession_take(scope, succession_id, version, &row, &before, error) &&
	       check_step(scope, &row, step, &added.seen, error) &&
	       succession_steps(scope, succession_id, steps, error) &&
	       insert_step(scope, &row, (int64_t)steps->len + 1, &added, error) &&
	       succession_put(scope, &row, error) && succession_note(scope, succession_id, before, error) &&
	       db_txn_commit(txn, error);
}

static bool
undo_step(const SuccessionScope *scope, int64_t succession_id, int64_t step_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->intake.db, &SUCCESSION_STEP_UNDO, &stmt, error))
		return false;
	db_bind_int(stmt, SUCCESSION_STEP_UNDO_P_COMMUNE_ID, scope->intake.commune_id);
	db_bind_int(stmt, SUCCESSION_STEP_UNDO_P_SUCCESSION_ID, succession_id);
	db_bind_int(stmt, SUCCESSION_STEP_UNDO_P_STEP_NO, step_no);
	return db_run(stmt, error);
}

bool
succession_undo(const SuccessionScope *scope, int64_t succession_id, int64_t version, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	int64_t step_no = 0;
	Succession row;

	if (!db_txn_begin(scope->intake.db, &txn, error) ||
	    !succession_take(scope, succession_id, version, &row, &before, error) ||
	    !succession_steps(scope, succession_id, steps, error))
		return false;
	for (guint i = 0; i < steps->len; i++) {
		const SuccessionStep *step = g_ptr_array_index(steps, i);

		step_no = step->is_undone ? step_no : step->step_no;
	}
	if (step_no == 0)
		return invalid(error, "Chưa có xác nhận nào để hoàn tác.");
	return undo_step(scope, succession_id, step_no, error) && succession_put(scope, &row, error) &&
	       succession_note(scope, succession_id, before, error) && db_txn_commit(txn, error);
}

bool
succession_set(const SuccessionScope *scope, int64_t succession_id, int64_t version, PlanSuccessionKind kind,
    int32_t from_day, bool carries_roles, GError **error)
{
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	Succession row;

	if (!db_txn_begin(scope->intake.db, &txn, error) ||
	    !succession_take(scope, succession_id, version, &row, &before, error))
		return false;
	row.kind = kind;
	row.from_day = from_day;
	row.carries_roles = carries_roles;
	return succession_put(scope, &row, error) && succession_note(scope, succession_id, before, error) &&
	       db_txn_commit(txn, error);
}

bool
succession_drop(const SuccessionScope *scope, int64_t succession_id, int64_t version, GError **error)
{
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;
	Succession row;

	if (!db_txn_begin(scope->intake.db, &txn, error) ||
	    !succession_take(scope, succession_id, version, &row, &before, error))
		return false;
	row.state = SUCCESSION_DROPPED;
	return succession_put(scope, &row, error) && succession_note(scope, succession_id, before, error) &&
	       db_txn_commit(txn, error);
}
