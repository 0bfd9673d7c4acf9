/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc_internal.h"

#include <stdarg.h>
#include <string.h>

#define ERRORS_MAX 100
#define NAME_BYTES_MAX 60

static void
param_free(gpointer data)
{
	SqlcParam *param = data;

	g_free(param->name);
	g_free(param);
}

static void
statement_free(gpointer data)
{
	SqlcStatement *statement = data;

	g_free(statement->name);
	g_ptr_array_unref(statement->columns);
	g_ptr_array_unref(statement->params);
	g_array_unref(statement->tokens);
	g_array_unref(statement->pg_tokens);
	g_string_free(statement->sqlite, TRUE);
	g_string_free(statement->pg, TRUE);
	g_free(statement);
}

static void
migration_free(gpointer data)
{
	SqlcMigration *migration = data;

	g_free(migration->file);
	g_free(migration->sqlite);
	g_free(migration->pg);
	g_free(migration->checksum);
	g_free(migration);
}

SqlcUnit *
sqlc_unit_new(const char *module)
{
	SqlcUnit *unit = g_new0(SqlcUnit, 1);

	unit->module = g_strdup(module);
	unit->file = g_strdup("");
	unit->statements = g_ptr_array_new_with_free_func(statement_free);
	unit->migrations = g_ptr_array_new_with_free_func(migration_free);
	unit->errors = g_ptr_array_new_with_free_func(g_free);
	return unit;
}

void
sqlc_unit_free(SqlcUnit *unit)
{
	if (unit == NULL)
		return;
	g_free(unit->module);
	g_free(unit->file);
	g_ptr_array_unref(unit->statements);
	g_ptr_array_unref(unit->migrations);
	g_ptr_array_unref(unit->errors);
	g_free(unit);
}

void
sqlc_error(SqlcUnit *unit, uint32_t line, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list args;

	if (unit->errors->len >= ERRORS_MAX)
		return;
	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	g_ptr_array_add(unit->errors, g_strdup_printf("%s:%u: %s", unit->file, line, message));
}

bool
sqlc_is_name(const char *text, size_t len)
{
	if (len == 0 || len > NAME_BYTES_MAX || !g_ascii_islower(text[0]))
		return false;
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_islower(text[i]) && !g_ascii_isdigit(text[i]) && text[i] != '_')
			return false;
	return true;
}

SqlcStatement *
sqlc_statement_new(const char *name, size_t len, uint32_t line)
{
	SqlcStatement *statement = g_new0(SqlcStatement, 1);

	statement->name = g_strndup(name, len);
	statement->line = line;
	statement->columns = g_ptr_array_new_with_free_func(g_free);
	statement->params = g_ptr_array_new_with_free_func(param_free);
	statement->tokens = g_array_new(FALSE, FALSE, sizeof(SqlcToken));
	statement->pg_tokens = g_array_new(FALSE, FALSE, sizeof(SqlcToken));
	statement->sqlite = g_string_new(NULL);
	statement->pg = g_string_new(NULL);
	return statement;
}

size_t
sqlc_param_number(SqlcStatement *statement, const char *name, size_t len, uint32_t line)
{
	SqlcParam *param;

	for (guint i = 0; i < statement->params->len; i++) {
		param = g_ptr_array_index(statement->params, i);
		if (strlen(param->name) == len && memcmp(param->name, name, len) == 0)
			return (size_t)i + 1;
	}
	param = g_new0(SqlcParam, 1);
	param->name = g_strndup(name, len);
	param->line = line;
	g_ptr_array_add(statement->params, param);
	return statement->params->len;
}
