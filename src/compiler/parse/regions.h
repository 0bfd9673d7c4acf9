/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"
#include "compiler/source/lines.h"

/* An annex, or a table without an annex's title: what stands in the prose, or all of a sheet. */
typedef struct AnnexRange {
	size_t first, last;
	bool has_title; /* the first line is an annex's title */
} AnnexRange;

/* Where the parts of a document lie; indices of visual lines, ends exclusive. A part that is not there is
 * empty. */
typedef struct Regions {
	size_t head_end;     /* the head is 0..head_end */
	size_t body_end;     /* the prose is head_end..body_end */
	size_t tail_end;     /* recipients and signature are body_end..tail_end */
	AnnexRange *annexes; /* in order; those without title may lie inside the prose */
	size_t n_annexes;
} Regions;

/* True where a line is the header of a pipe table: the line below it is the separator. */
bool regions_is_table_header(const SourceLines *lines, size_t index);

/* Finds the parts; ret_regions->annexes lives in the arena. */
void regions_find(Arena *arena, const SourceLines *lines, Regions *ret_regions);

/* True where a line opens an annex: "PHỤ LỤC II: …", "Phụ lục 3" on a line of its own. */
bool regions_is_annex_title(const SourceLine *line);
