/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/diff/match.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define SEARCH_WITHIN_PCT 40
#define PARTNER_SAME_PCT 40
#define PARTNER_WITHIN_PCT 75
#define PARTNER_MIN_WEIGHT 6
#define SAME_NO_SAME_PCT 25 /* the same number makes up for less likeness */
#define KIN_WITHIN_PCT 70
#define BONUS_OWNER 8
#define BONUS_NO 4

typedef struct Candidate {
	size_t old_index, new_index;
	unsigned same_pct, within_pct;
	unsigned score;
} Candidate;

typedef struct Search {
	const UnitLexicon *lexicon;
	MatchItem *old_items, *new_items;
	const size_t *index_of; /* from the sets to the lists */
	size_t n_old_sets;
	GArray *candidates;
} Search;

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static void
join(Search *search, size_t old_index, size_t new_index, unsigned alike_pct)
{
	search->old_items[old_index].partner = new_index;
	search->new_items[new_index].partner = old_index;
	search->old_items[old_index].alike_pct = search->new_items[new_index].alike_pct = alike_pct;
}

/* Joins the items with the same text; of several, those with the same number first, then in their order. */
static void
join_same_texts(Search *search, size_t n_old, size_t n_new)
{
	g_autoptr(GHashTable) waiting =
	    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);

	for (size_t i = 0; i < n_old; i++) {
		GPtrArray *list = g_hash_table_lookup(waiting, search->old_items[i].text);

		if (list == NULL) {
			list = g_ptr_array_new();
			g_hash_table_insert(waiting, (gpointer)(uintptr_t)search->old_items[i].text, list);
		}
		g_ptr_array_add(list, GSIZE_TO_POINTER(i));
	}
	for (int pass = 0; pass < 2; pass++) {
		for (size_t j = 0; j < n_new; j++) {
			GPtrArray *list = g_hash_table_lookup(waiting, search->new_items[j].text);

			for (guint k = 0;
			     list != NULL && k < list->len && search->new_items[j].partner == MATCH_NONE;
			     k++) {
				size_t i = GPOINTER_TO_SIZE(list->pdata[k]);

				if (pass == 0 && !is_same(search->old_items[i].no, search->new_items[j].no))
					continue;
				join(search, i, j, 100);
				g_ptr_array_remove_index(list, k);
			}
		}
	}
}

static void
consider(size_t a, size_t b, void *data)
{
	Search *search = data;
	Candidate candidate;
	const MatchItem *old_item, *new_item;

	if (a >= search->n_old_sets || b < search->n_old_sets)
		return; /* both of one plan */
	candidate.old_index = search->index_of[a];
	candidate.new_index = search->index_of[b];
	old_item = &search->old_items[candidate.old_index];
	new_item = &search->new_items[candidate.new_index];
	candidate.same_pct = units_same_pct(search->lexicon, &old_item->units, &new_item->units);
	candidate.within_pct = units_within_pct(search->lexicon, &old_item->units, &new_item->units);
	candidate.score = candidate.same_pct * 4 + candidate.within_pct;
	candidate.score += is_same(old_item->owner, new_item->owner) ? BONUS_OWNER * 4 : 0;
	candidate.score += is_same(old_item->no, new_item->no) ? BONUS_NO * 4 : 0;
	g_array_append_val(search->candidates, candidate);
}

static int
compare_candidates(gconstpointer a, gconstpointer b)
{
	const Candidate *left = a, *right = b;

	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	if (left->new_index != right->new_index)
		return left->new_index < right->new_index ? -1 : 1;
	return (left->old_index > right->old_index) - (left->old_index < right->old_index);
}

static bool
is_partner(const Search *search, const Candidate *candidate)
{
	const MatchItem *old_item = &search->old_items[candidate->old_index];
	const MatchItem *new_item = &search->new_items[candidate->new_index];
	uint32_t smaller = MIN(old_item->units.weight, new_item->units.weight);

	if (candidate->same_pct >= PARTNER_SAME_PCT)
		return true;
	if (candidate->within_pct >= PARTNER_WITHIN_PCT && smaller >= PARTNER_MIN_WEIGHT)
		return true;
	return is_same(old_item->no, new_item->no) && candidate->same_pct >= SAME_NO_SAME_PCT;
}

static void
join_alike(Search *search)
{
	g_array_sort(search->candidates, compare_candidates);
	for (guint i = 0; i < search->candidates->len; i++) {
		const Candidate *candidate = &g_array_index(search->candidates, Candidate, i);

		if (search->old_items[candidate->old_index].partner == MATCH_NONE &&
		    search->new_items[candidate->new_index].partner == MATCH_NONE &&
		    is_partner(search, candidate))
			join(search, candidate->old_index, candidate->new_index, candidate->same_pct);
	}
	for (guint i = 0; i < search->candidates->len; i++) {
		const Candidate *candidate = &g_array_index(search->candidates, Candidate, i);
		MatchItem *old_item = &search->old_items[candidate->old_index];
		MatchItem *new_item = &search->new_items[candidate->new_index];

		if (candidate->within_pct < KIN_WITHIN_PCT)
			continue;
		if (new_item->partner == MATCH_NONE && new_item->kin == MATCH_NONE &&
		    old_item->partner != MATCH_NONE)
			new_item->kin = candidate->old_index;
		if (old_item->partner == MATCH_NONE && old_item->kin == MATCH_NONE &&
		    new_item->partner != MATCH_NONE)
			old_item->kin = candidate->new_index;
	}
}

static void
read_items(UnitLexicon *lexicon, Arena *arena, MatchItem *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		items[i].units = units_read(lexicon, arena, items[i].text);
		items[i].partner = items[i].kin = MATCH_NONE;
	}
}

/* Compares the items whose text was not found again. */
static void
search_alike(Search *search, size_t n_old, size_t n_new)
{
	g_autofree UnitSet *sets = g_new0(UnitSet, n_old + n_new + 1);
	g_autofree size_t *index_of = g_new0(size_t, n_old + n_new + 1);
	size_t n_sets = 0;

	for (size_t i = 0; i < n_old; i++) {
		index_of[n_sets] = i;
		sets[n_sets++] =
		    search->old_items[i].alike_pct == 100 ? (UnitSet){0} : search->old_items[i].units;
	}
	search->n_old_sets = n_sets;
	for (size_t j = 0; j < n_new; j++) {
		index_of[n_sets] = j;
		sets[n_sets++] =
		    search->new_items[j].alike_pct == 100 ? (UnitSet){0} : search->new_items[j].units;
	}
	search->index_of = index_of;
	units_pairs(search->lexicon, sets, n_sets, SEARCH_WITHIN_PCT, consider, search);
	join_alike(search);
}

void
match_lists(UnitLexicon *lexicon, Arena *arena, MatchItem *old_items, size_t n_old, MatchItem *new_items,
    size_t n_new)
{
	g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
	Search search = {
	    .lexicon = lexicon, .old_items = old_items, .new_items = new_items, .candidates = candidates};

	read_items(lexicon, arena, old_items, n_old);
	read_items(lexicon, arena, new_items, n_new);
	join_same_texts(&search, n_old, n_new);
	search_alike(&search, n_old, n_new);
}
