/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/identity/oidc.h"

#include <jansson.h>
#include <rhonabwy.h>
#include <string.h>

#define SKEW_SECONDS 60                         /* between two clocks */
#define AGE_SECONDS_MAX (OIDC_MINUTES_MAX * 60) /* of a token that was made for this sign-in */
#define NAME_BYTES_MAX 200
#define RSA_BITS_MIN 2048
#define JSON_FLAGS (JSON_REJECT_DUPLICATES)

#define NEXT "Hãy đăng nhập lại từ đầu; nếu vẫn vậy, hãy báo người quản trị và đăng nhập bằng mật khẩu."

static bool
refuse(GError **error, const char *what)
{
	g_set_error(
	    error, APP_ERROR, APP_ERROR_FORBIDDEN, "Nơi cấp tài khoản trả lời không đúng: %s. " NEXT, what);
	return false;
}

/* base64url without padding (RFC 7515); NULL where it is none. */
static GByteArray *
decode(const char *text, size_t len)
{
	static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	g_autofree char *plain = g_strndup(text, len);
	g_autoptr(GString) padded = NULL;
	gsize n;
	guchar *bytes;

	if (len == 0 || len % 4 == 1 || strspn(plain, LETTERS) != len)
		return NULL;
	padded = g_string_new(plain);
	g_string_replace(padded, "-", "+", 0);
	g_string_replace(padded, "_", "/", 0);
	while (padded->len % 4 != 0)
		g_string_append_c(padded, '=');
	bytes = g_base64_decode(padded->str, &n);
	return g_byte_array_new_take(bytes, n);
}

/* An object out of one part of a token; NULL where there is none. */
static json_t *
decode_object(const char *text, size_t len)
{
	g_autoptr(GByteArray) bytes = decode(text, len);
	json_t *root =
	    bytes != NULL ? json_loadb((const char *)bytes->data, bytes->len, JSON_FLAGS, NULL) : NULL;

	if (json_is_object(root))
		return root;
	json_decref(root);
	return NULL;
}

static const char *
text_of(json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* Only what this program knows to check: no compression, no extension, no key that the token brings along. */
static bool
check_header(json_t *header, jwa_alg *ret_alg, GError **error)
{
	static const char *const REFUSED[] = {"crit", "zip", "b64", "enc"};
	const char *alg = text_of(header, "alg");

	*ret_alg = g_strcmp0(alg, "RS256") == 0   ? R_JWA_ALG_RS256
		   : g_strcmp0(alg, "ES256") == 0 ? R_JWA_ALG_ES256
						  : R_JWA_ALG_UNKNOWN;
	if (*ret_alg == R_JWA_ALG_UNKNOWN)
		return refuse(error, "thẻ không được ký bằng RS256 hoặc ES256");
	for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++)
		if (json_object_get(header, REFUSED[i]) != NULL)
			return refuse(error, "thẻ có phần mở rộng không được nhận");
	return true;
}

/* The key of a token: by its number, or the only one of its kind where it names none. */
static json_t *
find_key(json_t *keys, const char *kid, const char *type)
{
	json_t *found = NULL, *key;
	unsigned n = 0;
	size_t i;

	json_array_foreach(json_object_get(keys, "keys"), i, key)
	{
		const char *use = text_of(key, "use");

		if (g_strcmp0(text_of(key, "kty"), type) != 0 || (use != NULL && strcmp(use, "sig") != 0) ||
		    (kid != NULL && g_strcmp0(text_of(key, "kid"), kid) != 0))
			continue;
		found = key;
		n++;
	}
	return n == 1 ? found : NULL;
}

/* The parts that make the key, and nothing that would have it fetched from elsewhere. */
static jwk_t *
import_key(json_t *found, jwa_alg alg)
{
	static const char *const PARTS[] = {"kty", "n", "e", "crv", "x", "y"};
	json_t *plain = json_object();
	jwk_t *jwk = NULL;
	unsigned bits = 0;
	int type;

	for (size_t i = 0; i < G_N_ELEMENTS(PARTS); i++)
		if (json_object_get(found, PARTS[i]) != NULL)
			json_object_set(plain, PARTS[i], json_object_get(found, PARTS[i]));
	if (r_jwk_init(&jwk) == RHN_OK && r_jwk_import_from_json_t(jwk, plain) != RHN_OK)
		g_clear_pointer(&jwk, r_jwk_free);
	json_decref(plain);
	if (jwk == NULL)
		return NULL;
	type = r_jwk_key_type(jwk, &bits, R_FLAG_IGNORE_REMOTE);
	if ((alg == R_JWA_ALG_RS256 && ((type & R_KEY_TYPE_RSA) == 0 || bits < RSA_BITS_MIN)) ||
	    (alg == R_JWA_ALG_ES256 && ((type & R_KEY_TYPE_EC) == 0 || bits != 256)))
		g_clear_pointer(&jwk, r_jwk_free);
	return jwk;
}

static bool
is_signed_by(const char *token, jwk_t *jwk, jwa_alg alg)
{
	jws_t *jws = NULL;
	bool is_right =
	    r_jws_init(&jws) == RHN_OK &&
	    r_jws_advanced_compact_parse(jws, token, R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) == RHN_OK &&
	    r_jws_get_alg(jws) == alg && r_jws_verify_signature(jws, jwk, R_FLAG_IGNORE_REMOTE) == RHN_OK;

	r_jws_free(jws);
	return is_right;
}

static bool
check_signature(const char *token, json_t *header, json_t *keys, bool *ret_is_key_unknown, GError **error)
{
	json_t *found;
	jwa_alg alg;
	jwk_t *jwk;
	bool is_right;

	if (!check_header(header, &alg, error))
		return false;
	found = find_key(keys, text_of(header, "kid"), alg == R_JWA_ALG_RS256 ? "RSA" : "EC");
	jwk = found != NULL ? import_key(found, alg) : NULL;
	*ret_is_key_unknown = found == NULL;
	if (jwk == NULL)
		return refuse(error, "thẻ được ký bằng khóa mà nơi cấp không công bố");
	is_right = is_signed_by(token, jwk, alg);
	r_jwk_free(jwk);
	/* A new key under the number of an old one. */
	*ret_is_key_unknown = !is_right;
	return is_right || refuse(error, "chữ ký trên thẻ không đúng");
}

/* The audience is this program, and it is this program that the token was given to. */
static bool
is_for(json_t *claims, const char *client_id)
{
	json_t *audience = json_object_get(claims, "aud"), *one;
	const char *party = text_of(claims, "azp");
	bool is_named = false;
	size_t i;

	if (json_is_string(audience))
		is_named = strcmp(json_string_value(audience), client_id) == 0;
	json_array_foreach(audience, i, one) is_named |= g_strcmp0(json_string_value(one), client_id) == 0;
	if (party != NULL)
		return is_named && strcmp(party, client_id) == 0;
	return is_named && json_object_get(claims, "azp") == NULL && json_array_size(audience) <= 1;
}

static const char *
problem_of_times(json_t *claims, int64_t now_us)
{
	json_t *until = json_object_get(claims, "exp"), *made = json_object_get(claims, "iat");
	json_t *from = json_object_get(claims, "nbf");
	int64_t now = now_us / INSTANT_SECOND;

	if (!json_is_integer(until) || !json_is_integer(made) || (from != NULL && !json_is_integer(from)))
		return "thẻ không ghi thời hạn";
	if (json_integer_value(until) < now - SKEW_SECONDS)
		return "thẻ đã hết hạn";
	if (json_integer_value(made) > now + SKEW_SECONDS ||
	    (from != NULL && json_integer_value(from) > now + SKEW_SECONDS))
		return "thẻ được cấp ở thời điểm chưa tới; hãy kiểm tra đồng hồ của máy chủ";
	if (json_integer_value(made) < now - AGE_SECONDS_MAX - SKEW_SECONDS)
		return "thẻ được cấp quá lâu rồi; hãy kiểm tra đồng hồ của máy chủ";
	return NULL;
}

static const char *
problem_of(json_t *claims, const OidcExpected *expected)
{
	const char *issuer = text_of(claims, "iss"), *nonce = text_of(claims, "nonce");
	const char *subject = text_of(claims, "sub");

	if (g_strcmp0(issuer, expected->settings->issuer) != 0)
		return "thẻ do nơi khác cấp";
	if (!is_for(claims, expected->settings->client_id))
		return "thẻ cấp cho ứng dụng khác";
	if (nonce == NULL || !secret_is_equal(nonce, expected->nonce))
		return "thẻ của một lần đăng nhập khác";
	if (subject == NULL || *subject == '\0' || strlen(subject) > OIDC_SUBJECT_BYTES_MAX)
		return "thẻ không ghi tài khoản";
	return problem_of_times(claims, expected->now_us);
}

static bool
is_trusted(json_t *claims, const char *trusted)
{
	g_auto(GStrv) words = g_strsplit(trusted, " ", -1);
	const char *acr = text_of(claims, "acr");
	json_t *one;
	size_t i;

	for (char **word = words; *word != NULL; word++) {
		if (**word == '\0')
			continue;
		if (g_strcmp0(acr, *word) == 0)
			return true;
		json_array_foreach(json_object_get(claims, "amr"), i,
		    one) if (g_strcmp0(json_string_value(one), *word) == 0) return true;
	}
	return false;
}

static void
take_claims(json_t *claims, const OidcSettings *settings, Arena *arena, OidcClaims *ret_claims)
{
	const char *name = text_of(claims, settings->claim);
	g_autofree char *clean = NULL;

	*ret_claims = (OidcClaims){.subject = arena_strdup(arena, text_of(claims, "sub")),
	    .name = "",
	    .has_mfa = is_trusted(claims, settings->trusted)};
	if (name != NULL && strlen(name) <= NAME_BYTES_MAX && text_ingest(name, -1, &clean, NULL))
		ret_claims->name = arena_strdup(arena, clean);
}

static bool
check_parts(const char *token, json_t *header, json_t *claims, json_t *keys, const OidcExpected *expected,
    bool *ret_is_key_unknown, GError **error)
{
	const char *problem;

	if (header == NULL || claims == NULL)
		return refuse(error, "thẻ không đọc được");
	if (keys == NULL)
		return refuse(error, "danh sách khóa không đọc được");
	if (!check_signature(token, header, keys, ret_is_key_unknown, error))
		return false;
	problem = problem_of(claims, expected);
	return problem == NULL || refuse(error, problem);
}

bool
oidc_token_check(const char *token, const char *keys, const OidcExpected *expected, Arena *arena,
    OidcClaims *ret_claims, bool *ret_is_key_unknown, GError **error)
{
	const char *first = strchr(token, '.');
	const char *second = first != NULL ? strchr(first + 1, '.') : NULL;
	json_t *header, *claims, *key_set;
	bool is_ok;

	*ret_is_key_unknown = false;
	if (strlen(token) > OIDC_TOKEN_BYTES_MAX || second == NULL || strchr(second + 1, '.') != NULL)
		return refuse(error, "thẻ không đọc được");
	header = decode_object(token, (size_t)(first - token));
	claims = decode_object(first + 1, (size_t)(second - first - 1));
	key_set = json_loads(keys, JSON_FLAGS, NULL);
	is_ok = check_parts(token, header, claims, key_set, expected, ret_is_key_unknown, error);
	if (is_ok)
		take_claims(claims, expected->settings, arena, ret_claims);
	json_decref(header);
	json_decref(claims);
	json_decref(key_set);
	return is_ok;
}

/* What the other side calls its error: letters alone, as it goes onto a page and into the log. */
static bool
refuse_answer(const char *code, long status, GError **error)
{
	g_autofree char *word = g_strndup(code != NULL ? code : "", 40);

	g_strcanon(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", '_');
	g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN,
	    "Nơi cấp tài khoản không nhận lần đăng nhập này (%ld %s): mã đã dùng, đã hết hạn, hoặc khai báo "
	    "ứng dụng "
	    "không đúng. " NEXT,
	    status, word);
	return false;
}

bool
oidc_answer_parse(
    const char *text, size_t len, long status, Arena *arena, const char **ret_token, GError **error)
{
	json_t *root = json_loadb(text, len, JSON_FLAGS, NULL);
	const char *token = text_of(root, "id_token");
	bool is_ok;

	if (status != 200)
		is_ok = refuse_answer(text_of(root, "error"), status, error);
	else
		is_ok = token != NULL || refuse(error, "không có thẻ (id_token)");
	if (is_ok)
		*ret_token = arena_strdup(arena, token);
	json_decref(root);
	return is_ok;
}
