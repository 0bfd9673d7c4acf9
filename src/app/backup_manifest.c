/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_manifest.h"

#include "base/app-error.h"
#include "base/fd.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define FIRST_LINE "namro-backup 1"
#define MAC_WORD "mac "
#define FILE_WORDS 5 /* "file SIZE SHA256 STORED PATH" */

static void
file_free(gpointer data)
{
	BackupFile *file = data;

	g_free(file->stored);
	g_free(file->path);
	g_free(file);
}

void
backup_manifest_clear(BackupManifest *manifest)
{
	g_clear_pointer(&manifest->program, g_free);
	g_clear_pointer(&manifest->rows, g_free);
	g_clear_pointer(&manifest->files, g_ptr_array_unref);
}

void
backup_manifest_add(
    BackupManifest *manifest, const char *stored, const char *path, const BackupDigest *digest)
{
	BackupFile *file = g_new0(BackupFile, 1);

	if (manifest->files == NULL)
		manifest->files = g_ptr_array_new_with_free_func(file_free);
	file->stored = g_strdup(stored);
	file->path = g_strdup(path);
	file->digest = *digest;
	g_ptr_array_add(manifest->files, file);
}

static GString *
make_text(const BackupManifest *manifest, const BackupKey *key)
{
	GString *out = g_string_new(FIRST_LINE "\n");
	g_auto(GStrv) rows = g_strsplit(manifest->rows, "\n", -1);

	g_string_append_printf(out,
	    "key %s\ntime %" G_GINT64_FORMAT "\nprogram %s\ncommune %" G_GINT64_FORMAT
	    "\nledger %" G_GINT64_FORMAT " ",
	    key->id, manifest->at_us, manifest->program, manifest->commune_id, manifest->head.seq);
	text_hex_append(out, manifest->head.hash, LEDGER_HASH_SIZE);
	g_string_append_c(out, '\n');
	for (char **row = rows; *row != NULL; row++)
		if (**row != '\0')
			g_string_append_printf(out, "rows %s\n", *row);
	for (guint i = 0; i < manifest->files->len; i++) {
		const BackupFile *file = g_ptr_array_index(manifest->files, i);

		g_string_append_printf(out, "file %" G_GINT64_FORMAT " %s %s %s\n", file->digest.size,
		    file->digest.sha256, file->stored, file->path);
	}
	return out;
}

static void
make_mac(const BackupKey *key, const char *text, size_t len, char hex[static 2 * crypto_auth_BYTES + 1])
{
	uint8_t mac[crypto_auth_BYTES];

	crypto_auth(mac, (const uint8_t *)text, len, key->manifest);
	sodium_bin2hex(hex, 2 * crypto_auth_BYTES + 1, mac, sizeof(mac));
}

static bool
write_synced(const char *path, const char *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool is_ok = fd >= 0 && fd_write_all(fd, text, len) && fsync(fd) == 0;

	if (fd >= 0 && close(fd) != 0)
		is_ok = false;
	return is_ok;
}

bool
backup_manifest_write(
    const BackupManifest *manifest, const BackupKey *key, const char *folder, GError **error)
{
	g_autofree char *path = g_build_filename(folder, BACKUP_MANIFEST, NULL);
	g_autoptr(GString) text = make_text(manifest, key);
	char mac[2 * crypto_auth_BYTES + 1];

	make_mac(key, text->str, text->len, mac);
	g_string_append_printf(text, MAC_WORD "%s\n", mac);
	if (write_synced(path, text->str, text->len))
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_STORAGE, "%s: không ghi được tệp (%s)", path, g_strerror(errno));
	return false;
}

static bool
refuse(const char *path, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT, "%s: danh mục sao lưu đã bị sửa hoặc bị cắt", path);
	return false;
}

/* The key's name is looked at before anything is believed: a wrong key is the commonest mistake. */
static bool
check_mac(const char *path, char *text, const BackupKey *key, GError **error)
{
	const char *id = strstr(text, "\nkey ");
	char *mac = g_strrstr(text, "\n" MAC_WORD);
	char wanted[2 * crypto_auth_BYTES + 2];

	if (!g_str_has_prefix(text, FIRST_LINE "\n") || id == NULL || mac == NULL)
		return refuse(path, error);
	if (!g_str_has_prefix(id + strlen("\nkey "), key->id)) {
		g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN,
		    "%s: khóa đã cho không phải là khóa của bản sao lưu này", path);
		return false;
	}
	make_mac(key, text, (size_t)(mac + 1 - text), wanted);
	g_strlcat(wanted, "\n", sizeof(wanted));
	if (strlen(mac + 1 + strlen(MAC_WORD)) != sizeof(wanted) - 1 ||
	    sodium_memcmp(mac + 1 + strlen(MAC_WORD), wanted, sizeof(wanted) - 1) != 0)
		return refuse(path, error);
	mac[1] = '\0';
	return true;
}

/* No part of a path may lead out of its folder. */
static bool
is_inside(const char *path)
{
	return *path != '/' && *path != '\0' && strstr(path, "..") == NULL;
}

static bool
read_file_line(BackupManifest *manifest, const char *line)
{
	g_auto(GStrv) words = g_strsplit(line, " ", FILE_WORDS);
	BackupDigest digest = {0};

	if (g_strv_length(words) != FILE_WORDS || !is_inside(words[3]) || !is_inside(words[4]))
		return false;
	digest.size = g_ascii_strtoll(words[1], NULL, 10);
	g_strlcpy(digest.sha256, words[2], sizeof(digest.sha256));
	backup_manifest_add(manifest, words[3], words[4], &digest);
	return true;
}

static bool
read_line(BackupManifest *manifest, const char *line, GString *rows)
{
	char *end;

	if (g_str_has_prefix(line, "time "))
		manifest->at_us = g_ascii_strtoll(line + strlen("time "), NULL, 10);
	else if (g_str_has_prefix(line, "commune "))
		manifest->commune_id = g_ascii_strtoll(line + strlen("commune "), NULL, 10);
	else if (g_str_has_prefix(line, "program "))
		manifest->program = g_strdup(line + strlen("program "));
	else if (g_str_has_prefix(line, "rows "))
		g_string_append_printf(rows, "%s\n", line + strlen("rows "));
	else if (g_str_has_prefix(line, "file "))
		return read_file_line(manifest, line);
	else if (g_str_has_prefix(line, "ledger ")) {
		manifest->head.seq = g_ascii_strtoll(line + strlen("ledger "), &end, 10);
		if (*end == ' ')
			sodium_hex2bin(manifest->head.hash, LEDGER_HASH_SIZE, end + 1, strlen(end + 1), NULL,
			    NULL, NULL);
	}
	return true;
}

bool
backup_manifest_read(const char *folder, const BackupKey *key, BackupManifest *ret_manifest, GError **error)
{
	g_autofree char *path = g_build_filename(folder, BACKUP_MANIFEST, NULL), *text = NULL;
	g_autoptr(GError) reason = NULL;
	g_auto(BackupManifest) manifest = {0};
	g_autoptr(GString) rows = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(path, &text, NULL, &reason)) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có bản sao lưu ở đây: %s", reason->message);
		return false;
	}
	if (!check_mac(path, text, key, error))
		return false;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		if (!read_line(&manifest, *line, rows))
			return refuse(path, error);
	if (manifest.files == NULL || manifest.program == NULL)
		return refuse(path, error);
	manifest.rows = g_string_free(g_steal_pointer(&rows), FALSE);
	manifest.head.commune_id = manifest.commune_id;
	*ret_manifest = manifest;
	manifest = (BackupManifest){0};
	return true;
}
