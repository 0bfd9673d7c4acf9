/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/tests/fixture.h"

#include "storage/txn.h"

#include <string.h>

static WorkEntry
entry_of(WorkEntryKind kind, int64_t no, int32_t day)
{
	WorkEntry entry = work_entry(kind);

	entry.entry_no = no;
	entry.at_us = instant_at(day, 9);
	return entry;
}

#define DUE 20000
#define SOON 30

/* The state that follows from dates alone, day by day around the due day. */
static void
test_timeliness(void)
{
	static const struct {
		int32_t today;
		WorkTimeliness timeliness;
		const char *text, *look;
	} CASES[] = {
	    {DUE - 31, WORK_ON_TIME, "Chưa thực hiện", "idle"},
	    {DUE - 30, WORK_SOON, "Còn 30 ngày", "soon"},
	    {DUE, WORK_SOON, "Hạn cuối hôm nay", "soon"},
	    {DUE + 1, WORK_LATE, "Quá hạn 1 ngày", "late"},
	    {DUE + 400, WORK_LATE, "Quá hạn 400 ngày", "late"},
	};
	WorkEntry open = entry_of(WORK_OPEN, 1, DUE - 100);
	const WorkEntry *entries[] = {&open};
	WorkPiece piece = {.deadline_kind = PLAN_DEADLINE_ONCE, .period_end = DATE_NONE};

	open.due = DUE;
	work_replay(&piece, entries, 1);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) text = g_string_new(NULL);

		g_assert_cmpint(work_when(&piece, CASES[i].today, SOON).timeliness, ==, CASES[i].timeliness);
		work_describe(&piece, CASES[i].today, SOON, text);
		g_assert_cmpstr(text->str, ==, CASES[i].text);
		g_assert_cmpstr(work_look(&piece, CASES[i].today, SOON), ==, CASES[i].look);
	}
}

/* The original due day never moves: what is past it but not past the decided day is told apart. */
static void
test_extension(void)
{
	WorkEntry open = entry_of(WORK_OPEN, 1, DUE - 100), ask = entry_of(WORK_ASK_EXTENSION, 2, DUE - 5),
		  decide = entry_of(WORK_DECIDE, 3, DUE - 4), submit = entry_of(WORK_SUBMIT, 4, DUE + 8);
	const WorkEntry *entries[] = {&open, &ask, &decide, &submit};
	WorkPiece piece = {.deadline_kind = PLAN_DEADLINE_ONCE, .period_end = DATE_NONE};

	open.due = DUE;
	ask.due = DUE + 20;
	decide.due = DUE + 10;
	decide.ref_no = 2;
	work_replay(&piece, entries, 3);
	g_assert_cmpint(piece.due, ==, DUE); /* refused */
	decide.is_granted = true;
	work_replay(&piece, entries, 3);
	g_assert_cmpint(piece.original_due, ==, DUE);
	g_assert_cmpint(piece.due, ==, DUE + 10);
	g_assert_cmpint(piece.n_extensions, ==, 1);
	g_assert_cmpint(work_when(&piece, DUE + 3, SOON).timeliness, ==, WORK_EXTENDED);
	g_assert_cmpint(work_when(&piece, DUE + 3, SOON).days_original, ==, 3);
	g_assert_cmpint(work_when(&piece, DUE + 11, SOON).timeliness, ==, WORK_LATE);
	work_replay(&piece, entries, 4);
	g_assert_cmpint(piece.state, ==, WORK_WAITING);
	g_assert_cmpint(work_when(&piece, DUE + 300, SOON).timeliness, ==, WORK_ENDED_EXTENDED);
}

/* Whatever is taken back, the piece is what it would be without it; and replaying is a function of the
 * entries alone. */
static void
test_take_back(void)
{
	for (int round = 0; round < 200; round++) {
		WorkEntry made[12];
		const WorkEntry *entries[13], *without[12];
		int n = g_test_rand_int_range(2, 12), taken = g_test_rand_int_range(1, n);
		WorkEntry back = entry_of(WORK_TAKE_BACK, n + 1, DUE);
		WorkPiece piece = {.period_end = DATE_NONE}, other = piece;

		for (int i = 0; i < n; i++) {
			made[i] = entry_of(
			    i == 0 ? WORK_OPEN : (WorkEntryKind)g_test_rand_int_range(WORK_TAKE, WORK_RETURN),
			    i + 1, DUE + i);
			made[i].percent = g_test_rand_int_range(-1, 101);
			made[i].state = g_test_rand_int_range(-1, 2);
			made[i].person_id = i;
			entries[i] = &made[i];
			if (i != taken)
				without[i < taken ? i : i - 1] = &made[i];
		}
		back.ref_no = taken + 1;
		entries[n] = &back;
		work_replay(&piece, entries, (size_t)n + 1);
		work_replay(&other, without, (size_t)n - 1);
		g_assert_cmpint(piece.state, ==, other.state);
		g_assert_cmpint(piece.percent, ==, other.percent);
		g_assert_cmpint(piece.submitted_day, ==, other.submitted_day);
		g_assert_cmpint(piece.accepted_day, ==, other.accepted_day);
		g_assert_cmpint(piece.submitter_id, ==, other.submitter_id);
		g_assert_cmpint(piece.is_taken, ==, other.is_taken);
		g_assert_cmpint(piece.version, ==, n + 1);
	}
}

static void
test_words(void)
{
	static const struct {
		const char *output;
		bool is_document;
	} CASES[] = {{"Báo cáo số liệu", true}, {"Kế hoạch của UBND xã", true}, {"Danh sách", false},
	    {"Hệ thống được vận hành", false}, {NULL, false}};
	g_autoptr(GString) title = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		g_assert_cmpint(work_output_is_document(CASES[i].output), ==, CASES[i].is_document);
	work_period_title(PLAN_PERIOD_QUARTER, date_from_ymd(2026, 12, 31), title);
	g_assert_cmpstr(title->str, ==, "Quý IV/2026");
	g_assert_true(work_is_asked("Ủy ban MTTQ Việt Nam xã", false));
	g_assert_true(work_is_asked("Sở Khoa học và Công nghệ", true));
	g_assert_false(work_is_asked("Phòng Kinh tế", false));
}

/* Pieces come of the plan by themselves, and doing it again makes none. */
static void
test_run(Fixture *fixture, gconstpointer unused)
{
	WorkScope scope = fixture_scope(fixture, fixture->standing);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	const WorkFilter all = {.due_from = DATE_NONE, .due_to = DATE_NONE, .limit = 100};
	g_autoptr(GError) error = NULL;
	bool is_done;
	int n;

	(void)unused;
	g_assert_cmpint(fixture->n_made, ==, 9); /* nine tasks, one with two leads, one with none */
	g_assert_true(work_run(&scope, 100, &n, &is_done, &error));
	g_assert_true(is_done);
	g_assert_cmpint(n, ==, 0);
	g_assert_true(work_list(&scope, &all, rows, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, 9);
	g_assert_cmpstr(
	    ((const WorkRow *)g_ptr_array_index(rows, 0))->name, ==, "Rà soát trang thiết bị CNTT");
	fixture_verify(fixture);
}

/* The time of a periodic and a continuous task goes on: one piece for each period, none twice. */
static void
test_periods(Fixture *fixture, gconstpointer unused)
{
	int32_t today = date_from_ymd(2027, 7, 2);
	WorkScope scope = fixture_scope_on(fixture, fixture->standing, today);
	const WorkFilter filter = {
	    .due_from = APP_TEST_TODAY, .due_to = today + 400, .plan_id = 1, .task_no = 6, .limit = 100};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	fixture_run_all(&scope);
	g_assert_true(work_list(&scope, &filter, rows, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, 4); /* quarters: IV/2026 to III/2027 */
	g_assert_cmpint(
	    ((const WorkRow *)g_ptr_array_index(rows, 3))->piece.due, ==, date_from_ymd(2027, 9, 30));
	g_assert_cmpint(fixture_run_all(&scope), ==, 0);
	fixture_verify(fixture);
}

/* From the first update to acceptance by somebody else; each wrong step is refused with its reason. */
static void
test_acceptance(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 2); /* "Báo cáo", of the office */
	WorkEntry update = work_entry(WORK_UPDATE), submit = work_entry(WORK_SUBMIT),
		  issue = work_entry(WORK_ISSUE), back = work_entry(WORK_RETURN),
		  reopen = work_entry(WORK_REOPEN);

	(void)unused;
	fixture_refused(fixture, fixture->office, piece, &update, "Chưa có gì để ghi");
	update.state = WORK_DOING;
	update.percent = 40;
	update.done = "Đã làm xong dự thảo";
	fixture_refused(fixture, fixture->police, piece, &update, "không phải của bạn");
	g_assert_cmpint(fixture_act(fixture, fixture->office, piece, &update).percent, ==, 40);
	fixture_refused(fixture, fixture->office, piece, &submit, "phải nêu sản phẩm");
	submit.product = "Báo cáo kết quả chuyển đổi số";
	fixture_refused(fixture, fixture->office, piece, &submit, "Còn thiếu: tệp báo cáo");
	fixture_attach(fixture, piece, "bao-cao", "");
	g_assert_cmpint(fixture_act(fixture, fixture->office, piece, &submit).state, ==, WORK_WAITING);
	fixture_refused(fixture, fixture->office, piece, &update, "đang chờ nghiệm thu");
	issue.doc_number = "12/BC-UBND";
	issue.day = APP_TEST_TODAY;
	fixture_act(fixture, fixture->office, piece, &issue);
	fixture_refused(fixture, fixture->leader, piece, &back, "phải nêu lý do");
	back.reason = "Thiếu số liệu quý IV";
	g_assert_true(fixture_act(fixture, fixture->leader, piece, &back).is_returned);
	fixture_act(fixture, fixture->office, piece, &submit);
	g_assert_cmpint(fixture_act(fixture, fixture->leader, piece,
			    &(WorkEntry){.kind = WORK_ACCEPT, .month = DATE_NONE})
			    .state,
	    ==, WORK_DONE);
	fixture_refused(fixture, fixture->office, piece, &update, "đã khép lại");
	reopen.reason = "Số liệu sai";
	g_assert_cmpint(fixture_act(fixture, fixture->leader, piece, &reopen).state, ==, WORK_DOING);
	fixture_verify(fixture);
}

/* Whoever submitted does not accept, even with the right to. */
static void
test_nobody_accepts_his_own(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 1); /* "Cơ sở dữ liệu": no document */
	WorkEntry submit = work_entry(WORK_SUBMIT), accept = work_entry(WORK_ACCEPT),
		  assign = work_entry(WORK_ASSIGN);
	WorkPiece done;

	(void)unused;
	submit.product = "Cơ sở dữ liệu hộ tịch";
	fixture_refused(fixture, fixture->standing, piece, &submit, "không phải của bạn");
	assign.for_person = fixture->standing;
	fixture_act(fixture, fixture->standing, piece, &assign);
	fixture_act(fixture, fixture->standing, piece, &submit);
	fixture_refused(fixture, fixture->standing, piece, &accept, "phải do người khác làm");
	fixture_refused(fixture, 0, piece, &accept, "có tài khoản");
	done = fixture_act(fixture, fixture->leader, piece, &accept);
	g_assert_cmpint(done.state, ==, WORK_DONE);
	g_assert_cmpint(work_when(&done, APP_TEST_TODAY + 9, SOON).timeliness, ==, WORK_ENDED_LATE);
	g_assert_cmpint(work_when(&done, APP_TEST_TODAY + 9, SOON).days, ==, 15);
}

static void
test_requests(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 3);
	WorkEntry ask = work_entry(WORK_ASK_EXTENSION), decide = work_entry(WORK_DECIDE),
		  contest = work_entry(WORK_CONTEST);
	int32_t due = APP_TEST_TODAY + 30;
	WorkPiece after;

	(void)unused;
	ask.due = due;
	ask.reason = "Chờ hướng dẫn";
	fixture_refused(fixture, fixture->office, piece, &ask, "phải sau ngày đến hạn");
	ask.due = due + 20;
	decide.ref_no = fixture_act(fixture, fixture->office, piece, &ask).pending_no;
	fixture_refused(fixture, fixture->office, piece, &ask, "chờ quyết định");
	fixture_refused(fixture, fixture->standing, piece, &decide, "được quyền quyết định");
	fixture_refused(fixture, fixture->leader, piece, &decide, "phải nêu lý do");
	decide.is_granted = true;
	decide.due = due + 10;
	after = fixture_act(fixture, fixture->leader, piece, &decide);
	g_assert_cmpint(after.original_due, ==, due);
	g_assert_cmpint(after.due, ==, due + 10);
	fixture_refused(fixture, fixture->leader, piece, &decide, "không còn chờ");

	contest.state = WORK_DONE;
	contest.reason = "Đã xong từ tháng trước";
	decide.ref_no = fixture_act(fixture, fixture->office, piece, &contest).pending_no;
	decide.due = DATE_NONE;
	decide.state = WORK_DONE;
	decide.reason = "Có biên bản";
	g_assert_cmpint(fixture_act(fixture, fixture->leader, piece, &decide).state, ==, WORK_DONE);
	fixture_verify(fixture);
}

/* The clock of a conditional task starts when somebody confirms the event. */
static void
test_condition(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 7);
	WorkEntry event = work_entry(WORK_EVENT);
	g_autoptr(GString) text = g_string_new(NULL);
	WorkPiece before, after;
	WorkScope scope = fixture_scope(fixture, fixture->standing);
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_true(work_find(&scope, piece, &before, &error));
	work_describe(&before, APP_TEST_TODAY + 1000, SOON, text);
	g_assert_cmpstr(text->str, ==, "Chờ điều kiện");
	event.day = APP_TEST_TODAY - 1;
	event.due = APP_TEST_TODAY + 20;
	event.reason = "Quyết định của tỉnh";
	fixture_refused(fixture, fixture->office, piece, &event, "được quyền giao việc");
	after = fixture_act(fixture, fixture->standing, piece, &event);
	g_assert_cmpint(after.original_due, ==, APP_TEST_TODAY + 20);
	g_assert_cmpint(work_when(&after, APP_TEST_TODAY + 21, SOON).timeliness, ==, WORK_LATE);
	fixture_refused(fixture, fixture->standing, piece, &event, "đã được xác nhận");
}

/* Two people on one piece: the second is told, and nothing is written. */
static void
test_versions(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 3);
	WorkScope scope = fixture_scope(fixture, fixture->office);
	WorkEntry update = work_entry(WORK_UPDATE);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome;

	(void)unused;
	update.done = "Lần một";
	g_assert_true(work_act(&scope, piece, 1, &update, &outcome, &error));
	g_assert_false(outcome.is_conflict);
	update.done = "Lần hai";
	g_assert_true(work_act(&scope, piece, 1, &update, &outcome, &error));
	g_assert_true(outcome.is_conflict);
	g_assert_cmpint(outcome.piece.version, ==, 2);
}

static void
test_undo(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 3);
	WorkEntry update = work_entry(WORK_UPDATE), back = work_entry(WORK_TAKE_BACK);
	WorkScope scope = fixture_scope(fixture, fixture->office);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome;

	(void)unused;
	update.percent = 70;
	update.state = WORK_DOING;
	g_assert_cmpint(fixture_act(fixture, fixture->office, piece, &update).percent, ==, 70);
	back.ref_no = 2;
	fixture_refused(fixture, fixture->standing, piece, &back, "Chỉ người đã ghi");
	scope.now_us += 11 * INSTANT_SECOND;
	g_assert_true(work_act(&scope, piece, WORK_ANY_VERSION, &back, &outcome, &error));
	g_assert_nonnull(strstr(outcome.problem, "quá thời gian"));
	g_assert_cmpint(fixture_act(fixture, fixture->office, piece, &back).percent, ==, -1);
	fixture_refused(fixture, fixture->office, piece, &back, "vừa ghi");
	fixture_verify(fixture);
}

/* A month that is locked takes no updates, and says whom to ask; opened again it does. */
static void
test_lock(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 3);
	WorkEntry update = work_entry(WORK_UPDATE);
	WorkScope scope = fixture_scope(fixture, fixture->standing);
	g_autoptr(GError) error = NULL;

	(void)unused;
	update.done = "Việc tháng 11";
	update.month = date_from_ymd(2026, 11, 30);
	fixture_refused(fixture, fixture->office, piece, &update, "đã khóa theo lịch");
	g_assert_true(work_set_lock(&scope, update.month, false, &error));
	fixture_act(fixture, fixture->office, piece, &update);
	g_assert_true(work_set_lock(&scope, update.month, true, &error));
	fixture_refused(fixture, fixture->office, piece, &update, "người khóa: Người thường trực");
	fixture_verify(fixture);
}

static void
test_whose(Fixture *fixture, gconstpointer unused)
{
	WorkScope office = fixture_scope(fixture, fixture->office),
		  police = fixture_scope(fixture, fixture->police);
	WorkFilter filter = {.whose = WORK_MINE, .due_from = DATE_NONE, .due_to = DATE_NONE, .limit = 100};
	g_autoptr(GPtrArray) mine = g_ptr_array_new();
	g_autoptr(GPtrArray) given = g_ptr_array_new();
	g_autoptr(GPtrArray) related = g_ptr_array_new();
	WorkEntry assign = work_entry(WORK_ASSIGN);
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_true(work_list(&police, &filter, mine, &error));
	g_assert_cmpuint(mine->len, ==, 3);  /* tasks 1, 7 and 9 */
	assign.for_person = fixture->office; /* across units, by name */
	fixture_act(fixture, fixture->standing, fixture_piece(fixture, 1), &assign);
	g_assert_true(work_list(&police, &filter, given, &error));
	g_assert_cmpuint(given->len, ==, 2);
	filter.whose = WORK_RELATED;
	g_assert_true(work_list(&police, &filter, related, &error));
	g_assert_cmpuint(related->len, ==, 2); /* task 1 is with another; task 3 they coordinate */
	filter.whose = WORK_MINE;
	g_ptr_array_set_size(mine, 0);
	g_assert_true(work_list(&office, &filter, mine, &error));
	g_assert_cmpuint(mine->len, ==, 7);
}

static const DbSql TAMPER = {.name = "tamper",
    .sqlite = "UPDATE work_entry SET done = 'khác' WHERE commune_id = ?1 AND kind = 4",
    .pg = "UPDATE work_entry SET done = 'khác' WHERE commune_id = $1 AND kind = 4",
    .n_params = 1};
static const DbSql TAMPER_PIECE = {.name = "tamper_piece",
    .sqlite = "UPDATE work_piece SET state = 3 WHERE commune_id = ?1 AND piece_id = 1",
    .pg = "UPDATE work_piece SET state = 3 WHERE commune_id = $1 AND piece_id = 1",
    .n_params = 1};

/* An entry that was changed behind the program, and a state that no entry gave, are both found. */
static void
check_tampering(Fixture *fixture)
{
	const DbSql *const STATEMENTS[] = {&TAMPER, &TAMPER_PIECE};
	WorkEntry update = work_entry(WORK_UPDATE);

	update.done = "Việc một";
	fixture_act(fixture, fixture->office, fixture_piece(fixture, 3), &update);
	update.done = "Việc hai";
	fixture_act(fixture, fixture->office, fixture_piece(fixture, 4), &update);
	for (size_t i = 0; i < G_N_ELEMENTS(STATEMENTS); i++) {
		g_autoptr(DbStmt) stmt = NULL;
		g_autoptr(GError) error = NULL;

		db_prepare(fixture->test->db, STATEMENTS[i], &stmt, &error);
		g_assert_no_error(error);
		db_bind_int(stmt, 1, fixture->test->commune_id);
		db_run(stmt, &error);
		g_assert_no_error(error);
		g_assert_cmpuint(
		    fixture_count_problems(fixture), ==, i == 0 ? 2 : 4); /* the piece, and the task of it */
	}
}

static void
test_tampering(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	check_tampering(fixture);
}

/* Below a ledger so long that the pieces are shared out among two threads. */
static void
test_tampering_shared(Fixture *fixture, gconstpointer unused)
{
	const LedgerNote note = {LEDGER_READ, "test", NULL, NULL};
	AppTest *test = fixture->test;
	g_autoptr(DbTxn) txn = NULL;

	(void)unused;
	g_assert_true(db_txn_begin(test->db, &txn, NULL));
	for (int i = 0; i < 5000; i++)
		g_assert_true(ledger_note(
		    test->db, test->commune_id, &APP_SHELL_ACTOR, app_now_us(test->app), &note, NULL));
	g_assert_true(db_txn_commit(txn, NULL));
	g_clear_pointer(&txn, db_txn_free);
	fixture_verify(fixture);
	check_tampering(fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/work/timeliness", test_timeliness);
	g_test_add_func("/work/extension", test_extension);
	g_test_add_func("/work/take-back", test_take_back);
	g_test_add_func("/work/words", test_words);
	fixture_add("/work/run", test_run);
	fixture_add("/work/periods", test_periods);
	fixture_add("/work/acceptance", test_acceptance);
	fixture_add("/work/nobody-accepts-his-own", test_nobody_accepts_his_own);
	fixture_add("/work/requests", test_requests);
	fixture_add("/work/condition", test_condition);
	fixture_add("/work/versions", test_versions);
	fixture_add("/work/undo", test_undo);
	fixture_add("/work/lock", test_lock);
	fixture_add("/work/whose", test_whose);
	fixture_add("/work/tampering", test_tampering);
	fixture_add("/work/tampering-shared", test_tampering_shared);
	return g_test_run();
}
