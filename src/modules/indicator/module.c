/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/indicator/indicator.migrations.h"
#include "modules/indicator/indicator.sql.h"
#include "modules/indicator/indicator_pages.h"
#include "modules/indicator/indicator_records.h"
#include "modules/indicator/indicator_redact.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/chi-tieu", APP_READ, indicator_list_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, "/chi-tieu/{id}", APP_READ, indicator_card_show, 0},
    {.pattern = NULL},
};

extern const AppModule indicator_module;

const AppModule indicator_module = {
    .name = "indicator",
    .title = "Chỉ tiêu",
    .requires = (const char *const[]){"agency", "document", "link", "plan", NULL},
    .migrations = indicator_migrations,
    .statements = indicator_statements,
    .routes = ROUTES,
    .records = INDICATOR_RECORDS,
    .redact = indicator_redact,
};
