/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator_redact.h"

#include "modules/indicator/indicator.sql.h"

bool
indicator_redact(const AppRedaction *redaction, GError **error)
{
	return redaction->plan_id == 0 || (APP_REDACT_RUN(redaction, INDICATOR_REDACT_TARGETS, error) &&
					      APP_REDACT_RUN(redaction, INDICATOR_REDACT, error));
}
