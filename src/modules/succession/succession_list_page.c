/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_review.h"
#include "modules/succession/pages/list.html.h"
#include "modules/succession/succession_pages.h"

#include <string.h>

#define DRAFTS_MAX 50 /* that can be chosen */

static const char *
plan_of(Arena *arena, const GPtrArray *plans, int64_t plan_id)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id)
			return succession_plan_caption(arena, plan);
	}
	return NULL;
}

static const char *
draft_name(const IntakeDraft *draft)
{
	return *draft->caption != '\0' ? draft->caption : draft->file_name;
}

static void
fill_choices(SuccessionListView *view, const GPtrArray *drafts, const GPtrArray *plans,
    const SuccessionTyped *typed, Arena *arena)
{
	view->news = arena_array(arena, SuccessionChoice, drafts->len + plans->len + 1);
	view->olds = arena_array(arena, SuccessionChoice, plans->len + 1);
	for (guint i = 0; i < drafts->len; i++) {
		const IntakeDraft *draft = g_ptr_array_index(drafts, i);
		const char *value = arena_printf(arena, "nhap-%" G_GINT64_FORMAT, draft->draft_id);

		view->news[view->n_news++] =
		    (SuccessionChoice){value, arena_printf(arena, "Bản nháp: %s", draft_name(draft)),
			g_strcmp0(value, typed->new_value) == 0};
	}
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);
		const char *value = arena_printf(arena, "ke-hoach-%" G_GINT64_FORMAT, plan->plan_id);

		if (plan->is_current)
			view->news[view->n_news++] = (SuccessionChoice){value,
			    succession_plan_caption(arena, plan), g_strcmp0(value, typed->new_value) == 0};
		if (plan->replaced_by == 0)
			view->olds[view->n_olds++] =
			    (SuccessionChoice){arena_printf(arena, "%" G_GINT64_FORMAT, plan->plan_id),
				succession_plan_caption(arena, plan), plan->plan_id == typed->old_plan_id};
	}
}

static bool
fill_rows(const SuccessionScope *scope, SuccessionListView *view, const GPtrArray *plans, GError **error)
{
	static const char *const LOOKS[SUCCESSION_STATE_MAX] = {
	    [SUCCESSION_PREPARING] = "soon", [SUCCESSION_DONE] = "ok", [SUCCESSION_DROPPED] = "idle"};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!succession_list(scope, rows, error))
		return false;
	view->rows = arena_array(scope->arena, SuccessionListRow, rows->len + 1);
	for (guint i = 0; i < rows->len; i++) {
		const Succession *row = g_ptr_array_index(rows, i);
		SuccessionListRow *shown = &view->rows[view->n_rows];
		IntakeDraft draft;

		*shown = (SuccessionListRow){.row = row,
		    .url =
			arena_printf(scope->arena, SUCCESSION_PATH "/%" G_GINT64_FORMAT, row->succession_id),
		    .when = succession_instant(scope->arena, row->at_us),
		    .from = date_text_vi(scope->arena, row->from_day),
		    .old_caption = plan_of(scope->arena, plans, row->old_plan_id),
		    .new_caption = plan_of(scope->arena, plans, row->new_plan_id),
		    .look = LOOKS[row->state]};
		if (row->new_plan_id == 0) {
			if (!intake_draft_load(&scope->intake, row->draft_id, scope->arena, &draft, error))
				return false;
			shown->new_caption = draft_name(&draft);
		}
		/* What somebody may not read is as if it were not there. */
		view->n_rows += shown->old_caption != NULL && shown->new_caption != NULL;
	}
	return true;
}

/* What the document itself says that it replaces. */
static bool
suggest(const SuccessionScope *scope, SuccessionTyped *typed, GError **error)
{
	g_autoptr(GArray) suggestions = g_array_new(FALSE, FALSE, sizeof(SuccessionSuggestion));
	g_autoptr(IntakeReview) review = NULL;
	int64_t draft_id;

	if (typed->new_value == NULL || !g_str_has_prefix(typed->new_value, "nhap-") ||
	    typed->old_plan_id != 0)
		return true;
	draft_id = g_ascii_strtoll(typed->new_value + strlen("nhap-"), NULL, 10);
	if (!intake_review_open(&scope->intake, draft_id, &review, error) ||
	    !succession_suggest(scope, intake_review_plan(review), suggestions, error))
		return false;
	if (suggestions->len > 0) {
		const SuccessionSuggestion *best = &g_array_index(suggestions, SuccessionSuggestion, 0);

		typed->old_plan_id = best->plan->plan_id;
		typed->kind = best->kind;
	}
	return true;
}

bool
succession_show_list(HttpRequest *request, HttpResponse *response, const SuccessionTyped *given,
    const char *problem, GError **error)
{
	SuccessionScope scope = succession_scope_of(request);
	g_autoptr(GPtrArray) drafts = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	SuccessionListView view = {.problem = problem, .may_begin = succession_may(request, APP_PUBLISH)};
	SuccessionTyped typed = *given;

	if (!plan_list(scope.intake.db, scope.intake.commune_id, request->arena, plans, error) ||
	    !intake_draft_list(&scope.intake, INTAKE_READY, 0, DRAFTS_MAX, request->arena, drafts, error) ||
	    !suggest(&scope, &typed, error))
		return false;
	plan_keep_readable(app_context(request)->visitor, plans);
	view.kind = typed.kind;
	view.from_day = typed.from_day;
	fill_choices(&view, drafts, plans, &typed, request->arena);
	if (!fill_rows(&scope, &view, plans, error))
		return false;
	succession_fill_layout(request, "So sánh và chuyển tiếp kế hoạch", &view.layout);
	succession_list_page(response->body, &view);
	return true;
}

bool
succession_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	SuccessionTyped typed = {.kind = PLAN_SUCCESSION_REPLACE, .from_day = app_context(request)->today};

	for (size_t i = 0; i < request->n_query; i++)
		if (strcmp(request->query[i].name, "moi") == 0)
			typed.new_value = request->query[i].value;
	return succession_show_list(request, response, &typed, NULL, error);
}
