/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/lint.h"

#include "compiler/check/context.h"
#include "compiler/check/phrases.h"

#include <string.h>

static void
add_item(LintContext *lint, LintItem item)
{
	if (item.text == NULL)
		item.text = "";
	item.folded = lint_fold(lint, item.text);
	item.units = units_read(lint->lexicon, lint->scratch, item.text);
	lint->items[lint->n_items++] = item;
}

static void
add_indicators(LintContext *lint)
{
	for (guint i = 0; i < lint->plan->indicators->len; i++) {
		const PlanIndicator *row = g_ptr_array_index(lint->plan->indicators, i);

		add_item(lint, (LintItem){.kind = LINT_INDICATOR,
				   .source = row,
				   .text = row->name,
				   .no = row->no,
				   .annex = row->annex,
				   .group = row->group,
				   .section = row->section,
				   .span = row->span});
	}
}

static void
add_tasks(LintContext *lint)
{
	for (guint i = 0; i < lint->plan->tasks->len; i++) {
		const PlanTask *row = g_ptr_array_index(lint->plan->tasks, i);

		add_item(lint, (LintItem){.kind = LINT_TASK,
				   .source = row,
				   .text = row->name,
				   .no = row->no,
				   .annex = row->annex,
				   .group = row->group,
				   .section = row->section,
				   .span = row->span});
	}
}

static void
add_prose(LintContext *lint)
{
	for (guint i = 0; i < lint->plan->body_tasks->len; i++) {
		const PlanProse *prose = g_ptr_array_index(lint->plan->body_tasks, i);

		add_item(lint, (LintItem){.kind = LINT_PROSE,
				   .source = prose,
				   .text = prose->text,
				   .no = prose->no,
				   .section = prose->section,
				   .span = prose->span});
	}
	for (guint i = 0; i < lint->plan->duties->len; i++) {
		const PlanDuty *duty = g_ptr_array_index(lint->plan->duties, i);

		add_item(lint, (LintItem){.kind = LINT_DUTY,
				   .source = duty,
				   .text = duty->text,
				   .section = duty->section,
				   .span = duty->span});
	}
}

static bool
list_has(const char *const *ids, const char *id)
{
	return ids != NULL && g_strv_contains(ids, id);
}

static void
run_rules(LintContext *lint)
{
	const LintOptions *options = lint->options;

	for (const LintRule *rule = lint_rules(); rule->id != NULL; rule++) {
		if ((options->only != NULL && !list_has(options->only, rule->id)) ||
		    list_has(options->skip, rule->id))
			continue;
		lint->rule = rule;
		rule->run(lint);
	}
}

const LintRule *
lint_find_rule(const char *id)
{
	for (const LintRule *rule = lint_rules(); rule->id != NULL; rule++)
		if (strcmp(rule->id, id) == 0)
			return rule;
	return NULL;
}

DiagList *
lint_run(const Plan *plan, const LintOptions *options)
{
	static const LintOptions DEFAULTS = {.today = DATE_NONE, .min_severity = DIAG_INFO};
	g_autoptr(Arena) scratch = arena_new();
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	g_autoptr(GHashTable) fold_cache = g_hash_table_new(NULL, NULL), seen = g_hash_table_new(NULL, NULL);
	LintContext lint = {.plan = plan,
	    .options = options != NULL ? options : &DEFAULTS,
	    .scratch = scratch,
	    .lexicon = lexicon,
	    .fold_cache = fold_cache,
	    .seen = seen};

	lint.list = diag_list_new(plan->arena);
	lint.n_indicators = plan->indicators->len;
	lint.n_tasks = plan->tasks->len;
	lint.n_prose = plan->body_tasks->len;
	lint.n_duties = plan->duties->len;
	lint.items = arena_array(
	    scratch, LintItem, lint.n_indicators + lint.n_tasks + lint.n_prose + lint.n_duties + 1);
	add_indicators(&lint);
	add_tasks(&lint);
	add_prose(&lint);
	run_rules(&lint);
	g_clear_pointer(&lint.doc_numbers, g_array_unref);
	diag_sort(lint.list);
	return lint.list;
}
