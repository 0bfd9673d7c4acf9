/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dispatch.h"
#include "modules/intake/tests/sample.h"
#include "modules/task/task.h"
#include "modules/task/tests/settings.h"
#include "modules/work/tests/fixture.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_numbers.h"
#include "storage/txn.h"

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
	    task_state(&task.deadline, &task.progress, APP_TEST_TODAY, &TASK_TEST_SETTINGS), of_task);
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

	task_count_states(&scope, &filter, APP_TEST_TODAY, &TASK_TEST_SETTINGS, counts, &error);
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

/* --- a directory of an older program ----------------------------------------------------------------------
 */

#define OLD(text) \
	{ \
		.name = "old", .sqlite = (text), .pg = (text) \
	}

static void
run_sql(const Fixture *fixture, const DbSql *sql)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(db_txn_begin(fixture->test->db, &txn, &error));
	db_prepare(fixture->test->db, sql, &stmt, &error);
	g_assert_no_error(error);
	db_run(stmt, &error);
	g_assert_no_error(error);
	g_clear_pointer(&stmt, db_stmt_release);
	db_txn_commit(txn, &error);
	g_assert_no_error(error);
}

/* As it was before the states of tasks followed from pieces: what follows is not there, nor the migration
 * that says in which form it is. "Trước ngày" was taken for the day itself. */
static void
make_old(const Fixture *fixture)
{
	static const DbSql STEPS[] = {
	    OLD("UPDATE task SET due_day = due_day + 1, due_key = due_key + 1 WHERE deadline_raw LIKE 'Trước "
		"%' AND "
		"deadline_kind = 1"),
	    OLD("UPDATE task SET live_key = due_key, live_original = due_key, work_stage = 0, work_percent = "
		"-1, "
		"work_due = NULL, work_late = 0, piece_count = 0, done_count = 0"),
	    OLD("DELETE FROM task_state_tally"),
	    OLD("DELETE FROM task_tally WHERE role <> 99"),
	    OLD("INSERT INTO task_tally (commune_id, plan_id, role, agency_id, annex_no, due_key, "
		"task_count) SELECT "
		"commune_id, plan_id, 0, 0, annex_no, due_key, COUNT(*) FROM task GROUP BY commune_id, "
		"plan_id, annex_no, "
		"due_key"),
	    OLD("INSERT INTO task_tally (commune_id, plan_id, role, agency_id, annex_no, due_key, "
		"task_count) SELECT "
		"t.commune_id, t.plan_id, r.role, COALESCE(a.agency_id, 0), t.annex_no, t.due_key, COUNT(*) "
		"FROM task t "
		"CROSS JOIN (SELECT 1 AS role UNION SELECT 2) r LEFT JOIN (SELECT DISTINCT commune_id, "
		"plan_id, task_no, "
		"role, agency_id FROM task_agency) a ON a.commune_id = t.commune_id AND a.plan_id = "
		"t.plan_id AND "
		"a.task_no = t.task_no AND a.role = r.role GROUP BY t.commune_id, t.plan_id, r.role, "
		"COALESCE(a.agency_id, 0), t.annex_no, t.due_key"),
	    OLD("INSERT INTO task_state_tally (commune_id, plan_id, role, agency_id, annex_no, live_key, "
		"live_original, "
		"task_count) SELECT commune_id, plan_id, role, agency_id, annex_no, due_key, due_key, "
		"task_count FROM "
		"task_tally"),
	    OLD("DROP TABLE app_derived"),
	    OLD("DELETE FROM db_migration WHERE module = 'app' AND number = 10"),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++)
		run_sql(fixture, &STEPS[i]);
}

static void
open_again(Fixture *fixture)
{
	const AppOptions options = {.directory = fixture->test->directory,
	    .database = db_is_server(fixture->test->location) ? fixture->test->location : NULL,
	    .modules = APP_MODULES,
	    .now_us = instant_at(APP_TEST_TODAY, 9),
	    .today = APP_TEST_TODAY,
	    .is_clock_fixed = true};
	g_autoptr(GError) error = NULL;

	app_free(fixture->test->app);
	app_open(&options, &fixture->test->app, &error);
	g_assert_no_error(error);
	fixture->test->db = app_db(fixture->test->app);
}

/* Everything that the lists of tasks show, as text. */
static char *
shown(const Fixture *fixture)
{
	g_autofree char *by_due = NULL, *json = NULL;

	g_assert_cmpint(app_test_get(fixture->test, "/nhiem-vu.csv?xep=thoi-han", &by_due), ==, 200);
	g_assert_cmpint(app_test_get(fixture->test, "/nhiem-vu.json?tinh-trang=qua-han", &json), ==, 200);
	return g_strconcat(by_due, json, NULL);
}

/* The first start of this program on a directory of an older one makes the states of tasks anew: verify
 * passes, and the lists show what they show in a directory of its own. */
static void
test_upgrade(Fixture *fixture, gconstpointer unused)
{
	static const DbSql BEFORE_A_DAY =
	    OLD("UPDATE task SET deadline_raw = 'Trước ngày 15/01/2027' WHERE task_no = 3");
	WorkEntry submit = work_entry(WORK_SUBMIT), accept = work_entry(WORK_ACCEPT),
		  update = work_entry(WORK_UPDATE);
	g_autofree char *before = NULL, *after = NULL;

	(void)unused;
	submit.product = "Cơ sở dữ liệu đã bàn giao";
	fixture_act(fixture, fixture->police, fixture_piece(fixture, 1), &submit);
	fixture_act(fixture, fixture->standing, fixture_piece(fixture, 1), &accept);
	update.percent = 40;
	fixture_act(fixture, fixture->office, fixture_piece(fixture, 2), &update);
	run_sql(fixture, &BEFORE_A_DAY); /* task 3 ends on 14/01/2027 */
	fixture_verify(fixture);
	before = shown(fixture);
	app_dispatcher_free(g_steal_pointer(&fixture->test->dispatcher));
	make_old(fixture);
	g_assert_cmpuint(fixture_count_problems(fixture), >, 0);
	open_again(fixture);
	fixture_verify(fixture);
	after = shown(fixture);
	g_assert_cmpstr(after, ==, before);
	/* Once is enough. */
	app_dispatcher_free(g_steal_pointer(&fixture->test->dispatcher));
	open_again(fixture);
	fixture_verify(fixture);
}

/* Whoever has done a part of it has begun, whether or not the form says so. */
static void
test_percent_begins(Fixture *fixture, gconstpointer unused)
{
	WorkEntry update = work_entry(WORK_UPDATE);
	int64_t id = fixture_piece(fixture, 2);
	WorkPiece found;

	(void)unused;
	update.percent = 0;
	update.done = "Chưa bắt đầu";
	found = fixture_act(fixture, fixture->office, id, &update);
	g_assert_cmpint(found.state, ==, WORK_NOT_STARTED);
	update.percent = 30;
	update.state = WORK_NOT_STARTED; /* what the form had before the number was typed */
	found = fixture_act(fixture, fixture->office, id, &update);
	g_assert_cmpint(found.state, ==, WORK_DOING);
	update.percent = 60;
	update.state = -1;
	found = fixture_act(fixture, fixture->office, id, &update);
	g_assert_cmpint(found.state, ==, WORK_DOING);
	fixture_verify(fixture);
}

/* The number that was set for work holds for the pages about tasks from the same day on. */
static void
test_soon(Fixture *fixture, gconstpointer unused)
{
	WorkScope scope = fixture_scope(fixture, fixture->standing);
	g_autofree char *before = NULL, *after = NULL, *later = NULL, *dashboard = NULL;
	const char *problem;
	g_autoptr(GError) error = NULL;

	(void)unused;
	/* Tasks 2 and 3 are due today and in 30 days, task 4 in 31. */
	g_assert_cmpint(
	    app_test_get(fixture->test, "/nhiem-vu.json?tinh-trang=sap-den-han", &before), ==, 200);
	g_assert_nonnull(strstr(before, "\"total\":2"));
	work_set_number(&scope, WORK_NUMBER_SOON, 40, APP_TEST_TODAY + 1, "Quy chế số 1", &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	g_assert_cmpint(
	    app_test_get(fixture->test, "/nhiem-vu.json?tinh-trang=sap-den-han", &later), ==, 200);
	g_assert_cmpstr(later, ==, before);
	work_set_number(&scope, WORK_NUMBER_SOON, 31, APP_TEST_TODAY, "Quy chế số 1", &problem, &error);
	g_assert_no_error(error);
	g_assert_null(problem);
	g_assert_cmpint(
	    app_test_get(fixture->test, "/nhiem-vu.json?tinh-trang=sap-den-han", &after), ==, 200);
	g_assert_nonnull(strstr(after, "\"total\":3"));
	g_assert_nonnull(strstr(after, "Còn 31 ngày"));
	g_assert_cmpint(app_test_get(fixture->test, "/", &dashboard), ==, 200);
	g_assert_nonnull(strstr(dashboard, "khi còn từ 31 ngày trở xuống"));
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
	fixture_add("/work/upgrade-of-an-older-directory", test_upgrade);
	fixture_add("/work/percent-begins", test_percent_begins);
	fixture_add("/work/soon-on-pages-of-tasks", test_soon);
	return g_test_run();
}
