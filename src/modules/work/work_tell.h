/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* For other modules: whom work concerns, and in what words an agency is spoken to. */

/* True where an agency can only be asked ("đề nghị phối hợp"), not told: by its kind, or where nobody has set
 * it by its name. is_party: the plan is the Party committee's. */
bool work_agency_is_asked(const AgencyBook *book, int64_t agency_id, int32_t today, bool is_party);

/* Tells whom an entry concerns, in the transaction that adds it: whoever was given the work, has to judge it
 * or to decide, or asked for it; never the writer himself. Each kind is a rule that can be switched off
 * (notify_rules.h). */
bool work_tell(const WorkScope *scope, const WorkPiece *before, const WorkPiece *after,
    const WorkEntry *entry, const WorkEntry *ref, GError **error);
