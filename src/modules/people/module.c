/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/people/import_page.h"
#include "modules/people/people_common.h"
#include "modules/people/person_pages.h"
#include "modules/people/setup_page.h"
#include "modules/people/unit_kind_page.h"
#include "modules/people/unit_pages.h"

#define PERSONAL (HTTP_PERSONAL | HTTP_UNCACHED)

static const HttpRoute ROUTES[] = {
    {HTTP_GET, UNITS_PATH, APP_READ, unit_list_show, HTTP_CSV | HTTP_JSON},
    {HTTP_GET, UNITS_PATH "/moi", APP_ACCOUNTS, unit_form_new, 0},
    {HTTP_POST, UNITS_PATH "/moi", APP_ACCOUNTS, unit_form_send, HTTP_WRITES},
    {HTTP_POST, UNITS_PATH "/xac-nhan", APP_ACCOUNTS, unit_confirm, HTTP_WRITES},
    {HTTP_POST, UNITS_PATH "/danh-muc", APP_ACCOUNTS, unit_add_standard, HTTP_WRITES},
    {HTTP_GET, UNIT_KINDS_PATH, APP_READ, unit_kinds_show, HTTP_CSV | HTTP_JSON},
    {HTTP_POST, UNIT_KINDS_PATH, APP_ACCOUNTS, unit_kind_add, HTTP_WRITES},
    {HTTP_POST, UNIT_KINDS_PATH "/{loai}/ket-thuc", APP_ACCOUNTS, unit_kind_end, HTTP_WRITES},
    {HTTP_GET, UNITS_PATH "/{id}", APP_READ, unit_show, 0},
    {HTTP_GET, UNITS_PATH "/{id}/thay-doi", APP_ACCOUNTS, unit_form_show, 0},
    {HTTP_POST, UNITS_PATH "/{id}/thay-doi", APP_ACCOUNTS, unit_form_send, HTTP_WRITES},
    {HTTP_POST, UNITS_PATH "/{id}/huy", APP_ACCOUNTS, unit_undo, HTTP_WRITES},
    {HTTP_GET, PEOPLE_PATH, APP_ACCOUNTS, person_list_show, HTTP_CSV | HTTP_JSON | PERSONAL},
    {HTTP_GET, PEOPLE_PATH "/moi", APP_ACCOUNTS, person_new, 0},
    {HTTP_POST, PEOPLE_PATH "/moi", APP_ACCOUNTS, person_add, HTTP_WRITES},
    {HTTP_GET, PEOPLE_PATH "/nhap-excel", APP_ACCOUNTS, import_show, 0},
    {HTTP_POST, PEOPLE_PATH "/nhap-excel", APP_ACCOUNTS, import_preview,
	HTTP_WRITES | HTTP_FILES | HTTP_PREPARES},
    {HTTP_POST, PEOPLE_PATH "/nhap-excel/ghi", APP_ACCOUNTS, import_write,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_GET, PEOPLE_PATH "/mau-excel", APP_ACCOUNTS, import_template, HTTP_SLOW | HTTP_UNCACHED},
    {HTTP_GET, PEOPLE_PATH "/xuat-excel", APP_ACCOUNTS, import_export, HTTP_SLOW | PERSONAL},
    {HTTP_GET, PEOPLE_PATH "/{id}", APP_ACCOUNTS, person_show, PERSONAL},
    {HTTP_POST, PEOPLE_PATH "/{id}", APP_ACCOUNTS, person_change, HTTP_WRITES},
    {HTTP_POST, PEOPLE_PATH "/{id}/vi-tri", APP_ACCOUNTS, person_post_begin, HTTP_WRITES},
    {HTTP_POST, PEOPLE_PATH "/{id}/vi-tri/{vi-tri}", APP_ACCOUNTS, person_post_change, HTTP_WRITES},
    {HTTP_POST, PEOPLE_PATH "/{id}/tai-khoan", APP_ACCOUNTS, person_account_add,
	HTTP_WRITES | HTTP_SECRET | HTTP_PREPARES},
    {HTTP_GET, SETUP_PATH, APP_ACCOUNTS, setup_show, HTTP_UNCACHED},
    {HTTP_POST, SETUP_PATH "/xa", APP_ACCOUNTS, setup_commune, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{UNITS_PATH, "Đơn vị", LAYOUT_KEEPING},
    {PEOPLE_PATH, "Người", LAYOUT_KEEPING}, {SETUP_PATH, "Thiết lập", LAYOUT_KEEPING}, {.path = NULL}};

extern const AppModule people_module;

const AppModule people_module = {
    .name = "people",
    .title = "Đơn vị, con người",
    .requires = (const char *const[]){"agency", "identity", "plan", "work", NULL},
    .routes = ROUTES,
    .nav = NAV,
};
