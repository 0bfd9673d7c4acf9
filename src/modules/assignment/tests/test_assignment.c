/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "html/tests/html_check.h"
#include "modules/intake/intake.h"
#include "modules/task/task.h"
#include "modules/work/tests/fixture.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_given.h"
#include "modules/work/work_rows.h"
#include "modules/work/work_unassigned.h"
#include "storage/txn.h"

#include <string.h>

/* A plan as many communes write it: what is to be done, without who does it; who answers for what behind it.
 */
static const char PLAN[] = "ỦY BAN NHÂN DÂN XÃ BÌNH NGUYỆT\n\n"
			   "KẾ HOẠCH\n"
			   "Phát triển khoa học, công nghệ và chuyển đổi số năm 2026\n\n"
			   "I. MỤC TIÊU\n"
			   "1. Mục tiêu chung: Nâng cao chất lượng phục vụ người dân.\n\n"
			   "II. NHIỆM VỤ\n"
			   "1. Bảo đảm an toàn\n"
			   "- Bảo đảm an ninh mạng, phòng chống tội phạm công nghệ cao trên địa bàn xã.\n"
			   "- Phối hợp Phòng Văn hóa - Xã hội mở lớp kỹ năng số cho người cao tuổi.\n"
			   "2. Phát triển hạ tầng\n"
			   "- Lắp đặt trạm quan trắc mực nước ở ba hồ chứa.\n\n"
			   "III. TỔ CHỨC THỰC HIỆN\n"
			   "1. Công an xã\n"
			   "- Chủ trì bảo đảm an ninh mạng và phòng chống tội phạm công nghệ cao.\n"
			   "2. Phòng Văn hóa - Xã hội\n"
			   "- Tuyên truyền trên hệ thống truyền thanh cơ sở.\n";

#define PAGE "/giao-viec?ke-hoach=1"

typedef struct Given {
	AppTest *test;
	Arena *arena;
	WorkScope scope;
} Given;

static void
given_clear(Given *given)
{
	app_test_free(given->test);
	arena_free(given->arena);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Given, given_clear)

static void
read_plan(AppTest *test, const char *text)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeReading *reading;
	IntakeResult result;

	g_assert_true(intake_read("ke-hoach.txt", g_strdup(text), strlen(text), &reading, &error));
	g_ptr_array_add(readings, reading);
	g_assert_true(intake_store(test->app, readings, &result, &error));
	g_assert_no_error(error);
}

static Given
begin(void)
{
	Given given = {.test = app_test_new(APP_MODULES), .arena = arena_new()};

	read_plan(given.test, PLAN);
	given.scope = (WorkScope){.db = given.test->db,
	    .commune_id = given.test->commune_id,
	    .now_us = app_now_us(given.test->app),
	    .today = APP_TEST_TODAY,
	    .arena = given.arena};
	return given;
}

static int64_t
unassigned(const Given *given)
{
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	work_count_unassigned(&given->scope, 1, &n, &error);
	g_assert_no_error(error);
	return n;
}

/* The number of a unit as the page offers it. */
static int64_t
unit_named(const Given *given, const char *name)
{
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(work_agencies(&given->scope, agencies, &error));
	for (guint i = 0; i < agencies->len; i++) {
		const WorkAgency *agency = g_ptr_array_index(agencies, i);

		if (strcmp(agency->name, name) == 0)
			return agency->agency_id;
	}
	g_assert_not_reached();
}

static void
assert_page(const Given *given, const char *target, const char *const *expected)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(given->test, target, &body), ==, 200);
	html_check_assert(body);
	for (; *expected != NULL; expected++)
		if (strstr(body, *expected) == NULL)
			g_error("%s lacks: %s", target, *expected);
}

static int
post(const Given *given, const char *form, char **ret_body)
{
	return app_test_post(given->test, PAGE, form, ret_body, NULL);
}

static void
test_suggestions(void)
{
	g_auto(Given) given = begin();
	g_autofree char *selected = NULL;

	g_assert_cmpint(unassigned(&given), ==, 3);
	assert_page(&given, PAGE,
	    (const char *const[]){"Còn <b>3</b> nhiệm vụ", "Gợi ý: <b>Công an xã</b>", "an ninh mạng",
		"Gợi ý: <b>Phòng Văn hóa - Xã hội</b>", "nhiệm vụ nêu tên", NULL});
	/* They are chosen only when somebody asks for it, and nothing is given by that. */
	selected = g_strdup_printf(
	    "<option value=\"%" G_GINT64_FORMAT "\" selected>Công an xã", unit_named(&given, "Công an xã"));
	assert_page(&given, PAGE "&goi-y=chon", (const char *const[]){selected, NULL});
	g_assert_cmpint(unassigned(&given), ==, 3);
}

static void
test_give(void)
{
	g_auto(Given) given = begin();
	g_autofree char *form = NULL, *location = NULL;
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const WorkRow *row;

	form = g_strdup_printf("don-vi-1=%" G_GINT64_FORMAT "&han-1=2027-03-31&don-vi-2=%" G_GINT64_FORMAT
			       "&han-2=&don-vi-3=&han-3=&han-chung=2027-06-30",
	    unit_named(&given, "Công an xã"), unit_named(&given, "Phòng Văn hóa - Xã hội"));
	g_assert_cmpint(app_test_post(given.test, PAGE, form, NULL, &location), ==, 303);
	assert_page(&given, location, (const char *const[]){"Đã giao 2 nhiệm vụ", "Còn <b>1</b>", NULL});
	g_assert_true(work_of_task(&given.scope, 1, 1, rows, &error));
	g_assert_true(work_of_task(&given.scope, 1, 2, rows, &error));
	g_assert_cmpuint(rows->len, ==, 2);
	row = g_ptr_array_index(rows, 0);
	g_assert_cmpstr(row->agency, ==, "Công an xã");
	g_assert_cmpint(row->piece.role, ==, AGENCY_ROLE_LEAD);
	g_assert_cmpint(row->piece.due, ==, date_from_ymd(2027, 3, 31));
	row = g_ptr_array_index(rows, 1);
	g_assert_cmpint(row->piece.due, ==, date_from_ymd(2027, 6, 30));
}

/* All of a page or nothing of it; what was chosen and typed stays. */
static void
test_wrong(void)
{
	g_auto(Given) given = begin();
	g_autofree char *form = NULL, *body = NULL, *empty = NULL;
	int64_t police = unit_named(&given, "Công an xã");

	form = g_strdup_printf(
	    "don-vi-1=%" G_GINT64_FORMAT "&don-vi-3=%" G_GINT64_FORMAT "&han-3=2027-02-30", police, police);
	g_assert_cmpint(post(&given, form, &body), ==, 422);
	html_check_assert(body);
	g_assert_nonnull(strstr(body, "1 việc chưa đúng"));
	g_assert_nonnull(strstr(body, "hãy ghi đủ ngày, tháng, năm"));
	g_assert_nonnull(strstr(body, "value=\"2027-02-30\""));
	g_assert_cmpint(unassigned(&given), ==, 3);
	g_assert_cmpint(post(&given, "don-vi-1=&don-vi-2=", &empty), ==, 422);
	g_assert_nonnull(strstr(empty, "Hãy chọn đơn vị cho ít nhất một nhiệm vụ"));
}

static void
test_faster(void)
{
	g_auto(Given) given = begin();
	g_autofree char *form = NULL, *first = NULL, *body = NULL;
	int64_t police = unit_named(&given, "Công an xã");

	first = g_strdup_printf("don-vi-1=%" G_GINT64_FORMAT, police);
	g_assert_cmpint(post(&given, first, NULL), ==, 303);
	form = g_strdup_printf("don-vi-1=%" G_GINT64_FORMAT "&don-vi-3=%" G_GINT64_FORMAT "&han-3=2027-05-05",
	    unit_named(&given, "Phòng Văn hóa - Xã hội"), police);
	g_assert_cmpint(post(&given, form, &body), ==, 422);
	g_assert_nonnull(strstr(body, "nhiệm vụ thứ 1 vừa được người khác giao"));
	g_assert_nonnull(strstr(body, "value=\"2027-05-05\""));
	g_assert_cmpint(unassigned(&given), ==, 2);
}

static void
give_to(const Given *given, int64_t task_no, int64_t agency_id)
{
	g_autofree char *form =
	    g_strdup_printf("don-vi-%" G_GINT64_FORMAT "=%" G_GINT64_FORMAT, task_no, agency_id);

	g_assert_cmpint(post(given, form, NULL), ==, 303);
}

static Task
load_task(const Given *given, int64_t plan_id, int64_t task_no)
{
	const PlanScope plan = {given->scope.db, given->scope.commune_id, plan_id};
	g_autoptr(GError) error = NULL;
	Task task;

	g_assert_true(task_load(&plan, task_no, given->arena, &task, &error));
	return task;
}

static int64_t
count_tasks(const Given *given, int64_t agency_id)
{
	const TaskFilter filter = {.annex_no = TASK_ANY_ANNEX,
	    .agency_id = agency_id,
	    .role = AGENCY_ROLE_LEAD,
	    .keys = TASK_KEY_ALL};
	const PlanScope plan = {given->scope.db, given->scope.commune_id, 1};
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	g_assert_true(task_count(&plan, &filter, &n, &error));
	return n;
}

static void
verify(const Given *given, guint n_problems)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(given->test->app, &report, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(report.problems->len, ==, n_problems);
}

/* Who was given a task leads it wherever tasks are listed and counted; the plan's own words stay. */
static void
test_counted(void)
{
	g_auto(Given) given = begin();
	int64_t police = unit_named(&given, "Công an xã");
	g_autofree char *list = g_strdup_printf("/nhiem-vu?ke-hoach=1&co-quan=%" G_GINT64_FORMAT, police);
	Task task;

	g_assert_cmpint(count_tasks(&given, TASK_NOBODY), ==, 3);
	give_to(&given, 1, police);
	g_assert_cmpint(count_tasks(&given, TASK_NOBODY), ==, 2);
	g_assert_cmpint(count_tasks(&given, police), ==, 1);
	task = load_task(&given, 1, 1);
	g_assert_cmpstr(task.lead, ==, "");
	g_assert_cmpstr(task_lead_text(&task), ==, "Công an xã");
	g_assert_cmpint(task.lead_count, ==, 1);
	assert_page(&given, list, (const char *const[]){"Bảo đảm an ninh mạng", NULL});
	assert_page(
	    &given, "/", (const char *const[]){"Chưa ghi cơ quan chủ trì</a>", "Công an xã</a>", NULL});
	verify(&given, 0);
}

/* Counted for somebody who has no work of it. */
static void
test_baseless(void)
{
	static const DbSql SPOIL = {.name = "spoil",
	    .sqlite = "UPDATE task_agency SET task_no = 3 WHERE commune_id = ?1 AND is_given = 1",
	    .pg = "UPDATE task_agency SET task_no = 3 WHERE commune_id = $1 AND is_given = 1",
	    .n_params = 1};
	g_auto(Given) given = begin();
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	give_to(&given, 1, unit_named(&given, "Công an xã"));
	g_assert_true(db_prepare(given.scope.db, &SPOIL, &stmt, &error));
	db_bind_int(stmt, 1, given.scope.commune_id);
	g_assert_true(db_run(stmt, &error));
	verify(&given, 1);
}

/* Work of a store that was written before those who were given a task counted among its units. */
static void
test_older_store(void)
{
	g_auto(Given) given = begin();
	int64_t police = unit_named(&given, "Công an xã"), piece_id;
	const WorkPiece piece = {.plan_id = 1,
	    .task_no = 3,
	    .agency_id = police,
	    .role = AGENCY_ROLE_LEAD,
	    .period_end = DATE_NONE};
	WorkEntry open = work_entry(WORK_OPEN);
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(db_txn_begin(given.scope.db, &txn, &error));
	g_assert_true(work_insert(&given.scope, &piece, &open, &piece_id, &error));
	g_assert_cmpint(count_tasks(&given, police), ==, 0);
	g_assert_true(work_given_derive(&given.scope, &error));
	g_assert_cmpint(count_tasks(&given, police), ==, 1);
	g_assert_true(work_given_derive(&given.scope, &error));
	g_assert_cmpint(count_tasks(&given, police), ==, 1);
}

/* A plan that names nobody takes the place of one that named nobody: who was given a task goes on. */
static void
test_replaced(void)
{
	static const WorkCarryReason REASON = {.text = "Kế hoạch mới", .day = APP_TEST_TODAY};
	g_auto(Given) given = begin();
	g_autofree char *next = g_strconcat(PLAN, "- Giao ban hằng quý.\n", NULL);
	int64_t police = unit_named(&given, "Công an xã");
	WorkCarryTally tally = {0};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;
	Task task;

	give_to(&given, 1, police);
	read_plan(given.test, next);
	g_assert_true(db_txn_begin(given.scope.db, &txn, &error));
	g_assert_true(work_carry_task(&given.scope, 1, 1, 2, 1, &REASON, &tally, &error));
	g_assert_no_error(error);
	g_assert_cmpint(tally.n_carried, ==, 1);
	g_assert_cmpint(tally.n_closed, ==, 0);
	task = load_task(&given, 2, 1);
	g_assert_cmpstr(task_lead_text(&task), ==, "Công an xã");
}

static void
test_all_given(void)
{
	g_auto(Given) given = begin();
	g_autofree char *form = NULL;
	int64_t police = unit_named(&given, "Công an xã");

	form = g_strdup_printf("don-vi-1=%" G_GINT64_FORMAT "&don-vi-2=%" G_GINT64_FORMAT
			       "&don-vi-3=%" G_GINT64_FORMAT,
	    police, police, police);
	g_assert_cmpint(post(&given, form, NULL), ==, 303);
	assert_page(
	    &given, PAGE, (const char *const[]){"Mọi nhiệm vụ của kế hoạch đã có đơn vị chủ trì", NULL});
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/assignment/suggestions", test_suggestions);
	g_test_add_func("/assignment/give", test_give);
	g_test_add_func("/assignment/wrong", test_wrong);
	g_test_add_func("/assignment/faster", test_faster);
	g_test_add_func("/assignment/all-given", test_all_given);
	g_test_add_func("/assignment/counted", test_counted);
	g_test_add_func("/assignment/baseless", test_baseless);
	g_test_add_func("/assignment/older-store", test_older_store);
	g_test_add_func("/assignment/replaced", test_replaced);
	return g_test_run();
}
