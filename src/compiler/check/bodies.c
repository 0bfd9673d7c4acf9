/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/rules.h"

#include <string.h>

/* What the text promises against what the annex assigns. */

#define MATCH_WITHIN_PCT 60
#define MATCH_MIN_WEIGHT 9 /* a row of a few common words is like everything */
#define MATCH_ALL_PCT 90   /* unless all of it is there */
#define MATCH_SAME_PCT 35
#define MATCH_RUN_WEIGHT 12 /* a clause taken over word for word */
#define GROUP_MIN 8
#define GROUP_MIN_PCT 55

static bool
has_assignment_annex(const LintContext *lint)
{
	for (size_t i = 0; i < lint->n_items; i++)
		if (lint->items[i].kind == LINT_TASK && lint->items[i].annex != NULL)
			return true;
	return false;
}

/* The weight of the longest run of units that both have in the same order. */
static uint32_t
longest_run(const LintContext *lint, const UnitSet *a, const UnitSet *b)
{
	uint32_t longest = 0;

	for (uint32_t i = 0; i < a->n_order; i++) {
		for (uint32_t j = 0; j < b->n_order; j++) {
			uint32_t weight = 0;

			for (uint32_t n = 0;
			     i + n < a->n_order && j + n < b->n_order && a->order[i + n] == b->order[j + n];
			     n++)
				weight += units_weight(lint->lexicon, a->order[i + n]);
			longest = MAX(longest, weight);
		}
	}
	return longest;
}

static bool
is_match(const LintContext *lint, const LintPair *pair)
{
	const UnitSet *a = &lint->items[pair->first].units, *b = &lint->items[pair->second].units;

	if (pair->same_pct >= MATCH_SAME_PCT || longest_run(lint, a, b) >= MATCH_RUN_WEIGHT)
		return true;
	return pair->within_pct >= MATCH_ALL_PCT ||
	       (pair->within_pct >= MATCH_WITHIN_PCT &&
		   units_common(lint->lexicon, a, b) >= MATCH_MIN_WEIGHT);
}

/* Marks the prose items that have a row, and the rows that have prose. */
static void
mark_matched(LintContext *lint)
{
	size_t n;
	const LintPair *pairs = lint_pairs(lint, &n);

	g_hash_table_remove_all(lint->seen);
	for (size_t i = 0; i < n; i++) {
		const LintItem *a = &lint->items[pairs[i].first], *b = &lint->items[pairs[i].second];

		if (a->kind == LINT_TASK && b->kind == LINT_PROSE && a->annex != NULL &&
		    is_match(lint, &pairs[i])) {
			g_hash_table_add(lint->seen, (gpointer)(uintptr_t)a);
			g_hash_table_add(lint->seen, (gpointer)(uintptr_t)b);
		}
	}
}

typedef struct Side {
	LintItemKind kind;
	const char *each;  /* what is said after the item's label */
	const char *group; /* what is said after "n/all" */
} Side;

static bool
is_unmatched(const LintContext *lint, const Side *side, const LintItem *item)
{
	return item->kind == side->kind && (item->annex != NULL) == (side->kind == LINT_TASK) &&
	       !g_hash_table_contains(lint->seen, item);
}

static void
report_unmatched(LintContext *lint, const Side *side)
{
	size_t n = 0, n_all = 0;
	Diag *diag = NULL;

	for (size_t i = 0; i < lint->n_items; i++) {
		n_all += lint->items[i].kind == side->kind;
		n += is_unmatched(lint, side, &lint->items[i]);
	}
	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];

		if (!is_unmatched(lint, side, item))
			continue;
		if (n < GROUP_MIN || n * 100 < n_all * GROUP_MIN_PCT)
			lint_add(lint, item->span, "%s %s", lint_label_first(lint, item), side->each);
		else if (diag == NULL)
			diag = lint_add(lint, item->span, "%zu/%zu %s", n, n_all, side->group);
		else
			lint_relate(lint, diag, item->span);
	}
}

void
lint_body_without_row(LintContext *lint)
{
	static const Side PROSE = {LINT_PROSE,
	    "không có dòng tương ứng trong phụ lục phân công; hãy thêm dòng giao việc hoặc bỏ nội dung này",
	    "nội dung nhiệm vụ ở phần chính không có dòng tương ứng trong phụ lục phân công; hãy rà soát "
	    "từng nội dung"};

	if (!has_assignment_annex(lint) || lint->n_prose == 0)
		return;
	mark_matched(lint);
	report_unmatched(lint, &PROSE);
}

void
lint_row_without_body(LintContext *lint)
{
	static const Side ROWS = {LINT_TASK,
	    "không được phần chính nêu; hãy bổ sung vào phần nhiệm vụ, giải pháp",
	    "nhiệm vụ trong phụ lục không được phần chính nêu; hãy rà soát hai phần cho khớp"};

	if (!has_assignment_annex(lint) || lint->n_prose == 0)
		return;
	mark_matched(lint);
	report_unmatched(lint, &ROWS);
}

static bool
has_group_like(LintContext *lint, const UnitSet *title)
{
	for (guint a = 0; a < lint->plan->annexes->len; a++) {
		const PlanAnnex *annex = g_ptr_array_index(lint->plan->annexes, a);

		for (guint g = 0; annex->kind == PLAN_ANNEX_TASKS && g < annex->groups->len; g++) {
			const PlanGroup *group = g_ptr_array_index(annex->groups, g);
			UnitSet units = units_read(lint->lexicon, lint->scratch, group->title);

			if (units_within_pct(lint->lexicon, &units, title) >= MATCH_WITHIN_PCT)
				return true;
		}
	}
	return false;
}

/* The annex repeats the headings of the tasks section as its groups; a heading without a group was forgotten.
 */
void
lint_section_annex_mismatch(LintContext *lint)
{
	g_autoptr(GPtrArray) lost = g_ptr_array_new();
	const char *section = NULL;
	guint n_found = 0;

	for (size_t i = lint->n_indicators + lint->n_tasks; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		UnitSet title;

		if (item->kind != LINT_PROSE || item->section == NULL ||
		    (section != NULL && strcmp(section, item->section) == 0))
			continue;
		section = item->section;
		title = units_read(
		    lint->lexicon, lint->scratch, ((const PlanProse *)item->source)->section_title);
		if (has_group_like(lint, &title))
			n_found++;
		else
			g_ptr_array_add(lost, (gpointer)(uintptr_t)item);
	}
	for (guint i = 0; i < lost->len && n_found >= 2 && lost->len * 3 <= n_found; i++) {
		const LintItem *item = g_ptr_array_index(lost, i);

		lint_add(lint, item->span,
		    "Mục %s không có nhóm tương ứng trong phụ lục phân công; hãy bổ sung nhóm việc",
		    item->section);
	}
}

#define DIFFERS_MIN_WEIGHT 6

/* What stands after the percentage, to the end of the clause: whom the number is about. */
static char *
after_percentage(const char *text)
{
	const char *sign = strchr(text, '%');

	return sign != NULL ? g_strndup(sign + 1, strcspn(sign + 1, ";.")) : NULL;
}

/* The body counts people whom the row leaves out. */
void
lint_body_row_differs(LintContext *lint)
{
	size_t n;
	const LintPair *pairs = lint_pairs(lint, &n);

	for (size_t i = 0; i < n; i++) {
		const LintItem *row = &lint->items[pairs[i].first], *body = &lint->items[pairs[i].second];
		g_autofree char *about_row = after_percentage(row->text),
				*about_body = after_percentage(body->text);
		UnitSet who;
		Diag *diag;

		if (row->kind != LINT_TASK || row->annex == NULL || body->kind != LINT_PROSE ||
		    about_row == NULL || about_body == NULL || !is_match(lint, &pairs[i]))
			continue;
		who = units_read(lint->lexicon, lint->scratch, about_body);
		if (who.weight < units_common(lint->lexicon, &who, &row->units) + DIFFERS_MIN_WEIGHT)
			continue;
		diag = lint_add(lint, body->span,
		    "%s tính cả đối tượng mà %s không nêu; hãy ghi cùng một phạm vi ở hai nơi",
		    lint_label_first(lint, body), lint_label(lint, row));
		lint_relate(lint, diag, row->span);
	}
}
