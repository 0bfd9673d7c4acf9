/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/redact.h"

/* For other modules: takes away what the module has of a state secret (AppModule.redact); what is noted of a
 * plan names its document, so the plan calls it first. Doing it again does nothing. */
bool document_redact(const AppRedaction *redaction, GError **error);
