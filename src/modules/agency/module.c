/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/agency/agency.migrations.h"
#include "modules/agency/agency.sql.h"
#include "modules/agency/agency_change.h"
#include "modules/agency/agency_records.h"
#include "modules/agency/agency_redact.h"

extern const AppModule agency_module;

const AppModule agency_module = {
    .name = "agency",
    .title = "Cơ quan",
    .requires = (const char *const[]){"plan", NULL},
    .migrations = agency_migrations,
    .statements = agency_statements,
    .verify = agency_verify,
    .records = AGENCY_RECORDS,
    .redact = agency_redact,
};
