/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/compiler.h"
#include "fuzz/fuzz.h"

/* Any bytes give a plan or a clear refusal, and what a plan holds lies inside its text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Plan) plan = NULL;
	g_autoptr(GString) json = g_string_new(NULL);

	if (!compiler_compile((const char *)data, size, NULL, &plan, &error)) {
		g_assert_nonnull(error);
		return 0;
	}
	for (guint i = 0; i < plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(plan->blocks, i);

		g_assert_cmpuint(block->span.offset + block->span.len, <=, plan->text_len);
	}
	compiler_dump_json(plan, json);
	g_assert_true(g_utf8_validate(json->str, (gssize)json->len, NULL));
	return 0;
}
