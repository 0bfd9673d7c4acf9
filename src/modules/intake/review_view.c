/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/review_view.h"

#include "html/assets_urls.h"
#include "modules/intake/review_rows.h"

#include <string.h>

#define ROWS_BEFORE_FOCUS 4
#define CUTS_MAX 120 /* words of a name that it can be cut at */

static bool
is_document(const ReviewRow *row)
{
	return row->kind == REVIEW_ROW_DOCUMENT;
}

static const PlanDoubt *
find_doubt(const GPtrArray *doubts, const ReviewRow *row, const char *field, size_t *ret_index)
{
	for (guint i = 0; i < doubts->len; i++) {
		const PlanDoubt *doubt = g_ptr_array_index(doubts, i);
		const char *word = doubt->kind == PLAN_DOUBT_FIELD ? plan_field_name(doubt->field)
				   : doubt->kind == PLAN_DOUBT_DOCUMENT
				       ? plan_document_field_name(doubt->document_field)
				       : NULL;
		bool is_of_row = doubt->item == NULL ? is_document(row) : strcmp(doubt->item, row->id) == 0;

		if (!is_of_row || (field != NULL && g_strcmp0(field, word) != 0))
			continue;
		*ret_index = i;
		return doubt;
	}
	return NULL;
}

/* The row and field that are looked at. An item that is gone gives way to the first doubt. */
static const char *
choose_focus(ReviewView *view, const GPtrArray *doubts, const ReviewFocus *focus)
{
	size_t row =
	    focus->item != NULL ? review_rows_find(view->rows, view->n_rows, focus->item) : view->n_rows;
	const char *field = focus->field;
	size_t index = 0;

	if (row == view->n_rows) {
		row = doubts->len > 0
			  ? review_rows_of_doubt(view->rows, view->n_rows, g_ptr_array_index(doubts, 0))
			  : 0;
		row = row < view->n_rows ? row : 0;
		field = NULL;
	}
	view->rows[row].is_focus = true;
	view->row = &view->rows[row];
	view->doubt = find_doubt(doubts, view->row, field, &index);
	view->doubt_no = view->doubt != NULL ? index + 1 : 0;
	if (field == NULL && view->doubt != NULL && view->doubt->kind == PLAN_DOUBT_FIELD)
		return plan_field_name(view->doubt->field);
	if (field == NULL && view->doubt != NULL && view->doubt->kind == PLAN_DOUBT_DOCUMENT)
		return plan_document_field_name(view->doubt->document_field);
	return field;
}

static void
link_doubts(ReviewView *view, const GPtrArray *doubts)
{
	size_t here = (size_t)(view->row - view->rows), before = 0, after;

	view->n_doubts = doubts->len;
	if (view->doubt_no > 0) {
		before = view->doubt_no - 1;
		after = view->doubt_no;
	} else {
		while (before < doubts->len && review_rows_of_doubt(view->rows, view->n_rows,
						   g_ptr_array_index(doubts, (guint)before)) <= here)
			before++;
		after = before;
	}
	if (before > 0)
		view->previous_doubt_url = review_doubt_url(
		    view->arena, view->draft->draft_id, g_ptr_array_index(doubts, (guint)before - 1));
	if (after < doubts->len)
		view->next_doubt_url = review_doubt_url(
		    view->arena, view->draft->draft_id, g_ptr_array_index(doubts, (guint)after));
}

static void
add_field(ReviewView *view, const GPtrArray *doubts, const char *word, const char *title, const char *text,
    int64_t position)
{
	size_t index;

	view->fields[view->n_fields++] = (ReviewField){.word = word,
	    .title = title,
	    .text = text,
	    .url = review_url(view->arena, view->draft->draft_id, view->row->id, word, position),
	    .position = position,
	    .is_doubtful = find_doubt(doubts, view->row, word, &index) != NULL,
	    .is_main = strcmp(word, is_document(view->row) ? plan_document_field_name(PLAN_DOCUMENT_TITLE)
							   : plan_field_name(PLAN_FIELD_NAME)) == 0};
}

static const PlanIndicator *
find_indicator(const Plan *plan, const char *id)
{
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		if (strcmp(indicator->id, id) == 0)
			return indicator;
	}
	return NULL;
}

/* Each target by itself, and an empty one to add. */
static void
add_targets(ReviewView *view, const GPtrArray *doubts, const PlanIndicator *indicator)
{
	const char *word = plan_field_name(PLAN_FIELD_TARGETS);

	for (guint i = 0; i < indicator->targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(indicator->targets, i);
		const char *raw = target->raw != NULL ? target->raw : "";

		add_field(view, doubts, word, "mục tiêu",
		    target->year > 0 ? arena_printf(view->arena, "%d: %s", target->year, raw) : raw,
		    (int64_t)i);
	}
	add_field(view, doubts, word, "thêm mục tiêu", "", (int64_t)indicator->targets->len);
	view->fields[view->n_fields - 1].is_doubtful =
	    indicator->targets->len == 0 && view->fields[view->n_fields - 1].is_doubtful;
}

static void
list_fields(ReviewView *view, const GPtrArray *doubts)
{
	const PlanIndicator *indicator = find_indicator(view->plan, view->row->id);
	size_t n_targets = indicator != NULL ? indicator->targets->len + 1 : 0;

	view->fields = arena_array(
	    view->arena, ReviewField, (size_t)PLAN_FIELD_MAX + (size_t)PLAN_DOCUMENT_MAX + n_targets);
	if (is_document(view->row)) {
		for (int i = 0; i < PLAN_DOCUMENT_MAX; i++)
			add_field(view, doubts, plan_document_field_name((PlanDocumentField)i),
			    plan_document_field_title((PlanDocumentField)i),
			    plan_document_text(view->plan, (PlanDocumentField)i, view->arena), -1);
		return;
	}
	for (int i = 0; i < PLAN_FIELD_MAX; i++) {
		const char *text = plan_field_text(view->plan, view->row->id, (PlanField)i, view->arena);

		if (i == PLAN_FIELD_TARGETS && indicator != NULL)
			add_targets(view, doubts, indicator);
		else if (text != NULL)
			add_field(view, doubts, plan_field_name((PlanField)i), plan_field_title((PlanField)i),
			    text, -1);
	}
}

static void
choose_field(ReviewView *view, const char *word, int64_t position)
{
	for (size_t i = 0; word != NULL && i < view->n_fields && view->field == NULL; i++) {
		ReviewField *field = &view->fields[i];

		if (strcmp(field->word, word) != 0 || (position >= 0 && field->position != position))
			continue;
		field->is_focus = true;
		view->field = field;
	}
	view->input = view->field != NULL ? view->field->text : "";
	view->field_query =
	    view->field != NULL ? arena_printf(view->arena, "&truong=%s", view->field->word) : "";
	/* One name alone may be misspelt everywhere. */
	view->asks_everywhere = view->field != NULL && *view->input != '\0' &&
				strchr(view->input, ';') == NULL &&
				(strcmp(view->field->word, plan_field_name(PLAN_FIELD_LEAD)) == 0 ||
				    strcmp(view->field->word, plan_field_name(PLAN_FIELD_COORDINATING)) == 0);
}

static void
list_cuts(ReviewView *view)
{
	const char *name = view->row->name;

	view->cuts = arena_array(view->arena, ReviewCut, CUTS_MAX);
	for (const char *at = name; *at != '\0' && view->n_cuts < CUTS_MAX;) {
		size_t len = strcspn(at, " ");
		const char *next = at + len + strspn(at + len, " ");

		view->cuts[view->n_cuts++] =
		    (ReviewCut){arena_strndup(view->arena, at, len), (size_t)(next - name), *next == '\0'};
		at = next;
	}
}

static void
choose_rows(ReviewView *view)
{
	size_t here = (size_t)(view->row - view->rows);

	view->first_row = here > ROWS_BEFORE_FOCUS ? here - ROWS_BEFORE_FOCUS : 0;
	view->end_row = MIN(view->first_row + REVIEW_ROWS, view->n_rows);
	view->first_row = view->end_row > REVIEW_ROWS ? MIN(view->first_row, view->end_row - REVIEW_ROWS) : 0;
	if (view->first_row > 0)
		view->previous_rows_url = view->rows[view->first_row - 1].url;
	if (view->end_row < view->n_rows)
		view->next_rows_url = view->rows[view->end_row].url;
}

static void
list_problems(ReviewView *view, const GPtrArray *problems)
{
	view->n_problems = problems->len;
	view->problems = arena_array(view->arena, const char *, problems->len + 1);
	for (guint i = 0; i < problems->len; i++)
		view->problems[i] = ((const PlanEditProblem *)g_ptr_array_index(problems, i))->message;
}

void
review_view_make(
    const HttpRequest *request, const IntakeReview *review, const ReviewFocus *focus, ReviewView *ret_view)
{
	const GPtrArray *doubts = intake_review_doubts(review);
	ReviewView view = {.draft = intake_review_draft(review),
	    .plan = intake_review_plan(review),
	    .arena = request->arena,
	    .is_splitting = focus->is_splitting,
	    .is_adding = focus->is_adding,
	    .can_undo = intake_review_can_undo(review),
	    .can_redo = intake_review_can_redo(review)};
	const char *field;

	view.layout = app_layout(request, "Rà soát kế hoạch");
	view.layout.plan_label = *view.draft->caption != '\0' ? view.draft->caption : view.draft->file_name;
	view.layout.script = ASSET_INTAKE_JS;
	view.rows = review_rows_make(view.arena, view.draft->draft_id, view.plan, doubts, &view.n_rows);
	field = choose_focus(&view, doubts, focus);
	link_doubts(&view, doubts);
	list_fields(&view, doubts);
	choose_field(&view, field, focus->position);
	if (view.is_splitting && !is_document(view.row))
		list_cuts(&view);
	choose_rows(&view);
	list_problems(&view, intake_review_problems(review));
	review_source_make(&view, focus->page);
	*ret_view = view;
}
