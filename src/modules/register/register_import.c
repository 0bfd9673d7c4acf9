/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/text.h"
#include "modules/register/register_rows.h"
#include "reader/reader.h"
#include "storage/txn.h"

#include <string.h>

#define NEWER_MAX 5 /* entries of others that are shown with a row */

typedef struct Importing {
	const WorkScope *scope;
	RegisterFile *file;
	const RegisterDecision *decisions;
	size_t n_decisions;
	RegisterMode mode;
	RegisterResult *out;
	RegisterPeople people;
	WorkSettings settings;
	const char *mark;
	GPtrArray *plans;   /* of PlanInfo * */
	int64_t columns_of; /* the plan of `columns` */
	GPtrArray *columns; /* of PlanColumnInfo * */
} Importing;

/* One row on its way. */
typedef struct RowRun {
	const RegisterRow *row;
	WorkRow work;
	Task task;
	GPtrArray *entries;
	const char *base[REGISTER_FIELD_MAX]; /* as it was when the file was made */
	const char *now[REGISTER_FIELD_MAX];
	bool is_changed[REGISTER_FIELD_MAX];
	bool has_problem;
	RegisterChange *change;
	WorkEntry wanted[3];
	RegisterField because[3]; /* which column to blame when an entry is refused */
	size_t n_wanted;
} RowRun;

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

static void
blame(Importing *run, RowRun *at, RegisterField field, const char *message)
{
	at->has_problem = true;
	register_blame(run->file, at->row, field, message);
}

/* --- comparing -------------------------------------------------------------------------------------------
 */

static char *
squeezed(const char *text)
{
	GString *out = g_string_new(NULL);

	text_squeeze_append(out, text, strlen(text));
	return g_string_free(out, FALSE);
}

/* White space says nothing, nor how a mark is written in Unicode: what comes in is in NFC. */
static bool
is_same_text(const char *a, const char *b)
{
	g_autofree char *x = squeezed(a), *y = squeezed(b);

	return strcmp(x, y) == 0;
}

static int
state_of(const char *text)
{
	g_autofree char *folded = text_fold_vi(text);

	for (int state = 0; state < WORK_STATE_MAX; state++) {
		g_autofree char *title = text_fold_vi(WORK_STATE_TITLES[state]);

		if (strcmp(g_strstrip(folded), title) == 0)
			return state;
	}
	return -1;
}

/* A whole number from 0 to 100, perhaps with its sign; -1. */
static int
percent_of(const char *text)
{
	g_autofree char *digits = g_strdup(text);
	gint64 number;
	size_t len;

	g_strstrip(digits);
	len = strlen(digits);
	if (len > 0 && digits[len - 1] == '%')
		digits[len - 1] = '\0';
	return g_ascii_string_to_signed(g_strstrip(digits), 10, 0, 100, &number, NULL) ? (int)number : -1;
}

static bool
is_same(const Importing *run, RegisterField field, const char *a, const char *b)
{
	if (is_same_text(a, b))
		return true;
	if (*a == '\0' || *b == '\0')
		return false;
	if (field == REGISTER_STATE)
		return state_of(a) >= 0 && state_of(a) == state_of(b);
	if (field == REGISTER_PERCENT)
		return percent_of(a) >= 0 && percent_of(a) == percent_of(b);
	if (field == REGISTER_DAY || field == REGISTER_DUE)
		return register_day_read(a) != DATE_NONE && register_day_read(a) == register_day_read(b);
	if (field == REGISTER_MONTH)
		return register_month_read(a) != DATE_NONE &&
		       register_month_read(a) == register_month_read(b);
	if (field == REGISTER_PERSON)
		return register_people_find(&run->people, a) != 0 &&
		       register_people_find(&run->people, a) == register_people_find(&run->people, b);
	return field == REGISTER_IDLE; /* any mark is one */
}

/* --- which piece, and of which plan ----------------------------------------------------------------------
 */

static const PlanInfo *
find_plan(const Importing *run, int64_t plan_id)
{
	for (guint i = 0; i < run->plans->len; i++)
		if (((const PlanInfo *)g_ptr_array_index(run->plans, i))->plan_id == plan_id)
			return g_ptr_array_index(run->plans, i);
	return NULL;
}

static bool
load_piece(Importing *run, RowRun *at, int64_t piece_id, GError **error)
{
	g_autoptr(GError) reason = NULL;
	const PlanInfo *plan;
	PlanScope plan_scope;

	if (!work_find(run->scope, piece_id, &at->work.piece, &reason)) {
		if (!g_error_matches(reason, APP_ERROR, APP_ERROR_NOT_FOUND)) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
		blame(run, at, REGISTER_KEY, "Không có việc nào mang mã này. Hãy xuất lại sổ.");
		return true;
	}
	plan = find_plan(run, at->work.piece.plan_id);
	if (plan == NULL || !plan->is_current || at->work.piece.plan_id != at->row->plan_id) {
		blame(run, at, REGISTER_KEY,
		    "Kế hoạch của dòng này không còn là bản đang thực hiện. Hãy xuất lại sổ của kế hoạch "
		    "mới.");
		return true;
	}
	if (at->row->version < 1 || at->row->version > at->work.piece.version) {
		blame(run, at, REGISTER_KEY,
		    "Trang tính ẩn không khớp với dữ liệu hiện có (có thể dữ liệu đã được khôi phục). Hãy "
		    "xuất lại "
		    "sổ.");
		return true;
	}
	plan_scope = (PlanScope){run->scope->db, run->scope->commune_id, at->work.piece.plan_id};
	return task_load(&plan_scope, at->work.piece.task_no, run->scope->arena, &at->task, error) &&
	       work_entries(run->scope, piece_id, at->entries, error);
}

static bool
find_piece(Importing *run, RowRun *at, GError **error)
{
	int64_t piece_id = register_code_read(run->scope, run->mark, at->row->cells[REGISTER_KEY]);

	if (piece_id != 0)
		return load_piece(run, at, piece_id, error);
	blame(run, at, REGISTER_KEY,
	    "Mã dòng không đúng: đã bị sửa, hoặc kéo chép từ dòng khác. Hãy lấy lại mã ở tệp đã xuất.");
	return true;
}

/* --- what is locked --------------------------------------------------------------------------------------
 */

static bool
read_columns(Importing *run, int64_t plan_id, GError **error)
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
static bool
check_annex(Importing *run, RowRun *at, GError **error)
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

			if (is_used[k] || title == NULL || !is_same_text(title, column->title))
				continue;
			is_used[k] = true;
			if (!is_same_text(cell != NULL ? cell : "", own)) {
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

static void
check_locked(Importing *run, RowRun *at)
{
	static const RegisterField LOCKED[] = {REGISTER_DUE, REGISTER_PERIOD};

	for (size_t i = 0; i < G_N_ELEMENTS(LOCKED); i++) {
		RegisterField field = LOCKED[i];
		const char *cell = at->row->cells[field];

		if (at->row->sheet->columns[field] < 0 || is_same(run, field, cell, at->base[field]) ||
		    is_same(run, field, cell, at->now[field]))
			continue;
		blame(run, at, field,
		    field == REGISTER_DUE
			? "Hạn không sửa bằng tệp. Hãy để như cũ và gửi đề nghị gia hạn trên trang của việc."
			: "Ô này không sửa bằng tệp. Hãy để như cũ.");
	}
}

/* --- what is said ----------------------------------------------------------------------------------------
 */

static bool
find_changes(Importing *run, RowRun *at)
{
	bool is_any = false;

	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		RegisterField key = (RegisterField)field;
		const char *cell = at->row->cells[field];

		if (!REGISTER_FIELDS[field].is_open || key == REGISTER_MONTH)
			continue;
		at->is_changed[field] =
		    !is_same(run, key, cell, at->base[field]) && !is_same(run, key, cell, at->now[field]);
		is_any = is_any || at->is_changed[field];
		if (at->is_changed[field] && (at->row->formulas & (1U << field)) != 0)
			blame(run, at, key,
			    "Ô này là công thức. Hãy chép ô rồi dán lại dạng giá trị (Paste Special, "
			    "Values).");
	}
	if (!is_any && *at->row->cells[REGISTER_MONTH] != '\0' &&
	    !is_same(run, REGISTER_MONTH, at->row->cells[REGISTER_MONTH], at->base[REGISTER_MONTH]))
		blame(run, at, REGISTER_MONTH,
		    "Đổi tháng mà không có nội dung nào mới. Hãy ghi nội dung của tháng đó, hoặc để tháng "
		    "như cũ.");
	return is_any;
}

/* What is changed as it was typed, the rest as it is. */
static const char *
said(const RowRun *at, RegisterField field)
{
	const char *text = at->is_changed[field] ? at->row->cells[field] : at->now[field];

	return *text != '\0' ? text : NULL;
}

static WorkEntry *
want(RowRun *at, WorkEntryKind kind, RegisterField because)
{
	at->because[at->n_wanted] = because;
	at->wanted[at->n_wanted] = work_entry(kind);
	return &at->wanted[at->n_wanted++];
}

static void
want_person(Importing *run, RowRun *at)
{
	const char *label = at->row->cells[REGISTER_PERSON];
	int64_t person_id = *label != '\0' ? register_people_find(&run->people, label) : 0;

	if (!at->is_changed[REGISTER_PERSON])
		return;
	if (*label != '\0' && person_id == 0) {
		blame(run, at, REGISTER_PERSON,
		    "Không có người nào tên như vậy có tài khoản đang dùng. Hãy chọn trong danh sách của ô.");
		return;
	}
	want(at, WORK_ASSIGN, REGISTER_PERSON)->for_person = person_id;
}

static int32_t
day_said(Importing *run, RowRun *at)
{
	const char *text = said(at, REGISTER_DAY);
	int32_t day = text != NULL ? register_day_read(text) : DATE_NONE;

	if (text != NULL && day == DATE_NONE)
		blame(run, at, REGISTER_DAY, "Ngày phải có dạng 15/12/2026.");
	return day;
}

static void
want_issue(Importing *run, RowRun *at)
{
	WorkEntry *entry;

	if (!at->is_changed[REGISTER_NUMBER] && !at->is_changed[REGISTER_DAY])
		return;
	if (said(at, REGISTER_NUMBER) == NULL) {
		blame(run, at, REGISTER_NUMBER,
		    "Phải ghi cả số và ngày văn bản; số đã ghi thì không xóa bằng tệp.");
		return;
	}
	if (said(at, REGISTER_DAY) == NULL) {
		blame(run, at, REGISTER_DAY, "Phải ghi cả số và ngày văn bản, ngày dạng 15/12/2026.");
		return;
	}
	entry = want(at, WORK_ISSUE, REGISTER_NUMBER);
	entry->doc_number = said(at, REGISTER_NUMBER);
	entry->day = day_said(run, at);
}

/* The state asked for; -1: as it is. */
static int
state_said(Importing *run, RowRun *at)
{
	int state = state_of(at->row->cells[REGISTER_STATE]);

	if (!at->is_changed[REGISTER_STATE])
		return -1;
	if (state == WORK_NOT_STARTED || state == WORK_DOING || state == WORK_WAITING)
		return state;
	blame(run, at, REGISTER_STATE,
	    state == WORK_DONE ? "Hoàn thành do người nghiệm thu xác nhận trên trang. Hãy ghi “Chờ nghiệm "
				 "thu” để nộp kết quả."
			       : "Chỉ ghi Chưa thực hiện, Đang thực hiện hoặc Chờ nghiệm thu.");
	return -1;
}

static void
fill_report(Importing *run, RowRun *at, WorkEntry *entry)
{
	const char *month = at->row->cells[REGISTER_MONTH];

	entry->month = *month != '\0' ? register_month_read(month) : run->file->month;
	if (entry->month == DATE_NONE)
		blame(run, at, REGISTER_MONTH, "Tháng phải có dạng 12/2026.");
	if (at->is_changed[REGISTER_PERCENT]) {
		entry->percent = percent_of(at->row->cells[REGISTER_PERCENT]);
		if (entry->percent < 0)
			blame(run, at, REGISTER_PERCENT,
			    "Tỷ lệ là số nguyên từ 0 đến 100; đã ghi thì không xóa bằng tệp.");
	}
	entry->is_idle = said(at, REGISTER_IDLE) != NULL;
	entry->done = said(at, REGISTER_DONE);
	entry->difficulties = said(at, REGISTER_DIFFICULTIES);
	entry->proposals = said(at, REGISTER_PROPOSALS);
}

static void
want_submission(Importing *run, RowRun *at)
{
	WorkEntry *entry = want(at, WORK_SUBMIT, REGISTER_STATE);

	fill_report(run, at, entry);
	entry->is_idle = false;
	entry->product = said(at, REGISTER_PRODUCT);
	entry->reason = said(at, REGISTER_REASON);
	entry->doc_number = said(at, REGISTER_NUMBER);
	entry->day = day_said(run, at);
}

static RegisterField
first_changed(const RowRun *at)
{
	static const RegisterField ORDER[] = {REGISTER_STATE, REGISTER_PERCENT, REGISTER_DONE,
	    REGISTER_DIFFICULTIES, REGISTER_PROPOSALS, REGISTER_IDLE};

	for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++)
		if (at->is_changed[ORDER[i]])
			return ORDER[i];
	return REGISTER_FIELD_MAX;
}

/* The entries that make the program's row the file's. */
static void
want_entries(Importing *run, RowRun *at)
{
	int state = state_said(run, at);
	RegisterField first = first_changed(at);

	want_person(run, at);
	if (state == WORK_WAITING) {
		want_submission(run, at);
		return;
	}
	for (RegisterField field = REGISTER_PRODUCT; field <= REGISTER_REASON; field++)
		if (at->is_changed[field])
			blame(run, at, field,
			    "Chỉ ghi khi nộp kết quả: hãy chọn trạng thái “Chờ nghiệm thu”, hoặc để ô này "
			    "như cũ.");
	if (first != REGISTER_FIELD_MAX) {
		WorkEntry *entry = want(at, WORK_UPDATE, first);

		entry->state = state;
		fill_report(run, at, entry);
	}
	want_issue(run, at);
}

/* --- what others wrote since -----------------------------------------------------------------------------
 */

static void
add_newer(Importing *run, RowRun *at)
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
find_decision(const Importing *run, int64_t piece_id)
{
	for (size_t i = 0; i < run->n_decisions; i++)
		if (run->decisions[i].piece_id == piece_id)
			return &run->decisions[i];
	return NULL;
}

/* A row that others have written to is written by decision alone, of who has seen what they wrote. */
static void
judge_conflict(Importing *run, RowRun *at)
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
add_change(Importing *run, RowRun *at)
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
act(Importing *run, RowRun *at, GError **error)
{
	for (size_t i = 0; i < at->n_wanted && !at->has_problem; i++) {
		WorkOutcome outcome;

		if (!work_act(run->scope, at->work.piece.piece_id, at->work.piece.version + (int64_t)i,
			&at->wanted[i], &outcome, error))
			return false;
		if (outcome.problem != NULL || outcome.is_conflict)
			blame(run, at, at->because[i],
			    outcome.problem != NULL ? outcome.problem
						    : "Việc vừa có người khác cập nhật. Hãy xem trước lại.");
		else
			at->change->n_entries++;
	}
	run->out->n_entries += (size_t)at->change->n_entries;
	return true;
}

static bool
run_changed(Importing *run, RowRun *at, GError **error)
{
	add_change(run, at);
	judge_conflict(run, at);
	if (at->change->is_kept)
		return true;
	want_entries(run, at);
	if (run->mode == REGISTER_COMPARE || at->change->is_conflict || at->has_problem)
		return true;
	return act(run, at, error);
}

static bool
run_row(Importing *run, const RegisterRow *row, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	RowRun at = {.row = row, .entries = entries};

	if (!find_piece(run, &at, error))
		return false;
	if (at.has_problem)
		return true;
	register_cells(run->scope, &run->people, &at.work, entries, (size_t)row->version, run->file->month,
	    run->settings.soon_days, at.base);
	register_cells(run->scope, &run->people, &at.work, entries, entries->len, run->file->month,
	    run->settings.soon_days, at.now);
	if (!check_annex(run, &at, error))
		return false;
	check_locked(run, &at);
	if (find_changes(run, &at))
		return run_changed(run, &at, error);
	run->out->n_same++;
	return true;
}

static bool
run_rows(Importing *run, GError **error)
{
	for (size_t i = 0; i < run->file->n_rows; i++)
		if (!run_row(run, &run->file->rows[i], error))
			return false;
	return true;
}

static bool
begin(Importing *run, GError **error)
{
	return register_people_read(run->scope, &run->people, error) &&
	       register_mark(run->scope, &run->mark, error) &&
	       work_settings(run->scope, &run->settings, error) &&
	       plan_list(run->scope->db, run->scope->commune_id, run->scope->arena, run->plans, error);
}

/* Within the caller's frame, so that a transaction can stand around it. */
static bool
run_file(Importing *run, GError **error)
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
	Importing run = {.scope = scope,
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
