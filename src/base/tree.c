/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tree.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>

void
tree_remove(const char *path)
{
	bool is_link = g_file_test(path, G_FILE_TEST_IS_SYMLINK);
	g_autoptr(GDir) dir = is_link ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		tree_remove(child);
	}
	(void)g_remove(path);
}
