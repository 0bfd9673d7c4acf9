/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/table.h"

/* What a page break has cut: rows and merged cells. `above` and `below` are the cells of the last row and of
 * the first one behind the break, by column. */

/* True where the row below is the rest of the one above. n_repeated: header rows printed again between them.
 */
bool
cut_goes_on(const Table *table, const Table *next, Cell *const *above, Cell *const *below, guint n_repeated);

/* True where two cells of rows that were not cut are one merged cell that was: the lower part is empty, and
 * the column has no empty cells but such; or the text runs on. */
bool cut_is_merged(const Table *table, const Cell *upper, const Cell *lower);
