/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/calendar/calendar.migrations.h"
#include "modules/calendar/calendar.sql.h"
#include "modules/calendar/calendar_pages.h"
#include "modules/calendar/calendar_records.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, CALENDAR_PATH, APP_READ, calendar_year_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED},
    {HTTP_POST, CALENDAR_PATH "/ngay", APP_CALENDAR, calendar_day_put, HTTP_WRITES},
    {HTTP_POST, CALENDAR_PATH "/ngay/bo", APP_CALENDAR, calendar_day_remove, HTTP_WRITES},
    {HTTP_POST, CALENDAR_PATH "/nhap", APP_CALENDAR, calendar_import, HTTP_WRITES | HTTP_FILES},
    {HTTP_POST, CALENDAR_PATH "/chinh-thuc", APP_CALENDAR, calendar_announce, HTTP_WRITES},
    {HTTP_POST, CALENDAR_PATH "/cai-dat", APP_CALENDAR, calendar_change_settings, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{CALENDAR_PATH, "Lịch làm việc", LAYOUT_KEEPING}, {.path = NULL}};

extern const AppModule calendar_module;

const AppModule calendar_module = {
    .name = "calendar",
    .title = "Lịch làm việc",
    .migrations = calendar_migrations,
    .statements = calendar_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = calendar_verify,
    .records = CALENDAR_RECORDS,
};
