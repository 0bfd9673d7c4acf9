/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/measures.h"

#include "compiler/check/phrases.h"
#include "compiler/check/words-targets.h"

#include "base/text.h"

#include <string.h>

#define SAME_PCT 62
#define SAME_WITHIN_PCT 85
#define SAME_MIN_WEIGHT 12
#define CLAUSE_SAME_MIN_WEIGHT 9 /* a clause of a task is short and to the point */
#define OTHER_BASE_PCT 54
#define OTHER_BASE_MIN_WEIGHT 3 /* what is left without the base may be one word */
#define OVERLAP_PCT 50
#define CLAUSE_MIN_WEIGHT 6
#define SEARCH_WITHIN_PCT 45

const char *
lint_aim_text(LintContext *lint, const LintAim *aim)
{
	return arena_printf(lint->scratch, "“%s”", aim->raw);
}

const char *
lint_measure_label(LintContext *lint, const LintMeasure *measure, bool is_first)
{
	return is_first ? lint_label_first(lint, measure->item) : lint_label(lint, measure->item);
}

static bool
is_percentage(const PlanIndicator *row)
{
	if (row->unit != NULL && strchr(row->unit, '%') != NULL)
		return true;
	for (guint i = 0; i < row->targets->len; i++) {
		const char *raw = ((const PlanTarget *)g_ptr_array_index(row->targets, i))->raw;

		if (raw != NULL && strchr(raw, '%') != NULL)
			return true;
	}
	return false;
}

static void
read_indicator(LintContext *lint, const LintItem *item, LintMeasure *measure)
{
	const PlanIndicator *row = lint_indicator(item);
	const char *unit = row->unit != NULL ? row->unit : "";
	const char *text = arena_printf(lint->scratch, "%s %s", item->text, unit);

	*measure = (LintMeasure){.item = item, .is_indicator = true, .folded = lint_fold(lint, text)};
	measure->units = units_read(lint->lexicon, lint->scratch, text);
	measure->is_percent = is_percentage(row);
	measure->is_falling = lint_has_any(item->folded, WORDS_FALLING);
	measure->aims = arena_array(lint->scratch, LintAim, row->targets->len + 1);
	for (guint i = 0; i < row->targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(row->targets, i);

		if (target->comparator == PLAN_COMPARATOR_TEXT)
			continue;
		measure->aims[measure->n_aims++] = (LintAim){.year = target->year,
		    .comparator = target->comparator,
		    .value = target->value,
		    .value_high = target->value_high,
		    .raw = target->raw != NULL ? target->raw : "",
		    .span = target->span.line != 0 ? target->span : row->span};
	}
}

/* Reads the number that ends at `p`, which stands on the percent sign. */
static bool
number_before(const char *start, const char *p, Decimal *ret_value)
{
	const char *end = p, *digits;

	while (end > start && end[-1] == ' ')
		end--;
	digits = end;
	while (digits > start && (g_ascii_isdigit(digits[-1]) || digits[-1] == ','))
		digits--;
	return digits < end && g_ascii_isdigit(*digits) &&
	       decimal_parse_vi(digits, (size_t)(end - digits), ret_value);
}

/* Makes a measure of each clause of a text that holds exactly one percentage. */
static void
read_clauses(LintContext *lint, const LintItem *item, GArray *measures)
{
	g_auto(GStrv) clauses = g_strsplit_set(item->text, ";.", -1);

	for (char **clause = clauses; *clause != NULL; clause++) {
		char *purpose = strstr(*clause, " để ");
		const char *sign = strchr(*clause, '%');
		LintMeasure measure = {.item = item, .is_percent = true};
		char number[DECIMAL_TEXT_SIZE];
		Decimal value;

		if (purpose != NULL && purpose > sign)
			*purpose = '\0';
		if (sign == NULL || strchr(sign + 1, '%') != NULL || !number_before(*clause, sign, &value))
			continue;
		measure.folded = lint_fold(lint, arena_strdup(lint->scratch, *clause));
		measure.units = units_read(lint->lexicon, lint->scratch, *clause);
		if (measure.units.weight < CLAUSE_MIN_WEIGHT)
			continue;
		measure.aims = arena_new0(lint->scratch, LintAim);
		measure.n_aims = 1;
		measure.aims[0] =
		    (LintAim){.comparator = PLAN_COMPARATOR_EQ, .value = value, .span = item->span};
		decimal_format_vi(value, number);
		measure.aims[0].raw = arena_printf(lint->scratch, "%s%%", number);
		g_array_append_val(measures, measure);
	}
}

typedef struct PairBuilder {
	LintContext *lint;
	const LintMeasures *measures;
	GArray *pairs;
} PairBuilder;

/* True where both have units of the group and none in common. */
static bool
are_apart(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b, const ExclusiveUnits *group)
{
	bool in_a = false, in_b = false;

	for (const char *const *word = group->units; *word != NULL; word++) {
		uint32_t id = units_find(lexicon, *word);
		bool has_a = id != UINT32_MAX && units_has(a, id),
		     has_b = id != UINT32_MAX && units_has(b, id);

		if (has_a && has_b)
			return false;
		in_a = in_a || has_a;
		in_b = in_b || has_b;
	}
	return in_a && in_b;
}

static bool
is_base_unit(const UnitLexicon *lexicon, uint32_t id)
{
	for (size_t g = 0; g < WORDS_EXCLUSIVE_N; g++)
		for (const char *const *word = WORDS_EXCLUSIVE[g].units;
		     WORDS_EXCLUSIVE[g].is_base && *word != NULL; word++)
			if (strcmp(units_word(lexicon, id), *word) == 0)
				return true;
	return false;
}

/* The set without the units that say what is counted. */
static UnitSet
without_base(LintContext *lint, const UnitSet *set)
{
	uint32_t *ids = arena_array(lint->scratch, uint32_t, set->n + 1);
	UnitSet rest = {.ids = ids};

	for (uint32_t i = 0; i < set->n; i++) {
		if (is_base_unit(lint->lexicon, set->ids[i]))
			continue;
		ids[rest.n++] = set->ids[i];
		rest.weight += units_weight(lint->lexicon, set->ids[i]);
	}
	return rest;
}

/* How the things differ that the two count. */
typedef enum { BASES_ALIKE, BASES_DIFFER, BASES_OF_OTHER_THINGS } BaseRelation;

static BaseRelation
relate_bases(const LintContext *lint, const LintMeasure *a, const LintMeasure *b)
{
	BaseRelation relation = BASES_ALIKE;

	if (a->is_percent != b->is_percent)
		return BASES_OF_OTHER_THINGS;
	for (size_t g = 0; g < WORDS_EXCLUSIVE_N; g++) {
		if (!are_apart(lint->lexicon, &a->units, &b->units, &WORDS_EXCLUSIVE[g]))
			continue;
		if (!WORDS_EXCLUSIVE[g].is_base)
			return BASES_OF_OTHER_THINGS;
		relation = BASES_DIFFER;
	}
	return relation;
}

/* The same measure once what is counted is left out. */
static bool
is_same_without_base(LintContext *lint, const LintMeasure *a, const LintMeasure *b)
{
	UnitSet left = without_base(lint, &a->units), right = without_base(lint, &b->units);

	return units_same_pct(lint->lexicon, &left, &right) >= OTHER_BASE_PCT &&
	       MIN(left.weight, right.weight) >= OTHER_BASE_MIN_WEIGHT;
}

static bool
relate(LintContext *lint, const LintMeasure *a, const LintMeasure *b, LintMeasureRelation *ret_relation)
{
	uint32_t min_weight = a->is_indicator && b->is_indicator ? SAME_MIN_WEIGHT : CLAUSE_SAME_MIN_WEIGHT;
	unsigned same = units_same_pct(lint->lexicon, &a->units, &b->units);
	unsigned within = units_within_pct(lint->lexicon, &a->units, &b->units);
	BaseRelation bases = relate_bases(lint, a, b);

	if (bases == BASES_OF_OTHER_THINGS)
		return false;
	if (bases == BASES_DIFFER) {
		*ret_relation = MEASURES_OTHER_BASE;
		return is_same_without_base(lint, a, b);
	}
	if (same >= SAME_PCT ||
	    (within >= SAME_WITHIN_PCT && MIN(a->units.weight, b->units.weight) >= min_weight))
		*ret_relation = MEASURES_SAME;
	else if (same >= OVERLAP_PCT)
		*ret_relation = MEASURES_OVERLAP;
	else
		return false;
	return true;
}

static void
consider_pair(size_t i, size_t j, void *data)
{
	PairBuilder *builder = data;
	LintMeasurePair pair = {
	    .first = &builder->measures->items[i], .second = &builder->measures->items[j]};

	if (pair.first->item == pair.second->item ||
	    (!pair.first->is_indicator && !pair.second->is_indicator))
		return;
	if (relate(builder->lint, pair.first, pair.second, &pair.relation))
		g_array_append_val(builder->pairs, pair);
}

static void *
keep_array(LintContext *lint, const GArray *array, size_t item_size)
{
	void *copy = arena_alloc(lint->scratch, (array->len + 1) * item_size);

	if (array->len > 0)
		memcpy(copy, array->data, array->len * item_size);
	return copy;
}

static void
find_pairs(LintContext *lint, LintMeasures *measures)
{
	g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LintMeasurePair));
	UnitSet *sets = arena_array(lint->scratch, UnitSet, measures->n + 1);
	PairBuilder builder = {.lint = lint, .measures = measures, .pairs = pairs};

	for (size_t i = 0; i < measures->n; i++)
		sets[i] = measures->items[i].units;
	units_pairs(lint->lexicon, sets, measures->n, SEARCH_WITHIN_PCT, consider_pair, &builder);
	measures->pairs = keep_array(lint, pairs, sizeof(LintMeasurePair));
	measures->n_pairs = pairs->len;
}

const LintMeasures *
lint_measures(LintContext *lint)
{
	g_autoptr(GArray) items = NULL;

	if (lint->measures != NULL)
		return lint->measures;
	items = g_array_new(FALSE, FALSE, sizeof(LintMeasure));
	for (size_t i = 0; i < lint->n_items; i++) {
		LintMeasure measure;

		if (lint->items[i].kind != LINT_INDICATOR) {
			read_clauses(lint, &lint->items[i], items);
			continue;
		}
		read_indicator(lint, &lint->items[i], &measure);
		g_array_append_val(items, measure);
	}
	lint->measures = arena_new0(lint->scratch, LintMeasures);
	lint->measures->items = keep_array(lint, items, sizeof(LintMeasure));
	lint->measures->n = items->len;
	find_pairs(lint, lint->measures);
	return lint->measures;
}
