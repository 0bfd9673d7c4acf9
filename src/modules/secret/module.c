/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/secret/secret.migrations.h"
#include "modules/secret/secret.sql.h"
#include "modules/secret/secret_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, SECRET_PATH, APP_PUBLISH, secret_list_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, SECRET_PATH "/danh-dau", APP_PUBLISH, secret_ask_show, HTTP_UNCACHED},
    {HTTP_POST, SECRET_PATH "/danh-dau", APP_PUBLISH, secret_ask_send, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{SECRET_PATH, "Văn bản mật", LAYOUT_KEEPING}, {.path = NULL}};

static const AppRecordKind RECORDS[] = {
    {.kind = "secret", .title = "Văn bản mật", .permission = APP_PUBLISH},
    {.kind = NULL},
};

static bool
finish(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const SecretScope scope = {.db = work->db,
	    .commune_id = work->commune_id,
	    .now_us = work->now_us,
	    .directory = work->directory,
	    .arena = arena};

	return secret_finish(&scope, ret_did, error);
}

extern const AppModule secret_module;

const AppModule secret_module = {
    .name = "secret",
    .title = "Văn bản mật",
    .requires = (const char *const[]){"intake", "plan", "task", NULL},
    .migrations = secret_migrations,
    .statements = secret_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = secret_verify,
    .work = finish,
    .records = RECORDS,
};
