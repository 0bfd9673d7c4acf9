/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/link/link.migrations.h"
#include "modules/link/link.sql.h"
#include "modules/link/link_pages.h"
#include "modules/link/link_redact.h"

#define LISTS (HTTP_CSV | HTTP_JSON | HTTP_SLOW | HTTP_UNCACHED)

static const HttpRoute ROUTES[] = {
    {HTTP_GET, LINK_PATH, APP_READ, link_pairs_show, LISTS},
    {HTTP_POST, LINK_PATH, APP_OPERATE, link_pairs_decide, HTTP_WRITES | HTTP_PREPARES},
    {HTTP_GET, LINK_ORPHAN_PATH, APP_READ, link_orphans_show, LISTS},
    {HTTP_GET, LINK_DOCUMENT_PATH, APP_READ, link_documents_show, LISTS},
    {HTTP_POST, LINK_DOCUMENT_PATH, APP_IMPORT, link_documents_post, HTTP_WRITES},
    {HTTP_GET, LINK_HIGHER_PATH, APP_READ, link_highers_show, HTTP_SLOW | HTTP_UNCACHED},
    {HTTP_POST, LINK_HIGHER_PATH, APP_IMPORT, link_highers_upload, HTTP_WRITES | HTTP_FILES | HTTP_PREPARES},
    {HTTP_GET, LINK_HIGHER_PATH "/{id}", APP_READ, link_higher_show, LISTS},
    {HTTP_POST, LINK_HIGHER_PATH "/{id}/khop", APP_OPERATE, link_higher_decide, HTTP_WRITES},
    {HTTP_POST, LINK_HIGHER_PATH "/{id}/bo", APP_IMPORT, link_higher_drop, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{LINK_PATH, "Liên kết", LAYOUT_PLANNING},
    {LINK_DOCUMENT_PATH, "Văn bản căn cứ", LAYOUT_PLANNING}, {LINK_HIGHER_PATH, "Cấp trên", LAYOUT_PLANNING},
    {.path = NULL}};

extern const AppModule link_module;

const AppModule link_module = {
    .name = "link",
    .title = "Liên kết",
    .requires = (const char *const[]){"plan", NULL},
    .migrations = link_migrations,
    .statements = link_statements,
    .routes = ROUTES,
    .nav = NAV,
    .verify = link_verify,
    .redact = link_redact,
};
