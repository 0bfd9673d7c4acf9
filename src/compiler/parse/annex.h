/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/agency.h"
#include "compiler/parse/regions.h"

/* Reads one annex: title, reference line, tables. Their rows become indicators or tasks of the plan. A table
 * without an annex's title whose header names no columns of the genre becomes blocks alone. */
void annex_parse(Plan *plan, AgencyTable *agencies, const SourceLines *lines, const AnnexRange *range);
