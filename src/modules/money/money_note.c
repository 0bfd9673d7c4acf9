/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/redact_states.h"
#include "base/json.h"
#include "modules/money/money.sql.h"
#include "modules/money/money_internal.h"
#include "modules/money/money_redact.h"
#include "storage/db_day.h"

char *
money_entry_object(int64_t entry_id)
{
	return g_strdup_printf("money/%" G_GINT64_FORMAT, entry_id);
}

char *
money_source_object(const char *source)
{
	return g_strdup_printf("money-source/%s", source);
}

char *
money_finding_object(int64_t finding_id)
{
	return g_strdup_printf("money-finding/%" G_GINT64_FORMAT, finding_id);
}

static void
put_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	json_key_string(json, key, iso);
}

static void
put_carry(JsonWriter *json, const MoneyCarry *carry)
{
	json_begin_object(json);
	json_key_int(json, "from_plan", carry->from_plan_id);
	json_key_int(json, "from_task", carry->from_task_no);
	json_key_int(json, "to_plan", carry->to_plan_id);
	json_key_int(json, "to_task", carry->to_task_no);
	json_key_string(json, "reason", carry->reason);
	json_key_string(json, "by", carry->name);
	json_key_int(json, "at_us", carry->at_us);
	json_end_object(json);
}

/* An entry that was never carried has none of this: so it was noted before entries could be. */
static void
put_carries(JsonWriter *json, int64_t entry_id, const GPtrArray *carries)
{
	bool has_any = false;

	for (guint i = 0; i < carries->len; i++) {
		const MoneyCarry *carry = g_ptr_array_index(carries, i);

		if (carry->entry_id != entry_id)
			continue;
		if (!has_any) {
			json_key(json, "carried");
			json_begin_array(json);
		}
		has_any = true;
		put_carry(json, carry);
	}
	if (has_any)
		json_end_array(json);
}

char *
money_entry_state(const MoneyEntry *entry, const GPtrArray *carries)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "plan", entry->plan_id);
	json_key_int(&json, "task", entry->task_no);
	json_key_string(&json, "kind", MONEY_KIND_TITLES[entry->kind]);
	json_key_string(&json, "source", entry->source);
	json_key_int(&json, "year", entry->year);
	json_key_int(&json, "agency", entry->agency_id);
	json_key_int(&json, "amount", entry->amount);
	put_day(&json, "day", entry->day);
	json_key_string(&json, "document", entry->doc_number);
	json_key_string(&json, "note", entry->note);
	if (entry->corrects_id > 0)
		json_key_int(&json, "corrects", entry->corrects_id);
	put_carries(&json, entry->entry_id, carries);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

char *
money_source_state(const char *title, int32_t valid_from, int32_t valid_to, const char *basis)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "title", title);
	put_day(&json, "from", valid_from);
	put_day(&json, "to", valid_to);
	json_key_string(&json, "basis", basis);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

char *
money_finding_state(const MoneyFinding *finding)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "plan", finding->plan_id);
	json_key_int(&json, "task", finding->task_no);
	json_key_string(&json, "rule", finding->rule);
	json_key_string(&json, "facts", finding->facts);
	json_key_string(&json, "state", MONEY_FINDING_TITLES[finding->state]);
	put_day(&json, "opened", finding->opened_day);
	json_key_string(&json, "reason", finding->reason);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

bool
money_note(const MoneyScope *scope, const char *object, const char *state, GError **error)
{
	g_autofree char *before = NULL;

	return ledger_last_state(scope->db, scope->commune_id, object, &before, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state}, error);
}

static MoneyEntry
read_entry(const DbStmt *stmt)
{
	return (MoneyEntry){.entry_id = db_column_int(stmt, MONEY_ALL_ENTRIES_C_ENTRY_ID),
	    .plan_id = db_column_int(stmt, MONEY_ALL_ENTRIES_C_PLAN_ID),
	    .task_no = db_column_int(stmt, MONEY_ALL_ENTRIES_C_TASK_NO),
	    .kind = (MoneyKind)CLAMP(
		db_column_int(stmt, MONEY_ALL_ENTRIES_C_KIND), MONEY_ESTIMATE, MONEY_DISBURSEMENT),
	    .source = db_column_text(stmt, MONEY_ALL_ENTRIES_C_SOURCE),
	    .year = (int)db_column_int(stmt, MONEY_ALL_ENTRIES_C_YEAR),
	    .agency_id = db_column_int(stmt, MONEY_ALL_ENTRIES_C_AGENCY_ID),
	    .amount = db_column_int(stmt, MONEY_ALL_ENTRIES_C_AMOUNT),
	    .day = (int32_t)db_column_int(stmt, MONEY_ALL_ENTRIES_C_DAY),
	    .doc_number = db_column_text(stmt, MONEY_ALL_ENTRIES_C_DOC_NUMBER),
	    .note = db_column_text(stmt, MONEY_ALL_ENTRIES_C_NOTE),
	    .corrects_id = db_column_int(stmt, MONEY_ALL_ENTRIES_C_CORRECTS_ID)};
}

/* By entry (int64_t *): GPtrArray of MoneyCarry *. */
static bool
read_carries(const MoneyScope *scope, const AppStates *states, GHashTable **ret_by_entry, GError **error)
{
	g_autoptr(GHashTable) by_entry =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!money_carries(scope, states->plan_id, states->task_no, all, error))
		return false;
	for (guint i = 0; i < all->len; i++) {
		MoneyCarry *carry = g_ptr_array_index(all, i);
		GPtrArray *carries = g_hash_table_lookup(by_entry, &carry->entry_id);

		if (carries == NULL) {
			carries = g_ptr_array_new();
			g_hash_table_insert(by_entry, &carry->entry_id, carries);
		}
		g_ptr_array_add(carries, carry);
	}
	*ret_by_entry = g_steal_pointer(&by_entry);
	return true;
}

static bool
walk_entries(const AppStates *states, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const MoneyScope scope = {.db = states->db, .commune_id = states->commune_id, .arena = arena};
	g_autoptr(GHashTable) by_entry = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!read_carries(&scope, states, &by_entry, error) ||
	    !db_prepare(states->db, &MONEY_ALL_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_ALL_ENTRIES_P_COMMUNE_ID, states->commune_id);
	db_bind_int(stmt, MONEY_ALL_ENTRIES_P_PLAN_ID, states->plan_id);
	db_bind_int(stmt, MONEY_ALL_ENTRIES_P_TASK_NO, states->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const MoneyEntry entry = read_entry(stmt);
		const GPtrArray *carries = g_hash_table_lookup(by_entry, &entry.entry_id);
		g_autoptr(GPtrArray) none = g_ptr_array_new();
		g_autofree char *object = money_entry_object(entry.entry_id);
		g_autofree char *state = money_entry_state(&entry, carries != NULL ? carries : none);

		if (!app_state(states, object, state, error))
			return false;
	}
	return !has_row;
}

static bool
verify_sources(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &MONEY_OWN_SOURCES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_OWN_SOURCES_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		g_autofree char *object =
		    money_source_object(db_column_text(stmt, MONEY_OWN_SOURCES_C_SOURCE));
		g_autofree char *state = money_source_state(db_column_text(stmt, MONEY_OWN_SOURCES_C_TITLE),
		    (int32_t)db_column_int(stmt, MONEY_OWN_SOURCES_C_VALID_FROM),
		    db_column_day(stmt, MONEY_OWN_SOURCES_C_VALID_TO),
		    db_column_text(stmt, MONEY_OWN_SOURCES_C_BASIS));

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}

static bool
walk_findings(const AppStates *states, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	const MoneyScope scope = {.db = states->db, .commune_id = states->commune_id, .arena = arena};

	if (!money_findings_of_plan(&scope, states->plan_id, findings, error))
		return false;
	for (guint i = 0; i < findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(findings, i);
		g_autofree char *object = money_finding_object(finding->finding_id);
		g_autofree char *state = money_finding_state(finding);

		if ((states->task_no == 0 || finding->task_no == states->task_no) &&
		    !app_state(states, object, state, error))
			return false;
	}
	return true;
}

bool
money_redact(const AppRedaction *redaction, GError **error)
{
	const AppStates states = app_states_to_redact(redaction);

	return redaction->plan_id == 0 || (APP_REDACT_RUN(redaction, MONEY_REDACT_ENTRIES, error) &&
					      APP_REDACT_RUN(redaction, MONEY_REDACT_CARRIES, error) &&
					      APP_REDACT_RUN(redaction, MONEY_REDACT_FINDINGS, error) &&
					      walk_entries(&states, error) && walk_findings(&states, error));
}

bool
money_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(db, commune_id, report);

	return walk_entries(&states, error) && verify_sources(db, commune_id, report, error) &&
	       walk_findings(&states, error);
}
