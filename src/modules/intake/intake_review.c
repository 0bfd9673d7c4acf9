/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "modules/intake/intake_note.h"
#include "modules/intake/intake_review_internal.h"
#include "storage/txn.h"

#include <string.h>

#define EDITS_MAX 5000 /* of one draft; a careful review of a long plan makes some hundreds */

static void
clear(IntakeReview *review)
{
	g_clear_pointer(&review->doubts, g_ptr_array_unref);
	g_clear_pointer(&review->problems, g_ptr_array_unref);
	g_clear_pointer(&review->edits, g_array_unref);
	g_clear_pointer(&review->undone, g_array_unref);
	g_clear_pointer(&review->doubt_arena, arena_free);
	g_clear_pointer(&review->plan, plan_free);
	g_clear_pointer(&review->arena, arena_free);
}

void
intake_review_free(IntakeReview *review)
{
	if (review == NULL)
		return;
	clear(review);
	g_free(review);
}

static void
find_doubts(IntakeReview *review)
{
	g_clear_pointer(&review->doubts, g_ptr_array_unref);
	g_clear_pointer(&review->doubt_arena, arena_free);
	review->doubt_arena = arena_new();
	review->doubts = plan_doubts(review->plan, review->doubt_arena);
}

static bool
load_edits(const IntakeScope *scope, int64_t draft_id, IntakeReview *review, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	review->edits = g_array_new(FALSE, FALSE, sizeof(PlanEdit));
	review->undone = g_array_new(FALSE, FALSE, sizeof(PlanEdit));
	if (!intake_edit_list(scope, draft_id, 0, review->arena, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const IntakeEdit *row = g_ptr_array_index(rows, i);

		if (row->standing == INTAKE_STANDING_COUNTS)
			g_array_append_val(review->edits, row->edit);
		else if (row->standing == INTAKE_STANDING_UNDONE)
			g_array_append_val(review->undone, row->edit);
	}
	return true;
}

/* Compiles the source and applies the edits that are loaded. */
static bool
make_plan(const IntakeScope *scope, IntakeReview *review, GError **error)
{
	g_clear_pointer(&review->problems, g_ptr_array_unref);
	g_clear_pointer(&review->plan, plan_free);
	if (!intake_compile_draft(scope, &review->draft, &review->plan, error))
		return false;
	review->problems = g_ptr_array_new();
	plan_edit_apply(review->plan, (const PlanEdit *)(const void *)review->edits->data, review->edits->len,
	    review->problems);
	find_doubts(review);
	return true;
}

static bool
check_readable(const IntakeDraft *draft, GError **error)
{
	static const char *const REASONS[INTAKE_STATE_MAX] = {
	    [INTAKE_WAITING] = "văn bản này đang chờ được đọc",
	    [INTAKE_READING] = "văn bản này đang được đọc",
	    [INTAKE_FAILED] = "văn bản này không đọc được",
	    [INTAKE_DISCARDED] = "bản nháp này đã được bỏ; hãy khôi phục trước",
	};

	if (draft->source_sha256 != NULL &&
	    (draft->state == INTAKE_READY || draft->state == INTAKE_PUBLISHED))
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
	    REASONS[draft->state] != NULL ? REASONS[draft->state] : "bản nháp này chưa có nội dung");
	return false;
}

static bool
load(const IntakeScope *scope, int64_t draft_id, IntakeReview *review, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	review->arena = arena_new();
	review->is_stale = true;
	if (!db_txn_begin_read(scope->db, &txn, error) ||
	    !intake_draft_load(scope, draft_id, review->arena, &review->draft, error) ||
	    !check_readable(&review->draft, error) || !load_edits(scope, draft_id, review, error) ||
	    !make_plan(scope, review, error) || !db_txn_commit(txn, error))
		return false;
	review->is_stale = false;
	return true;
}

bool
intake_review_open(const IntakeScope *scope, int64_t draft_id, IntakeReview **ret_review, GError **error)
{
	g_autoptr(IntakeReview) review = g_new0(IntakeReview, 1);

	if (!load(scope, draft_id, review, error))
		return false;
	*ret_review = g_steal_pointer(&review);
	return true;
}

bool
intake_review_refresh(const IntakeScope *scope, IntakeReview *review, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	int64_t draft_id = review->draft.draft_id;
	IntakeDraft now;

	if (!intake_draft_load(scope, draft_id, arena, &now, error))
		return false;
	if (!review->is_stale && now.version == review->draft.version && now.state == review->draft.state)
		return true;
	clear(review);
	return load(scope, draft_id, review, error);
}

const IntakeDraft *
intake_review_draft(const IntakeReview *review)
{
	return &review->draft;
}

const Plan *
intake_review_plan(const IntakeReview *review)
{
	return review->plan;
}

const GPtrArray *
intake_review_doubts(const IntakeReview *review)
{
	return review->doubts;
}

const GPtrArray *
intake_review_problems(const IntakeReview *review)
{
	return review->problems;
}

const PlanEdit *
intake_review_edits(const IntakeReview *review, size_t *ret_n)
{
	*ret_n = review->edits->len;
	return (const PlanEdit *)(const void *)review->edits->data;
}

bool
intake_review_can_undo(const IntakeReview *review)
{
	return review->draft.state == INTAKE_READY && review->edits->len > 0;
}

bool
intake_review_can_redo(const IntakeReview *review)
{
	return review->draft.state == INTAKE_READY && review->undone->len > 0;
}

bool
intake_review_prepare(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error)
{
	if (!intake_review_refresh(scope, review, error))
		return false;
	if (review->draft.state != INTAKE_READY) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "bản nháp này đã được đưa vào thực hiện; muốn sửa hãy nhập lại văn bản");
		return false;
	}
	if (review->draft.version != seen_version) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "bản nháp đã được sửa từ khi bạn mở (bạn xem lần sửa %" G_GINT64_FORMAT
		    ", nay là lần %" G_GINT64_FORMAT "); hãy xem thay đổi mới rồi làm lại",
		    seen_version, review->draft.version);
		return false;
	}
	return true;
}

/* Ends a change: what is stored and what is shown are one again, or the review reads the store anew. */
static bool
settle(const IntakeScope *scope, IntakeReview *review, const char *before, DbTxn *txn, GError **error)
{
	int64_t draft_id = review->draft.draft_id;

	if (!intake_describe_draft(scope, draft_id, review->plan, review->doubts->len, error) ||
	    !intake_note_draft(scope, draft_id, LEDGER_CHANGE, before, error) || !db_txn_commit(txn, error))
		return false;
	review->draft.version++;
	review->draft.updated_at = scope->now_us;
	review->draft.tasks = review->plan->tasks->len;
	review->draft.indicators = review->plan->indicators->len;
	review->draft.doubts = review->doubts->len;
	review->is_stale = false;
	return true;
}

/* After a failure: the store rules. */
static bool
give_up(const IntakeScope *scope, IntakeReview *review, DbTxn **txn)
{
	g_clear_pointer(txn, db_txn_free);
	if (review->is_stale)
		(void)intake_review_refresh(scope, review, NULL);
	return false;
}

/* The text that a correction replaces, put to the state before it; it stands in no table. */
static char *
with_old_text(const char *state, const char *old)
{
	g_autoptr(GString) out = g_string_new_len(state, (gssize)strlen(state) - 1);
	JsonWriter json;

	g_string_append(out, ",\"value\":");
	json_init(&json, out, false);
	json_string(&json, old);
	g_string_append_c(out, '}');
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static const char *
text_before(const IntakeReview *review, const PlanEdit *edit, Arena *arena)
{
	if (edit->document_field < PLAN_DOCUMENT_MAX)
		return plan_document_text(review->plan, edit->document_field, arena);
	if (edit->item != NULL && edit->field < PLAN_FIELD_MAX)
		return plan_field_text(review->plan, edit->item, edit->field, arena);
	return NULL;
}

static bool
note_edit(const IntakeScope *scope, int64_t draft_id, const char *old, char **before, GError **error)
{
	g_autofree char *state = NULL;

	if (!intake_draft_state(scope, draft_id, &state, error))
		return false;
	*before = old != NULL && state != NULL ? with_old_text(state, old) : g_steal_pointer(&state);
	return true;
}

bool
intake_review_add(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, const PlanEdit *edit,
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GString) body = g_string_new(NULL);
	g_autofree char *before = NULL;
	g_autoptr(Arena) arena = arena_new();
	const char *old;
	PlanEdit kept;

	if (!intake_review_prepare(scope, review, seen_version, error))
		return false;
	if (review->edits->len >= EDITS_MAX) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "bản nháp đã có %d lần sửa; hãy đưa vào thực hiện hoặc nhập lại văn bản", EDITS_MAX);
		return false;
	}
	old = text_before(review, edit, arena);
	if (!plan_edit_try(review->plan, edit, error))
		return false;
	review->is_stale = true;
	plan_edit_encode(edit, body);
	find_doubts(review);
	if (!plan_edit_decode(body->str, review->arena, &kept, error) ||
	    !db_txn_begin(scope->db, &txn, error) ||
	    !note_edit(scope, review->draft.draft_id, old, &before, error) ||
	    !intake_step_draft(scope, review->draft.draft_id, seen_version, error) ||
	    !intake_insert_edit(scope, review->draft.draft_id, seen_version + 1, body->str, error) ||
	    !settle(scope, review, before, txn, error))
		return give_up(scope, review, &txn);
	g_array_append_val(review->edits, kept);
	g_array_set_size(review->undone, 0);
	return true;
}

static bool
refuse(GError **error, const char *message)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT, message);
	return false;
}

bool
intake_review_undo(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autofree char *before = NULL;
	PlanEdit last;

	if (!intake_review_prepare(scope, review, seen_version, error))
		return false;
	if (review->edits->len == 0)
		return refuse(error, "không còn lần sửa nào để hoàn tác");
	last = g_array_index(review->edits, PlanEdit, review->edits->len - 1);
	review->is_stale = true;
	g_array_set_size(review->edits, review->edits->len - 1);
	g_array_insert_val(review->undone, 0, last);
	if (!make_plan(scope, review, error) || !db_txn_begin(scope->db, &txn, error) ||
	    !intake_draft_state(scope, review->draft.draft_id, &before, error) ||
	    !intake_step_draft(scope, review->draft.draft_id, seen_version, error) ||
	    !intake_undo_edit(scope, review->draft.draft_id, error) ||
	    !settle(scope, review, before, txn, error))
		return give_up(scope, review, &txn);
	return true;
}

bool
intake_review_redo(const IntakeScope *scope, IntakeReview *review, int64_t seen_version, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autofree char *before = NULL;
	PlanEdit next;

	if (!intake_review_prepare(scope, review, seen_version, error))
		return false;
	if (review->undone->len == 0)
		return refuse(error, "không còn lần sửa nào để làm lại");
	next = g_array_index(review->undone, PlanEdit, 0);
	review->is_stale = true;
	g_array_remove_index(review->undone, 0);
	g_array_append_val(review->edits, next);
	if (!make_plan(scope, review, error) || !db_txn_begin(scope->db, &txn, error) ||
	    !intake_draft_state(scope, review->draft.draft_id, &before, error) ||
	    !intake_step_draft(scope, review->draft.draft_id, seen_version, error) ||
	    !intake_redo_edit(scope, review->draft.draft_id, error) ||
	    !settle(scope, review, before, txn, error))
		return give_up(scope, review, &txn);
	return true;
}
