/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/gaps.h"

void
gaps_find_tables(Arena *arena, const Frame *frame, GPtrArray *lines, GPtrArray *tables)
{
	(void)arena;
	(void)frame;
	(void)lines;
	(void)tables;
}
