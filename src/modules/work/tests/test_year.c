/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.h"
#include "modules/task/tests/settings.h"
#include "modules/work/tests/fixture.h"
#include "modules/work/work_rows.h"

#include <string.h>

/* Several months of the sample plan, played through day by day, against a table made by hand: what each piece
 * says on its line at the end of a month. */

typedef struct Step {
	int year, month, day;
	int64_t task_no;
	enum { BY_OFFICE, BY_POLICE, BY_STANDING, BY_LEADER } by;
	WorkEntryKind kind;
	int percent;
	int32_t due_year, due_month, due_day; /* 0: none */
	const char *text;                     /* what was done, the product, or the reason */
	bool is_granted;
} Step;

/* The office hands in its report in time and gets it back once; an extension is asked for and granted in
 * part; the police are late with one thing and never begin another; the province acts in January. */
static const Step STEPS[] = {
    {2026, 12, 15, 2, BY_OFFICE, WORK_SUBMIT, -1, 0, 0, 0, "Báo cáo", false},
    {2026, 12, 16, 2, BY_OFFICE, WORK_ISSUE, -1, 2026, 12, 15, "12/BC-UBND", false},
    {2026, 12, 17, 2, BY_LEADER, WORK_RETURN, -1, 0, 0, 0, "Thiếu phụ lục", false},
    {2026, 12, 18, 2, BY_OFFICE, WORK_SUBMIT, -1, 0, 0, 0, "Báo cáo, có phụ lục", false},
    {2026, 12, 21, 2, BY_LEADER, WORK_ACCEPT, -1, 0, 0, 0, NULL, false},
    {2026, 12, 28, 3, BY_OFFICE, WORK_UPDATE, 30, 0, 0, 0, "Đã cấp 300 tài khoản", false},
    {2027, 1, 8, 3, BY_OFFICE, WORK_ASK_EXTENSION, -1, 2027, 3, 1, "Chờ máy", false},
    {2027, 1, 11, 3, BY_LEADER, WORK_DECIDE, -1, 2027, 2, 10, NULL, true},
    {2027, 1, 12, 1, BY_POLICE, WORK_SUBMIT, -1, 0, 0, 0, "Cơ sở dữ liệu", false},
    {2027, 1, 13, 1, BY_STANDING, WORK_ACCEPT, -1, 0, 0, 0, NULL, false},
    {2027, 1, 20, 7, BY_STANDING, WORK_EVENT, -1, 2027, 2, 26, "Quyết định của tỉnh", false},
    {2027, 2, 5, 3, BY_OFFICE, WORK_SUBMIT, -1, 0, 0, 0, "Danh sách", false},
    {2027, 2, 8, 3, BY_STANDING, WORK_ACCEPT, -1, 0, 0, 0, NULL, false},
    {2027, 3, 2, 4, BY_OFFICE, WORK_UPDATE, 60, 0, 0, 0, "Đã lắp 6 nhà", false},
};

/* At the end of each month, for the tasks 1 to 4 and 7: the words and the timeliness. */
static const struct {
	int year, month;
	const char *words[5];
	WorkTimeliness timeliness[5];
	int n_pieces; /* in all: one more for the continuous task at each new quarter, one for the yearly one
		       */
} TABLE[] = {
    {2026, 12,
	{"Quá hạn 31 ngày", "Hoàn thành quá hạn 3 ngày", "Còn 14 ngày", "Còn 15 ngày", "Chờ điều kiện"},
	{WORK_LATE, WORK_ENDED_LATE, WORK_SOON, WORK_SOON, WORK_NO_DATE}, 9},
    {2027, 1,
	{"Hoàn thành quá hạn 43 ngày", "Hoàn thành quá hạn 3 ngày", "Đã gia hạn đến 10/02/2027",
	    "Quá hạn 16 ngày", "Còn 26 ngày"},
	{WORK_ENDED_LATE, WORK_ENDED_LATE, WORK_EXTENDED, WORK_LATE, WORK_SOON}, 11},
    {2027, 2,
	{"Hoàn thành quá hạn 43 ngày", "Hoàn thành quá hạn 3 ngày", "Hoàn thành đúng hạn đã gia hạn",
	    "Quá hạn 44 ngày", "Quá hạn 2 ngày"},
	{WORK_ENDED_LATE, WORK_ENDED_LATE, WORK_ENDED_EXTENDED, WORK_LATE, WORK_LATE}, 11},
    {2027, 4,
	{"Hoàn thành quá hạn 43 ngày", "Hoàn thành quá hạn 3 ngày", "Hoàn thành đúng hạn đã gia hạn",
	    "Quá hạn 105 ngày", "Quá hạn 63 ngày"},
	{WORK_ENDED_LATE, WORK_ENDED_LATE, WORK_ENDED_EXTENDED, WORK_LATE, WORK_LATE}, 12},
};

static const int64_t TASKS[] = {1, 2, 3, 4, 7};

static WorkEntry
entry_of(const Step *step, int64_t pending_no)
{
	WorkEntry entry = work_entry(step->kind);
	int32_t day =
	    step->due_year > 0 ? date_from_ymd(step->due_year, step->due_month, step->due_day) : DATE_NONE;

	entry.percent = step->percent;
	entry.is_granted = step->is_granted;
	entry.ref_no = step->kind == WORK_DECIDE ? pending_no : 0;
	if (step->kind == WORK_UPDATE) {
		entry.state = WORK_DOING;
		entry.done = step->text;
	} else if (step->kind == WORK_SUBMIT) {
		entry.product = step->text;
	} else if (step->kind == WORK_ISSUE) {
		entry.doc_number = step->text;
		entry.day = day;
	} else {
		entry.reason = step->text;
		entry.due = day;
	}
	if (step->kind == WORK_EVENT)
		entry.day = date_from_ymd(step->year, step->month, step->day);
	return entry;
}

static void
take_step(const Fixture *fixture, const Step *step, int32_t today)
{
	const int64_t people[] = {fixture->office, fixture->police, fixture->standing, fixture->leader};
	WorkScope scope = fixture_scope_on(fixture, people[step->by], today);
	int64_t piece_id = fixture_piece(fixture, step->task_no);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome;
	WorkPiece piece;
	WorkEntry entry;

	g_assert_true(work_find(&scope, piece_id, &piece, &error));
	entry = entry_of(step, piece.pending_no);
	if (step->kind == WORK_SUBMIT)
		fixture_attach(fixture, piece_id, "bao-cao", "");
	g_assert_true(work_act(&scope, piece_id, piece.version, &entry, &outcome, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
	g_assert_false(outcome.is_conflict);
}

static void
check_month(const Fixture *fixture, size_t row, int32_t today)
{
	WorkScope scope = fixture_scope_on(fixture, 0, today);
	const WorkFilter all = {.due_from = DATE_NONE, .due_to = DATE_NONE, .limit = 1000};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(TASKS); i++) {
		const PlanScope plan = {scope.db, scope.commune_id, 1};
		g_autoptr(GString) words = g_string_new(NULL);
		g_autoptr(GString) of_task = g_string_new(NULL);
		WorkPiece piece;
		Task task;

		g_assert_true(work_find(&scope, fixture_piece(fixture, TASKS[i]), &piece, &error));
		work_describe(&piece, today, 30, words);
		g_assert_cmpstr(words->str, ==, TABLE[row].words[i]);
		/* The list of tasks says the same. */
		g_assert_true(task_load(&plan, TASKS[i], fixture->arena, &task, &error));
		task_state_describe(
		    task_state(&task.deadline, &task.progress, today, &TASK_TEST_SETTINGS), of_task);
		g_assert_cmpstr(of_task->str, ==, TABLE[row].words[i]);
		g_assert_cmpint(work_when(&piece, today, 30).timeliness, ==, TABLE[row].timeliness[i]);
	}
	g_assert_true(work_list(&scope, &all, rows, &error));
	g_assert_cmpint((int)rows->len, ==, TABLE[row].n_pieces);
}

static void
test_months(Fixture *fixture, gconstpointer unused)
{
	int32_t last = date_end_of_month(2027, 4);
	size_t step = 0, row = 0;

	(void)unused;
	for (int32_t today = APP_TEST_TODAY; today <= last; today++) {
		WorkScope program = fixture_scope_on(fixture, 0, today);

		fixture_run_all(&program);
		for (; step < G_N_ELEMENTS(STEPS) &&
		       date_from_ymd(STEPS[step].year, STEPS[step].month, STEPS[step].day) == today;
		     step++)
			take_step(fixture, &STEPS[step], today);
		if (row < G_N_ELEMENTS(TABLE) &&
		    today == date_end_of_month(TABLE[row].year, TABLE[row].month))
			check_month(fixture, row++, today);
	}
	g_assert_cmpuint(step, ==, G_N_ELEMENTS(STEPS));
	g_assert_cmpuint(row, ==, G_N_ELEMENTS(TABLE));
	fixture_verify(fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_add("/work/months-of-a-plan", test_months);
	return g_test_run();
}
