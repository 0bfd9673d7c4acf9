/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "html/tests/html_check.h"
#include "modules/money/money_carry.h"
#include "modules/reconcile/reconcile.h"
#include "modules/succession/tests/two_plans.h"
#include "modules/task/task.h"
#include "modules/work/work_rows.h"
#include "storage/backend.h"

#include <string.h>

/* A plan is replaced or amended: money and corrected products follow, once. */

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	int64_t old_plan;
	MoneyScope money;
	WorkScope work;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;

	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	fixture->old_plan = two_store(fixture->test, TWO_OLD);
	fixture->work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	fixture->money = (MoneyScope){.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = instant_at(APP_TEST_TODAY, 9),
	    .today = APP_TEST_TODAY,
	    .actor = {.name = "Kế toán", .origin = "kiểm thử"},
	    .arena = fixture->arena};
	g_assert_true(work_open_all(&fixture->work, &error));
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	arena_free(fixture->arena);
	app_test_free(fixture->test);
}

static SuccessionResult
replace(const Fixture *fixture)
{
	return two_replace(fixture->test, fixture->arena, two_draft(fixture->test, TWO_NEW), 0,
	    fixture->old_plan, PLAN_SUCCESSION_REPLACE);
}

static MoneyEntry
entry_of(int64_t plan_id, int64_t task_no, MoneyKind kind, int64_t amount)
{
	return (MoneyEntry){.plan_id = plan_id,
	    .task_no = task_no,
	    .kind = kind,
	    .source = "xa",
	    .year = 2026,
	    .amount = amount,
	    .day = APP_TEST_TODAY,
	    .doc_number = "12/QĐ-UBND",
	    .note = ""};
}

static int64_t
put(const Fixture *fixture, const MoneyEntry *entry)
{
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t id;

	money_add(&fixture->money, entry, &id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	return id;
}

static int64_t
add(const Fixture *fixture, int64_t plan_id, int64_t task_no, MoneyKind kind, int64_t amount)
{
	const MoneyEntry entry = entry_of(plan_id, task_no, kind, amount);

	return put(fixture, &entry);
}

static int64_t
correct(const Fixture *fixture, int64_t corrects_id, int64_t amount)
{
	MoneyEntry entry = entry_of(0, 0, MONEY_ESTIMATE, amount);

	entry.corrects_id = corrects_id;
	entry.note = "Ghi nhầm";
	return put(fixture, &entry);
}

/* What counts; plan 0, task 0: anywhere. */
static int64_t
sum_of(const Fixture *fixture, int64_t plan_id, int64_t task_no, MoneyKind kind)
{
	const MoneyFilter filter = {.plan_id = plan_id, .task_no = task_no};
	g_autoptr(GPtrArray) totals = g_ptr_array_new();
	MoneyTotal sum = {.last_disbursed = DATE_NONE};
	g_autoptr(GError) error = NULL;

	g_assert_true(money_totals(&fixture->money, &filter, totals, &error));
	for (guint i = 0; i < totals->len; i++)
		money_total_add(&sum, g_ptr_array_index(totals, i));
	return sum.amounts[kind];
}

static guint
count_entries(const Fixture *fixture, int64_t plan_id, int64_t task_no)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(money_of_task(&fixture->money, plan_id, task_no, entries, &error));
	return entries->len;
}

/* The steps of the entries of a task. */
static GPtrArray *
steps_at(const Fixture *fixture, int64_t plan_id, int64_t task_no)
{
	GPtrArray *carries = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(money_carries(&fixture->money, plan_id, task_no, carries, &error));
	return carries;
}

static MoneyPlace
place_of(const Fixture *fixture, int64_t plan_id, int64_t task_no)
{
	g_autoptr(GError) error = NULL;
	MoneyPlace place;

	g_assert_true(money_place(&fixture->money, plan_id, task_no, &place, &error));
	return place;
}

static const MoneyFinding *
finding_of(const Fixture *fixture, int64_t plan_id, int64_t task_no, const char *rule)
{
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(money_findings_of_task(&fixture->money, plan_id, task_no, findings, &error));
	for (guint i = 0; i < findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(findings, i);

		if (strcmp(finding->rule, rule) == 0)
			return finding;
	}
	return NULL;
}

static int
reconcile(const Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	int n_changed;

	reconcile_run(&fixture->money, &n_changed, &error);
	g_assert_no_error(error);
	return n_changed;
}

/* Money, with what corrects it, goes on with its task; nothing is there twice, and what the new plan does not
 * have stays. */
static void
test_replace(Fixture *fixture, gconstpointer unused)
{
	int64_t old_plan = fixture->old_plan, wrong;
	g_autoptr(GPtrArray) steps = NULL;
	g_autoptr(GPtrArray) aways = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	const MoneyCarry *step;
	const MoneyAway *away;
	MoneyPlace place;

	(void)unused;
	add(fixture, old_plan, OLD_CAMERA, MONEY_ESTIMATE, 100);
	wrong = add(fixture, old_plan, OLD_CAMERA, MONEY_ALLOCATION, 90);
	correct(fixture, wrong, 80);
	add(fixture, old_plan, OLD_MUSEUM, MONEY_ALLOCATION, 7);
	correct(fixture, add(fixture, old_plan, OLD_MUSEUM, MONEY_ESTIMATE, 9), 0);
	result = replace(fixture);
	g_assert_cmpint(result.money.n_carried, ==, 3);
	g_assert_cmpint(result.money.n_left, ==, 1);
	g_assert_cmpint(result.money.amounts_left[MONEY_ALLOCATION], ==, 7);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_ALLOCATION), ==, 87);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_ESTIMATE), ==, 100);
	g_assert_cmpint(sum_of(fixture, old_plan, 0, MONEY_ALLOCATION), ==, 7);
	g_assert_cmpint(sum_of(fixture, result.new_plan_id, 0, MONEY_ALLOCATION), ==, 80);
	g_assert_cmpint(sum_of(fixture, result.new_plan_id, NEW_CAMERA, MONEY_ALLOCATION), ==, 80);
	g_assert_cmpuint(count_entries(fixture, result.new_plan_id, NEW_CAMERA), ==, 3);
	g_assert_cmpuint(count_entries(fixture, old_plan, OLD_CAMERA), ==, 0);
	g_assert_cmpuint(count_entries(fixture, old_plan, OLD_MUSEUM), ==, 3);
	steps = steps_at(fixture, result.new_plan_id, NEW_CAMERA);
	g_assert_cmpuint(steps->len, ==, 3);
	step = g_ptr_array_index(steps, 0);
	g_assert_cmpint(step->from_plan_id, ==, old_plan);
	g_assert_cmpint(step->from_task_no, ==, OLD_CAMERA);
	g_assert_nonnull(strstr(step->reason, "thay thế Kế hoạch số 57/KH-UBND ngày 26/9/2025"));
	g_assert_true(money_carried_away(&fixture->money, old_plan, OLD_CAMERA, aways, &error));
	g_assert_cmpuint(aways->len, ==, 1);
	away = g_ptr_array_index(aways, 0);
	g_assert_cmpint(away->task_no, ==, NEW_CAMERA);
	g_assert_cmpint(away->n_entries, ==, 2); /* that count */
	place = place_of(fixture, old_plan, OLD_CAMERA);
	g_assert_cmpint(place.kind, ==, MONEY_PLACE_TAKEN);
	g_assert_cmpint(place.next_task_no, ==, NEW_CAMERA);
	g_assert_cmpint(place_of(fixture, old_plan, OLD_MUSEUM).kind, ==, MONEY_PLACE_DROPPED);
	g_assert_cmpint(place_of(fixture, result.new_plan_id, NEW_CAMERA).kind, ==, MONEY_PLACE_COUNTS);
	two_verify(fixture->test);
}

/* Afterwards entries belong to the new plan; what is there is corrected, also with the unit that the new plan
 * no longer names. */
static void
test_afterwards(Fixture *fixture, gconstpointer unused)
{
	MoneyEntry wifi = entry_of(fixture->old_plan, OLD_WIFI, MONEY_ALLOCATION, 50), late;
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, fixture->old_plan};
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	const char *problem;
	int64_t id;

	(void)unused;
	g_assert_true(task_list_agencies(&plan, OLD_WIFI, fixture->arena, agencies, &error));
	wifi.agency_id = ((const TaskAgency *)g_ptr_array_index(agencies, 0))->agency_id;
	id = put(fixture, &wifi);
	result = replace(fixture);
	wifi.corrects_id = id;
	wifi.amount = 45;
	wifi.note = "Theo quyết toán";
	put(fixture, &wifi);
	g_assert_cmpint(sum_of(fixture, result.new_plan_id, NEW_WIFI, MONEY_ALLOCATION), ==, 45);
	late = entry_of(fixture->old_plan, OLD_CAMERA, MONEY_ESTIMATE, 1);
	g_assert_true(money_add(&fixture->money, &late, &id, &problem, &error));
	g_assert_nonnull(strstr(problem, "kế hoạch mới tiếp nhận"));
	/* What was dropped may still have its last bill. */
	add(fixture, fixture->old_plan, OLD_MUSEUM, MONEY_DISBURSEMENT, 3);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_DISBURSEMENT), ==, 3);
	two_verify(fixture->test);
}

/* A finding goes with its money: what a person closed stays closed as long as the figures are the same, and
 * the comparison goes on in the new plan. */
static void
test_findings(Fixture *fixture, gconstpointer unused)
{
	static const char RULE[] = "vuot-phan-bo", PRODUCT[] = "giai-ngan-khong-san-pham";
	const MoneyFinding *closed, *museum;
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	const char *problem;

	(void)unused;
	add(fixture, fixture->old_plan, OLD_CAMERA, MONEY_ALLOCATION, 50);
	add(fixture, fixture->old_plan, OLD_CAMERA, MONEY_DISBURSEMENT, 60);
	add(fixture, fixture->old_plan, OLD_MUSEUM, MONEY_DISBURSEMENT, 60);
	g_assert_cmpint(reconcile(fixture), >, 0);
	closed = finding_of(fixture, fixture->old_plan, OLD_CAMERA, RULE);
	g_assert_cmpint(closed->state, ==, MONEY_FINDING_OPEN);
	g_assert_true(
	    reconcile_close(&fixture->money, closed->finding_id, "Đã có văn bản bổ sung", &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	result = replace(fixture);
	g_assert_null(finding_of(fixture, fixture->old_plan, OLD_CAMERA, RULE));
	g_assert_cmpint(reconcile(fixture), ==, 0);
	g_assert_cmpint(
	    finding_of(fixture, result.new_plan_id, NEW_CAMERA, RULE)->finding_id, ==, closed->finding_id);
	g_assert_cmpint(
	    finding_of(fixture, result.new_plan_id, NEW_CAMERA, RULE)->state, ==, MONEY_FINDING_CLOSED);
	g_assert_cmpint(
	    finding_of(fixture, result.new_plan_id, NEW_CAMERA, PRODUCT)->state, ==, MONEY_FINDING_OPEN);
	museum = finding_of(fixture, fixture->old_plan, OLD_MUSEUM, PRODUCT);
	g_assert_cmpint(museum->state, ==, MONEY_FINDING_CLOSED);
	g_assert_nonnull(strstr(museum->reason, "thay thế"));
	/* The figures of the new plan's task are the carried ones and its own. */
	add(fixture, result.new_plan_id, NEW_CAMERA, MONEY_ALLOCATION, 10);
	g_assert_cmpint(reconcile(fixture), >, 0);
	g_assert_cmpint(
	    finding_of(fixture, result.new_plan_id, NEW_CAMERA, RULE)->state, ==, MONEY_FINDING_GONE);
	two_verify(fixture->test);
}

/* Both plans counted already and had money and findings of their own. */
static void
test_late(Fixture *fixture, gconstpointer unused)
{
	static const char RULE[] = "vuot-phan-bo";
	int64_t new_plan = two_store(fixture->test, TWO_NEW);
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_true(work_open_all(&fixture->work, &error));
	add(fixture, fixture->old_plan, OLD_CAMERA, MONEY_ALLOCATION, 10);
	add(fixture, fixture->old_plan, OLD_CAMERA, MONEY_DISBURSEMENT, 20);
	add(fixture, new_plan, NEW_CAMERA, MONEY_ALLOCATION, 1);
	add(fixture, new_plan, NEW_CAMERA, MONEY_DISBURSEMENT, 2);
	reconcile(fixture);
	two_replace(fixture->test, fixture->arena, 0, new_plan, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(sum_of(fixture, new_plan, NEW_CAMERA, MONEY_DISBURSEMENT), ==, 22);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_DISBURSEMENT), ==, 22);
	g_assert_cmpint(
	    finding_of(fixture, fixture->old_plan, OLD_CAMERA, RULE)->state, ==, MONEY_FINDING_GONE);
	g_assert_cmpint(reconcile(fixture), >, 0);
	g_assert_nonnull(strstr(finding_of(fixture, new_plan, NEW_CAMERA, RULE)->facts, "Giải ngân 22 đồng"));
	two_verify(fixture->test);
}

/* Replaced, and replaced again: each step is kept, what counts is the same all the way. */
static void
test_several(Fixture *fixture, gconstpointer unused)
{
	SuccessionResult first, second;
	g_autoptr(GPtrArray) steps = NULL;
	g_autoptr(GPtrArray) aways = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	add(fixture, fixture->old_plan, OLD_CAMERA, MONEY_ALLOCATION, 5);
	add(fixture, fixture->old_plan, OLD_WIFI, MONEY_ALLOCATION, 6);
	first = replace(fixture);
	second = two_replace(fixture->test, fixture->arena, two_draft(fixture->test, TWO_NEXT), 0,
	    first.new_plan_id, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_ALLOCATION), ==, 11);
	g_assert_cmpint(sum_of(fixture, second.new_plan_id, 1, MONEY_ALLOCATION), ==, 5);
	g_assert_cmpint(sum_of(fixture, first.new_plan_id, NEW_WIFI, MONEY_ALLOCATION), ==, 6);
	g_assert_cmpint(second.money.n_left, ==, 1);
	steps = steps_at(fixture, second.new_plan_id, 1);
	g_assert_cmpuint(steps->len, ==, 2);
	g_assert_cmpint(
	    ((const MoneyCarry *)g_ptr_array_index(steps, 0))->from_plan_id, ==, fixture->old_plan);
	g_assert_cmpint(
	    ((const MoneyCarry *)g_ptr_array_index(steps, 1))->from_plan_id, ==, first.new_plan_id);
	/* The first plan's task tells where the money is now, not where it was in between. */
	g_assert_true(money_carried_away(&fixture->money, fixture->old_plan, OLD_CAMERA, aways, &error));
	g_assert_cmpuint(aways->len, ==, 1);
	g_assert_cmpint(((const MoneyAway *)g_ptr_array_index(aways, 0))->plan_id, ==, second.new_plan_id);
	two_verify(fixture->test);
}

/* An amending plan takes the money of the rows that it names; both count. */
static void
test_amend(Fixture *fixture, gconstpointer unused)
{
	SuccessionResult result;

	(void)unused;
	add(fixture, fixture->old_plan, OLD_CAMERA, MONEY_ALLOCATION, 5);
	add(fixture, fixture->old_plan, OLD_MUSEUM, MONEY_ALLOCATION, 6);
	result = two_replace(fixture->test, fixture->arena, two_draft(fixture->test, TWO_AMEND), 0,
	    fixture->old_plan, PLAN_SUCCESSION_AMEND);
	g_assert_cmpint(result.money.n_carried, ==, 1);
	g_assert_cmpint(result.money.n_left, ==, 0);
	g_assert_cmpint(sum_of(fixture, result.new_plan_id, 1, MONEY_ALLOCATION), ==, 5);
	g_assert_cmpint(sum_of(fixture, fixture->old_plan, 0, MONEY_ALLOCATION), ==, 6);
	g_assert_cmpint(place_of(fixture, fixture->old_plan, OLD_MUSEUM).kind, ==, MONEY_PLACE_COUNTS);
	g_assert_cmpint(place_of(fixture, fixture->old_plan, OLD_CAMERA).kind, ==, MONEY_PLACE_TAKEN);
	two_verify(fixture->test);
}

static const char *
move(const Fixture *fixture, int64_t entry_id, int64_t plan_id, int64_t task_no, const char *reason)
{
	g_autoptr(GError) error = NULL;
	const char *problem;

	money_move(&fixture->money, entry_id, plan_id, task_no, reason, &problem, &error);
	g_assert_no_error(error);
	return problem;
}

/* Where the program could not know (split, merged, dropped), a person puts an entry where it belongs, with
 * what it corrects; the amount counts once all the time. */
static void
test_move(Fixture *fixture, gconstpointer unused)
{
	int64_t old_plan = fixture->old_plan, first, last, other, new_plan;
	g_autoptr(GPtrArray) steps = NULL;
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	first = add(fixture, old_plan, OLD_MUSEUM, MONEY_ALLOCATION, 90);
	last = correct(fixture, first, 70);
	other = add(fixture, old_plan, OLD_MUSEUM, MONEY_ALLOCATION, 5);
	new_plan = replace(fixture).new_plan_id;
	g_assert_nonnull(strstr(move(fixture, first, new_plan, NEW_DRONE, "x"), "khoản mới nhất"));
	g_assert_nonnull(strstr(move(fixture, last, new_plan, NEW_DRONE, ""), "nêu lý do"));
	g_assert_nonnull(strstr(move(fixture, last, old_plan, OLD_WIFI, "x"), "không thuộc kế hoạch"));
	g_assert_nonnull(strstr(move(fixture, last, old_plan, OLD_MUSEUM, "x"), "chính nhiệm vụ đó"));
	g_assert_false(money_move(&fixture->money, last, new_plan, 99, "x", &problem, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_assert_cmpstr(move(fixture, last, new_plan, NEW_DRONE, "Gộp vào nhiệm vụ 6, QĐ 9"), ==, NULL);
	g_assert_cmpuint(count_entries(fixture, new_plan, NEW_DRONE), ==, 2);
	g_assert_cmpuint(count_entries(fixture, old_plan, OLD_MUSEUM), ==, 1);
	g_assert_cmpint(sum_of(fixture, new_plan, NEW_DRONE, MONEY_ALLOCATION), ==, 70);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_ALLOCATION), ==, 75);
	/* To another task of the same plan and back: it was there already, and is there once. */
	g_assert_cmpstr(move(fixture, last, new_plan, NEW_WIFI, "Tách"), ==, NULL);
	g_assert_cmpstr(move(fixture, last, new_plan, NEW_DRONE, "Ghi nhầm"), ==, NULL);
	steps = steps_at(fixture, new_plan, NEW_DRONE);
	g_assert_cmpuint(steps->len, ==, 6);
	g_assert_cmpint(sum_of(fixture, 0, 0, MONEY_ALLOCATION), ==, 75);
	g_assert_cmpint(sum_of(fixture, old_plan, OLD_MUSEUM, MONEY_ALLOCATION), ==, 5);
	g_assert_cmpstr(move(fixture, other, new_plan, NEW_WIFI, "Còn lại"), ==, NULL);
	g_assert_cmpint(sum_of(fixture, old_plan, 0, MONEY_ALLOCATION), ==, 0);
	two_verify(fixture->test);
}

static const DbSql TAMPER_CARRY = {.name = "tamper",
    .sqlite = "UPDATE money_carry SET from_task_no = 2 WHERE commune_id = ?1",
    .pg = "UPDATE money_carry SET from_task_no = 2 WHERE commune_id = $1",
    .n_params = 1};
static const DbSql TAMPER_PRODUCT = {.name = "tamper",
    .sqlite = "UPDATE work_product SET from_task_no = 9 WHERE commune_id = ?1 AND from_task_no > 0",
    .pg = "UPDATE work_product SET from_task_no = 9 WHERE commune_id = $1 AND from_task_no > 0",
    .n_params = 1};

static guint
count_problems(const Fixture *fixture, const DbSql *tamper)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(db_prepare(fixture->test->db, tamper, &stmt, &error));
	db_bind_int(stmt, 1, fixture->test->commune_id);
	g_assert_true(db_run(stmt, &error));
	app_verify(fixture->test->app, &report, &error);
	g_assert_no_error(error);
	return report.problems->len;
}

/* --- products ---------------------------------------------------------------------------------------------
 */

static const WorkPiece *
piece_of(const Fixture *fixture, int64_t plan_id, int64_t task_no, int64_t part_no)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(work_of_task(&fixture->work, plan_id, task_no, rows, &error));
	for (guint i = 0; i < rows->len; i++) {
		const WorkRow *row = g_ptr_array_index(rows, i);

		if (row->piece.part_no == part_no)
			return &row->piece;
	}
	g_assert_not_reached();
}

static void
say(const Fixture *fixture, const WorkPiece *piece, const char *kind, const char *expected)
{
	const WorkProduct product = {.kind = kind, .expected = expected, .reason = "Theo hướng dẫn 5"};
	g_autoptr(GError) error = NULL;
	const char *problem;

	work_set_product(&fixture->work, piece, &product, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
}

static WorkProduct
said_of(const Fixture *fixture, const WorkPiece *piece, const char **ret_output)
{
	g_auto(WorkNeeds) needs = {0};
	g_autoptr(GError) error = NULL;

	work_needs(&fixture->work, piece, &needs, &error);
	g_assert_no_error(error);
	*ret_output = needs.output;
	return needs.product;
}

static void
test_products(Fixture *fixture, gconstpointer unused)
{
	WorkNew part = {.plan_id = fixture->old_plan,
	    .task_no = OLD_CAMERA,
	    .role = AGENCY_ROLE_LEAD,
	    .part = "Kéo điện",
	    .due = DATE_NONE};
	const char *problem, *output;
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	WorkProduct said;
	int64_t part_id;

	(void)unused;
	part.agency_id = piece_of(fixture, fixture->old_plan, OLD_CAMERA, 0)->agency_id;
	work_add(&fixture->work, &part, &part_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	say(fixture, piece_of(fixture, fixture->old_plan, OLD_CAMERA, 1), "bao-cao", "Sơ đồ điện");
	say(fixture, piece_of(fixture, fixture->old_plan, OLD_TRAINING, 0), "van-ban", "Quyết định mở lớp");
	say(fixture, piece_of(fixture, fixture->old_plan, OLD_MUSEUM, 0), "khac", NULL);
	result = replace(fixture);
	g_assert_cmpint(result.products.n_carried, ==, 2);
	g_assert_cmpint(result.products.n_left, ==, 1);
	said = said_of(fixture, piece_of(fixture, result.new_plan_id, NEW_TRAINING, 0), &output);
	g_assert_cmpstr(said.kind, ==, "van-ban");
	g_assert_cmpstr(output, ==, "Quyết định mở lớp");
	g_assert_cmpstr(said.reason, ==, "Theo hướng dẫn 5");
	g_assert_cmpstr(said.name, ==, "Người thử");
	g_assert_cmpint(said.from_plan_id, ==, fixture->old_plan);
	g_assert_cmpint(said.from_task_no, ==, OLD_TRAINING);
	said = said_of(fixture, piece_of(fixture, result.new_plan_id, NEW_CAMERA, 1), &output);
	g_assert_cmpstr(output, ==, "Sơ đồ điện");
	/* Who says it anew says it of this task. */
	two_verify(fixture->test);
	say(fixture, piece_of(fixture, result.new_plan_id, NEW_TRAINING, 0), "lop", NULL);
	said = said_of(fixture, piece_of(fixture, result.new_plan_id, NEW_TRAINING, 0), &output);
	g_assert_cmpint(said.from_plan_id, ==, 0);
	g_assert_cmpstr(output, ==, "Danh sách học viên");
	two_verify(fixture->test);
	g_assert_cmpuint(count_problems(fixture, &TAMPER_PRODUCT), ==, 1);
}

/* The new plan words the product itself anew, or somebody spoke of it there already: that holds. */
static void
test_products_of_new(Fixture *fixture, gconstpointer unused)
{
	g_auto(GStrv) parts = g_strsplit(TWO_NEW, "Danh sách học viên", 2);
	g_autofree char *text = g_strjoinv("Báo cáo kết quả lớp học", parts);
	int64_t new_plan = two_store(fixture->test, text);
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	const char *output;

	(void)unused;
	g_assert_true(work_open_all(&fixture->work, &error));
	say(fixture, piece_of(fixture, fixture->old_plan, OLD_TRAINING, 0), "van-ban", "Quyết định mở lớp");
	say(fixture, piece_of(fixture, fixture->old_plan, OLD_WIFI, 0), "khac", "Ảnh các điểm");
	say(fixture, piece_of(fixture, new_plan, NEW_WIFI, 0), "khac", "Bản đồ các điểm");
	result = two_replace(
	    fixture->test, fixture->arena, 0, new_plan, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(result.products.n_carried, ==, 0);
	g_assert_cmpint(result.products.n_left, ==, 2);
	said_of(fixture, piece_of(fixture, new_plan, NEW_TRAINING, 0), &output);
	g_assert_cmpstr(output, ==, "Báo cáo kết quả lớp học");
	said_of(fixture, piece_of(fixture, new_plan, NEW_WIFI, 0), &output);
	g_assert_cmpstr(output, ==, "Bản đồ các điểm");
	two_verify(fixture->test);
}

/* --- pages ------------------------------------------------------------------------------------------------
 */

static void
check_page(AppTest *test, const char *target, const char *const *expected)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	html_check_assert(body);
	for (; *expected != NULL; expected++) {
		if (strstr(body, *expected) == NULL)
			g_test_message("%s: no \"%s\"", target, *expected);
		g_assert_nonnull(strstr(body, *expected));
	}
	g_assert_cmpuint(strlen(body), <, 60 * 1024);
}

static guint
count_in(AppTest *test, const char *target, const char *words)
{
	g_autofree char *body = NULL;
	guint n = 0;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	for (const char *at = strstr(body, words); at != NULL; at = strstr(at + 1, words))
		n++;
	return n;
}

static void
test_pages(Fixture *fixture, gconstpointer unused)
{
	AppTest *test = fixture->test;
	SuccessionScope scope = two_scope(test, fixture->arena, APP_TEST_TODAY);
	const Succession wanted = {.draft_id = two_draft(test, TWO_NEW),
	    .old_plan_id = fixture->old_plan,
	    .kind = PLAN_SUCCESSION_REPLACE,
	    .from_day = APP_TEST_TODAY};
	g_autoptr(GError) error = NULL;
	int64_t id;

	(void)unused;
	add(fixture, 1, OLD_CAMERA, MONEY_ALLOCATION, 1234567);
	add(fixture, 1, OLD_MUSEUM, MONEY_ALLOCATION, 7654321);
	say(fixture, piece_of(fixture, 1, OLD_TRAINING, 0), "van-ban", "Quyết định mở lớp");
	succession_begin(&scope, &wanted, &id, &error);
	g_assert_no_error(error);
	check_page(test, "/chuyen-tiep/1",
	    (const char *const[]){"Kinh phí đi theo: dự toán 0 đồng, phân bổ 1.234.567 đồng",
		"Kinh phí không chuyển theo, ở lại kế hoạch cũ: dự toán 0 đồng, phân bổ 7.654.321 đồng",
		"Sản phẩm đã sửa tay đi theo", "Kinh phí của 1 nhiệm vụ không còn trong kế hoạch mới", NULL});
	g_assert_cmpint(app_test_post(test, "/chuyen-tiep/1/tat-ca", "phien-ban=1", NULL, NULL), ==, 303);
	check_page(test, "/ra-soat/1/dua-vao",
	    (const char *const[]){"Kinh phí của 1 nhiệm vụ không còn trong kế hoạch mới ở lại", NULL});
	g_assert_cmpint(app_test_post(test, "/chuyen-tiep/1/thuc-hien", "phien-ban=2", NULL, NULL), ==, 303);
	/* Once it is done the comparison still names what stayed. */
	check_page(test, "/chuyen-tiep/1?loc=khong-con",
	    (const char *const[]){"Kinh phí không chuyển theo, ở lại kế hoạch cũ", NULL});
	g_assert_cmpuint(count_in(test, "/chuyen-tiep/1.csv", "7.654.321"), ==, 1);
	g_assert_cmpuint(count_in(test, "/chuyen-tiep/1.json", "1.234.567"), ==, 0);
	check_page(test, "/kinh-phi",
	    (const char *const[]){"kinh phí của kế hoạch không còn hiệu lực", "8.888.888",
		"Kế hoạch không còn hiệu lực", "57/KH-UBND ngày 26/9/2025", "57/KH-UBND ngày 24/02/2026",
		NULL});
	check_page(test, "/kinh-phi?theo=ke-hoach",
	    (const char *const[]){
		"57/KH-UBND ngày 26/9/2025</a>", "57/KH-UBND ngày 24/02/2026</a>", "8.888.888", NULL});
	g_assert_cmpuint(count_in(test, "/kinh-phi?hieu-luc=dang-thuc-hien", "7.654.321"), ==, 0);
	g_assert_cmpuint(count_in(test, "/kinh-phi?hieu-luc=khong-con", "1.234.567"), ==, 0);
	g_assert_cmpuint(count_in(test, "/kinh-phi.csv", "1234567"), ==, 1);
	g_assert_cmpuint(
	    count_in(test, "/kinh-phi.csv", "57/KH-UBND ngày 26/9/2025,không,6. Xây dựng"), ==, 1);
	g_assert_cmpuint(count_in(test, "/kinh-phi.csv", "57/KH-UBND ngày 24/02/2026,có,2. Lắp đặt"), ==, 1);
	g_assert_cmpuint(
	    count_in(test, "/kinh-phi.json", "\"plan\":2,\"plan_is_current\":true,\"task\":2"), ==, 1);
	g_assert_cmpuint(
	    count_in(test, "/kinh-phi.json", "\"plan\":1,\"plan_is_current\":false,\"task\":6"), ==, 1);
	check_page(test, "/kinh-phi/2?ke-hoach=2",
	    (const char *const[]){"Phân bổ: 1.234.567 đồng", "Theo từ", "/kinh-phi/1?ke-hoach=1",
		"nhiệm vụ của kế hoạch trước", "Ghi khoản mới", NULL});
	check_page(test, "/kinh-phi/1?ke-hoach=1",
	    (const char *const[]){"1 khoản đã chuyển theo sang", "/kinh-phi/2?ke-hoach=2", NULL});
	g_assert_cmpuint(count_in(test, "/kinh-phi/1?ke-hoach=1", "Ghi khoản mới"), ==, 0);
	check_page(test, "/nhiem-vu/2?ke-hoach=2", (const char *const[]){"1.234.567 đồng", NULL});
	check_page(test, "/nhiem-vu/6?ke-hoach=1",
	    (const char *const[]){"7.654.321 đồng", "kinh phí ở lại đây, không chuyển theo", NULL});
	check_page(
	    test, "/nhiem-vu/1?ke-hoach=1", (const char *const[]){"1 khoản đã chuyển theo sang", NULL});
	two_verify(test);
}

static void
test_move_page(Fixture *fixture, gconstpointer unused)
{
	AppTest *test = fixture->test;
	g_autofree char *refused = NULL;

	(void)unused;
	add(fixture, 1, OLD_MUSEUM, MONEY_ALLOCATION, 7654321);
	replace(fixture);
	check_page(test, "/kinh-phi/6?ke-hoach=1",
	    (const char *const[]){"không chuyển theo", "href=\"/kinh-phi/chuyen/1\"", NULL});
	/* The plan that came after is offered first. */
	check_page(test, "/kinh-phi/chuyen/1",
	    (const char *const[]){"7.654.321 đồng", "Thử nghiệm máy bay", "name=\"nhiem-vu\" value=\"6\"",
		"name=\"sang\" value=\"2\"", NULL});
	g_assert_cmpuint(count_in(test, "/kinh-phi/chuyen/1?tim=may+bay", "name=\"nhiem-vu\""), ==, 1);
	check_page(test, "/kinh-phi/chuyen/1?tim=khongco",
	    (const char *const[]){"Không tìm thấy nhiệm vụ nào", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/chuyen/1", "sang=2&ly-do=a%3Cb&tim=may+bay", &refused, NULL), ==,
	    422);
	html_check_assert(refused);
	g_assert_nonnull(strstr(refused, "Hãy chọn nhiệm vụ"));
	g_assert_nonnull(strstr(refused, ">a&lt;b</textarea>"));
	g_assert_nonnull(strstr(refused, "value=\"may bay\""));
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/chuyen/1", "sang=2&nhiem-vu=6&ly-do=", NULL, NULL), ==, 422);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/chuyen/1", "sang=2&nhiem-vu=99&ly-do=x", NULL, NULL), ==, 404);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/chuyen/9", "sang=2&nhiem-vu=6&ly-do=x", NULL, NULL), ==, 404);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/chuyen/1", "sang=2&nhiem-vu=6&ly-do=Theo+Q%C4%90+9", NULL, NULL),
	    ==, 303);
	check_page(test, "/kinh-phi/6?ke-hoach=2",
	    (const char *const[]){"7.654.321 đồng", "Theo QĐ 9", "nhiệm vụ của kế hoạch trước", NULL});
	check_page(
	    test, "/kinh-phi/6?ke-hoach=1", (const char *const[]){"1 khoản đã chuyển theo sang", NULL});
	g_assert_cmpuint(count_in(test, "/kinh-phi", "kinh phí của kế hoạch không còn hiệu lực"), ==, 0);
	two_verify(test);
	g_assert_cmpuint(count_problems(fixture, &TAMPER_CARRY), ==, 1);
}

static void
add_test(const char *path, void (*run)(Fixture *fixture, gconstpointer unused))
{
	g_test_add(path, Fixture, NULL, set_up, run, tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add_test("/succession/money/replace", test_replace);
	add_test("/succession/money/afterwards", test_afterwards);
	add_test("/succession/money/findings", test_findings);
	add_test("/succession/money/late", test_late);
	add_test("/succession/money/several", test_several);
	add_test("/succession/money/amend", test_amend);
	add_test("/succession/money/move", test_move);
	add_test("/succession/products", test_products);
	add_test("/succession/products/of-the-new-plan", test_products_of_new);
	add_test("/succession/money/pages", test_pages);
	add_test("/succession/money/move-page", test_move_page);
	return g_test_run();
}
