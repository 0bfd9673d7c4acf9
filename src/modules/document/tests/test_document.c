/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document.h"
#include "modules/document/document_layout.h"

#include <string.h>

static PlanBlock *
add_block(Plan *plan, PlanBlockKind kind, const char *text, size_t offset)
{
	PlanBlock *block = arena_new0(plan->arena, PlanBlock);

	block->kind = kind;
	block->text = arena_strdup(plan->arena, text);
	block->depth = 1;
	block->span = (SourceSpan){.line = plan->blocks->len + 1, .offset = offset, .len = strlen(text)};
	g_ptr_array_add(plan->blocks, block);
	return block;
}

static char *
layout(const Plan *plan, size_t part_bytes)
{
	g_autoptr(GArray) parts = document_layout_parts(plan->blocks, part_bytes);
	GString *out = g_string_new(NULL);

	g_assert_cmpuint(parts->len, ==, plan->blocks->len);
	for (guint i = 0; i < parts->len; i++)
		g_string_append_printf(out, "%u", g_array_index(parts, guint, i));
	return g_string_free(out, FALSE);
}

static void
test_parts(void)
{
	g_autoptr(Plan) plan = plan_new();
	g_autofree char *none = layout(plan, 10);
	g_autofree char *parts = NULL, *wide = NULL;

	add_block(
	    plan, PLAN_BLOCK_PARAGRAPH, "aaaaaaaaaaaaaaaaaaaa", 0); /* longer than a part: stands alone */
	add_block(plan, PLAN_BLOCK_PARAGRAPH, "bbbbbb", 0);
	add_block(plan, PLAN_BLOCK_HEADING, "c", 0); /* more than half is used: a heading opens the next */
	add_block(plan, PLAN_BLOCK_TABLE_ROW, "dddd", 0); /* rows count twice */
	add_block(plan, PLAN_BLOCK_PARAGRAPH, "ee", 0);
	parts = layout(plan, 10);
	wide = layout(plan, 1000);
	g_assert_cmpstr(none, ==, "");
	g_assert_cmpstr(parts, ==, "12334");
	g_assert_cmpstr(wide, ==, "11111");
}

static void
test_locate(void)
{
	g_autoptr(Plan) plan = plan_new();
	SourceSpan sentence = {.line = 2, .offset = 7, .len = 12};
	SourceSpan whole = {.line = 2, .offset = 6, .len = 19};
	DocumentPlace place;

	plan->text = arena_strdup(plan->arena, "Một.\n\n- Hai  \n  ba bốn. Năm.");
	plan->text_len = strlen(plan->text);
	add_block(plan, PLAN_BLOCK_PARAGRAPH, "Một.", 0);
	add_block(plan, PLAN_BLOCK_BULLET, "- Hai ba bốn. Năm.", 8);
	sentence.offset = 10; /* "Hai  \n  ba bốn." */
	sentence.len = strlen("Hai  \n  ba bốn.");
	whole.offset = 8;
	whole.len = plan->text_len - 8;
	place = document_locate(plan, sentence);
	g_assert_cmpuint(place.block, ==, 1);
	g_assert_cmpuint(place.start, ==, 2);
	g_assert_cmpuint(place.len, ==, strlen("Hai ba bốn."));
	place = document_locate(plan, whole);
	g_assert_cmpuint(place.block, ==, 1);
	g_assert_cmpuint(place.len, ==, 0);
	place = document_locate(plan, (SourceSpan){0});
	g_assert_cmpuint(place.block, ==, G_MAXUINT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/document/parts", test_parts);
	g_test_add_func("/document/locate", test_locate);
	return g_test_run();
}
