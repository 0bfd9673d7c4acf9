/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/source/places.h"
#include "modules/document/document.h"
#include "modules/intake/review_view.h"

#include <math.h>
#include <string.h>

#define AREAS_MAX 8    /* of one span */
#define MARGIN_PT 2.0F /* around a piece of text */
#define BLOCKS_BEFORE 6
#define BLOCKS_AFTER 14

static const PlanFieldMark *
marks_of(const Plan *plan, const char *id)
{
	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);

		if (strcmp(task->id, id) == 0)
			return task->fields;
	}
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		if (strcmp(indicator->id, id) == 0)
			return indicator->fields;
	}
	return NULL;
}

static SourceSpan
document_span(const PlanDocument *document, PlanDocumentField field)
{
	switch (field) {
	case PLAN_DOCUMENT_NUMBER:
		return document->number_span;
	case PLAN_DOCUMENT_DATE:
		return document->date_span;
	case PLAN_DOCUMENT_SIGNER:
		return document->signer_span;
	case PLAN_DOCUMENT_ISSUER:
	case PLAN_DOCUMENT_TITLE:
	case PLAN_DOCUMENT_MAX:
	default:
		return document->title_span;
	}
}

SourceSpan
review_focus_span(const ReviewView *view)
{
	const PlanFieldMark *marks = marks_of(view->plan, view->row->id);
	SourceSpan span = view->row->span;

	if (view->doubt != NULL && view->doubt->span.line != 0)
		return view->doubt->span;
	if (view->field == NULL)
		return span;
	if (view->row->kind == REVIEW_ROW_DOCUMENT)
		span = document_span(&view->plan->document, plan_document_field_of(view->field->word));
	else if (marks != NULL && plan_field_of(view->field->word) < PLAN_FIELD_MAX)
		span = marks[plan_field_of(view->field->word)].span;
	return span.line != 0 ? span : view->row->span;
}

static void
add_areas(ReviewView *view, SourceSpan span, const ReviewRow *row, GArray *areas)
{
	ReviewSource *source = &view->source;
	SourceArea found[AREAS_MAX];
	size_t n = places_find(view->plan->places, span, found, AREAS_MAX);

	for (size_t i = 0; i < n; i++) {
		const BlockBox *box = &found[i].box;
		ReviewArea area = {.url = row->url, .label = row->name, .is_focus = row->is_focus};
		int right = MIN((int)ceilf(box->right + MARGIN_PT), source->width);
		int bottom = MIN((int)ceilf(box->bottom + MARGIN_PT), source->height);

		if (found[i].page != source->page)
			continue;
		area.left = MAX((int)floorf(box->left - MARGIN_PT), 0);
		area.top = MAX((int)floorf(box->top - MARGIN_PT), 0);
		area.width = MAX(right - area.left, 1);
		area.height = MAX(bottom - area.top, 1);
		g_array_append_val(areas, area);
	}
}

static uint32_t
page_of(const ReviewView *view, SourceSpan span)
{
	SourceArea area;

	if (places_find(view->plan->places, span, &area, 1) == 1)
		return area.page;
	return span.page > 0 ? span.page : 1;
}

static const char *
page_url(const ReviewView *view, uint32_t page)
{
	if (page < 1 || page > view->source.n_pages)
		return NULL;
	return arena_printf(view->arena, "%s%s&trang=%u", view->row->url, view->field_query, page);
}

static const char *
image_url(const ReviewView *view, const BlockPage *page, const char *more)
{
	return arena_printf(view->arena, "/ra-soat/%" G_GINT64_FORMAT "/trang/%u.png?xoay=%u%s",
	    view->draft->draft_id, view->source.page, page->turns, more);
}

static void
show_page(ReviewView *view, const BlockPage *pages, uint32_t wanted_page)
{
	ReviewSource *source = &view->source;
	g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(ReviewArea));
	SourceSpan span = review_focus_span(view);
	const BlockPage *page;

	source->page = wanted_page > 0 ? wanted_page : page_of(view, span);
	source->page = CLAMP(source->page, 1, (uint32_t)source->n_pages);
	page = &pages[source->page - 1];
	source->width = MAX((int)lrintf(page->width), 1);
	source->height = MAX((int)lrintf(page->height), 1);
	source->image_height = DOCUMENT_IMAGE_WIDTH * source->height / source->width;
	source->image_url = image_url(view, page, "");
	source->large_url = image_url(view, page, "&rong=2000");
	source->previous_url = page_url(view, source->page - 1);
	source->next_url = page_url(view, source->page + 1);
	for (size_t i = 1; i < view->n_rows; i++)
		if (!view->rows[i].is_focus)
			add_areas(view, view->rows[i].span, &view->rows[i], areas);
	add_areas(view, span, view->row, areas);
	source->n_areas = areas->len;
	source->areas = arena_array(view->arena, ReviewArea, areas->len + 1);
	memcpy(source->areas, areas->data, areas->len * sizeof(ReviewArea));
}

static gint
compare_blocks(gconstpointer a, gconstpointer b)
{
	const PlanBlock *x = *(const PlanBlock *const *)a, *y = *(const PlanBlock *const *)b;

	return x->span.offset == y->span.offset ? 0 : x->span.offset < y->span.offset ? -1 : 1;
}

static ReviewPiece
make_piece(Arena *arena, const PlanBlock *block, const DocumentPlace *place)
{
	ReviewPiece piece = {.look = document_block_look(block->kind), .before = block->text};
	size_t len = strlen(block->text);

	if (place == NULL)
		return piece;
	if (place->len == 0 || place->start + place->len > len)
		return (ReviewPiece){piece.look, "", block->text, ""};
	return (ReviewPiece){piece.look, arena_strndup(arena, block->text, place->start),
	    arena_strndup(arena, block->text + place->start, place->len),
	    arena_strdup(arena, block->text + place->start + place->len)};
}

static void
show_text(ReviewView *view)
{
	ReviewSource *source = &view->source;
	g_autoptr(GPtrArray) blocks = g_ptr_array_copy(view->plan->blocks, NULL, NULL);
	DocumentPlace place = document_locate(view->plan, review_focus_span(view));
	const PlanBlock *here =
	    place.block != G_MAXUINT ? g_ptr_array_index(view->plan->blocks, place.block) : NULL;
	guint at = 0, first, end;

	g_ptr_array_sort(blocks, compare_blocks);
	if (here == NULL || !g_ptr_array_find(blocks, here, &at))
		at = 0;
	first = at > BLOCKS_BEFORE ? at - BLOCKS_BEFORE : 0;
	end = MIN(first + BLOCKS_BEFORE + BLOCKS_AFTER, blocks->len);
	source->pieces = arena_array(view->arena, ReviewPiece, end - first + 1);
	for (guint i = first; i < end; i++) {
		const PlanBlock *block = g_ptr_array_index(blocks, i);

		source->pieces[source->n_pieces++] =
		    make_piece(view->arena, block, block == here ? &place : NULL);
	}
}

void
review_source_make(ReviewView *view, uint32_t wanted_page)
{
	const BlockPage *pages = NULL;
	size_t n_pages = 0;

	if (view->plan->places != NULL)
		pages = places_pages(view->plan->places, &n_pages);
	view->source.n_pages = n_pages;
	view->source.has_pages = n_pages > 0;
	if (n_pages > 0)
		show_page(view, pages, wanted_page);
	else
		show_text(view);
}
