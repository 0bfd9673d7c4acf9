/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/module.h"

extern const AppModule intake_module;

const AppModule intake_module = {
    .name = "intake",
    .title = "Tiếp nhận kế hoạch",
    .requires = (const char *const[]){"agency", "document", "indicator", "plan", "report", "task", NULL},
};
