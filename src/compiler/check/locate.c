/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/locate.h"

#include "base/text.h"

#include <string.h>

#define LONGEST_SKIP 400 /* bytes of source that a block may leave out in one piece */

static const char *
skip_blanks(const char *p)
{
	while (g_ascii_isspace(*p))
		p++;
	return p;
}

/* Finds the next place in the source with this character. */
static const char *
find_char(const char *source, const char *end, gunichar wanted)
{
	for (const char *p = source; p < end && p - source < LONGEST_SKIP; p = text_next(p))
		if (g_utf8_get_char(p) == wanted)
			return p;
	return NULL;
}

static SourceSpan
make_span(const PlanBlock *block, const char *start, const char *from, const char *to)
{
	SourceSpan span = block->span;
	const char *line_start = NULL;

	for (const char *p = start; p < from; p++) {
		if (*p == '\n') {
			span.line++;
			line_start = p + 1;
		}
	}
	span.column = line_start != NULL ? (uint32_t)g_utf8_strlen(line_start, from - line_start) + 1
					 : block->span.column + (uint32_t)g_utf8_strlen(start, from - start);
	span.offset = block->span.offset + (size_t)(from - start);
	span.len = (size_t)(to - from);
	return span;
}

SourceSpan
lint_locate(const Plan *plan, const PlanBlock *block, size_t offset, size_t len)
{
	const char *start, *end, *source, *from = NULL;
	const char *text = block->text, *wanted = block->text + offset, *last = wanted + len;

	if (block->span.len == 0 || block->span.offset >= plan->text_len ||
	    block->span.len > plan->text_len - block->span.offset)
		return block->span;
	start = source = plan->text + block->span.offset;
	end = start + block->span.len;
	while (*(text = skip_blanks(text)) != '\0' && text < last) {
		const char *found = find_char(source, end, g_utf8_get_char(text));

		if (found == NULL)
			return block->span;
		if (text >= wanted && from == NULL)
			from = found;
		source = text_next(found);
		text = text_next(text);
	}
	return from == NULL ? block->span : make_span(block, start, from, source);
}

SourceSpan
lint_locate_folded(
    const Plan *plan, const PlanBlock *block, const char *folded, const char *place, size_t len)
{
	long n_before = g_utf8_strlen(folded, place - folded), n = g_utf8_strlen(place, (gssize)len);
	const char *from, *to;

	if (n_before + n > g_utf8_strlen(block->text, -1))
		return block->span; /* folding dropped marks: the two do not run in step */
	from = g_utf8_offset_to_pointer(block->text, n_before);
	to = g_utf8_offset_to_pointer(from, n);
	return lint_locate(plan, block, (size_t)(from - block->text), (size_t)(to - from));
}

void
lint_each_block(LintContext *lint, VisitBlock visit, void *data)
{
	for (guint i = 0; i < lint->plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(lint->plan->blocks, i);

		if (block->kind != PLAN_BLOCK_PAGE_FURNITURE && block->text != NULL)
			visit(lint, block, data);
	}
}
