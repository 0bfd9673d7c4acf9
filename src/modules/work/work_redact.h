/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/redact.h"

/* Takes away what the module has of a state secret (AppModule.redact). */
bool work_redact(const AppRedaction *redaction, GError **error);

/* The part of it in work_product.c. */
bool work_redact_products(const AppRedaction *redaction, GError **error);
