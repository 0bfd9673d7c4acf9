/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/redact.h"

/* For modules: a walk over rows and the states that the ledger has of them, to compare them with it, or to
 * note anew what lost its words; so both build the same states. */
typedef struct AppStates {
	Db *db;
	int64_t commune_id;
	int64_t plan_id, task_no;      /* 0: any */
	LedgerReport *report;          /* to compare; NULL */
	const AppRedaction *redaction; /* to note anew; NULL */
} AppStates;

AppStates app_states_to_verify(Db *db, int64_t commune_id, LedgerReport *report);
AppStates app_states_to_redact(const AppRedaction *redaction);

/* Compares, or calls app_redact_object() and notes the state. */
bool app_state(const AppStates *states, const char *object, const char *state, GError **error);
