/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/redact_states.h"
#include "base/json.h"
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_internal.h"
#include "modules/proposal/proposal_pages.h"
#include "modules/proposal/proposal_redact.h"

#include <string.h>

static void
put_text(JsonWriter *json, const char *key, const char *text)
{
	if (text != NULL && *text != '\0')
		json_key_string(json, key, text);
}

static void
put_number(JsonWriter *json, const char *key, int64_t value)
{
	if (value != 0)
		json_key_int(json, key, value);
}

static void
put_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	put_text(json, key, iso);
}

static void
put_raised(JsonWriter *json, const Proposal *proposal)
{
	json_key_string(json, "kind", PROPOSAL_KIND_TITLES[proposal->kind]);
	put_number(json, "what", proposal->what);
	put_number(json, "piece", proposal->piece_id);
	put_number(json, "piece_entry", proposal->origin_no);
	put_number(json, "agency", proposal->agency_id);
	json_key_string(json, "title", proposal->title);
	json_key_string(json, "body", proposal->body);
	put_text(json, "field", proposal->field);
	put_number(json, "year", proposal->year);
	put_text(json, "wanted_text", proposal->new_text);
	put_day(json, "wanted_day", proposal->new_day);
	put_number(json, "raiser", proposal->raiser_id);
	put_text(json, "raiser_name", proposal->raiser);
	json_key_int(json, "raised_us", proposal->raised_us);
}

static void
put_entry(JsonWriter *json, const ProposalEntry *entry)
{
	json_key_string(json, "entry", PROPOSAL_ENTRY_TITLES[entry->kind]);
	json_key_int(json, "at_us", entry->at_us);
	put_number(json, "by", entry->person_id);
	put_text(json, "by_name", entry->name);
	put_number(json, "to_step", entry->step_no);
	put_day(json, "step_due", entry->due);
	put_number(json, "granted", entry->is_granted);
	put_text(json, "text", entry->text);
	put_text(json, "said_document", entry->doc_number);
	put_day(json, "said_document_day", entry->doc_day);
	put_number(json, "to_plan", entry->plan_id);
	put_number(json, "to_row", entry->row_no);
	put_text(json, "new_text", entry->new_text);
	put_day(json, "new_day", entry->new_day);
}

static void
put_proposal(JsonWriter *json, const Proposal *proposal)
{
	json_key_int(json, "plan", proposal->plan_id);
	put_number(json, "row", proposal->row_no);
	json_key_string(json, "state", PROPOSAL_STATE_TITLES[proposal->state]);
	json_key_int(json, "step", proposal->step_no);
	put_day(json, "due", proposal->due);
	put_number(json, "is_granted", proposal->is_granted);
	put_text(json, "document", proposal->doc_number);
	put_day(json, "document_day", proposal->doc_day);
	put_number(json, "reopened", proposal->n_reopened);
	json_key_int(json, "version", proposal->version);
}

/* entry: NULL: of the proposal alone. The caller's. */
static char *
state_of(const Proposal *proposal, const ProposalEntry *entry)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	if (entry != NULL && entry->kind == PROPOSAL_RAISE)
		put_raised(&json, proposal);
	if (entry != NULL)
		put_entry(&json, entry);
	put_proposal(&json, proposal);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static char *
object_of(int64_t proposal_id, int64_t entry_no)
{
	return g_strdup_printf("proposal/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, proposal_id, entry_no);
}

bool
proposal_note(const WorkScope *scope, const Proposal *before, const Proposal *after,
    const ProposalEntry *entry, GError **error)
{
	g_autofree char *object = object_of(after->proposal_id, entry->entry_no);
	g_autofree char *old = before != NULL ? state_of(before, NULL) : NULL;
	g_autofree char *state = state_of(after, entry);
	const LedgerNote note = {before != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, old, state};

	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

/* Gives in *ret_is_same whether the row is what its entries make of it. */
static bool
walk_entries(const AppStates *states, const WorkScope *scope, const Proposal *stored, bool *ret_is_same,
    GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autofree char *kept = state_of(stored, NULL), *replayed = NULL;
	Proposal proposal = *stored;

	if (!proposal_entries(scope, stored->proposal_id, entries, error))
		return false;
	for (guint i = 0; i < entries->len; i++) {
		const ProposalEntry *entry = g_ptr_array_index(entries, i);
		g_autofree char *object = object_of(stored->proposal_id, entry->entry_no), *state = NULL;

		proposal_replay(&proposal, (const ProposalEntry *const *)entries->pdata, i + 1);
		state = state_of(&proposal, entry);
		if (!app_state(states, object, state, error))
			return false;
	}
	replayed = state_of(&proposal, NULL);
	*ret_is_same = entries->len > 0 && strcmp(kept, replayed) == 0;
	return true;
}

bool
proposal_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const WorkScope scope = {.db = db, .commune_id = commune_id, .arena = arena};
	const ProposalFilter all = {.limit = G_MAXINT32};
	const AppStates states = app_states_to_verify(db, commune_id, report);
	g_autoptr(GPtrArray) proposals = g_ptr_array_new();

	if (!proposal_list(&scope, &all, proposals, error))
		return false;
	for (guint i = 0; i < proposals->len; i++) {
		const Proposal *proposal = g_ptr_array_index(proposals, i);
		bool is_same;

		if (!walk_entries(&states, &scope, proposal, &is_same, error))
			return false;
		if (!is_same)
			ledger_report_add(report,
			    "kiến nghị %" G_GINT64_FORMAT ": bảng ghi khác với các lần xử lý của nó",
			    proposal->proposal_id);
	}
	return proposal_routes_verify(db, commune_id, report, error);
}

/* Every entry is noted anew as it is now. */
static bool
note_redacted(const AppRedaction *redaction, int64_t proposal_id, GError **error)
{
	const WorkScope scope = {
	    .db = redaction->db, .commune_id = redaction->commune_id, .arena = redaction->arena};
	const AppStates states = app_states_to_redact(redaction);
	Proposal proposal;
	bool is_same;

	app_redact_record(
	    redaction, arena_printf(redaction->arena, PROPOSAL_PATH "/%" G_GINT64_FORMAT, proposal_id));
	return proposal_find(&scope, proposal_id, &proposal, error) &&
	       walk_entries(&states, &scope, &proposal, &is_same, error);
}

bool
proposal_redact(const AppRedaction *redaction, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (redaction->plan_id == 0)
		return true;
	if (!APP_REDACT_RUN(redaction, PROPOSAL_REDACT, error) ||
	    !APP_REDACT_RUN(redaction, PROPOSAL_REDACT_ENTRIES, error) ||
	    !db_prepare(redaction->db, &PROPOSAL_REDACT_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_REDACT_LIST_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, PROPOSAL_REDACT_LIST_P_PLAN_ID, redaction->plan_id);
	db_bind_int(stmt, PROPOSAL_REDACT_LIST_P_TASK_NO, redaction->task_no);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!note_redacted(redaction, db_column_int(stmt, PROPOSAL_REDACT_LIST_C_PROPOSAL_ID), error))
			return false;
	return !has_row;
}
