/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document_layout.h"

#include "base/text.h"
#include "modules/document/document_rows.h"

#include <stdbool.h>
#include <string.h>

/* A row of a table is shown twice over: as text, and as the task or indicator that was understood. */
#define ROW_WEIGHT 2

/* A good place to begin a part: the outermost headings and every annex. */
static bool
is_opening(const PlanBlock *block)
{
	return block->kind == PLAN_BLOCK_ANNEX_TITLE ||
	       (block->kind == PLAN_BLOCK_HEADING && block->depth <= 2);
}

GArray *
document_layout_parts(const GPtrArray *blocks, size_t part_bytes)
{
	GArray *parts = g_array_sized_new(FALSE, FALSE, sizeof(guint), blocks->len);
	size_t used = 0;
	guint part = 1;

	for (guint i = 0; i < blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(blocks, i);
		size_t len = strlen(block->text) * (block->kind == PLAN_BLOCK_TABLE_ROW ? ROW_WEIGHT : 1);
		bool is_full = used + len > part_bytes;
		bool is_ripe = used > part_bytes / 2 && is_opening(block);

		if (used > 0 && (is_full || is_ripe)) {
			part++;
			used = 0;
		}
		used += len;
		g_array_append_val(parts, part);
	}
	return parts;
}

/* The last block that begins at or before `offset`; blocks are in the order of the text. */
static guint
block_at(const GPtrArray *blocks, size_t offset)
{
	guint low = 0, high = blocks->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		const PlanBlock *block = g_ptr_array_index(blocks, middle);

		if (block->span.offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? low - 1 : G_MAXUINT;
}

DocumentPlace
document_locate(const Plan *plan, SourceSpan span)
{
	DocumentPlace place = {.block = G_MAXUINT};
	g_autoptr(GString) piece = g_string_new(NULL);
	const PlanBlock *block;
	const char *found;

	if (span.line == 0 || span.offset > plan->text_len)
		return place;
	place.block = block_at(plan->blocks, span.offset);
	if (place.block == G_MAXUINT)
		return place;
	block = g_ptr_array_index(plan->blocks, place.block);
	text_squeeze_append(piece, plan->text + span.offset, MIN(span.len, plan->text_len - span.offset));
	found = piece->len > 0 && piece->len < strlen(block->text) ? strstr(block->text, piece->str) : NULL;
	if (found != NULL) {
		place.start = (size_t)(found - block->text);
		place.len = piece->len;
	}
	return place;
}
