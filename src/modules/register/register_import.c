/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_import.h"

#include "reader/reader.h"
#include "storage/txn.h"

#include <string.h>

#define NEWER_MAX 5 /* entries of others that are shown with a row */

bool
register_read_file(
    const char *bytes, size_t len, const char *name, Arena *arena, RegisterFile *ret_file, GError **error)
{
	const ReaderOptions options = {.file_name = name};
	g_autoptr(BlockDocument) document = NULL;

	if (!reader_read_form(bytes, len, &options, &document, error))
		return false;
	register_file_read(document, arena, ret_file);
	return true;
}

void
register_import_blame(RegisterImporting *run, RegisterRowRun *at, RegisterField field, const char *message)
{
	at->has_problem = true;
	register_blame(run->file, at->row, field, message);
}

/* --- what others wrote since -----------------------------------------------------------------------------
 */

static void
add_newer(RegisterImporting *run, RegisterRowRun *at)
{
	RegisterChange *change = at->change;
	size_t n_all = at->entries->len, first = (size_t)at->row->version;

	first = MAX(first, n_all > NEWER_MAX ? n_all - NEWER_MAX : 0);
	change->newer = arena_array(run->scope->arena, RegisterNewer, n_all - first + 1);
	for (size_t i = first; i < n_all; i++) {
		const WorkEntry *entry = g_ptr_array_index(at->entries, i);
		char when[INSTANT_VI_SIZE];

		instant_format_minute_vi(entry->at_us, when);
		change->newer[change->n_newer++] = (RegisterNewer){arena_strdup(run->scope->arena, when),
		    entry->name != NULL ? entry->name : "Chương trình", WORK_ENTRY_TITLES[entry->kind]};
	}
}

static const RegisterDecision *
find_decision(const RegisterImporting *run, int64_t piece_id)
{
	for (size_t i = 0; i < run->n_decisions; i++)
		if (run->decisions[i].piece_id == piece_id)
			return &run->decisions[i];
	return NULL;
}

/* A row that others have written to is written by decision alone, of who has seen what they wrote. */
static void
judge_conflict(RegisterImporting *run, RegisterRowRun *at)
{
	const RegisterDecision *decision = find_decision(run, at->work.piece.piece_id);

	if (at->row->version == at->work.piece.version)
		return;
	add_newer(run, at);
	at->change->is_conflict = decision == NULL || decision->version != at->work.piece.version;
	at->change->is_kept = !at->change->is_conflict && !decision->takes_file;
	run->out->n_conflicts += at->change->is_conflict;
}

static void
add_change(RegisterImporting *run, RegisterRowRun *at)
{
	RegisterChange *change = arena_new0(run->scope->arena, RegisterChange);

	*change = (RegisterChange){.row = at->row,
	    .piece_id = at->work.piece.piece_id,
	    .version = at->work.piece.version,
	    .name = at->task.name,
	    .agency = at->row->cells[REGISTER_AGENCY]};
	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		change->is_changed[field] = at->is_changed[field];
		change->before[field] = at->now[field];
		change->after[field] = at->row->cells[field];
	}
	at->change = change;
	g_ptr_array_add(run->out->changes, change);
}

/* --- writing ---------------------------------------------------------------------------------------------
 */

static bool
act(RegisterImporting *run, RegisterRowRun *at, GError **error)
{
	for (size_t i = 0; i < at->n_wanted && !at->has_problem; i++) {
		WorkOutcome outcome;

		if (!work_act(run->scope, at->work.piece.piece_id, at->work.piece.version + (int64_t)i,
			&at->wanted[i], &outcome, error))
			return false;
		if (outcome.problem != NULL || outcome.is_conflict)
			register_import_blame(run, at, at->because[i],
			    outcome.problem != NULL ? outcome.problem
						    : "Việc vừa có người khác cập nhật. Hãy xem trước lại.");
		else
			at->change->n_entries++;
	}
	run->out->n_entries += (size_t)at->change->n_entries;
	return true;
}

static bool
run_changed(RegisterImporting *run, RegisterRowRun *at, GError **error)
{
	add_change(run, at);
	judge_conflict(run, at);
	if (at->change->is_kept)
		return true;
	register_import_want(run, at);
	if (run->mode == REGISTER_COMPARE || at->change->is_conflict || at->has_problem)
		return true;
	return act(run, at, error);
}

static bool
run_row(RegisterImporting *run, const RegisterRow *row, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	RegisterRowRun at = {.row = row, .entries = entries};

	if (!register_import_find_piece(run, &at, error))
		return false;
	if (at.has_problem)
		return true;
	register_cells(run->scope, &run->people, &at.work, entries, (size_t)row->version, run->file->month,
	    run->settings.soon_days, at.base);
	register_cells(run->scope, &run->people, &at.work, entries, entries->len, run->file->month,
	    run->settings.soon_days, at.now);
	if (!register_import_check_annex(run, &at, error))
		return false;
	register_import_check_locked(run, &at);
	if (register_import_find_changes(run, &at))
		return run_changed(run, &at, error);
	run->out->n_same++;
	return true;
}

static bool
run_rows(RegisterImporting *run, GError **error)
{
	for (size_t i = 0; i < run->file->n_rows; i++)
		if (!run_row(run, &run->file->rows[i], error))
			return false;
	return true;
}

static bool
begin(RegisterImporting *run, GError **error)
{
	return register_people_read(run->scope, &run->people, error) &&
	       register_mark(run->scope, &run->mark, error) &&
	       work_settings(run->scope, &run->settings, error) &&
	       plan_list(run->scope->db, run->scope->commune_id, run->scope->arena, run->plans, error);
}

/* Within the caller's frame, so that a transaction can stand around it. */
static bool
run_file(RegisterImporting *run, GError **error)
{
	if (!begin(run, error))
		return false;
	if (run->file->problems->len == 0 && strcmp(run->file->mark, run->mark) != 0)
		register_blame_file(run->file, "Tệp này không phải của đơn vị đang mở: do xã, phường khác "
					       "hoặc một bộ dữ liệu khác xuất ra.");
	if (run->file->month == DATE_NONE && run->file->problems->len == 0)
		register_blame_file(run->file, "Trang tính ẩn của tệp bị hỏng. Hãy xuất lại sổ.");
	/* A file that is wrong as a whole has nothing to say of its rows. */
	for (guint i = 0; i < run->file->problems->len; i++)
		if (g_array_index(run->file->problems, RegisterProblem, i).sheet == NULL)
			return true;
	run->out->n_rows = run->file->n_rows;
	return run_rows(run, error);
}

bool
register_import(const WorkScope *scope, RegisterFile *file, const RegisterDecision *decisions,
    size_t n_decisions, RegisterMode mode, RegisterResult *ret_result, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new(), columns = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	RegisterImporting run = {.scope = scope,
	    .file = file,
	    .decisions = decisions,
	    .n_decisions = n_decisions,
	    .mode = mode,
	    .out = ret_result,
	    .plans = plans,
	    .columns = columns};
	bool is_ok;

	ret_result->n_rows = ret_result->n_same = ret_result->n_conflicts = ret_result->n_entries = 0;
	g_ptr_array_set_size(ret_result->changes, 0);
	if (mode != REGISTER_COMPARE && !db_txn_begin(scope->db, &txn, error))
		return false;
	is_ok = run_file(&run, error);
	register_people_clear(&run.people);
	if (!is_ok || mode != REGISTER_WRITE || file->problems->len > 0 || ret_result->n_conflicts > 0)
		return is_ok;
	return db_txn_commit(txn, error);
}
