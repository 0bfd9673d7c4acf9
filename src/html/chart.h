/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/decimal.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* An indicator's milestones as an SVG: years across, targets as a dashed line with square marks, actual
 * values as a full line with round ones. It is drawn by the server, so it prints, and says what it shows in
 * its label. */

#define CHART_MAX_POINTS 24 /* of each line; more are left out */

typedef struct ChartPoint {
	int year; /* points without a year (0) are left out */
	Decimal value;
	const char *label; /* as the document prints it: "≥ 85%"; NULL: the value and the unit */
} ChartPoint;

/* All strings are borrowed. */
typedef struct ChartView {
	const char *name; /* of the indicator */
	const char *unit; /* "%"; may be NULL */
	const ChartPoint *targets;
	size_t n_targets;
	const ChartPoint *actuals;
	size_t n_actuals;
} ChartView;

/* Tells whether there is anything to draw: two different years with a value. */
bool chart_is_drawable(const ChartView *view);

/* Draws the chart; writes nothing where it is not drawable. */
void chart_milestones(GString *out, const ChartView *view);
