/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/table.h"

/* Adds the part of a table on the next sheet to what came before: header rows that are printed again are left
 * out, a row that the page has cut goes on, a merged cell that the page has cut is one. Lines of header rows
 * left out are appended to `repeated`. False, and nothing changed, where `next` is another table. */
bool stitch_tables(Table *table, Table *next, GPtrArray *repeated);
