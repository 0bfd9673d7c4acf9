/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_upload_file.h"

#include "base/app-error.h"
#include "base/date.h"
#include "base/fd.h"
#include "modules/evidence/evidence_upload.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_MODE 0750
#define FILE_MODE 0640
#define COPY_BYTES ((size_t)256 * 1024)
#define SUFFIX ".part"

static char *
folder_of(const EvidenceScope *scope)
{
	return g_strdup_printf("%s/uploads/%" G_GINT64_FORMAT, scope->directory, scope->commune_id);
}

char *
upload_file_path(const EvidenceScope *scope, const char *upload_id)
{
	g_autofree char *folder = folder_of(scope);

	return g_strdup_printf("%s/%s" SUFFIX, folder, upload_id);
}

static bool
fail(const char *path, GError **error)
{
	int reason = errno;

	if (reason == ENOSPC || reason == EDQUOT)
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "Ổ đĩa của máy chủ đã đầy nên chưa nhận tiếp được tệp. Phần đã gửi được giữ lại; hãy báo "
		    "người quản trị.");
	else
		g_set_error(
		    error, APP_ERROR, APP_ERROR_STORAGE, "%s: không ghi được (%s)", path, g_strerror(reason));
	return false;
}

bool
upload_file_create(const EvidenceScope *scope, const char *upload_id, GError **error)
{
	g_autofree char *folder = folder_of(scope), *path = upload_file_path(scope, upload_id);
	int fd;

	if (g_mkdir_with_parents(folder, FOLDER_MODE) != 0)
		return fail(folder, error);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
	if (fd < 0)
		return fail(path, error);
	close(fd);
	return true;
}

int64_t
upload_file_size(const EvidenceScope *scope, const char *upload_id)
{
	g_autofree char *path = upload_file_path(scope, upload_id);
	struct stat info;

	return g_lstat(path, &info) == 0 ? (int64_t)info.st_size : 0;
}

int64_t
upload_file_changed_us(const EvidenceScope *scope, const char *upload_id)
{
	g_autofree char *path = upload_file_path(scope, upload_id);
	struct stat info;

	return g_lstat(path, &info) == 0 ? (int64_t)info.st_mtime * INSTANT_SECOND : 0;
}

void
upload_file_remove(const EvidenceScope *scope, const char *upload_id)
{
	g_autofree char *path = upload_file_path(scope, upload_id);

	g_unlink(path);
}

static bool
is_named(const GPtrArray *uploads, const char *file)
{
	for (guint i = 0; i < uploads->len; i++) {
		const EvidenceUpload *upload = g_ptr_array_index(uploads, i);
		size_t len = strlen(upload->upload_id);

		if (strncmp(file, upload->upload_id, len) == 0 && strcmp(file + len, SUFFIX) == 0)
			return true;
	}
	return false;
}

void
upload_files_without_row(const EvidenceScope *scope, const GPtrArray *uploads)
{
	g_autofree char *folder = folder_of(scope);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (!is_named(uploads, name))
			g_unlink(path);
	}
}

/* At the end of `to`, and on the disk when it returns. */
static bool
copy(int from, int to)
{
	g_autofree char *bytes = g_malloc(COPY_BYTES);
	ssize_t n;

	for (;;) {
		n = read(from, bytes, COPY_BYTES);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		if (!fd_write_all(to, bytes, (size_t)n))
			return false;
	}
	return n == 0 && fdatasync(to) == 0;
}

static bool
check_offset(EvidenceUpload *upload, int64_t there, int64_t offset, int64_t len, GError **error)
{
	upload->offset = there;
	if (offset != there) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "Phần gửi lên bắt đầu ở byte %" G_GINT64_FORMAT
		    ", máy chủ đang chờ byte %" G_GINT64_FORMAT ".",
		    offset, there);
		return false;
	}
	if (len > upload->size_bytes - there) {
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "Tệp “%s” dài hơn đã báo trước (%" G_GINT64_FORMAT " byte).", upload->file_name,
		    upload->size_bytes);
		return false;
	}
	return true;
}

/* `to` is ours alone while it is locked. What was written of a piece that failed is cut off again. */
static bool
append_locked(EvidenceUpload *upload, int64_t offset, int from, int to, const char *path, GError **error)
{
	struct stat piece, whole;

	if (fstat(from, &piece) != 0 || fstat(to, &whole) != 0)
		return fail(path, error);
	if (!check_offset(upload, (int64_t)whole.st_size, offset, (int64_t)piece.st_size, error))
		return false;
	if (!copy(from, to)) {
		int reason = errno;

		(void)!ftruncate(to, whole.st_size);
		errno = reason;
		return fail(path, error);
	}
	upload->offset = (int64_t)whole.st_size + (int64_t)piece.st_size;
	return true;
}

bool
evidence_upload_append(
    const EvidenceScope *scope, EvidenceUpload *upload, int64_t offset, const char *path, GError **error)
{
	g_autofree char *place = upload_file_path(scope, upload->upload_id);
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int to = open(place, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
	bool is_ok = false;

	if (from < 0 || to < 0) {
		fail(place, error);
	} else if (flock(to, LOCK_EX | LOCK_NB) != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_BUSY,
		    "Một phần khác của tệp này đang được ghi. Hãy thử lại sau ít giây.");
	} else {
		is_ok = append_locked(upload, offset, from, to, place, error);
	}
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	return is_ok;
}
