/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/table.h"

/* The rows of column titles at a table's top. */

/* How many there are by the title of the number column ("TT", "STT"); 0 where it has none. */
guint header_find(const Table *table);

/* How many rows of the next sheet's part are the table's first ones printed again; 0 where none are. */
guint header_count_repeated(const Table *table, const Table *next);
