/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/assignment/assignment_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, ASSIGNMENT_PATH, APP_READ, assignment_show, HTTP_UNCACHED | HTTP_SLOW},
    {HTTP_POST, ASSIGNMENT_PATH, APP_OPERATE, assignment_post, HTTP_WRITES | HTTP_SLOW},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{ASSIGNMENT_PATH, "Giao việc", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule assignment_module;

const AppModule assignment_module = {
    .name = "assignment",
    .title = "Giao việc",
    .requires = (const char *const[]){"agency", "link", "plan", "work", NULL},
    .routes = ROUTES,
    .nav = NAV,
};
