/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "html/assets_urls.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/oidc.h"
#include "modules/identity/pages/oidc.html.h"
#include "storage/txn.h"

#include <string.h>

#define TOO_FAST "Từ máy này đã thử đăng nhập quá nhiều lần. Hãy chờ một phút rồi thử lại."
#define OFF "Đăng nhập bằng tài khoản bên ngoài đang tắt. Hãy đăng nhập bằng mật khẩu."
#define LOST \
	"Lần đăng nhập này đã quá lâu, đã dùng rồi, hoặc bắt đầu từ một trình duyệt khác. Hãy đăng nhập " \
	"lại từ đầu."
#define UNLINKED \
	"Tài khoản bên ngoài này chưa được liên kết với tài khoản nào ở đây. Hãy đăng nhập bằng mật khẩu " \
	"rồi bấm “Liên " \
	"kết” trong Tài khoản của tôi, hoặc nhờ người quản trị liên kết."
#define CLOSED "Tài khoản này đang bị khóa, đã ngừng hoặc lâu không dùng. Hãy hỏi người quản trị."
#define NOT_OURS "Hãy bấm “Liên kết” trên trang Tài khoản của tôi, bằng một trình duyệt còn được cập nhật."
#define SIGN_IN_FIRST "Phiên làm việc đã kết thúc. Hãy đăng nhập lại bằng mật khẩu rồi liên kết lại."

/* What came of the calls outside, before anything is written. */
typedef struct Prepared {
	const char *problem; /* NULL */
	bool has_flow;
	OidcFlow flow;
	OidcSettings settings;
	OidcClaims claims;
} Prepared;

static bool
show(HttpRequest *request, HttpResponse *response, int status, const char *problem)
{
	IdentityOidcView view = {.problem = problem};

	if (problem == NULL) {
		view.code = http_request_query_text(request, "code");
		view.state = http_request_query_text(request, "state");
		view.is_ours = *http_request_query_text(request, "buoc") != '\0';
	}
	view.layout = app_layout(request, "Đăng nhập bằng tài khoản bên ngoài");
	if (problem == NULL)
		view.layout.script = ASSET_CONTINUE_JS;
	response->status = status;
	identity_oidc_page(response->body, &view);
	return true;
}

static bool
is_too_fast(const HttpRequest *request)
{
	return !identity_rate_allows(request->address != NULL ? request->address : "");
}

/* Sends the browser to the provider; on a slow thread, as the provider may have to be asked first. */
static bool
begin(HttpRequest *request, HttpResponse *response, bool is_link, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GError) outside = NULL;
	OidcSettings settings;
	OidcProvider provider;
	const char *cookie;
	OidcFlow flow;

	if (is_too_fast(request))
		return show(request, response, 429, TOO_FAST);
	if (!oidc_settings_read(&scope, &settings, error))
		return false;
	if (!settings.is_on)
		return show(request, response, 404, OFF);
	/* Else another site could have its own account linked to somebody's here. */
	if (is_link && g_strcmp0(request->fetch_site, "same-origin") != 0)
		return show(request, response, 403, NOT_OURS);
	if (!oidc_discover(&settings, request->arena, &provider, &outside))
		return show(request, response, 503, arena_strdup(request->arena, outside->message));
	oidc_flow_begin(request, scope.now_us, is_link,
	    is_link ? "/tai-khoan" : http_request_query_text(request, "tiep"), &flow, &cookie);
	http_response_redirect(response, oidc_flow_url(&flow, &settings, &provider, request->arena));
	response->set_cookie = cookie;
	return true;
}

bool
identity_oidc_begin(HttpRequest *request, HttpResponse *response, GError **error)
{
	return begin(request, response, false, error);
}

bool
identity_oidc_link_begin(HttpRequest *request, HttpResponse *response, GError **error)
{
	return begin(request, response, true, error);
}

/* Back from the provider. The answer comes from another site, so that the session's cookie is not with it:
 * the page asks once more, from here, and only that one has the form with the session's mark. */
bool
identity_oidc_return(HttpRequest *request, HttpResponse *response, GError **error)
{
	(void)error;
	if (*http_request_query_text(request, "error") != '\0')
		return show(request, response, 403,
		    "Nơi cấp tài khoản đã từ chối, hoặc anh, chị đã bấm hủy. Hãy thử lại, hoặc đăng nhập "
		    "bằng mật khẩu.");
	if (*http_request_query_text(request, "code") == '\0' ||
	    *http_request_query_text(request, "state") == '\0')
		return show(request, response, 404, LOST);
	return show(request, response, 200, NULL);
}

static bool
prepare(HttpRequest *request, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	Prepared *prepared = arena_new0(request->arena, Prepared);
	g_autoptr(GError) outside = NULL;

	request->prepared = prepared;
	if (is_too_fast(request)) {
		prepared->problem = TOO_FAST;
		return true;
	}
	if (!oidc_settings_read(&scope, &prepared->settings, error))
		return false;
	if (!prepared->settings.is_on) {
		prepared->problem = OFF;
		return true;
	}
	prepared->has_flow = oidc_flow_resume(
	    request, scope.now_us, http_request_form_sent(request, "state"), &prepared->flow);
	if (!prepared->has_flow)
		prepared->problem = LOST;
	else if (!oidc_flow_finish(&scope, &prepared->flow, &prepared->settings,
		     http_request_form_sent(request, "code"), &prepared->claims, &outside))
		prepared->problem = arena_strdup(request->arena, outside->message);
	return true;
}

/* A refusal is a row of the ledger, of whichever kind it was. */
static bool
refuse(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityOrigin origin = identity_origin_of(request);
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope.db, &txn, error) &&
	       identity_note(&scope, LEDGER_ACCESS, 0, error, "result", "refused", "method", "oidc", "why",
		   problem, "agent", origin.agent, NULL) &&
	       db_txn_commit(txn, error) && show(request, response, 401, problem);
}

static bool
link_self(HttpRequest *request, HttpResponse *response, const Prepared *prepared, GError **error)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	IdentityScope scope = identity_scope_of(request);
	const char *problem;

	if (visitor->session_id == 0)
		return refuse(request, response, SIGN_IN_FIRST, error);
	if (visitor->must_go != NULL) {
		http_response_redirect(response, visitor->must_go);
		return true;
	}
	if (!oidc_link_set(&scope, visitor->account_id, prepared->settings.issuer, prepared->claims.name,
		prepared->claims.subject, &problem, error))
		return false;
	if (problem != NULL)
		return refuse(request, response, problem, error);
	http_response_redirect(response, "/tai-khoan");
	return true;
}

static bool
sign_in(HttpRequest *request, HttpResponse *response, const Prepared *prepared, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityOrigin origin = identity_origin_of(request);
	IdentityResult result;
	char token[SECRET_TEXT_SIZE];
	int64_t account_id;

	if (!oidc_link_resolve(&scope, prepared->settings.issuer, &prepared->claims, &account_id, error))
		return false;
	if (account_id == 0)
		return refuse(request, response, UNLINKED, error);
	if (!identity_sign_in_by(&scope, account_id,
		prepared->claims.has_mfa ? IDENTITY_FACTOR_PROVIDER : IDENTITY_FACTOR_PENDING, &origin,
		&result, token, error))
		return false;
	if (result != IDENTITY_OK)
		return show(request, response, 401, CLOSED);
	http_response_redirect(response, prepared->flow.next);
	response->set_cookie = identity_make_cookie(request, token);
	secret_wipe(token, sizeof(token));
	return true;
}

bool
identity_oidc_finish(HttpRequest *request, HttpResponse *response, GError **error)
{
	const Prepared *prepared = request->prepared;
	IdentityScope scope = identity_scope_of(request);
	bool is_new = true;

	if (prepared == NULL)
		return prepare(request, error);
	if (prepared->has_flow && !oidc_state_use(&scope, prepared->flow.state, &is_new, error))
		return false;
	if (prepared->problem != NULL || !is_new)
		return refuse(request, response, is_new ? prepared->problem : LOST, error);
	return prepared->flow.is_link ? link_self(request, response, prepared, error)
				      : sign_in(request, response, prepared, error);
}

bool
identity_oidc_unlink(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);

	if (!oidc_link_drop(&scope, app_context(request)->visitor->account_id, error))
		return false;
	http_response_redirect(response, "/tai-khoan");
	return true;
}
