/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/report/report.migrations.h"
#include "modules/report/report.sql.h"
#include "modules/report/report_explain.h"
#include "modules/report/report_pages.h"
#include "modules/report/report_redact.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/lich-bao-cao", APP_READ, report_calendar_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, REPORT_EXPLAIN_PATH, APP_READ, report_explain_show, HTTP_UNCACHED | HTTP_SLOW | HTTP_PERSONAL},
    {HTTP_GET, REPORT_EXPLAIN_PATH "/tep", APP_READ, report_explain_file,
	HTTP_UNCACHED | HTTP_SLOW | HTTP_PERSONAL},
    {.pattern = NULL},
};

extern const AppModule report_module;

const AppModule report_module = {
    .name = "report",
    .title = "Lịch báo cáo",
    .requires = (const char *const[]){"agency", "document", "plan", "remind", "task", "work", NULL},
    .migrations = report_migrations,
    .statements = report_statements,
    .routes = ROUTES,
    .redact = report_redact,
};
