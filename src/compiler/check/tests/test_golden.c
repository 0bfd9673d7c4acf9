/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/lint.h"
#include "compiler/check/tests/test_check.h"
#include "compiler/compiler.h"

#include <string.h>

/* Whole documents: what lint says about each, one "line severity rule" a finding. With UPDATE_GOLDEN set the
 * expected files are written anew; read the difference before keeping it. */

static char *
lint_text(const char *path)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Plan) plan = NULL;
	g_autoptr(DiagList) list = NULL;
	GString *out = g_string_new(NULL);
	size_t len;

	g_file_get_contents(path, &bytes, &len, &error);
	g_assert_no_error(error);
	compiler_compile(bytes, len, NULL, &plan, &error);
	g_assert_no_error(error);
	list = lint_run(plan, NULL);
	for (guint i = 0; i < list->items->len; i++) {
		const Diag *diag = g_ptr_array_index(list->items, i);

		g_assert_true(g_utf8_validate(diag->message, -1, NULL));
		g_string_append_printf(
		    out, "%u %s %s\n", diag->span.line, diag_severity_letter(diag->severity), diag->rule);
	}
	return g_string_free(out, FALSE);
}

static void
test_golden(gconstpointer data)
{
	g_autofree char *source = g_strdup_printf("%s/%s.md", CHECK_GOLDEN_DIR, (const char *)data);
	g_autofree char *golden = g_strdup_printf("%s/%s.out", CHECK_GOLDEN_DIR, (const char *)data);
	g_autofree char *found = lint_text(source), *wanted = NULL;
	g_autoptr(GError) error = NULL;

	if (g_getenv("UPDATE_GOLDEN") != NULL)
		g_file_set_contents(golden, found, -1, &error);
	g_assert_no_error(error);
	g_file_get_contents(golden, &wanted, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(found, ==, wanted);
}

void
test_golden_add(void)
{
	g_test_add_data_func("/check/golden/state", "state", test_golden);
	g_test_add_data_func("/check/golden/party", "party", test_golden);
}
