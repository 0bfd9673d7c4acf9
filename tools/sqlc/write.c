/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc.h"

#include <string.h>

#define LITERAL_COLUMNS 96 /* of SQL in one line of generated C */

static void
put_upper(GString *out, const char *name)
{
	for (; *name != '\0'; name++)
		g_string_append_c(out, g_ascii_toupper(*name));
}

static void
put_literal_byte(GString *out, unsigned char c)
{
	if (c == '"' || c == '\\' || c == '?')
		g_string_append_c(out, '\\'); /* "?" too: "??/" is a trigraph */
	if (c < 0x20 || c == 0x7F)
		g_string_append_printf(out, "\\%03o", c);
	else
		g_string_append_c(out, (char)c);
}

/* Writes a C string over as many lines as it needs, broken at blanks and line ends only. */
static void
put_literal(GString *out, const char *text, const char *indent)
{
	size_t column = 0;

	g_string_append_printf(out, "%s\"", indent);
	for (; *text != '\0'; text++, column++) {
		bool is_line_end = *text == '\n';

		if (is_line_end)
			g_string_append(out, "\\n");
		else
			put_literal_byte(out, (unsigned char)*text);
		if (text[1] != '\0' && (is_line_end || (*text == ' ' && column >= LITERAL_COLUMNS))) {
			g_string_append_printf(out, "\"\n%s\"", indent);
			column = 0;
		}
	}
	g_string_append_c(out, '"');
}

static void
put_head(const SqlcUnit *unit, GString *out)
{
	g_autofree char *name = g_path_get_basename(unit->file);

	g_string_append_printf(
	    out, "/* Made by sqlc from %s of the module %s; changes here are lost. */\n", name, unit->module);
}

static void
put_enums(GString *out, const SqlcStatement *statement)
{
	g_autoptr(GString) upper = g_string_new(NULL);

	put_upper(upper, statement->name);
	g_string_append_printf(out, "\nextern const DbSql %s;\n", upper->str);
	if (statement->params->len > 0) {
		g_string_append(out, "enum {\n");
		for (guint i = 0; i < statement->params->len; i++) {
			const SqlcParam *param = g_ptr_array_index(statement->params, i);

			g_string_append_printf(out, "\t%s_P_", upper->str);
			put_upper(out, param->name);
			g_string_append_printf(
			    out, " = %u,%s\n", i + 1, param->is_nullable ? " /* may be NULL */" : "");
		}
		g_string_append(out, "};\n");
	}
	if (statement->columns->len > 0) {
		g_string_append(out, "enum {\n");
		for (guint i = 0; i < statement->columns->len; i++) {
			g_string_append_printf(out, "\t%s_C_", upper->str);
			put_upper(out, g_ptr_array_index(statement->columns, i));
			g_string_append_printf(out, " = %u,\n", i);
		}
		g_string_append(out, "};\n");
	}
}

void
sqlc_write_statements_header(const SqlcUnit *unit, GString *out)
{
	put_head(unit, out);
	g_string_append(out, "#pragma once\n\n#include \"storage/db.h\"\n");
	for (guint i = 0; i < unit->statements->len; i++)
		put_enums(out, g_ptr_array_index(unit->statements, i));
	g_string_append_printf(out,
	    "\n/* All of the above, ended by NULL: for the module's descriptor. */\n"
	    "extern const DbSql *const %s_statements[];\n",
	    unit->module);
}

static void
put_statement(GString *out, const SqlcStatement *statement)
{
	g_string_append(out, "\nconst DbSql ");
	put_upper(out, statement->name);
	g_string_append_printf(out, " = {\n\t.name = \"%s\",\n\t.sqlite =\n", statement->name);
	put_literal(out, statement->sqlite->str, "\t    ");
	g_string_append(out, ",\n\t.pg =\n");
	put_literal(out, statement->pg->str, "\t    ");
	g_string_append_printf(out,
	    ",\n\t.n_params = %u,\n\t.n_columns = %u,\n\t.is_hot = %s,\n"
	    "\t.is_of_store = %s,\n};\n",
	    statement->params->len, statement->columns->len, statement->is_hot ? "true" : "false",
	    statement->is_of_store ? "true" : "false");
}

void
sqlc_write_statements_source(const SqlcUnit *unit, GString *out)
{
	put_head(unit, out);
	g_string_append(out, "#include \"storage/db.h\"\n\n"
			     "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n");
	for (guint i = 0; i < unit->statements->len; i++) {
		const SqlcStatement *statement = g_ptr_array_index(unit->statements, i);

		g_string_append(out, "extern const DbSql ");
		put_upper(out, statement->name);
		g_string_append(out, ";\n");
	}
	g_string_append_printf(out, "extern const DbSql *const %s_statements[];\n", unit->module);
	for (guint i = 0; i < unit->statements->len; i++)
		put_statement(out, g_ptr_array_index(unit->statements, i));
	g_string_append_printf(out, "\nconst DbSql *const %s_statements[] = {\n", unit->module);
	for (guint i = 0; i < unit->statements->len; i++) {
		const SqlcStatement *statement = g_ptr_array_index(unit->statements, i);

		g_string_append(out, "\t&");
		put_upper(out, statement->name);
		g_string_append(out, ",\n");
	}
	g_string_append(out, "\tNULL,\n};\n");
}

void
sqlc_write_migrations_header(const SqlcUnit *unit, GString *out)
{
	put_head(unit, out);
	g_string_append_printf(out,
	    "#pragma once\n\n#include \"storage/migrate.h\"\n\n"
	    "/* In order, ended by number 0. */\nextern const DbMigration %s_migrations[];\n",
	    unit->module);
}

void
sqlc_write_migrations_source(const SqlcUnit *unit, GString *out)
{
	put_head(unit, out);
	g_string_append_printf(out,
	    "#include \"storage/migrate.h\"\n\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
	    "extern const DbMigration %s_migrations[];\n\nconst DbMigration %s_migrations[] = {\n",
	    unit->module, unit->module);
	for (guint i = 0; i < unit->migrations->len; i++) {
		const SqlcMigration *migration = g_ptr_array_index(unit->migrations, i);

		g_string_append_printf(out, "\t{\n\t    .number = %u,\n\t    .name =\n", migration->number);
		put_literal(out, migration->file, "\t\t");
		g_string_append(out, ",\n\t    .script = {\n\t\t.sqlite =\n");
		put_literal(out, migration->sqlite, "\t\t");
		g_string_append(out, ",\n\t\t.pg =\n");
		put_literal(out, migration->pg, "\t\t");
		g_string_append_printf(out, "},\n\t    .checksum = \"%s\",\n\t},\n", migration->checksum);
	}
	g_string_append(out, "\t{.number = 0},\n};\n");
}
