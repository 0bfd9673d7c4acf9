/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/router.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_qr.h"
#include "modules/identity/oidc.h"

#define IDENTITY_ACCOUNTS_PATH "/quan-tri/tai-khoan"
#define IDENTITY_OIDC_PATH "/quan-tri/dang-nhap-ngoai"
#define IDENTITY_RULES_PATH "/quan-tri/quy-tac"

typedef struct IdentitySignInView {
	LayoutView layout;
	const char *login;   /* as typed; "" */
	const char *next;    /* where to go then; "" */
	const char *problem; /* NULL */
	const char *button;  /* leads to the provider; NULL: none is set */
} IdentitySignInView;

typedef struct IdentityOidcView {
	LayoutView layout;
	const char *problem;      /* NULL: code and state go on */
	const char *code, *state; /* as the provider sent them */
	bool is_ours;             /* the page before was ours: the session's cookie came along */
} IdentityOidcView;

typedef struct IdentityOidcSettingsView {
	LayoutView layout;
	const OidcSettings *settings;
	const char *problem; /* NULL */
	bool is_saved;
} IdentityOidcSettingsView;

typedef struct IdentityCodeView {
	LayoutView layout;
	const char *problem; /* NULL */
} IdentityCodeView;

typedef struct IdentityPasswordView {
	LayoutView layout;
	const char *problem; /* NULL */
	bool must_change, is_old;
	const GPtrArray *demands; /* of const char * */
} IdentityPasswordView;

typedef struct IdentityTotpView {
	LayoutView layout;
	const char *problem; /* NULL */
	const char *secret, *uri;
	bool has_totp, is_required, is_for_all;
	const GPtrArray *codes; /* of char *: the second factor is on, and these are shown once; NULL */
} IdentityTotpView;

typedef struct IdentitySelfView {
	LayoutView layout;
	Arena *arena;
	const IdentityAccount *account;
	const GPtrArray *roles, *sessions, *signins;
	int64_t session_id; /* this one */
	OidcSettings settings;
	OidcLink link;
	bool is_linked;
} IdentitySelfView;

typedef struct IdentityAccountsView {
	LayoutView layout;
	Arena *arena;
	const GPtrArray *accounts, *roles;
	const char *problem; /* NULL */
	int64_t now_us;
	const char *review_next; /* the day by which roles have to be looked through; "" */
	int64_t n_review_due;
} IdentityAccountsView;

typedef struct IdentityAccountView {
	LayoutView layout;
	Arena *arena;
	const IdentityAccount *account;
	const GPtrArray *roles, *all_roles, *signins;
	const char *problem;  /* NULL */
	const char *password; /* was just made, and is shown once; NULL */
	int64_t now_us;
	OidcSettings settings;
	OidcLink link;
	bool is_linked;
} IdentityAccountView;

typedef struct IdentityRulesView {
	LayoutView layout;
	Arena *arena;
	IdentityLevel level;
	const GPtrArray *rules, *events;
	const char *today_iso;
} IdentityRulesView;

typedef struct IdentityRuleView {
	LayoutView layout;
	Arena *arena;
	const IdentityRule *rule;
	const GPtrArray *events;
	const char *value, *from, *source; /* as typed */
	const char *problem;               /* NULL */
} IdentityRuleView;

typedef struct IdentityLevelView {
	LayoutView layout;
	Arena *arena;
	int64_t level;
	int32_t day;
	const IdentityLevelPreview *preview;
	const char *from, *source; /* as typed */
	const char *problem;       /* NULL */
} IdentityLevelView;

/* Fills in the frame of a page. */

/* "16:05:09 22/11/2026", in the arena. */
const char *identity_when(Arena *arena, int64_t us);

/* "Đang dùng", "Đang khóa", "Đã ngừng", and the look of it. */
const char *identity_standing(const IdentityAccount *account, int64_t now_us);
const char *identity_standing_kind(const IdentityAccount *account, int64_t now_us);

/* The value of one setting. */
const char *identity_oidc_value(const OidcSettings *settings, const OidcField *oidc_field);

/* After a change of an account: back to its page, or the page with what is wrong. */
bool identity_account_finish(
    HttpRequest *request, HttpResponse *response, int64_t account_id, const char *problem, GError **error);

/* Gives `next` where it leads to a page of ours; "/" otherwise. */
const char *identity_safe_next(const char *next);

/* The cookie of a session; token "": takes it away. */
const char *identity_make_cookie(const HttpRequest *request, const char *token);

bool identity_sign_in_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_sign_in_try(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_sign_out(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_password_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_password_change(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_totp_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_totp_enrol(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_self_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_self_end_session(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_accounts_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_accounts_add(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_disable(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_enable(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_clear_totp(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_reset(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_grant(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_rules_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_rule_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_rule_change(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_level_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_level_change(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_code_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_code_give(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_begin(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_link_begin(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_return(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_finish(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_unlink(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_settings_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_oidc_settings_change(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_account_link(HttpRequest *request, HttpResponse *response, GError **error);
