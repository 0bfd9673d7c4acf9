/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "compiler/edit/tests/edit_sample.h"
#include "compiler/edit/tests/edit_tests.h"

#include <string.h>

Plan *
edit_plan(void)
{
	Plan *plan = compile_text(EDIT_SAMPLE);

	plan_edit_apply(plan, NULL, 0, NULL);
	return plan;
}

const PlanTask *
task_of(const Plan *plan, const char *id)
{
	for (guint i = 0; i < plan->tasks->len; i++)
		if (strcmp(((const PlanTask *)NTH(plan->tasks, i))->id, id) == 0)
			return NTH(plan->tasks, i);
	g_test_message("no task %s", id);
	g_test_fail();
	g_abort();
}

const PlanIndicator *
indicator_of(const Plan *plan, const char *id)
{
	for (guint i = 0; i < plan->indicators->len; i++)
		if (strcmp(((const PlanIndicator *)NTH(plan->indicators, i))->id, id) == 0)
			return NTH(plan->indicators, i);
	g_test_message("no indicator %s", id);
	g_test_fail();
	g_abort();
}

char *
plan_dump(const Plan *plan)
{
	GString *json = g_string_new(NULL);

	compiler_dump_json(plan, json);
	return g_string_free(json, FALSE);
}

void
edit_ok(Plan *plan, PlanEdit edit)
{
	g_autoptr(GError) error = NULL;

	plan_edit_try(plan, &edit, &error);
	g_assert_no_error(error);
}

void
edit_refused(Plan *plan, PlanEdit edit, int code, const char *words)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *before = plan_dump(plan), *after = NULL;

	g_assert_false(plan_edit_try(plan, &edit, &error));
	g_assert_error(error, APP_ERROR, code);
	if (strstr(error->message, words) == NULL)
		g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
	after = plan_dump(plan);
	g_assert_cmpstr(before, ==, after);
}

static void
check_codec(const PlanEdit *edit)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GString) line = g_string_new(NULL), again = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	PlanEdit read;

	plan_edit_encode(edit, line);
	g_assert_null(strpbrk(line->str, "\r\n"));
	plan_edit_decode(line->str, arena, &read, &error);
	g_assert_no_error(error);
	plan_edit_encode(&read, again);
	g_assert_cmpstr(again->str, ==, line->str);
	g_assert_cmpint(read.kind, ==, edit->kind);
	g_assert_cmpstr(read.item, ==, edit->item);
	g_assert_cmpstr(read.value, ==, edit->value);
	g_assert_cmpstr(read.other, ==, edit->other);
	g_assert_cmpuint(read.position, ==, edit->position);
}

static void
test_codec(void)
{
	const PlanEdit edits[] = {
	    {.kind = PLAN_EDIT_SET, .item = "annex2:1.1", .field = PLAN_FIELD_LEAD, .value = "a\tb\\c\nd\re"},
	    {.kind = PLAN_EDIT_SET, .item = "i1", .field = PLAN_FIELD_TARGETS, .position = SIZE_MAX},
	    {.kind = PLAN_EDIT_DOCUMENT, .document_field = PLAN_DOCUMENT_DATE, .value = "10/02/2026"},
	    {.kind = PLAN_EDIT_ACCEPT, .item = "t1", .field = PLAN_FIELD_MAX},
	    {.kind = PLAN_EDIT_ACCEPT, .document_field = PLAN_DOCUMENT_SIGNER},
	    {.kind = PLAN_EDIT_SPLIT, .item = "t1", .position = 17},
	    {.kind = PLAN_EDIT_JOIN, .item = "t1", .other = "t3"},
	    {.kind = PLAN_EDIT_AGENCY, .value = "P. Kinh tế", .other = "Phòng Kinh tế"},
	};
	static const char *const BROKEN[] = {"", "set", "set\ta\tlead\t0\tv", "set\ta\tlead\t0\tv\to\tmore",
	    "fly\ta\t\t0\t\t", "set\ta\twing\t0\t\t", "split\ta\t\t-1\t\t", "split\ta\t\tx\t\t",
	    "set\ta\\q\tlead\t0\t\t", "set\ta\\\tlead\t0\t\t", "split\ta\tlead\t0\t\t",
	    "document\t\tlead\t0\t\t", "set\t\xff\tlead\t0\t\t"};

	for (size_t i = 0; i < G_N_ELEMENTS(edits); i++)
		check_codec(&edits[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(GError) error = NULL;
		PlanEdit edit;

		g_assert_false(plan_edit_decode(BROKEN[i], arena, &edit, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	}
}

static const PlanEdit STACK[] = {
    {.kind = PLAN_EDIT_SET, .item = "annex2:1.2", .field = PLAN_FIELD_DEADLINE, .value = "30/6/2026"},
    {.kind = PLAN_EDIT_SPLIT, .item = "annex2:2.1", .position = sizeof("Lắp Wi-Fi tại nhà văn hóa;")},
    {.kind = PLAN_EDIT_SET,
	.item = "annex2:2.1~2",
	.field = PLAN_FIELD_LEAD,
	.value = "Văn phòng HĐND và UBND"},
    {.kind = PLAN_EDIT_JOIN, .item = "annex2:2.3"},
    {.kind = PLAN_EDIT_GROUP, .item = "annex2:3"},
    {.kind = PLAN_EDIT_DELETE, .item = "annex2:9.9"},
    {.kind = PLAN_EDIT_ADD, .item = "annex2:3.1", .value = "Mở gian hàng của xã"},
    {.kind = PLAN_EDIT_SET, .item = "annex2:3.1~2", .field = PLAN_FIELD_DEADLINE, .value = "hôm nào đó"},
    {.kind = PLAN_EDIT_AGENCY, .value = "P. Kinh tế", .other = "Phòng Kinh tế"},
    {.kind = PLAN_EDIT_KIND, .item = "annex1:2"},
    {.kind = PLAN_EDIT_DOCUMENT, .document_field = PLAN_DOCUMENT_NUMBER, .value = "19/KH-UBND"},
};

/* All at once, one by one, and the first n and then the rest: the same plan. */
static void
test_stacked(void)
{
	g_autoptr(Plan) once = edit_plan();
	g_autoptr(GPtrArray) problems = g_ptr_array_new();
	g_autofree char *expected = NULL;

	plan_edit_apply(once, STACK, G_N_ELEMENTS(STACK), problems);
	g_assert_cmpuint(problems->len, ==, 2);
	g_assert_cmpuint(((const PlanEditProblem *)NTH(problems, 0))->edit, ==, 5);
	g_assert_cmpuint(((const PlanEditProblem *)NTH(problems, 1))->edit, ==, 7);
	g_assert_nonnull(strstr(((const PlanEditProblem *)NTH(problems, 0))->message, "annex2:9.9"));
	expected = plan_dump(once);
	for (size_t n = 0; n <= G_N_ELEMENTS(STACK); n++) {
		g_autoptr(Plan) plan = edit_plan();
		g_autofree char *dump = NULL;

		for (size_t i = 0; i < n; i++)
			plan_edit_try(plan, &STACK[i], NULL);
		plan_edit_apply(plan, STACK + n, G_N_ELEMENTS(STACK) - n, NULL);
		dump = plan_dump(plan);
		g_assert_cmpstr(dump, ==, expected);
	}
}

/* Without the last edit the plan is what it was before that edit: that is what undo shows. */
static void
test_undone(void)
{
	for (size_t n = 1; n <= G_N_ELEMENTS(STACK); n++) {
		g_autoptr(Plan) before = edit_plan(), after = edit_plan();
		g_autofree char *was = NULL, *is = NULL;

		plan_edit_apply(before, STACK, n - 1, NULL);
		plan_edit_apply(after, STACK, n, NULL);
		was = plan_dump(before);
		is = plan_dump(after);
		g_assert_cmpint(strcmp(was, is) == 0, ==, n - 1 == 5 || n - 1 == 7);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/edit/codec", test_codec);
	g_test_add_func("/edit/stacked", test_stacked);
	g_test_add_func("/edit/undone", test_undone);
	add_field_tests();
	add_row_tests();
	add_doubt_tests();
	return g_test_run();
}
