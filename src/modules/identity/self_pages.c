/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/pages/self.html.h"
#include "storage/txn.h"

#include <string.h>

/* What was worked out about a change of password before it is written. */
typedef struct PreparedPassword {
	const char *problem; /* NULL */
	const char *hash;
} PreparedPassword;

static bool
show_password(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) demands = g_ptr_array_new();
	IdentityPasswordView view = {.problem = problem, .demands = demands};
	int64_t password_us;
	IdentityAccount account;
	IdentityRules rules;

	if (!identity_find(&scope, app_context(request)->visitor->account_id, &account, error) ||
	    !identity_rules(&scope, &rules, error) ||
	    !identity_password_set_us(&scope, account.account_id, &password_us, error))
		return false;
	view.layout = app_layout(request, "Đổi mật khẩu");
	view.must_change = account.must_change;
	view.is_old = account.kind == IDENTITY_ADMIN && !account.must_change &&
		      identity_password_is_old(&rules, password_us, scope.now_us);
	identity_password_demands(&rules, &account, request->arena, demands);
	identity_password_page(response->body, &view);
	return true;
}

bool
identity_password_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show_password(request, response, NULL, error);
}

/* True where the password was in use already. */
static bool
is_repeated(const GPtrArray *hashes, const char *password)
{
	for (guint i = 0; i < hashes->len; i++)
		if (secret_check_password(g_ptr_array_index(hashes, i), password))
			return true;
	return false;
}

static const char *
judge_password(
    HttpRequest *request, const IdentityRules *rules, const IdentityAccount *account, const GPtrArray *used)
{
	const char *password = http_request_form_sent(request, "moi");
	const char *problem = identity_password_check(rules, account, password, request->arena);

	if (!identity_rate_allows(request->address != NULL ? request->address : ""))
		return "Đã thử quá nhiều lần. Hãy chờ một phút rồi thử lại.";
	if (problem != NULL)
		return problem;
	if (strcmp(password, http_request_form_sent(request, "lai")) != 0)
		return "Hai lần nhập mật khẩu mới không giống nhau.";
	if (!secret_check_password(account->password_hash, http_request_form_sent(request, "cu")))
		return "Mật khẩu hiện nay không đúng.";
	if (secret_check_password(account->password_hash, password) || is_repeated(used, password))
		return "Mật khẩu này đã dùng gần đây. Hãy chọn mật khẩu khác.";
	return NULL;
}

static bool
prepare_password(HttpRequest *request, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	PreparedPassword *prepared = arena_new0(request->arena, PreparedPassword);
	g_autoptr(GPtrArray) used = g_ptr_array_new();
	IdentityAccount account;
	IdentityRules rules;

	request->prepared = prepared;
	if (!identity_find(&scope, app_context(request)->visitor->account_id, &account, error) ||
	    !identity_rules(&scope, &rules, error) ||
	    !identity_password_history(&scope, account.account_id, rules.password_history, used, error))
		return false;
	prepared->problem = judge_password(request, &rules, &account, used);
	if (prepared->problem == NULL) {
		g_autofree char *hash = secret_hash_password(http_request_form_sent(request, "moi"));

		prepared->hash = arena_strdup(request->arena, hash);
	}
	return true;
}

bool
identity_password_change(HttpRequest *request, HttpResponse *response, GError **error)
{
	const PreparedPassword *prepared = request->prepared;
	const AppVisitor *visitor = app_context(request)->visitor;
	IdentityScope scope = identity_scope_of(request);

	if (prepared == NULL)
		return prepare_password(request, error);
	if (prepared->problem != NULL) {
		response->status = 422;
		return show_password(request, response, prepared->problem, error);
	}
	if (!identity_set_password(
		&scope, visitor->account_id, prepared->hash, false, visitor->session_id, error))
		return false;
	http_response_redirect(response, "/tai-khoan");
	return true;
}

/* secret: Base32; shown again where the code did not fit, so that the telephone need not begin anew. */
static bool
show_totp(HttpRequest *request, HttpResponse *response, const char *secret, const char *problem,
    const GPtrArray *codes, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	IdentityTotpView view = {.problem = problem, .secret = secret, .codes = codes};
	IdentityAccount account;
	IdentityRules rules;

	if (!identity_find(&scope, app_context(request)->visitor->account_id, &account, error) ||
	    !identity_rules(&scope, &rules, error))
		return false;
	view.layout = app_layout(request, "Xác thực hai lớp");
	view.has_totp = account.has_totp;
	view.is_for_all = rules.totp_all != 0;
	view.is_required = view.is_for_all || (account.kind == IDENTITY_ADMIN && rules.totp_admin != 0);
	view.uri = arena_printf(request->arena,
	    "otpauth://totp/NamRo:%s?secret=%s&issuer=NamRo&algorithm=SHA1&digits=6&period=30", account.login,
	    secret);
	identity_totp_page(response->body, &view);
	return true;
}

bool
identity_totp_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	uint8_t secret[IDENTITY_TOTP_BYTES];

	secret_random(secret, sizeof(secret));
	return show_totp(
	    request, response, identity_base32(secret, sizeof(secret), request->arena), NULL, NULL, error);
}

/* Checks the code of the device in use, where there is one, and that of the new one. */
static bool
check_codes(const IdentityScope *scope, HttpRequest *request, const uint8_t *secret, int64_t *ret_step,
    const char **ret_problem, GError **error)
{
	IdentityAccount account;
	bool is_right = true;

	*ret_problem = NULL;
	if (!identity_find(scope, app_context(request)->visitor->account_id, &account, error) ||
	    (account.has_totp && !identity_use_code(scope, &account, http_request_form_text(request, "ma-cu"),
				     &is_right, error)))
		return false;
	*ret_step = identity_totp_match(secret, scope->now_us, 0, http_request_form_text(request, "ma"));
	if (!is_right)
		*ret_problem = "Mã của điện thoại đang dùng không đúng.";
	else if (*ret_step == 0)
		*ret_problem =
		    "Mã 6 chữ số không đúng. Hãy kiểm tra giờ trên điện thoại rồi nhập mã đang hiện.";
	return true;
}

bool
identity_totp_enrol(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	const char *text = http_request_form_text(request, "khoa");
	const char *problem;
	uint8_t secret[IDENTITY_TOTP_BYTES];
	int64_t step;

	if (!identity_base32_decode(text, secret))
		return identity_totp_show(request, response, error);
	if (!identity_rate_allows(request->address != NULL ? request->address : "")) {
		response->status = 429;
		return show_totp(
		    request, response, text, "Đã thử quá nhiều lần. Hãy chờ một phút.", NULL, error);
	}
	if (!db_txn_begin(scope.db, &txn, error) ||
	    !check_codes(&scope, request, secret, &step, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show_totp(request, response, text, problem, NULL, error);
	}
	return identity_set_totp(
		   &scope, app_context(request)->visitor->account_id, secret, step, codes, error) &&
	       db_txn_commit(txn, error) && show_totp(request, response, text, NULL, codes, error);
}

bool
identity_self_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppVisitor *visitor = app_context(request)->visitor;
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	g_autoptr(GPtrArray) sessions = g_ptr_array_new();
	g_autoptr(GPtrArray) signins = g_ptr_array_new();
	IdentityAccount account;
	IdentitySelfView view = {.arena = request->arena,
	    .account = &account,
	    .roles = roles,
	    .sessions = sessions,
	    .signins = signins,
	    .session_id = visitor->session_id};

	if (!oidc_settings_read(&scope, &view.settings, error) ||
	    !oidc_link_find(&scope, visitor->account_id, &view.link, &view.is_linked, error) ||
	    !identity_find(&scope, visitor->account_id, &account, error) ||
	    !identity_roles_of(&scope, account.account_id, roles, error) ||
	    !identity_sessions(&scope, account.account_id, sessions, error) ||
	    !identity_signins(&scope, account.account_id, signins, error))
		return false;
	view.layout = app_layout(request, "Tài khoản của tôi");
	identity_self_page(response->body, &view);
	return true;
}

bool
identity_self_end_session(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	int64_t session_id;
	bool is_ended;

	if (!http_request_param_int(request, "id", &session_id, error) ||
	    !identity_end_session(
		&scope, app_context(request)->visitor->account_id, session_id, &is_ended, error))
		return false;
	http_response_redirect(response, "/tai-khoan");
	return true;
}
