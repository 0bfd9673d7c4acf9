/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/date.h"
#include "modules/identity/identity_pages.h"

#include <curl/curl.h>
#include <string.h>

/* The whole way through a real provider: build-aux/with-glewlwyd runs this program beside one. */

#define COOKIE_BYTES_MAX 512

typedef struct Heard {
	char *location, *cookie;
} Heard;

static size_t
hear(char *line, size_t size, size_t n, void *data)
{
	Heard *heard = data;
	g_autofree char *text = g_strndup(line, size * n);

	g_strchomp(text);
	if (g_ascii_strncasecmp(text, "Location: ", 10) == 0) {
		g_free(heard->location);
		heard->location = g_strdup(text + 10);
	} else if (g_ascii_strncasecmp(text, "Set-Cookie: ", 12) == 0) {
		g_free(heard->cookie);
		heard->cookie = g_strndup(text + 12, strcspn(text + 12, ";"));
	}
	return size * n;
}

static size_t
ignore(char *bytes, size_t size, size_t n, void *data)
{
	(void)bytes;
	(void)data;
	return size * n;
}

/* Does what a browser would do there; gives the status. */
static long
browse(const char *url, const char *json, Heard *heard)
{
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	g_autofree char *cookie = g_strdup(heard->cookie);
	long status = 0;

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, heard);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	if (cookie != NULL)
		curl_easy_setopt(curl, CURLOPT_COOKIE, cookie);
	if (json != NULL)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, json);
	g_assert_cmpint(curl_easy_perform(curl), ==, CURLE_OK);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return status;
}

static IdentityScope
scope_of(const AppTest *test, Arena *arena)
{
	return (IdentityScope){.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .directory = test->directory,
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = arena};
}

/* A worker whose account an administrator has linked by its name at the provider. */
static void
prepare(const AppTest *test, Arena *arena)
{
	IdentityScope scope = scope_of(test, arena);
	const OidcSettings settings = {.is_on = true,
	    .issuer = g_getenv("NAMRO_OIDC_ISSUER"),
	    .client_id = g_getenv("NAMRO_OIDC_CLIENT"),
	    .secret_file = g_getenv("NAMRO_OIDC_SECRET_FILE"),
	    .scopes = "openid",
	    .claim = "preferred_username",
	    .label = "Tài khoản của tỉnh",
	    .base = g_getenv("NAMRO_OIDC_BASE"),
	    .ca_file = "",
	    .trusted = ""};
	IdentityNew worker = {.login = "an",
	    .name = "An",
	    .position = "",
	    .unit = "",
	    .kind = IDENTITY_WORK,
	    .role = "thuong-truc",
	    .password_hash = "$"};
	IdentityNew admin = worker;
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t account_id;

	admin.login = "quan-tri";
	admin.kind = IDENTITY_ADMIN;
	admin.role = NULL;
	g_assert_null(oidc_settings_check(&settings, arena));
	g_assert_true(oidc_settings_write(&scope, &settings, &error));
	g_assert_true(identity_add(&scope, &admin, &account_id, &problem, &error));
	g_assert_true(identity_add(&scope, &worker, &account_id, &problem, &error));
	g_assert_true(oidc_link_set(
	    &scope, account_id, settings.issuer, g_getenv("NAMRO_OIDC_USER"), NULL, &problem, &error));
	g_assert_null(problem);
}

/* Gives the code and state that the provider sends back with. */
static char *
sign_in_there(const char *url)
{
	g_autofree char *login = g_strconcat(g_getenv("NAMRO_OIDC_API"), "auth/", NULL);
	g_autofree char *json = g_strdup_printf("{\"username\":\"%s\",\"password\":\"%s\"}",
	    g_getenv("NAMRO_OIDC_USER"), g_getenv("NAMRO_OIDC_PASSWORD"));
	g_autofree char *back = g_strconcat(g_getenv("NAMRO_OIDC_BASE"), OIDC_RETURN_PATH "?", NULL);
	g_autofree char *go_on = g_strconcat(url, "&g_continue", NULL);
	Heard heard = {0};
	char *query;

	g_assert_cmpint(browse(login, json, &heard), ==, 200);
	g_assert_nonnull(heard.cookie);
	g_assert_cmpint(browse(go_on, NULL, &heard), ==, 302);
	g_test_message("%s", heard.location);
	g_assert_true(g_str_has_prefix(heard.location, back));
	query = g_strdup(heard.location + strlen(back));
	g_free(heard.location);
	g_free(heard.cookie);
	return query;
}

static void
test_glewlwyd(void)
{
	g_autoptr(AppTest) test = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *body = NULL, *form = NULL, *location = NULL, *page = NULL, *cookies = NULL,
			*again = NULL;

	if (g_getenv("NAMRO_OIDC_ISSUER") == NULL) {
		g_test_skip("there is no provider; build-aux/with-glewlwyd starts one");
		return;
	}
	oidc_forget();
	test = app_test_new(APP_MODULES);
	app_test_set_clock(test, g_get_real_time() - APP_TEST_TODAY * INSTANT_DAY);
	prepare(test, arena);
	g_assert_cmpint(app_test_get(test, OIDC_BEGIN_PATH "?tiep=/nhiem-vu", &body), ==, 303);
	cookies = g_strndup(test->set_cookie, strcspn(test->set_cookie, ";"));
	test->cookies = cookies;
	form = sign_in_there(test->location_header);
	g_assert_cmpint(app_test_post(test, OIDC_RETURN_PATH, form, &page, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/nhiem-vu");
	g_assert_true(g_str_has_prefix(test->set_cookie, IDENTITY_COOKIE "="));
	/* The provider itself refuses the code a second time; this program does not even get that far. */
	g_assert_cmpint(app_test_post(test, OIDC_RETURN_PATH, form, &again, NULL), ==, 401);
	g_assert_null(test->set_cookie);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	g_test_add_func("/identity/provider/glewlwyd", test_glewlwyd);
	return g_test_run();
}
