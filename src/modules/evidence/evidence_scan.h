/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/module.h"
#include "modules/evidence/evidence.h"

/* Work beside the pages: has files scanned, one at a time, and takes uploads away that nobody goes on with.
 */
bool evidence_work(const AppWork *work, bool *ret_did, GError **error);

/* Lets a file be scanned anew, whatever was found before. */
bool evidence_scan_again(const EvidenceScope *scope, const char *sha256, GError **error);
