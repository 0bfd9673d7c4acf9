/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/measures.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-targets.h"

#include <string.h>

/* What a number counts: unit, denominator, range. */

typedef void (*CheckMeasure)(LintContext *lint, const LintMeasure *measure);

static void
each_indicator(LintContext *lint, CheckMeasure check)
{
	const LintMeasures *measures = lint_measures(lint);

	for (size_t i = 0; i < measures->n; i++)
		if (measures->items[i].is_indicator)
			check(lint, &measures->items[i]);
}

static void
check_base(LintContext *lint, const LintMeasure *measure)
{
	if (!measure->is_percent || lint_find_any(measure->item->folded, WORDS_MONEY_SHARE) == NULL)
		return;
	if (lint_find_any(measure->folded, WORDS_BASE) != NULL ||
	    lint_find_any(lint_source(lint, measure->item->span), WORDS_BASE) != NULL)
		return;
	lint_add(lint, measure->item->span,
	    "%s ghi tỷ lệ phần trăm nhưng không nói là phần trăm của khoản nào; hãy ghi mẫu số, ví dụ “tổng "
	    "chi ngân sách phường, xã”",
	    lint_measure_label(lint, measure, true));
}

void
lint_denominator_missing(LintContext *lint)
{
	each_indicator(lint, check_base);
}

static void
check_undefined_base(LintContext *lint, const LintMeasure *measure)
{
	const char *base = lint_find_any(measure->item->folded, WORDS_BASE);

	if (base == NULL || !measure->is_percent || lint_find_any(base, WORDS_UNDEFINED_BASE) == NULL)
		return;
	lint_add(lint, measure->item->span,
	    "%s lấy một nhóm chưa được định nghĩa làm mẫu số; hãy dẫn danh mục cụ thể để đếm được",
	    lint_measure_label(lint, measure, true));
}

void
lint_denominator_undefined(LintContext *lint)
{
	each_indicator(lint, check_undefined_base);
}

/* Finds the topic before the first percentage of a clause and a base that does not belong to it after. */
static const BaseNorm *
wrong_base(const char *clause)
{
	const char *sign = strchr(clause, '%');

	if (sign == NULL)
		return NULL;
	for (size_t i = 0; i < WORDS_BASE_NORMS_N; i++) {
		const BaseNorm *norm = &WORDS_BASE_NORMS[i];
		const char *topic = lint_find_phrase(clause, norm->topic);
		const char *base = lint_find_any(sign, norm->wrong_base);

		if (topic != NULL && topic < sign && base != NULL && lint_has_phrase(clause, "chi"))
			return norm;
	}
	return NULL;
}

void
lint_denominator_swapped(LintContext *lint)
{
	const BaseNorm *last = NULL;
	uint32_t last_line = 0;

	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		const char *source;
		g_auto(GStrv) clauses = NULL;

		if (item->kind != LINT_INDICATOR && strchr(item->text, '%') == NULL)
			continue;
		source = lint_source(lint, item->span);
		clauses = g_strsplit(source[0] != '\0' ? source : item->folded, ";", -1);
		for (char **clause = clauses; *clause != NULL; clause++) {
			const BaseNorm *norm = wrong_base(*clause);

			if (norm == NULL || (item->span.line == last_line && norm <= last))
				continue;
			lint_add(lint, item->span, "%s dùng sai mẫu số: %s; hãy kiểm tra lại",
			    lint_label_first(lint, item), norm->advice);
			last_line = item->span.line;
			last = norm;
		}
	}
}

static void
check_over_100(LintContext *lint, const LintMeasure *measure)
{
	static const Decimal HUNDRED = {.units = 100};

	if (!measure->is_percent || lint_has_phrase(measure->item->folded, "tang"))
		return;
	for (size_t i = 0; i < measure->n_aims; i++)
		if (decimal_compare(measure->aims[i].value, HUNDRED) > 0 ||
		    (measure->aims[i].comparator == PLAN_COMPARATOR_GT &&
			decimal_compare(measure->aims[i].value, HUNDRED) == 0))
			lint_add(lint, measure->item->span,
			    "%s đặt %s, vượt quá 100%%; hãy sửa con số hoặc đơn vị tính",
			    lint_measure_label(lint, measure, true), lint_aim_text(lint, &measure->aims[i]));
}

void
lint_value_over_100(LintContext *lint)
{
	each_indicator(lint, check_over_100);
}

static bool
has_unit_column(const PlanAnnex *annex)
{
	for (size_t i = 0; i < annex->n_columns; i++)
		if (annex->columns[i].kind == PLAN_COLUMN_UNIT)
			return true;
	return false;
}

/* In prose the counted thing stands in the name, and an index has no unit. */
static void
check_unit(LintContext *lint, const LintMeasure *measure)
{
	const PlanIndicator *row = lint_indicator(measure->item);

	if (row->annex == NULL || row->unit != NULL || row->targets->len == 0 || measure->is_percent ||
	    (measure->n_aims == 0 && !has_unit_column(row->annex)) ||
	    lint_has_phrase(measure->item->folded, "chi so"))
		return;
	lint_add(lint, measure->item->span, "%s không ghi đơn vị tính; hãy ghi đơn vị của mức “%s”",
	    lint_measure_label(lint, measure, true), ((const PlanTarget *)row->targets->pdata[0])->raw);
}

void
lint_unit_missing(LintContext *lint)
{
	each_indicator(lint, check_unit);
}

static void
check_has_number(LintContext *lint, const LintMeasure *measure)
{
	const GPtrArray *targets = lint_indicator(measure->item)->targets;

	if (targets->len > 0 && measure->n_aims == 0 &&
	    lint_find_any(lint_fold(lint, ((const PlanTarget *)targets->pdata[0])->raw), WORDS_ALL) == NULL)
		lint_add(lint, measure->item->span,
		    "%s đặt mức bằng chữ (“%s”); hãy ghi con số, hoặc nói rõ căn cứ để kết luận là đạt",
		    lint_measure_label(lint, measure, true), ((const PlanTarget *)targets->pdata[0])->raw);
}

void
lint_target_text(LintContext *lint)
{
	each_indicator(lint, check_has_number);
}

/* The indicators that stand in one bullet have the same place. */
static bool
shares_place(const LintContext *lint, size_t i)
{
	const SourceSpan *here = &lint->items[i].span;

	return lint->items[i].annex == NULL && i + 1 < lint->n_indicators &&
	       lint->items[i + 1].span.offset == here->offset && lint->items[i + 1].span.line == here->line;
}

void
lint_target_compound(LintContext *lint)
{
	for (size_t i = 0; i < lint->n_indicators; i++) {
		const LintItem *item = &lint->items[i];
		bool is_second = i > 0 && shares_place(lint, i - 1);

		if (is_second)
			continue;
		if (shares_place(lint, i))
			lint_add(lint, item->span,
			    "Một đoạn nêu từ hai chỉ tiêu trở lên (dòng %u); hãy tách mỗi chỉ tiêu thành một "
			    "dòng để theo dõi riêng",
			    item->span.line);
		else if (lint_find_any(item->folded, WORDS_COMPOUND_TARGET) != NULL)
			lint_add(lint, item->span,
			    "%s gộp hai việc đo khác nhau vào một con số; hãy tách thành hai chỉ tiêu",
			    lint_label_first(lint, item));
	}
}
