/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-reporting.h"

#include <string.h>

/* Who reports what to whom and when. */

#define SENDER_WITHIN_PCT 70
#define SENDER_MIN_WEIGHT 3
#define RECEIVER_WITHIN_PCT 50

/* The cadences that one sentence asks of one sender; a sentence with "3 tháng, 6 tháng, 1 năm" gives several
 * rules. */
typedef struct Regime {
	const PlanReporting *first;
	unsigned periods; /* bits of PlanPeriod; month to year */
	UnitSet from, to;
} Regime;

static unsigned
period_bit(const PlanReporting *rule)
{
	return rule->cadence >= PLAN_PERIOD_MONTH && rule->cadence <= PLAN_PERIOD_YEAR ? 1u << rule->cadence
										       : 0;
}

static bool
is_same_text(const char *a, const char *b)
{
	return g_strcmp0(a, b) == 0;
}

/* The sender; where none was made out, whoever the sentence names besides the receiver. */
static UnitSet
read_sender(LintContext *lint, const PlanReporting *rule, const UnitSet *to)
{
	UnitSet set = units_read(lint->lexicon, lint->scratch, rule->from != NULL ? rule->from : rule->raw);
	uint32_t *ids;
	UnitSet rest = {0};

	if (rule->from != NULL || set.n == 0)
		return set;
	rest.ids = ids = arena_array(lint->scratch, uint32_t, set.n);
	for (uint32_t i = 0; i < set.n; i++) {
		if (units_has(to, set.ids[i]))
			continue;
		ids[rest.n++] = set.ids[i];
		rest.weight += units_weight(lint->lexicon, set.ids[i]);
	}
	return rest;
}

static GArray *
read_regimes(LintContext *lint)
{
	GArray *regimes = g_array_new(FALSE, FALSE, sizeof(Regime));

	for (guint i = 0; i < lint->plan->reporting->len; i++) {
		const PlanReporting *rule = g_ptr_array_index(lint->plan->reporting, i);
		Regime *last = regimes->len > 0 ? &g_array_index(regimes, Regime, regimes->len - 1) : NULL;
		Regime regime = {.first = rule, .periods = period_bit(rule)};

		if (last != NULL && last->first->span.line == rule->span.line &&
		    is_same_text(last->first->from, rule->from)) {
			last->periods |= regime.periods;
			continue;
		}
		regime.to = units_read(lint->lexicon, lint->scratch, rule->to);
		regime.from = read_sender(lint, rule, &regime.to);
		g_array_append_val(regimes, regime);
	}
	return regimes;
}

static const char *
periods_text(LintContext *lint, unsigned periods)
{
	static const char *const NAMES[PLAN_PERIOD_MAX] = {[PLAN_PERIOD_MONTH] = "tháng",
	    [PLAN_PERIOD_QUARTER] = "quý",
	    [PLAN_PERIOD_HALF] = "6 tháng",
	    [PLAN_PERIOD_YEAR] = "năm"};
	const char *text = "";

	for (int p = PLAN_PERIOD_MONTH; p <= PLAN_PERIOD_YEAR; p++)
		if (periods & (1u << p))
			text = arena_printf(
			    lint->scratch, "%s%s%s", text, text[0] != '\0' ? ", " : "", NAMES[p]);
	return text;
}

static const char *
sender_text(LintContext *lint, const Regime *a, const Regime *b)
{
	if (a->first->from == NULL || (b->first->from != NULL && b->from.weight < a->from.weight))
		return lint_quote(lint, b->first->from);
	return lint_quote(lint, a->first->from);
}

/* "Các phòng, đơn vị" have many duties to report; only a body with a name can be told two things. */
static bool
is_everybody(LintContext *lint, const Regime *regime)
{
	return regime->first->from == NULL || g_str_has_prefix(lint_fold(lint, regime->first->from), "cac ");
}

static bool
contradict(LintContext *lint, const Regime *a, const Regime *b)
{
	if ((is_everybody(lint, a) && is_everybody(lint, b)) || a->periods == 0 || b->periods == 0 ||
	    a->periods == b->periods || a->from.n == 0 || b->from.n == 0)
		return false;
	if (MIN(a->from.weight, b->from.weight) < SENDER_MIN_WEIGHT ||
	    (a->first->from == NULL && b->first->from == NULL) ||
	    units_within_pct(lint->lexicon, &a->from, &b->from) < SENDER_WITHIN_PCT)
		return false;
	return a->to.n == 0 || b->to.n == 0 ||
	       units_within_pct(lint->lexicon, &a->to, &b->to) >= RECEIVER_WITHIN_PCT;
}

#define MANY_REGIMES 200 /* more is a collection of plans */

void
lint_reporting_conflict(LintContext *lint)
{
	g_autoptr(GArray) regimes = read_regimes(lint);
	guint n = MIN(regimes->len, MANY_REGIMES);

	for (guint j = 1; j < n; j++) {
		for (guint i = 0; i < j; i++) {
			const Regime *a = &g_array_index(regimes, Regime, i),
				     *b = &g_array_index(regimes, Regime, j);
			Diag *diag;

			if (!contradict(lint, a, b))
				continue;
			diag = lint_add_as(lint, (a->periods & b->periods) != 0 ? DIAG_ERROR : DIAG_WARNING,
			    b->first->span,
			    "%s phải báo cáo theo kỳ %s ở đây nhưng theo kỳ %s ở dòng %u; hãy thống nhất một "
			    "chế độ báo cáo",
			    sender_text(lint, a, b), periods_text(lint, b->periods),
			    periods_text(lint, a->periods), a->first->span.line);
			lint_relate(lint, diag, a->first->span);
			break;
		}
	}
}

typedef bool (*ReportingTest)(const PlanReporting *rule);

/* One finding for all rules of the plan that lack the same thing. */
static void
report_lacking(LintContext *lint, ReportingTest is_lacking, const char *what)
{
	Diag *diag = NULL;
	unsigned n = 0;

	for (guint i = 0; i < lint->plan->reporting->len; i++)
		n += is_lacking(g_ptr_array_index(lint->plan->reporting, i));
	for (guint i = 0; i < lint->plan->reporting->len; i++) {
		const PlanReporting *rule = g_ptr_array_index(lint->plan->reporting, i);

		if (!is_lacking(rule))
			continue;
		if (diag == NULL)
			diag = lint_add(lint, rule->span, "%u quy định báo cáo %s", n, what);
		else
			lint_relate(lint, diag, rule->span);
	}
}

static bool
lacks_date(const PlanReporting *rule)
{
	return period_bit(rule) != 0 && rule->due_day == 0;
}

void
lint_reporting_no_date(LintContext *lint)
{
	report_lacking(lint, lacks_date, "có kỳ nhưng không có ngày nộp; hãy ghi “trước ngày …” cho từng kỳ");
}

static bool
lacks_period(const PlanReporting *rule)
{
	return rule->cadence == PLAN_PERIOD_NONE && rule->due_day == 0;
}

void
lint_reporting_no_period(LintContext *lint)
{
	report_lacking(lint, lacks_period, "không ghi kỳ (tháng, quý, 6 tháng, năm); hãy ghi rõ kỳ báo cáo");
}

static bool
lacks_party(const PlanReporting *rule)
{
	return (rule->from == NULL || rule->to == NULL) && rule->cadence != PLAN_PERIOD_ADHOC;
}

void
lint_reporting_no_party(LintContext *lint)
{
	report_lacking(lint, lacks_party,
	    "không nói rõ ai báo cáo hoặc báo cáo cho ai; hãy ghi cơ quan gửi và cơ quan nhận");
}

/* A unit of the commune that is told to write to the province, past the commune's own leaders. */
void
lint_reporting_skips_level(LintContext *lint)
{
	for (size_t i = lint->n_items - lint->n_duties; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		const PlanDuty *duty = item->source;

		if (lint_has_any(item->folded, WORDS_SKIPPED_LEVEL) &&
		    lint_has_any(item->folded, WORDS_TROUBLE) &&
		    !lint_has_any(lint_fold(lint, duty->agency.printed), WORDS_LEADING_BODIES))
			lint_add(lint, item->span,
			    "%s gửi khó khăn, kiến nghị thẳng lên cấp trên, trong khi đầu mối là cơ quan của "
			    "xã, phường; hãy thống nhất nơi nhận",
			    lint_label_first(lint, item));
	}
}

/* Several bodies that each draw up the summary of the same plan. */
void
lint_consolidator_several(LintContext *lint)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	Diag *diag;

	g_hash_table_remove_all(lint->seen);
	for (size_t i = lint->n_items - lint->n_duties; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		const PlanDuty *duty = item->source;

		if (lint_has_any(item->folded, WORDS_CONSOLIDATES) &&
		    g_hash_table_add(lint->seen, GUINT_TO_POINTER((guint)duty->agency.agency + 1)))
			g_ptr_array_add(found, (gpointer)(uintptr_t)item);
	}
	if (found->len < 2)
		return;
	diag = lint_add_as(lint, found->len > 2 ? DIAG_WARNING : DIAG_INFO,
	    ((const LintItem *)found->pdata[0])->span,
	    "%u cơ quan cùng được giao tổng hợp kết quả thực hiện kế hoạch; hãy chọn một đầu mối tổng hợp",
	    found->len);
	for (guint i = 1; i < found->len; i++)
		lint_relate(lint, diag, ((const LintItem *)found->pdata[i])->span);
}

#define RARE_ITEMS 4      /* a unit in more items than this is nobody's own */
#define RARE_MIN_SHARED 4 /* rare units in common make it the same work; a set phrase does alone */

static const char *
owner_of(const LintItem *item)
{
	return item->kind == LINT_DUTY ? ((const PlanDuty *)item->source)->agency.printed : NULL;
}

/* In how many items each unit stands. */
static uint32_t *
count_items(LintContext *lint)
{
	uint32_t n = 0, *counts;

	for (size_t i = 0; i < lint->n_items; i++)
		if (lint->items[i].units.n > 0)
			n = MAX(n, lint->items[i].units.ids[lint->items[i].units.n - 1] + 1);
	counts = arena_array(lint->scratch, uint32_t, n + 1);
	for (size_t i = 0; i < lint->n_items; i++)
		for (uint32_t k = 0; k < lint->items[i].units.n; k++)
			counts[lint->items[i].units.ids[k]]++;
	return counts;
}

/* "phong-hop-khong-giay-to": a thing with a name of its own. */
static bool
is_set_phrase(const char *word)
{
	unsigned n = 0;

	for (; *word != '\0'; word++)
		n += *word == '-';
	return n >= 3;
}

static bool
share_work(const LintContext *lint, const UnitSet *a, const UnitSet *b, const uint32_t *counts)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < a->n; i++) {
		uint32_t id = a->ids[i];

		if (counts[id] > RARE_ITEMS || units_weight(lint->lexicon, id) < 3 || !units_has(b, id))
			continue;
		n += is_set_phrase(units_word(lint->lexicon, id)) ? RARE_MIN_SHARED : 1;
	}
	return n >= RARE_MIN_SHARED;
}

/* Much the same work under two agencies, or under one agency and again without an owner. */
void
lint_same_task_several_owners(LintContext *lint)
{
	size_t n;
	const LintPair *pairs = lint_pairs(lint, &n);
	const uint32_t *counts = count_items(lint);

	g_hash_table_remove_all(lint->seen);
	for (size_t i = 0; i < n; i++) {
		const LintItem *a = &lint->items[pairs[i].first], *b = &lint->items[pairs[i].second];
		bool is_prose = a->annex == NULL && a->kind != LINT_INDICATOR;
		Diag *diag;

		if (!is_prose || b->kind != LINT_DUTY || g_strcmp0(owner_of(a), owner_of(b)) == 0 ||
		    !share_work(lint, &a->units, &b->units, counts) ||
		    !g_hash_table_add(lint->seen, (gpointer)(uintptr_t)b))
			continue;
		diag =
		    lint_add(lint, b->span, "%s của %s có phần giống %s%s%s; hãy ghi rõ cơ quan nào chủ trì",
			lint_label_first(lint, b), owner_of(b), lint_label(lint, a),
			owner_of(a) != NULL ? " của " : "", owner_of(a) != NULL ? owner_of(a) : "");
		lint_relate(lint, diag, a->span);
	}
}
