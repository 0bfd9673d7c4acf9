/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-typing.h"

#include <string.h>

/* One body under several names, one word in several spellings. */

#define NEAR_SAME_PCT 60
#define NEAR_WITHIN_PCT 90
#define NEAR_MIN_WEIGHT 6

/* The first row or duty that names an agency. */
static SourceSpan
first_place(const LintContext *lint, size_t agency)
{
	for (size_t i = 0; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		const GPtrArray *lists[2] = {NULL, NULL};

		if (item->kind == LINT_DUTY && ((const PlanDuty *)item->source)->agency.agency == agency)
			return item->span;
		if (item->kind == LINT_TASK)
			lists[0] = lint_task(item)->lead, lists[1] = lint_task(item)->coordinating;
		if (item->kind == LINT_INDICATOR)
			lists[0] = lint_indicator(item)->lead, lists[1] = lint_indicator(item)->coordinating;
		for (size_t l = 0; l < G_N_ELEMENTS(lists); l++)
			for (guint k = 0; lists[l] != NULL && k < lists[l]->len; k++)
				if (((const PlanAgencyRef *)lists[l]->pdata[k])->agency == agency)
					return item->span;
	}
	return (SourceSpan){.line = 1, .column = 1};
}

static void
report_near(size_t i, size_t j, void *data)
{
	LintContext *lint = ((void **)data)[0];
	const UnitSet *sets = ((void **)data)[1];
	const PlanAgency *a = g_ptr_array_index(lint->plan->agencies, i),
			 *b = g_ptr_array_index(lint->plan->agencies, j);
	Diag *diag;

	if (a->is_generic || b->is_generic || a->is_higher != b->is_higher ||
	    MIN(sets[i].weight, sets[j].weight) < NEAR_MIN_WEIGHT ||
	    (units_same_pct(lint->lexicon, &sets[i], &sets[j]) < NEAR_SAME_PCT &&
		units_within_pct(lint->lexicon, &sets[i], &sets[j]) < NEAR_WITHIN_PCT))
		return;
	diag = lint_add(lint, first_place(lint, j),
	    "“%s” và “%s” có lẽ là một cơ quan; hãy ghi thống nhất một tên để việc không bị tách làm hai nơi",
	    b->name, a->name);
	lint_relate(lint, diag, first_place(lint, i));
}

void
lint_agency_near_duplicate(LintContext *lint)
{
	guint n = lint->plan->agencies->len;
	UnitSet *sets = arena_array(lint->scratch, UnitSet, n + 1);
	void *data[] = {lint, sets};

	for (guint i = 0; i < n; i++)
		sets[i] = units_read(
		    lint->lexicon, lint->scratch, ((const PlanAgency *)lint->plan->agencies->pdata[i])->name);
	units_pairs(lint->lexicon, sets, n, NEAR_SAME_PCT, report_near, data);
}

void
lint_agency_spelling(LintContext *lint)
{
	for (guint i = 0; i < lint->plan->agencies->len; i++) {
		const PlanAgency *agency = g_ptr_array_index(lint->plan->agencies, i);
		const char *names = "";
		guint n_other = 0;

		for (guint k = 0; k < agency->aliases->len; k++) {
			const char *alias = g_ptr_array_index(agency->aliases, k);

			if (strcmp(alias, agency->name) == 0)
				continue;
			names =
			    arena_printf(lint->scratch, "%s%s“%s”", names, n_other > 0 ? ", " : "", alias);
			n_other++;
		}
		if (n_other > 0 && !agency->is_generic)
			lint_add(lint, first_place(lint, i),
			    "Tên “%s” còn được ghi là %s; hãy ghi thống nhất", agency->name, names);
	}
}

typedef struct SpellingUse {
	unsigned n;
	const char *first;
} SpellingUse;

static SpellingUse
count_spelling(const Plan *plan, const char *word)
{
	SpellingUse use = {0};
	size_t len = strlen(word);

	for (const char *p = strstr(plan->text, word); p != NULL; p = strstr(p + len, word)) {
		if (use.n == 0)
			use.first = p;
		use.n++;
	}
	return use;
}

static SourceSpan
place_of(const Plan *plan, const char *p, size_t len)
{
	SourceSpan span = {.line = 1, .column = 1, .offset = (size_t)(p - plan->text), .len = len};
	const char *line_start = plan->text;

	for (const char *q = plan->text; q < p; q++) {
		if (*q == '\n') {
			span.line++;
			line_start = q + 1;
		}
	}
	span.column = (uint32_t)g_utf8_strlen(line_start, p - line_start) + 1;
	return span;
}

void
lint_spelling_mixed(LintContext *lint)
{
	for (size_t i = 0; i < WORDS_SPELLINGS_N; i++) {
		const char *const *pair = WORDS_SPELLINGS[i];
		SpellingUse a = count_spelling(lint->plan, pair[0]), b = count_spelling(lint->plan, pair[1]);
		bool is_a_rare = a.n < b.n;
		const char *rare = pair[is_a_rare ? 0 : 1], *usual = pair[is_a_rare ? 1 : 0];
		const char *place = is_a_rare ? a.first : b.first;

		if (a.n > 0 && b.n > 0)
			lint_add(lint, place_of(lint->plan, place, strlen(rare)),
			    "Văn bản viết cả “%s” (%u lần) và “%s” (%u lần); hãy viết thống nhất một cách",
			    rare, is_a_rare ? a.n : b.n, usual, is_a_rare ? b.n : a.n);
	}
}
