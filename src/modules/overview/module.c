/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/overview/overview_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/", APP_READ, overview_dashboard_show, 0},
    {HTTP_GET, "/co-quan", APP_READ, overview_agency_list_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, "/co-quan/{id}", APP_READ, overview_agency_show, 0},
    {HTTP_GET, "/van-ban", APP_READ, overview_source_show, 0},
    {HTTP_GET, "/van-ban/tai-ve", APP_DOWNLOAD, overview_source_download, HTTP_SLOW | HTTP_PERSONAL},
    {HTTP_GET, "/van-ban/trang/{trang}", APP_READ, overview_source_image, HTTP_SLOW},
    {.pattern = NULL},
};

extern const AppModule overview_module;

const AppModule overview_module = {
    .name = "overview",
    .title = "Tổng quan",
    .requires =
	(const char *const[]){"agency", "calendar", "document", "indicator", "link", "plan", "task", NULL},
    .routes = ROUTES,
};
