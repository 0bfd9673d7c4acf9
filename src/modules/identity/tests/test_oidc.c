/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "html/tests/html_check.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/tests/accounts.h"
#include "modules/identity/tests/fake_provider.h"

#include <glib/gstdio.h>
#include <rhonabwy.h>
#include <string.h>

/* Signing in by an account elsewhere, with a provider that lies in every way it can. */

#define BASE "http://127.0.0.1:9"
#define CLIENT "namro"

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	FakeProvider *provider;
	int64_t admin, worker;
	char *state, *nonce; /* of the sign-in that was begun */
} Fixture;

/* Making keys takes long: all tests share them. */
static jwk_t *rsa_private, *rsa_public, *other_private, *other_public, *ec_private, *ec_public;

static IdentityScope
scope_of(const Fixture *fixture)
{
	return accounts_scope(fixture->test->app, fixture->arena);
}

static int64_t
add(const Fixture *fixture, const char *login, IdentityKind kind)
{
	return accounts_add(fixture->test->app, fixture->arena,
	    &(IdentityNew){
		.login = login, .kind = kind, .role = kind == IDENTITY_WORK ? "thuong-truc" : NULL});
}

static char *
key_set(jwk_t *first, jwk_t *second)
{
	g_autofree char *one = r_jwk_export_to_json_str(first, 0);
	g_autofree char *two = second != NULL ? r_jwk_export_to_json_str(second, 0) : NULL;

	return g_strdup_printf("{\"keys\":[%s%s%s]}", one, two != NULL ? "," : "", two != NULL ? two : "");
}

static void
publish(const Fixture *fixture, jwk_t *first, jwk_t *second)
{
	g_autofree char *keys = key_set(first, second);

	fake_provider_set(fixture->provider, &fixture->provider->keys, keys);
}

static OidcSettings
settings_of(const Fixture *fixture)
{
	return (OidcSettings){.is_on = true,
	    .issuer = fixture->provider->issuer,
	    .client_id = CLIENT,
	    .secret_file = "",
	    .scopes = "openid profile",
	    .claim = "preferred_username",
	    .label = "Tài khoản của tỉnh",
	    .base = BASE,
	    .ca_file = "",
	    .trusted = ""};
}

static void
configure(const Fixture *fixture, const OidcSettings *settings)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;

	oidc_settings_write(&scope, settings, &error);
	g_assert_no_error(error);
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	OidcSettings settings;

	(void)unused;
	identity_rate_reset();
	oidc_forget();
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	fixture->provider = fake_provider_new();
	fixture->admin = add(fixture, "quan-tri", IDENTITY_ADMIN);
	fixture->worker = add(fixture, "an", IDENTITY_WORK);
	settings = settings_of(fixture);
	configure(fixture, &settings);
	publish(fixture, rsa_public, NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fake_provider_free(fixture->provider);
	app_test_free(fixture->test);
	arena_free(fixture->arena);
	g_free(fixture->state);
	g_free(fixture->nonce);
}

static void
link_worker(const Fixture *fixture, const char *subject)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;
	const char *problem;

	g_assert_true(oidc_link_set(
	    &scope, fixture->worker, fixture->provider->issuer, "an.nguyen", subject, &problem, &error));
	g_assert_null(problem);
}

static char *
parameter(const char *url, const char *name)
{
	g_autofree char *mark = g_strdup_printf("%s=", name);
	const char *at = strstr(url, mark);

	g_assert_nonnull(at);
	return g_strndup(at + strlen(mark), strcspn(at + strlen(mark), "&"));
}

/* Follows the button up to the provider; the cookies are the browser's from there. */
static void
begin_at(Fixture *fixture, const char *path, const char *session)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(fixture->test, path, &body), ==, 303);
	g_assert_true(g_str_has_prefix(fixture->test->location_header, fixture->provider->issuer));
	g_free(fixture->state);
	g_free(fixture->nonce);
	fixture->state = parameter(fixture->test->location_header, "state");
	fixture->nonce = parameter(fixture->test->location_header, "nonce");
	fixture->test->cookies =
	    arena_printf(fixture->arena, "%.*s%s%s", (int)strcspn(fixture->test->set_cookie, ";"),
		fixture->test->set_cookie, session != NULL ? "; " : "", session != NULL ? session : "");
}

static void
begin(Fixture *fixture)
{
	fixture->test->cookies = NULL;
	begin_at(fixture, OIDC_BEGIN_PATH "?tiep=/nhiem-vu", NULL);
}

/* What a right token says; a test replaces what it wants wrong. */
static char *
claims_of(const Fixture *fixture, const char *more)
{
	int64_t now = app_now_us(fixture->test->app) / INSTANT_SECOND;

	return g_strdup_printf("{\"iss\":\"%s\",\"sub\":\"s-1\",\"aud\":\"" CLIENT
			       "\",\"exp\":%" G_GINT64_FORMAT ",\"iat\":%" G_GINT64_FORMAT
			       ",\"nonce\":\"%s\",\"preferred_username\":\"an.nguyen\"%s}",
	    fixture->provider->issuer, now + 300, now, fixture->nonce, more);
}

static char *
sign(const char *claims, jwa_alg alg, jwk_t *key)
{
	jws_t *jws;
	char *token;

	g_assert_cmpint(r_jws_init(&jws), ==, RHN_OK);
	r_jws_set_alg(jws, alg);
	r_jws_set_payload(jws, (const unsigned char *)claims, strlen(claims));
	token = r_jws_serialize(jws, key, 0);
	g_assert_nonnull(token);
	r_jws_free(jws);
	return token;
}

static void
give(const Fixture *fixture, const char *token)
{
	g_autofree char *answer =
	    g_strdup_printf("{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}", token);

	fake_provider_set(fixture->provider, &fixture->provider->answer, answer);
}

static void
give_claims(const Fixture *fixture, const char *claims)
{
	char *token = sign(claims, R_JWA_ALG_RS256, rsa_private);

	give(fixture, token);
	r_free(token);
}

/* Comes back with a code; gives the status. */
static int
come_back(Fixture *fixture, char **ret_body)
{
	g_autofree char *form = g_strdup_printf("code=ma-1&state=%s", fixture->state);
	g_autofree char *body = NULL, *location = NULL;
	int status = app_test_post(fixture->test, OIDC_RETURN_PATH, form, &body, &location);

	g_test_message("%d", status);
	if (status != 303)
		html_check_assert(body);
	*ret_body = arena_strdup(fixture->arena, status == 303 ? location : body);
	return status;
}

static void
assert_refused(Fixture *fixture, const char *why)
{
	char *body;

	g_assert_cmpint(come_back(fixture, &body), ==, 401);
	g_test_message("%s", why);
	g_assert_nonnull(strstr(body, why));
	g_assert_null(fixture->test->set_cookie);
}

static int
status_of(Fixture *fixture, const char *path)
{
	g_autofree char *body = NULL;

	return app_test_get(fixture->test, path, &body);
}

static void
take_session(Fixture *fixture)
{
	g_assert_nonnull(fixture->test->set_cookie);
	g_assert_true(g_str_has_prefix(fixture->test->set_cookie, IDENTITY_COOKIE "="));
	fixture->test->cookies =
	    arena_strndup(fixture->arena, fixture->test->set_cookie, strcspn(fixture->test->set_cookie, ";"));
}

/* The whole way: what is sent, what comes of it, and where it is written down. */
static void
test_sign_in(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) signins = g_ptr_array_new();
	g_autofree char *claims = NULL, *body = NULL, *challenge = NULL;
	g_autoptr(GError) error = NULL;
	char *location;

	(void)unused;
	link_worker(fixture, "s-1");
	begin(fixture);
	g_assert_nonnull(strstr(fixture->test->location_header, "code_challenge_method=S256"));
	g_assert_nonnull(strstr(fixture->test->location_header, "response_type=code"));
	challenge = parameter(fixture->test->location_header, "code_challenge");
	g_assert_cmpuint(strlen(challenge), ==, 43);
	g_assert_nonnull(strstr(fixture->test->set_cookie, "HttpOnly; SameSite=Strict"));
	g_assert_null(strstr(fixture->test->set_cookie, fixture->state));
	claims = claims_of(fixture, "");
	give_claims(fixture, claims);
	body = g_strdup_printf(OIDC_RETURN_PATH "?code=ma-1&state=%s", fixture->state);
	g_assert_cmpint(status_of(fixture, body), ==, 200);
	g_assert_cmpuint(fixture->provider->n_tokens, ==, 0);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/nhiem-vu");
	g_assert_nonnull(strstr(fixture->provider->last_form, "code_verifier="));
	g_assert_nonnull(strstr(fixture->provider->last_form, "client_id=" CLIENT));
	take_session(fixture);
	g_assert_cmpint(status_of(fixture, "/nhiem-vu"), ==, 200);
	g_assert_true(identity_signins(&scope, fixture->worker, signins, &error));
	g_assert_cmpint(((IdentitySignIn *)signins->pdata[0])->method, ==, IDENTITY_BY_PROVIDER);
}

/* Each lie on its own: no session, and a reason that a person understands. */
static void
test_lies(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *from, *to; /* in right claims */
		const char *why;
	} LIES[] = {
	    {"\"iss\":\"http", "\"iss\":\"https", "thẻ do nơi khác cấp"},
	    {"\"aud\":\"" CLIENT "\"", "\"aud\":\"khac\"", "thẻ cấp cho ứng dụng khác"},
	    {"\"aud\":\"" CLIENT "\"", "\"aud\":[\"" CLIENT "\",\"khac\"]", "thẻ cấp cho ứng dụng khác"},
	    {"\"aud\":\"" CLIENT "\"", "\"aud\":\"" CLIENT "\",\"azp\":\"khac\"",
		"thẻ cấp cho ứng dụng khác"},
	    {"\"aud\":\"" CLIENT "\"", "\"aud\":\"" CLIENT "\",\"azp\":7", "thẻ cấp cho ứng dụng khác"},
	    {"\"aud\":\"" CLIENT "\",", "", "thẻ cấp cho ứng dụng khác"},
	    {"\"nonce\":\"", "\"nonce\":\"0", "thẻ của một lần đăng nhập khác"},
	    {"\"nonce\":", "\"nounce\":", "thẻ của một lần đăng nhập khác"},
	    {"\"sub\":\"s-1\"", "\"sub\":\"\"", "thẻ không ghi tài khoản"},
	    {"\"sub\":\"s-1\"", "\"sub\":1", "thẻ không ghi tài khoản"},
	    {"\"exp\":", "\"exp\":1,\"e\":", "thẻ đã hết hạn"},
	    {"\"exp\":", "\"exp\":\"9999999999\",\"e\":", "thẻ không ghi thời hạn"},
	    {"\"iat\":", "\"iat\":1,\"i\":", "thẻ được cấp quá lâu rồi"},
	    {"\"iat\":", "\"iat\":99999999999,\"i\":", "thẻ được cấp ở thời điểm chưa tới"},
	    {"\"iat\":", "\"nbf\":99999999999,\"iat\":", "thẻ được cấp ở thời điểm chưa tới"},
	    {"\"sub\":", "\"sub\":\"s-2\",\"sub\":", "thẻ không đọc được"},
	};

	(void)unused;
	link_worker(fixture, "s-1");
	for (size_t i = 0; i < G_N_ELEMENTS(LIES); i++) {
		g_autofree char *claims = NULL;
		g_autoptr(GString) text = NULL;

		identity_rate_reset();
		begin(fixture);
		claims = claims_of(fixture, "");
		text = g_string_new(claims);
		g_assert_cmpuint(g_string_replace(text, LIES[i].from, LIES[i].to, 1), ==, 1);
		give_claims(fixture, text->str);
		assert_refused(fixture, LIES[i].why);
	}
}

static char *
unsigned_token(const char *header, const char *claims)
{
	g_autofree char *first = g_base64_encode((const guchar *)header, strlen(header));
	g_autofree char *second = g_base64_encode((const guchar *)claims, strlen(claims));
	g_autoptr(GString) token = g_string_new(NULL);

	g_string_append_printf(
	    token, "%.*s.%.*s.", (int)strcspn(first, "="), first, (int)strcspn(second, "="), second);
	g_string_replace(token, "+", "-", 0);
	g_string_replace(token, "/", "_", 0);
	return g_string_free(g_steal_pointer(&token), FALSE);
}

static void
test_signatures(Fixture *fixture, gconstpointer unused)
{
	static const char *const HEADERS[] = {"{\"alg\":\"none\"}", "{\"alg\":\"None\"}",
	    "{\"alg\":\"HS256\"}", "{}", "{\"alg\":\"RS256\",\"kid\":\"k-1\",\"zip\":\"DEF\"}",
	    "{\"alg\":\"RS256\",\"kid\":\"k-1\",\"crit\":[\"b64\"]}", "[]",
	    "{\"alg\":\"RS256\",\"kid\":\"k-1\",\"jku\":\"http://127.0.0.1:9/\"}"};
	g_autofree char *claims = NULL;
	g_autoptr(GString) cut = NULL;
	char *token;

	(void)unused;
	link_worker(fixture, "s-1");
	for (size_t i = 0; i < G_N_ELEMENTS(HEADERS); i++) {
		g_autofree char *bare = NULL, *right = NULL;

		identity_rate_reset();
		begin(fixture);
		right = claims_of(fixture, "");
		bare = unsigned_token(HEADERS[i], right);
		give(fixture, bare);
		assert_refused(fixture, "Nơi cấp tài khoản trả lời không đúng");
	}
	begin(fixture);
	claims = claims_of(fixture, "");
	token = sign(claims, R_JWA_ALG_RS256, other_private);
	give(fixture, token);
	r_free(token);
	assert_refused(fixture, "khóa mà nơi cấp không công bố");

	/* Claims of one token under the signature of another. */
	identity_rate_reset();
	begin(fixture);
	token = sign(claims, R_JWA_ALG_RS256, rsa_private);
	cut = g_string_new(token);
	r_free(token);
	cut->str[strlen(cut->str) / 2] ^= 1;
	give(fixture, cut->str);
	assert_refused(fixture, "trả lời không đúng");
}

/* ES256, and a key that came after the last time it was asked for. */
static void
test_rotation(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *first = NULL, *second = NULL;
	char *token, *location;

	(void)unused;
	link_worker(fixture, "s-1");
	begin(fixture);
	first = claims_of(fixture, "");
	give_claims(fixture, first);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	g_assert_cmpuint(fixture->provider->n_keys, ==, 1);
	publish(fixture, ec_public, NULL);
	begin(fixture);
	second = claims_of(fixture, "");
	token = sign(second, R_JWA_ALG_ES256, ec_private);
	give(fixture, token);
	r_free(token);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	g_assert_cmpuint(fixture->provider->n_keys, ==, 2);
}

/* Nothing of an answer counts twice, in another browser, or late. */
static void
test_replay(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *claims = NULL, *mine = NULL;
	char *location, *body;

	(void)unused;
	link_worker(fixture, "s-1");
	begin(fixture);
	claims = claims_of(fixture, "");
	give_claims(fixture, claims);
	mine = g_strdup(fixture->test->cookies);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	assert_refused(fixture, "đã dùng rồi");

	begin(fixture); /* somebody else's way, with the state of the first */
	mine = (g_free(mine), g_strdup(fixture->state));
	begin(fixture);
	g_free(fixture->state);
	fixture->state = g_steal_pointer(&mine);
	assert_refused(fixture, "từ một trình duyệt khác");
	begin(fixture);
	fixture->test->cookies = NULL;
	assert_refused(fixture, "từ một trình duyệt khác");

	begin(fixture);
	app_test_set_clock(fixture->test, 11 * 60 * INSTANT_SECOND);
	assert_refused(fixture, "đã quá lâu");

	/* The provider says that the code was used. */
	begin(fixture);
	fixture->provider->status = 400;
	fake_provider_set(fixture->provider, &fixture->provider->answer,
	    "{\"error\":\"invalid_grant<script>\",\"error_description\":\"<b>\"}");
	g_assert_cmpint(come_back(fixture, &body), ==, 401);
	g_assert_nonnull(strstr(body, "400 invalid_grant_script_"));
	g_assert_null(strstr(body, "<script>"));
}

/* Answers that are no answers. */
static void
test_bodies(Fixture *fixture, gconstpointer unused)
{
	static const char *const BODIES[] = {"", "{", "[]", "null", "{\"id_token\":7}", "{\"id_token\":\"\"}",
	    "{\"id_token\":\"a.b\"}", "{\"id_token\":\"a.b.c.d\"}", "{\"id_token\":\"....\"}",
	    "{\"id_token\":\"e30.e30.\"}"};
	g_autofree char *giant = g_strnfill(300 * 1024, '1');
	g_autofree char *long_token = g_strdup_printf("{\"id_token\":\"%.*s\"}", 20000, giant);
	g_autofree char *deep = g_strnfill(100000, '[');

	(void)unused;
	link_worker(fixture, "s-1");
	for (size_t i = 0; i < G_N_ELEMENTS(BODIES); i++) {
		identity_rate_reset();
		begin(fixture);
		fake_provider_set(fixture->provider, &fixture->provider->answer, BODIES[i]);
		assert_refused(fixture, "Nơi cấp tài khoản trả lời không đúng");
	}
	begin(fixture);
	fake_provider_set(fixture->provider, &fixture->provider->answer, long_token);
	assert_refused(fixture, "Nơi cấp tài khoản trả lời không đúng");
	begin(fixture);
	fake_provider_set(fixture->provider, &fixture->provider->answer, deep);
	assert_refused(fixture, "Nơi cấp tài khoản trả lời không đúng");
	begin(fixture);
	fake_provider_set(fixture->provider, &fixture->provider->answer, giant);
	assert_refused(fixture, "trả lời dài bất thường");
}

/* A provider that is not the one that was set, sends elsewhere, or is not there. */
static void
test_discovery(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *discovery, *why;
	} CASES[] = {
	    {"{\"issuer\":\"https://khac.example\"}", "khác với tên đã khai báo"},
	    {"khong phai json", "không phải là JSON"},
	    {"[]", "khác với tên đã khai báo"},
	};
	OidcSettings settings = settings_of(fixture);
	g_autofree char *body = NULL, *plain = NULL, *gone = NULL;

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *page = NULL;

		fake_provider_set(fixture->provider, &fixture->provider->discovery, CASES[i].discovery);
		g_assert_cmpint(app_test_get(fixture->test, OIDC_BEGIN_PATH, &page), ==, 503);
		g_assert_nonnull(strstr(page, CASES[i].why));
	}
	plain = g_strdup_printf(
	    "{\"issuer\":\"%s\",\"authorization_endpoint\":\"http://evil.example/a\","
	    "\"token_endpoint\":\"http://evil.example/t\",\"jwks_uri\":\"http://evil.example/k\"}",
	    fixture->provider->issuer);
	fake_provider_set(fixture->provider, &fixture->provider->discovery, plain);
	g_assert_cmpint(app_test_get(fixture->test, OIDC_BEGIN_PATH, &body), ==, 503);
	g_assert_nonnull(strstr(body, "không bắt đầu bằng https://"));
	fake_provider_set(fixture->provider, &fixture->provider->location, "http://127.0.0.1:9/elsewhere");
	g_assert_cmpint(status_of(fixture, OIDC_BEGIN_PATH), ==, 503);
	settings.issuer = "http://127.0.0.1:9"; /* nobody listens there */
	configure(fixture, &settings);
	g_assert_cmpint(app_test_get(fixture->test, OIDC_BEGIN_PATH, &gone), ==, 503);
	g_assert_nonnull(strstr(gone, "hoặc đăng nhập bằng mật khẩu"));
	settings.is_on = false;
	configure(fixture, &settings);
	g_assert_cmpint(status_of(fixture, OIDC_BEGIN_PATH), ==, 404);
}

/* An account elsewhere opens nothing by itself; by an administrator's word it is tied to its subject at first
 * use, and its name is worth nothing to others from then on. */
static void
test_links(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	g_autofree char *first = NULL, *second = NULL, *third = NULL;
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	const char *problem;
	char *location;
	OidcLink link;
	bool is_linked;

	(void)unused;
	begin(fixture);
	first = claims_of(fixture, "");
	give_claims(fixture, first);
	assert_refused(fixture, "chưa được liên kết với tài khoản nào");
	link_worker(fixture, NULL);
	g_assert_true(oidc_link_set(
	    &scope, fixture->admin, fixture->provider->issuer, "an.nguyen", NULL, &problem, &error));
	g_assert_nonnull(strstr(problem, "đã được liên kết"));
	begin(fixture);
	second = claims_of(fixture, "");
	give_claims(fixture, second);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	g_assert_true(oidc_link_find(&scope, fixture->worker, &link, &is_linked, &error));
	g_assert_cmpstr(link.subject, ==, "s-1");
	begin(fixture); /* another account there took over the name */
	third = claims_of(fixture, "");
	{
		g_autoptr(GString) text = g_string_new(third);

		g_string_replace(text, "s-1", "s-2", 1);
		give_claims(fixture, text->str);
	}
	assert_refused(fixture, "chưa được liên kết");
	g_assert_true(app_verify(fixture->test->app, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 0);
	g_assert_true(oidc_link_drop(&scope, fixture->worker, &error));
	g_assert_true(oidc_link_find(&scope, fixture->worker, &link, &is_linked, &error));
	g_assert_false(is_linked);
}

/* Somebody who has signed in links the account, from a page of ours alone. */
static void
test_link_self(Fixture *fixture, gconstpointer unused)
{
	IdentityScope scope = scope_of(fixture);
	g_autofree char *claims = NULL, *page = NULL, *form = NULL, *location = NULL;
	g_autoptr(GError) error = NULL;
	const char *session, *mark;
	OidcLink link;
	bool is_linked;

	(void)unused;
	g_assert_cmpint(app_test_post(fixture->test, "/dang-nhap",
			    "ten=an&mat-khau=M%E1%BA%ADt-kh%E1%BA%A9u-s%E1%BB%91-1", NULL, NULL),
	    ==, 303);
	take_session(fixture);
	session = fixture->test->cookies;
	g_assert_cmpint(app_test_get(fixture->test, "/tai-khoan", &page), ==, 200);
	mark = strstr(page, "name=\"dau-phien\" value=\"");
	g_assert_nonnull(mark);
	g_assert_cmpint(status_of(fixture, "/tai-khoan/lien-ket"), ==, 403);
	fixture->test->fetch_site = "cross-site";
	g_assert_cmpint(status_of(fixture, "/tai-khoan/lien-ket"), ==, 403);
	fixture->test->fetch_site = "same-origin";
	begin_at(fixture, "/tai-khoan/lien-ket", session);
	claims = claims_of(fixture, "");
	give_claims(fixture, claims);
	form = g_strdup_printf("code=ma-1&state=%s&dau-phien=%.64s", fixture->state,
	    mark + strlen("name=\"dau-phien\" value=\""));
	g_assert_cmpint(app_test_post(fixture->test, OIDC_RETURN_PATH, form, NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/tai-khoan");
	g_assert_true(oidc_link_find(&scope, fixture->worker, &link, &is_linked, &error));
	g_assert_true(is_linked);
	g_assert_cmpstr(link.subject, ==, "s-1");
}

/* The second factor here holds, unless the provider's is trusted by a setting. */
static void
test_second_factor(Fixture *fixture, gconstpointer unused)
{
	static const uint8_t SECRET[IDENTITY_TOTP_BYTES] = "1234567890123456789";
	OidcSettings settings = settings_of(fixture);
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	g_autofree char *first = NULL, *second = NULL, *page = NULL, *form = NULL;
	g_autoptr(GError) error = NULL;
	char *location;
	const char *before, *mark;

	(void)unused;
	g_assert_true(identity_set_totp(&scope, fixture->worker, SECRET, 0, codes, &error));
	link_worker(fixture, "s-1");
	begin(fixture);
	first = claims_of(fixture, ",\"amr\":[\"pwd\",\"mfa\"]");
	give_claims(fixture, first);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	take_session(fixture);
	before = fixture->test->cookies;
	g_assert_cmpint(status_of(fixture, "/nhiem-vu"), ==, 303);
	g_assert_true(g_str_has_prefix(fixture->test->location_header, IDENTITY_CODE_PATH));
	g_assert_cmpint(status_of(fixture, "/tai-khoan"), ==, 303);
	g_assert_cmpint(app_test_get(fixture->test, IDENTITY_CODE_PATH, &page), ==, 200);
	html_check_assert(page);
	mark = strstr(page, "name=\"dau-phien\" value=\"") + strlen("name=\"dau-phien\" value=\"");
	form = g_strdup_printf("dau-phien=%.64s&ma=000000", mark);
	g_assert_cmpint(app_test_post(fixture->test, IDENTITY_CODE_PATH, form, NULL, NULL), ==, 401);
	g_free(form);
	form = g_strdup_printf("dau-phien=%.64s&ma=%06u", mark,
	    identity_totp_code(SECRET, sizeof(SECRET), scope.now_us / (30 * INSTANT_SECOND), 6));
	g_assert_cmpint(app_test_post(fixture->test, IDENTITY_CODE_PATH, form, NULL, NULL), ==, 303);
	take_session(fixture);
	g_assert_cmpint(status_of(fixture, "/nhiem-vu"), ==, 200);
	fixture->test->cookies = before; /* the token of before the code is worth nothing */
	g_assert_cmpint(status_of(fixture, "/nhiem-vu"), ==, 303);
	g_assert_true(g_str_has_prefix(fixture->test->location_header, APP_SIGN_IN_PATH));

	settings.trusted = "otp mfa";
	configure(fixture, &settings);
	begin(fixture);
	second = claims_of(fixture, ",\"amr\":[\"pwd\",\"mfa\"]");
	give_claims(fixture, second);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	take_session(fixture);
	g_assert_cmpint(status_of(fixture, "/nhiem-vu"), ==, 200);
}

/* Codes of the second step cannot be tried without end. */
static void
test_code_lock(Fixture *fixture, gconstpointer unused)
{
	static const uint8_t SECRET[IDENTITY_TOTP_BYTES] = "1234567890123456789";
	static const IdentityOrigin ORIGIN = {"192.0.2.7", "thử"};
	IdentityScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	char token[SECRET_TEXT_SIZE];
	g_autoptr(GError) error = NULL;
	IdentityResult result;

	(void)unused;
	g_assert_true(identity_set_totp(&scope, fixture->worker, SECRET, 0, codes, &error));
	for (int i = 0; i < 5; i++) {
		/* A new half session in between forgives nothing. */
		g_assert_true(identity_sign_in_by(
		    &scope, fixture->worker, IDENTITY_FACTOR_PENDING, &ORIGIN, &result, token, &error));
		g_assert_cmpint(result, ==, IDENTITY_OK);
		g_assert_true(identity_give_code(
		    &scope, fixture->worker, 1, "000000", &ORIGIN, &result, token, &error));
		g_assert_cmpint(result, ==, IDENTITY_WRONG);
	}
	g_assert_true(identity_sign_in_by(
	    &scope, fixture->worker, IDENTITY_FACTOR_PENDING, &ORIGIN, &result, token, &error));
	g_assert_cmpint(result, ==, IDENTITY_LOCKED);
}

static void
test_settings(Fixture *fixture, gconstpointer unused)
{
	OidcSettings settings = settings_of(fixture);
	static const char *const REFUSED[] = {"http://evil.example", "https://a:b@evil.example",
	    "ftp://a.example", "https://a.example#x", "javascript:alert(1)", "https://", "//a.example"};

	(void)unused;
	g_assert_null(oidc_settings_check(&settings, fixture->arena));
	for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++)
		g_assert_false(oidc_url_is_allowed(REFUSED[i]));
	settings.scopes = "profile";
	g_assert_nonnull(oidc_settings_check(&settings, fixture->arena));
	settings = settings_of(fixture);
	settings.base = "https://a.example/";
	g_assert_nonnull(oidc_settings_check(&settings, fixture->arena));
	settings = settings_of(fixture);
	settings.client_id = "";
	g_assert_nonnull(oidc_settings_check(&settings, fixture->arena));
	settings.is_on = false;
	g_assert_null(oidc_settings_check(&settings, fixture->arena));
}

/* The secret goes by Basic; a file that others can read is refused. */
static void
test_secret_file(Fixture *fixture, gconstpointer unused)
{
	OidcSettings settings = settings_of(fixture);
	g_autofree char *path = g_build_filename(fixture->test->directory, "oidc.secret", NULL);
	g_autofree char *claims = NULL;
	g_autoptr(GError) error = NULL;
	char *location;

	(void)unused;
	link_worker(fixture, "s-1");
	settings.secret_file = "oidc.secret";
	configure(fixture, &settings);
	begin(fixture);
	assert_refused(fixture, "không mở được");
	g_assert_true(g_file_set_contents(path, "bi mat:1\n", -1, &error));
	g_assert_cmpint(g_chmod(path, 0644), ==, 0);
	begin(fixture);
	assert_refused(fixture, "chmod 600");
	g_assert_cmpint(g_chmod(path, 0600), ==, 0);
	begin(fixture);
	claims = claims_of(fixture, "");
	give_claims(fixture, claims);
	g_assert_cmpint(come_back(fixture, &location), ==, 303);
	g_assert_cmpstr(fixture->provider->last_authorization, ==, "Basic bmFtcm86YmklMjBtYXQlM0Ex");
	g_assert_null(strstr(fixture->provider->last_form, "client_secret"));
}

static jwk_t *
make_key(int type, unsigned bits, const char *kid, jwk_t **ret_public)
{
	jwk_t *private_key;

	g_assert_cmpint(r_jwk_init(&private_key), ==, RHN_OK);
	g_assert_cmpint(r_jwk_init(ret_public), ==, RHN_OK);
	g_assert_cmpint(r_jwk_generate_key_pair(private_key, *ret_public, type, bits, kid), ==, RHN_OK);
	return private_key;
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	int failed;

	g_test_init(&argc, &argv, NULL);
	rsa_private = make_key(R_KEY_TYPE_RSA, 2048, "k-1", &rsa_public);
	other_private = make_key(R_KEY_TYPE_RSA, 2048, "k-2", &other_public);
	ec_private = make_key(R_KEY_TYPE_EC, 256, "k-3", &ec_public);
	ADD("/identity/oidc/sign-in", test_sign_in);
	ADD("/identity/oidc/lies", test_lies);
	ADD("/identity/oidc/signatures", test_signatures);
	ADD("/identity/oidc/rotation", test_rotation);
	ADD("/identity/oidc/replay", test_replay);
	ADD("/identity/oidc/bodies", test_bodies);
	ADD("/identity/oidc/discovery", test_discovery);
	ADD("/identity/oidc/links", test_links);
	ADD("/identity/oidc/link-self", test_link_self);
	ADD("/identity/oidc/second-factor", test_second_factor);
	ADD("/identity/oidc/code-lock", test_code_lock);
	ADD("/identity/oidc/settings", test_settings);
	ADD("/identity/oidc/secret-file", test_secret_file);
	failed = g_test_run();
	r_jwk_free(rsa_private);
	r_jwk_free(rsa_public);
	r_jwk_free(other_private);
	r_jwk_free(other_public);
	r_jwk_free(ec_private);
	r_jwk_free(ec_public);
	oidc_forget();
	identity_rate_reset();
	return failed;
}
