/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/zones.h"

#include "reader/layout/marker.h"

#define GAP_OF_EM 1.5f      /* between columns, at the line that shows them */
#define CORRIDOR_OF_EM 0.7f /* that stays free over all lines */
#define LINE_STEP_MAX 6.0f  /* of the size: further apart are two things; room for a seal and a signature */

#define ZONE_LINES_MAX 300

/* Two columns and the free corridor between them. */
typedef struct {
	float from, to;                /* the corridor */
	size_t first, end;             /* lines */
	guint n_both, n_left, n_right; /* lines with words on both sides, and on each */
} Zone;

/* The place of the widest gap that could part columns: not the one behind a mark. 0 where there is none. */
static size_t
widest_gap(const Line *line)
{
	float widest = GAP_OF_EM * line->size;
	size_t at = 0;

	for (size_t i = 1; i < line->n_words; i++) {
		if (i == 1 && marker_of_word(line->words[0]->source->text) != MARKER_NONE)
			continue;
		if (line_gap(line, i) > widest) {
			widest = line_gap(line, i);
			at = i;
		}
	}
	return at;
}

/* The first word right of the corridor; n_words where none is. */
static size_t
split_at(const Line *line, float corridor)
{
	size_t i = 0;

	while (i < line->n_words && box_middle(&line->words[i]->box) < corridor)
		i++;
	return i;
}

/* Takes one more line into the zone; false where it would close the corridor. */
static bool
extend(Zone *zone, const Line *line)
{
	size_t at = split_at(line, (zone->from + zone->to) / 2);
	float from = zone->from, to = zone->to;

	if (at > 0)
		from = MAX(from, line->words[at - 1]->box.right);
	if (at < line->n_words)
		to = MIN(to, line->words[at]->box.left);
	if (to - from < CORRIDOR_OF_EM * line->size)
		return false;
	zone->from = from;
	zone->to = to;
	zone->n_both += at > 0 && at < line->n_words;
	zone->n_left += at > 0;
	zone->n_right += at < line->n_words;
	return true;
}

static bool
is_in_middle(const Line *line, float left, float right)
{
	return distance(box_middle(&line->box), (left + right) / 2) < 1.2f * line->size;
}

/* Lines of one side only at the end: a title in the middle of the page is not of the zone. */
static void
trim(Zone *zone, Line *const *lines, float left, float right)
{
	while (zone->end > zone->first + 1) {
		const Line *last = lines[zone->end - 1];
		size_t at = split_at(last, (zone->from + zone->to) / 2);

		if (at != 0 || !is_in_middle(last, left, right))
			return;
		zone->n_right--;
		zone->end--;
	}
}

/* Rows of marked items with a value behind each ("- Số hộ:    812") are read row by row. */
static bool
is_list_of_values(const Zone *zone, Line *const *lines)
{
	guint n_marked = 0, n_level = 0;
	float at = -1;

	for (size_t i = zone->first; i < zone->end; i++) {
		size_t split = split_at(lines[i], (zone->from + zone->to) / 2);

		if (split == 0 || split == lines[i]->n_words)
			continue;
		n_marked += marker_of_line(lines[i]) != MARKER_NONE;
		n_level += at < 0 || distance(lines[i]->words[split]->box.left, at) < 2;
		at = lines[i]->words[split]->box.left;
	}
	return zone->n_both == zone->n_left && n_marked == zone->n_both && n_level == zone->n_both;
}

/* Lines that stand alone at the right, just above: the right column begins higher than the left one. */
static void
extend_upwards(Zone *zone, Line *const *lines, size_t begin, float left, float right)
{
	while (zone->first > begin) {
		const Line *line = lines[zone->first - 1];
		bool is_near = lines[zone->first]->box.top - line->box.bottom < line->size;

		if (!is_near || line->box.left < zone->from ||
		    line->box.left < left + 0.35f * (right - left) || line->box.right > right - line->size ||
		    is_in_middle(line, left, right) || !extend(zone, line))
			return;
		zone->first--;
	}
}

static bool
find_zone(Line *const *lines, size_t begin, size_t first, size_t n, float left, float right, Zone *zone)
{
	size_t at = widest_gap(lines[first]);

	if (at == 0)
		return false;
	*zone = (Zone){
	    .from = lines[first]->words[at - 1]->box.right,
	    .to = lines[first]->words[at]->box.left,
	    .first = first,
	    .end = first,
	};
	while (zone->end < n && zone->end - first < ZONE_LINES_MAX) {
		const Line *line = lines[zone->end];

		if (zone->end > first &&
		    line->box.top - lines[zone->end - 1]->box.bottom > LINE_STEP_MAX * line->size)
			break;
		if (!extend(zone, line))
			break;
		zone->end++;
	}
	trim(zone, lines, left, right);
	extend_upwards(zone, lines, begin, left, right);
	return (zone->n_both >= 2 || (zone->n_left >= 2 && zone->n_right >= 2)) &&
	       !is_list_of_values(zone, lines);
}

/* Gives a column's lines the room they have: for centred ones as much as is free on both sides of their
 * middle. */
static void
set_room(GPtrArray *lines, guint first, float left, float right)
{
	float middle = 0;
	guint n = lines->len - first;
	bool is_centered = true;

	for (guint i = first; i < lines->len; i++)
		middle += box_middle(&((const Line *)g_ptr_array_index(lines, i))->box) / (float)n;
	for (guint i = first; i < lines->len; i++) {
		const Line *line = g_ptr_array_index(lines, i);

		is_centered = is_centered && distance(box_middle(&line->box), middle) < line->size;
	}
	for (guint i = first; i < lines->len; i++) {
		Line *line = g_ptr_array_index(lines, i);
		float half = MIN(middle - left, right - middle);

		line->is_side = true;
		line->left = is_centered ? middle - half : left;
		line->right = is_centered ? middle + half : right;
	}
}

static void
put_side(Arena *arena, const Zone *zone, Line *const *lines, bool is_left, float left, float right,
    GPtrArray *ordered)
{
	guint first = ordered->len;

	for (size_t i = zone->first; i < zone->end; i++) {
		const Line *line = lines[i];
		size_t at = split_at(line, (zone->from + zone->to) / 2), from = is_left ? 0 : at;
		size_t n = is_left ? at : line->n_words - at;

		if (n > 0)
			g_ptr_array_add(ordered, line_new(arena, line, from, n));
	}
	set_room(ordered, first, left, right);
}

static void
put_whole(Line *line, float left, float right, GPtrArray *ordered)
{
	line->left = MIN(left, line->box.left);
	line->right = MAX(right, line->box.right);
	g_ptr_array_add(ordered, line);
}

void
zones_order(Arena *arena, Line *const *lines, size_t n, float left, float right, GPtrArray *ordered)
{
	size_t i = 0, begin = 0;

	while (i < n) {
		Zone zone;

		if (!find_zone(lines, begin, i, n, left, right, &zone)) {
			put_whole(lines[i++], left, right, ordered);
			continue;
		}
		g_ptr_array_set_size(ordered, (gint)(ordered->len - (guint)(i - zone.first)));
		put_side(arena, &zone, lines, true, MIN(left, zone.from), zone.to, ordered);
		put_side(arena, &zone, lines, false, zone.from, MAX(right, zone.to), ordered);
		i = begin = zone.end;
	}
}
