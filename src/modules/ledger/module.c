/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/ledger/history.h"
#include "modules/ledger/ledger_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, LEDGER_PATH, APP_LEDGER, ledger_show,
	HTTP_JSON | HTTP_CSV | HTTP_SLOW | HTTP_UNCACHED | HTTP_PERSONAL},
    {HTTP_GET, HISTORY_PATH, APP_SELF, history_show, HTTP_JSON | HTTP_CSV | HTTP_SLOW | HTTP_UNCACHED},
    {HTTP_GET, HISTORY_PERSONAL_PATH, APP_ACCOUNTS, history_show,
	HTTP_JSON | HTTP_CSV | HTTP_SLOW | HTTP_UNCACHED | HTTP_PERSONAL},
    {HTTP_GET, LEDGER_PATH "/{dong}/bien-nhan", APP_LEDGER, ledger_receipt, HTTP_SLOW},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{LEDGER_PATH, "Nhật ký", LAYOUT_KEEPING}, {.path = NULL}};

extern const AppModule ledger_module;

const AppModule ledger_module = {
    .name = "ledger",
    .title = "Nhật ký",
    .routes = ROUTES,
    .nav = NAV,
};
