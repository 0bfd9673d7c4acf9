/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/notify/notify.migrations.h"
#include "modules/notify/notify.sql.h"
#include "modules/notify/notify_pages.h"
#include "modules/notify/notify_redact.h"
#include "modules/notify/notify_rules.h"
#include "modules/notify/notify_work.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, NOTIFY_PATH, APP_SELF, notify_inbox_show, HTTP_UNCACHED},
    {HTTP_POST, NOTIFY_PATH "/da-doc", APP_SELF, notify_inbox_read_all, HTTP_WRITES},
    {HTTP_POST, NOTIFY_PATH "/{id}/da-doc", APP_SELF, notify_inbox_read, HTTP_WRITES},
    {HTTP_GET, NOTIFY_SENT_PATH, APP_SYSTEM, notify_sent_show, HTTP_CSV},
    {HTTP_GET, NOTIFY_NOTICES_PATH, APP_REMIND, notify_notices_show, HTTP_CSV | HTTP_JSON | HTTP_SLOW},
    {HTTP_POST, NOTIFY_SENT_PATH "/{id}/gui-lai", APP_ACCOUNTS, notify_sent_retry, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{NOTIFY_PATH, "Thông báo", LAYOUT_REMINDING},
    {NOTIFY_SENT_PATH, "Gửi thông báo", LAYOUT_REMINDING}, {.path = NULL}};

extern const AppModule notify_module;

const AppModule notify_module = {
    .name = "notify",
    .title = "Thông báo",
    .requires = (const char *const[]){"identity", NULL},
    .migrations = notify_migrations,
    .statements = notify_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = notify_rules_verify,
    .work = notify_work,
    .redact = notify_redact,
};
