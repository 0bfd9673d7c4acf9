/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/test_check.h"

#include "compiler/check/lint.h"
#include "compiler/check/tests/plan_builder.h"

#include <string.h>

static void
test_good_plan_is_silent(void)
{
	g_autoptr(Plan) plan = build_plan();
	g_autoptr(DiagList) list = NULL;
	PlanAnnex *tasks, *indicators;

	indicators = build_indicator_annex(plan);
	build_target(plan, build_indicator(plan, indicators, "1", "Tỷ lệ hồ sơ được số hóa"), 2030, "90");
	tasks = build_task_annex(plan);
	build_task(plan, tasks, "1", "Lập sổ theo dõi hồ sơ số hóa", "Phòng Văn hóa - Xã hội", "Công an xã",
	    "Sổ theo dõi", "6/2026");
	list = lint_run(plan, NULL);
	for (guint i = 0; i < list->items->len; i++) {
		const Diag *diag = g_ptr_array_index(list->items, i);

		g_test_message("%s: %s", diag->rule, diag->message);
	}
	g_assert_cmpuint(list->items->len, ==, 0);
}

static void
test_empty_plan_does_not_crash(void)
{
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(DiagList) list = NULL;

	plan->text = arena_strdup(plan->arena, "");
	list = lint_run(plan, NULL);
	g_assert_nonnull(list);
}

static void
test_rule_table_is_sound(void)
{
	for (const LintRule *rule = lint_rules(); rule->id != NULL; rule++) {
		g_assert_true(lint_find_rule(rule->id) == rule); /* no id twice */
		g_assert_nonnull(rule->run);
		g_assert_cmpuint(strlen(rule->title), >, 0);
		g_assert_true(g_str_has_suffix(rule->why, "."));
		for (const char *p = rule->id; *p != '\0'; p++)
			g_assert_true(g_ascii_islower(*p) || g_ascii_isdigit(*p) || *p == '-');
	}
	g_assert_null(lint_find_rule("no-such-rule"));
}

/* Every rule is described, and nothing is described that is no rule. */
static void
test_documentation_is_complete(void)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	g_autoptr(GError) error = NULL;
	unsigned n_rules = 0, n_described = 0;

	g_file_get_contents(LINT_RULES_DOC, &text, NULL, &error);
	g_assert_no_error(error);
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_autofree char *id = NULL;

		if (!g_str_has_prefix(*line, "### `"))
			continue;
		id = g_strndup(*line + strlen("### `"), strcspn(*line + strlen("### `"), "`"));
		g_test_message("%s", id);
		g_assert_nonnull(lint_find_rule(id));
		n_described++;
	}
	for (const LintRule *rule = lint_rules(); rule->id != NULL; rule++) {
		g_autofree char *heading = g_strdup_printf("### `%s`", rule->id);

		g_test_message("%s", rule->id);
		g_assert_nonnull(strstr(text, heading));
		n_rules++;
	}
	g_assert_cmpuint(n_rules, ==, n_described);
}

static void
test_options_choose_rules(void)
{
	g_autoptr(Plan) plan = plan_new();
	const char *const only[] = {"missing-number", "missing-recipients", NULL};
	const char *const skip[] = {"missing-number", NULL};
	const LintOptions both = {.today = DATE_NONE, .only = only, .skip = skip};
	const LintOptions errors = {.today = DATE_NONE, .min_severity = DIAG_ERROR, .only = only};
	g_autoptr(DiagList) without = NULL, high = NULL;

	plan->text = arena_strdup(plan->arena, "");
	without = lint_run(plan, &both);
	g_assert_cmpuint(without->items->len, ==, 1);
	g_assert_cmpstr(((const Diag *)without->items->pdata[0])->rule, ==, "missing-recipients");
	high = lint_run(plan, &errors);
	g_assert_cmpuint(high->items->len, ==, 1);
	g_assert_cmpstr(((const Diag *)high->items->pdata[0])->rule, ==, "missing-number");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/check/good-plan-is-silent", test_good_plan_is_silent);
	g_test_add_func("/check/empty-plan", test_empty_plan_does_not_crash);
	g_test_add_func("/check/rule-table", test_rule_table_is_sound);
	g_test_add_func("/check/documentation", test_documentation_is_complete);
	g_test_add_func("/check/options", test_options_choose_rules);
	test_duplicates_add();
	test_golden_add();
	test_missing_add();
	test_rows_add();
	test_structure_add();
	test_targets_add();
	test_typing_add();
	test_units_add();
	return g_test_run();
}
