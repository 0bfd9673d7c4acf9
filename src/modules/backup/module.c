/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/backup/backup_pages.h"

static const HttpRoute ROUTES[] = {{HTTP_GET, BACKUP_PATH, APP_SYSTEM, backup_show, 0}, {.pattern = NULL}};

static const LayoutNavItem NAV[] = {{BACKUP_PATH, "Sao lưu", LAYOUT_KEEPING}, {.path = NULL}};

extern const AppModule backup_module;

const AppModule backup_module = {.name = "backup", .title = "Sao lưu", .routes = ROUTES, .nav = NAV};
