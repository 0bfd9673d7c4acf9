/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_records.h"

#include "app/context.h"
#include "app/ledger.h"
#include "app/ledger_state.h"
#include "compiler/edit/plan_edit.h"
#include "modules/indicator/indicator.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_pages.h"
#include "modules/task/task.h"

#include <string.h>

static bool
load_draft(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const IntakeScope scope = intake_scope_of(request);
	IntakeDraft draft;
	int64_t draft_id;

	if (!app_record_ids(id, 1, &draft_id, error) ||
	    !intake_draft_load(&scope, draft_id, record->arena, &draft, error))
		return false;
	record->title = arena_printf(record->arena, "Bản nháp %" G_GINT64_FORMAT ": %s", draft_id,
	    *draft.caption != '\0' ? draft.caption : draft.file_name);
	record->url = arena_printf(record->arena, INTAKE_PATH "/%" G_GINT64_FORMAT, draft_id);
	return true;
}

/* --- what corrections did to a row of the plan
 * --------------------------------------------------------------- */

/* A correction that counts at this point of the draft's history. */
typedef struct Made {
	PlanEdit edit;
	const char *old;
} Made;

typedef struct Walk {
	AppRecord *record;
	const char *item;
	GPtrArray *rows; /* of Noted *, newest first */
} Walk;

typedef struct Noted {
	int64_t seq, n_before, n_after; /* how many corrections counted */
	const char *line, *old;         /* the last correction, and the text that it replaced; NULL */
} Noted;

static int64_t
number_of(const LedgerPair *pairs, size_t n, const char *key)
{
	const char *digits = ledger_pair_value(pairs, n, key);

	return digits != NULL ? g_ascii_strtoll(digits, NULL, 10) : 0;
}

static bool
visit(void *data, const LedgerRow *row)
{
	Walk *walk = data;
	Arena *arena = walk->record->arena;
	LedgerPair old[LEDGER_PAIRS_MAX], new[LEDGER_PAIRS_MAX];
	size_t n_old = ledger_pairs(arena, row->before, old), n_new = ledger_pairs(arena, row->after, new);
	Noted *noted = arena_new0(arena, Noted);

	*noted = (Noted){row->seq, number_of(old, n_old, "counting"), number_of(new, n_new, "counting"),
	    ledger_pair_value(new, n_new, "last_edit"), ledger_pair_value(old, n_old, "value")};
	g_ptr_array_add(walk->rows, noted);
	return true;
}

static void
tell(const Walk *walk, int64_t seq, const PlanEdit *edit, const char *before, const char *after)
{
	const char *field = edit->kind == PLAN_EDIT_SET ? plan_field_name(edit->field) : NULL;

	if (field != NULL && edit->item != NULL && strcmp(edit->item, walk->item) == 0)
		app_record_add_change(walk->record, seq, field, before, after);
}

/* A correction that was undone gives the field its old text back; one that was done again, the new one. */
static void
tell_all(const Walk *walk)
{
	g_autoptr(GPtrArray) made = g_ptr_array_new();

	for (guint i = walk->rows->len; i > 0; i--) {
		const Noted *noted = g_ptr_array_index(walk->rows, i - 1);
		Made *now = arena_new0(walk->record->arena, Made);

		if (noted->n_after < noted->n_before && made->len > 0) {
			const Made *undone = g_ptr_array_index(made, made->len - 1);

			tell(walk, noted->seq, &undone->edit, undone->edit.value, undone->old);
			g_ptr_array_remove_index(made, made->len - 1);
		} else if (noted->n_after > noted->n_before && noted->line != NULL &&
			   plan_edit_decode(noted->line, walk->record->arena, &now->edit, NULL)) {
			now->old = noted->old;
			g_ptr_array_add(made, now);
			tell(walk, noted->seq, &now->edit, now->old, now->edit.value);
		}
	}
}

static bool
add_draft(const AppContext *context, int64_t draft_id, const char *item, AppRecord *record, GError **error)
{
	const char *object = arena_printf(record->arena, "draft/%" G_GINT64_FORMAT, draft_id);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	const Walk walk = {record, item, rows};

	if (!ledger_walk_back(
		context->db, context->commune_id, object, INT64_MAX, visit, (void *)(guintptr)&walk, error))
		return false;
	tell_all(&walk);
	app_record_add_source(record, object, item, false);
	return true;
}

static bool
add_drafts(HttpRequest *request, int64_t plan_id, const char *item, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(context->db, &INTAKE_DRAFTS_OF_PLAN, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFTS_OF_PLAN_P_COMMUNE_ID, context->commune_id);
	db_bind_int(stmt, INTAKE_DRAFTS_OF_PLAN_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!add_draft(
			context, db_column_int(stmt, INTAKE_DRAFTS_OF_PLAN_C_DRAFT_ID), item, record, error))
			return false;
	return !has_row;
}

static bool
add_to_task(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	int64_t ids[2];
	PlanScope scope;
	Task task;

	if (!app_record_ids(id, 2, ids, error))
		return false;
	scope = (PlanScope){context->db, context->commune_id, ids[0]};
	return task_load(&scope, ids[1], record->arena, &task, error) &&
	       add_drafts(request, ids[0], task.item, record, error);
}

static bool
add_to_indicator(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	Indicator indicator;
	int64_t ids[2];
	PlanScope scope;

	if (!app_record_ids(id, 2, ids, error))
		return false;
	scope = (PlanScope){context->db, context->commune_id, ids[0]};
	return indicator_load(&scope, ids[1], record->arena, &indicator, targets, error) &&
	       add_drafts(request, ids[0], indicator.item, record, error);
}

const AppRecordKind INTAKE_RECORDS[] = {
    {.kind = "draft", .title = "Bản nháp", .permission = APP_REVIEW, .load = load_draft},
    {.kind = "alias", .title = "Cách viết tên cơ quan", .permission = APP_REVIEW},
    {.kind = "task", .title = "Nhiệm vụ", .permission = NULL, .load = add_to_task},
    {.kind = "indicator", .title = "Chỉ tiêu", .permission = NULL, .load = add_to_indicator},
    {.kind = NULL},
};
