/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "http/query.h"
#include "modules/intake/pages/review.html.h"
#include "modules/intake/review_cache.h"
#include "modules/intake/review_pages.h"
#include "modules/intake/review_rows.h"

#include <string.h>

/* What a form of the review page does to the draft, and where the person goes on. */

#define VALUE_CHARS_MAX 4000

enum { KEY_VERSION, KEY_ACTION, KEY_ITEM, KEY_FIELD, KEY_POSITION, KEY_VALUE, KEY_EVERYWHERE, KEY_MAX };

/* In the order of ACTION_KINDS. */
static const char *const ACTIONS[] = {
    "luu", "dung", "tach", "gop", "nhom", "bo-nhom", "doi-loai", "bo", "them", NULL};

enum { ACTION_SAVE, ACTION_ACCEPT };

static const PlanEditKind ACTION_KINDS[] = {PLAN_EDIT_SET, PLAN_EDIT_ACCEPT, PLAN_EDIT_SPLIT, PLAN_EDIT_JOIN,
    PLAN_EDIT_GROUP, PLAN_EDIT_UNGROUP, PLAN_EDIT_KIND, PLAN_EDIT_DELETE, PLAN_EDIT_ADD};

G_STATIC_ASSERT(G_N_ELEMENTS(ACTIONS) == G_N_ELEMENTS(ACTION_KINDS) + 1);

static const char *const YES[] = {"1", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_VERSION] = {"ban", "Bản", http_valid_int, .min = 0, .max = G_MAXINT64},
    [KEY_ACTION] = {"viec", "Việc", http_valid_word, .words = ACTIONS},
    [KEY_ITEM] = {"muc", "Mục", http_valid_text, .max = 200},
    [KEY_FIELD] = {"truong", "Trường", http_valid_text, .max = 40},
    [KEY_POSITION] = {"vi-tri", "Vị trí", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_VALUE] = {"gia-tri", "Giá trị", http_valid_text, .max = VALUE_CHARS_MAX},
    [KEY_EVERYWHERE] = {"moi-cho", "Mọi chỗ", http_valid_word, .words = YES},
};

/* One request that changes a draft. */
typedef struct Change {
	HttpRequest *request;
	IntakeScope scope;
	int64_t draft_id;
	HttpValue values[KEY_MAX];
	IntakeReview *review;
	/* before the change */
	size_t row, doubt;
	bool was_doubtful;
} Change;

static bool
begin(Change *change, HttpRequest *request, GError **error)
{
	*change = (Change){.request = request, .scope = intake_scope_of(request)};
	return http_form_parse(FIELDS, KEY_MAX, request, change->values, error) &&
	       http_request_param_int(request, "id", &change->draft_id, error) &&
	       review_cache_take(&change->scope, change->draft_id, &change->review, error);
}

static const char *
value_of(const Change *change, int key)
{
	return change->values[key].is_set ? change->values[key].text : NULL;
}

static bool
is_document(const Change *change)
{
	const char *item = value_of(change, KEY_ITEM);

	return item == NULL || strcmp(item, REVIEW_DOCUMENT_ITEM) == 0;
}

/* The text of the field as it stands. */
static const char *
current_text(const Change *change, PlanField field, PlanDocumentField document_field)
{
	const Plan *plan = intake_review_plan(change->review);
	Arena *arena = change->request->arena;

	if (is_document(change))
		return plan_document_text(plan, document_field, arena);
	return plan_field_text(plan, value_of(change, KEY_ITEM), field, arena);
}

/* "Đúng" pressed after the text was changed means the changed text; "Lưu" without a change means that it is
 * right. */
static PlanEdit
make_edit(const Change *change)
{
	const HttpValue *values = change->values;
	const char *word = value_of(change, KEY_FIELD), *value = value_of(change, KEY_VALUE);
	PlanEdit edit = {.kind = ACTION_KINDS[values[KEY_ACTION].number],
	    .item = is_document(change) ? NULL : value_of(change, KEY_ITEM),
	    .field = word != NULL && !is_document(change) ? plan_field_of(word) : PLAN_FIELD_MAX,
	    .document_field =
		word != NULL && is_document(change) ? plan_document_field_of(word) : PLAN_DOCUMENT_MAX,
	    .position = (size_t)values[KEY_POSITION].number,
	    .value = value};
	bool is_text = values[KEY_ACTION].number <= ACTION_ACCEPT && word != NULL;
	const char *current;

	if (!is_text)
		return edit;
	if (edit.field == PLAN_FIELD_TARGETS) {
		/* One target of several: what is typed is what counts. */
		edit.kind = values[KEY_ACTION].number == ACTION_ACCEPT && value == NULL ? PLAN_EDIT_ACCEPT
											: PLAN_EDIT_SET;
		return edit;
	}
	current = current_text(change, edit.field, edit.document_field);
	if (http_request_form(change->request, "gia-tri") == NULL ||
	    g_strcmp0(value != NULL ? value : "", current) == 0)
		edit.kind = PLAN_EDIT_ACCEPT;
	else if (values[KEY_EVERYWHERE].is_set && current != NULL && *current != '\0' && value != NULL)
		edit = (PlanEdit){.kind = PLAN_EDIT_AGENCY,
		    .field = PLAN_FIELD_MAX,
		    .document_field = PLAN_DOCUMENT_MAX,
		    .value = current,
		    .other = value};
	else
		edit.kind = is_document(change) ? PLAN_EDIT_DOCUMENT : PLAN_EDIT_SET;
	return edit;
}

static bool
is_same_doubt(const Change *change, const PlanDoubt *doubt)
{
	const char *word = value_of(change, KEY_FIELD);

	if (doubt->kind == PLAN_DOUBT_DOCUMENT)
		return is_document(change) &&
		       g_strcmp0(word, plan_document_field_name(doubt->document_field)) == 0;
	if (g_strcmp0(doubt->item, value_of(change, KEY_ITEM)) != 0)
		return false;
	return doubt->kind == PLAN_DOUBT_ITEM || g_strcmp0(word, plan_field_name(doubt->field)) == 0;
}

/* Where the person stood: the place among the rows, and among the doubts. */
static void
note_place(Change *change)
{
	const GPtrArray *doubts = intake_review_doubts(change->review);
	size_t n;
	const ReviewRow *rows = review_rows_make(
	    change->request->arena, change->draft_id, intake_review_plan(change->review), doubts, &n);

	change->row = is_document(change) ? 0 : review_rows_find(rows, n, value_of(change, KEY_ITEM));
	for (guint i = 0; i < doubts->len && !change->was_doubtful; i++) {
		change->was_doubtful = is_same_doubt(change, g_ptr_array_index(doubts, i));
		change->doubt = i;
	}
}

/* A doubt that was settled gives way to the next one; else the row stays, or the one in its place. */
static const char *
next_url(const Change *change, PlanEditKind kind)
{
	const GPtrArray *doubts = intake_review_doubts(change->review);
	Arena *arena = change->request->arena;
	size_t n, row;
	const ReviewRow *rows;

	if (change->was_doubtful && doubts->len > 0 && kind != PLAN_EDIT_SPLIT && kind != PLAN_EDIT_ADD)
		return review_doubt_url(arena, change->draft_id,
		    g_ptr_array_index(doubts, (guint)MIN(change->doubt, doubts->len - 1)));
	rows = review_rows_make(arena, change->draft_id, intake_review_plan(change->review), doubts, &n);
	row = is_document(change) ? 0 : review_rows_find(rows, n, value_of(change, KEY_ITEM));
	if (row == n)
		row = MIN(kind == PLAN_EDIT_JOIN && change->row > 0 ? change->row - 1 : change->row, n - 1);
	else if (kind == PLAN_EDIT_ADD)
		row = MIN(row + 1, n - 1);
	return rows[row].url;
}

/* The page again, with what went wrong and what was typed; false where that is for the error page. */
static bool
show_mishap(Change *change, const GError *reason, HttpResponse *response)
{
	ReviewFocus focus = {.item = value_of(change, KEY_ITEM),
	    .field = value_of(change, KEY_FIELD),
	    .position =
		change->values[KEY_POSITION].is_set && change->values[KEY_ACTION].number <= ACTION_ACCEPT
		    ? change->values[KEY_POSITION].number
		    : -1};
	int status = app_error_http_status(reason);
	ReviewView view;

	if (status >= 500)
		return false;
	review_view_make(change->request, change->review, &focus, &view);
	view.mishap = (ReviewMishap){.message = arena_strdup(change->request->arena, reason->message),
	    .value = value_of(change, KEY_VALUE),
	    .is_conflict = g_error_matches(reason, APP_ERROR, APP_ERROR_CONFLICT)};
	if (view.mishap.value != NULL && view.field != NULL)
		view.input = view.mishap.value;
	response->status = status;
	review_page(response->body, &view);
	return true;
}

/* Ends a change: on to `url`, or the mishap, or the error page. */
static bool
finish(Change *change, const char *url, GError *reason, HttpResponse *response, GError **error)
{
	bool is_shown = reason == NULL || show_mishap(change, reason, response);

	review_cache_put(&change->scope, change->review);
	if (reason == NULL)
		http_response_redirect(response, url);
	else if (is_shown)
		g_error_free(reason);
	else
		g_propagate_error(error, reason);
	return is_shown;
}

bool
review_edit(HttpRequest *request, HttpResponse *response, GError **error)
{
	Change change;
	PlanEdit edit;
	GError *reason = NULL;
	const char *url = NULL;

	if (!begin(&change, request, error))
		return false;
	note_place(&change);
	edit = make_edit(&change);
	if (intake_review_add(
		&change.scope, change.review, change.values[KEY_VERSION].number, &edit, &reason))
		url = next_url(&change, edit.kind);
	return finish(&change, url, reason, response, error);
}

typedef bool (*Step)(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error);

static bool
step(HttpRequest *request, HttpResponse *response, Step do_step, GError **error)
{
	Change change;
	GError *reason = NULL;
	const char *url = NULL;

	if (!begin(&change, request, error))
		return false;
	note_place(&change);
	change.was_doubtful = false;
	if (do_step(&change.scope, change.review, change.values[KEY_VERSION].number, &reason))
		url = next_url(&change, PLAN_EDIT_KIND_MAX);
	return finish(&change, url, reason, response, error);
}

bool
review_undo(HttpRequest *request, HttpResponse *response, GError **error)
{
	return step(request, response, intake_review_undo, error);
}

bool
review_redo(HttpRequest *request, HttpResponse *response, GError **error)
{
	return step(request, response, intake_review_redo, error);
}

bool
review_publish(HttpRequest *request, HttpResponse *response, GError **error)
{
	Change change;
	IntakeResult result = {0};
	GError *reason = NULL;
	const char *url = NULL;

	if (!begin(&change, request, error))
		return false;
	if (intake_review_publish(
		&change.scope, change.review, change.values[KEY_VERSION].number, &result, &reason))
		url = arena_printf(request->arena, "/?ke-hoach=%" G_GINT64_FORMAT, result.plan_id);
	return finish(&change, url, reason, response, error);
}
