/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"

#include <string.h>

/* Bullets under "Mục tiêu cụ thể" that nobody can measure. */

static const char *const TARGET_TITLES[] = {"muc tieu", "chi tieu", "tam nhin", NULL};
static const char *const GENERAL_TITLES[] = {"muc tieu chung", "muc tieu tong quat", "quan diem", NULL};

/* The title of each heading, by its path. */
static GHashTable *
titles_by_path(const Plan *plan)
{
	GHashTable *titles = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < plan->outline->len; i++) {
		const PlanSection *section = g_ptr_array_index(plan->outline, i);

		if (section->path != NULL && section->title != NULL)
			g_hash_table_insert(titles, section->path, section->title);
	}
	return titles;
}

/* True under a heading that speaks of targets, unless it or the one nearest to the text is about general
 * aims. */
static bool
is_target_section(LintContext *lint, GHashTable *titles, const char *path)
{
	g_autofree char *above = g_strdup(path);
	bool is_target = false;

	for (char *end = above + strlen(above); end != NULL; end = strrchr(above, '.')) {
		const char *title;

		*end = '\0';
		title = lint_fold(lint, g_hash_table_lookup(titles, above));
		if (lint_has_any(title, GENERAL_TITLES))
			return is_target;
		is_target = is_target || lint_has_any(title, TARGET_TITLES);
	}
	return is_target;
}

/* A bullet that ends in a colon only heads others. */
static bool
is_measured(const LintContext *lint, const PlanBlock *block)
{
	return strpbrk(block->text, "0123456789") != NULL || g_str_has_suffix(block->text, ":") ||
	       g_hash_table_contains(lint->seen, GUINT_TO_POINTER(block->span.line));
}

void
lint_target_vague(LintContext *lint)
{
	g_autoptr(GHashTable) titles = titles_by_path(lint->plan);
	const char *path = NULL;
	bool is_target = false;
	Diag *diag = NULL;

	g_hash_table_remove_all(lint->seen);
	for (size_t i = 0; i < lint->n_indicators; i++)
		g_hash_table_add(lint->seen, GUINT_TO_POINTER(lint->items[i].span.line));
	for (guint i = 0; i < lint->plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(lint->plan->blocks, i);

		if (block->kind != PLAN_BLOCK_BULLET || block->section == NULL)
			continue;
		if (path == NULL || strcmp(path, block->section) != 0) {
			path = block->section;
			is_target = is_target_section(lint, titles, path);
			diag = NULL;
		}
		if (!is_target || is_measured(lint, block))
			continue;
		if (diag == NULL)
			diag = lint_add(lint, block->span,
			    "Mục %s có mục tiêu không đo được, bắt đầu từ %s; hãy ghi con số và năm, hoặc "
			    "chuyển sang phần nhiệm vụ",
			    path, lint_quote(lint, block->text));
		else
			lint_relate(lint, diag, block->span);
	}
}
