/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* Units that were given work by hand count among those of the task (task_give()). */

/* Counts those that were given work before that was so; part of AppModule.derive. */
bool work_given_derive(const WorkScope *scope, GError **error);

/* Reports units that count among a task's although no piece of it is theirs. */
bool work_given_verify(const WorkScope *scope, int64_t plan_id, LedgerReport *report, GError **error);
