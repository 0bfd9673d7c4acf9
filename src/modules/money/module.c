/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/money/money.migrations.h"
#include "modules/money/money.sql.h"
#include "modules/money/money_pages.h"
#include "modules/money/money_redact.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, MONEY_PATH, APP_READ, money_list_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, MONEY_PATH "/nguon", APP_OPERATE, money_post_source, HTTP_WRITES},
    {HTTP_GET, MONEY_PATH "/{id}", APP_READ, money_task_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, MONEY_PATH "/{id}", APP_SELF, money_post_entry, HTTP_WRITES},
    {HTTP_GET, MONEY_PATH "/chuyen/{id}", APP_READ, money_move_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, MONEY_PATH "/chuyen/{id}", APP_SELF, money_post_move, HTTP_WRITES},
    {HTTP_POST, MONEY_PATH "/dinh-chinh/{id}", APP_SELF, money_post_correction, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{MONEY_PATH, "Kinh phí", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule money_module;

const AppModule money_module = {
    .name = "money",
    .title = "Kinh phí",
    .requires = (const char *const[]){"agency", "plan", "task", NULL},
    .migrations = money_migrations,
    .statements = money_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = money_verify,
    .redact = money_redact,
};
