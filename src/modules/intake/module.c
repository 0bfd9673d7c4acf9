/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/intake/intake.migrations.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_note.h"
#include "modules/intake/intake_pages.h"
#include "modules/intake/intake_records.h"
#include "modules/intake/intake_redact.h"
#include "modules/intake/intake_work.h"
#include "modules/intake/review_cache.h"
#include "modules/intake/review_pages.h"

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/nhap-ke-hoach", APP_REVIEW, intake_list_show, 0},
    {HTTP_POST, "/nhap-ke-hoach", APP_IMPORT, intake_upload,
	HTTP_WRITES | HTTP_FILES | HTTP_JSON | HTTP_PREPARES},
    {HTTP_GET, "/nhap-ke-hoach/{id}", APP_REVIEW, intake_progress_show, 0},
    {HTTP_GET, "/nhap-ke-hoach/{id}/tep", APP_REVIEW, intake_download, HTTP_SLOW | HTTP_PERSONAL},
    {HTTP_POST, "/nhap-ke-hoach/{id}/bo", APP_IMPORT, intake_discard, HTTP_WRITES},
    {HTTP_POST, "/nhap-ke-hoach/{id}/khoi-phuc", APP_IMPORT, intake_restore, HTTP_WRITES},
    {HTTP_POST, "/nhap-ke-hoach/{id}/doc-lai", APP_IMPORT, intake_retry, HTTP_WRITES},
    {HTTP_GET, "/ra-soat/{id}", APP_REVIEW, review_show, HTTP_SLOW},
    {HTTP_POST, "/ra-soat/{id}", APP_REVIEW, review_edit, HTTP_WRITES},
    {HTTP_GET, "/ra-soat/{id}/trang/{trang}", APP_REVIEW, review_image, HTTP_SLOW},
    {HTTP_POST, "/ra-soat/{id}/hoan-tac", APP_REVIEW, review_undo, HTTP_WRITES},
    {HTTP_POST, "/ra-soat/{id}/lam-lai", APP_REVIEW, review_redo, HTTP_WRITES},
    {HTTP_GET, "/ra-soat/{id}/dua-vao", APP_PUBLISH, review_publish_ask, HTTP_SLOW},
    {HTTP_POST, "/ra-soat/{id}/dua-vao", APP_PUBLISH, review_publish, HTTP_WRITES},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{INTAKE_PATH, "Nhập kế hoạch", LAYOUT_PLANNING}, {.path = NULL}};

extern const AppModule intake_module;

const AppModule intake_module = {
    .name = "intake",
    .title = "Tiếp nhận kế hoạch",
    .requires = (const char *const[]){"agency", "document", "indicator", "plan", "report", "task", NULL},
    .migrations = intake_migrations,
    .statements = intake_statements,
    .verify = intake_verify,
    .routes = ROUTES,
    .nav = NAV,
    .work = intake_work,
    .forget = review_cache_forget,
    .records = INTAKE_RECORDS,
    .redact = intake_redact,
};
