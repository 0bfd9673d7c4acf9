/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/evidence/evidence.h"
#include "modules/identity/identity_roles.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_review.h"
#include "modules/link/link.h"
#include "modules/proposal/proposal.h"
#include "modules/succession/tests/two_plans.h"
#include "modules/task/task.h"
#include "modules/work/work_rows.h"
#include "storage/backend.h"
#include "storage/move.h"

#include <string.h>

/* A plan is replaced, replaced again, amended; its work goes on. */

static int32_t
day_of(int year, int month, int day)
{
	return date_from_ymd(year, month, day);
}

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	int64_t old_plan;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;
	WorkScope work;

	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	fixture->old_plan = two_store(fixture->test, TWO_OLD);
	work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_assert_true(work_open_all(&work, &error));
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	arena_free(fixture->arena);
	app_test_free(fixture->test);
}

static const WorkRow *
piece_of(const Fixture *fixture, int64_t plan_id, int64_t task_no)
{
	WorkScope work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	work_of_task(&work, plan_id, task_no, rows, &error);
	g_assert_no_error(error);
	return rows->len > 0 ? g_ptr_array_index(rows, 0) : NULL;
}

static guint
count_pieces(const Fixture *fixture, int64_t plan_id, int64_t task_no)
{
	WorkScope work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	work_of_task(&work, plan_id, task_no, rows, &error);
	g_assert_no_error(error);
	return rows->len;
}

static void
report_half(const Fixture *fixture, int64_t piece_id)
{
	WorkScope work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	WorkEntry entry = work_entry(WORK_UPDATE);
	g_autoptr(GError) error = NULL;
	WorkOutcome outcome;

	entry.percent = 50;
	entry.state = WORK_DOING;
	entry.done = "Đã lắp ba cổng";
	work_act(&work, piece_id, WORK_ANY_VERSION, &entry, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
}

static int64_t
begin(const Fixture *fixture, int64_t draft_id, int64_t new_plan, int64_t old_plan, PlanSuccessionKind kind)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	const Succession wanted = {.draft_id = draft_id,
	    .new_plan_id = new_plan,
	    .old_plan_id = old_plan,
	    .kind = kind,
	    .from_day = day_of(2026, 3, 1),
	    .carries_roles = true};
	g_autoptr(GError) error = NULL;
	int64_t succession_id = 0;

	succession_begin(&scope, &wanted, &succession_id, &error);
	g_assert_no_error(error);
	return succession_id;
}

static int64_t
version_of(const Fixture *fixture, int64_t succession_id)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GError) error = NULL;
	Succession row;

	g_assert_true(succession_find(&scope, succession_id, &row, &error));
	return row.version;
}

static SuccessionCompare *
compare(const Fixture *fixture, int64_t succession_id)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GError) error = NULL;
	SuccessionCompare *made = NULL;

	succession_compare(&scope, succession_id, &made, &error);
	g_assert_no_error(error);
	return made;
}

static void
step(const Fixture *fixture, int64_t succession_id, const SuccessionStep *wanted)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GError) error = NULL;

	succession_step(&scope, succession_id, version_of(fixture, succession_id), wanted, &error);
	g_assert_no_error(error);
}

static SuccessionResult
publish(const Fixture *fixture, int64_t succession_id)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GError) error = NULL;
	SuccessionResult result = {0};

	succession_publish(&scope, succession_id, version_of(fixture, succession_id), &result, &error);
	g_assert_no_error(error);
	return result;
}

static SuccessionResult
replace(const Fixture *fixture, int64_t draft_id, int64_t new_plan, int64_t old_plan, PlanSuccessionKind kind)
{
	int64_t succession_id = begin(fixture, draft_id, new_plan, old_plan, kind);
	const SuccessionStep all = {.kind = SUCCESSION_ACCEPT_ALL};

	step(fixture, succession_id, &all);
	return publish(fixture, succession_id);
}

static const SuccessionLine *
line_of_old(const SuccessionCompare *made, PlanLineWhat what, int64_t old_no)
{
	for (guint i = 0; i < made->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(made->lines, i);

		if (line->line.what == what && line->line.old_no == old_no)
			return line;
	}
	return NULL;
}

static void
test_compare(Fixture *fixture, gconstpointer unused)
{
	int64_t draft_id = two_draft(fixture->test, TWO_NEW);
	int64_t id = begin(fixture, draft_id, 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_autoptr(SuccessionCompare) made = compare(fixture, id);
	const SuccessionLine *camera = line_of_old(made, PLAN_LINE_TASK, OLD_CAMERA);
	const SuccessionLine *online = line_of_old(made, PLAN_LINE_INDICATOR, 1);

	(void)unused;
	g_assert_cmpint(camera->line.new_no, ==, NEW_CAMERA);
	g_assert_cmpint(camera->line.change, ==, PLAN_LINE_CHANGED);
	g_assert_false(camera->is_confirmed);
	g_assert_cmpuint(camera->line.n_fields, ==, 2); /* number and deadline */
	g_assert_cmpstr(camera->line.fields[1].old_text, ==, "30/6/2026");
	g_assert_cmpstr(camera->line.fields[1].new_text, ==, "30/9/2026");
	g_assert_cmpint(online->line.change, ==, PLAN_LINE_CHANGED);
	g_assert_cmpuint(online->line.n_fields, ==, 2); /* the targets of two years */
	g_assert_cmpint(line_of_old(made, PLAN_LINE_INDICATOR, 2)->line.change, ==, PLAN_LINE_SAME);
	g_assert_true(line_of_old(made, PLAN_LINE_INDICATOR, 2)->is_confirmed);
	g_assert_cmpint(line_of_old(made, PLAN_LINE_TASK, OLD_SURVEY)->line.change, ==, PLAN_LINE_MOVED);
	g_assert_cmpint(line_of_old(made, PLAN_LINE_TASK, OLD_MUSEUM)->line.change, ==, PLAN_LINE_REMOVED);
	g_assert_cmpuint(made->n_by_change[PLAN_LINE_ADDED], ==, 1);
}

/* What the document says that it replaces stands first, though its number is the new plan's own. */
static void
test_suggest(Fixture *fixture, gconstpointer unused)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(SuccessionSuggestion));
	g_autoptr(IntakeReading) reading = NULL;
	g_autoptr(GError) error = NULL;
	const SuccessionSuggestion *best;

	(void)unused;
	two_store(fixture->test, TWO_AMEND);
	g_assert_true(intake_read("x.md", g_strdup(TWO_NEW), strlen(TWO_NEW), &reading, &error));
	g_assert_true(succession_suggest(&scope, intake_reading_plan(reading), found, &error));
	best = &g_array_index(found, SuccessionSuggestion, 0);
	g_assert_cmpint(best->plan->plan_id, ==, fixture->old_plan);
	g_assert_cmpint(best->rank, ==, 4);
	g_assert_cmpuint(found->len, ==, 2);
}

static const char AMENDS_BY_NUMBER[] =
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH NGUYỆT\n\nSố: 80/KH-UBND\n\nBình Nguyệt, ngày 15 tháng 5 năm 2026\n\n"
    "# KẾ HOẠCH\n\n**Sửa đổi, bổ sung Kế hoạch chuyển đổi số xã Bình Nguyệt**\n\n"
    "## I. MỤC TIÊU\n\nĐiều chỉnh một số nhiệm vụ của Kế hoạch số 57/KH-UBND ngày 26/9/2025 của Ủy ban nhân "
    "dân xã Bình Nguyệt.\n\n"
    "## PHỤ LỤC II: PHÂN CÔNG NHIỆM VỤ\n\n"
    "| STT | Nội dung công việc | Cơ quan chủ trì | Thời gian hoàn thành |\n|---|---|---|---|\n"
    "| 1 | Lắp đặt camera giám sát an ninh tại các cổng chợ trung tâm | Công an xã | 30/11/2026 |\n";

/* An amending document says so in its title and names the plan. */
static void
test_suggest_amend(Fixture *fixture, gconstpointer unused)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(SuccessionSuggestion));
	g_autoptr(IntakeReading) reading = NULL;
	g_autoptr(GError) error = NULL;
	const SuccessionSuggestion *best;

	(void)unused;
	g_assert_true(
	    intake_read("x.md", g_strdup(AMENDS_BY_NUMBER), strlen(AMENDS_BY_NUMBER), &reading, &error));
	g_assert_true(succession_suggest(&scope, intake_reading_plan(reading), found, &error));
	best = &g_array_index(found, SuccessionSuggestion, 0);
	g_assert_cmpint(best->plan->plan_id, ==, fixture->old_plan);
	g_assert_cmpint(best->kind, ==, PLAN_SUCCESSION_AMEND);
	g_assert_cmpint(best->rank, ==, 4);
}

static LinkScope
link_scope(const Fixture *fixture)
{
	return (LinkScope){.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .today = APP_TEST_TODAY,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
}

/* How many pairs of a plan somebody decided about; *ret_last: the last of them. */
static guint
decided(const Fixture *fixture, int64_t plan_id, LinkPair *ret_last)
{
	LinkScope scope = link_scope(fixture);
	g_auto(LinkBook) book = {0};
	g_autoptr(GError) error = NULL;
	guint n = 0;

	link_book_read(&scope, plan_id, &book, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < book.pairs->len; i++) {
		const LinkPair *pair = &g_array_index(book.pairs, LinkPair, i);

		if (pair->state == LINK_PROPOSED)
			continue;
		*ret_last = *pair;
		n++;
	}
	return n;
}

/* The old plan itself serves as one of a higher level; gives its first target's row. */
static int64_t
add_higher(const Fixture *fixture, int64_t *ret_row_no)
{
	LinkScope scope = link_scope(fixture);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkComparison));
	g_autoptr(IntakeReading) reading = NULL;
	g_autoptr(GError) error = NULL;
	int64_t higher_id = 0;
	bool is_new;

	g_assert_true(intake_read("x.md", g_strdup(TWO_OLD), strlen(TWO_OLD), &reading, &error));
	link_higher_add(&scope, intake_reading_plan(reading), "tinh.md", "0123", &higher_id, &is_new, &error);
	g_assert_no_error(error);
	g_assert_true(link_compare(&scope, higher_id, fixture->old_plan, rows, &error));
	*ret_row_no = 0;
	for (guint i = 0; i < rows->len && *ret_row_no == 0; i++)
		if (g_array_index(rows, LinkComparison, i).row->kind == LINK_ROW_TARGET)
			*ret_row_no = g_array_index(rows, LinkComparison, i).row->row_no;
	g_assert_cmpint(*ret_row_no, >, 0);
	return higher_id;
}

static const LinkComparison *
comparison_of(const Fixture *fixture, GArray *rows, int64_t higher_id, int64_t plan_id, int64_t row_no)
{
	LinkScope scope = link_scope(fixture);
	g_autoptr(GError) error = NULL;

	link_compare(&scope, higher_id, plan_id, rows, &error);
	g_assert_no_error(error);
	return &g_array_index(rows, LinkComparison, row_no - 1);
}

/* What people linked goes on with the rows, also to a higher plan's; what is gone is linked to nothing. */
static void
test_links(Fixture *fixture, gconstpointer unused)
{
	LinkScope scope = link_scope(fixture);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkComparison));
	g_autoptr(GError) error = NULL;
	const LinkComparison *comparison;
	int64_t higher_id, row_no;
	SuccessionResult result;
	LinkPair pair;

	(void)unused;
	higher_id = add_higher(fixture, &row_no);
	g_assert_true(link_decide(
	    &scope, fixture->old_plan, OLD_CAMERA, 1, LINK_CONFIRMED, 40, "cùng nói về hồ sơ", &error));
	g_assert_true(link_decide(&scope, fixture->old_plan, OLD_MUSEUM, 1, LINK_REFUSED, 0, "", &error));
	g_assert_true(
	    link_match_decide(&scope, higher_id, row_no, fixture->old_plan, 1, LINK_CONFIRMED, &error));
	result = replace(
	    fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(result.n_links, ==, 2);
	g_assert_cmpuint(decided(fixture, result.new_plan_id, &pair), ==, 1);
	g_assert_cmpint(pair.task->item_no, ==, NEW_CAMERA);
	g_assert_cmpint(pair.indicator->item_no, ==, 1);
	g_assert_cmpint(pair.state, ==, LINK_CONFIRMED);
	g_assert_cmpstr(pair.reason, ==, "cùng nói về hồ sơ");
	g_assert_cmpuint(decided(fixture, fixture->old_plan, &pair), ==, 2);
	comparison = comparison_of(fixture, rows, higher_id, result.new_plan_id, row_no);
	g_assert_cmpint(comparison->item->item_no, ==, 1);
	g_assert_cmpstr(comparison->name, ==, "Người thử");
	two_verify(fixture->test);
}

/* The store fails somewhere between: nothing is written, what was confirmed stays, and it works afterwards.
 */
static void
test_broken(Fixture *fixture, gconstpointer unused)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	int64_t id =
	    begin(fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	const SuccessionStep all = {.kind = SUCCESSION_ACCEPT_ALL};
	g_autoptr(GPtrArray) before = NULL;
	SuccessionResult result;

	(void)unused;
	step(fixture, id, &all);
	g_assert_true(db_commune_sum(fixture->test->db, fixture->test->commune_id, &before, NULL));
	for (unsigned n = 1; n < 300; n = n * 2 + 1) {
		g_autoptr(GPtrArray) after = NULL;
		g_autoptr(GError) error = NULL;

		db_backend_fail_after(fixture->test->db, n);
		g_assert_false(succession_publish(&scope, id, 2, &result, &error));
		db_backend_fail_after(fixture->test->db, 0);
		g_assert_true(db_commune_sum(fixture->test->db, fixture->test->commune_id, &after, NULL));
		g_assert_cmpstr(db_sums_differ(before, after), ==, NULL);
	}
	g_assert_cmpint(publish(fixture, id).new_plan_id, ==, 2);
	two_verify(fixture->test);
}

/* Somebody put the draft into force as it was; the comparison that was under way still carries the work on.
 */
static void
test_published_meanwhile(Fixture *fixture, gconstpointer unused)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	int64_t camera = piece_of(fixture, fixture->old_plan, OLD_CAMERA)->piece.piece_id;
	int64_t draft_id = two_draft(fixture->test, TWO_NEW);
	int64_t id = begin(fixture, draft_id, 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	const SuccessionStep all = {.kind = SUCCESSION_ACCEPT_ALL};
	g_autoptr(IntakeReview) review = NULL;
	g_autoptr(GError) error = NULL;
	IntakeResult published;

	(void)unused;
	g_assert_true(intake_review_open(&scope.intake, draft_id, &review, &error));
	g_assert_true(intake_review_publish(
	    &scope.intake, review, intake_review_draft(review)->version, &published, &error));
	step(fixture, id, &all);
	g_assert_cmpint(publish(fixture, id).new_plan_id, ==, published.plan_id);
	g_assert_cmpint(piece_of(fixture, published.plan_id, NEW_CAMERA)->piece.piece_id, ==, camera);
	two_verify(fixture->test);
}

static void
add_evidence(const Fixture *fixture, const char *object_id)
{
	const EvidenceScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .directory = fixture->test->directory,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.name = "Người thử", .origin = "kiểm thử"}};
	const EvidenceNew told = {.kind = "van-ban",
	    .number = "01/BB",
	    .issued_day = APP_TEST_TODAY,
	    .object = {EVIDENCE_OBJECT_TASK, object_id}};
	g_autoptr(GError) error = NULL;
	int64_t evidence_id;

	evidence_add_secret(&scope, &told, &evidence_id, &error);
	g_assert_no_error(error);
}

static guint
count_evidence(const Fixture *fixture, const char *object_id)
{
	const EvidenceScope scope = {.db = fixture->test->db, .commune_id = fixture->test->commune_id};
	const EvidenceObject object = {EVIDENCE_OBJECT_TASK, object_id};
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	evidence_list(&scope, &object, fixture->arena, found, &error);
	g_assert_no_error(error);
	return found->len;
}

static void
check_carried_piece(const Fixture *fixture, const WorkPiece *before, int64_t new_plan)
{
	const WorkPiece *after = &piece_of(fixture, new_plan, NEW_CAMERA)->piece;
	WorkScope work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GPtrArray) away = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const WorkEntry *last;

	g_assert_cmpint(after->piece_id, ==, before->piece_id);
	g_assert_cmpint(after->state, ==, WORK_DOING);
	g_assert_cmpint(after->percent, ==, 50);
	g_assert_cmpint(after->original_due, ==, day_of(2026, 9, 30));
	g_assert_cmpint(after->due, ==, day_of(2026, 9, 30));
	g_assert_true(work_entries(&work, after->piece_id, entries, &error));
	last = g_ptr_array_index(entries, entries->len - 1);
	g_assert_cmpint(last->kind, ==, WORK_CARRY);
	g_assert_cmpint(last->carry->old_original_due, ==, day_of(2026, 6, 30));
	g_assert_cmpint(last->carry->from.plan_id, ==, fixture->old_plan);
	g_assert_true(work_carried_away(&work, fixture->old_plan, OLD_CAMERA, away, &error));
	g_assert_cmpuint(away->len, ==, 1);
}

static void
test_replace(Fixture *fixture, gconstpointer unused)
{
	const WorkPiece before = piece_of(fixture, fixture->old_plan, OLD_CAMERA)->piece;
	const WorkPiece museum = piece_of(fixture, fixture->old_plan, OLD_MUSEUM)->piece;
	int64_t draft_id, wifi = piece_of(fixture, fixture->old_plan, OLD_WIFI)->piece.piece_id;
	guint n_months = count_pieces(fixture, fixture->old_plan, OLD_MONTHLY);
	SuccessionResult result;
	WorkScope work;
	g_autoptr(GError) error = NULL;

	(void)unused;
	report_half(fixture, before.piece_id);
	add_evidence(fixture, "1/1");
	draft_id = two_draft(fixture->test, TWO_NEW);
	result = replace(fixture, draft_id, 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	check_carried_piece(fixture, &before, result.new_plan_id);
	g_assert_cmpuint(count_evidence(fixture, "1/1"), ==, 1);
	g_assert_cmpuint(count_evidence(fixture, "2/2"), ==, 1);
	/* A task that another unit leads now goes to that unit. */
	g_assert_cmpint(piece_of(fixture, result.new_plan_id, NEW_WIFI)->piece.piece_id, ==, wifi);
	g_assert_cmpstr(piece_of(fixture, result.new_plan_id, NEW_WIFI)->agency, ==, "Công an xã");
	/* What is gone is closed, and late no more. */
	g_assert_cmpint(
	    piece_of(fixture, fixture->old_plan, OLD_MUSEUM)->piece.piece_id, ==, museum.piece_id);
	g_assert_cmpint(piece_of(fixture, fixture->old_plan, OLD_MUSEUM)->piece.state, ==, WORK_CANCELLED);
	g_assert_cmpint(
	    work_when(&piece_of(fixture, fixture->old_plan, OLD_MUSEUM)->piece, APP_TEST_TODAY + 99, 7)
		.timeliness,
	    ==, WORK_SUSPENDED);
	g_assert_cmpint(result.work.n_closed, ==, 1);
	g_assert_cmpint(result.work.n_handed_on, ==, 1);
	/* The months go on where they were; nothing is made twice, and the new task gets its work. */
	work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_assert_true(work_open_all(&work, &error));
	g_assert_cmpuint(count_pieces(fixture, result.new_plan_id, NEW_MONTHLY), ==, n_months);
	g_assert_cmpuint(count_pieces(fixture, result.new_plan_id, NEW_DRONE), ==, 1);
	g_assert_cmpuint(count_pieces(fixture, result.new_plan_id, NEW_CAMERA), ==, 1);
	work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY + 31);
	g_assert_true(work_open_all(&work, &error));
	g_assert_cmpuint(count_pieces(fixture, result.new_plan_id, NEW_MONTHLY), ==, n_months + 1);
	two_verify(fixture->test);
}

/* What units raised goes on with the row; what is settled stays where it was. */
static void
test_proposals(Fixture *fixture, gconstpointer unused)
{
	WorkScope work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	Proposal wanted = {.kind = PROPOSAL_OBSTACLE,
	    .plan_id = fixture->old_plan,
	    .what = PLAN_LINE_TASK,
	    .row_no = OLD_CAMERA,
	    .title = "Thiếu điện",
	    .body = "Cổng chợ chưa có điện",
	    .field = "",
	    .new_day = DATE_NONE};
	const ProposalEntry withdraw = proposal_entry(PROPOSAL_WITHDRAW);
	ProposalOutcome open, gone, museum;
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	Proposal after;

	(void)unused;
	g_assert_true(proposal_raise(&work, &wanted, &open, &error));
	g_assert_true(proposal_raise(&work, &wanted, &gone, &error));
	g_assert_true(proposal_act(&work, gone.proposal_id, WORK_ANY_VERSION, &withdraw, &gone, &error));
	wanted.row_no = OLD_MUSEUM;
	g_assert_true(proposal_raise(&work, &wanted, &museum, &error));
	result = replace(
	    fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(result.n_proposals, ==, 2);
	g_assert_true(proposal_find(&work, open.proposal_id, &after, &error));
	g_assert_cmpint(after.plan_id, ==, result.new_plan_id);
	g_assert_cmpint(after.row_no, ==, NEW_CAMERA);
	g_assert_true(proposal_find(&work, museum.proposal_id, &after, &error));
	g_assert_cmpint(after.row_no, ==, 0);
	g_assert_true(proposal_find(&work, gone.proposal_id, &after, &error));
	g_assert_cmpint(after.plan_id, ==, fixture->old_plan);
	two_verify(fixture->test);
}

/* Both plans count already, and people work in both: nothing of either is lost. */
static void
test_late(Fixture *fixture, gconstpointer unused)
{
	int64_t old_piece = piece_of(fixture, fixture->old_plan, OLD_CAMERA)->piece.piece_id, survey,
		new_plan;
	SuccessionResult result;
	WorkScope work;
	g_autoptr(GError) error = NULL;

	(void)unused;
	report_half(fixture, old_piece);
	new_plan = two_store(fixture->test, TWO_NEW);
	work = two_work(fixture->test, fixture->arena, APP_TEST_TODAY);
	g_assert_true(work_open_all(&work, &error));
	survey = piece_of(fixture, new_plan, NEW_SURVEY)->piece.piece_id;
	report_half(fixture, survey);
	result = replace(fixture, 0, new_plan, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(result.new_plan_id, ==, new_plan);
	/* The camera's untouched new piece gave way; the survey has two, each with its history. */
	g_assert_cmpuint(count_pieces(fixture, new_plan, NEW_CAMERA), ==, 2);
	g_assert_cmpuint(count_pieces(fixture, new_plan, NEW_SURVEY), ==, 2);
	g_assert_true(work_open_all(&work, &error));
	g_assert_cmpuint(count_pieces(fixture, new_plan, NEW_CAMERA), ==, 2);
	two_verify(fixture->test);
}

static void
test_several(Fixture *fixture, gconstpointer unused)
{
	int64_t camera = piece_of(fixture, fixture->old_plan, OLD_CAMERA)->piece.piece_id;
	SuccessionResult first = replace(
	    fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	SuccessionResult second = replace(
	    fixture, two_draft(fixture->test, TWO_NEXT), 0, first.new_plan_id, PLAN_SUCCESSION_REPLACE);
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, second.new_plan_id};
	g_autoptr(GPtrArray) before = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_cmpint(piece_of(fixture, second.new_plan_id, 1)->piece.piece_id, ==, camera);
	g_assert_cmpint(
	    piece_of(fixture, second.new_plan_id, 1)->piece.original_due, ==, day_of(2027, 3, 31));
	g_assert_true(plan_line_before(&plan, PLAN_LINE_TASK, 1, fixture->arena, before, &error));
	g_assert_cmpuint(before->len, ==, 1);
	g_assert_cmpint(((const PlanLineEnd *)g_ptr_array_index(before, 0))->row_no, ==, NEW_CAMERA);
	g_assert_true(plan_list(plan.db, plan.commune_id, fixture->arena, plans, &error));
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *info = g_ptr_array_index(plans, i);

		g_assert_cmpint(info->is_current, ==, info->plan_id == second.new_plan_id);
		g_assert_cmpint(info->replaced_by, ==,
		    info->plan_id == fixture->old_plan   ? first.new_plan_id
		    : info->plan_id == first.new_plan_id ? second.new_plan_id
							 : 0);
	}
	/* A month is no quarter: what was open of the months ended with them. */
	g_assert_cmpint(second.work.n_closed, >=, 1);
	two_verify(fixture->test);
}

static void
test_amend(Fixture *fixture, gconstpointer unused)
{
	int64_t camera = piece_of(fixture, fixture->old_plan, OLD_CAMERA)->piece.piece_id;
	SuccessionResult result = replace(
	    fixture, two_draft(fixture->test, TWO_AMEND), 0, fixture->old_plan, PLAN_SUCCESSION_AMEND);
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_cmpint(piece_of(fixture, result.new_plan_id, 1)->piece.piece_id, ==, camera);
	g_assert_cmpint(
	    piece_of(fixture, result.new_plan_id, 1)->piece.original_due, ==, day_of(2026, 11, 30));
	/* Rows that it does not name are as they were. */
	g_assert_cmpint(result.work.n_closed, ==, 0);
	g_assert_cmpint(piece_of(fixture, fixture->old_plan, OLD_MUSEUM)->piece.state, ==, WORK_NOT_STARTED);
	g_assert_true(plan_list(fixture->test->db, fixture->test->commune_id, fixture->arena, plans, &error));
	for (guint i = 0; i < plans->len; i++)
		g_assert_true(((const PlanInfo *)g_ptr_array_index(plans, i))->is_current);
	two_verify(fixture->test);
}

/* Rows joined by hand, taken back, and who is overtaken. */
static void
test_steps(Fixture *fixture, gconstpointer unused)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	int64_t id =
	    begin(fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	const SuccessionStep odd = {
	    .kind = SUCCESSION_ACCEPT, .what = PLAN_LINE_TASK, .old_no = OLD_MUSEUM, .new_key = "annex2:6"};
	const SuccessionStep nowhere = {
	    .kind = SUCCESSION_ACCEPT, .what = PLAN_LINE_TASK, .old_no = 99, .new_key = "annex2:6"};
	g_autoptr(SuccessionCompare) joined = NULL;
	g_autoptr(SuccessionCompare) undone = NULL;
	g_autoptr(GError) error = NULL;
	SuccessionResult result;

	(void)unused;
	g_assert_false(succession_publish(&scope, id, 1, &result, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	step(fixture, id, &odd);
	joined = compare(fixture, id);
	g_assert_cmpint(line_of_old(joined, PLAN_LINE_TASK, OLD_MUSEUM)->line.new_no, ==, NEW_DRONE);
	g_assert_true(line_of_old(joined, PLAN_LINE_TASK, OLD_MUSEUM)->is_confirmed);
	g_assert_false(succession_step(&scope, id, 1, &odd, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_false(succession_step(&scope, id, 2, &nowhere, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_true(succession_undo(&scope, id, 2, &error));
	undone = compare(fixture, id);
	g_assert_cmpint(line_of_old(undone, PLAN_LINE_TASK, OLD_MUSEUM)->line.change, ==, PLAN_LINE_REMOVED);
	g_assert_true(succession_drop(&scope, id, 3, &error));
	g_assert_false(succession_undo(&scope, id, 4, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	two_verify(fixture->test);
}

/* A plan that was replaced is replaced by no other, nor by itself. */
static void
test_refused(Fixture *fixture, gconstpointer unused)
{
	SuccessionScope scope = two_scope(fixture->test, fixture->arena, APP_TEST_TODAY);
	SuccessionResult first = replace(
	    fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	const Succession again = {.new_plan_id = first.new_plan_id,
	    .old_plan_id = fixture->old_plan,
	    .kind = PLAN_SUCCESSION_REPLACE,
	    .from_day = APP_TEST_TODAY};
	const Succession itself = {.new_plan_id = first.new_plan_id,
	    .old_plan_id = first.new_plan_id,
	    .kind = PLAN_SUCCESSION_REPLACE,
	    .from_day = APP_TEST_TODAY};
	g_autoptr(GError) error = NULL;
	int64_t id;

	(void)unused;
	g_assert_false(succession_begin(&scope, &again, &id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_clear_error(&error);
	g_assert_false(succession_begin(&scope, &itself, &id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static guint
count_roles(const Fixture *fixture, int64_t plan_id, IdentityStanding standing)
{
	const IdentityScope scope = {
	    .db = fixture->test->db, .commune_id = fixture->test->commune_id, .arena = fixture->arena};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	guint n = 0;

	g_assert_true(identity_plan_roles(&scope, plan_id, rows, &error));
	for (guint i = 0; i < rows->len; i++)
		n += ((const IdentityPlanRole *)g_ptr_array_index(rows, i))->standing == standing;
	return n;
}

static void
test_roles(Fixture *fixture, gconstpointer unused)
{
	const IdentityScope identity = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
	const IdentityPlanRole role = {.plan_id = fixture->old_plan,
	    .role = "thuong-truc",
	    .who = IDENTITY_WHO_PEOPLE,
	    .agency_id = piece_of(fixture, fixture->old_plan, OLD_TRAINING)->piece.agency_id,
	    .valid_from = APP_TEST_TODAY,
	    .valid_to = DATE_NONE,
	    .source = "Quyết định số 1",
	    .item = ""};
	g_autoptr(GError) error = NULL;
	SuccessionResult result;
	const char *problem;
	int64_t number;

	(void)unused;
	identity_seed(&identity, &error);
	g_clear_error(&error);
	identity_plan_role_add(&identity, &role, &number, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	result = replace(
	    fixture, two_draft(fixture->test, TWO_NEW), 0, fixture->old_plan, PLAN_SUCCESSION_REPLACE);
	g_assert_cmpint(result.n_roles, ==, 1);
	g_assert_cmpuint(count_roles(fixture, result.new_plan_id, IDENTITY_CONFIRMED), ==, 1);
	g_assert_cmpuint(count_roles(fixture, fixture->old_plan, IDENTITY_CONFIRMED), ==, 1);
	two_verify(fixture->test);
}

static void
add(const char *path, void (*run)(Fixture *fixture, gconstpointer unused))
{
	g_test_add(path, Fixture, NULL, set_up, run, tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("/succession/compare", test_compare);
	add("/succession/suggest", test_suggest);
	add("/succession/suggest/amend", test_suggest_amend);
	add("/succession/replace", test_replace);
	add("/succession/links", test_links);
	add("/succession/broken", test_broken);
	add("/succession/published-meanwhile", test_published_meanwhile);
	add("/succession/proposals", test_proposals);
	add("/succession/late", test_late);
	add("/succession/several", test_several);
	add("/succession/amend", test_amend);
	add("/succession/steps", test_steps);
	add("/succession/refused", test_refused);
	add("/succession/roles", test_roles);
	return g_test_run();
}
