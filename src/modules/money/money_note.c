/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "modules/money/money.sql.h"
#include "modules/money/money_internal.h"

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

char *
money_entry_state(const MoneyEntry *entry)
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
	return (MoneyEntry){.plan_id = db_column_int(stmt, MONEY_ALL_ENTRIES_C_PLAN_ID),
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

static bool
verify_entries(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &MONEY_ALL_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_ALL_ENTRIES_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const MoneyEntry entry = read_entry(stmt);
		g_autofree char *object =
		    money_entry_object(db_column_int(stmt, MONEY_ALL_ENTRIES_C_ENTRY_ID));
		g_autofree char *state = money_entry_state(&entry);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
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
		    db_column_is_null(stmt, MONEY_OWN_SOURCES_C_VALID_TO)
			? DATE_NONE
			: (int32_t)db_column_int(stmt, MONEY_OWN_SOURCES_C_VALID_TO),
		    db_column_text(stmt, MONEY_OWN_SOURCES_C_BASIS));

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}

static bool
verify_findings(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	const MoneyScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	if (!money_findings_of_plan(&scope, 0, findings, error))
		return false;
	for (guint i = 0; i < findings->len; i++) {
		const MoneyFinding *finding = g_ptr_array_index(findings, i);
		g_autofree char *object = money_finding_object(finding->finding_id);
		g_autofree char *state = money_finding_state(finding);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return true;
}

bool
money_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	return verify_entries(db, commune_id, report, error) &&
	       verify_sources(db, commune_id, report, error) &&
	       verify_findings(db, commune_id, report, error);
}
