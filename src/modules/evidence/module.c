/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/evidence/evidence.migrations.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_kind_page.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_records.h"
#include "modules/evidence/evidence_redact.h"
#include "modules/evidence/evidence_scan.h"

#define FORM (HTTP_WRITES | HTTP_FILES | HTTP_PREPARES)

static const HttpRoute ROUTES[] = {
    {HTTP_GET, "/minh-chung", APP_DOWNLOAD, evidence_list_show, HTTP_CSV | HTTP_JSON | HTTP_UNCACHED},
    {HTTP_POST, "/minh-chung", APP_EVIDENCE, evidence_form_send, FORM},
    {HTTP_GET, "/minh-chung/them", APP_EVIDENCE, evidence_form_show, HTTP_UNCACHED},
    {HTTP_GET, "/minh-chung/mat", APP_EVIDENCE, evidence_secret_show, HTTP_UNCACHED},
    {HTTP_POST, "/minh-chung/mat", APP_EVIDENCE, evidence_secret_send, HTTP_WRITES},
    {HTTP_GET, "/minh-chung/thiet-lap", APP_SYSTEM, evidence_settings_show, HTTP_UNCACHED},
    {HTTP_POST, "/minh-chung/thiet-lap", APP_ACCOUNTS, evidence_settings_send, HTTP_WRITES},
    {HTTP_GET, EVIDENCE_KINDS_PATH, APP_DOWNLOAD, evidence_kinds_show, HTTP_CSV | HTTP_JSON},
    {HTTP_POST, EVIDENCE_KINDS_PATH, APP_ACCOUNTS, evidence_kind_send, HTTP_WRITES},
    {HTTP_POST, EVIDENCE_KINDS_PATH "/{loai}/ket-thuc", APP_ACCOUNTS, evidence_kind_end_send, HTTP_WRITES},
    {HTTP_POST, "/minh-chung/tai-len", APP_EVIDENCE, evidence_upload_announce, HTTP_WRITES | HTTP_JSON},
    {HTTP_GET, "/minh-chung/tai-len/{ma}", APP_EVIDENCE, evidence_upload_show, HTTP_JSON | HTTP_UNCACHED},
    {HTTP_POST, "/minh-chung/tai-len/{ma}", APP_EVIDENCE, evidence_upload_piece, HTTP_FILES | HTTP_JSON},
    {HTTP_POST, "/minh-chung/tai-len/{ma}/xong", APP_EVIDENCE, evidence_upload_finish,
	HTTP_WRITES | HTTP_PREPARES | HTTP_JSON},
    {HTTP_POST, "/minh-chung/tai-len/{ma}/huy", APP_EVIDENCE, evidence_upload_cancel, HTTP_WRITES},
    {HTTP_GET, "/minh-chung/{id}", APP_DOWNLOAD, evidence_card_show, 0},
    {HTTP_GET, "/minh-chung/{id}/tep", APP_DOWNLOAD, evidence_download, HTTP_SLOW | HTTP_UNCACHED},
    {HTTP_GET, "/minh-chung/{id}/xem-truoc", APP_DOWNLOAD, evidence_preview, HTTP_SLOW},
    {HTTP_POST, "/minh-chung/{id}/rut", APP_EVIDENCE, evidence_card_withdraw, HTTP_WRITES},
    {HTTP_GET, "/minh-chung/{id}/danh-dau-mat", APP_PUBLISH, evidence_mark_show, 0},
    {HTTP_POST, "/minh-chung/{id}/danh-dau-mat", APP_PUBLISH, evidence_mark_send, HTTP_WRITES},
    {HTTP_POST, "/minh-chung/{id}/quet-lai", APP_ACCOUNTS, evidence_card_rescan, HTTP_WRITES},
    {HTTP_POST, "/minh-chung/{id}/lay-tep-nghi-nhiem", APP_ACCOUNTS, evidence_download_suspect, HTTP_WRITES},
    {.pattern = NULL},
};

static const AppAdmit ADMITS[] = {
    {"/minh-chung", evidence_form_admit},
    {"/minh-chung/tai-len/{ma}", evidence_upload_piece_admit},
    {.pattern = NULL},
};

static const LayoutNavItem NAV[] = {{EVIDENCE_PATH, "Minh chứng", LAYOUT_DOING}, {.path = NULL}};

extern const AppModule evidence_module;

const AppModule evidence_module = {
    .name = "evidence",
    .title = "Minh chứng",
    .requires = (const char *const[]){NULL},
    .migrations = evidence_migrations,
    .statements = evidence_statements,
    .verify = evidence_verify,
    .verify_files = evidence_verify_files,
    .routes = ROUTES,
    .admits = ADMITS,
    .nav = NAV,
    .work = evidence_work,
    .records = EVIDENCE_RECORDS,
    .redact = evidence_redact,
};
