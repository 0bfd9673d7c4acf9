/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/review_publish.h"

#include "app/module.h"
#include "compiler/check/lint.h"
#include "modules/intake/pages/publish.html.h"
#include "modules/intake/review_cache.h"
#include "modules/intake/review_pages.h"

static void
take_findings(PublishView *view, const DiagList *list, Arena *arena)
{
	for (guint i = 0; i < list->items->len; i++) {
		const Diag *diag = g_ptr_array_index(list->items, i);

		view->n_of_severity[diag->severity]++;
		if (diag->severity != DIAG_ERROR || view->n_errors == PUBLISH_ERRORS_SHOWN)
			continue;
		view->errors[view->n_errors++] =
		    (PublishFinding){arena_strdup(arena, diag->message), diag->span.line, diag->span.page};
	}
}

void
publish_panels(GString *out, const PublishView *view)
{
	g_string_append_len(out, view->panels->str, (gssize)view->panels->len);
}

bool
review_publish_ask(HttpRequest *request, HttpResponse *response, GError **error)
{
	const LintOptions options = {.today = DATE_NONE, .min_severity = DIAG_INFO};
	IntakeScope scope = intake_scope_of(request);
	g_autoptr(GString) panels = g_string_new(NULL);
	g_autoptr(DiagList) lint = NULL;
	g_autofree char *identity = NULL;
	PublishView view = {.panels = panels};
	PlanKnown known;
	IntakeReview *review;
	int64_t draft_id;

	if (!http_request_param_int(request, "id", &draft_id, error) ||
	    !review_cache_take(&scope, draft_id, &review, error))
		return false;
	view.layout = app_layout(request, "Đưa kế hoạch vào thực hiện");
	view.draft = intake_review_draft(review);
	view.plan = intake_review_plan(review);
	identity = plan_identity(&view.plan->document);
	if (!plan_find_identity(scope.db, scope.commune_id, identity, &known, error) ||
	    !app_panels_write(
		request, arena_printf(request->arena, "draft/%" G_GINT64_FORMAT, draft_id), panels, error)) {
		review_cache_put(&scope, review);
		return false;
	}
	view.known_plan = known.plan_id;
	view.has_predecessor = known.plan_id != 0 || view.plan->document.replaces->len > 0;
	view.layout.plan_label = *view.draft->caption != '\0' ? view.draft->caption : view.draft->file_name;
	view.n_doubts = intake_review_doubts(review)->len;
	view.errors = arena_array(request->arena, PublishFinding, PUBLISH_ERRORS_SHOWN);
	lint = lint_run(view.plan, &options);
	take_findings(&view, lint, request->arena);
	publish_page(response->body, &view);
	review_cache_put(&scope, review);
	return true;
}
