/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"

/* Rows of higher plans, and what the ledger has of them. */

static bool
write_row(const LinkScope *scope, int64_t higher_id, const LinkHigherRow *row, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_PUT_HIGHER_ROW, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_HIGHER_ID, higher_id);
	db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_ROW_NO, row->row_no);
	db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_KIND, row->kind);
	db_bind_text(stmt, LINK_PUT_HIGHER_ROW_P_NO, row->no);
	db_bind_text(stmt, LINK_PUT_HIGHER_ROW_P_NAME, row->name);
	db_bind_text(stmt, LINK_PUT_HIGHER_ROW_P_AGENCY, row->agency);
	db_bind_text(stmt, LINK_PUT_HIGHER_ROW_P_DEADLINE, row->deadline);
	db_bind_text(stmt, LINK_PUT_HIGHER_ROW_P_UNIT, row->unit);
	db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_YEAR, row->year);
	db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_COMPARATOR, row->comparator);
	if (row->has_value)
		db_bind_int(stmt, LINK_PUT_HIGHER_ROW_P_VALUE_MICRO, row->value_micro);
	db_bind_text(stmt, LINK_PUT_HIGHER_ROW_P_RAW, row->raw);
	return db_run(stmt, error);
}

bool
link_higher_rows_read(const LinkScope *scope, int64_t higher_id, GArray *ret_rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &LINK_HIGHER_ROWS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_HIGHER_ROWS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_HIGHER_ROWS_P_HIGHER_ID, higher_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		LinkHigherRow row = {.row_no = db_column_int(stmt, LINK_HIGHER_ROWS_C_ROW_NO),
		    .kind = (LinkRowKind)CLAMP(
			db_column_int(stmt, LINK_HIGHER_ROWS_C_KIND), LINK_ROW_DUTY, LINK_ROW_TARGET),
		    .no = link_keep(scope, db_column_text(stmt, LINK_HIGHER_ROWS_C_NO)),
		    .name = link_keep(scope, db_column_text(stmt, LINK_HIGHER_ROWS_C_NAME)),
		    .agency = link_keep(scope, db_column_text(stmt, LINK_HIGHER_ROWS_C_AGENCY)),
		    .deadline = link_keep(scope, db_column_text(stmt, LINK_HIGHER_ROWS_C_DEADLINE)),
		    .unit = link_keep(scope, db_column_text(stmt, LINK_HIGHER_ROWS_C_UNIT)),
		    .year = (int)db_column_int(stmt, LINK_HIGHER_ROWS_C_YEAR),
		    .comparator = (int)db_column_int(stmt, LINK_HIGHER_ROWS_C_COMPARATOR),
		    .has_value = !db_column_is_null(stmt, LINK_HIGHER_ROWS_C_VALUE_MICRO),
		    .value_micro = db_column_int(stmt, LINK_HIGHER_ROWS_C_VALUE_MICRO),
		    .raw = link_keep(scope, db_column_text(stmt, LINK_HIGHER_ROWS_C_RAW))};

		g_array_append_val(ret_rows, row);
	}
	return !has_row;
}

static bool
write_higher(const LinkScope *scope, const LinkHigher *higher, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_PUT_HIGHER, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PUT_HIGHER_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PUT_HIGHER_P_HIGHER_ID, higher->higher_id);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_SHA256, higher->sha256);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_FILE_NAME, higher->file_name);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_NUMBER, higher->number);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_TYPE, higher->type);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_ISSUER, higher->issuer);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_TITLE, higher->title);
	db_bind_text(stmt, LINK_PUT_HIGHER_P_ISSUED_ON, higher->issued_on);
	db_bind_int(stmt, LINK_PUT_HIGHER_P_DUTY_COUNT, higher->n_duties);
	db_bind_int(stmt, LINK_PUT_HIGHER_P_TARGET_COUNT, higher->n_targets);
	db_bind_int(stmt, LINK_PUT_HIGHER_P_IS_REMOVED, higher->is_removed);
	db_bind_int(stmt, LINK_PUT_HIGHER_P_AT_US, scope->now_us);
	return db_run(stmt, error);
}

/* Appends all (LinkHigher *), oldest first, also those that were removed. */
static bool
read_highers(const LinkScope *scope, GPtrArray *highers, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &LINK_HIGHERS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_HIGHERS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		LinkHigher *higher = arena_new0(scope->arena, LinkHigher);

		*higher = (LinkHigher){.higher_id = db_column_int(stmt, LINK_HIGHERS_C_HIGHER_ID),
		    .sha256 = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_SHA256)),
		    .file_name = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_FILE_NAME)),
		    .number = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_NUMBER)),
		    .type = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_TYPE)),
		    .issuer = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_ISSUER)),
		    .title = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_TITLE)),
		    .issued_on = link_keep(scope, db_column_text(stmt, LINK_HIGHERS_C_ISSUED_ON)),
		    .n_duties = db_column_int(stmt, LINK_HIGHERS_C_DUTY_COUNT),
		    .n_targets = db_column_int(stmt, LINK_HIGHERS_C_TARGET_COUNT),
		    .is_removed = db_column_int(stmt, LINK_HIGHERS_C_IS_REMOVED) != 0};
		g_ptr_array_add(highers, higher);
	}
	return !has_row;
}

bool
link_highers(const LinkScope *scope, GPtrArray *ret_highers, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!read_highers(scope, all, error))
		return false;
	for (guint i = all->len; i > 0; i--)
		if (!((const LinkHigher *)g_ptr_array_index(all, i - 1))->is_removed)
			g_ptr_array_add(ret_highers, g_ptr_array_index(all, i - 1));
	return true;
}

bool
link_higher_find(const LinkScope *scope, int64_t higher_id, LinkHigher *ret_higher, GError **error)
{
	g_autoptr(GPtrArray) highers = g_ptr_array_new();

	if (!link_highers(scope, highers, error))
		return false;
	for (guint i = 0; i < highers->len; i++) {
		const LinkHigher *higher = g_ptr_array_index(highers, i);

		if (higher->higher_id != higher_id)
			continue;
		*ret_higher = *higher;
		return true;
	}
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có kế hoạch cấp trên này");
	return false;
}

/* --- the ledger ------------------------------------------------------------------------------------------
 */

/* A hash over all that was read, so that no row can be changed unseen. */
static char *
rows_hash(const GArray *rows)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < rows->len; i++) {
		const LinkHigherRow *row = &g_array_index(rows, LinkHigherRow, i);

		g_string_append_printf(text, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%d\t%" G_GINT64_FORMAT "\t%s\n",
		    row->kind, row->no != NULL ? row->no : "", row->name, row->agency, row->deadline,
		    row->unit != NULL ? row->unit : "", row->year, row->comparator,
		    row->has_value ? row->value_micro : -1, row->raw);
	}
	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

static char *
higher_state(const LinkHigher *higher, const GArray *rows)
{
	g_autofree char *hash = rows_hash(rows);
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "file", higher->file_name);
	json_key_string(&json, "sha256", higher->sha256);
	json_key_string(&json, "number", higher->number);
	json_key_string(&json, "issuer", higher->issuer);
	json_key_string(&json, "title", higher->title);
	json_key_int(&json, "duties", higher->n_duties);
	json_key_int(&json, "targets", higher->n_targets);
	json_key_string(&json, "rows", hash);
	json_key_int(&json, "removed", higher->is_removed);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
note_higher(const LinkScope *scope, const LinkHigher *higher, const GArray *rows, GError **error)
{
	g_autofree char *object = g_strdup_printf("link-higher/%" G_GINT64_FORMAT, higher->higher_id);
	g_autofree char *state = higher_state(higher, rows);

	return link_note(scope, object, state, error);
}

bool
link_higher_insert(const LinkScope *scope, LinkHigher *higher, const GArray *rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &LINK_NEXT_HIGHER, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_NEXT_HIGHER_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	higher->higher_id = has_row ? db_column_int(stmt, LINK_NEXT_HIGHER_C_HIGHER_ID) : 1;
	if (!write_higher(scope, higher, error))
		return false;
	for (guint i = 0; i < rows->len; i++)
		if (!write_row(scope, higher->higher_id, &g_array_index(rows, LinkHigherRow, i), error))
			return false;
	return note_higher(scope, higher, rows, error);
}

bool
link_higher_update(const LinkScope *scope, const LinkHigher *higher, const GArray *rows, GError **error)
{
	return write_higher(scope, higher, error) && note_higher(scope, higher, rows, error);
}

bool
link_verify_matches(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(LinkMatch));
	g_autoptr(Arena) arena = arena_new();
	const LinkScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	if (!link_matches_read(&scope, 0, matches, error))
		return false;
	for (guint i = 0; i < matches->len; i++) {
		const LinkMatch *match = &g_array_index(matches, LinkMatch, i);
		g_autofree char *object = link_match_object(match), *state = link_match_state(match->state);

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return true;
}

bool
link_walk_highers(const AppStates *states, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) highers = g_ptr_array_new();
	const LinkScope scope = {.db = states->db, .commune_id = states->commune_id, .arena = arena};

	if (!read_highers(&scope, highers, error))
		return false;
	for (guint i = 0; i < highers->len; i++) {
		const LinkHigher *higher = g_ptr_array_index(highers, i);
		g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));
		g_autofree char *object = g_strdup_printf("link-higher/%" G_GINT64_FORMAT, higher->higher_id);
		g_autofree char *state = NULL;

		if (!link_higher_rows_read(&scope, higher->higher_id, rows, error))
			return false;
		state = higher_state(higher, rows);
		if (!app_state(states, object, state, error))
			return false;
	}
	return true;
}
