/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_succession.h"

#include "base/app-error.h"
#include "base/json.h"
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_redact.h"

#include <string.h>

const char *const PLAN_SUCCESSION_TITLES[PLAN_SUCCESSION_MAX] = {
    [PLAN_SUCCESSION_REPLACE] = "Thay thế",
    [PLAN_SUCCESSION_AMEND] = "Sửa đổi, bổ sung",
    [PLAN_SUCCESSION_VERSION] = "Bản mới của cùng kế hoạch",
};

const char *const PLAN_SUCCESSION_WORDS[PLAN_SUCCESSION_MAX] = {
    [PLAN_SUCCESSION_REPLACE] = "thay-the",
    [PLAN_SUCCESSION_AMEND] = "sua-doi",
    [PLAN_SUCCESSION_VERSION] = "ban-moi",
};

const char *const PLAN_LINE_WHAT_TITLES[PLAN_LINE_WHAT_MAX] = {
    [PLAN_LINE_INDICATOR] = "Chỉ tiêu",
    [PLAN_LINE_TASK] = "Nhiệm vụ",
};

const char *const PLAN_LINE_CHANGE_TITLES[PLAN_LINE_CHANGE_MAX] = {
    [PLAN_LINE_SAME] = "Giữ nguyên",
    [PLAN_LINE_MOVED] = "Đổi số hoặc vị trí",
    [PLAN_LINE_CHANGED] = "Thay đổi",
    [PLAN_LINE_ADDED] = "Mới",
    [PLAN_LINE_REMOVED] = "Không còn",
};

const char *const PLAN_LINE_CHANGE_WORDS[PLAN_LINE_CHANGE_MAX] = {
    [PLAN_LINE_SAME] = "giu-nguyen",
    [PLAN_LINE_MOVED] = "doi-vi-tri",
    [PLAN_LINE_CHANGED] = "thay-doi",
    [PLAN_LINE_ADDED] = "moi",
    [PLAN_LINE_REMOVED] = "khong-con",
};

const char *const PLAN_LINE_CHANGE_LOOKS[PLAN_LINE_CHANGE_MAX] = {
    [PLAN_LINE_SAME] = "idle",
    [PLAN_LINE_MOVED] = "idle",
    [PLAN_LINE_CHANGED] = "soon",
    [PLAN_LINE_ADDED] = "run",
    [PLAN_LINE_REMOVED] = "late",
};

static char *
object_of(int64_t succession_no)
{
	return g_strdup_printf("plan-succession/%" G_GINT64_FORMAT, succession_no);
}

static void
put_field(JsonWriter *json, const PlanLineField *field)
{
	json_begin_object(json);
	json_key_string(json, "field", field->field);
	json_key_string(json, "title", field->title);
	if (field->year != 0)
		json_key_int(json, "year", field->year);
	json_key_string(json, "from", field->old_text);
	json_key_string(json, "to", field->new_text);
	json_end_object(json);
}

static void
put_line(JsonWriter *json, const PlanLine *line)
{
	json_begin_object(json);
	json_key_int(json, "what", line->what);
	json_key_int(json, "old", line->old_no);
	json_key_int(json, "new", line->new_no);
	json_key_string(json, "change", PLAN_LINE_CHANGE_WORDS[line->change]);
	json_key(json, "fields");
	json_begin_array(json);
	for (size_t i = 0; i < line->n_fields; i++)
		put_field(json, &line->fields[i]);
	json_end_array(json);
	json_end_object(json);
}

/* The lines stand in the ledger by their hash: they are long, and never change. */
static char *
hash_lines(const GPtrArray *lines)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_array(&json);
	for (guint i = 0; i < lines->len; i++)
		put_line(&json, g_ptr_array_index(lines, i));
	json_end_array(&json);
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)out->str, out->len);
}

static char *
state_of(const PlanSuccession *succession, const GPtrArray *lines)
{
	g_autofree char *sha256 = hash_lines(lines);
	GString *out = g_string_new(NULL);
	char day[DATE_ISO_SIZE];
	JsonWriter json;

	date_format_iso(succession->from_day, day);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "old_plan", succession->old_plan_id);
	json_key_int(&json, "new_plan", succession->new_plan_id);
	json_key_string(&json, "kind", PLAN_SUCCESSION_TITLES[succession->kind]);
	json_key_string(&json, "from", day);
	json_key_int(&json, "at_us", succession->at_us);
	json_key_string(&json, "by", succession->name);
	json_key_int(&json, "lines", lines->len);
	json_key_string(&json, "lines_sha256", sha256);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
insert_succession(const PlanScope *scope, PlanSuccession *succession, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &PLAN_SUCCESSION_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_SUCCESSION_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_SUCCESSION_INSERT_P_OLD_PLAN_ID, succession->old_plan_id);
	db_bind_int(stmt, PLAN_SUCCESSION_INSERT_P_NEW_PLAN_ID, succession->new_plan_id);
	db_bind_int(stmt, PLAN_SUCCESSION_INSERT_P_KIND, succession->kind);
	db_bind_int(stmt, PLAN_SUCCESSION_INSERT_P_FROM_DAY, succession->from_day);
	db_bind_int(stmt, PLAN_SUCCESSION_INSERT_P_AT_US, succession->at_us);
	db_bind_text(stmt, PLAN_SUCCESSION_INSERT_P_NAME, succession->name);
	if (!db_step(stmt, &has_row, error))
		return false;
	succession->succession_no = db_column_int(stmt, PLAN_SUCCESSION_INSERT_C_SUCCESSION_NO);
	return true;
}

static bool
insert_fields(
    const PlanScope *scope, int64_t succession_no, int64_t line_no, const PlanLine *line, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (line->n_fields == 0)
		return true;
	if (!db_prepare(scope->db, &PLAN_LINE_FIELD_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_LINE_FIELD_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_LINE_FIELD_INSERT_P_SUCCESSION_NO, succession_no);
	db_bind_int(stmt, PLAN_LINE_FIELD_INSERT_P_LINE_NO, line_no);
	for (size_t i = 0; i < line->n_fields; i++) {
		const PlanLineField *field = &line->fields[i];

		db_bind_int(stmt, PLAN_LINE_FIELD_INSERT_P_FIELD_NO, (int64_t)i + 1);
		db_bind_text(stmt, PLAN_LINE_FIELD_INSERT_P_FIELD, field->field);
		db_bind_text(stmt, PLAN_LINE_FIELD_INSERT_P_TITLE, field->title);
		db_bind_int(stmt, PLAN_LINE_FIELD_INSERT_P_YEAR, field->year);
		db_bind_text(stmt, PLAN_LINE_FIELD_INSERT_P_OLD_TEXT, field->old_text);
		db_bind_text(stmt, PLAN_LINE_FIELD_INSERT_P_NEW_TEXT, field->new_text);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
insert_lines(const PlanScope *scope, int64_t succession_no, const GPtrArray *lines, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PLAN_LINE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_LINE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_LINE_INSERT_P_SUCCESSION_NO, succession_no);
	for (guint i = 0; i < lines->len; i++) {
		const PlanLine *line = g_ptr_array_index(lines, i);

		db_bind_int(stmt, PLAN_LINE_INSERT_P_LINE_NO, (int64_t)i + 1);
		db_bind_int(stmt, PLAN_LINE_INSERT_P_WHAT, line->what);
		db_bind_int(stmt, PLAN_LINE_INSERT_P_OLD_NO, line->old_no);
		db_bind_int(stmt, PLAN_LINE_INSERT_P_NEW_NO, line->new_no);
		db_bind_int(stmt, PLAN_LINE_INSERT_P_CHANGE, line->change);
		if (!db_run(stmt, error) || !insert_fields(scope, succession_no, (int64_t)i + 1, line, error))
			return false;
	}
	return true;
}

static bool
supersede(const PlanScope *scope, const PlanSuccession *succession, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (succession->kind == PLAN_SUCCESSION_AMEND)
		return true;
	if (!db_prepare(scope->db, &PLAN_SUPERSEDE, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_SUPERSEDE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_SUPERSEDE_P_PLAN_ID, succession->old_plan_id);
	return db_run(stmt, error);
}

static bool
check_free(const PlanScope *scope, const PlanSuccession *wanted, GError **error)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();

	if (!plan_succession_list(scope->db, scope->commune_id, arena, known, error))
		return false;
	for (guint i = 0; i < known->len; i++) {
		const PlanSuccession *other = g_ptr_array_index(known, i);
		bool is_same =
		    other->old_plan_id == wanted->old_plan_id && other->new_plan_id == wanted->new_plan_id;

		if (!is_same &&
		    (other->old_plan_id != wanted->old_plan_id || other->kind == PLAN_SUCCESSION_AMEND))
			continue;
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "Kế hoạch cũ đã được thay thế rồi; hãy chọn kế hoạch đang thực hiện.");
		return false;
	}
	return true;
}

bool
plan_succeed(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, const GPtrArray *lines,
    PlanSuccession *succession, GError **error)
{
	g_autofree char *object = NULL, *state = NULL;

	if (!check_free(scope, succession, error))
		return false;
	succession->at_us = now_us;
	succession->name = actor->name != NULL ? actor->name : LEDGER_NOBODY;
	if (!insert_succession(scope, succession, error) ||
	    !insert_lines(scope, succession->succession_no, lines, error) ||
	    !supersede(scope, succession, error))
		return false;
	object = object_of(succession->succession_no);
	state = state_of(succession, lines);
	return ledger_note(scope->db, scope->commune_id, actor, now_us,
	    &(LedgerNote){LEDGER_ADD, object, NULL, state}, error);
}

bool
plan_succession_list(Db *db, int64_t commune_id, Arena *arena, GPtrArray *ret_successions, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &PLAN_SUCCESSION_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_SUCCESSION_LIST_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		PlanSuccession *row = arena_new0(arena, PlanSuccession);

		*row = (PlanSuccession){
		    .succession_no = db_column_int(stmt, PLAN_SUCCESSION_LIST_C_SUCCESSION_NO),
		    .old_plan_id = db_column_int(stmt, PLAN_SUCCESSION_LIST_C_OLD_PLAN_ID),
		    .new_plan_id = db_column_int(stmt, PLAN_SUCCESSION_LIST_C_NEW_PLAN_ID),
		    .kind = (PlanSuccessionKind)CLAMP(db_column_int(stmt, PLAN_SUCCESSION_LIST_C_KIND),
			PLAN_SUCCESSION_REPLACE, PLAN_SUCCESSION_MAX - 1),
		    .from_day = (int32_t)db_column_int(stmt, PLAN_SUCCESSION_LIST_C_FROM_DAY),
		    .at_us = db_column_int(stmt, PLAN_SUCCESSION_LIST_C_AT_US),
		    .name = arena_strdup(arena, db_column_text(stmt, PLAN_SUCCESSION_LIST_C_NAME))};
		g_ptr_array_add(ret_successions, row);
	}
	return !has_row;
}

/* Gives the fields of a line; lines first … last are read at once, in order. */
static bool
read_fields(const PlanScope *scope, int64_t succession_no, int64_t line_no, Arena *arena,
    const PlanLineField **ret_fields, size_t *ret_n, GError **error)
{
	g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(PlanLineField));
	g_autoptr(DbStmt) stmt = NULL;
	PlanLineField *kept;
	bool has_row = true;

	if (!db_prepare(scope->db, &PLAN_LINE_FIELD_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_LINE_FIELD_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_LINE_FIELD_LIST_P_SUCCESSION_NO, succession_no);
	db_bind_int(stmt, PLAN_LINE_FIELD_LIST_P_FIRST, line_no);
	db_bind_int(stmt, PLAN_LINE_FIELD_LIST_P_LAST, line_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		PlanLineField field = {
		    .field = arena_strdup(arena, db_column_text(stmt, PLAN_LINE_FIELD_LIST_C_FIELD)),
		    .title = arena_strdup(arena, db_column_text(stmt, PLAN_LINE_FIELD_LIST_C_TITLE)),
		    .year = (int)db_column_int(stmt, PLAN_LINE_FIELD_LIST_C_YEAR),
		    .old_text = arena_strdup(arena, db_column_text(stmt, PLAN_LINE_FIELD_LIST_C_OLD_TEXT)),
		    .new_text = arena_strdup(arena, db_column_text(stmt, PLAN_LINE_FIELD_LIST_C_NEW_TEXT))};

		g_array_append_val(fields, field);
	}
	if (has_row)
		return false;
	kept = arena_array(arena, PlanLineField, fields->len + 1);
	if (fields->len > 0)
		memcpy(kept, fields->data, fields->len * sizeof(PlanLineField));
	*ret_fields = kept;
	*ret_n = fields->len;
	return true;
}

static PlanLineChange
change_of(int64_t value)
{
	return (PlanLineChange)CLAMP(value, PLAN_LINE_SAME, PLAN_LINE_CHANGE_MAX - 1);
}

bool
plan_line_list(
    const PlanScope *scope, int64_t succession_no, Arena *arena, GPtrArray *ret_lines, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PLAN_LINE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_LINE_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_LINE_LIST_P_SUCCESSION_NO, succession_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		PlanLine *line = arena_new0(arena, PlanLine);

		*line = (PlanLine){.what = (PlanLineWhat)CLAMP(db_column_int(stmt, PLAN_LINE_LIST_C_WHAT),
				       PLAN_LINE_INDICATOR, PLAN_LINE_TASK),
		    .old_no = db_column_int(stmt, PLAN_LINE_LIST_C_OLD_NO),
		    .new_no = db_column_int(stmt, PLAN_LINE_LIST_C_NEW_NO),
		    .change = change_of(db_column_int(stmt, PLAN_LINE_LIST_C_CHANGE))};
		if (!read_fields(scope, succession_no, db_column_int(stmt, PLAN_LINE_LIST_C_LINE_NO), arena,
			&line->fields, &line->n_fields, error))
			return false;
		g_ptr_array_add(ret_lines, line);
	}
	return !has_row;
}

G_STATIC_ASSERT((int)PLAN_LINE_BEFORE_C_CHANGE == (int)PLAN_LINE_AFTER_C_CHANGE);
G_STATIC_ASSERT((int)PLAN_LINE_BEFORE_P_ROW_NO == (int)PLAN_LINE_AFTER_P_ROW_NO);

static bool
list_ends(const PlanScope *scope, const DbSql *sql, PlanLineWhat what, int64_t row_no, Arena *arena,
    GPtrArray *ret_ends, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_LINE_BEFORE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_LINE_BEFORE_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_LINE_BEFORE_P_WHAT, what);
	db_bind_int(stmt, PLAN_LINE_BEFORE_P_ROW_NO, row_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		PlanLineEnd *end = arena_new0(arena, PlanLineEnd);

		*end = (PlanLineEnd){.succession_no = db_column_int(stmt, PLAN_LINE_BEFORE_C_SUCCESSION_NO),
		    .plan_id = db_column_int(stmt, PLAN_LINE_BEFORE_C_PLAN_ID),
		    .row_no = db_column_int(stmt, PLAN_LINE_BEFORE_C_ROW_NO),
		    .kind = (PlanSuccessionKind)CLAMP(db_column_int(stmt, PLAN_LINE_BEFORE_C_KIND),
			PLAN_SUCCESSION_REPLACE, PLAN_SUCCESSION_MAX - 1),
		    .change = change_of(db_column_int(stmt, PLAN_LINE_BEFORE_C_CHANGE)),
		    .from_day = (int32_t)db_column_int(stmt, PLAN_LINE_BEFORE_C_FROM_DAY)};
		if (!read_fields(scope, end->succession_no, db_column_int(stmt, PLAN_LINE_BEFORE_C_LINE_NO),
			arena, &end->fields, &end->n_fields, error))
			return false;
		g_ptr_array_add(ret_ends, end);
	}
	return !has_row;
}

bool
plan_line_before(const PlanScope *scope, PlanLineWhat what, int64_t row_no, Arena *arena, GPtrArray *ret_ends,
    GError **error)
{
	return list_ends(scope, &PLAN_LINE_BEFORE, what, row_no, arena, ret_ends, error);
}

bool
plan_line_after(const PlanScope *scope, PlanLineWhat what, int64_t row_no, Arena *arena, GPtrArray *ret_ends,
    GError **error)
{
	return list_ends(scope, &PLAN_LINE_AFTER, what, row_no, arena, ret_ends, error);
}

static bool
walk_one(const AppStates *states, const PlanSuccession *row, GError **error)
{
	const PlanScope scope = {states->db, states->commune_id, row->new_plan_id};
	g_autoptr(GPtrArray) lines = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *object = object_of(row->succession_no), *state = NULL;

	if (!plan_line_list(&scope, row->succession_no, arena, lines, error))
		return false;
	state = state_of(row, lines);
	return app_state(states, object, state, error);
}

bool
plan_succession_walk(const AppStates *states, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();

	if (!plan_succession_list(states->db, states->commune_id, arena, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const PlanSuccession *row = g_ptr_array_index(rows, i);
		bool is_of = states->plan_id == 0 || row->old_plan_id == states->plan_id ||
			     row->new_plan_id == states->plan_id;

		if (is_of && !walk_one(states, row, error))
			return false;
	}
	return plan_change_walk(states, error);
}

bool
plan_succession_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(db, commune_id, report);

	return plan_succession_walk(&states, error);
}
