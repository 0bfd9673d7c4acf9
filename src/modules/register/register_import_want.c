/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_import.h"

/* What a row says that is new, as entries of the piece. */

bool
register_import_find_changes(RegisterImporting *run, RegisterRowRun *at)
{
	bool is_any = false;

	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		RegisterField key = (RegisterField)field;
		const char *cell = at->row->cells[field];

		if (!REGISTER_FIELDS[field].is_open || key == REGISTER_MONTH)
			continue;
		at->is_changed[field] = !register_import_is_same(run, key, cell, at->base[field]) &&
					!register_import_is_same(run, key, cell, at->now[field]);
		is_any = is_any || at->is_changed[field];
		if (at->is_changed[field] && (at->row->formulas & (1U << field)) != 0)
			register_import_blame(run, at, key,
			    "Ô này là công thức. Hãy chép ô rồi dán lại dạng giá trị (Paste Special, "
			    "Values).");
	}
	if (!is_any && *at->row->cells[REGISTER_MONTH] != '\0' &&
	    !register_import_is_same(
		run, REGISTER_MONTH, at->row->cells[REGISTER_MONTH], at->base[REGISTER_MONTH]))
		register_import_blame(run, at, REGISTER_MONTH,
		    "Đổi tháng mà không có nội dung nào mới. Hãy ghi nội dung của tháng đó, hoặc để tháng "
		    "như cũ.");
	return is_any;
}

/* What is changed as it was typed, the rest as it is. */
static const char *
said(const RegisterRowRun *at, RegisterField field)
{
	const char *text = at->is_changed[field] ? at->row->cells[field] : at->now[field];

	return *text != '\0' ? text : NULL;
}

static WorkEntry *
want(RegisterRowRun *at, WorkEntryKind kind, RegisterField because)
{
	at->because[at->n_wanted] = because;
	at->wanted[at->n_wanted] = work_entry(kind);
	return &at->wanted[at->n_wanted++];
}

static void
want_person(RegisterImporting *run, RegisterRowRun *at)
{
	const char *label = at->row->cells[REGISTER_PERSON];
	int64_t person_id = *label != '\0' ? register_people_find(&run->people, label) : 0;

	if (!at->is_changed[REGISTER_PERSON])
		return;
	if (*label != '\0' && person_id == 0) {
		register_import_blame(run, at, REGISTER_PERSON,
		    "Không có người nào tên như vậy có tài khoản đang dùng. Hãy chọn trong danh sách của ô.");
		return;
	}
	want(at, WORK_ASSIGN, REGISTER_PERSON)->for_person = person_id;
}

static int32_t
day_said(RegisterImporting *run, RegisterRowRun *at)
{
	const char *text = said(at, REGISTER_DAY);
	int32_t day = text != NULL ? register_day_read(text) : DATE_NONE;

	if (text != NULL && day == DATE_NONE)
		register_import_blame(run, at, REGISTER_DAY, "Ngày phải có dạng 15/12/2026.");
	return day;
}

static void
want_issue(RegisterImporting *run, RegisterRowRun *at)
{
	WorkEntry *entry;

	if (!at->is_changed[REGISTER_NUMBER] && !at->is_changed[REGISTER_DAY])
		return;
	if (said(at, REGISTER_NUMBER) == NULL) {
		register_import_blame(run, at, REGISTER_NUMBER,
		    "Phải ghi cả số và ngày văn bản; số đã ghi thì không xóa bằng tệp.");
		return;
	}
	if (said(at, REGISTER_DAY) == NULL) {
		register_import_blame(
		    run, at, REGISTER_DAY, "Phải ghi cả số và ngày văn bản, ngày dạng 15/12/2026.");
		return;
	}
	entry = want(at, WORK_ISSUE, REGISTER_NUMBER);
	entry->doc_number = said(at, REGISTER_NUMBER);
	entry->day = day_said(run, at);
}

/* The state asked for; -1: as it is. */
static int
state_said(RegisterImporting *run, RegisterRowRun *at)
{
	int state = register_state_read(at->row->cells[REGISTER_STATE]);

	if (!at->is_changed[REGISTER_STATE])
		return -1;
	if (state == WORK_NOT_STARTED || state == WORK_DOING || state == WORK_WAITING)
		return state;
	register_import_blame(run, at, REGISTER_STATE,
	    state == WORK_DONE ? "Hoàn thành do người nghiệm thu xác nhận trên trang. Hãy ghi “Chờ nghiệm "
				 "thu” để nộp kết quả."
			       : "Chỉ ghi Chưa thực hiện, Đang thực hiện hoặc Chờ nghiệm thu.");
	return -1;
}

static void
fill_report(RegisterImporting *run, RegisterRowRun *at, WorkEntry *entry)
{
	const char *month = at->row->cells[REGISTER_MONTH];

	entry->month = *month != '\0' ? register_month_read(month) : run->file->month;
	if (entry->month == DATE_NONE)
		register_import_blame(run, at, REGISTER_MONTH, "Tháng phải có dạng 12/2026.");
	if (at->is_changed[REGISTER_PERCENT]) {
		entry->percent = register_percent_read(at->row->cells[REGISTER_PERCENT]);
		if (entry->percent < 0)
			register_import_blame(run, at, REGISTER_PERCENT,
			    "Tỷ lệ là số nguyên từ 0 đến 100; đã ghi thì không xóa bằng tệp.");
	}
	entry->is_idle = said(at, REGISTER_IDLE) != NULL;
	entry->done = said(at, REGISTER_DONE);
	entry->difficulties = said(at, REGISTER_DIFFICULTIES);
	entry->proposals = said(at, REGISTER_PROPOSALS);
}

static void
want_submission(RegisterImporting *run, RegisterRowRun *at)
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
first_changed(const RegisterRowRun *at)
{
	static const RegisterField ORDER[] = {REGISTER_STATE, REGISTER_PERCENT, REGISTER_DONE,
	    REGISTER_DIFFICULTIES, REGISTER_PROPOSALS, REGISTER_IDLE};

	for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++)
		if (at->is_changed[ORDER[i]])
			return ORDER[i];
	return REGISTER_FIELD_MAX;
}

/* The entries that make the program's row the file's. */
void
register_import_want(RegisterImporting *run, RegisterRowRun *at)
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
			register_import_blame(run, at, field,
			    "Chỉ ghi khi nộp kết quả: hãy chọn trạng thái “Chờ nghiệm thu”, hoặc để ô này "
			    "như cũ.");
	if (first != REGISTER_FIELD_MAX) {
		WorkEntry *entry = want(at, WORK_UPDATE, first);

		entry->state = state;
		fill_report(run, at, entry);
	}
	want_issue(run, at);
}
