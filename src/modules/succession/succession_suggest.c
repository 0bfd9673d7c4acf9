/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/succession/succession_internal.h"

#include <string.h>

static bool
is_same_text(const char *a, const char *b)
{
	g_autofree char *x = a != NULL ? text_fold_vi(a) : NULL, *y = b != NULL ? text_fold_vi(b) : NULL;

	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

static bool
is_same_day(const PlanCitation *citation, const PlanInfo *plan)
{
	char day[DATE_ISO_SIZE];

	partial_date_format_iso(citation->date, day);
	return plan->issued_on != NULL && strcmp(day, plan->issued_on) == 0;
}

/* "Sửa đổi, bổ sung một số nhiệm vụ của Kế hoạch số …" */
static bool
is_amending(const PlanDocument *document)
{
	g_autofree char *title = document->title != NULL ? text_fold_vi(document->title) : NULL;

	return title != NULL && strstr(title, "sua doi") != NULL;
}

/* Words for what the document says of a plan's number: with its date, and with another one. */
typedef struct Saying {
	PlanSuccessionKind kind;
	const char *exact, *otherwise;
} Saying;

static const Saying REPLACES = {PLAN_SUCCESSION_REPLACE, "văn bản mới nêu thay thế đúng số và ngày này",
    "văn bản mới nêu thay thế số này, nhưng ngày ghi khác"};
static const Saying AMENDS = {PLAN_SUCCESSION_AMEND,
    "văn bản mới sửa đổi, bổ sung và dẫn đúng số và ngày này",
    "văn bản mới sửa đổi, bổ sung và dẫn số này, nhưng ngày ghi khác"};

static void
find_named(const GPtrArray *citations, const Saying *saying, SuccessionSuggestion *suggestion)
{
	for (guint i = 0; i < citations->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(citations, i);
		int rank = is_same_day(citation, suggestion->plan) ? 4 : 2;

		if (!is_same_text(citation->number, suggestion->plan->number) || suggestion->rank >= rank)
			continue;
		suggestion->rank = rank;
		suggestion->kind = saying->kind;
		suggestion->why = rank == 4 ? saying->exact : saying->otherwise;
	}
}

/* A plan is known by number, date and issuer: the number alone may be another year's. */
static SuccessionSuggestion
judge(const Plan *new_plan, int64_t same_plan_id, const PlanInfo *plan)
{
	const PlanDocument *document = &new_plan->document;
	bool amends = is_amending(document);
	SuccessionSuggestion suggestion = {
	    .plan = plan, .kind = amends ? PLAN_SUCCESSION_AMEND : PLAN_SUCCESSION_REPLACE};

	find_named(document->replaces, &REPLACES, &suggestion);
	if (amends) {
		find_named(document->legal_basis, &AMENDS, &suggestion);
		find_named(document->also_cites, &AMENDS, &suggestion);
	}
	if (suggestion.rank == 0 && is_same_text(plan->issuer, new_plan->document.issuer)) {
		suggestion.rank = 1;
		suggestion.why = "cùng cơ quan ban hành";
	}
	if (plan->plan_id == same_plan_id) {
		suggestion.rank = 3;
		suggestion.kind = PLAN_SUCCESSION_VERSION;
		suggestion.why = "cùng số, ngày và cơ quan ban hành: bản mới của chính kế hoạch này";
	}
	return suggestion;
}

static gint
by_rank(gconstpointer a, gconstpointer b)
{
	const SuccessionSuggestion *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return x->plan->plan_id > y->plan->plan_id ? -1 : 1;
}

bool
succession_suggest(
    const SuccessionScope *scope, const Plan *new_plan, GArray *ret_suggestions, GError **error)
{
	g_autofree char *identity = plan_identity(&new_plan->document);
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	PlanKnown same;

	if (!plan_find_identity(scope->intake.db, scope->intake.commune_id, identity, &same, error) ||
	    !plan_list(scope->intake.db, scope->intake.commune_id, scope->arena, plans, error))
		return false;
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);
		SuccessionSuggestion suggestion;

		if (!plan->is_current)
			continue;
		suggestion = judge(new_plan, same.plan_id, plan);
		g_array_append_val(ret_suggestions, suggestion);
	}
	g_array_sort(ret_suggestions, by_rank);
	return true;
}
