/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/register/register_pages.h"

#define PERSONAL (HTTP_PERSONAL | HTTP_UNCACHED)

/* Who may write what is asked of every row (modules/work). */
static const HttpRoute ROUTES[] = {
    {HTTP_GET, REGISTER_PATH, APP_READ, register_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_GET, REGISTER_PATH "/tep", APP_READ, register_download, HTTP_SLOW | PERSONAL},
    {HTTP_POST, REGISTER_PATH "/xem-truoc", APP_SELF, register_preview,
	HTTP_WRITES | HTTP_FILES | HTTP_PREPARES},
    {HTTP_POST, REGISTER_PATH "/ghi", APP_SELF, register_write, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{REGISTER_PATH, "Sổ theo dõi Excel", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule register_module;

const AppModule register_module = {
    .name = "register",
    .title = "Sổ theo dõi Excel",
    .requires = (const char *const[]){"agency", "identity", "plan", "task", "work", NULL},
    .routes = ROUTES,
    .nav = NAV,
};
