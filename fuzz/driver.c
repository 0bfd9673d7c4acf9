/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* A plain main for the fuzz targets: runs each file named, and each file of a folder named, as one TAP test,
 * so that what fuzzing once found stays found with any compiler. */

static void
add_path(GPtrArray *paths, const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	if (dir == NULL)
		g_ptr_array_add(paths, g_strdup(path));
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.')
			g_ptr_array_add(paths, g_build_filename(path, name, NULL));
}

static gint
compare_paths(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static bool
run_file(const char *path)
{
	g_autofree char *bytes = NULL;
	gsize len;

	if (!g_file_get_contents(path, &bytes, &len, NULL))
		return false;
	LLVMFuzzerTestOneInput((const uint8_t *)bytes, len);
	return true;
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	bool is_ok = LLVMFuzzerTestOneInput((const uint8_t *)"", 0) == 0;

	for (int i = 1; i < argc; i++)
		add_path(paths, argv[i]);
	g_ptr_array_sort(paths, compare_paths);
	printf("1..%u\n%s 1 - nothing\n", paths->len + 1, is_ok ? "ok" : "not ok");
	for (guint i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		bool is_read = run_file(path);

		printf("%s %u - %s\n", is_read ? "ok" : "not ok", i + 2, path);
		is_ok = is_ok && is_read;
	}
	return is_ok ? 0 : 1;
}
