/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lower/annex_rows.h"

/* Below this a field is to be looked at by a person. */
#define MARK_DOUBTFUL 70

/* Where each field of a table's row was read, and how surely its letters were. `span`: of the row. */
void marks_from_row(const RowLowering *lowering, const CellRow *row, SourceSpan span, PlanFieldMark *marks);

/* The same for the given fields of an item of the prose: all of them lie in `span`. */
void marks_from_span(const Plan *plan, SourceSpan span, uint8_t confidence, const PlanField *fields, size_t n,
    PlanFieldMark *marks);

/* A field that was read but not understood. */
void marks_doubt(PlanFieldMark *marks, PlanField field, uint8_t confidence);

uint8_t marks_lowest(const PlanFieldMark *marks);

/* Tells that letters of some fields were read unsurely, one diagnostic for a row. where: "Phụ lục I, dòng 2".
 */
void marks_report(Plan *plan, const PlanFieldMark *marks, const char *where, SourceSpan span);
