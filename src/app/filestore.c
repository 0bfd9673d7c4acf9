/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"

#include "base/app-error.h"
#include "base/fd.h"
#include "base/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_LEN (FILESTORE_KEY_SIZE - 1)
#define FOLDER_MODE 0750
#define FILE_MODE 0640
#define WIPE_BYTES 65536

static bool
fail(const char *what, const char *path, GError **error)
{
	int reason = errno;

	g_set_error(error, APP_ERROR, (gint)app_error_of_errno(reason), "%s: %s (%s)", path, what,
	    g_strerror(reason));
	return false;
}

static bool
is_key(const char *key)
{
	return strlen(key) == KEY_LEN && strspn(key, "0123456789abcdef") == KEY_LEN;
}

char *
filestore_path(const char *directory, const char *key)
{
	if (!is_key(key))
		return NULL;
	return g_strdup_printf("%s/files/%.2s/%s", directory, key, key + 2);
}

/* The name of a file is only safe once its folder has been synced too. */
static bool
sync_folder(const char *folder, GError **error)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_ok = fd >= 0 && fsync(fd) == 0;

	if (!is_ok)
		fail("không ghi được thư mục", folder, error);
	if (fd >= 0)
		close(fd);
	return is_ok;
}

/* Writes aside in the same folder and renames, so that a name never stands for half a file. */
static bool
write_file(const char *folder, const char *path, const void *bytes, size_t len, GError **error)
{
	g_autofree char *aside = g_strdup_printf("%s/.moi-XXXXXX", folder);
	int fd = g_mkstemp_full(aside, O_WRONLY | O_CLOEXEC, FILE_MODE);
	bool is_ok;

	if (fd < 0)
		return fail("không tạo được tệp", aside, error);
	is_ok = (fd_write_all(fd, bytes, len) && fsync(fd) == 0) || fail("không ghi được tệp", aside, error);
	if (close(fd) != 0 && is_ok)
		is_ok = fail("không ghi được tệp", aside, error);
	if (is_ok && g_rename(aside, path) != 0)
		is_ok = fail("không đổi được tên tệp", path, error);
	if (!is_ok)
		g_unlink(aside);
	return is_ok && sync_folder(folder, error);
}

bool
filestore_add(const char *directory, const void *bytes, size_t len, char ret_key[static FILESTORE_KEY_SIZE],
    GError **error)
{
	g_autofree char *key = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, len);
	g_autofree char *path = filestore_path(directory, key);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *root = g_path_get_dirname(folder);
	struct stat info;

	if (g_stat(path, &info) != 0 || (size_t)info.st_size != len) {
		if (g_mkdir_with_parents(folder, FOLDER_MODE) != 0)
			return fail("không tạo được thư mục", folder, error);
		if (!sync_folder(root, error) || !write_file(folder, path, bytes, len, error))
			return false;
	}
	memcpy(ret_key, key, FILESTORE_KEY_SIZE);
	return true;
}

static bool
sync_file(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is_ok = fd >= 0 && fsync(fd) == 0;

	if (!is_ok)
		fail("không ghi được tệp", path, error);
	if (fd >= 0)
		close(fd);
	return is_ok;
}

bool
filestore_adopt(const char *directory, const char *path, const char *key, GError **error)
{
	g_autofree char *place = filestore_path(directory, key);
	g_autofree char *folder = place != NULL ? g_path_get_dirname(place) : NULL;
	g_autofree char *root = folder != NULL ? g_path_get_dirname(folder) : NULL;

	if (place == NULL) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INVALID, "a file's key is 64 hexadecimal digits");
		return false;
	}
	if (g_mkdir_with_parents(folder, FOLDER_MODE) != 0)
		return fail("không tạo được thư mục", folder, error);
	if (!sync_folder(root, error) || !sync_file(path, error))
		return false;
	if (g_rename(path, place) != 0)
		return fail("không chuyển được tệp", path, error);
	return sync_folder(folder, error);
}

bool
filestore_get(const char *directory, const char *key, char **ret_bytes, size_t *ret_len, GError **error)
{
	g_autofree char *path = filestore_path(directory, key);
	g_autofree char *bytes = NULL;
	g_autofree char *actual = NULL;
	g_autoptr(GError) read_error = NULL;
	gsize len;

	if (path == NULL) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INVALID, "a file's key is 64 hexadecimal digits");
		return false;
	}
	if (!g_file_get_contents(path, &bytes, &len, &read_error)) {
		bool is_missing = g_error_matches(read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT);

		g_set_error_literal(error, APP_ERROR, is_missing ? APP_ERROR_NOT_FOUND : APP_ERROR_STORAGE,
		    read_error->message);
		return false;
	}
	actual = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, len);
	if (strcmp(actual, key) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: nội dung tệp đã bị hỏng", path);
		return false;
	}
	*ret_bytes = g_steal_pointer(&bytes);
	*ret_len = len;
	return true;
}

static bool
overwrite(int fd)
{
	static const char ZEROS[WIPE_BYTES];
	struct stat info;

	if (fstat(fd, &info) != 0)
		return false;
	for (off_t left = info.st_size; left > 0; left -= WIPE_BYTES)
		if (!fd_write_all(fd, ZEROS, (size_t)MIN(left, WIPE_BYTES)))
			return false;
	return fsync(fd) == 0;
}

bool
filestore_wipe_path(const char *path, GError **error)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	bool is_ok;

	if (fd < 0)
		return errno == ENOENT || fail("không xóa được tệp", path, error);
	is_ok = overwrite(fd);
	close(fd);
	/* A disk that cannot be written may still let the name go. */
	is_ok = g_unlink(path) == 0 && is_ok;
	return is_ok || fail("không xóa được tệp", path, error);
}

/* What was drawn or recognised of a file shows it too. */
static void
wipe_pictures(const char *directory, const char *key)
{
	g_autofree char *drawn = g_strdup_printf("%s/cache/%.2s/%s", directory, key, key + 2);
	g_autofree char *recognised = g_build_filename(directory, "work", key, NULL);

	tree_remove(drawn);
	tree_remove(recognised);
}

bool
filestore_wipe(const char *directory, const char *key, GError **error)
{
	g_autofree char *path = filestore_path(directory, key);
	g_autofree char *folder = path != NULL ? g_path_get_dirname(path) : NULL;

	if (path == NULL) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INVALID, "a file's key is 64 hexadecimal digits");
		return false;
	}
	wipe_pictures(directory, key);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	return filestore_wipe_path(path, error) && sync_folder(folder, error);
}
