/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/incoming.h"

#include "base/app-error.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER_MODE 0750

bool
app_incoming_prepare(const char *directory, char **ret_path, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "incoming", NULL);
	g_autoptr(GDir) dir = NULL;
	const char *name;

	if (g_mkdir_with_parents(path, FOLDER_MODE) != 0 || (dir = g_dir_open(path, 0, NULL)) == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)", path,
		    g_strerror(errno));
		return false;
	}
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *left_over = g_build_filename(path, name, NULL);

		g_unlink(left_over);
	}
	*ret_path = g_steal_pointer(&path);
	return true;
}
