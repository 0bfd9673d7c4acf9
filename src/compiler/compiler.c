/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/compiler.h"

#include "base/app-error.h"
#include "base/text.h"

bool
compiler_compile(const char *bytes, size_t len, const CompilerOptions *options, Plan **ret_plan, GError **error)
{
	g_autoptr(Plan) plan = plan_new();
	g_autofree char *text = NULL;

	(void)options;
	if (len == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp rỗng, không có nội dung để đọc");
		return false;
	}
	if (!text_ingest(bytes, (gssize)len, &text, error))
		return false;
	plan->text = arena_strdup(plan->arena, text);
	*ret_plan = g_steal_pointer(&plan);
	return true;
}
