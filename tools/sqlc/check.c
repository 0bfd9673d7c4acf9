/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc_internal.h"
#include "sqlc/tenancy.h"

#include <string.h>

/* Every statement carries the commune (docs/adr/0006), so it needs no declaration. */
static const char COMMUNE[] = "commune_id";

static const SqlcToken *
token_at(const SqlcStatement *statement, guint i)
{
	static const SqlcToken END = {.kind = SQLC_END, .text = ""};

	return i < statement->tokens->len ? &g_array_index(statement->tokens, SqlcToken, i) : &END;
}

static bool
is_any_word(const SqlcToken *token, const char *const words[])
{
	for (; *words != NULL; words++)
		if (sqlc_token_is_word(token, *words))
			return true;
	return false;
}

/* Gives the index behind the word after which the result columns stand, or 0 where the statement has none. */
static guint
find_result_list(const SqlcStatement *statement)
{
	static const char *const WRITES[] = {"INSERT", "UPDATE", "DELETE", "REPLACE", NULL};
	bool is_write = false;

	for (guint i = 0; i < statement->tokens->len; i++) {
		const SqlcToken *token = token_at(statement, i);

		if (token->depth > 0)
			continue;
		is_write = is_write || is_any_word(token, WRITES);
		if (sqlc_token_is_word(token, "RETURNING") ||
		    (!is_write && sqlc_token_is_word(token, "SELECT")))
			return i + 1;
	}
	return 0;
}

/* Counts the columns from token `i` on; 0 where "*" makes it impossible to tell. */
static guint
count_columns(const SqlcStatement *statement, guint i)
{
	static const char *const ENDS[] = {"FROM", "WHERE", "UNION", "EXCEPT", "INTERSECT", "ORDER", "GROUP",
	    "LIMIT", "HAVING", "WINDOW", NULL};
	guint n = 1;

	for (const SqlcToken *previous = token_at(statement, i - 1); i < statement->tokens->len; i++) {
		const SqlcToken *token = token_at(statement, i);
		bool follows_operand = previous->kind == SQLC_WORD || previous->kind == SQLC_NUMBER ||
				       previous->kind == SQLC_PARAM || previous->kind == SQLC_QUOTED ||
				       sqlc_token_is_char(previous, ')');

		if (token->depth == 0) {
			if (is_any_word(token, ENDS) && !sqlc_token_is_word(previous, "DISTINCT"))
				return n;
			if (sqlc_token_is_char(token, ','))
				n++;
			/* A sole "*" or "t.*", not a multiplication. */
			if (sqlc_token_is_char(token, '*') &&
			    (!follows_operand || sqlc_token_is_word(previous, "SELECT") ||
				sqlc_token_is_word(previous, "RETURNING") ||
				sqlc_token_is_word(previous, "DISTINCT")))
				return 0;
		}
		previous = token;
	}
	return n;
}

static void
check_columns(SqlcUnit *unit, const SqlcStatement *statement)
{
	guint first = find_result_list(statement);
	guint n = first > 0 ? count_columns(statement, first) : 0;

	if (first > 0 && !statement->has_columns_line)
		sqlc_error(
		    unit, statement->line, "%s gives rows but has no \"-- columns:\"", statement->name);
	else if (first == 0 && statement->has_columns_line)
		sqlc_error(
		    unit, statement->line, "%s gives no rows but has \"-- columns:\"", statement->name);
	else if (n > 0 && n != statement->columns->len)
		sqlc_error(unit, statement->line, "%s selects %u columns but \"-- columns:\" lists %u",
		    statement->name, n, statement->columns->len);
}

static void
check_params(SqlcUnit *unit, const SqlcStatement *statement)
{
	for (guint i = 0; i < statement->params->len; i++) {
		const SqlcParam *param = g_ptr_array_index(statement->params, i);
		bool is_declared = param->type != SQLC_TYPE_NONE || strcmp(param->name, COMMUNE) == 0;

		if (!param->is_used && !param->is_used_pg)
			sqlc_error(
			    unit, param->line, "the parameter %s is declared but not used", param->name);
		else if (statement->has_params_line && !is_declared)
			sqlc_error(
			    unit, param->line, "the parameter :%s is not in \"-- params:\"", param->name);
		else if (statement->has_pg_text && param->is_used != param->is_used_pg)
			sqlc_error(unit, param->line,
			    "the parameter :%s stands in only one of the two texts of %s", param->name,
			    statement->name);
	}
}

/* PostgreSQL cannot guess the type of a parameter that is only compared with NULL. */
static void
check_null_tests(SqlcUnit *unit, SqlcStatement *statement)
{
	for (guint i = 0; i < statement->tokens->len; i++) {
		const SqlcToken *token = token_at(statement, i);
		const SqlcParam *param;
		size_t number;

		if (token->kind != SQLC_PARAM || !sqlc_token_is_word(token_at(statement, i + 1), "IS"))
			continue;
		number = sqlc_param_number(statement, token->text, token->len, token->line);
		param = g_ptr_array_index(statement->params, number - 1);
		if (!param->is_nullable)
			sqlc_error(unit, token->line,
			    "the parameter :%s is compared with NULL: declare it, \"-- params: %s int?\"",
			    param->name, param->name);
	}
}

static bool
uses_param(const SqlcStatement *statement, const char *name)
{
	for (guint i = 0; i < statement->params->len; i++) {
		const SqlcParam *param = g_ptr_array_index(statement->params, i);

		if (strcmp(param->name, name) == 0)
			return param->is_used;
	}
	return false;
}

void
sqlc_check_statement(SqlcUnit *unit, SqlcStatement *statement)
{
	if (!statement->is_ended)
		sqlc_error(unit, statement->line, "%s has no semicolon at its end", statement->name);
	else if (statement->sqlite->len == 0)
		sqlc_error(unit, statement->line, "%s is empty", statement->name);
	if (statement->has_pg_text && (!statement->is_pg_ended || statement->pg->len == 0))
		sqlc_error(unit, statement->line,
		    "the \"-- pg:\" text of %s is empty or has no semicolon at its end", statement->name);
	if (!statement->is_of_store && !uses_param(statement, COMMUNE))
		sqlc_error(unit, statement->line,
		    "%s does not use :commune_id (a statement about the store itself says \"-- scope: "
		    "store\")",
		    statement->name);
	else if (!statement->is_of_store) {
		sqlc_check_tenancy(unit, statement, statement->tokens);
		sqlc_check_tenancy(unit, statement, statement->pg_tokens);
	}
	check_columns(unit, statement);
	check_params(unit, statement);
	check_null_tests(unit, statement);
}
