/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "modules/identity/oidc.h"

#include <string.h>

#define KEYS \
	"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":" \
	"\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\"," \
	"\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}"

/* What a provider sends: a token under a known key, a set of keys, a discovery document, an answer of the
 * token endpoint. None of it is believed: no bytes are signed by the key. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const OidcSettings settings = {
	    .issuer = "https://a.example", .client_id = "c", .claim = "preferred_username", .trusted = "mfa"};
	const OidcExpected expected = {.settings = &settings, .nonce = "n", .now_us = 0};
	g_autofree char *text = size > 0 ? g_strndup((const char *)data + 1, size - 1) : g_strdup("");
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	const char *token = NULL;
	OidcProvider provider;
	OidcClaims claims;
	bool is_unknown;

	switch (size > 0 ? data[0] % 4 : 0) {
	case 0:
		g_assert_false(oidc_token_check(text, KEYS, &expected, arena, &claims, &is_unknown, &error));
		break;
	case 1:
		g_assert_false(oidc_token_check(
		    "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", text, &expected, arena, &claims, &is_unknown, &error));
		break;
	case 2:
		if (oidc_provider_parse(text, strlen(text), settings.issuer, arena, &provider, &error))
			g_assert_true(oidc_url_is_allowed(provider.token_endpoint));
		return 0;
	default:
		if (oidc_answer_parse(text, strlen(text), 200, arena, &token, &error))
			g_assert_nonnull(token);
		return 0;
	}
	g_assert_nonnull(error);
	return 0;
}
