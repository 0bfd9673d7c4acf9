/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_change.h"

#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/agency/agency.h"
#include "modules/agency/agency.sql.h"
#include "modules/agency/agency_change_store.h"
#include "modules/agency/agency_check.h"
#include "modules/agency/agency_internal.h"
#include "storage/txn.h"

#include <string.h>

static const AgencyBasis NO_BASIS = {
    .day = AGENCY_SINCE_EVER, .decision = "", .decision_day = DATE_NONE, .note = ""};

AgencyData
agency_data_of(const AgencyVersion *version)
{
	return (AgencyData){.name = version->name,
	    .short_name = version->short_name,
	    .code = version->code,
	    .kind = version->kind,
	    .parent_id = version->parent_id,
	    .is_generic = version->is_generic,
	    .is_higher = version->is_higher};
}

/* Begins the transaction and reads what is there. */
static bool
open_edit(const AgencyScope *scope, AgencyEdit *edit, DbTxn **txn, GError **error)
{
	*edit = (AgencyEdit){.scope = scope};
	return db_txn_begin(scope->db, txn, error) &&
	       agency_book_read(scope->db, scope->commune_id, scope->arena, &edit->before, error);
}

static bool
close_edit(AgencyEdit *edit, DbTxn *txn, GError **error)
{
	return agency_edit_end(edit, error) && db_txn_commit(txn, error);
}

bool
agency_add(const AgencyScope *scope, const AgencyBasis *basis, const AgencyData *data, int64_t *ret_agency_id,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_auto(AgencyEdit) edit = {0};

	if (!open_edit(scope, &edit, &txn, error))
		return false;
	*ret_problem = edit.before.n_units >= AGENCY_UNITS_MAX
			   ? "Đã có quá nhiều đơn vị."
			   : agency_check_data(&edit.before, data, MAX(basis->day, scope->today), NULL);
	if (*ret_problem != NULL)
		return true;
	return agency_edit_begin(&edit, AGENCY_ADD, basis, error) &&
	       agency_edit_new_unit(&edit, basis->day, data, ret_agency_id, error) &&
	       close_edit(&edit, txn, error);
}

/* Gives the first day of the row that is written: a correction counts from where the wrong one did. */
static int32_t
first_day(const AgencyEdit *edit, int64_t agency_id, AgencyChangeKind kind, int32_t day)
{
	const AgencyVersion *at = agency_at(agency_find(&edit->before, agency_id), day);

	if (kind == AGENCY_RENAME)
		return day;
	return at != NULL ? at->valid_from : day;
}

static const char *
check_set(const AgencyEdit *edit, int64_t agency_id, AgencyChangeKind kind, const AgencyBasis *basis,
    const AgencyData *data)
{
	const AgencyUnit *unit = agency_find(&edit->before, agency_id);
	const AgencyVersion *at = agency_at(unit, basis->day);
	const char *problem = NULL;

	if (kind == AGENCY_RENAME)
		problem = agency_check_basis(basis);
	if (problem == NULL && kind == AGENCY_RENAME)
		problem = agency_check_alive(&edit->before, agency_id, basis->day);
	if (problem == NULL && (at == NULL || at->is_ended || unit->same_as != 0))
		problem = "Đơn vị này không có vào ngày đã ghi.";
	if (problem == NULL)
		problem = agency_check_data(&edit->before, data, basis->day, (const int64_t[]){agency_id, 0});
	return problem;
}

bool
agency_set(const AgencyScope *scope, int64_t agency_id, AgencyChangeKind kind, const AgencyBasis *basis,
    const AgencyData *data, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_auto(AgencyEdit) edit = {0};

	if (!open_edit(scope, &edit, &txn, error))
		return false;
	if (agency_find(&edit.before, agency_id) == NULL) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có đơn vị số %" G_GINT64_FORMAT, agency_id);
		return false;
	}
	*ret_problem = check_set(&edit, agency_id, kind, basis, data);
	if (*ret_problem != NULL)
		return true;
	return agency_edit_begin(&edit, kind, basis, error) &&
	       (kind == AGENCY_CONFIRM || agency_edit_settle(&edit, agency_id, error)) &&
	       agency_edit_version(
		   &edit, agency_id, first_day(&edit, agency_id, kind, basis->day), data, false, error) &&
	       close_edit(&edit, txn, error);
}

bool
agency_guess_kind(const AgencyScope *scope, const char *name, const char **ret_kind, GError **error)
{
	g_autofree char *folded = text_fold_vi(name);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_kind = "";
	if (!db_prepare(scope->db, &AGENCY_GUESS_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_GUESS_LIST_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		const char *begins;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		begins = db_column_text(stmt, AGENCY_GUESS_LIST_C_BEGINS);
		if (g_str_has_prefix(folded, begins) && !g_ascii_isalnum(folded[strlen(begins)])) {
			*ret_kind =
			    arena_strdup(scope->arena, db_column_text(stmt, AGENCY_GUESS_LIST_C_KIND));
			return true;
		}
	}
}

/* Inside the transaction: a row that nobody has confirmed, and its spelling. */
static bool
enter_row(const AgencyScope *scope, const char *name, int64_t *ret_agency_id, GError **error)
{
	const PlanAgency agency = {.name = (char *)(guintptr)name};
	const char *object;

	if (!agency_insert(scope->db, scope->commune_id, &agency, ret_agency_id, error) ||
	    !agency_learn_alias(scope->db, scope->commune_id, *ret_agency_id, name, error))
		return false;
	object = arena_printf(scope->arena, "agency/%" G_GINT64_FORMAT, *ret_agency_id);
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
	    &(LedgerNote){LEDGER_ADD, object, NULL, AGENCY_UNIT_UNCONFIRMED}, error);
}

bool
agency_enter_name(const AgencyScope *scope, const char *name, int64_t *ret_agency_id, GError **error)
{
	g_autofree char *key = agency_name_key(name);
	g_autoptr(DbTxn) txn = NULL;
	AgencyBook book;

	*ret_agency_id = 0;
	if (*key == '\0')
		return true;
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) ||
	    !agency_find_by_name(
		scope->db, scope->commune_id, &book, name, scope->today, ret_agency_id, error) ||
	    (*ret_agency_id == 0 &&
		!agency_find_alias(scope->db, scope->commune_id, key, ret_agency_id, error)) ||
	    (*ret_agency_id == 0 && !enter_row(scope, name, ret_agency_id, error)))
		return false;
	return db_txn_commit(txn, error);
}

static bool
confirm_one(AgencyEdit *edit, int64_t agency_id, const char **ret_problem, GError **error)
{
	const AgencyUnit *unit = agency_find(&edit->before, agency_id);
	AgencyData data;

	if (unit == NULL || unit->versions[0].version_no > 0 || unit->same_as != 0)
		return true;
	data = agency_data_of(&unit->versions[0]);
	if (data.is_higher)
		data.kind = "cap-tren";
	else if (!agency_guess_kind(edit->scope, data.name, &data.kind, error))
		return false;
	*ret_problem =
	    agency_check_data(&edit->before, &data, edit->scope->today, (const int64_t[]){agency_id, 0});
	return *ret_problem != NULL ||
	       agency_edit_version(edit, agency_id, AGENCY_SINCE_EVER, &data, false, error);
}

bool
agency_confirm_all(
    const AgencyScope *scope, const int64_t *agency_ids, size_t n, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_auto(AgencyEdit) edit = {0};

	*ret_problem = n == 0 ? "Hãy chọn ít nhất một đơn vị." : NULL;
	if (*ret_problem != NULL)
		return true;
	if (!open_edit(scope, &edit, &txn, error) ||
	    !agency_edit_begin(&edit, AGENCY_CONFIRM, &NO_BASIS, error))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!confirm_one(&edit, agency_ids[i], ret_problem, error))
			return false;
		if (*ret_problem != NULL)
			return true;
	}
	return close_edit(&edit, txn, error);
}

static bool
read_standard(const AgencyScope *scope, GArray *out, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &AGENCY_STANDARD_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_STANDARD_LIST_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		AgencyData row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		row = (AgencyData){
		    .name = arena_strdup(scope->arena, db_column_text(stmt, AGENCY_STANDARD_LIST_C_NAME)),
		    .short_name =
			arena_strdup(scope->arena, db_column_text(stmt, AGENCY_STANDARD_LIST_C_SHORT_NAME)),
		    .code = "",
		    .kind = arena_strdup(scope->arena, db_column_text(stmt, AGENCY_STANDARD_LIST_C_KIND)),
		};
		g_array_append_val(out, row);
	}
}

bool
agency_add_standard(const AgencyScope *scope, int64_t *ret_n, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(AgencyData));
	g_auto(AgencyEdit) edit = {0};

	*ret_problem = NULL;
	if (!open_edit(scope, &edit, &txn, error) || !read_standard(scope, rows, error) ||
	    !agency_edit_begin(&edit, AGENCY_ADD, &NO_BASIS, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const AgencyData *data = &g_array_index(rows, AgencyData, i);
		int64_t agency_id;

		if (!agency_find_by_name(scope->db, scope->commune_id, &edit.before, data->name, scope->today,
			&agency_id, error))
			return false;
		if (agency_id == 0 &&
		    !agency_edit_new_unit(&edit, AGENCY_SINCE_EVER, data, &agency_id, error))
			return false;
	}
	*ret_n = edit.touched->len;
	if (*ret_n == 0)
		*ret_problem = "Các đơn vị thường có đều đã có trong danh sách.";
	return *ret_n == 0 || close_edit(&edit, txn, error);
}
