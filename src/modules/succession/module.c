/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/succession/succession.migrations.h"
#include "modules/succession/succession.sql.h"
#include "modules/succession/succession_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, SUCCESSION_PATH, APP_REVIEW, succession_list_show, HTTP_SLOW},
    {HTTP_POST, SUCCESSION_PATH, APP_PUBLISH, succession_post_begin, HTTP_WRITES},
    {HTTP_GET, SUCCESSION_PATH "/{id}", APP_REVIEW, succession_compare_show,
	HTTP_CSV | HTTP_JSON | HTTP_SLOW},
    {HTTP_POST, SUCCESSION_PATH "/{id}/dong", APP_PUBLISH, succession_post_line, HTTP_WRITES},
    {HTTP_POST, SUCCESSION_PATH "/{id}/tat-ca", APP_PUBLISH, succession_post_all, HTTP_WRITES},
    {HTTP_POST, SUCCESSION_PATH "/{id}/hoan-tac", APP_PUBLISH, succession_post_undo, HTTP_WRITES},
    {HTTP_POST, SUCCESSION_PATH "/{id}/sua", APP_PUBLISH, succession_post_set, HTTP_WRITES},
    {HTTP_POST, SUCCESSION_PATH "/{id}/bo", APP_PUBLISH, succession_post_drop, HTTP_WRITES},
    {HTTP_POST, SUCCESSION_PATH "/{id}/thuc-hien", APP_PUBLISH, succession_post_publish, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {
    {SUCCESSION_PATH, "So sánh, chuyển tiếp", LAYOUT_PLANNING}, {.path = NULL}};

extern const AppModule succession_module;

const AppModule succession_module = {
    .name = "succession",
    .title = "Chuyển tiếp kế hoạch",
    .requires = (const char *const[]){"agency", "evidence", "identity", "indicator", "intake", "link",
	"money", "plan", "proposal", "task", "work", NULL},
    .migrations = succession_migrations,
    .statements = succession_statements,
    .verify = succession_verify,
    .routes = ROUTES,
    .nav = NAV,
    .panel = succession_panel,
};
