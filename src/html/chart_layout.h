/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/chart.h"
#include "html/html.h"

/* Where everything of a chart stands, worked out before it is drawn. Lengths are units of the SVG's viewBox.
 */

#define CHART_WIDTH 620
#define CHART_HEIGHT 240
#define CHART_LEFT 64
#define CHART_RIGHT 604
#define CHART_TOP 26
#define CHART_BOTTOM 204
#define CHART_MAX_TICKS 8

typedef struct ChartMark {
	const ChartPoint *point;
	int x, y;
	int label_x, label_y; /* the label's middle and base line */
	bool has_label;       /* false: there was no room */
	bool is_optional;     /* the label may go on a small screen */
} ChartMark;

typedef struct ChartTick {
	Decimal value; /* scale 0 for whole numbers */
	int y;
} ChartTick;

typedef struct ChartYear {
	int year;
	int x;
	bool has_label;
} ChartYear;

typedef struct ChartLayout {
	const ChartView *view;
	const char *tick_unit; /* the unit where it is short enough to stand at each tick; NULL */
	ChartMark targets[CHART_MAX_POINTS], actuals[CHART_MAX_POINTS];
	size_t n_targets, n_actuals;
	ChartTick ticks[CHART_MAX_TICKS];
	size_t n_ticks;
	ChartYear years[2 * CHART_MAX_POINTS];
	size_t n_years;
} ChartLayout;

/* Works out the places; false where there is nothing to draw. */
bool chart_layout(const ChartView *view, ChartLayout *ret_layout);

/* The template. */
void chart_svg(GString *out, const ChartLayout *layout);
