/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/units.h"

#include <string.h>

/* A unit found in more sets than this tells nothing apart; searching it would make the time quadratic. */
#define LONGEST_POSTING 96

typedef struct PairSearch {
	const UnitLexicon *lexicon;
	const UnitSet *sets;
	size_t n;
	unsigned at_least_pct;
	GArray **postings; /* by unit: sets that hold it, of uint32_t; NULL where none */
	uint32_t n_units;
	uint32_t *seen_by; /* by set: 1 + the set that looked at it last */
} PairSearch;

static guint
hash_order(gconstpointer key)
{
	const UnitSet *set = key;
	guint hash = 5381;

	for (uint32_t i = 0; i < set->n_order; i++)
		hash = hash * 33 + set->order[i];
	return hash;
}

static gboolean
equal_order(gconstpointer a, gconstpointer b)
{
	const UnitSet *left = a, *right = b;

	return left->n_order == right->n_order &&
	       (left->n_order == 0 ||
		   memcmp(left->order, right->order, left->n_order * sizeof(uint32_t)) == 0);
}

static uint32_t
count_units(const UnitSet *sets, size_t n)
{
	uint32_t most = 0;

	for (size_t i = 0; i < n; i++)
		if (sets[i].n > 0)
			most = MAX(most, sets[i].ids[sets[i].n - 1] + 1);
	return most;
}

/* Pairs a set with the earlier ones that share a unit which is not everywhere, then files it under all its
 * units. */
static void
search_one(PairSearch *search, uint32_t i, UnitsVisit visit, void *data)
{
	const UnitSet *set = &search->sets[i];

	if (set->n == 0)
		return;
	for (uint32_t k = 0; k < set->n; k++) {
		const GArray *posting = search->postings[set->ids[k]];

		if (posting == NULL || posting->len > LONGEST_POSTING)
			continue;
		for (guint p = 0; p < posting->len; p++) {
			uint32_t j = g_array_index(posting, uint32_t, p);

			if (search->seen_by[j] == i + 1)
				continue;
			search->seen_by[j] = i + 1;
			if (units_within_pct(search->lexicon, &search->sets[j], set) >= search->at_least_pct)
				visit(j, i, data);
		}
	}
	for (uint32_t k = 0; k < set->n; k++) {
		GArray **posting = &search->postings[set->ids[k]];

		if (*posting == NULL)
			*posting = g_array_new(FALSE, FALSE, sizeof(uint32_t));
		if ((*posting)->len <= LONGEST_POSTING)
			g_array_append_val(*posting, i);
	}
}

static void
search_all(PairSearch *search, UnitsVisit visit, void *data)
{
	g_autoptr(GHashTable) first_of = g_hash_table_new(hash_order, equal_order);
	g_autoptr(GArray) firsts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t i = 0; i < search->n; i++) {
		const UnitSet *set = &search->sets[i], *first;

		if (set->n == 0)
			continue;
		first = g_hash_table_lookup(first_of, set);
		if (first != NULL) {
			visit((size_t)(first - search->sets), i, data);
			continue;
		}
		g_hash_table_insert(first_of, (gpointer)(uintptr_t)set, (gpointer)(uintptr_t)set);
		g_array_append_val(firsts, i);
	}
	for (guint i = 0; i < firsts->len; i++)
		search_one(search, g_array_index(firsts, uint32_t, i), visit, data);
}

void
units_pairs(const UnitLexicon *lexicon, const UnitSet *sets, size_t n, unsigned at_least_pct,
    UnitsVisit visit, void *data)
{
	PairSearch search = {.lexicon = lexicon, .sets = sets, .n = n, .at_least_pct = at_least_pct};

	search.n_units = count_units(sets, n);
	search.postings = g_new0(GArray *, search.n_units + 1);
	search.seen_by = g_new0(uint32_t, n + 1);
	search_all(&search, visit, data);
	for (uint32_t i = 0; i < search.n_units; i++)
		g_clear_pointer(&search.postings[i], g_array_unref);
	g_free(search.postings);
	g_free(search.seen_by);
}
