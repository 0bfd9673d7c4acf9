/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/tests/edit_tests.h"

#include <string.h>

/* The sample with one doubt left: the deadline of task 1.2. */
static Plan *
doubt_plan(void)
{
	Plan *plan = edit_plan();

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .item = "annex2:3.2", .field = PLAN_FIELD_LEAD});
	return plan;
}

static guint
count_doubts(const Plan *plan)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = plan_doubts(plan, arena);

	return doubts->len;
}

/* Marks as a reader makes them: every field where its row stands, as surely as given. */
static void
mark_fields(PlanTask *task, uint8_t confidence)
{
	for (int field = 0; field < PLAN_FIELD_MAX; field++)
		task->fields[field] = (PlanFieldMark){task->span, confidence};
	task->fields[PLAN_FIELD_UNIT] = (PlanFieldMark){.confidence = 100};
	task->fields[PLAN_FIELD_TARGETS] = (PlanFieldMark){.confidence = 100};
	task->confidence = confidence;
}

/* What the compiler says it could not read is asked, once, and answered by writing it or accepting it. */
static void
test_finding(void)
{
	for (int way = 0; way < 3; way++) {
		g_autoptr(Plan) plan = doubt_plan();
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(GPtrArray) doubts = plan_doubts(plan, arena);
		const PlanDoubt *doubt = NTH(doubts, 0);
		PlanEdit edit = {.kind = way == 0 ? PLAN_EDIT_SET : PLAN_EDIT_ACCEPT,
		    .item = "annex2:1.2",
		    .field = way == 2 ? PLAN_FIELD_MAX : PLAN_FIELD_DEADLINE,
		    .value = "30/6/2026"};

		g_assert_cmpuint(doubts->len, ==, 1);
		g_assert_cmpstr(doubt->item, ==, "annex2:1.2");
		g_assert_cmpint(doubt->kind, ==, PLAN_DOUBT_FIELD);
		g_assert_cmpint(doubt->field, ==, PLAN_FIELD_DEADLINE);
		g_assert_cmpstr(doubt->rule, ==, "deadline-unread");
		g_assert_cmpstr(doubt->text, ==, "ba mươi tháng sáu");
		g_assert_cmpuint(doubt->span.line, >, 0);
		edit_ok(plan, edit);
		g_assert_cmpuint(count_doubts(plan), ==, 0);
		g_assert_cmpuint(task_of(plan, "annex2:1.2")->confidence, ==, 100);
	}
}

static void
test_marks(void)
{
	g_autoptr(Plan) plan = doubt_plan();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = NULL;
	PlanTask *task = NTH(plan->tasks, 0);
	const PlanDoubt *doubt;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .item = "annex2:1.2", .field = PLAN_FIELD_MAX});
	mark_fields(task, 90);
	task->fields[PLAN_FIELD_LEAD].confidence = 55;
	task->fields[PLAN_FIELD_OUTPUT].confidence = 79;
	task->confidence = 55;
	doubts = plan_doubts(plan, arena);
	g_assert_cmpuint(doubts->len, ==, 2);
	doubt = NTH(doubts, 0);
	g_assert_cmpint(doubt->field, ==, PLAN_FIELD_LEAD);
	g_assert_cmpstr(
	    doubt->question, ==, "Cơ quan chủ trì của nhiệm vụ 1.1 có đúng là \"Công an xã\" không?");
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET,
			  .item = "annex2:1.1",
			  .field = PLAN_FIELD_LEAD,
			  .value = "Công an xã"});
	g_assert_cmpuint(task->confidence, ==, 79);
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .item = "annex2:1.1", .field = PLAN_FIELD_OUTPUT});
	g_assert_cmpuint(count_doubts(plan), ==, 0);
	g_assert_cmpuint(task->confidence, ==, 90);
}

/* A misread agency is offered as the one that other rows name. */
static void
test_suggestion(void)
{
	g_autoptr(Plan) plan = doubt_plan();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = NULL;
	PlanTask *task = NTH(plan->tasks, 0);
	const PlanDoubt *doubt;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .item = "annex2:1.2", .field = PLAN_FIELD_MAX});
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET,
			  .item = "annex2:1.1",
			  .field = PLAN_FIELD_LEAD,
			  .value = "Phòng Kinb tế; Công an xã"});
	mark_fields(task, 100);
	task->fields[PLAN_FIELD_LEAD].confidence = 40;
	doubts = plan_doubts(plan, arena);
	g_assert_cmpuint(doubts->len, ==, 1);
	doubt = NTH(doubts, 0);
	g_assert_cmpstr(doubt->suggestion, ==, "Phòng Kinh tế; Công an xã");
}

/* So is what an abbreviation stands for. */
static void
test_abbreviation(void)
{
	g_autoptr(Plan) plan = edit_plan();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = plan_doubts(plan, arena);
	const PlanDoubt *doubt = NTH(doubts, 1);

	g_assert_cmpuint(doubts->len, ==, 2);
	g_assert_cmpstr(doubt->item, ==, "annex2:3.2");
	g_assert_cmpstr(doubt->text, ==, "P. Kinh tế");
	g_assert_cmpstr(doubt->suggestion, ==, "Phòng Kinh tế");
}

static void
test_row(void)
{
	g_autoptr(Plan) plan = doubt_plan();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = NULL;
	PlanIndicator *indicator = NTH(plan->indicators, 0);
	const PlanDoubt *doubt;

	indicator->confidence = 60;
	memset(indicator->fields, 0, sizeof(indicator->fields)); /* from a reader that marks no fields */
	doubts = plan_doubts(plan, arena);
	g_assert_cmpuint(doubts->len, ==, 2);
	doubt = NTH(doubts, 0);
	g_assert_cmpint(doubt->kind, ==, PLAN_DOUBT_ITEM);
	g_assert_cmpint(doubt->field, ==, PLAN_FIELD_MAX);
	g_assert_nonnull(strstr(doubt->question, "chỉ tiêu 1"));
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .item = "annex1:1", .field = PLAN_FIELD_MAX});
	g_assert_cmpuint(count_doubts(plan), ==, 1);
}

/* Cells that were told apart unsurely are one question, whatever each of them says. */
static void
test_cells(void)
{
	g_autoptr(Plan) plan = doubt_plan();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) doubts = NULL, later = NULL;
	PlanTask *task = NTH(plan->tasks, 0);
	const PlanDoubt *doubt;

	mark_fields(task, 60);
	diag_add(plan->diags, "cells-unsure", DIAG_WARNING, task->span, "Không chắc đã tách đúng các cột.");
	diag_add(plan->diags, "scan-blurred", DIAG_WARNING, (SourceSpan){.line = 1}, "Trang mờ.");
	doubts = plan_doubts(plan, arena);
	g_assert_cmpuint(doubts->len, ==, 2);
	doubt = NTH(doubts, 0);
	g_assert_cmpint(doubt->kind, ==, PLAN_DOUBT_ITEM);
	g_assert_cmpstr(doubt->question, ==, "Không chắc đã tách đúng các cột.");
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_SET, .item = task->id, .field = PLAN_FIELD_OUTPUT});
	later = plan_doubts(plan, arena);
	g_assert_cmpuint(later->len, ==, 2);
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .item = task->id, .field = PLAN_FIELD_MAX});
	g_assert_cmpuint(count_doubts(plan), ==, 1);
	g_assert_cmpuint(task->confidence, ==, 100);
}

/* A number that was recognised unsurely is asked until a person says what it is. */
static void
test_document_doubt(void)
{
	g_autoptr(Plan) plan = doubt_plan();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GArray) pages = g_array_new(FALSE, FALSE, sizeof(BlockPage));
	g_autoptr(GPtrArray) doubts = NULL;
	const BlockPage page = {595, 842, true, 0};
	const PlanDoubt *doubt;

	g_array_append_val(pages, page);
	plan->places = places_new(plan->arena, pages);
	places_add(plan->places, plan->document.number_span.offset, plan->document.number_span.len,
	    (BlockPlace){1, {10, 10, 90, 20}}, 50);
	doubts = plan_doubts(plan, arena);
	g_assert_cmpuint(doubts->len, ==, 2);
	doubt = NTH(doubts, 0);
	g_assert_cmpint(doubt->kind, ==, PLAN_DOUBT_DOCUMENT);
	g_assert_cmpint(doubt->document_field, ==, PLAN_DOCUMENT_NUMBER);
	g_assert_cmpstr(doubt->text, ==, "18/KH-UBND");
	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_ACCEPT, .document_field = PLAN_DOCUMENT_NUMBER});
	g_assert_cmpuint(count_doubts(plan), ==, 1);
}

void
add_doubt_tests(void)
{
	g_test_add_func("/edit/doubt/finding", test_finding);
	g_test_add_func("/edit/doubt/marks", test_marks);
	g_test_add_func("/edit/doubt/suggestion", test_suggestion);
	g_test_add_func("/edit/doubt/abbreviation", test_abbreviation);
	g_test_add_func("/edit/doubt/row", test_row);
	g_test_add_func("/edit/doubt/cells", test_cells);
	g_test_add_func("/edit/doubt/document", test_document_doubt);
}
