/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/secret/tests/fill.h"

#include "modules/intake/intake_internal.h"
#include "modules/link/link.h"
#include "modules/money/money_carry.h"
#include "modules/notify/notify_rules.h"
#include "modules/proposal/proposal.h"
#include "modules/remind/remind_explain.h"
#include "modules/work/work_deliverable.h"
#include "storage/txn.h"

#include <string.h>

#define PLAN_ID 2
#define TASK_NO 1
#define SAID FILL_WORDS " của nhiệm vụ"

const char *const FILL_COLUMNS[][2] = {{"money_entry", "note"}, {"money_entry", "doc_number"},
    {"money_carry", "reason"}, {"money_finding", "facts"}, {"money_finding", "reason"}, {"proposal", "title"},
    {"proposal", "body"}, {"proposal_entry", "text"}, {"remind_explain", "label"},
    {"remind_explain_entry", "body"}, {"notify_message", "subject"}, {"plan_change", "new_text"},
    {"plan_line_field", "old_text"}, {"work_product", "expected"}, {"work_product", "reason"},
    {"link_pair", "reason"}, {"link_document", "title"}, {NULL, NULL}};

/* An entry that came from another task. */
static void
fill_carry(const MoneyScope *scope)
{
	const MoneyEntry entry = {.plan_id = PLAN_ID,
	    .task_no = 2,
	    .kind = MONEY_ESTIMATE,
	    .source = "xa",
	    .year = 2026,
	    .amount = 1,
	    .day = APP_TEST_TODAY,
	    .doc_number = "",
	    .note = ""};
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t entry_id;

	money_add(scope, &entry, &entry_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	money_move(scope, entry_id, PLAN_ID, TASK_NO, SAID, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
}

static void
fill_money(AppTest *test, Arena *arena)
{
	const MoneyScope scope = {.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .today = APP_TEST_TODAY,
	    .actor = {.person_id = 1, .name = "kế toán", .origin = "kiểm thử"},
	    .arena = arena};
	MoneyEntry entry = {.plan_id = PLAN_ID,
	    .task_no = TASK_NO,
	    .kind = MONEY_ESTIMATE,
	    .source = "xa",
	    .year = 2026,
	    .amount = 987654321,
	    .day = APP_TEST_TODAY,
	    .doc_number = SAID,
	    .note = SAID};
	MoneyFinding finding = {.plan_id = PLAN_ID,
	    .task_no = TASK_NO,
	    .rule = "kiem-thu",
	    .facts = SAID,
	    .state = MONEY_FINDING_CLOSED,
	    .opened_day = APP_TEST_TODAY,
	    .reason = SAID,
	    .name = "kế toán"};
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t entry_id;

	money_add(&scope, &entry, &entry_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	entry.corrects_id = entry_id;
	money_add(&scope, &entry, &entry_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	fill_carry(&scope);
	money_put_finding(&scope, &finding, &error);
	g_assert_no_error(error);
	finding.finding_id = 1; /* closed by a person, with a reason */
	money_put_finding(&scope, &finding, &error);
	g_assert_no_error(error);
	money_put_finding(&scope,
	    &(MoneyFinding){.plan_id = PLAN_ID,
		.task_no = 2,
		.rule = "x",
		.facts = "y",
		.state = MONEY_FINDING_OPEN,
		.opened_day = APP_TEST_TODAY,
		.reason = ""},
	    &error);
	g_assert_no_error(error);
}

static void
fill_proposal(const WorkScope *scope)
{
	const Proposal wanted = {.kind = PROPOSAL_OBSTACLE,
	    .what = PLAN_LINE_TASK,
	    .plan_id = PLAN_ID,
	    .row_no = TASK_NO,
	    .title = SAID,
	    .body = SAID,
	    .new_day = DATE_NONE};
	ProposalEntry returned = proposal_entry(PROPOSAL_RETURN);
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	returned.text = SAID;
	proposal_raise(scope, &wanted, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
	proposal_act(scope, outcome.proposal_id, WORK_ANY_VERSION, &returned, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
}

/* Asked of a unit without a head: nobody is told, so a message is put in. */
static void
fill_explain(const WorkScope *scope)
{
	const RemindQuestion question = {.plan_id = PLAN_ID,
	    .task_no = TASK_NO,
	    .agency_id = 1,
	    .label = SAID,
	    .path = "/nhiem-vu?q=" SAID,
	    .body = SAID,
	    .due = scope->today + 3};
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t explain_no;

	remind_explain_ask(scope, &question, &explain_no, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	remind_explain_act(scope, explain_no, REMIND_ANSWER, SAID, DATE_NONE, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	notify_tell(scope->db, scope->commune_id, scope->now_us, NOTIFY_EXPLAIN_ASKED,
	    &(NotifyNew){.person_id = 1,
		.once_key = "bi-mat",
		.subject = SAID,
		.body = "",
		.path = arena_printf(scope->arena, "/giai-trinh/%" G_GINT64_FORMAT, explain_no)},
	    &error);
	g_assert_no_error(error);
}

/* What the task as a whole has to bring about. */
static void
fill_product(const WorkScope *scope)
{
	const WorkPiece piece = {
	    .plan_id = PLAN_ID, .task_no = TASK_NO, .role = AGENCY_ROLE_LEAD, .agency_id = 1};
	const WorkProduct product = {.kind = "van-ban", .expected = SAID, .reason = SAID};
	g_autoptr(GError) error = NULL;
	const char *problem;

	work_set_product(scope, &piece, &product, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
}

static void
fill_plan(const WorkScope *scope)
{
	const PlanScope plan = {scope->db, scope->commune_id, PLAN_ID};
	PlanLineField field = {.field = "output", .title = "sản phẩm", .old_text = SAID, .new_text = SAID};
	PlanLine line = {.what = PLAN_LINE_TASK,
	    .old_no = TASK_NO,
	    .new_no = TASK_NO,
	    .change = PLAN_LINE_CHANGED,
	    .fields = &field,
	    .n_fields = 1};
	PlanChange change = {.what = PLAN_LINE_TASK,
	    .row_no = TASK_NO,
	    .field = field,
	    .from_day = APP_TEST_TODAY,
	    .doc_number = SAID,
	    .doc_day = APP_TEST_TODAY,
	    .source = "proposal/1"};
	PlanSuccession succession = {.old_plan_id = 1,
	    .new_plan_id = PLAN_ID,
	    .kind = PLAN_SUCCESSION_AMEND,
	    .from_day = APP_TEST_TODAY};
	g_autoptr(GPtrArray) lines = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;

	g_ptr_array_add(lines, &line);
	g_assert_true(db_txn_begin(scope->db, &txn, &error));
	plan_change_add(&plan, &scope->actor, scope->now_us, &change, &error);
	g_assert_no_error(error);
	plan_succeed(&plan, &scope->actor, scope->now_us, lines, &succession, &error);
	g_assert_no_error(error);
	db_txn_commit(txn, &error);
	g_assert_no_error(error);
}

static void
fill_higher(const LinkScope *scope, const char *task)
{
	char *text =
	    g_strdup_printf("ỦY BAN NHÂN DÂN\nTỈNH SUỐI LÀNH\nSố: 9/KH-UBND\n\nKẾ HOẠCH\nChuyển đổi số\n\n"
			    "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n"
			    "| TT | Nhiệm vụ | Cơ quan chủ trì | Sản phẩm | Thời gian hoàn thành |\n"
			    "|---|---|---|---|---|\n"
			    "| 1 | %s | Ủy ban nhân dân cấp xã | Báo cáo | Tháng 6/2026 |\n",
		task);
	g_autoptr(GError) error = NULL;
	IntakeReading *reading = NULL;
	int64_t higher_id;
	bool is_new;

	intake_read("tinh.md", text, strlen(text), &reading, &error);
	g_assert_no_error(error);
	link_higher_add(scope, reading->plan, "tinh.md", "b1", &higher_id, &is_new, &error);
	g_assert_no_error(error);
	intake_reading_free(reading);
}

static void
fill_link(AppTest *test, Arena *arena, const char *task)
{
	const LinkScope scope = {.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .today = APP_TEST_TODAY,
	    .actor = {.person_id = 1, .name = "người thường trực", .origin = "kiểm thử"},
	    .arena = arena};
	LinkDocument document = {.number = "5/QĐ-UBND",
	    .type = "Quyết định",
	    .issuer = "UBND tỉnh",
	    .title = arena_printf(arena, "%s: " SAID, task),
	    .issued_day = APP_TEST_TODAY,
	    .valid_from = APP_TEST_TODAY,
	    .valid_to = DATE_NONE,
	    .replaced_by = "",
	    .source = "Công báo tỉnh"};
	g_autoptr(GError) error = NULL;
	const char *problem;

	link_decide(&scope, PLAN_ID, TASK_NO, 1, LINK_CONFIRMED, 60, SAID, &error);
	g_assert_no_error(error);
	link_document_put(&scope, &document, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	fill_higher(&scope, task);
}

void
fill_modules(AppTest *test, const char *task)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .today = APP_TEST_TODAY,
	    .actor = {.person_id = 1, .name = "người thử", .origin = "kiểm thử"},
	    .arena = arena};

	fill_money(test, arena);
	fill_proposal(&scope);
	fill_explain(&scope);
	fill_plan(&scope);
	fill_product(&scope);
	fill_link(test, arena, task);
}
