/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/units.h"

#include <string.h>

/* A unit found in more sets than this tells nothing apart; searching it would make the time quadratic. */
#define LONGEST_POSTING 96
#define MOST_COPIES 4 /* of a text that stands many times, so many are compared with others */

typedef struct PairSearch {
	const UnitLexicon *lexicon;
	const UnitSet *sets;
	size_t n;
	unsigned at_least_pct;
	GArray **postings; /* by unit: sets that hold it, of uint32_t; NULL where none */
	uint32_t n_units;
	uint32_t *next_same; /* by set: 1 + the next set with the same text; 0: none */
	uint32_t *seen_by;   /* by set: 1 + the set that looked at it last */
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

/* Pairs two texts, and the first few copies of each. */
static void
visit_copies(const PairSearch *search, uint32_t first, uint32_t second, UnitsVisit visit, void *data)
{
	uint32_t a = first;

	for (int n_a = 0; n_a < MOST_COPIES; n_a++) {
		uint32_t b = second;

		for (int n_b = 0; n_b < MOST_COPIES; n_b++) {
			visit(MIN(a, b), MAX(a, b), data);
			if (search->next_same[b] == 0)
				break;
			b = search->next_same[b] - 1;
		}
		if (search->next_same[a] == 0)
			break;
		a = search->next_same[a] - 1;
	}
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
				visit_copies(search, j, i, visit, data);
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

/* Links sets with the same text; each is paired with the one before it and with the first. */
static bool
link_copy(PairSearch *search, GHashTable *last_of, uint32_t i, UnitsVisit visit, void *data)
{
	const UnitSet *set = &search->sets[i];
	gpointer key, value;
	uint32_t first, last;

	if (!g_hash_table_lookup_extended(last_of, set, &key, &value)) {
		g_hash_table_insert(last_of, (gpointer)(uintptr_t)set, GUINT_TO_POINTER(i));
		return false;
	}
	first = (uint32_t)((const UnitSet *)key - search->sets);
	last = GPOINTER_TO_UINT(value);
	search->next_same[last] = i + 1;
	visit(last, i, data);
	if (first != last)
		visit(first, i, data);
	g_hash_table_replace(last_of, key, GUINT_TO_POINTER(i));
	return true;
}

static void
search_all(PairSearch *search, UnitsVisit visit, void *data)
{
	g_autoptr(GHashTable) last_of = g_hash_table_new(hash_order, equal_order);
	g_autoptr(GArray) firsts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t i = 0; i < search->n; i++)
		if (search->sets[i].n > 0 && !link_copy(search, last_of, i, visit, data))
			g_array_append_val(firsts, i);
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
	search.next_same = g_new0(uint32_t, n + 1);
	search.seen_by = g_new0(uint32_t, n + 1);
	search_all(&search, visit, data);
	for (uint32_t i = 0; i < search.n_units; i++)
		g_clear_pointer(&search.postings[i], g_array_unref);
	g_free(search.postings);
	g_free(search.next_same);
	g_free(search.seen_by);
}
