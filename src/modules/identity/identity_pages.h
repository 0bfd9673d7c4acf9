/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/router.h"
#include "modules/identity/identity_internal.h"

#define IDENTITY_ACCOUNTS_PATH "/quan-tri/tai-khoan"

typedef struct IdentitySignInView {
	LayoutView layout;
	const char *login;   /* as typed; "" */
	const char *next;    /* where to go then; "" */
	const char *problem; /* NULL */
} IdentitySignInView;

typedef struct IdentityPasswordView {
	LayoutView layout;
	const char *problem; /* NULL */
	bool must_change, has_totp;
	int64_t min_length;
} IdentityPasswordView;

typedef struct IdentityTotpView {
	LayoutView layout;
	const char *problem; /* NULL */
	const char *secret, *uri;
	bool has_totp, is_required;
	const GPtrArray *codes; /* of char *: the second factor is on, and these are shown once; NULL */
} IdentityTotpView;

typedef struct IdentitySelfView {
	LayoutView layout;
	Arena *arena;
	const IdentityAccount *account;
	const GPtrArray *roles, *sessions, *signins;
	int64_t session_id; /* this one */
} IdentitySelfView;

typedef struct IdentityAccountsView {
	LayoutView layout;
	Arena *arena;
	const GPtrArray *accounts, *roles, *rules;
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
} IdentityAccountView;

/* Fills in the frame of a page. */
void identity_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout);

/* "16:05:09 22/11/2026", in the arena. */
const char *identity_when(Arena *arena, int64_t us);

/* "Đang dùng", "Đang khóa", "Đã ngừng", and the look of it. */
const char *identity_standing(const IdentityAccount *account, int64_t now_us);
const char *identity_standing_kind(const IdentityAccount *account, int64_t now_us);

/* Gives `next` where it leads to a page of ours; "/" otherwise. */
const char *identity_safe_next(const char *next);

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
