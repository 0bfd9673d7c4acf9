/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/tests/sample.h"
#include "modules/task/task.h"
#include "modules/work/tests/fixture.h"
#include "modules/work/work_internal.h"

#include <string.h>

#define DAY(n) (APP_TEST_TODAY + (n))

/* A piece of which only what matters to the state of its task is said. */
static WorkPiece
piece(WorkState state, int32_t due, int32_t submitted)
{
	return (WorkPiece){.role = AGENCY_ROLE_LEAD,
	    .state = state,
	    .percent = -1,
	    .due = due,
	    .original_due = due,
	    .submitted_day = submitted};
}

static void
test_worst_decides(void)
{
	WorkPiece pieces[] = {piece(WORK_DONE, DAY(-9), DAY(-20)), piece(WORK_DOING, DAY(20), DATE_NONE),
	    piece(WORK_NOT_STARTED, DAY(-3), DATE_NONE), piece(WORK_WAITING, DAY(-9), DAY(-10))};
	TaskProgress progress;

	work_fold_task(pieces, 4, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_NOT_STARTED); /* open, and due first */
	g_assert_cmpint(progress.due, ==, DAY(-3));
	g_assert_cmpint(progress.n_pieces, ==, 4);
	g_assert_cmpint(progress.n_done, ==, 1);
	pieces[1] = pieces[2] = piece(WORK_DONE, DAY(-9), DAY(-5));
	work_fold_task(pieces, 4, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_WAITING);
	pieces[3] = piece(WORK_DONE, DAY(-9), DAY(-9));
	work_fold_task(pieces, 4, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_DONE); /* done when all are, as late as the latest */
	g_assert_cmpint(progress.late_days, ==, 4);
}

static void
test_suspended(void)
{
	WorkPiece pieces[] = {piece(WORK_DONE, DAY(-9), DAY(-20)), piece(WORK_CANCELLED, DAY(-9), DATE_NONE)};
	TaskProgress progress;

	work_fold_task(pieces, 2, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_DONE); /* a unit that fell away holds nothing up */
	g_assert_cmpint(progress.n_pieces, ==, 1);
	pieces[0].state = WORK_PAUSED;
	work_fold_task(pieces, 2, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_PAUSED);
	pieces[0].state = WORK_CANCELLED;
	work_fold_task(pieces, 2, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_CANCELLED);
	work_fold_task(pieces, 0, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_UNKNOWN);
}

/* What helpers and parts have left does not hold up the leads' own. */
static void
test_parts(void)
{
	WorkPiece pieces[] = {piece(WORK_DONE, DAY(5), DAY(-2)), piece(WORK_DOING, DAY(-9), DATE_NONE),
	    piece(WORK_DOING, DAY(-9), DATE_NONE)};
	TaskProgress progress;

	pieces[1].part_no = 1;
	pieces[2].role = AGENCY_ROLE_COORDINATING;
	work_fold_task(pieces, 3, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_DONE);
	work_fold_task(pieces + 1, 2, &progress); /* there is nothing but parts */
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_DOING);
}

/* Of periods the oldest that is open decides; when none is, the newest says whether the task goes on. */
static void
test_periods(void)
{
	WorkPiece pieces[] = {piece(WORK_DONE, DAY(-60), DAY(-50)), piece(WORK_DOING, DAY(-15), DATE_NONE),
	    piece(WORK_NOT_STARTED, DAY(16), DATE_NONE)};
	TaskProgress progress;

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++)
		pieces[i].period_end = pieces[i].due;
	work_fold_task(pieces, 3, &progress);
	g_assert_cmpint(progress.due, ==, DAY(-15));
	pieces[1].state = WORK_PAUSED;
	pieces[2].state = WORK_DONE;
	work_fold_task(pieces, 3, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_DONE);
	pieces[2].state = WORK_PAUSED;
	work_fold_task(pieces, 3, &progress);
	g_assert_cmpint(progress.stage, ==, TASK_STAGE_PAUSED);
}

static Task
load(const Fixture *fixture, int64_t task_no)
{
	PlanScope scope = {fixture->test->db, fixture->test->commune_id, 1};
	g_autoptr(GError) error = NULL;
	Task task;

	task_load(&scope, task_no, fixture->arena, &task, &error);
	g_assert_no_error(error);
	return task;
}

/* What the list of tasks says and what the piece's own page says. */
static void
check_same(const Fixture *fixture, int64_t task_no, const char *expected)
{
	WorkScope scope = fixture_scope(fixture, fixture->leader);
	Task task = load(fixture, task_no);
	g_autoptr(GString) of_task = g_string_new(NULL);
	g_autoptr(GString) of_piece = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	WorkPiece found;

	work_find(&scope, fixture_piece(fixture, task_no), &found, &error);
	g_assert_no_error(error);
	work_describe(&found, APP_TEST_TODAY, 30, of_piece);
	task_state_describe(
	    task_state(&task.deadline, &task.progress, APP_TEST_TODAY, &TASK_SETTINGS_DEFAULT), of_task);
	g_assert_cmpstr(of_task->str, ==, expected);
	g_assert_cmpstr(of_piece->str, ==, expected);
}

static int64_t
count_state(const Fixture *fixture, TaskStateKind state)
{
	PlanScope scope = {fixture->test->db, fixture->test->commune_id, 1};
	const TaskFilter filter = {
	    .annex_no = TASK_ANY_ANNEX, .agency_id = TASK_ANY_AGENCY, .keys = TASK_KEY_ALL};
	g_autoptr(GError) error = NULL;
	int64_t counts[TASK_STATE_MAX];

	task_count_states(&scope, &filter, APP_TEST_TODAY, &TASK_SETTINGS_DEFAULT, counts, &error);
	g_assert_no_error(error);
	return counts[state];
}

/* Task 1 of the sample was due on 30/11/2026, 15 days ago. */
static void
test_accepted_is_not_late(Fixture *fixture, gconstpointer unused)
{
	WorkEntry submit = work_entry(WORK_SUBMIT), accept = work_entry(WORK_ACCEPT),
		  back = work_entry(WORK_REOPEN);
	int64_t id = fixture_piece(fixture, 1), late = count_state(fixture, TASK_STATE_OVERDUE);

	(void)unused;
	check_same(fixture, 1, "Quá hạn 15 ngày");
	submit.product = "Cơ sở dữ liệu đã bàn giao";
	fixture_act(fixture, fixture->police, id, &submit);
	check_same(fixture, 1, "Chờ nghiệm thu, trễ 15 ngày");
	g_assert_cmpint(count_state(fixture, TASK_STATE_OVERDUE), ==, late - 1);
	g_assert_cmpint(count_state(fixture, TASK_STATE_WAITING), ==, 1);
	fixture_act(fixture, fixture->standing, id, &accept);
	check_same(fixture, 1, "Hoàn thành quá hạn 15 ngày");
	g_assert_cmpint(count_state(fixture, TASK_STATE_DONE_LATE), ==, 1);
	back.reason = "Thiếu dữ liệu";
	fixture_act(fixture, fixture->leader, id, &back);
	check_same(fixture, 1, "Quá hạn 15 ngày");
	g_assert_cmpint(count_state(fixture, TASK_STATE_OVERDUE), ==, late);
	fixture_verify(fixture);
}

static void
test_extended(Fixture *fixture, gconstpointer unused)
{
	WorkEntry ask = work_entry(WORK_ASK_EXTENSION), decide = work_entry(WORK_DECIDE);
	int64_t id = fixture_piece(fixture, 1);

	(void)unused;
	ask.due = decide.due = DAY(10);
	ask.reason = "Chờ phần mềm";
	decide.ref_no = fixture_act(fixture, fixture->police, id, &ask).pending_no;
	check_same(fixture, 1, "Quá hạn 15 ngày"); /* asking changes nothing */
	decide.is_granted = true;
	fixture_act(fixture, fixture->leader, id, &decide);
	check_same(fixture, 1, "Đã gia hạn đến 25/12/2026");
	g_assert_cmpint(count_state(fixture, TASK_STATE_EXTENDED), ==, 1);
	fixture_verify(fixture);
}

/* Pages show it: the list, the card with each unit, the dashboard, the agency. */
static void
test_pages(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *target, *holds;
	} PAGES[] = {
	    {"/nhiem-vu?tinh-trang=cho-nghiem-thu", "nv-1"},
	    {"/nhiem-vu?tinh-trang=con-han", "Nhiệm vụ"},
	    {"/nhiem-vu?pham-vi=cua-toi", "chưa gắn với đơn vị nào"},
	    {"/nhiem-vu/1", "Thực hiện theo đơn vị"},
	    {"/nhiem-vu/1", "Chờ nghiệm thu, trễ 15 ngày"},
	    {"/nhiem-vu.csv", "Chờ nghiệm thu"},
	    {"/nhiem-vu.json", "\"state\":\"cho-nghiem-thu\""},
	    {"/", "Chờ nghiệm thu: 1"},
	    {"/", "cập nhật gần nhất của Công an xã"},
	    {"/?pham-vi=lien-quan", "chưa gắn với đơn vị nào"},
	    {"/co-quan/1", "Chờ nghiệm thu"},
	};
	WorkEntry submit = work_entry(WORK_SUBMIT);

	(void)unused;
	submit.product = "Cơ sở dữ liệu";
	fixture_act(fixture, fixture->police, fixture_piece(fixture, 1), &submit);
	for (size_t i = 0; i < G_N_ELEMENTS(PAGES); i++) {
		g_autofree char *body = NULL;

		g_assert_cmpint(app_test_get(fixture->test, PAGES[i].target, &body), ==, 200);
		if (strstr(body, PAGES[i].holds) == NULL)
			g_test_message("%s: no %s", PAGES[i].target, PAGES[i].holds);
		g_assert_nonnull(strstr(body, PAGES[i].holds));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/work/tasks/worst-decides", test_worst_decides);
	g_test_add_func("/work/tasks/suspended", test_suspended);
	g_test_add_func("/work/tasks/parts", test_parts);
	g_test_add_func("/work/tasks/periods", test_periods);
	fixture_add("/work/tasks/accepted-is-not-late", test_accepted_is_not_late);
	fixture_add("/work/tasks/extended", test_extended);
	fixture_add("/work/tasks/pages", test_pages);
	return g_test_run();
}
