/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "compiler/edit/tests/edit_sample.h"
#include "modules/document/document.h"
#include "modules/intake/intake_job.h"
#include "modules/intake/intake_review.h"
#include "storage/backend.h"

#include <string.h>

/* The life of a draft, from the file that comes in to the plan that counts. */

static int64_t
create(const IntakeScope *scope, const char *text)
{
	g_autoptr(GError) error = NULL;
	const IntakeFile file = {.name = "C:\\van ban\\ke-hoach.md", .bytes = text, .len = strlen(text)};
	IntakeArrival arrival;

	intake_draft_create(scope, &file, true, &arrival, &error);
	g_assert_no_error(error);
	g_assert_cmpint(arrival.kind, ==, INTAKE_DRAFT_NEW);
	return arrival.draft_id;
}

/* What the worker does, for everything that waits. */
static guint
work(const IntakeScope *scope)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	IntakeDraft draft;
	gint is_cancelled = 0;
	bool has = true;
	guint n = 0;

	while (intake_job_claim(scope, arena, &draft, &has, &error) && has) {
		g_assert_cmpint(draft.state, ==, INTAKE_READING);
		intake_job_run(scope, &draft, 1, &is_cancelled, &error);
		g_assert_no_error(error);
		n++;
	}
	g_assert_no_error(error);
	return n;
}

static IntakeDraft
look(const IntakeScope *scope, Arena *arena, int64_t draft_id)
{
	g_autoptr(GError) error = NULL;
	IntakeDraft draft;

	intake_draft_load(scope, draft_id, arena, &draft, &error);
	g_assert_no_error(error);
	return draft;
}

static IntakeReview *
open_review(const IntakeScope *scope, int64_t draft_id)
{
	g_autoptr(GError) error = NULL;
	IntakeReview *review = NULL;

	intake_review_open(scope, draft_id, &review, &error);
	g_assert_no_error(error);
	return review;
}

static IntakeReview *
ready(const IntakeScope *scope)
{
	int64_t draft_id = create(scope, EDIT_SAMPLE);

	g_assert_cmpuint(work(scope), ==, 1);
	return open_review(scope, draft_id);
}

static const PlanEdit DEADLINE = {
    .kind = PLAN_EDIT_SET, .item = "annex2:1.2", .field = PLAN_FIELD_DEADLINE, .value = "30/6/2026"};
static const PlanEdit LEAD = {
    .kind = PLAN_EDIT_SET, .item = "annex2:3.2", .field = PLAN_FIELD_LEAD, .value = "Phòng Kinh tế"};

static void
add(const IntakeScope *scope, IntakeReview *review, const PlanEdit *edit)
{
	g_autoptr(GError) error = NULL;

	intake_review_add(scope, review, intake_review_draft(review)->version, edit, &error);
	g_assert_no_error(error);
}

static char *
deadline_of(const IntakeReview *review)
{
	g_autoptr(Arena) arena = arena_new();

	return g_strdup(
	    plan_field_text(intake_review_plan(review), "annex2:1.2", PLAN_FIELD_DEADLINE, arena));
}

static void
assert_deadline(const IntakeReview *review, const char *expected)
{
	g_autofree char *deadline = deadline_of(review);

	g_assert_cmpstr(deadline, ==, expected);
}

static const DbSql TASK_ROW = {.name = "test_task",
    .sqlite = "SELECT deadline_raw, lead, confidence FROM task WHERE commune_id = ?1 AND plan_id = ?2 AND "
	      "item = ?3",
    .pg = "SELECT deadline_raw, lead, confidence FROM task WHERE commune_id = $1 AND plan_id = $2 AND item = "
	  "$3",
    .n_params = 3,
    .n_columns = 3};

static char *
stored_task(const IntakeScope *scope, int64_t plan_id, const char *item)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool row;

	db_prepare(scope->db, &TASK_ROW, &stmt, &error);
	g_assert_no_error(error);
	db_bind_int(stmt, 1, scope->commune_id);
	db_bind_int(stmt, 2, plan_id);
	db_bind_text(stmt, 3, item);
	db_step(stmt, &row, &error);
	g_assert_no_error(error);
	if (!row)
		return NULL;
	return g_strdup_printf(
	    "%s | %s | %d", db_column_text(stmt, 0), db_column_text(stmt, 1), (int)db_column_int(stmt, 2));
}

static void
test_life(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope);
	g_autoptr(GError) error = NULL;
	g_autofree char *task = NULL;
	IntakeResult result;
	const IntakeDraft *draft = intake_review_draft(review);

	g_assert_cmpint(draft->state, ==, INTAKE_READY);
	g_assert_cmpstr(draft->file_name, ==, "ke-hoach.md");
	g_assert_nonnull(strstr(draft->caption, "18/KH-UBND"));
	g_assert_cmpint(draft->tasks, ==, 9);
	g_assert_cmpint(draft->indicators, ==, 2);
	g_assert_cmpint(draft->doubts, ==, 2);
	add(&scope, review, &DEADLINE);
	assert_deadline(review, "30/6/2026");
	g_assert_cmpint(draft->doubts, ==, 1);
	g_assert_true(intake_review_undo(&scope, review, 1, &error));
	assert_deadline(review, "ba mươi tháng sáu");
	g_assert_false(intake_review_can_undo(review));
	g_assert_true(intake_review_redo(&scope, review, 2, &error));
	g_assert_false(intake_review_can_redo(review));
	assert_deadline(review, "30/6/2026");
	intake_review_publish(&scope, review, 3, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.outcome, ==, INTAKE_ADDED);
	task = stored_task(&scope, result.plan_id, "annex2:1.2");
	g_assert_cmpstr(task, ==, "30/6/2026 | Phòng Văn hóa - Xã hội | 100");
	g_assert_cmpint(intake_review_draft(review)->state, ==, INTAKE_PUBLISHED);
	g_assert_cmpint(intake_review_draft(review)->plan_id, ==, result.plan_id);
	/* It counts now: no more changes, and it cannot be put aside. */
	g_assert_false(
	    intake_review_add(&scope, review, intake_review_draft(review)->version, &LEAD, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_false(intake_draft_discard(&scope, intake_review_draft(review)->draft_id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

/* A plan whose rows were split, joined, grouped, added and turned around is stored like any other. */
static void
test_reshaped(void)
{
	static const PlanEdit EDITS[] = {
	    {.kind = PLAN_EDIT_SPLIT, .item = "annex2:2.1", .position = sizeof("Lắp Wi-Fi tại nhà văn hóa")},
	    {.kind = PLAN_EDIT_JOIN, .item = "annex2:2.3"},
	    {.kind = PLAN_EDIT_GROUP, .item = "annex2:3"},
	    {.kind = PLAN_EDIT_UNGROUP, .item = "annex2:g1"},
	    {.kind = PLAN_EDIT_ADD, .item = "annex2:3", .value = "Mở gian hàng của xã"},
	    {.kind = PLAN_EDIT_ADD, .item = "annex1:2", .value = "Số thôn thông minh"},
	    {.kind = PLAN_EDIT_ADD, .value = "Việc ngoài phụ lục"},
	    {.kind = PLAN_EDIT_KIND, .item = "annex1:1"},
	    {.kind = PLAN_EDIT_KIND, .item = "annex2:1.3"},
	    {.kind = PLAN_EDIT_DELETE, .item = "annex2:1.2"},
	    {.kind = PLAN_EDIT_DOCUMENT, .document_field = PLAN_DOCUMENT_NUMBER, .value = "20/KH-UBND"},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *rest = NULL, *added = NULL;
	IntakeResult result;
	const PlanInfo *info;

	for (size_t i = 0; i < G_N_ELEMENTS(EDITS); i++)
		add(&scope, review, &EDITS[i]);
	intake_review_publish(&scope, review, G_N_ELEMENTS(EDITS), &result, &error);
	g_assert_no_error(error);
	plan_list(scope.db, scope.commune_id, arena, plans, &error);
	g_assert_no_error(error);
	info = g_ptr_array_index(plans, 0);
	g_assert_cmpstr(info->number, ==, "20/KH-UBND");
	g_assert_cmpint(info->counts.tasks, ==, 10);
	g_assert_cmpint(info->counts.indicators, ==, 3);
	rest = stored_task(&scope, result.plan_id, "annex2:2.1~2");
	g_assert_cmpstr(rest, ==, "30/9/2026 | Phòng Kinh tế | 100");
	added = stored_task(&scope, result.plan_id, "annex2:3~2");
	g_assert_cmpstr(added, ==, " |  | 100");
}

/* Everything a reviewer did is there after the browser, or the program, was closed. */
static void
test_kept(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope), again = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) edits = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const PlanEdit other = {.kind = PLAN_EDIT_DELETE, .item = "annex2:1.1"};
	size_t n;

	add(&scope, review, &DEADLINE);
	add(&scope, review, &other);
	g_assert_true(intake_review_undo(&scope, review, 2, &error));
	again = open_review(&scope, intake_review_draft(review)->draft_id);
	assert_deadline(again, "30/6/2026");
	g_assert_cmpint(intake_review_draft(again)->tasks, ==, 9);
	g_assert_cmpint(intake_review_draft(again)->version, ==, 3);
	(void)intake_review_edits(again, &n);
	g_assert_cmpuint(n, ==, 1);
	g_assert_true(intake_review_can_redo(again));
	/* Another edit overtakes what was undone; its row stays. */
	add(&scope, again, &LEAD);
	g_assert_false(intake_review_can_redo(again));
	g_assert_false(intake_review_redo(&scope, again, 4, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	intake_edit_list(&scope, intake_review_draft(again)->draft_id, 0, arena, edits, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(edits->len, ==, 3);
	g_assert_cmpint(
	    ((const IntakeEdit *)g_ptr_array_index(edits, 1))->standing, ==, INTAKE_STANDING_OVERTAKEN);
	/* The first review sees what the other did. */
	g_assert_true(intake_review_refresh(&scope, review, &error));
	g_assert_cmpint(intake_review_draft(review)->version, ==, 4);
	(void)intake_review_edits(review, &n);
	g_assert_cmpuint(n, ==, 2);
}

/* Two people: the second one's action is refused, told why, and what the first did can be shown beside it. */
static void
test_conflict(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) first = ready(&scope);
	int64_t draft_id = intake_review_draft(first)->draft_id;
	g_autoptr(IntakeReview) second = open_review(&scope, draft_id);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) edits = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	PlanEdit other = DEADLINE;
	IntakeResult result;
	const IntakeEdit *theirs;

	other.value = "31/7/2026";
	add(&scope, first, &DEADLINE);
	g_assert_false(intake_review_add(&scope, second, 0, &other, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	assert_deadline(second, "30/6/2026");
	intake_edit_list(&scope, draft_id, 0, arena, edits, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(edits->len, ==, 1);
	theirs = g_ptr_array_index(edits, 0);
	g_assert_cmpstr(theirs->edit.value, ==, "30/6/2026");
	g_assert_false(intake_review_publish(&scope, second, 0, &result, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_true(intake_review_add(&scope, second, 1, &other, &error));
	assert_deadline(second, "31/7/2026");
}

/* An edit that cannot be read changes neither the draft nor what is shown. */
static void
test_refused(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope);
	g_autoptr(GError) error = NULL;
	PlanEdit edit = DEADLINE;
	size_t n;

	edit.value = "hôm nào đó";
	g_assert_false(intake_review_add(&scope, review, 0, &edit, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_clear_error(&error);
	edit.item = "annex9:1";
	g_assert_false(intake_review_add(&scope, review, 0, &edit, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_false(intake_review_undo(&scope, review, 0, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_cmpint(intake_review_draft(review)->version, ==, 0);
	(void)intake_review_edits(review, &n);
	g_assert_cmpuint(n, ==, 0);
	assert_deadline(review, "ba mươi tháng sáu");
}

/* A spelling that was explained once is understood in the next document. */
static void
test_alias(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope), next = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	char *number;
	CompilerOptions options = {0};
	const char *const *names = NULL;
	IntakeResult result;
	guint n_agencies = intake_review_plan(review)->agencies->len;

	add(&scope, review, &LEAD);
	g_assert_true(intake_load_aliases(&scope, arena, &options, &error));
	g_assert_cmpuint(options.n_aliases, ==, 0);
	g_assert_true(intake_review_publish(&scope, review, 1, &result, &error));
	g_assert_true(intake_load_aliases(&scope, arena, &options, &error));
	g_assert_cmpuint(options.n_aliases, ==, 1);
	g_assert_cmpstr(options.aliases[0].printed, ==, "P. Kinh tế");
	g_assert_cmpstr(options.aliases[0].name, ==, "Phòng Kinh tế");
	g_assert_true(intake_load_agencies(&scope, arena, &names, &error));
	g_assert_cmpstr(names[0], ==, "Phòng Kinh tế"); /* what a reviewer explained comes first */
	g_assert_cmpuint(g_strv_length((char **)(guintptr)names), >, 1);
	for (guint i = 1; names[i] != NULL; i++)
		g_assert_cmpstr(names[i], !=, names[0]);
	text = g_strdup(EDIT_SAMPLE);
	number = strstr(text, "18/KH");
	memcpy(number, "21", 2);
	(void)create(&scope, text);
	g_assert_cmpuint(work(&scope), ==, 1);
	next = open_review(&scope, 2);
	g_assert_cmpuint(intake_review_plan(next)->agencies->len, ==, n_agencies - 1);
	g_assert_cmpuint(intake_review_doubts(next)->len, ==, 1);
}

/* A program that ended while it was reading goes on where it was. */
static void
test_restart(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	int64_t first = create(&scope, EDIT_SAMPLE), second = create(&scope, EDIT_SAMPLE), n;
	g_autofree char *folder = NULL, *page = NULL;
	IntakeDraft draft;
	bool has, is_wanted;

	g_assert_true(intake_job_claim(&scope, arena, &draft, &has, &error) && has);
	g_assert_cmpint(draft.draft_id, ==, first);
	folder = intake_job_folder(&scope, &draft, &error);
	page = g_build_filename(folder, "page-1", NULL);
	g_assert_true(g_file_set_contents(page, "x", 1, NULL));
	g_assert_true(intake_job_progress(&scope, first, 3, 7, &is_wanted, &error) && is_wanted);
	draft = look(&scope, arena, first);
	g_assert_cmpint(draft.page_done, ==, 3);
	g_assert_cmpint(draft.page_total, ==, 7);
	g_assert_true(intake_job_recover(&scope, &n, &error));
	g_assert_cmpint(n, ==, 1);
	g_assert_true(g_file_test(page, G_FILE_TEST_EXISTS));
	g_assert_cmpuint(work(&scope), ==, 2);
	g_assert_cmpint(look(&scope, arena, first).state, ==, INTAKE_READY);
	g_assert_cmpint(look(&scope, arena, second).state, ==, INTAKE_READY);
	g_assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
	g_assert_true(intake_job_recover(&scope, &n, &error));
	g_assert_cmpint(n, ==, 0);
}

/* Blocks of a reader are kept, and what is opened later is compiled from them. */
static void
test_blocks(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(BlockDocument) blocks = block_document_new(BLOCK_SOURCE_SCAN);
	g_autoptr(IntakeReview) review = NULL;
	g_autoptr(GPtrArray) pages = g_ptr_array_new(), areas = g_ptr_array_new(),
			     signatures = g_ptr_array_new();
	static const char *const LINES[] = {"KẾ HOẠCH", "Chuyển đổi số năm 2026", "I. MỤC TIÊU",
	    "- Tỷ lệ hồ sơ trực tuyến đạt 80% năm 2026.", "II. NHIỆM VỤ",
	    "1. Công an xã rà soát thiết bị mạng."};
	static const char PDF[] = "%PDF-1.7\n%stands for a file that another program reads\n";
	const IntakeFile file = {.name = "quet.pdf", .bytes = PDF, .len = sizeof(PDF) - 1};
	const BlockPage page = {595, 842, true, 2};
	BlockSignature *signature = arena_new0(blocks->arena, BlockSignature);
	IntakeArrival arrival;
	IntakeDraft draft;
	IntakeResult result;
	g_autoptr(GError) error = NULL;
	const DocumentArea *area;
	bool has;

	g_array_append_val(blocks->pages, page);
	for (guint i = 0; i < G_N_ELEMENTS(LINES); i++)
		block_text_add(blocks, &block_document_add(blocks, BLOCK_PARAGRAPH)->text, LINES[i],
		    strlen(LINES[i]),
		    (BlockPlace){1, {50, 100 + 20.F * (float)i, 500, 115 + 20.F * (float)i}},
		    BLOCK_BREAK_NONE, i == 5 ? 55 : 96);
	*signature = (BlockSignature){(char[]){"Xã Bình Nguyệt"}, NULL, 1770700000, true, false};
	g_ptr_array_add(blocks->signatures, signature);
	g_assert_true(intake_draft_create(&scope, &file, false, &arrival, &error));
	g_assert_true(intake_job_claim(&scope, arena, &draft, &has, &error) && has);
	intake_job_finish(&scope, &draft, blocks, &error);
	g_assert_no_error(error);
	review = open_review(&scope, arrival.draft_id);
	g_assert_cmpuint(intake_review_plan(review)->tasks->len, ==, 1);
	g_assert_cmpuint(intake_review_doubts(review)->len, >, 0);
	g_assert_true(intake_review_publish(&scope, review, 0, &result, &error));
	g_assert_true(document_list_pages(scope.db, scope.commune_id, 1, 1, 9, arena, pages, &error));
	g_assert_cmpuint(pages->len, ==, 1);
	g_assert_cmpint((int)((const DocumentPage *)g_ptr_array_index(pages, 0))->height, ==, 842);
	g_assert_cmpint(((const DocumentPage *)g_ptr_array_index(pages, 0))->turns, ==, 2);
	g_assert_true(document_list_item_areas(scope.db, scope.commune_id, 1, "t1", arena, areas, &error));
	g_assert_cmpuint(areas->len, ==, 1);
	area = g_ptr_array_index(areas, 0);
	g_assert_cmpint((int)area->top, ==, 200);
	g_assert_cmpint((int)area->right, ==, 500);
	g_assert_cmpint(area->confidence, ==, 55);
	g_ptr_array_set_size(areas, 0);
	g_assert_true(document_list_page_areas(scope.db, scope.commune_id, 1, 1, arena, areas, &error));
	g_assert_cmpuint(areas->len, ==, 2);
	g_assert_true(document_list_signatures(scope.db, scope.commune_id, 1, arena, signatures, &error));
	g_assert_cmpuint(signatures->len, ==, 1);
	signature = g_ptr_array_index(signatures, 0);
	g_assert_cmpstr(signature->signer, ==, "Xã Bình Nguyệt");
	g_assert_cmpint(signature->signed_at, ==, 1770700000);
	g_assert_true(signature->is_intact && !signature->covers_all);
}

static void
test_failed(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	int64_t draft_id = create(&scope, "   \n  \n");
	IntakeReview *review = NULL;
	IntakeDraft draft;

	g_assert_cmpuint(work(&scope), ==, 1);
	draft = look(&scope, arena, draft_id);
	g_assert_cmpint(draft.state, ==, INTAKE_FAILED);
	g_assert_nonnull(strstr(draft.message, "khoảng trắng"));
	g_assert_false(intake_review_open(&scope, draft_id, &review, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_true(intake_draft_retry(&scope, draft_id, &error));
	g_assert_cmpint(look(&scope, arena, draft_id).state, ==, INTAKE_WAITING);
	g_assert_false(intake_draft_retry(&scope, draft_id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

static void
test_discard(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(IntakeReview) review = ready(&scope);
	g_autoptr(GPtrArray) drafts = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	int64_t draft_id = intake_review_draft(review)->draft_id, waiting = create(&scope, EDIT_SAMPLE),
		counts[INTAKE_STATE_MAX];
	bool is_wanted, has;
	IntakeDraft draft;

	add(&scope, review, &DEADLINE);
	g_assert_true(intake_draft_discard(&scope, draft_id, &error));
	g_assert_false(intake_draft_discard(&scope, draft_id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_false(intake_review_refresh(&scope, review, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_true(intake_draft_list(&scope, INTAKE_STATE_MAX, 0, 10, arena, drafts, &error));
	g_assert_cmpuint(drafts->len, ==, 1);
	g_assert_true(intake_draft_list(&scope, INTAKE_DISCARDED, 0, 10, arena, drafts, &error));
	g_assert_cmpuint(drafts->len, ==, 2);
	g_assert_true(intake_draft_counts(&scope, counts, &error));
	g_assert_cmpint(counts[INTAKE_DISCARDED], ==, 1);
	g_assert_cmpint(counts[INTAKE_WAITING], ==, 1);
	g_assert_true(intake_draft_restore(&scope, draft_id, &error));
	g_assert_true(intake_review_refresh(&scope, review, &error));
	assert_deadline(review, "30/6/2026");
	/* One that is being read is told to stop, and waits again once it is brought back. */
	g_assert_true(intake_job_claim(&scope, arena, &draft, &has, &error) && has);
	g_assert_cmpint(draft.draft_id, ==, waiting);
	g_assert_true(intake_draft_discard(&scope, waiting, &error));
	g_assert_true(intake_job_progress(&scope, waiting, 1, 2, &is_wanted, &error) && !is_wanted);
	g_assert_true(intake_job_fail(&scope, waiting, "đã dừng", &error));
	g_assert_cmpint(look(&scope, arena, waiting).state, ==, INTAKE_DISCARDED);
	g_assert_true(intake_draft_restore(&scope, waiting, &error));
	g_assert_cmpint(look(&scope, arena, waiting).state, ==, INTAKE_WAITING);
	g_assert_false(intake_draft_discard(&scope, 99, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

static IntakeArrival
arrive(const IntakeScope *scope, const char *text, bool is_again)
{
	g_autoptr(GError) error = NULL;
	const IntakeFile file = {.name = "lai.md", .bytes = text, .len = strlen(text)};
	IntakeArrival arrival;

	intake_draft_create(scope, &file, is_again, &arrival, &error);
	g_assert_no_error(error);
	return arrival;
}

/* The same file again is no second draft, unless a person wants one. */
static void
test_same_file(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope), second = NULL;
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	static const char OTHER[] = "# KẾ HOẠCH\n\n## I. NHIỆM VỤ\n\n1. Công an xã rà soát thiết bị.\n";
	IntakeReading *reading;
	IntakeArrival arrival = arrive(&scope, EDIT_SAMPLE, false);
	IntakeResult result, again;

	g_assert_cmpint(arrival.kind, ==, INTAKE_DRAFT_KNOWN);
	g_assert_cmpint(arrival.draft_id, ==, 1);
	g_assert_cmpint(arrival.plan_id, ==, 0);
	g_assert_true(intake_review_publish(&scope, review, 0, &result, &error));
	arrival = arrive(&scope, EDIT_SAMPLE, false);
	g_assert_cmpint(arrival.kind, ==, INTAKE_DRAFT_KNOWN);
	g_assert_cmpint(arrival.plan_id, ==, result.plan_id);
	/* Imported without a draft: the plan is offered. */
	g_assert_true(intake_read("khac.md", g_strdup(OTHER), strlen(OTHER), &reading, &error));
	g_ptr_array_add(readings, reading);
	g_assert_true(intake_store(test->app, readings, &again, &error));
	arrival = arrive(&scope, OTHER, false);
	g_assert_cmpint(arrival.kind, ==, INTAKE_DRAFT_LIVE);
	g_assert_cmpint(arrival.plan_id, ==, again.plan_id);
	/* Wanted all the same: with corrections it is a new version, without any it changes nothing. */
	arrival = arrive(&scope, EDIT_SAMPLE, true);
	g_assert_cmpint(arrival.kind, ==, INTAKE_DRAFT_NEW);
	g_assert_cmpuint(work(&scope), ==, 1);
	second = open_review(&scope, arrival.draft_id);
	add(&scope, second, &DEADLINE);
	g_assert_true(intake_review_publish(&scope, second, 1, &again, &error));
	g_assert_cmpint(again.outcome, ==, INTAKE_NEW_VERSION);
	g_assert_cmpint(again.version, ==, 2);
	intake_review_free(g_steal_pointer(&second));
	arrival = arrive(&scope, EDIT_SAMPLE, true);
	g_assert_cmpuint(work(&scope), ==, 1);
	second = open_review(&scope, arrival.draft_id);
	g_assert_true(intake_review_publish(&scope, second, 0, &again, &error));
	g_assert_cmpint(again.outcome, ==, INTAKE_UNCHANGED);
	g_assert_cmpint(again.plan_id, ==, result.plan_id);
}

static void
test_bad_files(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	static const char BINARY[] = "\x7f"
				     "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>";
	const IntakeFile files[] = {{.name = "rong.txt", .bytes = ""},
	    {.name = "chuong-trinh", .bytes = BINARY, .len = sizeof(BINARY)}};

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autoptr(GError) error = NULL;
		IntakeArrival arrival;

		g_assert_false(intake_draft_create(&scope, &files[i], false, &arrival, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	}
}

static const DbSql PLAN_COUNT = {.name = "test_plans",
    .sqlite = "SELECT COUNT(*) FROM plan WHERE commune_id = ?1",
    .pg = "SELECT COUNT(*) FROM plan WHERE commune_id = $1",
    .n_params = 1,
    .n_columns = 1};

static int64_t
count_plans(const IntakeScope *scope)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool row;

	db_prepare(scope->db, &PLAN_COUNT, &stmt, &error);
	g_assert_no_error(error);
	db_bind_int(stmt, 1, scope->commune_id);
	db_step(stmt, &row, &error);
	g_assert_no_error(error);
	return db_column_int(stmt, 0);
}

/* Whichever step of an edit fails, the draft and the review are as they were. */
static void
test_faults_edit(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope);
	bool is_added = false;

	for (unsigned n = 1; !is_added; n++) {
		g_autoptr(GError) error = NULL;

		db_backend_fail_after(test->db, n);
		is_added = intake_review_add(&scope, review, 0, &DEADLINE, &error);
		db_backend_fail_after(test->db, 0);
		g_assert_true(is_added == (error == NULL));
		g_assert_true(intake_review_refresh(&scope, review, NULL));
		g_assert_cmpint(intake_review_draft(review)->version, ==, is_added ? 1 : 0);
		assert_deadline(review, is_added ? "30/6/2026" : "ba mươi tháng sáu");
		g_assert_cmpuint(n, <, 100);
	}
}

/* Whichever step of publishing fails, there is no plan, no lesson, and the draft is ready for another try. */
static void
test_faults_publish(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(IntakeReview) review = ready(&scope);
	g_autoptr(Arena) arena = arena_new();
	CompilerOptions options = {0};
	bool is_live = false;
	unsigned n = 1;

	add(&scope, review, &LEAD);
	for (; !is_live; n += 7) {
		g_autoptr(GError) error = NULL;
		IntakeResult result;

		db_backend_fail_after(test->db, n);
		is_live = intake_review_publish(&scope, review, 1, &result, &error);
		db_backend_fail_after(test->db, 0);
		g_assert_true(is_live == (error == NULL));
		g_assert_true(intake_review_refresh(&scope, review, NULL));
		g_assert_cmpint(count_plans(&scope), ==, is_live);
		g_assert_true(intake_load_aliases(&scope, arena, &options, NULL));
		g_assert_cmpuint(options.n_aliases, ==, is_live);
		g_assert_cmpint(
		    intake_review_draft(review)->state, ==, is_live ? INTAKE_PUBLISHED : INTAKE_READY);
	}
	g_assert_cmpuint(n, >, 100);
}

/* The stamp was seen only when the pages had been recognised: nothing of the file is left then. */
static void
test_late_secret(void)
{
	static const char *const LINES[] = {"UBND XÃ BÌNH NGUYỆT", "MẬT", "KẾ HOẠCH"};
	static const char PDF[] = "%PDF-1.7\n%stands for a file that another program reads\n";
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(BlockDocument) blocks = block_document_new(BLOCK_SOURCE_SCAN);
	const IntakeFile file = {.name = "chuyện mật.pdf", .bytes = PDF, .len = sizeof(PDF) - 1};
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	IntakeArrival arrival;
	IntakeDraft draft, after;
	bool has;

	for (guint i = 0; i < G_N_ELEMENTS(LINES); i++)
		block_text_add(blocks, &block_document_add(blocks, BLOCK_PARAGRAPH)->text, LINES[i],
		    strlen(LINES[i]), (BlockPlace){.page = 1}, BLOCK_BREAK_NONE, 90);
	g_assert_true(intake_draft_create(&scope, &file, false, &arrival, &error));
	g_assert_true(intake_job_claim(&scope, arena, &draft, &has, &error) && has);
	intake_job_finish(&scope, &draft, blocks, &error);
	g_assert_no_error(error);
	g_assert_true(intake_draft_load(&scope, arrival.draft_id, arena, &after, NULL));
	g_assert_cmpint(after.state, ==, INTAKE_FAILED);
	g_assert_cmpstr(after.file_name, ==, "tài liệu mật");
	g_assert_nonnull(strstr(after.message, "“MẬT”"));
	path = filestore_path(test->directory, draft.file_sha256);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	g_assert_true(app_verify(test->app, &report, NULL));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draft/life", test_life);
	g_test_add_func("/draft/reshaped", test_reshaped);
	g_test_add_func("/draft/kept", test_kept);
	g_test_add_func("/draft/conflict", test_conflict);
	g_test_add_func("/draft/refused", test_refused);
	g_test_add_func("/draft/alias", test_alias);
	g_test_add_func("/draft/restart", test_restart);
	g_test_add_func("/draft/blocks", test_blocks);
	g_test_add_func("/draft/failed", test_failed);
	g_test_add_func("/draft/discard", test_discard);
	g_test_add_func("/draft/same-file", test_same_file);
	g_test_add_func("/draft/bad-files", test_bad_files);
	g_test_add_func("/draft/faults-edit", test_faults_edit);
	g_test_add_func("/draft/faults-publish", test_faults_publish);
	g_test_add_func("/draft/late-secret", test_late_secret);
	return g_test_run();
}
