/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/sheet.h"

/* Finds tables without rulings among whole lines (of Line *, from top to bottom): column titles ("TT",
 * "Nhiệm vụ", "Chủ trì", …) with text below that keeps to their columns; or, at the top, what goes on with
 * such a table that the sheet before (NULL: there is none) ends with. Their lines are taken out, the tables
 * (of Table *) appended. */
void gaps_find_tables(
    Arena *arena, const Frame *frame, const Sheet *previous, GPtrArray *lines, GPtrArray *tables);
