/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc_internal.h"

#include <string.h>

#define FILE_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define PARAMS_MAX 100 /* far below SQLITE_MAX_VARIABLE_NUMBER */

static bool
begin_file(SqlcUnit *unit, const char *file, const char *bytes, size_t len)
{
	const char *end;

	g_free(unit->file);
	unit->file = g_strdup(file);
	if (len > FILE_BYTES_MAX) {
		sqlc_error(unit, 1, "the file is larger than %zu MB", FILE_BYTES_MAX / (1024 * 1024));
		return false;
	}
	if (!g_utf8_validate_len(bytes, len, &end)) {
		uint32_t line = 1;

		for (const char *at = bytes; at < end; at++)
			line += *at == '\n';
		sqlc_error(unit, line, "no valid UTF-8");
		return false;
	}
	return true;
}

/* Says "text after …" and the like once for each piece, not for each of its words. */
static bool
may_take_text(SqlcUnit *unit, const SqlcStatement *statement, const SqlcToken *token, bool *is_reported)
{
	bool is_ended =
	    statement != NULL && (statement->has_pg_text ? statement->is_pg_ended : statement->is_ended);

	if (statement != NULL && !is_ended)
		return true;
	if (!*is_reported && statement == NULL)
		sqlc_error(unit, token->line, "a statement without a \"-- name:\"");
	else if (!*is_reported)
		sqlc_error(unit, token->line, "text after the semicolon of %s: begin a new \"-- name:\"",
		    statement->name);
	*is_reported = true;
	return false;
}

static void
add_param(SqlcUnit *unit, SqlcStatement *statement, const SqlcToken *token)
{
	static const char *const CASTS[SQLC_TYPE_MAX] = {[SQLC_TYPE_NONE] = "",
	    [SQLC_TYPE_INT] = "::bigint",
	    [SQLC_TYPE_TEXT] = "::text",
	    [SQLC_TYPE_BYTES] = "::bytea"};
	size_t number = sqlc_param_number(statement, token->text, token->len, token->line);
	SqlcParam *param = g_ptr_array_index(statement->params, number - 1);
	/* The one parameter that is never declared; beside a small constant PostgreSQL would take it for a
	 * small number. */
	SqlcType type = strcmp(param->name, "commune_id") == 0 ? SQLC_TYPE_INT : param->type;

	if (number == PARAMS_MAX)
		sqlc_error(
		    unit, token->line, "%s has more than %d parameters", statement->name, PARAMS_MAX - 1);
	if (!statement->has_pg_text) {
		param->is_used = true;
		g_string_append_printf(statement->sqlite, "?%zu", number);
	} else {
		param->is_used_pg = true;
	}
	g_string_append_printf(statement->pg, "$%zu%s", number, CASTS[type]);
}

static void
add_text(SqlcUnit *unit, SqlcStatement *statement, const SqlcToken *token, bool *has_space)
{
	bool is_main = !statement->has_pg_text;

	if (token->kind == SQLC_SEMICOLON) {
		if (is_main)
			statement->is_ended = true;
		else
			statement->is_pg_ended = true;
		return;
	}
	if (*has_space && statement->pg->len > 0)
		g_string_append_c(statement->pg, ' ');
	if (*has_space && is_main && statement->sqlite->len > 0)
		g_string_append_c(statement->sqlite, ' ');
	*has_space = false;
	g_array_append_val(is_main ? statement->tokens : statement->pg_tokens, *token);
	if (token->kind == SQLC_PARAM) {
		add_param(unit, statement, token);
		return;
	}
	/* FTS5's word is an operator that the migration defines for PostgreSQL. */
	if (is_main && sqlc_token_is_word(token, "MATCH"))
		g_string_append(statement->pg, "===");
	else
		g_string_append_len(statement->pg, token->text, (gssize)token->len);
	if (is_main)
		g_string_append_len(statement->sqlite, token->text, (gssize)token->len);
}

bool
sqlc_read_statements(SqlcUnit *unit, const char *file, const char *bytes, size_t len)
{
	guint errors_before = unit->errors->len;
	guint first = unit->statements->len;
	SqlcStatement *statement = NULL;
	SqlcLexer lexer;
	bool has_space = false, is_reported = false;

	if (!begin_file(unit, file, bytes, len))
		return false;
	sqlc_lexer_init(&lexer, bytes, len);
	for (SqlcToken token = sqlc_lexer_next(&lexer); token.kind != SQLC_END;
	     token = sqlc_lexer_next(&lexer)) {
		if (token.kind == SQLC_BAD) {
			sqlc_error(unit, token.line, "%s", token.text);
		} else if (token.kind == SQLC_COMMENT && token.is_line_start) {
			sqlc_read_directive(unit, &statement, &token);
			is_reported = false;
			has_space = true;
		} else if (token.kind == SQLC_SPACE || token.kind == SQLC_COMMENT) {
			has_space = true;
		} else if (may_take_text(unit, statement, &token, &is_reported)) {
			add_text(unit, statement, &token, &has_space);
		}
	}
	/* One slip in the text would make the checks of the whole report what is not so. */
	if (unit->errors->len == errors_before)
		for (guint i = first; i < unit->statements->len; i++)
			sqlc_check_statement(unit, g_ptr_array_index(unit->statements, i));
	for (guint i = first; i < unit->statements->len; i++) {
		g_array_set_size(((SqlcStatement *)g_ptr_array_index(unit->statements, i))->tokens, 0);
		g_array_set_size(((SqlcStatement *)g_ptr_array_index(unit->statements, i))->pg_tokens, 0);
	}
	return unit->errors->len == errors_before;
}

static uint32_t
last_number(const SqlcUnit *unit)
{
	guint n = unit->migrations->len;

	return n > 0 ? ((const SqlcMigration *)g_ptr_array_index(unit->migrations, n - 1))->number : 0;
}

static bool
read_number(SqlcUnit *unit, const char *name, uint32_t *ret_number)
{
	uint32_t number = 0;
	size_t len = strlen(name);

	for (int i = 0; i < 4; i++) {
		if (!g_ascii_isdigit(name[i])) {
			number = 0;
			break;
		}
		number = number * 10 + (uint32_t)(name[i] - '0');
	}
	if (number == 0 || name[4] != '-' || len < sizeof("0001-x.sql") - 1 ||
	    !g_str_has_suffix(name, ".sql")) {
		sqlc_error(unit, 1, "a migration is named 0001-what-it-does.sql");
		return false;
	}
	if (unit->migrations->len == 0 ? number != 1 : number <= last_number(unit)) {
		sqlc_error(unit, 1, "the migration after number %u must be number %u%s", last_number(unit),
		    last_number(unit) + 1, unit->migrations->len > 0 ? " or a later one" : "");
		return false;
	}
	*ret_number = number;
	return true;
}

static void
check_migration(SqlcUnit *unit, const char *bytes, size_t len)
{
	static const char *const OWN_TRANSACTION[] = {
	    "COMMIT", "ROLLBACK", "SAVEPOINT", "PRAGMA", "ATTACH", "VACUUM"};
	SqlcToken last = {.kind = SQLC_END, .line = 1};
	SqlcLexer lexer;

	sqlc_lexer_init(&lexer, bytes, len);
	for (SqlcToken token = sqlc_lexer_next(&lexer); token.kind != SQLC_END;
	     token = sqlc_lexer_next(&lexer)) {
		bool begins = last.kind == SQLC_END || last.kind == SQLC_SEMICOLON;

		if (token.kind == SQLC_SPACE || token.kind == SQLC_COMMENT)
			continue;
		for (size_t i = 0; i < G_N_ELEMENTS(OWN_TRANSACTION); i++)
			if (begins && sqlc_token_is_word(&token, OWN_TRANSACTION[i]))
				sqlc_error(unit, token.line,
				    "%s: a migration runs inside one transaction that it does not control",
				    OWN_TRANSACTION[i]);
		if (begins && sqlc_token_is_word(&token, "BEGIN"))
			sqlc_error(
			    unit, token.line, "BEGIN: a migration runs inside one transaction already");
		if (token.kind == SQLC_BAD)
			sqlc_error(unit, token.line, "%s", token.text);
		if (token.kind == SQLC_PARAM)
			sqlc_error(unit, token.line, "a migration has no parameters");
		last = token;
	}
	if (last.kind == SQLC_END)
		sqlc_error(unit, 1, "the migration is empty");
	else if (last.kind != SQLC_SEMICOLON)
		sqlc_error(unit, last.line, "the last statement has no semicolon");
}

/* Gives each store its text: a line "-- only: pg" begins what PostgreSQL alone runs, "-- only: sqlite" what
 * SQLite alone runs, "-- only: both" ends either. Lines of the other store stay as empty ones, so that errors
 * keep their line. */
static void
split_stores(SqlcUnit *unit, SqlcMigration *migration, const char *bytes, size_t len)
{
	static const char *const ONLY = "-- only: ";
	g_autofree char *copy = g_strndup(bytes, len);
	g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
	GString *sqlite = g_string_sized_new(len), *pg = g_string_sized_new(len);
	bool for_sqlite = true, for_pg = true;

	for (uint32_t i = 0; lines[i] != NULL; i++) {
		const char *store = lines[i] + strlen(ONLY), *end = lines[i + 1] != NULL ? "\n" : "";

		if (g_str_has_prefix(lines[i], ONLY)) {
			bool is_both = strcmp(store, "both") == 0;

			for_sqlite = is_both || strcmp(store, "sqlite") == 0;
			for_pg = is_both || strcmp(store, "pg") == 0;
			if (!for_sqlite && !for_pg)
				sqlc_error(unit, i + 1, "\"-- only:\" is followed by sqlite, pg or both");
		}
		g_string_append_printf(sqlite, "%s%s", for_sqlite ? lines[i] : "", end);
		g_string_append_printf(pg, "%s%s", for_pg ? lines[i] : "", end);
	}
	migration->sqlite = g_string_free(sqlite, FALSE);
	migration->pg = g_string_free(pg, FALSE);
}

bool
sqlc_read_migration(SqlcUnit *unit, const char *file, const char *bytes, size_t len)
{
	g_autofree char *name = g_path_get_basename(file);
	guint errors_before = unit->errors->len;
	SqlcMigration *migration;
	uint32_t number = 0;

	if (!begin_file(unit, file, bytes, len) || !read_number(unit, name, &number))
		return false;
	check_migration(unit, bytes, len);
	migration = g_new0(SqlcMigration, 1);
	migration->file = g_steal_pointer(&name);
	migration->number = number;
	split_stores(unit, migration, bytes, len);
	migration->checksum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, len);
	g_ptr_array_add(unit->migrations, migration);
	return unit->errors->len == errors_before;
}
