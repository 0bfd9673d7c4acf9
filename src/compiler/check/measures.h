/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/context.h"

/* The plan's numbers as measures: an indicator, or a clause with a percentage inside a task ("tái sử dụng
 * 100% dữ liệu"), and what it aims at in which year. */

typedef struct LintAim {
	int year; /* 0 where none is stated */
	PlanComparator comparator;
	Decimal value, value_high;
	const char *raw;
	SourceSpan span;
} LintAim;

typedef struct LintMeasure {
	const LintItem *item;
	UnitSet units; /* of the name and the unit, or of the clause */
	const char *folded;
	LintAim *aims; /* with a number, in the order of the document */
	size_t n_aims;
	bool is_indicator;
	bool is_percent;
	bool is_falling; /* less is better: "giảm", "thời gian", "hộ nghèo" */
} LintMeasure;

typedef enum {
	MEASURES_SAME,       /* the same thing under nearly the same name */
	MEASURES_OTHER_BASE, /* the same thing counted on other people or another sum */
	MEASURES_OVERLAP,    /* much in common */
} LintMeasureRelation;

typedef struct LintMeasurePair {
	const LintMeasure *first, *second;
	LintMeasureRelation relation;
} LintMeasurePair;

typedef struct LintMeasures {
	LintMeasure *items;
	size_t n;
	LintMeasurePair *pairs;
	size_t n_pairs;
} LintMeasures;

/* All measures and how they stand to one another; made once a run. */
const LintMeasures *lint_measures(LintContext *lint);

/* "≥ 90%" as printed, in quotation marks. */
const char *lint_aim_text(LintContext *lint, const LintAim *aim);

/* "chỉ tiêu 1.2 (Phụ lục I)". */
const char *lint_measure_label(LintContext *lint, const LintMeasure *measure, bool is_first);
