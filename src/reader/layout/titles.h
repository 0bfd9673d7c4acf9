/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/run.h"

/* Finds the column titles of a table without rulings: `anchor` is the line with that of the number column
 * ("TT", "STT"), other lines may lie above and below. Sets the run's first line, its body and its columns;
 * false where they are no titles. */
bool titles_find(Run *run, guint anchor);
