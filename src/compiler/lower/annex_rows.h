/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/agency.h"
#include "compiler/lex/marker.h"
#include "compiler/parse/cells.h"
#include "compiler/source/lines.h"

/* Turns the rows of one annex's table into group rows, indicators and tasks of the plan, in order. */
typedef struct RowLowering {
	Plan *plan;
	AgencyTable *agencies;
	const SourceLines *lines;
	PlanAnnex *annex;
	const Columns *columns;
	int annex_index;      /* 1-based, for ids */
	int annex_year;       /* that the annex's title gives; 0 */
	PlanGroup *groups[3]; /* the open group of each level: Roman, integer, decimal */
	int unnumbered;       /* rows without a number since the last numbered one */
	char *last_label;
	GHashTable *ids; /* of this annex, for making the next one unique */
} RowLowering;

void lower_group(
    RowLowering *lowering, const Marker *marker, const char *label, const char *title, SourceSpan span);

/* marker: of the row's own number; NULL for a row without one. */
void lower_row(
    RowLowering *lowering, const Marker *marker, const char *label, const CellRow *row, SourceSpan span);
