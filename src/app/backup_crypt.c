/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_crypt.h"

#include "base/app-error.h"
#include "base/fd.h"
#include "base/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "NAMROB1\n"
#define MAGIC_SIZE (sizeof(MAGIC) - 1)
#define PIECE ((size_t)64 * 1024)
/* Written in small portions, so that others who wait for the disk meanwhile never wait for all of it. */
#define SYNC_PIECES 32
#define SEALED_PIECE (PIECE + crypto_secretstream_xchacha20poly1305_ABYTES)
#define KEY_BYTES crypto_kdf_KEYBYTES
#define KDF_CONTEXT "namrobak"
#define ID_BYTES 16 /* the least that the derivation gives; half of it is shown */

G_STATIC_ASSERT(sizeof(((BackupKey *)0)->files) == crypto_secretstream_xchacha20poly1305_KEYBYTES);

void
backup_key_clear(BackupKey *key)
{
	sodium_memzero(key, sizeof(*key));
}

static bool
fail(const char *path, const char *what, GError **error)
{
	int reason = errno;

	g_set_error(error, APP_ERROR, reason == ENOENT ? APP_ERROR_NOT_FOUND : APP_ERROR_STORAGE,
	    "%s: %s (%s)", path, what, g_strerror(reason));
	return false;
}

static void
derive(const uint8_t master[static KEY_BYTES], BackupKey *key)
{
	uint8_t id[ID_BYTES];

	crypto_kdf_derive_from_key(key->files, sizeof(key->files), 1, KDF_CONTEXT, master);
	crypto_kdf_derive_from_key(key->manifest, sizeof(key->manifest), 2, KDF_CONTEXT, master);
	crypto_kdf_derive_from_key(key->names, sizeof(key->names), 3, KDF_CONTEXT, master);
	crypto_kdf_derive_from_key(id, sizeof(id), 4, KDF_CONTEXT, master);
	sodium_bin2hex(key->id, sizeof(key->id), id, sizeof(key->id) / 2);
}

static bool
start(GError **error)
{
	if (sodium_init() >= 0)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL, "libsodium cannot be used");
	return false;
}

bool
backup_key_load(const char *path, BackupKey *ret_key, GError **error)
{
	uint8_t master[KEY_BYTES];
	char text[2 * KEY_BYTES + 2] = "";
	int fd;
	ssize_t n;
	size_t len = 0;
	bool is_ok;

	if (!start(error))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(path, "không đọc được khóa sao lưu", error);
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	g_strchomp(text);
	is_ok = n > 0 && strlen(text) == 2 * KEY_BYTES &&
		sodium_hex2bin(master, sizeof(master), text, 2 * KEY_BYTES, NULL, &len, NULL) == 0 &&
		len == KEY_BYTES;
	if (is_ok)
		derive(master, ret_key);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "%s: không phải là khóa sao lưu (cần đúng 64 chữ số thập lục phân)", path);
	sodium_memzero(master, sizeof(master));
	sodium_memzero(text, sizeof(text));
	return is_ok;
}

bool
backup_key_make(const char *path, BackupKey *ret_key, GError **error)
{
	uint8_t master[KEY_BYTES];
	char text[2 * KEY_BYTES + 1];
	bool is_ok;
	int fd;

	if (!start(error))
		return false;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "%s đã có; hãy dùng --key để dùng khóa này, hoặc chọn tên khác cho khóa mới", path);
		return false;
	}
	if (fd < 0)
		return fail(path, "không tạo được khóa sao lưu", error);
	crypto_kdf_keygen(master);
	sodium_bin2hex(text, sizeof(text), master, sizeof(master));
	is_ok = fd_write_all(fd, text, strlen(text)) && fd_write_all(fd, "\n", 1) && fsync(fd) == 0;
	if (!is_ok)
		fail(path, "không ghi được khóa sao lưu", error);
	close(fd);
	if (is_ok)
		derive(master, ret_key);
	else
		g_unlink(path);
	sodium_memzero(master, sizeof(master));
	sodium_memzero(text, sizeof(text));
	return is_ok;
}

/* A file being turned into another. */
typedef struct Pass {
	const char *from, *to;
	char *aside;
	int in, out;
	crypto_secretstream_xchacha20poly1305_state state;
	GChecksum *checksum;
	BackupDigest digest;
} Pass;

static void
pass_clear(Pass *pass)
{
	if (pass->in >= 0)
		close(pass->in);
	if (pass->out >= 0)
		close(pass->out);
	if (pass->aside != NULL)
		g_unlink(pass->aside);
	g_free(pass->aside);
	g_clear_pointer(&pass->checksum, g_checksum_free);
	sodium_memzero(&pass->state, sizeof(pass->state));
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pass, pass_clear)

static bool
pass_open(Pass *pass, const char *from, const char *to, GError **error)
{
	*pass = (Pass){
	    .from = from, .to = to, .in = -1, .out = -1, .checksum = g_checksum_new(G_CHECKSUM_SHA256)};
	pass->in = open(from, O_RDONLY | O_CLOEXEC);
	if (pass->in < 0)
		return fail(from, "không đọc được tệp", error);
	pass->aside = g_strdup_printf("%s.moi-XXXXXX", to);
	pass->out = g_mkstemp_full(pass->aside, O_WRONLY | O_CLOEXEC, 0600);
	if (pass->out >= 0)
		return true;
	fail(to, "không tạo được tệp", error);
	g_clear_pointer(&pass->aside, g_free);
	return false;
}

static bool
pass_end(Pass *pass, BackupDigest *ret_digest, GError **error)
{
	int out = pass->out;

	g_strlcpy(pass->digest.sha256, g_checksum_get_string(pass->checksum), sizeof(pass->digest.sha256));
	pass->out = -1;
	if (fsync(out) != 0) {
		close(out);
		return fail(pass->to, "không ghi được tệp", error);
	}
	if (close(out) != 0 || g_rename(pass->aside, pass->to) != 0)
		return fail(pass->to, "không ghi được tệp", error);
	g_clear_pointer(&pass->aside, g_free);
	*ret_digest = pass->digest;
	return true;
}

/* Fills the buffer as far as the file goes; -1 on failure. */
static ssize_t
read_full(int fd, uint8_t *buffer, size_t size)
{
	size_t len = 0;

	while (len < size) {
		ssize_t n = read(fd, buffer + len, size - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

static void
count(Pass *pass, const uint8_t *bytes, size_t len)
{
	g_checksum_update(pass->checksum, bytes, (gssize)len);
	pass->digest.size += (int64_t)len;
}

static bool
seal_pieces(Pass *pass, GError **error)
{
	g_autofree uint8_t *buffer = g_malloc(2 * PIECE), *sealed = g_malloc(SEALED_PIECE);
	uint8_t *now = buffer, *next = buffer + PIECE;
	ssize_t n = read_full(pass->in, now, PIECE), n_next;
	unsigned n_pieces = 0;

	do {
		unsigned long long n_sealed;

		/* Only what follows says which piece is the last one. */
		n_next = n == (ssize_t)PIECE ? read_full(pass->in, next, PIECE) : 0;
		if (n < 0 || n_next < 0)
			return fail(pass->from, "không đọc được tệp", error);
		count(pass, now, (size_t)n);
		crypto_secretstream_xchacha20poly1305_push(&pass->state, sealed, &n_sealed, now,
		    (unsigned long long)n, NULL, 0,
		    n_next == 0 ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
		if (!fd_write_all(pass->out, sealed, (size_t)n_sealed) ||
		    (++n_pieces % SYNC_PIECES == 0 && fdatasync(pass->out) != 0))
			return fail(pass->to, "không ghi được tệp", error);
		now = now == buffer ? buffer + PIECE : buffer;
		next = next == buffer ? buffer + PIECE : buffer;
		n = n_next;
	} while (n > 0);
	return true;
}

bool
backup_seal(const BackupKey *key, const char *from, const char *to, BackupDigest *ret_digest, GError **error)
{
	uint8_t header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
	g_auto(Pass) pass;

	if (!pass_open(&pass, from, to, error))
		return false;
	crypto_secretstream_xchacha20poly1305_init_push(&pass.state, header, key->files);
	if (!fd_write_all(pass.out, MAGIC, MAGIC_SIZE) || !fd_write_all(pass.out, header, sizeof(header)))
		return fail(to, "không ghi được tệp", error);
	return seal_pieces(&pass, error) && pass_end(&pass, ret_digest, error);
}

static bool
refuse(const Pass *pass, const char *why, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT, "%s: %s", pass->from, why);
	return false;
}

static bool
unseal_pieces(Pass *pass, GError **error)
{
	g_autofree uint8_t *sealed = g_malloc(SEALED_PIECE), *plain = g_malloc(PIECE);
	uint8_t tag = 0;

	while (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
		ssize_t n = read_full(pass->in, sealed, SEALED_PIECE);
		unsigned long long n_plain;

		if (n < 0)
			return fail(pass->from, "không đọc được tệp", error);
		if (n == 0)
			return refuse(pass, "tệp sao lưu bị cắt mất phần cuối", error);
		if (crypto_secretstream_xchacha20poly1305_pull(
			&pass->state, plain, &n_plain, &tag, sealed, (unsigned long long)n, NULL, 0) != 0)
			return refuse(pass, "tệp sao lưu đã bị sửa, bị cắt, hoặc do khóa khác mã hóa", error);
		count(pass, plain, (size_t)n_plain);
		if (!fd_write_all(pass->out, plain, (size_t)n_plain))
			return fail(pass->to, "không ghi được tệp", error);
	}
	return read_full(pass->in, sealed, 1) == 0 ||
	       refuse(pass, "sau phần cuối của tệp còn có gì khác", error);
}

bool
backup_unseal(
    const BackupKey *key, const char *from, const char *to, BackupDigest *ret_digest, GError **error)
{
	uint8_t head[MAGIC_SIZE + crypto_secretstream_xchacha20poly1305_HEADERBYTES];
	g_auto(Pass) pass;

	if (!pass_open(&pass, from, to, error))
		return false;
	if (read_full(pass.in, head, sizeof(head)) != (ssize_t)sizeof(head) ||
	    memcmp(head, MAGIC, MAGIC_SIZE) != 0 ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&pass.state, head + MAGIC_SIZE, key->files) != 0)
		return refuse(&pass, "không phải là tệp sao lưu của Năm Rõ, hoặc đã bị cắt", error);
	return unseal_pieces(&pass, error) && pass_end(&pass, ret_digest, error);
}

bool
backup_sync_folder(const char *folder, GError **error)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_ok = fd >= 0 && fsync(fd) == 0;

	if (!is_ok)
		fail(folder, "không ghi được thư mục", error);
	if (fd >= 0)
		close(fd);
	return is_ok;
}

void
backup_remove_tree(const char *path)
{
	tree_remove(path);
}
