/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/lint.h"
#include "compiler/compiler.h"
#include "compiler/edit/plan_doubt.h"
#include "compiler/edit/tests/edit_sample.h"
#include "fuzz/fuzz.h"

#include <string.h>

/* Any lines are edits or are refused; any edits fit or are reported; and the plan is whole afterwards: lint
 * and dump go through all of it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(Plan) plan = NULL;
	g_autoptr(GString) json = g_string_new(NULL), line = g_string_new(NULL);
	const LintOptions options = {.today = DATE_NONE, .min_severity = DIAG_INFO};
	g_autoptr(DiagList) lint = NULL;
	g_autoptr(GPtrArray) doubts = NULL;
	PlanEdit edit;

	g_assert_true(compiler_compile(EDIT_SAMPLE, strlen(EDIT_SAMPLE), NULL, &plan, NULL));
	for (guint i = 0; lines[i] != NULL && i < 100; i++) {
		PlanLesson lesson;

		if (!plan_edit_decode(lines[i], arena, &edit, NULL))
			continue;
		g_string_truncate(line, 0);
		plan_edit_encode(&edit, line);
		g_assert_true(plan_edit_decode(line->str, arena, &edit, NULL));
		(void)plan_edit_lesson(plan, &edit, arena, &lesson);
		plan_edit_apply(plan, &edit, 1, NULL);
	}
	doubts = plan_doubts(plan, arena);
	lint = lint_run(plan, &options);
	compiler_dump_json(plan, json);
	g_assert_true(g_utf8_validate(json->str, (gssize)json->len, NULL));
	return 0;
}
