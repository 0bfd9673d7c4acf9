/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger_key.h"

#include "base/app-error.h"
#include "base/record.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define KEY_FILE "ledger.key"
#define RECEIPT_BYTES_MAX 4096
#define SIGNED_WORDS "namro ledger 1" /* so that nothing else this key may sign is taken for a mark */

G_STATIC_ASSERT(sizeof(((LedgerKey *)0)->secret) == crypto_sign_SECRETKEYBYTES);
G_STATIC_ASSERT(sizeof(LedgerPublicKey) == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT(LEDGER_SIGNATURE_SIZE == crypto_sign_BYTES);

void
ledger_key_clear(LedgerKey *key)
{
	sodium_memzero(key, sizeof(*key));
}

static bool
fail(const char *path, const char *what, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: %s (%s)", path, what, g_strerror(errno));
	return false;
}

/* Makes the file whole or not at all; *ret_exists: another process was faster. */
static bool
make_key(const char *path, bool *ret_exists, GError **error)
{
	LedgerKey key;
	bool is_written;
	int fd;

	*ret_exists = false;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST) {
		*ret_exists = true;
		return true;
	}
	if (fd < 0)
		return fail(path, "không tạo được khóa ký nhật ký", error);
	crypto_sign_keypair(key.public_key.bytes, key.secret);
	is_written =
	    write(fd, key.secret, sizeof(key.secret)) == (ssize_t)sizeof(key.secret) && fsync(fd) == 0;
	ledger_key_clear(&key);
	if (close(fd) == 0 && is_written)
		return true;
	(void)fail(path, "không ghi được khóa ký nhật ký", error);
	unlink(path);
	return false;
}

bool
ledger_key_is_there(const char *directory)
{
	g_autofree char *path = g_build_filename(directory, KEY_FILE, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

bool
ledger_key_load(const char *directory, LedgerKey *ret_key, GError **error)
{
	g_autofree char *path = g_build_filename(directory, KEY_FILE, NULL);
	bool exists = false;
	ssize_t n;
	int fd;

	if (sodium_init() < 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL, "libsodium cannot be used");
		return false;
	}
	if (access(path, F_OK) != 0 && !make_key(path, &exists, error))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(path, "không đọc được khóa ký nhật ký", error);
	n = read(fd, ret_key->secret, sizeof(ret_key->secret));
	close(fd);
	if (n != (ssize_t)sizeof(ret_key->secret)) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "%s: khóa ký nhật ký bị hỏng; hãy khôi phục tệp này từ bản sao lưu", path);
		return false;
	}
	crypto_sign_ed25519_sk_to_pk(ret_key->public_key.bytes, ret_key->secret);
	return true;
}

static GString *
signed_bytes(const LedgerMark *mark)
{
	GString *out = g_string_new(NULL);

	record_put_text(out, SIGNED_WORDS);
	record_put_i64(out, mark->commune_id);
	record_put_i64(out, mark->seq);
	record_put_i64(out, mark->at_us);
	g_string_append_len(out, (const char *)mark->hash, sizeof(mark->hash));
	return out;
}

void
ledger_mark_sign(
    const LedgerMark *mark, const LedgerKey *key, uint8_t ret_signature[static LEDGER_SIGNATURE_SIZE])
{
	g_autoptr(GString) bytes = signed_bytes(mark);

	crypto_sign_detached(ret_signature, NULL, (const uint8_t *)bytes->str, bytes->len, key->secret);
}

bool
ledger_mark_verify(
    const LedgerMark *mark, const LedgerPublicKey *key, const uint8_t signature[static LEDGER_SIGNATURE_SIZE])
{
	g_autoptr(GString) bytes = signed_bytes(mark);

	return crypto_sign_verify_detached(signature, (const uint8_t *)bytes->str, bytes->len, key->bytes) ==
	       0;
}

char *
ledger_receipt_new(const LedgerMark *mark, const LedgerKey *key)
{
	uint8_t signature[LEDGER_SIGNATURE_SIZE];
	char hash[2 * LEDGER_HASH_SIZE + 1], public_hex[2 * sizeof(LedgerPublicKey) + 1],
	    signature_hex[2 * LEDGER_SIGNATURE_SIZE + 1];

	ledger_mark_sign(mark, key, signature);
	sodium_bin2hex(hash, sizeof(hash), mark->hash, sizeof(mark->hash));
	sodium_bin2hex(public_hex, sizeof(public_hex), key->public_key.bytes, sizeof(LedgerPublicKey));
	sodium_bin2hex(signature_hex, sizeof(signature_hex), signature, sizeof(signature));
	return g_strdup_printf("{\"namro_receipt\":1,\"commune_id\":%" G_GINT64_FORMAT
			       ",\"seq\":%" G_GINT64_FORMAT ",\"at_us\":%" G_GINT64_FORMAT
			       ",\"hash\":\"%s\",\"public_key\":\"%s\",\"signature\":\"%s\"}\n",
	    mark->commune_id, mark->seq, mark->at_us, hash, public_hex, signature_hex);
}

/* Gives what stands behind `"name":`, white space passed over; NULL where it is not there, or twice. */
static const char *
value_of(const char *text, const char *name)
{
	g_autofree char *key = g_strdup_printf("\"%s\"", name);
	const char *at = strstr(text, key);

	if (at == NULL)
		return NULL;
	at += strlen(key);
	if (strstr(at, key) != NULL)
		return NULL; /* of two, only one would be the signed one */
	at += strspn(at, " \t\r\n");
	if (*at != ':')
		return NULL;
	return at + 1 + strspn(at + 1, " \t\r\n");
}

static bool
read_number(const char *text, const char *name, int64_t *ret_value)
{
	const char *at = value_of(text, name);
	char *end;

	if (at == NULL || !g_ascii_isdigit(*at))
		return false;
	errno = 0;
	*ret_value = g_ascii_strtoll(at, &end, 10);
	return errno == 0 && end > at;
}

static bool
read_hex(const char *text, const char *name, uint8_t *bytes, size_t size)
{
	const char *at = value_of(text, name), *end;
	size_t len;

	return at != NULL && *at == '"' && strlen(at) > 2 * size + 1 && at[2 * size + 1] == '"' &&
	       sodium_hex2bin(bytes, size, at + 1, 2 * size, NULL, &len, &end) == 0 && len == size;
}

bool
ledger_receipt_parse(
    const char *text, size_t len, LedgerMark *ret_mark, LedgerPublicKey *ret_key, GError **error)
{
	g_autofree char *copy = g_strndup(text, MIN(len, RECEIPT_BYTES_MAX));
	uint8_t signature[LEDGER_SIGNATURE_SIZE];
	int64_t version;

	if (len > RECEIPT_BYTES_MAX || !read_number(copy, "namro_receipt", &version) || version != 1 ||
	    !read_number(copy, "commune_id", &ret_mark->commune_id) ||
	    !read_number(copy, "seq", &ret_mark->seq) || !read_number(copy, "at_us", &ret_mark->at_us) ||
	    !read_hex(copy, "hash", ret_mark->hash, sizeof(ret_mark->hash)) ||
	    !read_hex(copy, "public_key", ret_key->bytes, sizeof(ret_key->bytes)) ||
	    !read_hex(copy, "signature", signature, sizeof(signature))) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp này không phải là biên nhận của Năm Rõ, hoặc đã bị cắt mất một phần");
		return false;
	}
	if (!ledger_mark_verify(ret_mark, ret_key, signature)) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "chữ ký trên biên nhận không đúng: biên nhận đã bị sửa hoặc không do khóa này ký");
		return false;
	}
	return true;
}
