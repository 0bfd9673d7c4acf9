/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/redact.h"

/* Takes away what the module has of a state secret (AppModule.redact). */
bool link_redact(const AppRedaction *redaction, GError **error);
