/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cssprune/cssprune.h"

#include <stdio.h>
#include <string.h>

/* Usage: cssprune IN.css OUT.css DEPENDENCIES.d FOLDER… : keeps the rules whose classes are named in the .c,
 * .h, .html and .js files of the folders. The dependencies name every file and folder that was read, for the
 * build. */

typedef struct Run {
	GHashTable *words;
	GString *dependencies;
} Run;

static bool
is_source(const char *name)
{
	return g_str_has_suffix(name, ".html") || g_str_has_suffix(name, ".c") ||
	       g_str_has_suffix(name, ".h") || g_str_has_suffix(name, ".js");
}

static bool
read_source(Run *run, const char *path, GError **error)
{
	g_autofree char *text = NULL;
	gsize len;

	if (!g_file_get_contents(path, &text, &len, error))
		return false;
	cssprune_add_words(run->words, text, len);
	return true;
}

static bool
read_folder(Run *run, const char *path, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, error);
	const char *name;

	if (dir == NULL)
		return false;
	g_string_append_printf(run->dependencies, " %s", path);
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		if (g_file_test(child, G_FILE_TEST_IS_DIR)) {
			if (!read_folder(run, child, error))
				return false;
		} else if (is_source(name)) {
			g_string_append_printf(run->dependencies, " %s", child);
			if (!read_source(run, child, error))
				return false;
		}
	}
	return true;
}

/* Writes only what is new, so that nothing is built again where the result is the same. */
static bool
write_changed(const char *path, const GString *text, GError **error)
{
	g_autofree char *old = NULL;
	gsize len;

	if (g_file_get_contents(path, &old, &len, NULL) && len == text->len &&
	    memcmp(old, text->str, len) == 0)
		return true;
	return g_file_set_contents(path, text->str, (gssize)text->len, error);
}

static bool
run_all(int argc, char **argv, GError **error)
{
	g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GString) dependencies = g_string_new(NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *css = NULL;
	Run run = {.words = words, .dependencies = dependencies};
	gsize len;

	g_string_append_printf(dependencies, "%s:", argv[2]);
	for (int i = 4; i < argc; i++)
		if (!read_folder(&run, argv[i], error))
			return false;
	g_string_append_c(dependencies, '\n');
	if (!g_file_get_contents(argv[1], &css, &len, error) || !cssprune_run(css, len, words, out, error))
		return false;
	return write_changed(argv[2], out, error) &&
	       g_file_set_contents(argv[3], dependencies->str, (gssize)dependencies->len, error);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	if (argc < 5) {
		fprintf(stderr, "usage: cssprune IN.css OUT.css DEPENDENCIES.d FOLDER...\n");
		return 2;
	}
	if (run_all(argc, argv, &error))
		return 0;
	fprintf(stderr, "cssprune: %s\n", error->message);
	return 1;
}
