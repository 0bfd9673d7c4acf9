/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

/* Where each piece of a text stands on the pages it came from, and how surely it was read. */
typedef struct SourcePlaces SourcePlaces;

/* A part of one page that a piece of text covers. */
typedef struct SourceArea {
	uint32_t page;
	BlockBox box;
} SourceArea;

/* In the arena; pieces are added in the order of the text. */
SourcePlaces *places_new(Arena *arena, const GArray *pages);
void places_add(SourcePlaces *places, size_t offset, size_t len, BlockPlace place, uint8_t confidence);

/* The pages of the source, of BlockPage. */
const BlockPage *places_pages(const SourcePlaces *places, size_t *ret_n);

/* Gives the areas that a span covers, at most `max`: one for each page, and where it lies in several columns
 * or cells of a page the box around them. 0 where nothing is known; places may be NULL. */
size_t places_find(const SourcePlaces *places, SourceSpan span, SourceArea *areas, size_t max);

/* The page where a span begins; 0 where nothing is known. */
uint32_t places_page(const SourcePlaces *places, SourceSpan span);

/* The lowest confidence of the pieces a span covers; 100 where nothing is known. */
uint8_t places_confidence(const SourcePlaces *places, SourceSpan span);
