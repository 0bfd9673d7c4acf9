/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/identity_roles.h"
#include "modules/identity/pages/accounts.html.h"

#include <string.h>

/* A password that was made, with its hash, before anything is written. */
typedef struct PreparedSecret {
	const char *password, *hash;
} PreparedSecret;

static void
prepare_secret(HttpRequest *request)
{
	PreparedSecret *prepared = arena_new0(request->arena, PreparedSecret);
	g_autofree char *hash = NULL;

	prepared->password = identity_password_make(request->arena);
	hash = secret_hash_password(prepared->password);
	prepared->hash = arena_strdup(request->arena, hash);
	request->prepared = prepared;
}

const char *
identity_standing(const IdentityAccount *account, int64_t now_us)
{
	if (account->is_disabled)
		return "Đã ngừng";
	return account->locked_until_us > now_us ? "Đang khóa" : "Đang dùng";
}

const char *
identity_standing_kind(const IdentityAccount *account, int64_t now_us)
{
	if (account->is_disabled)
		return "idle";
	return account->locked_until_us > now_us ? "late" : "ok";
}

static bool
show_accounts(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	IdentityAccountsView view = {.arena = request->arena,
	    .accounts = accounts,
	    .roles = roles,
	    .problem = problem,
	    .now_us = scope.now_us};
	char review_text[DATE_ISO_SIZE];
	int32_t review_due;

	if (!identity_list(&scope, accounts, error) || !identity_roles(&scope, roles, error) ||
	    !identity_review_next(
		&scope, app_context(request)->today, &review_due, &view.n_review_due, error))
		return false;
	date_format_vi(review_due, review_text);
	view.review_next = review_text;
	view.layout = app_layout(request, "Quản trị tài khoản");
	identity_accounts_page(response->body, &view);
	return true;
}

bool
identity_accounts_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show_accounts(request, response, NULL, error);
}

static bool
show_account(HttpRequest *request, HttpResponse *response, int64_t account_id, const char *problem,
    const char *password, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	g_autoptr(GPtrArray) all_roles = g_ptr_array_new();
	g_autoptr(GPtrArray) signins = g_ptr_array_new();
	IdentityAccount account;
	IdentityAccountView view = {.arena = request->arena,
	    .account = &account,
	    .roles = roles,
	    .all_roles = all_roles,
	    .signins = signins,
	    .problem = problem,
	    .password = password,
	    .now_us = scope.now_us};

	if (!oidc_settings_read(&scope, &view.settings, error) ||
	    !oidc_link_find(&scope, account_id, &view.link, &view.is_linked, error) ||
	    !identity_find(&scope, account_id, &account, error) ||
	    !identity_roles_of(&scope, account_id, roles, error) ||
	    !identity_roles(&scope, all_roles, error) ||
	    !identity_signins(&scope, account_id, signins, error))
		return false;
	view.layout = app_layout(request, account.name);
	identity_account_page(response->body, &view);
	return true;
}

bool
identity_account_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t account_id;

	return http_request_param_int(request, "id", &account_id, error) &&
	       show_account(request, response, account_id, NULL, NULL, error);
}

static IdentityKind
kind_of_word(const char *word)
{
	for (int kind = IDENTITY_ADMIN; kind < IDENTITY_KIND_MAX; kind++)
		if (strcmp(IDENTITY_KIND_WORDS[kind], word) == 0)
			return (IdentityKind)kind;
	return IDENTITY_KIND_MAX;
}

bool
identity_accounts_add(HttpRequest *request, HttpResponse *response, GError **error)
{
	const PreparedSecret *prepared = request->prepared;
	IdentityScope scope = identity_scope_of(request);
	const char *role = http_request_form_text(request, "vai-tro");
	const char *problem;
	int64_t account_id;

	if (prepared == NULL) {
		prepare_secret(request);
		return true;
	}
	if (!identity_add(&scope,
		&(IdentityNew){.login = http_request_form_text(request, "ten"),
		    .name = http_request_form_text(request, "ho-ten"),
		    .position = http_request_form_text(request, "chuc-vu"),
		    .unit = http_request_form_text(request, "don-vi"),
		    .kind = kind_of_word(http_request_form_text(request, "loai")),
		    .role = *role != '\0' ? role : NULL,
		    .password_hash = prepared->hash,
		    .must_change = true},
		&account_id, &problem, error))
		return false;
	if (problem == NULL)
		return show_account(request, response, account_id, NULL, prepared->password, error);
	response->status = 422;
	return show_accounts(request, response, problem, error);
}

bool
identity_account_finish(
    HttpRequest *request, HttpResponse *response, int64_t account_id, const char *problem, GError **error)
{
	if (problem == NULL) {
		http_response_redirect(response,
		    arena_printf(request->arena, IDENTITY_ACCOUNTS_PATH "/%" G_GINT64_FORMAT, account_id));
		return true;
	}
	response->status = 422;
	return show_account(request, response, account_id, problem, NULL, error);
}

static bool
set_enabled(HttpRequest *request, HttpResponse *response, bool is_enabled, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	const char *problem;
	int64_t account_id;

	return http_request_param_int(request, "id", &account_id, error) &&
	       identity_set_enabled(&scope, account_id, is_enabled, &problem, error) &&
	       identity_account_finish(request, response, account_id, problem, error);
}

bool
identity_account_disable(HttpRequest *request, HttpResponse *response, GError **error)
{
	return set_enabled(request, response, false, error);
}

bool
identity_account_enable(HttpRequest *request, HttpResponse *response, GError **error)
{
	return set_enabled(request, response, true, error);
}

bool
identity_account_clear_totp(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	int64_t account_id;
	IdentityAccount account;

	return http_request_param_int(request, "id", &account_id, error) &&
	       identity_find(&scope, account_id, &account, error) &&
	       identity_clear_totp(&scope, account_id, error) &&
	       identity_account_finish(request, response, account_id, NULL, error);
}

bool
identity_account_reset(HttpRequest *request, HttpResponse *response, GError **error)
{
	const PreparedSecret *prepared = request->prepared;
	IdentityScope scope = identity_scope_of(request);
	IdentityAccount account;
	int64_t account_id;

	if (!http_request_param_int(request, "id", &account_id, error) ||
	    !identity_find(&scope, account_id, &account, error))
		return false;
	if (prepared == NULL) {
		prepare_secret(request);
		return true;
	}
	return identity_set_password(&scope, account_id, prepared->hash, true, 0, error) &&
	       show_account(request, response, account_id, NULL, prepared->password, error);
}

bool
identity_account_grant(HttpRequest *request, HttpResponse *response, GError **error)
{
	IdentityScope scope = identity_scope_of(request);
	bool is_granted = strcmp(http_request_form_text(request, "viec"), "giao") == 0;
	const char *problem;
	int64_t account_id;

	return http_request_param_int(request, "id", &account_id, error) &&
	       identity_grant(&scope, account_id, http_request_form_text(request, "vai-tro"), is_granted,
		   &problem, error) &&
	       identity_account_finish(request, response, account_id, problem, error);
}
