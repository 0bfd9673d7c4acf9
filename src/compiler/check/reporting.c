/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/rules.h"
#include "compiler/check/words.h"

#include <string.h>

/* Who reports what to whom and when. */

#define SENDER_WITHIN_PCT 70
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
		regime.from = units_read(lint->lexicon, lint->scratch, rule->from);
		regime.to = units_read(lint->lexicon, lint->scratch, rule->to);
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

static bool
contradict(LintContext *lint, const Regime *a, const Regime *b)
{
	if (a->periods == 0 || b->periods == 0 || a->periods == b->periods || a->from.n == 0 ||
	    b->from.n == 0)
		return false;
	if (units_within_pct(lint->lexicon, &a->from, &b->from) < SENDER_WITHIN_PCT)
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
			diag = lint_add(lint, b->first->span,
			    "%s phải báo cáo theo kỳ %s ở đây nhưng theo kỳ %s ở dòng %u; hãy thống nhất một "
			    "chế độ báo cáo",
			    lint_quote(
				lint, a->from.weight <= b->from.weight ? a->first->from : b->first->from),
			    periods_text(lint, b->periods), periods_text(lint, a->periods),
			    a->first->span.line);
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

static bool
has_any(const char *folded, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++)
		if (lint_has_phrase(folded, *phrases))
			return true;
	return false;
}

/* A unit of the commune that is told to write to the province, past the commune's own leaders. */
void
lint_reporting_skips_level(LintContext *lint)
{
	for (size_t i = lint->n_items - lint->n_duties; i < lint->n_items; i++) {
		const LintItem *item = &lint->items[i];
		const PlanDuty *duty = item->source;

		if (has_any(item->folded, WORDS_SKIPPED_LEVEL) && has_any(item->folded, WORDS_TROUBLE) &&
		    !has_any(lint_fold(lint, duty->agency.printed), WORDS_LEADING_BODIES))
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

		if (has_any(item->folded, WORDS_CONSOLIDATES) &&
		    g_hash_table_add(lint->seen, GUINT_TO_POINTER((guint)duty->agency.agency + 1)))
			g_ptr_array_add(found, (gpointer)(uintptr_t)item);
	}
	if (found->len < 2)
		return;
	diag = lint_add(lint, ((const LintItem *)found->pdata[0])->span,
	    "%u cơ quan cùng được giao tổng hợp kết quả thực hiện kế hoạch; hãy chọn một đầu mối tổng hợp",
	    found->len);
	for (guint i = 1; i < found->len; i++)
		lint_relate(lint, diag, ((const LintItem *)found->pdata[i])->span);
}
