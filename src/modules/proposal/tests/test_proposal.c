/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator.h"
#include "modules/proposal/proposal_internal.h"
#include "modules/task/task.h"
#include "modules/task/task_amend.h"
#include "modules/task/task_search.h"
#include "modules/task/tests/settings.h"
#include "modules/work/tests/fixture.h"
#include "modules/work/work_carry.h"

#include <string.h>

/* What units raise goes its way; only who is entitled decides; a decision makes a new version of the row. */

#define TASK 3 /* of the sample: led by the office, due in 30 days */
#define NEW_DUE (APP_TEST_TODAY + 90)

/* Somebody with one role for the commune, or with a post in an agency. */
static WorkScope
as(const Fixture *fixture, int64_t person_id, const char *role, int64_t agency_id, int32_t today)
{
	static const char *const STANDING[] = {APP_READ, APP_OPERATE, APP_PROPOSE, APP_ACCEPT, NULL};
	static const char *const DECIDER[] = {APP_READ, APP_DECIDE, NULL};
	static const char *const UNIT[] = {APP_READ, APP_UPDATE, APP_PROPOSE, NULL};
	static const char *const READER[] = {APP_READ, NULL};
	WorkScope scope = fixture_scope_on(fixture, person_id, today);
	AppVisitor *visitor = arena_new0(fixture->arena, AppVisitor);
	AppGrant *grant = arena_new0(fixture->arena, AppGrant);

	*grant = (AppGrant){.via = agency_id != 0 ? APP_VIA_POST : APP_VIA_COMMUNE,
	    .agency_id = agency_id,
	    .role = role,
	    .role_name = role,
	    .permissions = strcmp(role, "thuong-truc") == 0  ? STANDING
			   : strcmp(role, "quyet-dinh") == 0 ? DECIDER
			   : strcmp(role, "chu-tri") == 0    ? UNIT
							     : READER};
	*visitor = (AppVisitor){.session_id = 1,
	    .person_id = person_id,
	    .permissions = grant->permissions,
	    .grants = grant,
	    .n_grants = 1};
	scope.visitor = visitor;
	return scope;
}

static WorkScope
as_unit(const Fixture *fixture)
{
	return as(fixture, fixture->office, "chu-tri", 2, APP_TEST_TODAY);
}

static WorkScope
as_standing(const Fixture *fixture)
{
	return as(fixture, fixture->standing, "thuong-truc", 0, APP_TEST_TODAY);
}

static WorkScope
as_decider(const Fixture *fixture)
{
	return as(fixture, fixture->leader, "quyet-dinh", 0, APP_TEST_TODAY);
}

static int64_t
raise_one(const WorkScope *scope, const Proposal *wanted)
{
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	proposal_raise(scope, wanted, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
	return outcome.proposal_id;
}

static void
act(const WorkScope *scope, int64_t proposal_id, const ProposalEntry *entry)
{
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	proposal_act(scope, proposal_id, WORK_ANY_VERSION, entry, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
	g_assert_false(outcome.is_conflict);
}

static void
refused(const WorkScope *scope, int64_t proposal_id, const ProposalEntry *entry, const char *words)
{
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	proposal_act(scope, proposal_id, WORK_ANY_VERSION, entry, &outcome, &error);
	g_assert_no_error(error);
	g_assert_nonnull(outcome.problem);
	if (strstr(outcome.problem, words) == NULL)
		g_test_message("\"%s\" holds no \"%s\"", outcome.problem, words);
	g_assert_nonnull(strstr(outcome.problem, words));
}

static Proposal
look(const Fixture *fixture, int64_t proposal_id)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;
	Proposal proposal;

	proposal_find(&scope, proposal_id, &proposal, &error);
	g_assert_no_error(error);
	return proposal;
}

static ProposalEntry
said(ProposalEntryKind kind, bool is_granted, const char *text)
{
	ProposalEntry entry = proposal_entry(kind);

	entry.is_granted = is_granted;
	entry.text = text;
	return entry;
}

static ProposalEntry
by_document(ProposalEntryKind kind, bool is_granted, const char *text)
{
	ProposalEntry entry = said(kind, is_granted, text);

	entry.doc_number = "15/QĐ-UBND";
	entry.doc_day = APP_TEST_TODAY;
	return entry;
}

static const Proposal LATER = {.kind = PROPOSAL_ADJUST,
    .plan_id = 1,
    .what = PLAN_LINE_TASK,
    .row_no = TASK,
    .agency_id = 2,
    .title = "Xin lùi hạn",
    .body = "Thiếu thiết bị",
    .field = PROPOSAL_FIELD_DEADLINE,
    .new_day = NEW_DUE};

static const Proposal STUCK = {.kind = PROPOSAL_OBSTACLE,
    .plan_id = 1,
    .what = PLAN_LINE_TASK,
    .row_no = TASK,
    .agency_id = 2,
    .title = "Thiếu máy",
    .body = "Chưa có kinh phí mua máy",
    .field = "",
    .new_day = DATE_NONE};

static void
check_counts(const Fixture *fixture, int64_t on_time)
{
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, 1};
	const TaskFilter all = {
	    .annex_no = TASK_ANY_ANNEX, .agency_id = TASK_ANY_AGENCY, .keys = TASK_KEY_ALL};
	const TaskFilter office = {
	    .annex_no = TASK_ANY_ANNEX, .agency_id = 2, .role = AGENCY_ROLE_LEAD, .keys = TASK_KEY_ALL};
	int64_t states[TASK_STATE_MAX], n;
	g_autoptr(GError) error = NULL;

	g_assert_true(task_count(&plan, &all, &n, &error));
	g_assert_cmpint(n, ==, 9);
	g_assert_true(task_count(&plan, &office, &n, &error));
	g_assert_cmpint(n, ==, 6);
	g_assert_true(task_count_states(&plan, &all, APP_TEST_TODAY, &TASK_TEST_SETTINGS, states, &error));
	g_assert_cmpint(states[TASK_STATE_ON_TIME], ==, on_time);
}

/* How many tasks of plan 1 a query finds. */
static int64_t
found_by(const Fixture *fixture, const char *query)
{
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, 1};
	g_autofree char *expression = task_search_expression(query);
	const TaskFilter filter = {.annex_no = TASK_ANY_ANNEX,
	    .agency_id = TASK_ANY_AGENCY,
	    .keys = TASK_KEY_ALL,
	    .expression = expression};
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	task_count(&plan, &filter, &n, &error);
	g_assert_no_error(error);
	return n;
}

static void
test_adjust(Fixture *fixture, gconstpointer unused)
{
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, 1};
	WorkScope unit = as_unit(fixture), standing = as_standing(fixture), decider = as_decider(fixture);
	int64_t piece_id = fixture_piece(fixture, TASK), id, n_before;
	const ProposalEntry forward = said(PROPOSAL_FORWARD, false, "Đồng ý trình");
	const ProposalEntry bare = said(PROPOSAL_DECIDE, true, NULL);
	const ProposalEntry grant = by_document(PROPOSAL_DECIDE, true, "Đồng ý");
	const ProposalEntry settled = said(PROPOSAL_CONFIRM, true, NULL);
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const PlanChange *change;
	const WorkEntry *last;
	WorkPiece piece;
	Task task;

	(void)unused;
	check_counts(fixture, 1);
	n_before = found_by(fixture, "14/01/2027");
	id = raise_one(&unit, &LATER);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_OPEN);
	g_assert_cmpint(look(fixture, id).step_no, ==, 1);
	g_assert_cmpint(look(fixture, id).due, ==, APP_TEST_TODAY + 3); /* Friday */
	refused(&unit, id, &forward, "vai trò khác");
	refused(&decider, id, &grant, "vai trò khác");
	refused(&standing, id, &grant, "chưa đến bước quyết định");
	act(&standing, id, &forward);
	g_assert_cmpint(look(fixture, id).due, ==, APP_TEST_TODAY + 7); /* five working days */
	refused(&standing, id, &grant, "vai trò khác");
	refused(&decider, id, &bare, "số văn bản");
	act(&decider, id, &grant);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_ANSWERED);
	g_assert_true(task_load(&plan, TASK, fixture->arena, &task, &error));
	g_assert_cmpint(task.deadline.due, ==, NEW_DUE);
	g_assert_cmpstr(task.deadline_raw, ==, "15/3/2027");
	g_assert_cmpint(found_by(fixture, "15/3/2027"), ==, 1);
	g_assert_cmpint(found_by(fixture, "14/01/2027"), ==, n_before - 1);
	check_counts(fixture, 2);
	g_assert_true(plan_change_list(&plan, PLAN_LINE_TASK, TASK, fixture->arena, changes, &error));
	g_assert_cmpuint(changes->len, ==, 1);
	change = g_ptr_array_index(changes, 0);
	g_assert_cmpint(change->version, ==, 2);
	g_assert_cmpstr(change->field.old_text, ==, "14/01/2027");
	g_assert_cmpstr(change->field.new_text, ==, "15/3/2027");
	g_assert_cmpstr(change->doc_number, ==, "15/QĐ-UBND");
	g_assert_true(work_find(&unit, piece_id, &piece, &error));
	g_assert_cmpint(piece.original_due, ==, NEW_DUE);
	g_assert_true(work_entries(&unit, piece_id, entries, &error));
	last = g_ptr_array_index(entries, entries->len - 1);
	g_assert_cmpint(last->kind, ==, WORK_ADJUST);
	g_assert_cmpint(last->carry->old_original_due, ==, APP_TEST_TODAY + 30);
	refused(&standing, id, &settled, "Chỉ đơn vị đã nêu");
	act(&unit, id, &settled);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_CLOSED);
	fixture_verify(fixture);
}

static void
grant_output(const Fixture *fixture, const char *output)
{
	WorkScope unit = as_unit(fixture), standing = as_standing(fixture), decider = as_decider(fixture);
	const ProposalEntry forward = said(PROPOSAL_FORWARD, false, NULL);
	const ProposalEntry grant = by_document(PROPOSAL_DECIDE, true, "Đồng ý");
	Proposal wanted = LATER;
	int64_t id;

	wanted.field = PROPOSAL_FIELD_OUTPUT;
	wanted.new_text = output;
	wanted.new_day = DATE_NONE;
	id = raise_one(&unit, &wanted);
	act(&standing, id, &forward);
	act(&decider, id, &grant);
}

/* Search has the words that hold, and not those that were; adjusted twice, and made anew, too. */
static void
test_search(Fixture *fixture, gconstpointer unused)
{
	int64_t minutes = found_by(fixture, "biên bản");

	(void)unused;
	grant_output(fixture, "Biên bản bàn giao phần mềm");
	g_assert_cmpint(found_by(fixture, "bàn giao phần mềm"), ==, 1);
	g_assert_cmpint(found_by(fixture, "biên bản"), ==, minutes + 1);
	grant_output(fixture, "Giấy xác nhận");
	g_assert_cmpint(found_by(fixture, "bàn giao phần mềm"), ==, 0);
	g_assert_cmpint(found_by(fixture, "biên bản"), ==, minutes);
	g_assert_cmpint(found_by(fixture, "giấy xác nhận"), ==, 1);
	fixture_verify(fixture);
}

static void
run_sql(const Fixture *fixture, const DbSql *sql)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	db_prepare(fixture->test->db, sql, &stmt, &error);
	g_assert_no_error(error);
	db_bind_int(stmt, 1, fixture->test->commune_id);
	db_run(stmt, &error);
	g_assert_no_error(error);
}

/* A store in which an older program adjusted a row: search has the old words until it has caught up. */
static void
test_catch_up(Fixture *fixture, gconstpointer unused)
{
	static const DbSql KEEP = {.name = "keep",
	    .sqlite = "INSERT INTO task_search_old (commune_id, plan_id, task_no, output, deadline_raw) "
		      "SELECT commune_id, plan_id, task_no, output, NULL FROM task "
		      "WHERE commune_id = ?1 AND plan_id = 1 AND task_no = 3",
	    .pg = "INSERT INTO task_search_old (commune_id, plan_id, task_no, output, deadline_raw) "
		  "SELECT commune_id, plan_id, task_no, output, NULL FROM task "
		  "WHERE commune_id = $1 AND plan_id = 1 AND task_no = 3",
	    .n_params = 1};
	static const DbSql ADJUST = {.name = "adjust",
	    .sqlite = "UPDATE task SET output = 'Sổ giao nhận' "
		      "WHERE commune_id = ?1 AND plan_id = 1 AND task_no = 3",
	    .pg = "UPDATE task SET output = 'Sổ giao nhận' "
		  "WHERE commune_id = $1 AND plan_id = 1 AND task_no = 3",
	    .n_params = 1};
	g_autoptr(GError) error = NULL;

	(void)unused;
	grant_output(fixture, "Biên bản bàn giao phần mềm");
	run_sql(fixture, &KEEP);
	run_sql(fixture, &ADJUST);
	g_assert_cmpint(found_by(fixture, "bàn giao phần mềm"), ==, 1);
	for (int i = 0; i < 2; i++) {
		g_assert_true(task_search_catch_up(fixture->test->db, fixture->test->commune_id, &error));
		g_assert_cmpint(found_by(fixture, "bàn giao phần mềm"), ==, 0);
		g_assert_cmpint(found_by(fixture, "sổ giao nhận"), ==, 1);
	}
}

/* Who raised it does not decide, whatever roles he has. */
static void
test_own(Fixture *fixture, gconstpointer unused)
{
	WorkScope leader_as_unit = as(fixture, fixture->leader, "chu-tri", 2, APP_TEST_TODAY);
	WorkScope standing = as_standing(fixture), decider = as_decider(fixture),
		  nobody = fixture_scope(fixture, 0);
	const ProposalEntry forward = said(PROPOSAL_FORWARD, false, NULL);
	const ProposalEntry grant = by_document(PROPOSAL_DECIDE, true, "Đồng ý");
	int64_t id = raise_one(&leader_as_unit, &LATER);

	(void)unused;
	act(&standing, id, &forward);
	refused(&decider, id, &grant, "không quyết định về chính kiến nghị đó");
	refused(&nobody, id, &grant, "người có tài khoản");
}

static void
test_target(Fixture *fixture, gconstpointer unused)
{
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, 1};
	WorkScope unit = as_unit(fixture), standing = as_standing(fixture), decider = as_decider(fixture);
	const ProposalEntry forward = said(PROPOSAL_FORWARD, false, NULL);
	ProposalEntry grant = by_document(PROPOSAL_DECIDE, true, "Đồng ý");
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	g_autoptr(GPtrArray) after = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const IndicatorTarget *target;
	Proposal wanted = LATER;
	Indicator indicator;
	int64_t id;

	(void)unused;
	g_assert_true(indicator_load(&plan, 1, fixture->arena, &indicator, targets, &error));
	target = g_ptr_array_index(targets, 0);
	wanted.what = PLAN_LINE_INDICATOR;
	wanted.row_no = 1;
	wanted.field = PROPOSAL_FIELD_TARGET;
	wanted.year = target->year;
	wanted.new_text = "≥ 77,5%";
	wanted.new_day = DATE_NONE;
	id = raise_one(&unit, &wanted);
	act(&standing, id, &forward);
	grant.new_text = "đủ 9 và 10";
	refused(&decider, id, &grant, "Không đọc được");
	grant.new_text = NULL;
	act(&decider, id, &grant);
	g_assert_true(indicator_load(&plan, 1, fixture->arena, &indicator, after, &error));
	target = g_ptr_array_index(after, 0);
	g_assert_cmpstr(target->raw, ==, "≥ 77,5%");
	g_assert_cmpint(target->comparator, ==, PLAN_COMPARATOR_GE);
	g_assert_cmpint(decimal_to_micro(target->value), ==, 77500000);
	fixture_verify(fixture);
}

/* Answered, not settled, sent up, answered there, settled; and opened again. */
static void
test_obstacle(Fixture *fixture, gconstpointer unused)
{
	WorkScope unit = as_unit(fixture), standing = as_standing(fixture);
	int64_t id = raise_one(&unit, &STUCK);
	const ProposalEntry answer = said(PROPOSAL_ANSWER, false, "Dùng máy của trạm");
	const ProposalEntry mute = said(PROPOSAL_ANSWER, false, NULL);
	const ProposalEntry back = said(PROPOSAL_RETURN, false, "Nêu rõ mấy máy");
	const ProposalEntry more = said(PROPOSAL_SUPPLEMENT, false, "Ba máy");
	const ProposalEntry not_yet = said(PROPOSAL_CONFIRM, false, "Máy hỏng");
	const ProposalEntry settled = said(PROPOSAL_CONFIRM, true, NULL);
	const ProposalEntry reopen = said(PROPOSAL_REOPEN, false, "Lại hỏng");
	const ProposalEntry refer = by_document(PROPOSAL_REFER, false, "Kính gửi tỉnh");
	const ProposalEntry higher = by_document(PROPOSAL_HIGHER, false, "Tỉnh cấp ba máy");

	(void)unused;
	refused(&standing, id, &mute, "Hãy ghi nội dung");
	act(&standing, id, &back);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_RETURNED);
	act(&unit, id, &more);
	act(&standing, id, &answer);
	refused(&standing, id, &answer, "không còn chờ xử lý");
	act(&unit, id, &not_yet);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_OPEN);
	g_assert_cmpint(look(fixture, id).n_reopened, ==, 1);
	act(&standing, id, &refer);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_REFERRED);
	act(&standing, id, &higher);
	act(&unit, id, &settled);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_CLOSED);
	act(&unit, id, &reopen);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_OPEN);
	fixture_verify(fixture);
}

static guint
count(const WorkScope *scope, const ProposalFilter *filter)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	proposal_list(scope, filter, found, &error);
	g_assert_no_error(error);
	return found->len;
}

static void
test_lists(Fixture *fixture, gconstpointer unused)
{
	WorkScope unit = as_unit(fixture), standing = as_standing(fixture), decider = as_decider(fixture);
	WorkScope reader = as(fixture, fixture->police, "cong-khai", 0, APP_TEST_TODAY);
	WorkScope later = as(fixture, fixture->standing, "thuong-truc", 0, APP_TEST_TODAY + 20);
	const ProposalFilter all = {.limit = 10}, mine = {.whose = WORK_MINE, .limit = 10},
			     late = {.is_late = true, .limit = 10}, one = {.limit = 1};
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	(void)unused;
	raise_one(&unit, &STUCK);
	raise_one(&unit, &LATER);
	g_assert_cmpuint(count(&reader, &all), ==, 2);
	g_assert_cmpuint(count(&reader, &one), ==, 1);
	g_assert_cmpuint(count(&reader, &mine), ==, 0);
	g_assert_cmpuint(count(&standing, &mine), ==, 2);
	g_assert_cmpuint(count(&decider, &mine), ==, 0);
	g_assert_cmpuint(count(&standing, &late), ==, 0);
	g_assert_cmpuint(count(&later, &late), ==, 2);
	/* Who only reads raises nothing. */
	g_assert_true(proposal_raise(&reader, &STUCK, &outcome, &error));
	g_assert_nonnull(outcome.problem);
}

/* The words of an update become one proposal, however often the button is pressed. */
static void
test_origin(Fixture *fixture, gconstpointer unused)
{
	WorkScope unit = as_unit(fixture);
	Proposal wanted = STUCK;
	int64_t first;

	(void)unused;
	wanted.piece_id = fixture_piece(fixture, TASK);
	wanted.origin_no = 2;
	first = raise_one(&unit, &wanted);
	g_assert_cmpint(raise_one(&unit, &wanted), ==, first);
	wanted.origin_no = 3;
	g_assert_cmpint(raise_one(&unit, &wanted), !=, first);
}

static void
test_overtaken(Fixture *fixture, gconstpointer unused)
{
	WorkScope unit = as_unit(fixture), standing = as_standing(fixture);
	const ProposalEntry back = said(PROPOSAL_RETURN, false, "Nêu rõ");
	const ProposalEntry withdraw = said(PROPOSAL_WITHDRAW, false, NULL);
	int64_t id = raise_one(&unit, &STUCK);
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	(void)unused;
	act(&standing, id, &back);
	g_assert_true(proposal_act(&unit, id, 1, &withdraw, &outcome, &error));
	g_assert_true(outcome.is_conflict);
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_RETURNED);
	g_assert_true(proposal_act(&unit, id, 2, &withdraw, &outcome, &error));
	g_assert_cmpint(look(fixture, id).state, ==, PROPOSAL_WITHDRAWN);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_add("/proposal/adjust", test_adjust);
	fixture_add("/proposal/search", test_search);
	fixture_add("/proposal/search/catch-up", test_catch_up);
	fixture_add("/proposal/own", test_own);
	fixture_add("/proposal/target", test_target);
	fixture_add("/proposal/obstacle", test_obstacle);
	fixture_add("/proposal/lists", test_lists);
	fixture_add("/proposal/origin", test_origin);
	fixture_add("/proposal/overtaken", test_overtaken);
	return g_test_run();
}
