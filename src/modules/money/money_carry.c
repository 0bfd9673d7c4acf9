/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_carry.h"

#include "modules/money/money.sql.h"
#include "modules/money/money_internal.h"
#include "modules/plan/plan.h"
#include "modules/task/task.h"
#include "storage/txn.h"

/* --- the way entries came ---------------------------------------------------------------------------------
 */

bool
money_carries(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_carries, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	Arena *arena = scope->arena;
	bool has_row = true;

	if (!db_prepare(scope->db, &MONEY_CARRIES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_CARRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_CARRIES_P_PLAN_ID, plan_id);
	db_bind_int(stmt, MONEY_CARRIES_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		MoneyCarry *carry = arena_new0(arena, MoneyCarry);

		*carry = (MoneyCarry){.entry_id = db_column_int(stmt, MONEY_CARRIES_C_ENTRY_ID),
		    .from_plan_id = db_column_int(stmt, MONEY_CARRIES_C_FROM_PLAN_ID),
		    .from_task_no = db_column_int(stmt, MONEY_CARRIES_C_FROM_TASK_NO),
		    .to_plan_id = db_column_int(stmt, MONEY_CARRIES_C_TO_PLAN_ID),
		    .to_task_no = db_column_int(stmt, MONEY_CARRIES_C_TO_TASK_NO),
		    .reason = arena_strdup(arena, db_column_text(stmt, MONEY_CARRIES_C_REASON)),
		    .name = arena_strdup(arena, db_column_text(stmt, MONEY_CARRIES_C_NAME)),
		    .at_us = db_column_int(stmt, MONEY_CARRIES_C_AT_US)};
		g_ptr_array_add(ret_carries, carry);
	}
	return !has_row;
}

bool
money_carried_away(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_aways, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	Arena *arena = scope->arena;
	bool has_row = true;

	if (!db_prepare(scope->db, &MONEY_CARRIED_AWAY, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_CARRIED_AWAY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_CARRIED_AWAY_P_PLAN_ID, plan_id);
	db_bind_int(stmt, MONEY_CARRIED_AWAY_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		MoneyAway *away = arena_new0(arena, MoneyAway);

		*away = (MoneyAway){.plan_id = db_column_int(stmt, MONEY_CARRIED_AWAY_C_PLAN_ID),
		    .task_no = db_column_int(stmt, MONEY_CARRIED_AWAY_C_TASK_NO),
		    .no = arena_strdup(arena, db_column_text(stmt, MONEY_CARRIED_AWAY_C_NO)),
		    .name = arena_strdup(arena, db_column_text(stmt, MONEY_CARRIED_AWAY_C_NAME)),
		    .n_entries = db_column_int(stmt, MONEY_CARRIED_AWAY_C_ENTRY_COUNT)};
		g_ptr_array_add(ret_aways, away);
	}
	return !has_row;
}

/* --- entries ----------------------------------------------------------------------------------------------
 */

static bool
move_row(const MoneyScope *scope, int64_t entry_id, int64_t plan_id, int64_t task_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_MOVE, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_MOVE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_MOVE_P_ENTRY_ID, entry_id);
	db_bind_int(stmt, MONEY_MOVE_P_PLAN_ID, plan_id);
	db_bind_int(stmt, MONEY_MOVE_P_TASK_NO, task_no);
	return db_run(stmt, error);
}

static bool
insert_carry(const MoneyScope *scope, const MoneyCarry *carry, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_INSERT_CARRY, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_ENTRY_ID, carry->entry_id);
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_FROM_PLAN_ID, carry->from_plan_id);
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_FROM_TASK_NO, carry->from_task_no);
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_TO_PLAN_ID, carry->to_plan_id);
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_TO_TASK_NO, carry->to_task_no);
	db_bind_text(stmt, MONEY_INSERT_CARRY_P_REASON, carry->reason);
	db_bind_text(stmt, MONEY_INSERT_CARRY_P_NAME, scope->actor.name);
	db_bind_int(stmt, MONEY_INSERT_CARRY_P_AT_US, scope->now_us);
	return db_run(stmt, error);
}

/* Moves entries that stand at one task together, and notes where each stands since. */
static bool
carry_entries(const MoneyScope *scope, GPtrArray *entries, int64_t to_plan_id, int64_t to_task_no,
    const char *reason, GError **error)
{
	g_autoptr(GPtrArray) carries = g_ptr_array_new();

	for (guint i = 0; i < entries->len; i++) {
		const MoneyEntry *entry = g_ptr_array_index(entries, i);
		const MoneyCarry carry = {.entry_id = entry->entry_id,
		    .from_plan_id = entry->plan_id,
		    .from_task_no = entry->task_no,
		    .to_plan_id = to_plan_id,
		    .to_task_no = to_task_no,
		    .reason = reason};

		if (!insert_carry(scope, &carry, error) ||
		    !move_row(scope, entry->entry_id, to_plan_id, to_task_no, error))
			return false;
	}
	if (!money_carries(scope, to_plan_id, to_task_no, carries, error))
		return false;
	for (guint i = 0; i < entries->len; i++) {
		MoneyEntry moved = *(const MoneyEntry *)g_ptr_array_index(entries, i);
		g_autofree char *object = money_entry_object(moved.entry_id), *state = NULL;

		moved.plan_id = to_plan_id;
		moved.task_no = to_task_no;
		state = money_entry_state(&moved, carries);
		if (!money_note(scope, object, state, error))
			return false;
	}
	return true;
}

/* --- findings ---------------------------------------------------------------------------------------------
 */

static const MoneyFinding *
finding_of(const GPtrArray *findings, const char *rule)
{
	for (guint i = 0; i < findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(findings, i);

		if (g_str_equal(finding->rule, rule))
			return finding;
	}
	return NULL;
}

static bool
move_finding(const MoneyScope *scope, const MoneyFinding *finding, int64_t to_plan_id, int64_t to_task_no,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	MoneyFinding moved = *finding;

	moved.plan_id = to_plan_id;
	moved.task_no = to_task_no;
	if (!db_prepare(scope->db, &MONEY_MOVE_FINDING, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_MOVE_FINDING_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_MOVE_FINDING_P_FINDING_ID, finding->finding_id);
	db_bind_int(stmt, MONEY_MOVE_FINDING_P_PLAN_ID, to_plan_id);
	db_bind_int(stmt, MONEY_MOVE_FINDING_P_TASK_NO, to_task_no);
	return db_run(stmt, error) && money_put_finding(scope, &moved, error);
}

static bool
end_finding(const MoneyScope *scope, const MoneyFinding *finding, MoneyFindingState state, const char *reason,
    GError **error)
{
	MoneyFinding ended = *finding;

	ended.state = state;
	if (state == MONEY_FINDING_CLOSED) {
		ended.reason = reason;
		ended.name = scope->actor.name;
	}
	return money_put_finding(scope, &ended, error);
}

/* What was found of the old task goes with its money; where the new one has a finding of the same rule
 * already, that one goes on. */
static bool
carry_findings(const MoneyScope *scope, int64_t from_plan_id, int64_t from_task_no, int64_t to_plan_id,
    int64_t to_task_no, GError **error)
{
	g_autoptr(GPtrArray) from = g_ptr_array_new();
	g_autoptr(GPtrArray) to = g_ptr_array_new();

	if (!money_findings_of_task(scope, from_plan_id, from_task_no, from, error) ||
	    !money_findings_of_task(scope, to_plan_id, to_task_no, to, error))
		return false;
	for (guint i = 0; i < from->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(from, i);
		bool is_done;

		if (finding->state == MONEY_FINDING_GONE)
			continue;
		is_done = finding_of(to, finding->rule) == NULL
			      ? move_finding(scope, finding, to_plan_id, to_task_no, error)
			      : end_finding(scope, finding, MONEY_FINDING_GONE, NULL, error);
		if (!is_done)
			return false;
	}
	return true;
}

/* --- a task, an entry -------------------------------------------------------------------------------------
 */

bool
money_carry_task(const MoneyScope *scope, int64_t from_plan_id, int64_t from_task_no, int64_t to_plan_id,
    int64_t to_task_no, const char *reason, MoneyCarryTally *tally, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();

	if (!money_of_task(scope, from_plan_id, from_task_no, entries, error) ||
	    !carry_entries(scope, entries, to_plan_id, to_task_no, reason, error))
		return false;
	tally->n_carried += (int)entries->len;
	return carry_findings(scope, from_plan_id, from_task_no, to_plan_id, to_task_no, error);
}

bool
money_leave_task(const MoneyScope *scope, int64_t plan_id, int64_t task_no, const char *reason,
    MoneyCarryTally *tally, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();

	if (!money_of_task(scope, plan_id, task_no, entries, error) ||
	    !money_findings_of_task(scope, plan_id, task_no, findings, error))
		return false;
	for (guint i = 0; i < entries->len; i++) {
		const MoneyEntry *entry = g_ptr_array_index(entries, i);

		if (entry->corrected_by != 0 || entry->amount == 0)
			continue;
		tally->n_left++;
		tally->amounts_left[entry->kind] += entry->amount;
	}
	for (guint i = 0; i < findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(findings, i);

		if (finding->state == MONEY_FINDING_OPEN &&
		    !end_finding(scope, finding, MONEY_FINDING_CLOSED, reason, error))
			return false;
	}
	return true;
}

/* Leaves of a task's entries those that are tied to one by corrections. */
static void
keep_chain(GPtrArray *entries, int64_t entry_id)
{
	g_autoptr(GHashTable) chain = g_hash_table_new(g_int64_hash, g_int64_equal);
	guint n_before;

	g_hash_table_add(chain, &entry_id);
	do {
		n_before = g_hash_table_size(chain);
		for (guint i = 0; i < entries->len; i++) {
			MoneyEntry *entry = g_ptr_array_index(entries, i);

			if (g_hash_table_contains(chain, &entry->entry_id) ||
			    g_hash_table_contains(chain, &entry->corrects_id) ||
			    g_hash_table_contains(chain, &entry->corrected_by))
				g_hash_table_add(chain, &entry->entry_id);
		}
	} while (g_hash_table_size(chain) > n_before);
	for (guint i = entries->len; i > 0; i--)
		if (!g_hash_table_contains(
			chain, &((const MoneyEntry *)g_ptr_array_index(entries, i - 1))->entry_id))
			g_ptr_array_remove_index(entries, i - 1);
}

static const char *
forbid_move(
    const MoneyEntry *entry, const MoneyPlace *place, int64_t plan_id, int64_t task_no, const char *reason)
{
	if (entry->corrected_by != 0)
		return "Khoản này đã được đính chính; hãy chuyển khoản mới nhất, các khoản trước đi theo.";
	if (entry->plan_id == plan_id && entry->task_no == task_no)
		return "Khoản này đang ở chính nhiệm vụ đó; hãy chọn nhiệm vụ khác.";
	if (place->kind != MONEY_PLACE_COUNTS)
		return "Nhiệm vụ được chọn không thuộc kế hoạch đang thực hiện, hoặc đã có kế hoạch khác "
		       "tiếp nhận.";
	if (reason == NULL || *reason == '\0')
		return "Chuyển một khoản sang nhiệm vụ khác phải nêu lý do, căn cứ.";
	if (g_utf8_strlen(reason, -1) > MONEY_TEXT_CHARACTERS)
		return "Lý do tối đa 500 ký tự.";
	return NULL;
}

bool
money_move(const MoneyScope *scope, int64_t entry_id, int64_t to_plan_id, int64_t to_task_no,
    const char *reason, const char **ret_problem, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, to_plan_id};
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	MoneyEntry entry;
	MoneyPlace place;
	Task task;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !money_find(scope, entry_id, &entry, error) ||
	    !task_load(&plan, to_task_no, scope->arena, &task, error) ||
	    !money_place(scope, to_plan_id, to_task_no, &place, error))
		return false;
	*ret_problem = forbid_move(&entry, &place, to_plan_id, to_task_no, reason);
	if (*ret_problem != NULL)
		return true;
	if (!money_of_task(scope, entry.plan_id, entry.task_no, entries, error))
		return false;
	keep_chain(entries, entry_id);
	return carry_entries(scope, entries, to_plan_id, to_task_no, reason, error) &&
	       db_txn_commit(txn, error);
}

static bool
is_current(const MoneyScope *scope, int64_t plan_id, bool *ret_is, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	*ret_is = false;
	if (!plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		*ret_is = *ret_is || (plan->plan_id == plan_id && plan->is_current);
	}
	return true;
}

bool
money_place(const MoneyScope *scope, int64_t plan_id, int64_t task_no, MoneyPlace *ret_place, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, plan_id};
	g_autoptr(GPtrArray) ends = g_ptr_array_new();
	const PlanLineEnd *end;
	bool counts;

	*ret_place = (MoneyPlace){.kind = MONEY_PLACE_COUNTS};
	if (!plan_line_after(&plan, PLAN_LINE_TASK, task_no, scope->arena, ends, error) ||
	    !is_current(scope, plan_id, &counts, error))
		return false;
	if (ends->len == 0) {
		ret_place->kind = counts ? MONEY_PLACE_COUNTS : MONEY_PLACE_SUPERSEDED;
		return true;
	}
	end = g_ptr_array_index(ends, 0); /* the newest */
	*ret_place = (MoneyPlace){
	    end->row_no != 0 ? MONEY_PLACE_TAKEN : MONEY_PLACE_DROPPED, end->plan_id, end->row_no};
	return true;
}
