/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/plan/plan.migrations.h"
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_card_pages.h"
#include "modules/plan/plan_finding_pages.h"
#include "modules/plan/plan_note.h"
#include "modules/plan/plan_records.h"
#include "modules/plan/plan_redact.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/kiem-tra", APP_READ, plan_finding_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, PLAN_CARD_PATH, APP_READ, plan_card_list_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, PLAN_CARD_PATH "/{id}", APP_READ, plan_card_show, 0},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{PLAN_CARD_PATH, "Các kế hoạch", LAYOUT_PLANNING}, {.path = NULL}};

extern const AppModule plan_module;

const AppModule plan_module = {
    .name = "plan",
    .title = "Kế hoạch",
    .requires = (const char *const[]){"document", NULL},
    .migrations = plan_migrations,
    .statements = plan_statements,
    .verify = plan_verify,
    .routes = ROUTES,
    .records = PLAN_RECORDS,
    .nav = NAV,
    .redact = plan_redact,
};
