/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/titles.h"

#include "reader/layout/marker.h"

#include <string.h>

#define COLUMNS_MIN 3      /* fewer are prose with a tabulator */
#define TITLES_MIN 2       /* beside that of the number column */
#define HEADER_ABOVE_MAX 4 /* lines of titles above that of the number column */
#define HEADER_BELOW_MAX 8 /* and below it */
#define NEAR_OF_SIZE 0.5f  /* a gap within a header */

static bool
is_number_title(const char *folded)
{
	return strcmp(folded, "tt") == 0 || strcmp(folded, "stt") == 0 || strcmp(folded, "so tt") == 0 ||
	       strcmp(folded, "s tt") == 0;
}

static bool
is_title(const char *folded)
{
	static const char *const TITLES[] = {"nhiem vu", "noi dung", "chi tieu", "ten ", "chu tri", "co quan",
	    "don vi", "phoi hop", "thoi gian", "thoi han", "han ", "tien do", "san pham", "ket qua",
	    "ghi chu", "muc tieu", "nam 20", "hang muc", "lanh dao", "kinh phi", "giai phap", "linh vuc"};

	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (g_str_has_prefix(folded, TITLES[i]))
			return true;
	return false;
}

/* True where the line begins with the title of the number column. */
static bool
is_anchor(const Line *line)
{
	Segment segments[COLUMNS_MAX];
	g_autofree char *text = columns_split(line, segments) > 0 ? segment_text(line, &segments[0]) : NULL;

	return text != NULL && is_number_title(text);
}

/* The first line of the titles, above that of the number column's. */
static guint
header_top(const Run *run, guint anchor)
{
	const Line *line = run_line(run, anchor);
	guint first = anchor;

	while (first > 0 && anchor - first < HEADER_ABOVE_MAX) {
		const Line *above = run_line(run, first - 1);

		if (run->gaps[first] > MIN(run->row_gap, NEAR_OF_SIZE * run->em) ||
		    above->box.left < line->words[0]->box.right ||
		    (!line->is_scan && above->is_bold != line->is_bold))
			break;
		first--;
	}
	return first;
}

/* The last line that the titles may end before: a row's first, or one that looks otherwise. */
static guint
header_limit(const Run *run, guint anchor)
{
	const Line *first = run_line(run, anchor);
	guint end = anchor + 1;

	while (end < run->lines->len && end - anchor < HEADER_BELOW_MAX) {
		const Line *line = run_line(run, end);

		if ((line->words[0]->box.left < first->words[0]->box.right &&
			marker_is_row_number(line->words[0]->source->text)) ||
		    (!line->is_scan && line->is_bold != first->is_bold))
			break;
		end++;
	}
	return end;
}

/* The line behind the titles: the first with a gap above it that is wide beside the others. */
static guint
header_bottom(const Run *run, guint anchor)
{
	guint limit = header_limit(run, anchor), end = anchor + 1;
	float widest = run->leading;

	for (guint i = anchor + 1; i <= limit && i < run->lines->len; i++)
		widest = MAX(widest, run->gaps[i]);
	if (widest <= run->row_gap)
		return limit;
	while (end < limit && run->gaps[end] < (run->leading + widest) / 2)
		end++;
	return end;
}

/* The text of a column's titles, without marks and case; the caller's. */
static char *
column_title(const Run *run, guint column)
{
	GString *text = g_string_new(NULL);

	for (guint i = run->first; i < run->body; i++) {
		const Line *line = run_line(run, i);
		Segment segments[COLUMNS_MAX];
		guint n = columns_split(line, segments);

		for (guint s = 0; s < n; s++) {
			guint at, n_reached = columns_count(&run->columns, segments[s].span, &at);
			g_autofree char *part = segment_text(line, &segments[s]);

			if (n_reached == 1 && at == column)
				g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", part);
		}
	}
	return g_string_free(text, FALSE);
}

bool
titles_find(Run *run, guint anchor)
{
	guint n_titles = 0;

	if (!is_anchor(run_line(run, anchor)))
		return false;
	run_learn_gaps(run, anchor);
	run->first = header_top(run, anchor);
	run->body = header_bottom(run, anchor);
	if (!columns_seed(&run->columns, run->lines, run->first, run->body) || run->columns.n < COLUMNS_MIN)
		return false;
	for (guint i = 0; i < run->columns.n; i++) {
		g_autofree char *title = column_title(run, i);

		if (i == 0 && !is_number_title(title))
			return false;
		n_titles += i > 0 && is_title(title);
	}
	return n_titles >= TITLES_MIN;
}
