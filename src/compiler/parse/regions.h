/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"
#include "compiler/source/lines.h"

/* Where the parts of a document lie; indices of visual lines, ends exclusive. A part that is not there is
 * empty. */
typedef struct Regions {
	size_t head_end; /* the head is 0..head_end */
	size_t body_end; /* the prose is head_end..body_end */
	size_t tail_end; /* recipients and signature are body_end..tail_end */
	size_t *annexes; /* where each annex starts; the last one's end behind it */
	size_t n_annexes;
} Regions;

/* Finds the parts; ret_regions->annexes lives in the arena. */
void regions_find(Arena *arena, const SourceLines *lines, Regions *ret_regions);

/* True where a line opens an annex: "PHỤ LỤC II: …", "Phụ lục 3" on a line of its own. */
bool regions_is_annex_title(const SourceLine *line);
