/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* sqlc: named SQL statements to typed C constants, and migration files to an embedded list (docs/sql.md). It
 * sees bytes only; files are opened by main.c. Any bytes may be given. */

typedef enum { SQLC_TYPE_NONE, SQLC_TYPE_INT, SQLC_TYPE_TEXT, SQLC_TYPE_BYTES, SQLC_TYPE_MAX } SqlcType;

typedef struct SqlcParam {
	char *name;
	SqlcType type;    /* NONE: not declared, so PostgreSQL infers it */
	bool is_nullable; /* "status int?" */
	bool is_used;
	bool is_used_pg; /* in the text after "-- pg:" */
	uint32_t line;   /* where it was declared or first used */
} SqlcParam;

typedef struct SqlcStatement {
	char *name;
	uint32_t line;
	GPtrArray *columns; /* of char * */
	GPtrArray *params;  /* of SqlcParam *, in the order of their numbers */
	GString *sqlite;    /* with ?1 */
	GString *pg;        /* with $1 */
	GArray *tokens;     /* of SqlcToken: what the checks walk over; SQLite's text alone */
	GArray *pg_tokens;  /* of PostgreSQL's own text, where there is one */
	bool is_hot;        /* "-- hot": no full scan allowed */
	bool is_of_store;   /* "-- scope: store": of no commune */
	bool has_columns_line, has_params_line;
	bool has_pg_text; /* "-- pg:" was given */
	bool is_ended, is_pg_ended;
} SqlcStatement;

typedef struct SqlcMigration {
	char *file; /* "0001-task.sql" */
	uint32_t number;
	char *sqlite, *pg; /* the file but for what "-- only:" keeps for the other store */
	char *checksum;    /* of the file; SHA-256, hex */
} SqlcMigration;

typedef struct SqlcUnit {
	char *module;
	char *file;            /* named in messages */
	GPtrArray *statements; /* of SqlcStatement * */
	GPtrArray *migrations; /* of SqlcMigration * */
	GPtrArray *errors;     /* of char *, "file:line: message", in the order of the text */
} SqlcUnit;

SqlcUnit *sqlc_unit_new(const char *module);
void sqlc_unit_free(SqlcUnit *unit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SqlcUnit, sqlc_unit_free)

/* Reads a file of named statements. Gives false where it found errors (see unit->errors). */
bool sqlc_read_statements(SqlcUnit *unit, const char *file, const char *bytes, size_t len);

/* Adds one migration file; `file` may have folders before its name. Files come in the order of their numbers.
 */
bool sqlc_read_migration(SqlcUnit *unit, const char *file, const char *bytes, size_t len);

/* Append the generated C. The unit must be free of errors. */
void sqlc_write_statements_header(const SqlcUnit *unit, GString *out);
void sqlc_write_statements_source(const SqlcUnit *unit, GString *out);
void sqlc_write_migrations_header(const SqlcUnit *unit, GString *out);
void sqlc_write_migrations_source(const SqlcUnit *unit, GString *out);
