/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/agency.h"
#include "compiler/parse/regions.h"

/* Reads one annex (visual lines first..last, exclusive): title, reference line, table. Its rows become
 * indicators or tasks of the plan. */
void annex_parse(Plan *plan, AgencyTable *agencies, const SourceLines *lines, size_t first, size_t last);
