/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/measures.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-targets.h"

#include <string.h>

/* Targets that contradict one another: the same thing, the same year, another number. */

static int
compare_aims(const LintAim *a, const LintAim *b)
{
	return decimal_compare(a->value, b->value);
}

/* True for the two aims of the same year, or where one states no year and cannot be told apart by it. */
static bool
is_same_year(const LintAim *a, const LintAim *b)
{
	return a->year == b->year || a->year == 0 || b->year == 0;
}

/* A task's "100%" without a year contradicts an indicator only where no year of the indicator has that
 * number. */
static bool
has_value(const LintMeasure *measure, const LintAim *wanted)
{
	for (size_t i = 0; i < measure->n_aims; i++)
		if (compare_aims(&measure->aims[i], wanted) == 0)
			return true;
	return false;
}

static bool
find_conflict(const LintMeasurePair *pair, const LintAim **ret_first, const LintAim **ret_second)
{
	for (size_t i = 0; i < pair->first->n_aims; i++) {
		for (size_t j = 0; j < pair->second->n_aims; j++) {
			const LintAim *a = &pair->first->aims[i], *b = &pair->second->aims[j];
			bool is_yearless = a->year == 0 || b->year == 0;

			if (!is_same_year(a, b) || compare_aims(a, b) == 0)
				continue;
			if (is_yearless && (has_value(pair->first, b) || has_value(pair->second, a)))
				continue;
			*ret_first = a;
			*ret_second = b;
			return true;
		}
	}
	return false;
}

static const char *
year_text(LintContext *lint, const LintAim *a, const LintAim *b)
{
	int year = a->year != 0 ? a->year : b->year;

	return year != 0 ? arena_printf(lint->scratch, "cùng mốc năm %d", year) : "không rõ mốc năm";
}

static void
report_pair(
    LintContext *lint, const LintMeasurePair *pair, const LintAim *a, const LintAim *b, const char *advice)
{
	Diag *diag = lint_add(lint, pair->second->item->span, "%s đặt %s, còn %s đặt %s, %s; %s",
	    lint_measure_label(lint, pair->second, true), lint_aim_text(lint, b),
	    lint_measure_label(lint, pair->first, false), lint_aim_text(lint, a), year_text(lint, a, b),
	    advice);

	lint_relate(lint, diag, pair->first->item->span);
}

static void
check_pairs(LintContext *lint, LintMeasureRelation relation, const char *advice)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n_pairs; i++) {
		const LintMeasurePair *pair = &measures->pairs[i];
		const LintAim *a, *b;

		if (pair->relation == relation && find_conflict(pair, &a, &b))
			report_pair(lint, pair, a, b, advice);
	}
}

void
lint_target_conflict(LintContext *lint)
{
	check_pairs(lint, MEASURES_SAME, "hãy thống nhất một mức cho cùng một chỉ tiêu");
}

void
lint_target_overlap(LintContext *lint)
{
	check_pairs(lint, MEASURES_OVERLAP,
	    "hai chỉ tiêu gần trùng nội dung; hãy gộp lại hoặc nói rõ phạm vi của từng chỉ tiêu");
}

void
lint_denominator_differs(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n_pairs; i++) {
		const LintMeasurePair *pair = &measures->pairs[i];
		Diag *diag;

		if (pair->relation != MEASURES_OTHER_BASE || !pair->first->is_indicator ||
		    !pair->second->is_indicator || pair->first->n_aims == 0 || pair->second->n_aims == 0)
			continue;
		diag = lint_add(lint, pair->second->item->span,
		    "%s và %s đo cùng một việc trên hai mẫu số khác nhau (%s, %s); hãy chọn một mẫu số để so "
		    "sánh được giữa các năm",
		    lint_measure_label(lint, pair->second, true),
		    lint_measure_label(lint, pair->first, false), lint_aim_text(lint, &pair->second->aims[0]),
		    lint_aim_text(lint, &pair->first->aims[0]));
		lint_relate(lint, diag, pair->first->item->span);
	}
}

static bool
is_same_bound(PlanComparator a, PlanComparator b)
{
	return a == b || a == PLAN_COMPARATOR_RANGE || b == PLAN_COMPARATOR_RANGE;
}

/* The same number, once as a floor and once as an exact value. */
void
lint_target_bound_differs(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n_pairs; i++) {
		const LintMeasurePair *pair = &measures->pairs[i];

		if (pair->relation != MEASURES_SAME || !pair->first->is_indicator ||
		    !pair->second->is_indicator)
			continue;
		for (size_t k = 0; k < pair->first->n_aims; k++) {
			for (size_t m = 0; m < pair->second->n_aims; m++) {
				const LintAim *a = &pair->first->aims[k], *b = &pair->second->aims[m];

				if (a->year == b->year && compare_aims(a, b) == 0 &&
				    !is_same_bound(a->comparator, b->comparator))
					report_pair(lint, pair, a, b,
					    "cùng con số nhưng một nơi là mức tối thiểu, một nơi là mức "
					    "đúng; hãy ghi giống nhau");
			}
		}
	}
}

static bool
is_weaker(const LintMeasure *measure, const LintAim *early, const LintAim *late)
{
	int order = decimal_compare(late->value, early->value);

	if (early->year == 0 || late->year == 0 || early->year >= late->year)
		return false;
	if (measure->is_falling)
		return order > 0;
	if (order == 0)
		return early->comparator == PLAN_COMPARATOR_GT && late->comparator == PLAN_COMPARATOR_EQ;
	return order < 0;
}

static void
report_weaker(LintContext *lint, const LintMeasure *early_of, const LintAim *early,
    const LintMeasure *late_of, const LintAim *late)
{
	Diag *diag = lint_add(lint, late_of->item->span,
	    "%s: mốc %d chỉ đặt %s, thấp hơn mốc %d đã đặt %s (%s); hãy nâng mức của mốc sau hoặc sửa mốc "
	    "trước",
	    lint_measure_label(lint, late_of, true), late->year, lint_aim_text(lint, late), early->year,
	    lint_aim_text(lint, early), lint_measure_label(lint, early_of, false));

	if (early_of != late_of)
		lint_relate(lint, diag, early_of->item->span);
}

/* Looks for the first earlier aim that a later one falls behind. */
static void
check_weaker(LintContext *lint, const LintMeasure *a, const LintMeasure *b)
{
	for (size_t i = 0; i < a->n_aims; i++) {
		for (size_t j = 0; j < b->n_aims; j++) {
			if (is_weaker(a, &a->aims[i], &b->aims[j])) {
				report_weaker(lint, a, &a->aims[i], b, &b->aims[j]);
				return;
			}
		}
	}
}

void
lint_target_weaker_later(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n; i++)
		if (measures->items[i].is_indicator)
			check_weaker(lint, &measures->items[i], &measures->items[i]);
	for (size_t i = 0; i < measures->n_pairs; i++) {
		const LintMeasurePair *pair = &measures->pairs[i];

		if (pair->relation != MEASURES_SAME)
			continue;
		check_weaker(lint, pair->first, pair->second);
		check_weaker(lint, pair->second, pair->first);
	}
}

/* Two numbers for one year inside one indicator ("trên 70%, tiến tới trên 80%"). */
void
lint_target_double(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n; i++) {
		const LintMeasure *measure = &measures->items[i];

		for (size_t k = 1; k < measure->n_aims; k++) {
			const LintAim *a = &measure->aims[k - 1], *b = &measure->aims[k];

			if (a->year != b->year || compare_aims(a, b) == 0)
				continue;
			lint_add(lint, measure->item->span,
			    "%s đặt hai mức %s và %s cho cùng một mốc; hãy chọn một mức phải đạt",
			    lint_measure_label(lint, measure, true), lint_aim_text(lint, a),
			    lint_aim_text(lint, b));
			break;
		}
	}
}

/* "ít nhất 3 - 5": a floor has one number. */
void
lint_target_range_floor(LintContext *lint)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n; i++) {
		const LintMeasure *measure = &measures->items[i];

		for (size_t k = 0; k < measure->n_aims; k++) {
			const char *raw = lint_fold(lint, measure->aims[k].raw);
			const char *const *word = WORDS_FLOOR;

			if (measure->aims[k].comparator != PLAN_COMPARATOR_RANGE)
				continue;
			while (*word != NULL && !lint_has_phrase(raw, *word))
				word++;
			if (*word != NULL)
				lint_add(lint, measure->item->span,
				    "%s vừa ghi mức tối thiểu vừa ghi một khoảng (%s); hãy ghi một con số "
				    "tối thiểu",
				    lint_measure_label(lint, measure, true),
				    lint_aim_text(lint, &measure->aims[k]));
		}
	}
}
