/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/rulings.h"
#include "reader/layout/table.h"

/* Reads the table that touching rulings draw, merged cells included. Words that lie in it are taken out of
 * `words`
 * (*n of them). NULL where they draw none: a frame around text, an underline, a table without a word.
 * With `may_be_narrow` a single column is a table too. */
Table *grid_read(
    Arena *arena, const Frame *frame, const Lattice *lattice, bool may_be_narrow, Word **words, size_t *n);
