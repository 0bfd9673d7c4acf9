/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/cells.h"

/* How well atoms from..to (exclusive) read as a cell of a column, in tenths; below zero reads badly.
 * is_continued: the text goes on from before a page break, so its start says nothing. */
int cell_score(Arena *scratch, const Columns *columns, const Atoms *atoms, const ColumnWidths *widths,
    size_t column, size_t from, size_t to, bool is_continued);

/* What leaving a column empty costs. */
int cell_skip_cost(const Columns *columns, size_t column);
