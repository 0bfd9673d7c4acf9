/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "app/plan_access.h"
#include "modules/intake/intake_review.h"
#include "modules/succession/pages/panel.html.h"

#include <stdio.h>

/* On the page that puts a draft into force: which plan it replaces or amends, and what would go along. */

/* The comparison of a draft that is under way; succession_id 0: none. */
static bool
find_preparing(const SuccessionScope *scope, int64_t draft_id, Succession *ret, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	*ret = (Succession){0};
	if (!succession_list(scope, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const Succession *row = g_ptr_array_index(rows, i);

		if (row->state == SUCCESSION_PREPARING && row->draft_id == draft_id)
			*ret = *row;
	}
	return true;
}

static bool
write_preparing(const SuccessionScope *scope, const HttpRequest *request, const Succession *row, GString *out,
    GError **error)
{
	g_autoptr(SuccessionCompare) compare = NULL;
	SuccessionPanel panel = {
	    .url = arena_printf(scope->arena, SUCCESSION_PATH "/%" G_GINT64_FORMAT, row->succession_id)};
	char day[DATE_ISO_SIZE];
	AppAnswer may_read;

	if (!app_access(request, APP_READ, &(AppTarget){.plan_id = row->old_plan_id}, &may_read, error))
		return false;
	if (!may_read.is_allowed)
		return true;
	if (!succession_compare(scope, row->succession_id, &compare, error) ||
	    !succession_read_follow(scope, compare, error) ||
	    !succession_count_roles(scope, row->old_plan_id, &panel.n_roles, error))
		return false;
	date_format_vi(row->from_day, day);
	panel.compare = compare;
	panel.from = day;
	succession_panel_preparing(out, &panel);
	return true;
}

static void
fill_olds(const SuccessionScope *scope, const GArray *suggestions, int64_t chosen, SuccessionPanel *panel)
{
	panel->olds = arena_array(scope->arena, SuccessionChoice, suggestions->len + 1);
	for (guint i = 0; i < suggestions->len; i++) {
		const PlanInfo *plan = g_array_index(suggestions, SuccessionSuggestion, i).plan;

		panel->olds[panel->n_olds++] =
		    (SuccessionChoice){arena_printf(scope->arena, "%" G_GINT64_FORMAT, plan->plan_id),
			succession_plan_caption(scope->arena, plan), plan->plan_id == chosen};
	}
}

/* Leaves those of plans that the visitor may read. */
static void
keep_readable(const HttpRequest *request, GArray *suggestions)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	for (guint i = 0; i < suggestions->len; i++)
		g_ptr_array_add(
		    plans, (gpointer)(guintptr)g_array_index(suggestions, SuccessionSuggestion, i).plan);
	plan_keep_readable(app_context(request)->visitor, plans);
	for (guint i = suggestions->len; i-- > 0;)
		if (!g_ptr_array_find(plans, g_array_index(suggestions, SuccessionSuggestion, i).plan, NULL))
			g_array_remove_index(suggestions, i);
}

static bool
write_offer(
    const SuccessionScope *scope, const HttpRequest *request, int64_t draft_id, GString *out, GError **error)
{
	g_autoptr(GArray) suggestions = g_array_new(FALSE, FALSE, sizeof(SuccessionSuggestion));
	g_autoptr(IntakeReview) review = NULL;
	SuccessionPanel panel = {.kind = PLAN_SUCCESSION_REPLACE,
	    .from_day = scope->today,
	    .draft = arena_printf(scope->arena, "nhap-%" G_GINT64_FORMAT, draft_id)};
	const SuccessionSuggestion *best;

	if (!intake_review_open(&scope->intake, draft_id, &review, error) ||
	    !succession_suggest(scope, intake_review_plan(review), suggestions, error))
		return false;
	keep_readable(request, suggestions);
	if (suggestions->len == 0)
		return true;
	best = &g_array_index(suggestions, SuccessionSuggestion, 0);
	panel.is_named = best->rank >= SUCCESSION_RANK_NAMED;
	panel.why = best->why;
	panel.kind = best->kind;
	panel.old_caption = succession_plan_caption(scope->arena, best->plan);
	fill_olds(scope, suggestions, best->plan->plan_id, &panel);
	succession_panel_offer(out, &panel);
	return true;
}

bool
succession_panel(const HttpRequest *request, const char *object, GString *out, GError **error)
{
	SuccessionScope scope = succession_scope_of(request);
	Succession row;
	int draft_id;

	if (sscanf(object, "draft/%9d", &draft_id) != 1)
		return true;
	if (!find_preparing(&scope, draft_id, &row, error))
		return false;
	return row.succession_id != 0 ? write_preparing(&scope, request, &row, out, error)
				      : write_offer(&scope, request, draft_id, out, error);
}
