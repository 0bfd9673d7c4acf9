/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc.h"

#include <stdio.h>
#include <string.h>

typedef bool (*ReadFile)(SqlcUnit *unit, const char *file, const char *bytes, size_t len);
typedef void (*Write)(const SqlcUnit *unit, GString *out);

static const struct {
	const char *word;
	ReadFile read;
	Write write_source, write_header;
} MODES[] = {
    {"statements", sqlc_read_statements, sqlc_write_statements_source, sqlc_write_statements_header},
    {"migrations", sqlc_read_migration, sqlc_write_migrations_source, sqlc_write_migrations_header},
};

static bool
write_file(const SqlcUnit *unit, Write write, const char *path)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	write(unit, text);
	if (g_file_set_contents(path, text->str, (gssize)text->len, &error))
		return true;
	fprintf(stderr, "sqlc: %s\n", error->message);
	return false;
}

static bool
read_files(SqlcUnit *unit, ReadFile read, char **files)
{
	bool is_ok = true;

	for (; *files != NULL; files++) {
		g_autofree char *bytes = NULL;
		g_autoptr(GError) error = NULL;
		gsize len;

		if (!g_file_get_contents(*files, &bytes, &len, &error)) {
			fprintf(stderr, "sqlc: %s\n", error->message);
			return false;
		}
		is_ok = read(unit, *files, bytes, len) && is_ok;
	}
	for (guint i = 0; i < unit->errors->len; i++)
		fprintf(stderr, "%s\n", (const char *)g_ptr_array_index(unit->errors, i));
	return is_ok;
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc >= 6 && i < G_N_ELEMENTS(MODES); i++) {
		g_autoptr(SqlcUnit) unit = NULL;

		if (strcmp(argv[1], MODES[i].word) != 0)
			continue;
		unit = sqlc_unit_new(argv[2]);
		return read_files(unit, MODES[i].read, argv + 5) &&
			       write_file(unit, MODES[i].write_source, argv[3]) &&
			       write_file(unit, MODES[i].write_header, argv[4])
			   ? 0
			   : 1;
	}
	fprintf(stderr, "usage: sqlc statements|migrations MODULE OUT.c OUT.h FILE.sql…\n");
	return 2;
}
