/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/document/document.migrations.h"
#include "modules/document/document.sql.h"
#include "modules/document/document_redact.h"

extern const AppModule document_module;

const AppModule document_module = {
    .name = "document",
    .title = "Văn bản nguồn",
    .migrations = document_migrations,
    .statements = document_statements,
    .redact = document_redact,
};
