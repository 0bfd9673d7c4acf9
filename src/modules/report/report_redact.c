/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_redact.h"

#include "modules/report/report.sql.h"

bool
report_redact(const AppRedaction *redaction, GError **error)
{
	return redaction->plan_id == 0 || (APP_REDACT_RUN(redaction, REPORT_REDACT, error));
}
