/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/register/register_import.h"

/* Which piece a row is of, and whether what may not be changed by a file is as it was. */

static bool
load_piece(RegisterImporting *run, RegisterRowRun *at, int64_t piece_id, GError **error)
{
	g_autoptr(GError) reason = NULL;
	const PlanInfo *plan;
	PlanScope plan_scope;

	if (!work_find(run->scope, piece_id, &at->work.piece, &reason)) {
		if (!g_error_matches(reason, APP_ERROR, APP_ERROR_NOT_FOUND)) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		register_import_blame(
		    run, at, REGISTER_KEY, "Không có việc nào mang mã này. Hãy xuất lại sổ.");
		return true;
	}
	plan = plan_find_listed(run->plans, at->work.piece.plan_id);
	if (plan == NULL || !plan->is_current || at->work.piece.plan_id != at->row->plan_id) {
		register_import_blame(run, at, REGISTER_KEY,
		    "Kế hoạch của dòng này không còn là bản đang thực hiện. Hãy xuất lại sổ của kế hoạch "
		    "mới.");
		return true;
	}
	if (at->row->version < 1 || at->row->version > at->work.piece.version) {
		register_import_blame(run, at, REGISTER_KEY,
		    "Trang tính ẩn không khớp với dữ liệu hiện có (có thể dữ liệu đã được khôi phục). Hãy "
		    "xuất lại "
		    "sổ.");
		return true;
	}
	plan_scope = (PlanScope){run->scope->db, run->scope->commune_id, at->work.piece.plan_id};
	return task_load(&plan_scope, at->work.piece.task_no, run->scope->arena, &at->task, error) &&
	       work_entries(run->scope, piece_id, at->entries, error);
}

bool
register_import_find_piece(RegisterImporting *run, RegisterRowRun *at, GError **error)
{
	int64_t piece_id = register_code_read(run->scope, run->mark, at->row->cells[REGISTER_KEY]);

	if (piece_id != 0)
		return load_piece(run, at, piece_id, error);
	register_import_blame(run, at, REGISTER_KEY,
	    "Mã dòng không đúng: đã bị sửa, hoặc kéo chép từ dòng khác. Hãy lấy lại mã ở tệp đã xuất.");
	return true;
}

static bool
read_columns(RegisterImporting *run, int64_t plan_id, GError **error)
{
	PlanScope plan_scope = {run->scope->db, run->scope->commune_id, plan_id};

	if (run->columns_of == plan_id)
		return true;
	g_ptr_array_set_size(run->columns, 0);
	run->columns_of = plan_id;
	return plan_list_columns(&plan_scope, run->scope->arena, run->columns, error);
}

/* The annex's own cells are compared where the file still has their columns; of columns with one title the
 * first goes with the first. */
bool
register_import_check_annex(RegisterImporting *run, RegisterRowRun *at, GError **error)
{
	g_autoptr(GPtrArray) columns = g_ptr_array_new();
	bool is_used[REGISTER_COLUMNS_MAX] = {false};

	if (at->row->others == NULL)
		return true;
	if (!read_columns(run, at->work.piece.plan_id, error))
		return false;
	register_columns_of(run->scope->arena, run->columns, at->task.annex_no, columns);
	for (guint i = 0; i < columns->len; i++) {
		const PlanColumnInfo *column = g_ptr_array_index(columns, i);
		const char *own = register_task_cell(&at->task, column->kind);

		for (int k = 0; k < REGISTER_COLUMNS_MAX; k++) {
			const char *title = at->row->sheet->titles[k], *cell = at->row->others[k];

			if (is_used[k] || title == NULL || !register_same_text(title, column->title))
				continue;
			is_used[k] = true;
			if (!register_same_text(cell != NULL ? cell : "", own)) {
				at->has_problem = true;
				register_blame_column(run->file, at->row, k,
				    "Cột này chép từ phụ lục của kế hoạch, không sửa bằng tệp. Hãy để như "
				    "cũ; muốn đổi "
				    "nhiệm vụ thì điều chỉnh kế hoạch.");
			}
			break;
		}
	}
	return true;
}

void
register_import_check_locked(RegisterImporting *run, RegisterRowRun *at)
{
	static const RegisterField LOCKED[] = {REGISTER_DUE, REGISTER_PERIOD};

	for (size_t i = 0; i < G_N_ELEMENTS(LOCKED); i++) {
		RegisterField field = LOCKED[i];
		const char *cell = at->row->cells[field];

		if (at->row->sheet->columns[field] < 0 ||
		    register_import_is_same(run, field, cell, at->base[field]) ||
		    register_import_is_same(run, field, cell, at->now[field]))
			continue;
		register_import_blame(run, at, field,
		    field == REGISTER_DUE
			? "Hạn không sửa bằng tệp. Hãy để như cũ và gửi đề nghị gia hạn trên trang của việc."
			: "Ô này không sửa bằng tệp. Hãy để như cũ.");
	}
}
