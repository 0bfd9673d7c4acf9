/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/rulings.h"

#include <stdlib.h>

#define LENGTH_MIN 5.0f    /* shorter ones are parts of letters */
#define THICKNESS_MAX 6.0f /* thicker ones are shaded areas */
#define CROSSINGS_MAX (200 * 1000)

static void
free_lattice(gpointer data)
{
	Lattice *lattice = data;

	g_array_unref(lattice->across);
	g_array_unref(lattice->down);
	g_free(lattice);
}

static int
compare_at(const void *a, const void *b)
{
	const Ruling *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static int
compare_from(const void *a, const void *b)
{
	const Ruling *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static GArray *
collect(const Frame *frame, bool is_down)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(Ruling));

	for (size_t i = 0; i < frame->n_rules; i++) {
		const BlockBox *box = &frame->rules[i];
		float length = is_down ? box_height(box) : box_width(box);
		float thickness = is_down ? box_width(box) : box_height(box);
		Ruling ruling = {
		    .at = is_down ? box_middle(box) : box_center(box),
		    .from = is_down ? box->top : box->left,
		    .to = is_down ? box->bottom : box->right,
		};

		if (length >= LENGTH_MIN && thickness <= THICKNESS_MAX && length > thickness)
			g_array_append_val(found, ruling);
	}
	return found;
}

/* Joins the pieces of one level, which are sorted here, and appends them to `joined`. */
static void
join_level(Ruling *level, guint n, float gap, GArray *joined)
{
	float weight = 0, sum = 0;
	guint first = joined->len;

	for (guint i = 0; i < n; i++) {
		float length = level[i].to - level[i].from;

		sum += length * level[i].at;
		weight += length;
	}
	qsort(level, n, sizeof(Ruling), compare_from);
	for (guint i = 0; i < n; i++) {
		Ruling *last = joined->len > first ? &g_array_index(joined, Ruling, joined->len - 1) : NULL;

		level[i].at = sum / weight;
		if (last != NULL && level[i].from <= last->to + gap)
			last->to = MAX(last->to, level[i].to);
		else
			g_array_append_val(joined, level[i]);
	}
}

/* Rulings of one direction on common levels, sorted by level. */
static GArray *
straighten(const Frame *frame, bool is_down)
{
	g_autoptr(GArray) pieces = collect(frame, is_down);
	GArray *joined = g_array_new(FALSE, FALSE, sizeof(Ruling));
	Ruling *all = (Ruling *)(void *)pieces->data;
	guint from = 0;

	if (pieces->len > 0)
		qsort(all, pieces->len, sizeof(Ruling), compare_at);
	for (guint i = 1; i <= pieces->len; i++) {
		if (i < pieces->len && all[i].at - all[from].at <= frame->slack)
			continue;
		join_level(all + from, i - from, frame->is_scan ? 2 * frame->slack : frame->slack, joined);
		from = i;
	}
	return joined;
}

static guint
find_root(guint *parents, guint i)
{
	while (parents[i] != i) {
		parents[i] = parents[parents[i]];
		i = parents[i];
	}
	return i;
}

static guint
first_at_least(const GArray *rulings, float at)
{
	guint low = 0, high = rulings->len;

	while (low < high) {
		guint middle = (low + high) / 2;

		if (g_array_index(rulings, Ruling, middle).at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Ties rulings that touch: those across are 0 …, those down follow. False above the ceiling. */
static bool
tie(const GArray *across, const GArray *down, float slack, guint *parents)
{
	size_t n_looked = 0;

	for (guint i = 0; i < across->len + down->len; i++)
		parents[i] = i;
	for (guint i = 0; i < across->len; i++) {
		const Ruling *a = &g_array_index(across, Ruling, i);

		for (guint j = first_at_least(down, a->from - slack); j < down->len; j++) {
			const Ruling *d = &g_array_index(down, Ruling, j);

			if (d->at > a->to + slack)
				break;
			if (++n_looked > CROSSINGS_MAX)
				return false;
			if (a->at >= d->from - slack && a->at <= d->to + slack)
				parents[find_root(parents, i)] = find_root(parents, across->len + j);
		}
	}
	return true;
}

static Lattice *
lattice_of(GPtrArray *lattices, GHashTable *by_root, guint root)
{
	Lattice *lattice = g_hash_table_lookup(by_root, GUINT_TO_POINTER(root));

	if (lattice != NULL)
		return lattice;
	lattice = g_new0(Lattice, 1);
	lattice->across = g_array_new(FALSE, FALSE, sizeof(Ruling));
	lattice->down = g_array_new(FALSE, FALSE, sizeof(Ruling));
	lattice->box = (BlockBox){G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
	g_hash_table_insert(by_root, GUINT_TO_POINTER(root), lattice);
	g_ptr_array_add(lattices, lattice);
	return lattice;
}

static void
gather(const GArray *across, const GArray *down, guint *parents, GPtrArray *lattices)
{
	g_autoptr(GHashTable) by_root = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < across->len + down->len; i++) {
		Lattice *lattice = lattice_of(lattices, by_root, find_root(parents, i));
		bool is_down = i >= across->len;
		Ruling ruling =
		    is_down ? g_array_index(down, Ruling, i - across->len) : g_array_index(across, Ruling, i);
		BlockBox box = is_down ? (BlockBox){ruling.at, ruling.from, ruling.at, ruling.to}
				       : (BlockBox){ruling.from, ruling.at, ruling.to, ruling.at};

		g_array_append_val(is_down ? lattice->down : lattice->across, ruling);
		box_add(&lattice->box, &box);
	}
}

GPtrArray *
rulings_find(const Frame *frame)
{
	GPtrArray *lattices = g_ptr_array_new_with_free_func(free_lattice);
	g_autoptr(GArray) across = straighten(frame, false);
	g_autoptr(GArray) down = straighten(frame, true);
	g_autofree guint *parents = g_new(guint, across->len + down->len + 1);

	if (tie(across, down, frame->slack, parents))
		gather(across, down, parents, lattices);
	return lattices;
}
