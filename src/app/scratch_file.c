/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/scratch_file.h"

#include "base/app-error.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define NAME "namro-XXXXXX"

static bool
take(const char *what, const char *path, GString *out, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autofree char *bytes = NULL;
	gsize len;

	if (!g_file_get_contents(path, &bytes, &len, &reason)) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "không đọc lại được %s tạm: %s", what,
		    reason->message);
		return false;
	}
	g_string_append_len(out, bytes, (gssize)len);
	return true;
}

bool
scratch_file_fill(const char *what, ScratchWrite write, void *data, GString *out, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autofree char *path = NULL;
	int file = g_file_open_tmp(NAME, &path, &reason);
	bool is_ok;

	if (file < 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "không tạo được tệp tạm để ghi %s: %s", what,
		    reason->message);
		return false;
	}
	close(file);
	is_ok = write(path, data, error) && take(what, path, out, error);
	g_unlink(path);
	return is_ok;
}
