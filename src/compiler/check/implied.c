/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/measures.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-targets.h"

#include <string.h>

/* Targets that cannot be met together, though they are about different things (WORDS_IMPLICATIONS). */

static bool
has_one_of(const LintContext *lint, const UnitSet *units, const char *words)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	for (char **word = list; *word != NULL; word++) {
		uint32_t id = units_find(lint->lexicon, *word);

		if (id != UINT32_MAX && units_has(units, id))
			return true;
	}
	return false;
}

static bool
matches(const LintContext *lint, const LintMeasure *measure, const char *pattern)
{
	g_auto(GStrv) words = g_strsplit(pattern, " ", -1);

	for (char **word = words; *word != NULL; word++) {
		bool is_forbidden = **word == '!';

		if (has_one_of(lint, &measure->units, *word + is_forbidden) == is_forbidden)
			return false;
	}
	return true;
}

/* True where the narrow aim asks for more than the wide one leaves room for. */
static bool
exceeds(const LintAim *narrow, const LintAim *wide, unsigned share_pct)
{
	Decimal needed = decimal_from_micro(decimal_to_micro(narrow->value) / 100 * (int64_t)share_pct);
	int order = decimal_compare(needed, wide->value);

	if (narrow->year == wide->year)
		return order > 0;
	return narrow->year != 0 && narrow->year < wide->year && order > 0;
}

/* Gives true where it found something. */
static bool
check_one(LintContext *lint, const Implication *rule, const LintMeasure *narrow, const LintMeasure *wide)
{
	for (size_t i = 0; i < narrow->n_aims; i++) {
		for (size_t j = 0; j < wide->n_aims; j++) {
			const LintAim *a = &narrow->aims[i], *b = &wide->aims[j];
			Diag *diag;

			if (!exceeds(a, b, rule->share_pct))
				continue;
			diag = lint_add(lint, narrow->item->span,
			    "%s đặt %s%s trong khi %s chỉ đặt %s%s: %s; hãy sửa một trong hai mức",
			    lint_measure_label(lint, narrow, true), lint_aim_text(lint, a),
			    a->year != 0 ? arena_printf(lint->scratch, " (năm %d)", a->year) : "",
			    lint_measure_label(lint, wide, false), lint_aim_text(lint, b),
			    b->year != 0 ? arena_printf(lint->scratch, " (năm %d)", b->year) : "", rule->why);
			lint_relate(lint, diag, wide->item->span);
			return true;
		}
	}
	return false;
}

static GPtrArray *
select_measures(LintContext *lint, const LintMeasures *measures, const char *pattern)
{
	GPtrArray *found = g_ptr_array_new();

	for (size_t i = 0; i < measures->n; i++)
		if (measures->items[i].is_indicator && measures->items[i].n_aims > 0 &&
		    matches(lint, &measures->items[i], pattern))
			g_ptr_array_add(found, &measures->items[i]);
	return found;
}

#define MANY_MEASURES 40 /* of one kind; more is a collection of plans, where comparing all would not end */

void
lint_target_implied_impossible(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t r = 0; r < WORDS_IMPLICATIONS_N; r++) {
		const Implication *rule = &WORDS_IMPLICATIONS[r];
		g_autoptr(GPtrArray) narrow = select_measures(lint, measures, rule->narrow);
		g_autoptr(GPtrArray) wide = select_measures(lint, measures, rule->wide);

		for (guint i = 0; i < MIN(narrow->len, MANY_MEASURES); i++)
			for (guint j = 0; j < MIN(wide->len, MANY_MEASURES); j++)
				if (narrow->pdata[i] != wide->pdata[j] &&
				    check_one(lint, rule, narrow->pdata[i], wide->pdata[j]))
					break;
	}
}
