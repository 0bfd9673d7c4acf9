/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"
#include "modules/intake/intake.migrations.h"
#include "modules/intake/intake.sql.h"

extern const AppModule intake_module;

const AppModule intake_module = {
    .name = "intake",
    .title = "Tiếp nhận kế hoạch",
    .requires = (const char *const[]){"agency", "document", "indicator", "plan", "report", "task", NULL},
    .migrations = intake_migrations,
    .statements = intake_statements,
};
