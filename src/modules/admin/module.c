/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/admin/admin.sql.h"
#include "modules/admin/admin_pages.h"
#include "modules/admin/admin_records.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/he-thong", APP_SYSTEM, admin_system, HTTP_JSON},
    {.pattern = NULL},
};

extern const AppModule admin_module;

const AppModule admin_module = {
    .name = "admin",
    .title = "Quản trị",
    .statements = admin_statements,
    .routes = ROUTES,
    .records = ADMIN_RECORDS,
};
