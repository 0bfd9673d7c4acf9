/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency_redact.h"

#include "modules/agency/agency.sql.h"

bool
agency_redact(const AppRedaction *redaction, GError **error)
{
	return redaction->plan_id == 0 || (APP_REDACT_RUN(redaction, AGENCY_REDACT_DUTIES, error));
}
