/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/identity/identity.migrations.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/identity_records.h"
#include "modules/identity/identity_redact.h"
#include "modules/identity/role_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, APP_SIGN_IN_PATH, APP_PUBLIC, identity_sign_in_show, HTTP_UNCACHED},
    {HTTP_POST, APP_SIGN_IN_PATH, APP_PUBLIC, identity_sign_in_try,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_POST, APP_SIGN_OUT_PATH, APP_SELF, identity_sign_out, HTTP_WRITES},
    {HTTP_GET, IDENTITY_PASSWORD_PATH, APP_SELF, identity_password_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_PASSWORD_PATH, APP_SELF, identity_password_change,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_GET, IDENTITY_TOTP_PATH, APP_SELF, identity_totp_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_TOTP_PATH, APP_SELF, identity_totp_enrol, HTTP_WRITES | HTTP_SECRET},
    {HTTP_GET, "/tai-khoan", APP_SELF, identity_self_show, HTTP_UNCACHED},
    {HTTP_POST, "/tai-khoan/phien/{id}/thu-hoi", APP_SELF, identity_self_end_session, HTTP_WRITES},
    {HTTP_GET, IDENTITY_ACCOUNTS_PATH, APP_ACCOUNTS, identity_accounts_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH, APP_ACCOUNTS, identity_accounts_add,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_GET, IDENTITY_ACCOUNTS_PATH "/{id}", APP_ACCOUNTS, identity_account_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH "/{id}/ngung", APP_ACCOUNTS, identity_account_disable, HTTP_WRITES},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH "/{id}/mo-lai", APP_ACCOUNTS, identity_account_enable, HTTP_WRITES},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH "/{id}/bo-hai-lop", APP_ACCOUNTS, identity_account_clear_totp,
	HTTP_WRITES},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH "/{id}/mat-khau", APP_ACCOUNTS, identity_account_reset,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH "/{id}/vai-tro", APP_ACCOUNTS, identity_account_grant, HTTP_WRITES},
    {HTTP_GET, IDENTITY_ROLES_PATH, APP_READ, identity_plan_roles_show, HTTP_CSV | HTTP_JSON},
    {HTTP_POST, IDENTITY_ROLES_PATH, APP_ROLES, identity_plan_roles_give, HTTP_WRITES},
    {HTTP_POST, IDENTITY_ROLES_PATH "/de-xuat", APP_ROLES, identity_plan_roles_propose, HTTP_WRITES},
    {HTTP_POST, IDENTITY_ROLES_PATH "/{id}", APP_ROLES, identity_plan_roles_decide, HTTP_WRITES},
    {HTTP_GET, IDENTITY_DUTIES_PATH, APP_SYSTEM, identity_duties_show, HTTP_UNCACHED | HTTP_CSV | HTTP_JSON},
    {HTTP_POST, IDENTITY_DUTIES_PATH, APP_ACCOUNTS, identity_duty_send, HTTP_WRITES},
    {HTTP_POST, IDENTITY_DUTIES_PATH "/{id}/ket-thuc", APP_ACCOUNTS, identity_duty_end_send, HTTP_WRITES},
    {HTTP_GET, IDENTITY_REVIEW_PATH, APP_ACCOUNTS, identity_review_show,
	HTTP_UNCACHED | HTTP_CSV | HTTP_JSON},
    {HTTP_POST, IDENTITY_REVIEW_PATH, APP_ACCOUNTS, identity_review_save, HTTP_WRITES},
    {HTTP_GET, IDENTITY_CODE_PATH, APP_SELF, identity_code_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_CODE_PATH, APP_SELF, identity_code_give, HTTP_WRITES | HTTP_SECRET},
    {HTTP_GET, IDENTITY_RULES_PATH, APP_ACCOUNTS, identity_rules_show, HTTP_UNCACHED | HTTP_CSV | HTTP_JSON},
    {HTTP_GET, IDENTITY_RULES_PATH "/cap-do", APP_ACCOUNTS, identity_level_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_RULES_PATH "/cap-do", APP_ACCOUNTS, identity_level_change, HTTP_WRITES},
    {HTTP_GET, IDENTITY_RULES_PATH "/{quy-tac}", APP_ACCOUNTS, identity_rule_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_RULES_PATH "/{quy-tac}", APP_ACCOUNTS, identity_rule_change, HTTP_WRITES},
    {HTTP_GET, OIDC_BEGIN_PATH, APP_PUBLIC, identity_oidc_begin, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, OIDC_RETURN_PATH, APP_PUBLIC, identity_oidc_return, HTTP_UNCACHED},
    {HTTP_POST, OIDC_RETURN_PATH, APP_PUBLIC, identity_oidc_finish,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_GET, "/tai-khoan/lien-ket", APP_SELF, identity_oidc_link_begin, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, "/tai-khoan/bo-lien-ket", APP_SELF, identity_oidc_unlink, HTTP_WRITES},
    {HTTP_GET, IDENTITY_OIDC_PATH, APP_ACCOUNTS, identity_oidc_settings_show, HTTP_UNCACHED},
    {HTTP_POST, IDENTITY_OIDC_PATH, APP_ACCOUNTS, identity_oidc_settings_change,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_POST, IDENTITY_ACCOUNTS_PATH "/{id}/lien-ket", APP_ACCOUNTS, identity_account_link, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{IDENTITY_ROLES_PATH, "Vai trò", LAYOUT_KEEPING}, {.path = NULL}};

static bool
verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	return identity_verify(db, commune_id, report, error) &&
	       identity_verify_rules(db, commune_id, report, error) &&
	       oidc_verify_links(db, commune_id, report, error);
}

/* Units that stand beside people as words become posts. */
static bool
place_people(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const IdentityScope scope = {.db = work->db,
	    .commune_id = work->commune_id,
	    .now_us = work->now_us,
	    .actor = {.name = "Chương trình"},
	    .arena = arena};

	*ret_did = false;
	return !work->is_first || identity_people_place(&scope, error);
}

static bool
work(const AppWork *app_work, bool *ret_did, GError **error)
{
	return place_people(app_work, ret_did, error) && identity_work(app_work, ret_did, error);
}

extern const AppModule identity_module;

const AppModule identity_module = {
    .name = "identity",
    .title = "Tài khoản",
    .requires = (const char *const[]){"agency", "plan", NULL},
    .migrations = identity_migrations,
    .statements = identity_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = verify,
    .gate = &IDENTITY_GATE,
    .work = work,
    .records = IDENTITY_RECORDS,
    .redact = identity_redact,
};
