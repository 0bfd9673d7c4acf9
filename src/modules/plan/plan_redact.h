/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/redact_states.h"

/* Takes away what the module has of a state secret (AppModule.redact). */
bool plan_redact(const AppRedaction *redaction, GError **error);

/* Walks successions and changes, or the latter alone; of plan_verify() and plan_redact(). */
bool plan_succession_walk(const AppStates *states, GError **error);
bool plan_change_walk(const AppStates *states, GError **error);
