/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/chart.h"

#include "html/chart_layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_CHAR_WIDTH 7
#define LABEL_HEIGHT 14
#define YEAR_LABEL_WIDTH 36
#define MARK_SIZE 12
#define MAX_VALUE 1e15
#define EDGE 18 /* between the axis and the first year */

/* Pixels are the only use of floating point: no value is ever computed from them. */
static double
to_double(Decimal value)
{
	return (double)value.units / pow(10.0, (double)value.scale);
}

/* Keeps the points that have a year, by year. */
static size_t
take_points(const ChartPoint *points, size_t n_points, ChartMark marks[CHART_MAX_POINTS])
{
	size_t n = 0;

	for (size_t i = 0; i < n_points && n < CHART_MAX_POINTS; i++) {
		size_t at = n;

		if (points[i].year == 0)
			continue;
		for (; at > 0 && marks[at - 1].point->year > points[i].year; at--)
			marks[at] = marks[at - 1];
		marks[at] = (ChartMark){.point = &points[i]};
		n++;
	}
	return n;
}

static void
add_years(ChartLayout *layout, const ChartMark *marks, size_t n_marks)
{
	for (size_t i = 0; i < n_marks; i++) {
		int year = marks[i].point->year;
		size_t at = layout->n_years;

		while (at > 0 && layout->years[at - 1].year > year)
			at--;
		if (at > 0 && layout->years[at - 1].year == year)
			continue;
		memmove(&layout->years[at + 1], &layout->years[at],
		    (layout->n_years - at) * sizeof(layout->years[0]));
		layout->years[at] = (ChartYear){.year = year};
		layout->n_years++;
	}
}

static int
year_x(const ChartLayout *layout, int year)
{
	int first = layout->years[0].year, last = layout->years[layout->n_years - 1].year;
	int64_t room = CHART_RIGHT - CHART_LEFT - 2 * EDGE;

	return CHART_LEFT + EDGE + (int)(((int64_t)year - first) * room / ((int64_t)last - first));
}

/* Places the years; a label goes where its neighbour would touch it, but the last one stays. */
static void
place_years(ChartLayout *layout)
{
	int free_from = 0, last_x = year_x(layout, layout->years[layout->n_years - 1].year);

	for (size_t i = 0; i < layout->n_years; i++) {
		ChartYear *year = &layout->years[i];
		bool is_last = i + 1 == layout->n_years;

		year->x = year_x(layout, year->year);
		year->has_label = is_last || (year->x >= free_from && year->x + YEAR_LABEL_WIDTH <= last_x);
		if (year->has_label)
			free_from = year->x + YEAR_LABEL_WIDTH;
	}
}

static void
find_range(const ChartMark *marks, size_t n_marks, double *low, double *high)
{
	for (size_t i = 0; i < n_marks; i++) {
		double value = to_double(marks[i].point->value);

		*low = fmin(*low, value);
		*high = fmax(*high, value);
	}
}

/* Places round numbers on the vertical axis: steps of 1, 2 or 5 times a power of ten, four to seven of them.
 */
static void
place_ticks(ChartLayout *layout, double low, double high, double *ret_first, double *ret_last)
{
	static const int64_t STEPS[] = {1, 2, 5, 10};
	double range = fmax(high - low, fmax(fabs(high), 1.0) / 100);
	int exponent = (int)floor(log10(range / 4));
	double unit = pow(10.0, exponent);
	int64_t step = 10, first;
	double last;

	for (size_t i = 0; i < G_N_ELEMENTS(STEPS) && step == 10; i++)
		if (range / ((double)STEPS[i] * unit) <= CHART_MAX_TICKS - 3)
			step = STEPS[i];
	first = (int64_t)floor(low / ((double)step * unit));
	last = ceil(high / ((double)step * unit));
	for (int64_t i = first; (double)i <= last && layout->n_ticks < CHART_MAX_TICKS; i++) {
		Decimal value = {i * step, exponent < 0 ? (uint8_t)MIN(-exponent, 9) : 0};

		for (int e = 0; e < exponent; e++)
			value.units *= 10;
		layout->ticks[layout->n_ticks++].value = value;
	}
	*ret_first = (double)(first * step) * unit;
	*ret_last = to_double(layout->ticks[layout->n_ticks - 1].value);
	for (size_t i = 0; i < layout->n_ticks; i++)
		layout->ticks[i].y = CHART_BOTTOM - (int)lround((CHART_BOTTOM - CHART_TOP) * (double)i /
								(double)MAX(layout->n_ticks - 1, 1));
}

static void
place_marks(const ChartLayout *layout, ChartMark *marks, size_t n_marks, double first, double last)
{
	for (size_t i = 0; i < n_marks; i++) {
		double part = (to_double(marks[i].point->value) - first) / (last - first);

		marks[i].x = year_x(layout, marks[i].point->year);
		marks[i].y = CHART_BOTTOM - (int)lround(part * (CHART_BOTTOM - CHART_TOP));
	}
}

static int
label_width(const ChartLayout *layout, const ChartMark *mark)
{
	char text[DECIMAL_TEXT_SIZE];
	glong chars;

	if (mark->point->label != NULL)
		return (int)MIN(g_utf8_strlen(mark->point->label, -1), 40) * LABEL_CHAR_WIDTH;
	decimal_format_vi(mark->point->value, text);
	chars =
	    (glong)strlen(text) + (layout->view->unit != NULL ? g_utf8_strlen(layout->view->unit, -1) : 0);
	return (int)MIN(chars, 40) * LABEL_CHAR_WIDTH;
}

static bool
touches_mark(const ChartMark *other, int x, int y, int width)
{
	return abs(other->x - x) < (width + MARK_SIZE) / 2 &&
	       abs(other->y - (y - LABEL_HEIGHT / 3)) < LABEL_HEIGHT;
}

static bool
touches_label(const ChartLayout *layout, const ChartMark *other, int x, int y, int width)
{
	return other->has_label && abs(other->label_x - x) < (width + label_width(layout, other)) / 2 + 2 &&
	       abs(other->label_y - y) < LABEL_HEIGHT;
}

static bool
is_free(const ChartLayout *layout, int x, int y, int width)
{
	if (x - width / 2 < CHART_LEFT - 4 || x + width / 2 > CHART_WIDTH || y < LABEL_HEIGHT ||
	    y > CHART_BOTTOM - 2)
		return false;
	for (size_t i = 0; i < layout->n_targets; i++)
		if (touches_mark(&layout->targets[i], x, y, width) ||
		    touches_label(layout, &layout->targets[i], x, y, width))
			return false;
	for (size_t i = 0; i < layout->n_actuals; i++)
		if (touches_mark(&layout->actuals[i], x, y, width) ||
		    touches_label(layout, &layout->actuals[i], x, y, width))
			return false;
	return true;
}

/* Puts a label above its mark, or below, right or left of it, where it touches nothing. */
static void
place_label(const ChartLayout *layout, ChartMark *mark)
{
	int width = label_width(layout, mark);
	int side = (width + MARK_SIZE) / 2 + 3;
	const int offsets[][2] = {{0, -11}, {0, 21}, {side, 4}, {-side, 4}, {side, 18}, {-side, -12}};

	for (size_t i = 0; i < G_N_ELEMENTS(offsets); i++) {
		int x = mark->x + offsets[i][0], y = mark->y + offsets[i][1];

		if (!is_free(layout, x, y, width))
			continue;
		mark->label_x = x;
		mark->label_y = y;
		mark->is_optional = i > 0;
		mark->has_label = true;
		return;
	}
}

bool
chart_layout(const ChartView *view, ChartLayout *ret_layout)
{
	ChartLayout *layout = ret_layout;
	double low = HUGE_VAL, high = -HUGE_VAL, first, last;

	*layout = (ChartLayout){.view = view};
	layout->n_targets = take_points(view->targets, view->n_targets, layout->targets);
	layout->n_actuals = take_points(view->actuals, view->n_actuals, layout->actuals);
	add_years(layout, layout->targets, layout->n_targets);
	add_years(layout, layout->actuals, layout->n_actuals);
	find_range(layout->targets, layout->n_targets, &low, &high);
	find_range(layout->actuals, layout->n_actuals, &low, &high);
	if (layout->n_years < 2 || fmax(fabs(low), fabs(high)) > MAX_VALUE)
		return false;
	if (view->unit != NULL && g_utf8_strlen(view->unit, -1) <= 2)
		layout->tick_unit = view->unit;
	place_years(layout);
	place_ticks(layout, low, high, &first, &last);
	place_marks(layout, layout->targets, layout->n_targets, first, last);
	place_marks(layout, layout->actuals, layout->n_actuals, first, last);
	for (size_t i = 0; i < layout->n_actuals; i++)
		place_label(layout, &layout->actuals[i]);
	for (size_t i = 0; i < layout->n_targets; i++)
		place_label(layout, &layout->targets[i]);
	return true;
}

bool
chart_is_drawable(const ChartView *view)
{
	ChartLayout layout;

	return chart_layout(view, &layout);
}

void
chart_milestones(GString *out, const ChartView *view)
{
	ChartLayout layout;

	if (chart_layout(view, &layout))
		chart_svg(out, &layout);
}
