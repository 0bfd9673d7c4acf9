/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc_internal.h"

#include <string.h>

static void
add_name(SqlcUnit *unit, SqlcStatement **statement, const char *value, uint32_t line)
{
	g_autofree char *prefix = g_strconcat(unit->module, "_", NULL);

	*statement = sqlc_statement_new(value, strlen(value), line);
	if (!sqlc_is_name(value, strlen(value)))
		sqlc_error(unit, line, "\"%s\" is no name: small letters, digits and _", value);
	else if (!g_str_has_prefix(value, prefix))
		sqlc_error(unit, line, "the name %s must begin with %s", value, prefix);
	for (guint i = 0; i < unit->statements->len; i++) {
		const SqlcStatement *other = g_ptr_array_index(unit->statements, i);

		if (strcmp(other->name, value) == 0)
			sqlc_error(unit, line, "the name %s is already used in line %u", value, other->line);
	}
	g_ptr_array_add(unit->statements, *statement);
}

static void
add_column(SqlcUnit *unit, SqlcStatement *statement, const char *name, uint32_t line)
{
	if (!sqlc_is_name(name, strlen(name))) {
		sqlc_error(unit, line, "\"%s\" is no name of a column: small letters, digits and _", name);
		return;
	}
	for (guint i = 0; i < statement->columns->len; i++)
		if (strcmp(g_ptr_array_index(statement->columns, i), name) == 0)
			sqlc_error(unit, line, "the column %s is listed twice", name);
	g_ptr_array_add(statement->columns, g_strdup(name));
}

static bool
parse_type(const char *text, SqlcType *ret_type, bool *ret_nullable)
{
	static const char *const TYPES[SQLC_TYPE_MAX] = {
	    [SQLC_TYPE_INT] = "int", [SQLC_TYPE_TEXT] = "text", [SQLC_TYPE_BYTES] = "bytes"};
	size_t len = strlen(text);

	*ret_nullable = len > 0 && text[len - 1] == '?';
	if (*ret_nullable)
		len--;
	for (size_t i = SQLC_TYPE_INT; i < SQLC_TYPE_MAX; i++) {
		if (strlen(TYPES[i]) == len && memcmp(TYPES[i], text, len) == 0) {
			*ret_type = (SqlcType)i;
			return true;
		}
	}
	return false;
}

static void
add_param(SqlcUnit *unit, SqlcStatement *statement, const char *declaration, uint32_t line)
{
	g_auto(GStrv) parts = g_strsplit_set(declaration, " \t", 2);
	SqlcType type = SQLC_TYPE_NONE;
	bool is_nullable = false;
	SqlcParam *param;
	size_t number;

	if (parts[0] == NULL || parts[1] == NULL || !sqlc_is_name(parts[0], strlen(parts[0])) ||
	    !parse_type(g_strstrip(parts[1]), &type, &is_nullable)) {
		sqlc_error(unit, line,
		    "\"%s\" is no parameter: write \"name int\", \"name text?\" or \"name bytes\"",
		    declaration);
		return;
	}
	number = sqlc_param_number(statement, parts[0], strlen(parts[0]), line);
	param = g_ptr_array_index(statement->params, number - 1);
	if (param->type != SQLC_TYPE_NONE)
		sqlc_error(unit, line, "the parameter %s is declared twice", param->name);
	param->type = type;
	param->is_nullable = is_nullable;
}

static void
add_list(SqlcUnit *unit, SqlcStatement *statement, const char *value, uint32_t line,
    void (*add)(SqlcUnit *, SqlcStatement *, const char *, uint32_t))
{
	g_auto(GStrv) items = g_strsplit(value, ",", -1);

	for (char **item = items; *item != NULL; item++)
		add(unit, statement, g_strstrip(*item), line);
}

static bool
is_known(const char *word)
{
	static const char *const WORDS[] = {"name", "columns", "params", "scope", "hot", "pg", NULL};

	return g_strv_contains(WORDS, word);
}

static void
begin_pg(SqlcUnit *unit, SqlcStatement *statement, uint32_t line)
{
	if (!statement->is_ended)
		sqlc_error(
		    unit, line, "\"-- pg:\" stands before the end of the statement %s", statement->name);
	if (statement->has_pg_text)
		sqlc_error(unit, line, "%s has two \"-- pg:\" texts", statement->name);
	statement->has_pg_text = true;
	g_string_truncate(statement->pg, 0);
}

static void
apply(SqlcUnit *unit, SqlcStatement **statement, const char *word, const char *value, uint32_t line)
{
	if (strcmp(word, "name") == 0) {
		add_name(unit, statement, value, line);
	} else if (!is_known(word)) {
		sqlc_error(unit, line,
		    "unknown directive \"-- %s\": known are name, columns, params, scope, hot, pg", word);
	} else if (*statement == NULL) {
		sqlc_error(unit, line, "\"-- %s\" stands before the first \"-- name:\"", word);
	} else if (strcmp(word, "pg") == 0) {
		begin_pg(unit, *statement, line);
	} else if ((*statement)->sqlite->len > 0) {
		sqlc_error(
		    unit, line, "\"-- %s\" must stand before the text of %s", word, (*statement)->name);
	} else if (strcmp(word, "columns") == 0) {
		(*statement)->has_columns_line = true;
		add_list(unit, *statement, value, line, add_column);
	} else if (strcmp(word, "params") == 0) {
		(*statement)->has_params_line = true;
		add_list(unit, *statement, value, line, add_param);
	} else if (strcmp(word, "scope") == 0) {
		(*statement)->is_of_store = strcmp(value, "store") == 0;
		if (!(*statement)->is_of_store)
			sqlc_error(unit, line, "the only scope that can be declared is \"store\"");
	} else {
		(*statement)->is_hot = true;
	}
}

void
sqlc_read_directive(SqlcUnit *unit, SqlcStatement **statement, const SqlcToken *comment)
{
	g_autofree char *text = g_strndup(comment->text + 2, comment->len - 2);
	char *word = g_strstrip(text);
	size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz_");
	bool is_flag = strcmp(word, "hot") == 0;

	/* "-- Every row of …" is a remark; "-- colums: …" is a slip that must not pass for one. */
	if (len == 0 || (word[len] != ':' && !is_flag))
		return;
	if (word[len] == ':')
		word[len++] = '\0';
	apply(unit, statement, word, g_strstrip(word + len), comment->line);
}
