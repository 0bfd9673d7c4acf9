/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"
#include "compiler/compiler.h"
#include "compiler/diff/diff.h"

#include <string.h>

static const char *const WORK[] = {"Mở lớp kỹ năng số cho nông dân", "Lắp camera ở chợ và bến xe",
    "Trồng cây xanh dọc đường liên thôn", "Số hóa sổ hộ tịch lưu tại xã"};

/* A plan with the works of the given order, numbered from 1; -1 ends. */
static Plan *
plan_of(const int *order)
{
	Plan *plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	for (int i = 0; order[i] >= 0; i++) {
		g_autofree char *no = g_strdup_printf("%d", i + 1);

		build_task(plan, annex, no, WORK[order[i]], "Công an xã", "Các thôn", "Báo cáo", "2026");
	}
	return plan;
}

static const PlanDiffItem *
only_item(const PlanDiff *diff)
{
	for (guint i = 0; i < diff->items->len; i++) {
		const PlanDiffItem *item = g_ptr_array_index(diff->items, i);

		g_test_message("%s %s", plan_diff_kind_name(item->kind), item->label);
	}
	g_assert_cmpuint(diff->items->len, ==, 1);
	return g_ptr_array_index(diff->items, 0);
}

static void
assert_counts(const PlanDiff *diff, size_t added, size_t removed, size_t changed, size_t renumbered)
{
	g_assert_cmpuint(diff->n_by_kind[PLAN_DIFF_ADDED], ==, added);
	g_assert_cmpuint(diff->n_by_kind[PLAN_DIFF_REMOVED], ==, removed);
	g_assert_cmpuint(diff->n_by_kind[PLAN_DIFF_CHANGED], ==, changed);
	g_assert_cmpuint(diff->n_by_kind[PLAN_DIFF_RENUMBERED], ==, renumbered);
	g_assert_cmpuint(diff->items->len, ==, added + removed + changed + renumbered);
}

static void
test_same(void)
{
	g_autoptr(Plan) a = plan_of((const int[]){0, 1, 2, -1});
	g_autoptr(Plan) b = plan_of((const int[]){0, 1, 2, -1});
	g_autoptr(PlanDiff) diff = plan_diff(a, b);

	assert_counts(diff, 0, 0, 0, 0);
}

static void
test_empty(void)
{
	g_autoptr(Plan) a = plan_new(), b = plan_new();
	g_autoptr(PlanDiff) diff = plan_diff(a, b);

	assert_counts(diff, 0, 0, 0, 0);
}

static void
test_reordered_is_renumbered(void)
{
	g_autoptr(Plan) a = plan_of((const int[]){0, 1, 2, -1});
	g_autoptr(Plan) b = plan_of((const int[]){2, 0, 1, -1});
	g_autoptr(PlanDiff) diff = plan_diff(a, b);

	assert_counts(diff, 0, 0, 0, 3);
}

static void
test_added_and_removed(void)
{
	g_autoptr(Plan) a = plan_of((const int[]){0, 1, 2, -1});
	g_autoptr(Plan) b = plan_of((const int[]){0, 1, 3, -1});
	g_autoptr(PlanDiff) diff = plan_diff(a, b);

	assert_counts(diff, 1, 1, 0, 0);
}

static void
test_changed_deadline(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	g_autoptr(PlanDiff) diff = NULL;
	const PlanDiffItem *item;

	build_task(a, build_task_annex(a), "1", WORK[0], "Công an xã", "Các thôn", "Báo cáo", "6/2026");
	build_task(b, build_task_annex(b), "1", WORK[0], "Công an xã", "Các thôn", "Báo cáo", "9/2026");
	diff = plan_diff(a, b);
	item = only_item(diff);
	g_assert_cmpint(item->kind, ==, PLAN_DIFF_CHANGED);
	g_assert_cmpuint(item->n_fields, ==, 1);
	g_assert_cmpstr(item->fields[0].key, ==, "deadline");
	g_assert_cmpstr(item->fields[0].from, ==, "6/2026");
	g_assert_cmpstr(item->fields[0].to, ==, "9/2026");
}

static void
test_changed_target(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	g_autoptr(PlanDiff) diff = NULL;
	PlanIndicator *left = build_indicator(a, build_indicator_annex(a), "1", "Tỷ lệ hồ sơ được số hóa");
	PlanIndicator *right = build_indicator(b, build_indicator_annex(b), "1", "Tỷ lệ hồ sơ được số hóa");
	const PlanDiffItem *item;

	build_target(a, left, 2026, "80");
	build_target(a, left, 2030, "90");
	build_target(b, right, 2026, "80");
	build_target(b, right, 2030, ">=95");
	build_target(b, right, 2035, "100");
	diff = plan_diff(a, b);
	item = only_item(diff);
	g_assert_cmpuint(item->n_fields, ==, 2);
	g_assert_cmpint(item->fields[0].year, ==, 2030);
	g_assert_cmpstr(item->fields[0].from, ==, "90");
	g_assert_cmpstr(item->fields[0].to, ==, ">=95");
	g_assert_cmpint(item->fields[1].year, ==, 2035);
	g_assert_cmpstr(item->fields[1].from, ==, "");
}

static void
test_reworded_keeps_its_match(void)
{
	g_autoptr(Plan) a = plan_of((const int[]){0, 1, 2, -1});
	g_autoptr(Plan) b = build_plan();
	PlanAnnex *annex = build_task_annex(b);
	g_autoptr(PlanDiff) diff = NULL;
	const PlanDiffItem *item;

	build_task(b, annex, "1", WORK[0], "Công an xã", "Các thôn", "Báo cáo", "2026");
	build_task(b, annex, "2", "Lắp đặt camera giám sát ở chợ, bến xe", "Công an xã", "Các thôn",
	    "Báo cáo", "2026");
	build_task(b, annex, "3", WORK[2], "Công an xã", "Các thôn", "Báo cáo", "2026");
	diff = plan_diff(a, b);
	item = only_item(diff);
	g_assert_cmpint(item->kind, ==, PLAN_DIFF_CHANGED);
	g_assert_cmpstr(item->fields[0].key, ==, "name");
}

static void
test_spelling_of_an_agency_is_no_change(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	g_autoptr(PlanDiff) diff = NULL;

	build_task(
	    a, build_task_annex(a), "1", WORK[0], "Phòng Văn hóa - Xã hội", "Các thôn", "Báo cáo", "2026");
	build_task(
	    b, build_task_annex(b), "1", WORK[0], "Phòng Văn hoá – xã hội", "Các thôn", "Báo cáo", "2026");
	diff = plan_diff(a, b);
	assert_counts(diff, 0, 0, 0, 0);
}

static void
test_split(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	PlanAnnex *left = build_task_annex(a), *right = build_task_annex(b);
	g_autoptr(PlanDiff) diff = NULL, back = NULL;
	const PlanDiffItem *item = NULL;

	build_task(a, left, "1", "Mở lớp kỹ năng số cho nông dân; lắp camera ở chợ, bến xe, trường học",
	    "Công an xã", "Các thôn", "Báo cáo", "2026");
	build_task(b, right, "1", "Lắp camera ở chợ, bến xe, trường học", "Công an xã", "Các thôn", "Báo cáo",
	    "2026");
	build_task(
	    b, right, "2", "Mở lớp kỹ năng số cho nông dân", "Công an xã", "Các thôn", "Báo cáo", "2026");
	diff = plan_diff(a, b);
	assert_counts(diff, 1, 0, 1, 0);
	for (guint i = 0; i < diff->items->len; i++)
		if (((const PlanDiffItem *)diff->items->pdata[i])->kind == PLAN_DIFF_ADDED)
			item = diff->items->pdata[i];
	g_assert_nonnull(item);
	g_assert_nonnull(item->origin);
	g_assert_nonnull(strstr(item->origin, "lắp camera"));
	back = plan_diff(b, a);
	assert_counts(back, 0, 1, 1, 0);
}

static void
test_document(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	g_autoptr(PlanDiff) diff = NULL;

	b->document.number = arena_strdup(b->arena, "40/KH-UBND");
	build_citation(b, b->document.legal_basis, "Kế hoạch", "9/KH-UBND", NULL, "2026-01-05");
	diff = plan_diff(a, b);
	assert_counts(diff, 1, 0, 1, 0);
	g_assert_cmpint(((const PlanDiffItem *)diff->items->pdata[0])->what, ==, PLAN_DIFF_DOCUMENT);
}

static void
test_duties_and_reporting(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	g_autoptr(PlanDiff) diff = NULL;

	build_duty(a, "Công an xã", "V.1", "Giữ trật tự ở chợ và bến xe");
	build_duty(b, "Ban Quản lý chợ", "V.1", "Giữ trật tự ở chợ và bến xe");
	build_prose(a, "III.1", "Trồng cây xanh");
	build_prose(b, "III.2", "Trồng cây xanh");
	((PlanReporting *)b->reporting->pdata[0])->due_day = 20;
	diff = plan_diff(a, b);
	assert_counts(diff, 0, 0, 2, 1);
}

static void
test_many_copies_stay_matched(void)
{
	g_autoptr(Plan) a = build_plan(), b = build_plan();
	PlanAnnex *left = build_task_annex(a), *right = build_task_annex(b);
	g_autoptr(PlanDiff) diff = NULL;

	for (int i = 0; i < 200; i++) {
		g_autofree char *no = g_strdup_printf("%d", i + 1);

		build_task(a, left, no, WORK[i % 4], "Công an xã", "Các thôn", "Báo cáo", "2026");
		build_task(b, right, no, WORK[i % 4], "Công an xã", "Các thôn", "Báo cáo", "2026");
	}
	diff = plan_diff(a, b);
	assert_counts(diff, 0, 0, 0, 0);
}

static Plan *
compile(const char *name)
{
	g_autofree char *path = g_strdup_printf("%s/%s", DIFF_GOLDEN_DIR, name), *bytes = NULL;
	g_autoptr(GError) error = NULL;
	Plan *plan = NULL;
	size_t len;

	g_file_get_contents(path, &bytes, &len, &error);
	g_assert_no_error(error);
	compiler_compile(bytes, len, NULL, &plan, &error);
	g_assert_no_error(error);
	return plan;
}

/* Two documents as they come. With UPDATE_GOLDEN set the expected file is written anew. */
static void
test_documents(void)
{
	g_autoptr(Plan) a = compile("state.md"), b = compile("state-2.md");
	g_autoptr(PlanDiff) diff = plan_diff(a, b);
	g_autoptr(GString) found = g_string_new(NULL);
	g_autofree char *wanted = NULL;
	g_autoptr(GError) error = NULL;

	for (guint i = 0; i < diff->items->len; i++) {
		const PlanDiffItem *item = g_ptr_array_index(diff->items, i);

		g_string_append_printf(found, "%s %s %s > %s: %s\n", plan_diff_kind_name(item->kind),
		    plan_diff_what_name(item->what), item->old_no != NULL ? item->old_no : "-",
		    item->new_no != NULL ? item->new_no : "-", item->label);
		for (size_t k = 0; k < item->n_fields; k++)
			g_string_append_printf(found, "    %s %d: %s > %s\n", item->fields[k].key,
			    item->fields[k].year, item->fields[k].from, item->fields[k].to);
	}
	if (g_getenv("UPDATE_GOLDEN") != NULL)
		g_file_set_contents(DIFF_GOLDEN_DIR "/state.out", found->str, -1, &error);
	g_assert_no_error(error);
	g_file_get_contents(DIFF_GOLDEN_DIR "/state.out", &wanted, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(found->str, ==, wanted);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/diff/same", test_same);
	g_test_add_func("/diff/empty", test_empty);
	g_test_add_func("/diff/reordered", test_reordered_is_renumbered);
	g_test_add_func("/diff/added-and-removed", test_added_and_removed);
	g_test_add_func("/diff/deadline", test_changed_deadline);
	g_test_add_func("/diff/target", test_changed_target);
	g_test_add_func("/diff/reworded", test_reworded_keeps_its_match);
	g_test_add_func("/diff/agency-spelling", test_spelling_of_an_agency_is_no_change);
	g_test_add_func("/diff/split", test_split);
	g_test_add_func("/diff/document", test_document);
	g_test_add_func("/diff/duties-and-reporting", test_duties_and_reporting);
	g_test_add_func("/diff/many-copies", test_many_copies_stay_matched);
	g_test_add_func("/diff/documents", test_documents);
	return g_test_run();
}
