/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_change_store.h"

#include "base/date.h"
#include "modules/agency/agency.sql.h"
#include "modules/agency/agency_internal.h"

static bool
note(const AgencyScope *scope, LedgerAction action, const char *object, const char *before, const char *after,
    GError **error)
{
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
	    &(LedgerNote){action, object, before, after}, error);
}

bool
agency_kind_store(const AgencyScope *scope, const AgencyKind *kind, GError **error)
{
	g_autofree char *object = g_strconcat("agency-kind/", kind->kind, NULL);
	g_autofree char *state = agency_kind_state(kind);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &AGENCY_KIND_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_KIND_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, AGENCY_KIND_INSERT_P_KIND, kind->kind);
	db_bind_text(stmt, AGENCY_KIND_INSERT_P_NAME, kind->name);
	db_bind_int(stmt, AGENCY_KIND_INSERT_P_BY_STATE, kind->is_given_by_state);
	db_bind_int(stmt, AGENCY_KIND_INSERT_P_BY_PARTY, kind->is_given_by_party);
	db_bind_int(stmt, AGENCY_KIND_INSERT_P_POSITION, kind->position);
	db_bind_int(stmt, AGENCY_KIND_INSERT_P_VALID_FROM, kind->valid_from);
	db_bind_text(stmt, AGENCY_KIND_INSERT_P_SOURCE, kind->source);
	return db_run(stmt, error) && note(scope, LEDGER_ADD, object, NULL, state, error);
}

bool
agency_kinds_own(const AgencyScope *scope, const AgencyBook *book, GError **error)
{
	for (size_t i = 0; i < book->n_kinds; i++)
		if (!book->kinds[i].is_stored && !agency_kind_store(scope, &book->kinds[i], error))
			return false;
	return true;
}

bool
agency_kind_put_end(
    const AgencyScope *scope, const AgencyKind *before, const AgencyKind *after, GError **error)
{
	g_autofree char *object = g_strconcat("agency-kind/", after->kind, NULL);
	g_autofree char *was = agency_kind_state(before), *is = agency_kind_state(after);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &AGENCY_KIND_END, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_KIND_END_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, AGENCY_KIND_END_P_KIND, after->kind);
	db_bind_int(stmt, AGENCY_KIND_END_P_VALID_TO, after->valid_to);
	db_bind_text(stmt, AGENCY_KIND_END_P_SOURCE, after->source);
	return db_run(stmt, error) && note(scope, LEDGER_CHANGE, object, was, is, error);
}

static bool
insert_change(AgencyEdit *edit, AgencyChangeKind kind, const AgencyBasis *basis, GError **error)
{
	const AgencyScope *scope = edit->scope;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &AGENCY_CHANGE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_CHANGE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_CHANGE_INSERT_P_KIND, kind);
	db_bind_int(stmt, AGENCY_CHANGE_INSERT_P_DAY, basis->day);
	db_bind_text(stmt, AGENCY_CHANGE_INSERT_P_DECISION, basis->decision);
	if (basis->decision_day != DATE_NONE)
		db_bind_int(stmt, AGENCY_CHANGE_INSERT_P_DECISION_DAY, basis->decision_day);
	db_bind_text(stmt, AGENCY_CHANGE_INSERT_P_NOTE, basis->note);
	db_bind_int(stmt, AGENCY_CHANGE_INSERT_P_AT_US, scope->now_us);
	db_bind_text(stmt, AGENCY_CHANGE_INSERT_P_ACTOR,
	    scope->actor.name != NULL ? scope->actor.name : LEDGER_NOBODY);
	if (!db_step(stmt, &has_row, error))
		return false;
	edit->change_no = db_column_int(stmt, AGENCY_CHANGE_INSERT_C_CHANGE_NO);
	return true;
}

bool
agency_edit_begin(AgencyEdit *edit, AgencyChangeKind kind, const AgencyBasis *basis, GError **error)
{
	edit->touched = g_array_new(FALSE, FALSE, sizeof(int64_t));
	return agency_kinds_own(edit->scope, &edit->before, error) && insert_change(edit, kind, basis, error);
}

static void
touch(AgencyEdit *edit, int64_t agency_id)
{
	for (guint i = 0; i < edit->touched->len; i++)
		if (g_array_index(edit->touched, int64_t, i) == agency_id)
			return;
	g_array_append_val(edit->touched, agency_id);
}

bool
agency_edit_version(
    AgencyEdit *edit, int64_t agency_id, int32_t day, const AgencyData *data, bool is_ended, GError **error)
{
	const AgencyScope *scope = edit->scope;
	g_autoptr(DbStmt) stmt = NULL;

	touch(edit, agency_id);
	if (!db_prepare(scope->db, &AGENCY_VERSION_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_AGENCY_ID, agency_id);
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_CHANGE_NO, edit->change_no);
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_VALID_FROM, day);
	db_bind_text(stmt, AGENCY_VERSION_INSERT_P_NAME, data->name);
	db_bind_text(stmt, AGENCY_VERSION_INSERT_P_SHORT_NAME, data->short_name);
	db_bind_text(stmt, AGENCY_VERSION_INSERT_P_CODE, data->code);
	db_bind_text(stmt, AGENCY_VERSION_INSERT_P_KIND, data->kind);
	if (data->parent_id != 0)
		db_bind_int(stmt, AGENCY_VERSION_INSERT_P_PARENT_ID, data->parent_id);
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_IS_GENERIC, data->is_generic);
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_IS_HIGHER, data->is_higher);
	db_bind_int(stmt, AGENCY_VERSION_INSERT_P_IS_ENDED, is_ended);
	return db_run(stmt, error) &&
	       agency_learn_alias(scope->db, scope->commune_id, agency_id, data->name, error);
}

bool
agency_edit_settle(AgencyEdit *edit, int64_t agency_id, GError **error)
{
	const AgencyUnit *unit = agency_find(&edit->before, agency_id);
	AgencyData data;

	if (unit == NULL || unit->versions[0].version_no > 0)
		return true;
	data = agency_data_of(&unit->versions[0]);
	return agency_edit_version(edit, agency_id, AGENCY_SINCE_EVER, &data, false, error);
}

bool
agency_edit_link(AgencyEdit *edit, int64_t old_id, int64_t new_id, bool is_same, GError **error)
{
	const AgencyScope *scope = edit->scope;
	g_autoptr(DbStmt) stmt = NULL;

	touch(edit, old_id);
	if (!db_prepare(scope->db, &AGENCY_LINK_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_LINK_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_LINK_INSERT_P_CHANGE_NO, edit->change_no);
	db_bind_int(stmt, AGENCY_LINK_INSERT_P_OLD_ID, old_id);
	db_bind_int(stmt, AGENCY_LINK_INSERT_P_NEW_ID, new_id);
	db_bind_int(stmt, AGENCY_LINK_INSERT_P_IS_SAME, is_same);
	return db_run(stmt, error);
}

bool
agency_edit_new_unit(
    AgencyEdit *edit, int32_t day, const AgencyData *data, int64_t *ret_agency_id, GError **error)
{
	const PlanAgency agency = {.name = (char *)(guintptr)data->name,
	    .is_generic = data->is_generic,
	    .is_higher = data->is_higher};

	return agency_insert(edit->scope->db, edit->scope->commune_id, &agency, ret_agency_id, error) &&
	       agency_edit_version(edit, *ret_agency_id, day, data, false, error);
}

bool
agency_edit_undo(AgencyEdit *edit, int64_t change_no, GError **error)
{
	const AgencyScope *scope = edit->scope;
	const AgencyChange *change = agency_change_find(&edit->before, change_no);
	AgencyChange after = *change;
	g_autofree char *object = g_strdup_printf("agency-change/%" G_GINT64_FORMAT, change_no);
	g_autofree char *old_state = agency_change_state(change), *new_state = NULL;
	g_autoptr(GArray) touches = g_array_new(FALSE, FALSE, sizeof(AgencyTouch));
	g_autoptr(DbStmt) stmt = NULL;

	after.undone_by = edit->change_no;
	new_state = agency_change_state(&after);
	if (!agency_read_touches(scope, touches, error) ||
	    !db_prepare(scope->db, &AGENCY_CHANGE_UNDO, &stmt, error))
		return false;
	for (guint i = 0; i < touches->len; i++)
		if (g_array_index(touches, AgencyTouch, i).change_no == change_no)
			touch(edit, g_array_index(touches, AgencyTouch, i).agency_id);
	db_bind_int(stmt, AGENCY_CHANGE_UNDO_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_CHANGE_UNDO_P_CHANGE_NO, change_no);
	db_bind_int(stmt, AGENCY_CHANGE_UNDO_P_UNDONE_BY, edit->change_no);
	return db_run(stmt, error) && note(scope, LEDGER_CHANGE, object, old_state, new_state, error);
}

static bool
note_unit(const AgencyEdit *edit, const AgencyBook *after, int64_t agency_id, GError **error)
{
	g_autofree char *object = g_strdup_printf("agency/%" G_GINT64_FORMAT, agency_id);
	const AgencyUnit *was = agency_find(&edit->before, agency_id), *is = agency_find(after, agency_id);
	g_autofree char *before = was != NULL ? agency_unit_state(&edit->before, was) : NULL;
	g_autofree char *state = agency_unit_state(after, is);

	if (g_strcmp0(before, state) == 0)
		return true;
	return note(edit->scope, was != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, before, state, error);
}

bool
agency_edit_end(AgencyEdit *edit, GError **error)
{
	const AgencyScope *scope = edit->scope;
	g_autofree char *object = g_strdup_printf("agency-change/%" G_GINT64_FORMAT, edit->change_no);
	g_autofree char *state = NULL;
	AgencyBook after;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &after, error))
		return false;
	state = agency_change_state(agency_change_find(&after, edit->change_no));
	if (!note(scope, LEDGER_ADD, object, NULL, state, error))
		return false;
	for (guint i = 0; i < edit->touched->len; i++)
		if (!note_unit(edit, &after, g_array_index(edit->touched, int64_t, i), error))
			return false;
	return true;
}

void
agency_edit_clear(AgencyEdit *edit)
{
	g_clear_pointer(&edit->touched, g_array_unref);
}

bool
agency_read_touches(const AgencyScope *scope, GArray *touches, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &AGENCY_CHANGE_UNITS, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_CHANGE_UNITS_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		AgencyTouch row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		row = (AgencyTouch){db_column_int(stmt, AGENCY_CHANGE_UNITS_C_CHANGE_NO),
		    db_column_int(stmt, AGENCY_CHANGE_UNITS_C_AGENCY_ID)};
		g_array_append_val(touches, row);
	}
}
