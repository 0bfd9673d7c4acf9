/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger_key.h"

#include "app/key_file.h"
#include "base/app-error.h"
#include "base/record.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

#define WHAT "khóa ký nhật ký"
#define COMMAND "namro admin new-key ledger"
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
start(GError **error)
{
	if (sodium_init() >= 0)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL, "libsodium cannot be used");
	return false;
}

bool
ledger_key_make(const char *directory, GError **error)
{
	g_autofree char *path = g_build_filename(directory, LEDGER_KEY_FILE, NULL);
	g_auto(LedgerKey) key = {0};
	bool exists;

	if (!start(error))
		return false;
	crypto_sign_keypair(key.public_key.bytes, key.secret);
	return key_file_make(path, WHAT, key.secret, sizeof(key.secret), &exists, error);
}

bool
ledger_key_read(const char *directory, LedgerKey *ret_key, bool *ret_found, GError **error)
{
	g_autofree char *path = g_build_filename(directory, LEDGER_KEY_FILE, NULL);

	if (!start(error) ||
	    !key_file_read(path, WHAT, ret_key->secret, sizeof(ret_key->secret), ret_found, error))
		return false;
	if (*ret_found)
		crypto_sign_ed25519_sk_to_pk(ret_key->public_key.bytes, ret_key->secret);
	return true;
}

bool
ledger_key_is_there(const char *directory)
{
	g_autofree char *path = g_build_filename(directory, LEDGER_KEY_FILE, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

bool
ledger_key_load(const char *directory, LedgerKey *ret_key, GError **error)
{
	g_autofree char *path = g_build_filename(directory, LEDGER_KEY_FILE, NULL);
	bool is_found;

	if (!ledger_key_read(directory, ret_key, &is_found, error))
		return false;
	return is_found || key_file_fail_lost(path, WHAT, false, COMMAND, error);
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
ledger_public_key_parse(const char *text, LedgerPublicKey *ret_key)
{
	const char *end;
	size_t len;

	return sodium_hex2bin(ret_key->bytes, sizeof(ret_key->bytes), text,
		   strnlen(text, 2 * sizeof(*ret_key)), NULL, &len, &end) == 0 &&
	       len == sizeof(ret_key->bytes) && *end == '"';
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
