/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "sqlc/sqlc.h"

/* Any bytes are compiled or refused with a place, as statements and as a migration. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	g_autoptr(SqlcUnit) statements = sqlc_unit_new("task");
	g_autoptr(SqlcUnit) migrations = sqlc_unit_new("task");
	g_autoptr(GString) out = g_string_new(NULL);

	if (sqlc_read_statements(statements, "task.sql", text, size)) {
		sqlc_write_statements_header(statements, out);
		sqlc_write_statements_source(statements, out);
	} else {
		g_assert_true(g_str_has_prefix(g_ptr_array_index(statements->errors, 0), "task.sql:"));
	}
	if (sqlc_read_migration(migrations, "0001-task.sql", text, size))
		sqlc_write_migrations_source(migrations, out);
	else
		g_assert_cmpuint(migrations->errors->len, >, 0);
	return 0;
}
