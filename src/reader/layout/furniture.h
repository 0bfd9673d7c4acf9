/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/sheet.h"

/* Marks page numbers, running heads and watermarks of all sheets (Line.is_furniture). */
void furniture_mark(GPtrArray *sheets);

/* Moves the words of a stamp that a signing program has printed ("Người ký: …") and of watermarks to the end
 * of `words`; gives how many stay in front. */
size_t furniture_part_stamps(const Frame *frame, Word **words, size_t n);
