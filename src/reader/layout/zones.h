/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/lines.h"

/* Puts whole lines (from top to bottom) in the order they are read: where two columns stand beside each
 * other, as the head and the tail of a document do, the left one's lines come before the right one's. Each
 * line gets the room of its column; the page's body reaches from `left` to `right`. Appends to `ordered`. */
void zones_order(Arena *arena, Line *const *lines, size_t n, float left, float right, GPtrArray *ordered);
