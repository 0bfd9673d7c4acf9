/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"

#include "base/text.h"

#include <stdarg.h>
#include <string.h>

#define QUOTE_CHARS 60
#define PAIR_WITHIN_PCT 38

static Diag *add_message(LintContext *lint, DiagSeverity severity, SourceSpan span, const char *format,
    va_list args) G_GNUC_PRINTF(4, 0);

static Diag *
add_message(LintContext *lint, DiagSeverity severity, SourceSpan span, const char *format, va_list args)
{
	g_autofree char *message = NULL;

	if (severity < lint->options->min_severity)
		return NULL;
	message = g_strdup_vprintf(format, args);
	return diag_add(lint->list, lint->rule->id, severity, span, "%s", message);
}

Diag *
lint_add(LintContext *lint, SourceSpan span, const char *format, ...)
{
	va_list args;
	Diag *diag;

	va_start(args, format);
	diag = add_message(lint, lint->rule->severity, span, format, args);
	va_end(args);
	return diag;
}

Diag *
lint_add_as(LintContext *lint, DiagSeverity severity, SourceSpan span, const char *format, ...)
{
	va_list args;
	Diag *diag;

	va_start(args, format);
	diag = add_message(lint, severity, span, format, args);
	va_end(args);
	return diag;
}

void
lint_relate(LintContext *lint, Diag *diag, SourceSpan span)
{
	if (diag != NULL && diag->n_related < LINT_MANY_RELATED)
		diag_relate(lint->list, diag, span);
}

const char *
lint_quote(LintContext *lint, const char *text)
{
	const char *p = text, *blank = NULL;
	long n = 0;

	for (; *p != '\0' && n < QUOTE_CHARS; p = text_next(p), n++)
		if (*p == ' ')
			blank = p;
	if (*p == '\0')
		return arena_printf(lint->scratch, "“%s”", text);
	if (blank == NULL)
		blank = p;
	while (blank > text && strchr(" ,;:.-", blank[-1]) != NULL)
		blank--;
	return arena_printf(lint->scratch, "“%.*s…”", (int)(blank - text), text);
}

const char *
lint_annex_name(LintContext *lint, const PlanAnnex *annex)
{
	if (annex->has_printed_label)
		return arena_printf(lint->scratch, "Phụ lục %s", annex->label);
	return arena_printf(lint->scratch, "Phụ lục chưa đánh số (thứ %s)", annex->label);
}

static const char *
label(LintContext *lint, const LintItem *item, bool is_first)
{
	static const char *const NOUNS[][2] = {
	    [LINT_INDICATOR] = {"chỉ tiêu", "Chỉ tiêu"},
	    [LINT_TASK] = {"nhiệm vụ", "Nhiệm vụ"},
	    [LINT_PROSE] = {"nội dung", "Nội dung"},
	    [LINT_DUTY] = {"trách nhiệm", "Trách nhiệm"},
	};
	const char *noun = NOUNS[item->kind][is_first ? 1 : 0];

	if (item->annex != NULL && item->no != NULL)
		return arena_printf(
		    lint->scratch, "%s %s (%s)", noun, item->no, lint_annex_name(lint, item->annex));
	if (item->annex != NULL)
		return arena_printf(lint->scratch, "%s %s (%s)", noun, lint_quote(lint, item->text),
		    lint_annex_name(lint, item->annex));
	if (item->section != NULL)
		return arena_printf(lint->scratch, "%s %s (mục %s, dòng %u)", noun,
		    lint_quote(lint, item->text), item->section, item->span.line);
	return arena_printf(
	    lint->scratch, "%s %s (dòng %u)", noun, lint_quote(lint, item->text), item->span.line);
}

const char *
lint_label(LintContext *lint, const LintItem *item)
{
	return label(lint, item, false);
}

const char *
lint_label_first(LintContext *lint, const LintItem *item)
{
	return label(lint, item, true);
}

int32_t
lint_issue_day(const Plan *plan)
{
	PartialDate date = plan->document.date;

	if (date.year == 0)
		return DATE_NONE;
	if (date.month == 0)
		return date_from_ymd(date.year, 12, 31);
	if (date.day == 0)
		return date_end_of_month(date.year, date.month);
	return date_from_ymd(date.year, date.month, date.day);
}

static void
keep_pair(size_t i, size_t j, void *data)
{
	LintContext *lint = ((void **)data)[0];
	GArray *pairs = ((void **)data)[1];
	LintPair pair = {.first = i, .second = j};

	pair.same_pct = units_same_pct(lint->lexicon, &lint->items[i].units, &lint->items[j].units);
	pair.within_pct = units_within_pct(lint->lexicon, &lint->items[i].units, &lint->items[j].units);
	g_array_append_val(pairs, pair);
}

const LintPair *
lint_pairs(LintContext *lint, size_t *ret_n)
{
	if (!lint->has_pairs) {
		g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LintPair));
		void *data[] = {lint, pairs};
		UnitSet *sets = arena_array(lint->scratch, UnitSet, lint->n_items + 1);

		for (size_t i = 0; i < lint->n_items; i++)
			sets[i] = lint->items[i].units;
		units_pairs(lint->lexicon, sets, lint->n_items, PAIR_WITHIN_PCT, keep_pair, data);
		lint->pairs = arena_array(lint->scratch, LintPair, pairs->len + 1);
		if (pairs->len > 0)
			memcpy(lint->pairs, pairs->data, pairs->len * sizeof(LintPair));
		lint->n_pairs = pairs->len;
		lint->has_pairs = true;
	}
	*ret_n = lint->n_pairs;
	return lint->pairs;
}
