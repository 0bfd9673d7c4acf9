/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/date.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/pages/signin.html.h"

#include <string.h>

#define NEXT_BYTES_MAX 1024

#define WRONG \
	"Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng, hoặc tài khoản đang bị khóa. Sai nhiều lần " \
	"liên tiếp " \
	"thì tài khoản bị khóa một lúc."
#define TOO_FAST "Từ máy này đã thử đăng nhập quá nhiều lần. Hãy chờ một phút rồi thử lại."
#define ENDED "Tài khoản này đã ngừng hoặc lâu không dùng. Hãy hỏi người quản trị."

const char *
identity_when(Arena *arena, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	instant_format_vi(us, text);
	return arena_strdup(arena, text);
}

const char *
identity_safe_next(const char *next)
{
	size_t len = next != NULL ? strlen(next) : 0;

	if (len == 0 || len > NEXT_BYTES_MAX || next[0] != '/' || next[1] == '/' ||
	    strchr(next, '\\') != NULL)
		return "/";
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)next[i] <= ' ' || (unsigned char)next[i] >= 0x7F)
			return "/";
	return next;
}

/* The session token is nowhere but in this header. */
const char *
identity_make_cookie(const HttpRequest *request, const char *token)
{
	return arena_printf(request->arena, IDENTITY_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
	    token, *token == '\0' ? "; Max-Age=0" : "", request->is_https ? "; Secure" : "");
}

static bool
show(HttpRequest *request, HttpResponse *response, const char *login, const char *next, const char *problem,
    GError **error)
{
	IdentitySignInView view = {.login = login, .next = next, .problem = problem};
	IdentityScope scope = identity_scope_of(request);
	OidcSettings settings;

	if (!oidc_settings_read(&scope, &settings, error))
		return false;
	view.button = settings.is_on ? settings.label : NULL;
	view.layout = app_layout(request, "Đăng nhập");
	identity_signin_page(response->body, &view);
	return true;
}

bool
identity_sign_in_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show(
	    request, response, "", identity_safe_next(http_request_query_text(request, "tiep")), NULL, error);
}

/* On a slow thread, outside of any transaction: a password takes a tenth of a second. */
static bool
prepare(HttpRequest *request, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityAttempt *attempt = arena_new0(request->arena, IdentityAttempt);

	request->prepared = attempt;
	attempt->is_too_fast = !identity_rate_allows(request->address != NULL ? request->address : "");
	if (attempt->is_too_fast)
		return true;
	return identity_attempt(&scope, http_request_form_text(request, "ten"),
	    http_request_form_sent(request, "mat-khau"), http_request_form_text(request, "ma"), attempt,
	    error);
}

bool
identity_sign_in_try(HttpRequest *request, HttpResponse *response, GError **error)
{
	const IdentityAttempt *attempt = request->prepared;
	IdentityScope scope = identity_scope_of(request);
	IdentityOrigin origin = identity_origin_of(request);
	const char *next = identity_safe_next(http_request_form_text(request, "tiep"));
	const char *problem = WRONG;
	IdentityResult result = IDENTITY_WRONG;
	char token[SECRET_TEXT_SIZE];

	if (attempt == NULL)
		return prepare(request, error);
	if (attempt->is_too_fast)
		problem = TOO_FAST;
	else if (!identity_sign_in(&scope, attempt, &origin, &result, token, error))
		return false;
	if (result == IDENTITY_OK) {
		http_response_redirect(response, next);
		response->set_cookie = identity_make_cookie(request, token);
		secret_wipe(token, sizeof(token));
		return true;
	}
	if (attempt->is_password_right && (result == IDENTITY_DISABLED || result == IDENTITY_UNUSED))
		problem = ENDED;
	response->status = attempt->is_too_fast ? 429 : 401;
	return show(request, response, http_request_form_text(request, "ten"), next, problem, error);
}

static bool
show_code(HttpRequest *request, HttpResponse *response, const char *problem)
{
	IdentityCodeView view = {.problem = problem};

	view.layout = app_layout(request, "Nhập mã xác thực");
	identity_code_page(response->body, &view);
	return true;
}

bool
identity_code_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	(void)error;
	return show_code(request, response, NULL);
}

bool
identity_code_give(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	IdentityScope scope = identity_scope_of(request);
	IdentityOrigin origin = identity_origin_of(request);
	IdentityResult result = IDENTITY_WRONG;
	char token[SECRET_TEXT_SIZE];

	if (visitor->must_go == NULL || strcmp(visitor->must_go, IDENTITY_CODE_PATH) != 0) {
		http_response_redirect(response, "/");
		return true;
	}
	if (!identity_rate_allows(request->address != NULL ? request->address : "")) {
		response->status = 429;
		return show_code(request, response, TOO_FAST);
	}
	if (!identity_give_code(&scope, visitor->account_id, visitor->session_id,
		http_request_form_text(request, "ma"), &origin, &result, token, error))
		return false;
	if (result == IDENTITY_OK) {
		http_response_redirect(response, "/");
		response->set_cookie = identity_make_cookie(request, token);
		secret_wipe(token, sizeof(token));
		return true;
	}
	response->status = 401;
	return show_code(request, response,
	    "Mã không đúng, đã dùng rồi, hoặc tài khoản đang bị khóa vì sai nhiều lần. Hãy nhập mã đang hiện "
	    "trên điện "
	    "thoại, hoặc một mã dự phòng chưa dùng.");
}

bool
identity_sign_out(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	IdentityScope scope = identity_scope_of(request);
	bool is_ended;

	if (visitor->session_id != 0 &&
	    !identity_end_session(&scope, visitor->account_id, visitor->session_id, &is_ended, error))
		return false;
	http_response_redirect(response, APP_SIGN_IN_PATH);
	response->set_cookie = identity_make_cookie(request, "");
	return true;
}
