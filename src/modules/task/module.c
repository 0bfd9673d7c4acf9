/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/task/task.migrations.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_list_page.h"
#include "modules/task/task_records.h"
#include "modules/task/task_redact.h"
#include "modules/task/task_search.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/nhiem-vu", APP_READ, task_list_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, "/nhiem-vu/{id}", APP_READ, task_card_show, 0},
    {.pattern = NULL},
};

extern const AppModule task_module;

const AppModule task_module = {
    .name = "task",
    .title = "Nhiệm vụ",
    .requires = (const char *const[]){"agency", "calendar", "document", "evidence", "link", "plan", NULL},
    .migrations = task_migrations,
    .statements = task_statements,
    .routes = ROUTES,
    .rebuild = task_search_rebuild,
    .derive = task_derive,
    .form = 1,
    .records = TASK_RECORDS,
    .redact = task_redact,
};
