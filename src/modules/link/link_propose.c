/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/link/link_propose.h"

#include "base/text.h"
#include "compiler/check/units.h"

#include <string.h>

/* A pair scores by the wording that both have, and a little by standing under the same heading and having the
 * same lead: those alone never make a proposal. */

#define ALIKE_MIN 22 /* percent of the smaller text's units */
#define SECTION_SCORE 10
#define LEAD_SCORE 6
#define WORDS_MAX 200 /* of a text that are looked at for the reason */
#define RUN_WORDS_MIN 2
#define RUNS_SHOWN 3

typedef struct Proposing {
	Arena *arena;
	const LinkItem *a, *b;
	size_t n_a;
	const UnitLexicon *lexicon;
	const UnitSet *sets;
	GArray *out;
} Proposing;

static bool
is_same_heading(const char *a, const char *b)
{
	g_autofree char *x = NULL, *y = NULL;

	if (a == NULL || b == NULL || *a == '\0')
		return false;
	x = text_fold_vi(a);
	y = text_fold_vi(b);
	return strcmp(x, y) == 0;
}

/* The words of a text as they stand there, and folded for comparing. */
static void
split_words(const char *text, char ***ret_words, char ***ret_keys)
{
	g_autofree char *plain = g_strdup(text);
	g_autoptr(GPtrArray) keys = g_ptr_array_new();

	g_strdelimit(plain, ",.;:()\"/\n\t", ' ');
	*ret_words = g_strsplit(plain, " ", WORDS_MAX);
	for (size_t i = 0; (*ret_words)[i] != NULL; i++)
		g_ptr_array_add(keys, text_fold_vi((*ret_words)[i]));
	g_ptr_array_add(keys, NULL);
	*ret_keys = (char **)g_ptr_array_steal(keys, NULL);
}

/* How many words from a[0] on stand in b one behind the other, anywhere. */
static size_t
longest_run(char *const *a, char *const *b)
{
	size_t best = 0;

	for (size_t j = 0; b[j] != NULL; j++) {
		size_t n = 0;

		while (a[n] != NULL && b[j + n] != NULL && *a[n] != '\0' && strcmp(a[n], b[j + n]) == 0)
			n++;
		best = MAX(best, n);
	}
	return best;
}

/* The wordings that both texts have, as the first one writes them. */
static void
append_runs(GString *reason, const char *a, const char *b)
{
	g_auto(GStrv) words = NULL, keys = NULL, other_words = NULL, other_keys = NULL;
	unsigned n_runs = 0;

	split_words(a, &words, &keys);
	split_words(b, &other_words, &other_keys);
	for (size_t i = 0; keys[i] != NULL && n_runs < RUNS_SHOWN;) {
		size_t n = longest_run(&keys[i], other_keys);
		g_autoptr(GString) run = g_string_new(NULL);

		if (n < RUN_WORDS_MIN) {
			i++;
			continue;
		}
		for (size_t k = 0; k < n; k++)
			g_string_append_printf(run, "%s%s", k > 0 ? " " : "", words[i + k]);
		if (strstr(reason->str, run->str) == NULL)
			g_string_append_printf(reason, "%s“%s”", n_runs++ > 0 ? ", " : "cùng có ", run->str);
		i += n;
	}
	if (n_runs == 0)
		g_string_append(reason, "cùng ý, cách viết khác nhau");
}

static const char *
give_reason(const Proposing *at, const LinkItem *a, const LinkItem *b, bool has_section, bool has_lead)
{
	g_autoptr(GString) reason = g_string_new(NULL);

	append_runs(reason, a->name, b->name);
	if (has_section)
		g_string_append(reason, "; cùng mục");
	if (has_lead)
		g_string_append(reason, "; cùng cơ quan chủ trì");
	return arena_strndup(at->arena, reason->str, reason->len);
}

static void
visit(size_t i, size_t j, void *data)
{
	Proposing *at = data;
	const UnitSet *x = &at->sets[i], *y = &at->sets[j];
	LinkProposal proposal = {.a = i, .b = j - at->n_a};
	bool has_section, has_lead;

	if (i >= at->n_a || j < at->n_a || x->n == 0 || y->n == 0)
		return;
	has_section = is_same_heading(at->a[i].section, at->b[proposal.b].section);
	has_lead = is_same_heading(at->a[i].lead, at->b[proposal.b].lead);
	proposal.score = (units_same_pct(at->lexicon, x, y) + 2 * units_within_pct(at->lexicon, x, y)) / 3 +
			 (has_section ? SECTION_SCORE : 0) + (has_lead ? LEAD_SCORE : 0);
	/* One word in common says little, however short the other text is. */
	if (units_common(at->lexicon, x, y) < 6 || proposal.score < LINK_SCORE_MIN)
		return;
	proposal.score = MIN(proposal.score, 100);
	g_array_append_val(at->out, proposal);
}

static int
compare_proposals(gconstpointer a, gconstpointer b)
{
	const LinkProposal *x = a, *y = b;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static void
keep_best(GArray *proposals, unsigned max_each)
{
	guint n = 0;
	unsigned n_of = 0;

	g_array_sort(proposals, compare_proposals);
	for (guint i = 0; i < proposals->len; i++) {
		LinkProposal *at = &g_array_index(proposals, LinkProposal, i);

		n_of = n > 0 && g_array_index(proposals, LinkProposal, n - 1).a == at->a ? n_of + 1 : 0;
		if (n_of < max_each)
			g_array_index(proposals, LinkProposal, n++) = *at;
	}
	g_array_set_size(proposals, n);
}

void
link_propose(Arena *arena, const LinkItem *a, size_t n_a, const LinkItem *b, size_t n_b, unsigned max_each,
    GArray *ret_proposals)
{
	g_autoptr(UnitLexicon) lexicon = units_lexicon_new();
	UnitSet *sets = arena_array(arena, UnitSet, n_a + n_b + 1);
	Proposing at = {.arena = arena,
	    .a = a,
	    .b = b,
	    .n_a = n_a,
	    .lexicon = lexicon,
	    .sets = sets,
	    .out = ret_proposals};

	for (size_t i = 0; i < n_a; i++)
		sets[i] = units_read(lexicon, arena, a[i].name);
	for (size_t i = 0; i < n_b; i++)
		sets[n_a + i] = units_read(lexicon, arena, b[i].name);
	units_pairs(lexicon, sets, n_a + n_b, ALIKE_MIN, visit, &at);
	keep_best(ret_proposals, max_each);
	for (guint i = 0; i < ret_proposals->len; i++) {
		LinkProposal *proposal = &g_array_index(ret_proposals, LinkProposal, i);
		const LinkItem *x = &a[proposal->a], *y = &b[proposal->b];

		proposal->reason = give_reason(
		    &at, x, y, is_same_heading(x->section, y->section), is_same_heading(x->lead, y->lead));
	}
}
