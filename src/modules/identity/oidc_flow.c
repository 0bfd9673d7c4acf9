/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/oidc.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_FILE_BYTES_MAX 4096
#define CODE_BYTES_MAX 2048
#define COOKIE_PARTS 4
#define SHA256_BYTES 32

/* All three follow from the random text; none of them tells of another. */
static void
derive(OidcFlow *flow, const char *seed)
{
	secret_digest_text("oidc state", seed, flow->state);
	secret_digest_text("oidc nonce", seed, flow->nonce);
	secret_digest_text("oidc verifier", seed, flow->verifier);
}

void
oidc_flow_begin(const HttpRequest *request, int64_t now_us, bool is_link, const char *next,
    OidcFlow *ret_flow, const char **ret_cookie)
{
	g_autofree char *escaped = g_uri_escape_string(identity_safe_next(next), NULL, FALSE);
	char token[SECRET_TEXT_SIZE];
	const char *seed;

	secret_make_token(token);
	seed = arena_printf(request->arena, "%s.%" G_GINT64_FORMAT ".%c", token, now_us / INSTANT_SECOND,
	    is_link ? 'l' : 'd');
	*ret_flow = (OidcFlow){.is_link = is_link};
	derive(ret_flow, seed);
	*ret_cookie = arena_printf(request->arena,
	    OIDC_COOKIE "=%s.%s; Path=/dang-nhap; Max-Age=%d; HttpOnly; SameSite=Strict%s", seed, escaped,
	    OIDC_MINUTES_MAX * 60, request->is_https ? "; Secure" : "");
}

bool
oidc_flow_resume(const HttpRequest *request, int64_t now_us, const char *state, OidcFlow *ret_flow)
{
	const char *cookie = http_request_cookie(request, OIDC_COOKIE);
	g_auto(GStrv) parts = g_strsplit(cookie != NULL ? cookie : "", ".", COOKIE_PARTS);
	g_autofree char *seed = NULL, *next = NULL;
	int64_t age_s, begun_s;

	if (g_strv_length(parts) != COOKIE_PARTS || strlen(parts[0]) != SECRET_TEXT_SIZE - 1 ||
	    !g_ascii_string_to_signed(parts[1], 10, 0, INT64_MAX, &begun_s, NULL))
		return false;
	age_s = now_us / INSTANT_SECOND - begun_s;
	seed = g_strdup_printf("%s.%s.%s", parts[0], parts[1], parts[2]);
	*ret_flow = (OidcFlow){.is_link = strcmp(parts[2], "l") == 0};
	derive(ret_flow, seed);
	next = g_uri_unescape_string(parts[3], NULL);
	ret_flow->next = arena_strdup(request->arena, identity_safe_next(next));
	return secret_is_equal(state, ret_flow->state) && age_s >= 0 && age_s <= OIDC_MINUTES_MAX * 60;
}

/* S256 of RFC 7636. */
static char *
challenge_of(const char *verifier)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autoptr(GString) text = NULL;
	g_autofree char *base64 = NULL;
	guint8 digest[SHA256_BYTES];
	gsize len = sizeof(digest);

	g_checksum_update(checksum, (const guchar *)verifier, -1);
	g_checksum_get_digest(checksum, digest, &len);
	base64 = g_base64_encode(digest, len);
	text = g_string_new(base64);
	g_string_replace(text, "+", "-", 0);
	g_string_replace(text, "/", "_", 0);
	g_string_truncate(text, strcspn(text->str, "="));
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
put_pair(GString *out, const char *name, const char *value)
{
	g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE);

	if (out->len > 0 && out->str[out->len - 1] != '?')
		g_string_append_c(out, '&');
	g_string_append_printf(out, "%s=%s", name, escaped);
}

static char *
redirect_uri(const OidcSettings *settings)
{
	return g_strconcat(settings->base, OIDC_RETURN_PATH, NULL);
}

const char *
oidc_flow_url(const OidcFlow *flow, const OidcSettings *settings, const OidcProvider *provider, Arena *arena)
{
	g_autoptr(GString) url = g_string_new(provider->authorization_endpoint);
	g_autofree char *back = redirect_uri(settings);
	g_autofree char *challenge = challenge_of(flow->verifier);

	if (strchr(url->str, '?') == NULL)
		g_string_append_c(url, '?');
	put_pair(url, "response_type", "code");
	put_pair(url, "client_id", settings->client_id);
	put_pair(url, "redirect_uri", back);
	put_pair(url, "scope", settings->scopes);
	put_pair(url, "state", flow->state);
	put_pair(url, "nonce", flow->nonce);
	put_pair(url, "code_challenge", challenge);
	put_pair(url, "code_challenge_method", "S256");
	return arena_strdup(arena, url->str);
}

static bool
fail_file(const char *path, const char *what, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
	    "Tệp bí mật của ứng dụng (%s) %s. Hãy báo người quản trị; có thể đăng nhập bằng mật khẩu.", path,
	    what);
	return false;
}

/* A secret that others on the machine can read is none. */
static bool
read_secret(const IdentityScope *scope, const OidcSettings *settings, char **ret_secret, GError **error)
{
	g_autofree char *path = strchr(settings->secret_file, '/') != NULL
				    ? g_strdup(settings->secret_file)
				    : g_build_filename(scope->directory, settings->secret_file, NULL);
	char text[SECRET_FILE_BYTES_MAX + 1];
	struct stat info;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return fail_file(path, "không mở được", error);
	n = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? read(fd, text, sizeof(text)) : -1;
	close(fd);
	if (n < 0 || n > SECRET_FILE_BYTES_MAX)
		return fail_file(path, "không đọc được hoặc quá lớn", error);
	if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return fail_file(path, "có quyền đọc cho người khác; hãy chạy chmod 600", error);
	*ret_secret = g_strndup(text, (gsize)n);
	g_strchomp(*ret_secret);
	return true;
}

/* RFC 6749, 2.3.1: both are encoded as in a form before they go into Basic. */
static bool
ask_for_token(const IdentityScope *scope, const OidcFlow *flow, const OidcSettings *settings,
    const OidcProvider *provider, const char *code, const char **ret_token, GError **error)
{
	OidcCall call = {.url = provider->token_endpoint, .ca_file = settings->ca_file};
	g_autoptr(GString) form = g_string_new(NULL), answer = g_string_new(NULL);
	g_autofree char *back = redirect_uri(settings), *secret = NULL, *user = NULL, *password = NULL;
	long status;

	put_pair(form, "grant_type", "authorization_code");
	put_pair(form, "code", code);
	put_pair(form, "redirect_uri", back);
	put_pair(form, "code_verifier", flow->verifier);
	if (*settings->secret_file != '\0' && !read_secret(scope, settings, &secret, error))
		return false;
	if (secret != NULL && !provider->wants_secret_in_form) {
		user = g_uri_escape_string(settings->client_id, NULL, FALSE);
		password = g_uri_escape_string(secret, NULL, FALSE);
		call.user = user;
		call.secret = password;
	} else {
		put_pair(form, "client_id", settings->client_id);
		if (secret != NULL)
			put_pair(form, "client_secret", secret);
	}
	call.form = form->str;
	return oidc_call(&call, answer, &status, error) &&
	       oidc_answer_parse(answer->str, answer->len, status, scope->arena, ret_token, error);
}

bool
oidc_flow_finish(const IdentityScope *scope, const OidcFlow *flow, const OidcSettings *settings,
    const char *code, OidcClaims *ret_claims, GError **error)
{
	const OidcExpected expected = {.settings = settings, .nonce = flow->nonce, .now_us = scope->now_us};
	g_autoptr(GError) first = NULL;
	OidcProvider provider;
	const char *token, *keys;
	bool is_unknown;

	if (*code == '\0' || strlen(code) > CODE_BYTES_MAX) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_FORBIDDEN,
		    "Nơi cấp tài khoản trả lời không đúng: thiếu mã. Hãy đăng nhập lại từ đầu.");
		return false;
	}
	if (!oidc_discover(settings, scope->arena, &provider, error) ||
	    !ask_for_token(scope, flow, settings, &provider, code, &token, error) ||
	    !oidc_keys(settings, &provider, false, scope->arena, &keys, error))
		return false;
	if (oidc_token_check(token, keys, &expected, scope->arena, ret_claims, &is_unknown, &first))
		return true;
	if (!is_unknown) {
		g_propagate_error(error, g_steal_pointer(&first));
		return false;
	}
	/* The provider may have changed its keys since they were asked for. */
	return oidc_keys(settings, &provider, true, scope->arena, &keys, error) &&
	       oidc_token_check(token, keys, &expected, scope->arena, ret_claims, &is_unknown, error);
}
