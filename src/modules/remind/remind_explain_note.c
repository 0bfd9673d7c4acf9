/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/redact_states.h"
#include "base/json.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_explain_internal.h"
#include "modules/remind/remind_redact.h"

/* What follows from a step, as the ledger has it; and both compared, and noted anew without a state secret.
 */

void
remind_explain_fold(RemindExplain *explain, const RemindStep *step)
{
	static const RemindExplainState STATES[REMIND_STEP_MAX] = {
	    [REMIND_ASK] = REMIND_ASKED,
	    [REMIND_ANSWER] = REMIND_ANSWERED,
	    [REMIND_ACCEPT] = REMIND_ACCEPTED,
	    [REMIND_GIVE_BACK] = REMIND_GIVEN_BACK,
	    [REMIND_WITHDRAW] = REMIND_WITHDRAWN,
	};

	explain->state = STATES[step->kind];
	explain->version = step->entry_no;
	if (step->due != DATE_NONE)
		explain->due = step->due;
	if (step->kind == REMIND_ANSWER) {
		explain->answered_us = step->at_us;
		explain->answered_by = step->person_id;
	}
}

static char *
state_of(const RemindExplain *explain, const RemindStep *step)
{
	GString *out = g_string_new(NULL);
	char due[DATE_ISO_SIZE];
	JsonWriter json;

	date_format_iso(explain->due, due);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "step", REMIND_STEP_TITLES[step->kind]);
	json_key_int(&json, "at_us", step->at_us);
	json_key_int(&json, "by", step->person_id);
	json_key_string(&json, "by_name", step->name);
	json_key_string(&json, "body", step->body);
	if (step->kind == REMIND_ASK) {
		json_key_int(&json, "plan", explain->plan_id);
		json_key_int(&json, "task", explain->task_no);
		json_key_int(&json, "piece", explain->piece_id);
		json_key_int(&json, "agency", explain->agency_id);
		json_key_string(&json, "label", explain->label);
		json_key_string(&json, "path", explain->path);
	}
	json_key_string(&json, "state", REMIND_EXPLAIN_TITLES[explain->state]);
	json_key_string(&json, "due", due);
	json_key_int(&json, "answered_by", explain->answered_by);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static char *
object_of(int64_t explain_no, int64_t entry_no)
{
	return g_strdup_printf("explain/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, explain_no, entry_no);
}

bool
remind_explain_add_step(
    const WorkScope *scope, const RemindExplain *after, const RemindStep *step, GError **error)
{
	g_autofree char *object = object_of(after->explain_no, step->entry_no),
			*state = state_of(after, step);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &REMIND_INSERT_EXPLAIN_ENTRY, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_EXPLAIN_NO, after->explain_no);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_ENTRY_NO, step->entry_no);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_KIND, step->kind);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_AT_US, step->at_us);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_PERSON_ID, step->person_id);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_NAME, step->name);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_BODY, step->body);
	if (step->due != DATE_NONE)
		db_bind_int(stmt, REMIND_INSERT_EXPLAIN_ENTRY_P_DUE, step->due);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){step->kind == REMIND_ASK ? LEDGER_ADD : LEDGER_CHANGE, object, NULL, state},
		   error);
}

static bool
is_same(const RemindExplain *a, const RemindExplain *b)
{
	return a->state == b->state && a->due == b->due && a->answered_us == b->answered_us &&
	       a->answered_by == b->answered_by && a->version == b->version;
}

/* Gives in *ret_is_same whether the row is what its steps make of it. */
static bool
walk_steps(const AppStates *states, const WorkScope *scope, const RemindExplain *stored, bool *ret_is_same,
    GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	RemindExplain replayed = *stored;

	if (!remind_explain_steps(scope, stored->explain_no, steps, error))
		return false;
	replayed.answered_us = replayed.answered_by = 0;
	for (guint i = 0; i < steps->len; i++) {
		const RemindStep *step = g_ptr_array_index(steps, i);
		g_autofree char *object = object_of(stored->explain_no, step->entry_no), *state = NULL;

		remind_explain_fold(&replayed, step);
		state = state_of(&replayed, step);
		if (!app_state(states, object, state, error))
			return false;
	}
	*ret_is_same = steps->len > 0 && is_same(stored, &replayed);
	return true;
}

static bool
walk_explains(const AppStates *states, const WorkScope *scope, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_ALL_EXPLAINS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_ALL_EXPLAINS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_ALL_EXPLAINS_P_PLAN_ID, states->plan_id);
	db_bind_int(stmt, REMIND_ALL_EXPLAINS_P_TASK_NO, states->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const RemindItem item = {.about = REMIND_EXPLAINS,
		    .subject_id = db_column_int(stmt, REMIND_ALL_EXPLAINS_C_EXPLAIN_NO)};
		RemindExplain explain;
		bool is_as_said;

		remind_explain_read(scope->arena, stmt, &explain);
		if (!walk_steps(states, scope, &explain, &is_as_said, error))
			return false;
		if (states->redaction != NULL)
			app_redact_record(states->redaction, remind_item_path(scope->arena, &item));
		else if (!is_as_said)
			ledger_report_add(states->report,
			    "yêu cầu giải trình %" G_GINT64_FORMAT ": bảng ghi khác với các bước của nó",
			    explain.explain_no);
	}
	return !has_row;
}

bool
remind_explain_verify(const WorkScope *scope, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(scope->db, scope->commune_id, report);

	return walk_explains(&states, scope, error);
}

bool
remind_redact(const AppRedaction *redaction, GError **error)
{
	const AppStates states = app_states_to_redact(redaction);
	const WorkScope scope = {
	    .db = redaction->db, .commune_id = redaction->commune_id, .arena = redaction->arena};

	return redaction->plan_id == 0 ||
	       (APP_REDACT_RUN(redaction, REMIND_REDACT_EXPLAINS, error) &&
		   APP_REDACT_RUN(redaction, REMIND_REDACT_EXPLAIN_ENTRIES, error) &&
		   walk_explains(&states, &scope, error));
}
