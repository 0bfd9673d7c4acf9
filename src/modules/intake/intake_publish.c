/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_note.h"
#include "modules/intake/intake_review_internal.h"
#include "storage/txn.h"

/* Applies the edits once more, one after the other, to see what each of them teaches about agencies as they
 * stood before it. lessons: of PlanLesson. */
static void
replay(Plan *plan, const GArray *edits, Arena *arena, GArray *lessons)
{
	for (guint i = 0; i < edits->len; i++) {
		const PlanEdit *edit = &g_array_index(edits, PlanEdit, i);
		PlanLesson lesson;
		bool is_lesson = plan_edit_lesson(plan, edit, arena, &lesson);
		PlanLesson kept = {0};

		if (is_lesson)
			kept = (PlanLesson){
			    arena_strdup(arena, lesson.printed), arena_strdup(arena, lesson.name)};
		if (plan_edit_try(plan, edit, NULL) && is_lesson)
			g_array_append_val(lessons, kept);
	}
	plan_edit_apply(plan, NULL, 0, NULL);
}

static char *
encode_all(const GArray *edits)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < edits->len; i++) {
		g_string_append_c(text, '\n');
		plan_edit_encode(&g_array_index(edits, PlanEdit, i), text);
	}
	return g_string_free(text, FALSE);
}

static bool
mark_published(const IntakeScope *scope, int64_t draft_id, int64_t plan_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_PUBLISH, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_PUBLISH_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_PUBLISH_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_DRAFT_PUBLISH_P_PLAN_ID, plan_id);
	db_bind_int(stmt, INTAKE_DRAFT_PUBLISH_P_PUBLISHED, INTAKE_PUBLISHED);
	db_bind_int(stmt, INTAKE_DRAFT_PUBLISH_P_NOW_US, scope->now_us);
	return db_run(stmt, error);
}

static bool
learn_all(const IntakeScope *scope, int64_t draft_id, const GArray *lessons, GError **error)
{
	for (guint i = 0; i < lessons->len; i++) {
		const PlanLesson *lesson = &g_array_index(lessons, PlanLesson, i);

		if (!intake_learn_alias(scope, draft_id, lesson->printed, lesson->name, error))
			return false;
	}
	return true;
}

/* The first plan that says whose it is also says whose the store is. */
static bool
name_commune(const IntakeScope *scope, const IntakeReading *reading, GError **error)
{
	g_autofree char *name = intake_commune_of(reading->plan->document.issuer);

	return name == NULL ||
	       app_name_commune_in(scope->db, scope->commune_id, &scope->actor, scope->now_us, name, error);
}

static bool
store(const IntakeScope *scope, const IntakeReview *review, const IntakeReading *reading,
    const GArray *lessons, IntakeResult *result, GError **error)
{
	int64_t draft_id = review->draft.draft_id;
	g_autofree char *before = NULL;
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope->db, &txn, error) && intake_draft_state(scope, draft_id, &before, error) &&
	       intake_step_draft(scope, draft_id, review->draft.version, error) &&
	       intake_store_reading(scope, reading, result, error) && name_commune(scope, reading, error) &&
	       mark_published(scope, draft_id, result->plan_id, error) &&
	       intake_note_draft(scope, draft_id, LEDGER_CHANGE, before, error) &&
	       learn_all(scope, draft_id, lessons, error) && db_txn_commit(txn, error);
}

bool
intake_review_publish(const IntakeScope *scope, IntakeReview *review, int64_t seen_version,
    IntakeResult *ret_result, GError **error)
{
	g_autoptr(GArray) lessons = g_array_new(FALSE, FALSE, sizeof(PlanLesson));
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(IntakeReading) reading = NULL;
	IntakeResult result;
	Plan *plan;

	if (!intake_review_prepare(scope, review, seen_version, error) ||
	    !intake_compile_draft(scope, &review->draft, &plan, error))
		return false;
	replay(plan, review->edits, arena, lessons);
	reading = intake_reading_new(review->draft.file_name, NULL, (size_t)review->draft.size_bytes, plan);
	reading->file_sha256 = g_strdup(review->draft.file_sha256);
	reading->edits = encode_all(review->edits);
	if (!store(scope, review, reading, lessons, &result, error))
		return false;
	*ret_result = result;
	review->is_stale = true;
	/* What was published is there, whether or not it can be shown again now. */
	(void)intake_review_refresh(scope, review, NULL);
	return true;
}
