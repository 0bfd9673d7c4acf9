/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/source/places.h"

typedef struct {
	size_t offset, end;
	BlockPlace place;
	uint8_t confidence;
} PlacedPiece;

struct SourcePlaces {
	Arena *arena;
	PlacedPiece *pieces; /* by offset */
	size_t len, capacity;
	BlockPage *pages;
	size_t n_pages;
};

SourcePlaces *
places_new(Arena *arena, const GArray *pages)
{
	SourcePlaces *places = arena_new0(arena, SourcePlaces);

	places->arena = arena;
	places->n_pages = pages->len;
	places->pages = arena_array(arena, BlockPage, places->n_pages + 1);
	for (size_t i = 0; i < places->n_pages; i++)
		places->pages[i] = g_array_index(pages, BlockPage, i);
	return places;
}

void
places_add(SourcePlaces *places, size_t offset, size_t len, BlockPlace place, uint8_t confidence)
{
	if (places->len == places->capacity) {
		size_t capacity = places->capacity > 0 ? 2 * places->capacity : 64;
		PlacedPiece *grown = arena_array(places->arena, PlacedPiece, capacity);

		for (size_t i = 0; i < places->len; i++)
			grown[i] = places->pieces[i];
		places->pieces = grown;
		places->capacity = capacity;
	}
	places->pieces[places->len++] = (PlacedPiece){offset, offset + len, place, confidence};
}

const BlockPage *
places_pages(const SourcePlaces *places, size_t *ret_n)
{
	*ret_n = places->n_pages;
	return places->pages;
}

/* The first piece that ends behind an offset. */
static size_t
first_behind(const SourcePlaces *places, size_t offset)
{
	size_t low = 0, high = places->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places->pieces[middle].end > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static BlockBox
box_around(BlockBox a, BlockBox b)
{
	return (BlockBox){
	    MIN(a.left, b.left), MIN(a.top, b.top), MAX(a.right, b.right), MAX(a.bottom, b.bottom)};
}

size_t
places_find(const SourcePlaces *places, SourceSpan span, SourceArea *areas, size_t max)
{
	size_t n = 0;

	if (places == NULL)
		return 0;
	for (size_t i = first_behind(places, span.offset);
	     i < places->len && places->pieces[i].offset < span.offset + span.len; i++) {
		const BlockPlace *place = &places->pieces[i].place;
		size_t k = 0;

		while (k < n && areas[k].page != place->page)
			k++;
		if (place->page == 0 || k == max)
			continue;
		areas[k] =
		    (SourceArea){place->page, k < n ? box_around(areas[k].box, place->box) : place->box};
		n = MAX(n, k + 1);
	}
	return n;
}

uint32_t
places_page(const SourcePlaces *places, SourceSpan span)
{
	size_t i;

	if (places == NULL)
		return 0;
	i = first_behind(places, span.offset);
	return i < places->len && places->pieces[i].offset < span.offset + span.len
		   ? places->pieces[i].place.page
		   : 0;
}

uint8_t
places_confidence(const SourcePlaces *places, SourceSpan span)
{
	uint8_t lowest = 100;

	if (places == NULL)
		return lowest;
	for (size_t i = first_behind(places, span.offset);
	     i < places->len && places->pieces[i].offset < span.offset + span.len; i++)
		lowest = MIN(lowest, places->pieces[i].confidence);
	return lowest;
}
