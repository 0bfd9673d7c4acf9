/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/key_file.h"

#include "base/app-error.h"
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

static bool
fail(const char *path, const char *what, const char *verb, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không %s được %s (%s)", path, verb, what,
	    g_strerror(errno));
	return false;
}

bool
key_file_read(
    const char *path, const char *what, void *ret_bytes, size_t size, bool *ret_found, GError **error)
{
	uint8_t beyond;
	ssize_t n, more;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*ret_found = fd >= 0;
	if (fd < 0)
		return errno == ENOENT || fail(path, what, "đọc", error);
	n = read(fd, ret_bytes, size);
	more = read(fd, &beyond, 1);
	close(fd);
	if (n == (ssize_t)size && more == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
	    "%s: %s bị hỏng (sai độ dài); hãy chép lại tệp này từ bản sao lưu", path, what);
	return false;
}

bool
key_file_make(
    const char *path, const char *what, const void *bytes, size_t size, bool *ret_exists, GError **error)
{
	bool is_written;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	*ret_exists = fd < 0 && errno == EEXIST;
	if (*ret_exists)
		return true;
	if (fd < 0)
		return fail(path, what, "tạo", error);
	is_written = fd_write_all(fd, bytes, size) && fsync(fd) == 0;
	if (close(fd) == 0 && is_written)
		return true;
	(void)fail(path, what, "ghi", error);
	unlink(path);
	return false;
}

bool
key_file_fail_lost(const char *path, const char *what, bool is_other, const char *command, GError **error)
{
	g_autofree char *directory = g_path_get_dirname(path);
	g_autofree char *name = g_path_get_basename(path);

	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
	    "%s: %s %s. Hãy khôi phục bản sao lưu gần nhất ra một thư mục khác (namro restore) và chép tệp "
	    "%s từ đó "
	    "về đây; nếu không còn bản sao lưu nào, hãy bắt đầu khóa mới: %s %s",
	    path, what, is_other ? "không phải là khóa mà nhật ký đã ghi" : "không còn trong thư mục dữ liệu",
	    name, command, directory);
	return false;
}
