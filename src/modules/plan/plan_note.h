/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "modules/plan/plan_scope.h"

/* Plans in the ledger: object "plan/3", its state the file and what was read from it. */

/* Notes a plan that was added, with all its rows, in the caller's transaction. */
bool plan_note_added(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, GError **error);

/* The same after what it says was taken away (app/redact.h): what it is now, without what it was. */
bool plan_note_redacted(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, GError **error);

/* Compares every plan with what was noted of it (AppModule.verify). */
bool plan_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
