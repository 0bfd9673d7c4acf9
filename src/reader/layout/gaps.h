/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/table.h"

/* Finds tables without rulings among whole lines (of Line *, from top to bottom): a line of column titles
 * ("TT", "Nhiệm vụ", "Chủ trì", …) with text below that keeps to its columns. Their lines are taken out, the
 * tables (of Table *) appended. */
void gaps_find_tables(Arena *arena, const Frame *frame, GPtrArray *lines, GPtrArray *tables);
