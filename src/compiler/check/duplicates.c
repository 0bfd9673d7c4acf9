/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/measures.h"
#include "compiler/check/rules.h"

#include <string.h>

/* The same work asked for twice. */

#define COPY_WITHIN_PCT 90      /* one holds nearly all of the other */
#define COPY_SAME_PCT 40        /* a short row lies in many a long one */
#define COPY_LONG_WITHIN_PCT 80 /* of a long text less is enough */
#define LONG_WEIGHT 30
#define NEAR_WITHIN_PCT 66
#define NEAR_LONG_WITHIN_PCT 62
#define NEAR_SAME_PCT 45
#define COPY_MIN_WEIGHT 12 /* shorter texts are alike by chance */
#define NEAR_MIN_WEIGHT 18

static bool
is_row(const LintItem *item)
{
	return item->kind == LINT_TASK && item->annex != NULL;
}

static bool
is_bullet(const LintItem *item)
{
	return item->kind == LINT_PROSE || item->kind == LINT_DUTY ||
	       (item->kind == LINT_TASK && item->annex == NULL);
}

static bool
is_copy(const LintPair *pair, uint32_t smaller_weight)
{
	if (smaller_weight >= LONG_WEIGHT)
		return pair->within_pct >= COPY_LONG_WITHIN_PCT;
	return smaller_weight >= COPY_MIN_WEIGHT && pair->within_pct >= COPY_WITHIN_PCT &&
	       pair->same_pct >= COPY_SAME_PCT;
}

/* Neighbours under one heading are compared more closely: there two bullets on one subject are a slip. */
static bool
is_near(const LintPair *pair, const LintItem *first, const LintItem *second)
{
	uint32_t smaller = MIN(first->units.weight, second->units.weight);

	if (smaller >= LONG_WEIGHT && first->section != NULL &&
	    g_strcmp0(first->section, second->section) == 0)
		return pair->within_pct >= NEAR_LONG_WITHIN_PCT;
	return smaller >= NEAR_MIN_WEIGHT && pair->within_pct >= NEAR_WITHIN_PCT &&
	       pair->same_pct >= NEAR_SAME_PCT;
}

static void
report(LintContext *lint, const LintItem *first, const LintItem *second, bool is_copied)
{
	Diag *diag =
	    lint_add_as(lint, is_copied ? lint->rule->severity : DIAG_WARNING, second->span, "%s %s %s; %s",
		lint_label_first(lint, second), is_copied ? "lặp lại" : "gần giống", lint_label(lint, first),
		is_copied ? "hãy gộp thành một để không giao việc và báo cáo hai lần"
			  : "hãy gộp lại hoặc nói rõ chỗ khác nhau");

	lint_relate(lint, diag, first->span);
}

/* Reports each item once, against the first it resembles. */
static void
check_pairs(LintContext *lint, bool (*is_wanted)(const LintItem *item))
{
	size_t n;
	const LintPair *pairs = lint_pairs(lint, &n);

	g_hash_table_remove_all(lint->seen);
	for (size_t i = 0; i < n; i++) {
		const LintItem *first = &lint->items[pairs[i].first], *second = &lint->items[pairs[i].second];
		uint32_t smaller = MIN(first->units.weight, second->units.weight);
		bool is_copied = is_copy(&pairs[i], smaller);

		if (!is_wanted(first) || !is_wanted(second) ||
		    (!is_copied && !is_near(&pairs[i], first, second)) ||
		    !g_hash_table_add(lint->seen, (gpointer)(uintptr_t)second))
			continue;
		report(lint, first, second, is_copied);
	}
}

static bool
shares_year(const LintMeasure *a, const LintMeasure *b)
{
	for (size_t i = 0; i < a->n_aims; i++)
		for (size_t k = 0; k < b->n_aims; k++)
			if (a->aims[i].year == b->aims[k].year)
				return true;
	return false;
}

/* Indicators repeat in other annexes on purpose; in one annex they are a mistake, unless the annex has a
 * group for each milestone. */
static void
check_indicators(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n_pairs; i++) {
		const LintMeasurePair *pair = &measures->pairs[i];
		const LintItem *first = pair->first->item, *second = pair->second->item;

		if (pair->relation != MEASURES_SAME || first->annex == NULL ||
		    first->annex != second->annex || !pair->first->is_indicator ||
		    !pair->second->is_indicator)
			continue;
		if (first->group == second->group || shares_year(pair->first, pair->second))
			report(lint, first, second,
			    units_same_pct(lint->lexicon, &first->units, &second->units) >= 90);
	}
}

void
lint_row_duplicate(LintContext *lint)
{
	check_pairs(lint, is_row);
	check_indicators(lint);
}

void
lint_bullet_duplicate(LintContext *lint)
{
	check_pairs(lint, is_bullet);
}

#define CLAUSE_MIN_UNITS 4
#define CLAUSE_MIN_WEIGHT 9
#define LONG_PASSAGE_UNITS 7
#define LONG_PASSAGE_WEIGHT 17
#define CLAUSE_LONGEST_TEXT 400 /* units; comparing all with all in longer texts takes too long */

static bool
is_citation_unit(const LintContext *lint, uint32_t id)
{
	static const char *const UNITS[] = {"nq", "tw", "quyet", "nghi", "ubnd", "chuong", "de"};
	const char *word = units_word(lint->lexicon, id);

	if (g_ascii_isdigit(word[0]))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(UNITS); i++)
		if (strcmp(word, UNITS[i]) == 0)
			return true;
	return false;
}

/* The units that follow both places alike, without overlap and without names of documents. */
static uint32_t
common_run(const LintContext *lint, const UnitSet *set, uint32_t i, uint32_t j, uint32_t *ret_weight)
{
	uint32_t n = 0;

	*ret_weight = 0;
	while (j + n < set->n_order && i + n < j && set->order[i + n] == set->order[j + n] &&
	       !is_citation_unit(lint, set->order[i + n])) {
		*ret_weight += units_weight(lint->lexicon, set->order[i + n]);
		n++;
	}
	return n;
}

static bool
find_repeated_clause(const LintContext *lint, const UnitSet *set, uint32_t min_units, uint32_t min_weight)
{
	uint32_t n_order = MIN(set->n_order, CLAUSE_LONGEST_TEXT);
	uint32_t weight;

	for (uint32_t i = 0; i + min_units < n_order; i++) {
		for (uint32_t j = i + min_units; j + min_units <= n_order; j++) {
			uint32_t n =
			    set->order[i] == set->order[j] ? common_run(lint, set, i, j, &weight) : 0;

			if (n >= min_units && weight >= min_weight)
				return true;
		}
	}
	return false;
}

/* A whole clause twice in one sentence, or a long passage twice in one item. */
static bool
repeats_itself(LintContext *lint, const LintItem *item)
{
	g_auto(GStrv) sentences = g_strsplit(item->text, ". ", -1);

	if (find_repeated_clause(lint, &item->units, LONG_PASSAGE_UNITS, LONG_PASSAGE_WEIGHT))
		return true;
	for (char **sentence = sentences; *sentence != NULL; sentence++) {
		UnitSet units = units_read(lint->lexicon, lint->scratch, *sentence);

		if (find_repeated_clause(lint, &units, CLAUSE_MIN_UNITS, CLAUSE_MIN_WEIGHT))
			return true;
	}
	return false;
}

void
lint_clause_repeated(LintContext *lint)
{
	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];

		if (repeats_itself(lint, item))
			lint_add_as(lint, item->annex != NULL ? DIAG_WARNING : DIAG_INFO, item->span,
			    "%s có một cụm từ viết hai lần; hãy bỏ bớt một lần",
			    lint_label_first(lint, item));
	}
}
