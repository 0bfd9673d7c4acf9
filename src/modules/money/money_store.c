/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/money/money.sql.h"
#include "modules/money/money_internal.h"

G_STATIC_ASSERT((int)MONEY_FIND_C_CORRECTED_BY == (int)MONEY_OF_TASK_C_CORRECTED_BY);

const char *const MONEY_KIND_TITLES[MONEY_KIND_MAX] = {
    [MONEY_ESTIMATE] = "Dự toán", [MONEY_ALLOCATION] = "Phân bổ", [MONEY_DISBURSEMENT] = "Giải ngân"};
const char *const MONEY_KIND_WORDS[MONEY_KIND_MAX + 1] = {"tat-ca", "du-toan", "phan-bo", "giai-ngan", NULL};

bool
money_sources(const MoneyScope *scope, int32_t day, GPtrArray *ret_sources, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &MONEY_SOURCES, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_SOURCES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_SOURCES_P_DAY, day);
	while (db_step(stmt, &has_row, error) && has_row) {
		MoneySource *source = arena_new0(scope->arena, MoneySource);

		source->source = arena_strdup(scope->arena, db_column_text(stmt, MONEY_SOURCES_C_SOURCE));
		source->title = arena_strdup(scope->arena, db_column_text(stmt, MONEY_SOURCES_C_TITLE));
		source->basis = arena_strdup(scope->arena, db_column_text(stmt, MONEY_SOURCES_C_BASIS));
		g_ptr_array_add(ret_sources, source);
	}
	return !has_row;
}

static const char *
column_text(const MoneyScope *scope, const DbStmt *stmt, int column)
{
	return arena_strdup(scope->arena, db_column_text(stmt, column));
}

static void
read_entry(const MoneyScope *scope, const DbStmt *stmt, MoneyEntry *ret_entry)
{
	*ret_entry = (MoneyEntry){
	    .entry_id = db_column_int(stmt, MONEY_FIND_C_ENTRY_ID),
	    .plan_id = db_column_int(stmt, MONEY_FIND_C_PLAN_ID),
	    .task_no = db_column_int(stmt, MONEY_FIND_C_TASK_NO),
	    .kind =
		(MoneyKind)CLAMP(db_column_int(stmt, MONEY_FIND_C_KIND), MONEY_ESTIMATE, MONEY_DISBURSEMENT),
	    .source = column_text(scope, stmt, MONEY_FIND_C_SOURCE),
	    .year = (int)db_column_int(stmt, MONEY_FIND_C_YEAR),
	    .agency_id = db_column_int(stmt, MONEY_FIND_C_AGENCY_ID),
	    .agency = column_text(scope, stmt, MONEY_FIND_C_AGENCY),
	    .amount = db_column_int(stmt, MONEY_FIND_C_AMOUNT),
	    .day = (int32_t)db_column_int(stmt, MONEY_FIND_C_DAY),
	    .doc_number = column_text(scope, stmt, MONEY_FIND_C_DOC_NUMBER),
	    .note = column_text(scope, stmt, MONEY_FIND_C_NOTE),
	    .corrects_id = db_column_int(stmt, MONEY_FIND_C_CORRECTS_ID),
	    .corrected_by = db_column_int(stmt, MONEY_FIND_C_CORRECTED_BY),
	    .name = column_text(scope, stmt, MONEY_FIND_C_NAME),
	    .at_us = db_column_int(stmt, MONEY_FIND_C_AT_US),
	};
}

bool
money_find(const MoneyScope *scope, int64_t entry_id, MoneyEntry *ret_entry, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &MONEY_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_FIND_P_ENTRY_ID, entry_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row) {
		read_entry(scope, stmt, ret_entry);
		return true;
	}
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có khoản số %" G_GINT64_FORMAT, entry_id);
	return false;
}

bool
money_of_task(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_entries, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &MONEY_OF_TASK, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_OF_TASK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_OF_TASK_P_PLAN_ID, plan_id);
	db_bind_int(stmt, MONEY_OF_TASK_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		MoneyEntry *entry = arena_new0(scope->arena, MoneyEntry);

		read_entry(scope, stmt, entry);
		g_ptr_array_add(ret_entries, entry);
	}
	return !has_row;
}

bool
money_insert(const MoneyScope *scope, const MoneyEntry *entry, int64_t *ret_entry_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &MONEY_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_INSERT_P_PLAN_ID, entry->plan_id);
	db_bind_int(stmt, MONEY_INSERT_P_TASK_NO, entry->task_no);
	db_bind_int(stmt, MONEY_INSERT_P_KIND, entry->kind);
	db_bind_text(stmt, MONEY_INSERT_P_SOURCE, entry->source);
	db_bind_int(stmt, MONEY_INSERT_P_YEAR, entry->year);
	db_bind_int(stmt, MONEY_INSERT_P_AGENCY_ID, entry->agency_id);
	db_bind_int(stmt, MONEY_INSERT_P_AMOUNT, entry->amount);
	db_bind_int(stmt, MONEY_INSERT_P_DAY, entry->day);
	db_bind_text(stmt, MONEY_INSERT_P_DOC_NUMBER, entry->doc_number);
	db_bind_text(stmt, MONEY_INSERT_P_NOTE, entry->note);
	if (entry->corrects_id > 0)
		db_bind_int(stmt, MONEY_INSERT_P_CORRECTS_ID, entry->corrects_id);
	db_bind_int(stmt, MONEY_INSERT_P_PERSON_ID, scope->actor.person_id);
	db_bind_text(stmt, MONEY_INSERT_P_NAME, scope->actor.name);
	db_bind_int(stmt, MONEY_INSERT_P_AT_US, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_entry_id = has_row ? db_column_int(stmt, MONEY_INSERT_C_ENTRY_ID) : 0;
	return true;
}

static bool
is_same_place(const MoneyTotal *total, const DbStmt *stmt)
{
	return total != NULL && total->plan_id == db_column_int(stmt, MONEY_TOTALS_C_PLAN_ID) &&
	       total->task_no == db_column_int(stmt, MONEY_TOTALS_C_TASK_NO) &&
	       total->agency_id == db_column_int(stmt, MONEY_TOTALS_C_AGENCY_ID) &&
	       total->year == (int)db_column_int(stmt, MONEY_TOTALS_C_YEAR) &&
	       g_strcmp0(total->source, db_column_text(stmt, MONEY_TOTALS_C_SOURCE)) == 0;
}

static MoneyTotal *
begin_total(const MoneyScope *scope, const DbStmt *stmt)
{
	MoneyTotal *total = arena_new0(scope->arena, MoneyTotal);

	total->plan_id = db_column_int(stmt, MONEY_TOTALS_C_PLAN_ID);
	total->task_no = db_column_int(stmt, MONEY_TOTALS_C_TASK_NO);
	total->agency_id = db_column_int(stmt, MONEY_TOTALS_C_AGENCY_ID);
	total->year = (int)db_column_int(stmt, MONEY_TOTALS_C_YEAR);
	total->source = column_text(scope, stmt, MONEY_TOTALS_C_SOURCE);
	total->last_disbursed = DATE_NONE;
	return total;
}

static bool
prepare_totals(const MoneyScope *scope, const MoneyFilter *filter, DbStmt **ret_stmt, GError **error)
{
	if (!db_prepare(scope->db, &MONEY_TOTALS, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, MONEY_TOTALS_P_COMMUNE_ID, scope->commune_id);
	if (filter->plan_id > 0)
		db_bind_int(*ret_stmt, MONEY_TOTALS_P_PLAN_ID, filter->plan_id);
	if (filter->task_no > 0)
		db_bind_int(*ret_stmt, MONEY_TOTALS_P_TASK_NO, filter->task_no);
	if (filter->agency_id > 0)
		db_bind_int(*ret_stmt, MONEY_TOTALS_P_AGENCY_ID, filter->agency_id);
	if (filter->year > 0)
		db_bind_int(*ret_stmt, MONEY_TOTALS_P_YEAR, filter->year);
	if (filter->source != NULL)
		db_bind_text(*ret_stmt, MONEY_TOTALS_P_SOURCE, filter->source);
	return true;
}

bool
money_totals(const MoneyScope *scope, const MoneyFilter *filter, GPtrArray *ret_totals, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	MoneyTotal *total = NULL;
	bool has_row = true;

	if (!prepare_totals(scope, filter, &stmt, error))
		return false;
	while (db_step(stmt, &has_row, error) && has_row) {
		int kind =
		    (int)CLAMP(db_column_int(stmt, MONEY_TOTALS_C_KIND), MONEY_ESTIMATE, MONEY_DISBURSEMENT);

		if (!is_same_place(total, stmt)) {
			total = begin_total(scope, stmt);
			g_ptr_array_add(ret_totals, total);
		}
		total->amounts[kind] += db_column_int(stmt, MONEY_TOTALS_C_TOTAL);
		if (kind == MONEY_DISBURSEMENT)
			total->last_disbursed = (int32_t)db_column_int(stmt, MONEY_TOTALS_C_LAST_DAY);
	}
	return !has_row;
}

void
money_total_add(MoneyTotal *sum, const MoneyTotal *total)
{
	for (int kind = MONEY_ESTIMATE; kind < MONEY_KIND_MAX; kind++)
		sum->amounts[kind] += total->amounts[kind];
	sum->last_disbursed = MAX(sum->last_disbursed, total->last_disbursed);
}

const char *
money_text(Arena *arena, int64_t amount)
{
	g_autoptr(GString) out = g_string_new(NULL);

	money_amount_append(out, amount);
	return arena_printf(arena, "%s đồng", out->str);
}

int
money_percent(int64_t part, int64_t whole)
{
	/* Amounts are at most 10^15 each, so a hundred times their sum over ten thousand tasks still fits. */
	return whole > 0 ? (int)MIN(part / whole * 100 + part % whole * 100 / whole, G_MAXINT) : -1;
}
