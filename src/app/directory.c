/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/directory.h"

#include "base/app-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define MARK_FILE "commune"
#define LOCK_FILE "commune.lock"
#define COMMUNE_WORD "commune "
#define STORE_WORD "store "
#define STORE_OWN "file"
#define STORE_ELSEWHERE "server"
#define FILE_MODE 0640

static bool
read_line(const char *line, DirectoryMark *mark)
{
	guint64 id;

	if (g_str_has_prefix(line, COMMUNE_WORD) &&
	    g_ascii_string_to_unsigned(line + strlen(COMMUNE_WORD), 10, 1, G_MAXINT32, &id, NULL)) {
		mark->commune_id = (int64_t)id;
		return true;
	}
	mark->is_elsewhere = strcmp(line, STORE_WORD STORE_ELSEWHERE) == 0;
	return mark->is_elsewhere || strcmp(line, STORE_WORD STORE_OWN) == 0;
}

static bool
parse(const char *text, DirectoryMark *mark)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	*mark = (DirectoryMark){0};
	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0' && !read_line(*line, mark))
			return false;
	return mark->commune_id > 0;
}

bool
directory_mark_read(const char *directory, DirectoryMark *ret_mark, bool *ret_found, GError **error)
{
	g_autofree char *path = g_build_filename(directory, MARK_FILE, NULL), *text = NULL;
	g_autoptr(GError) reason = NULL;

	*ret_found = false;
	if (!g_file_get_contents(path, &text, NULL, &reason)) {
		if (g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
		    g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
			return true;
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, reason->message);
		return false;
	}
	if (!parse(text, ret_mark)) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "%s: tệp này phải ghi thư mục dữ liệu là của đơn vị nào nhưng không đọc được; hãy khôi "
		    "phục tệp từ "
		    "bản sao lưu",
		    path);
		return false;
	}
	*ret_found = true;
	return true;
}

bool
directory_mark_write(const char *directory, const DirectoryMark *mark, GError **error)
{
	g_autofree char *path = g_build_filename(directory, MARK_FILE, NULL);
	g_autofree char *text = g_strdup_printf(COMMUNE_WORD "%" G_GINT64_FORMAT "\n" STORE_WORD "%s\n",
	    mark->commune_id, mark->is_elsewhere ? STORE_ELSEWHERE : STORE_OWN);
	g_autoptr(GError) reason = NULL;

	if (g_file_set_contents_full(path, text, -1,
		G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, FILE_MODE, &reason))
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, reason->message);
	return false;
}

bool
directory_hold(const char *directory, bool alone, int *ret_fd, GError **error)
{
	g_autofree char *path = g_build_filename(directory, LOCK_FILE, NULL);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);

	if (fd >= 0 && flock(fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) {
		*ret_fd = fd;
		return true;
	}
	if (fd >= 0 && errno == EWOULDBLOCK)
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY,
		    alone ? "%s đang được phục vụ; hãy dừng \"namro serve\" rồi thử lại"
			  : "%s đang được chuyển sang nơi khác; hãy đợi chuyển xong rồi thử lại",
		    directory);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không khóa được tệp (%s)", path,
		    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return false;
}
