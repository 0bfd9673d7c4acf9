/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/overview/source_view.h"

#include "modules/document/document.h"

#include <string.h>

#define PIECES_MAX 64 /* of one block; further marks lead to it as a whole */

/* "Chủ trì: Công an xã" on each line. */
static void
split_facts(Arena *arena, const char *detail, SourceItem *item)
{
	g_auto(GStrv) lines = g_strsplit(detail, "\n", -1);

	item->facts = arena_array(arena, SourceFact, g_strv_length(lines) + 1);
	for (char **line = lines; *line != NULL; line++) {
		const char *colon = strstr(*line, ": ");

		if (colon != NULL)
			item->facts[item->n_facts++] =
			    (SourceFact){arena_strndup(arena, *line, (size_t)(colon - *line)),
				arena_strdup(arena, colon + strlen(": "))};
	}
}

static const char *
item_url(const SourceView *view, const DocumentMark *mark)
{
	const char *path = mark->kind == DOCUMENT_MARK_TASK ? "/nhiem-vu" : "/chi-tieu";

	if (mark->target_no == 0)
		return NULL;
	return plan_page_link(
	    &view->page, arena_printf(view->page.arena, "%s/%" G_GINT64_FORMAT, path, mark->target_no), NULL);
}

bool
source_item_is_shown(const SourceView *view, const SourceItem *item)
{
	int kind = item->mark != NULL ? (int)item->mark->kind : DOCUMENT_MARK_MAX;

	return item->is_marked || view->kind < 0 || view->kind == kind;
}

static SourceItem *
add_item(SourceView *view, int64_t block_no)
{
	SourceItem *item = &view->items[view->n_items++];

	*item = (SourceItem){.number = (guint)view->n_items, .block_no = block_no};
	return item;
}

/* Marks and findings in one list, in the order of the text. */
static void
make_items(SourceView *view, const GPtrArray *marks, const GPtrArray *findings)
{
	guint m = 0, f = 0;

	view->items = arena_array(view->page.arena, SourceItem, marks->len + findings->len + 1);
	while (m < marks->len || f < findings->len) {
		const DocumentMark *mark = m < marks->len ? g_ptr_array_index(marks, m) : NULL;
		const PlanFinding *finding = f < findings->len ? g_ptr_array_index(findings, f) : NULL;
		SourceItem *item;

		if (finding == NULL || (mark != NULL && mark->block_no <= finding->block_no)) {
			item = add_item(view, mark->block_no);
			item->mark = mark;
			item->url = item_url(view, mark);
			item->is_marked = view->item_name != NULL && strcmp(view->item_name, mark->item) == 0;
			split_facts(view->page.arena, mark->detail, item);
			m++;
		} else {
			item = add_item(view, finding->block_no);
			item->finding = finding;
			f++;
		}
	}
}

/* Bytes from..to of a table's row ("| 1 | a |  |") as a reader wants them: "1 · a · –". */
static char *
row_text(Arena *arena, const char *row, size_t from, size_t to)
{
	g_autoptr(GString) out = g_string_sized_new(to - from);
	bool is_empty = true; /* the present cell */

	for (size_t i = from; i < to; i++) {
		bool is_edge = i == 0 || row[i + 1] == '\0';

		if (row[i] == '\\' && g_ascii_ispunct(row[i + 1]) && i + 1 < to)
			i++;
		else if (row[i] == '|') {
			g_string_append(out, is_edge ? "" : is_empty ? "– ·" : "·");
			is_empty = true;
			continue;
		} else if (row[i] == ' ' && (out->len == 0 || out->str[out->len - 1] == ' '))
			continue;
		g_string_append_c(out, row[i]);
		is_empty = is_empty && row[i] == ' ';
	}
	return arena_strdup(arena, out->str);
}

/* Bytes from..to of a block as they are shown: without the marks that the text as read needs for itself. */
static char *
shown_text(Arena *arena, const char *body, size_t from, size_t to)
{
	static const char OPEN[] = "<!-- ", CLOSE[] = " -->";

	if (body[0] == '|')
		return row_text(arena, body, from, to);
	if (g_str_has_prefix(body, OPEN) && g_str_has_suffix(body, CLOSE)) {
		from = MAX(from, strlen(OPEN));
		to = MIN(to, strlen(body) - strlen(CLOSE));
	}
	return arena_strndup(arena, body + from, to > from ? to - from : 0);
}

static void
add_piece(SourceView *view, SourceBlock *block, size_t from, size_t to, const SourceItem *item)
{
	if (to > from)
		block->pieces[block->n_pieces++] =
		    (SourcePiece){shown_text(view->page.arena, block->block->body, from, to), item};
}

/* A mark on a piece of the block that begins at or behind `from` and lies inside the text. */
static bool
fits(const DocumentMark *mark, size_t from, size_t total)
{
	return mark != NULL && mark->mark_len > 0 && mark->mark_start >= from && mark->mark_start < total &&
	       mark->mark_len <= total - mark->mark_start;
}

/* The next piece from `from` on that an item of the right side marks; NULL. */
static SourceItem *
next_piece(const SourceView *view, SourceItem *items, size_t n_items, size_t from, size_t total)
{
	SourceItem *next = NULL;

	for (size_t i = 0; i < n_items; i++)
		if (source_item_is_shown(view, &items[i]) && fits(items[i].mark, from, total) &&
		    (next == NULL || items[i].mark->mark_start < next->mark->mark_start))
			next = &items[i];
	return next;
}

/* The item that a block without marked pieces leads to: the one asked for, else the first; NULL. */
static SourceItem *
item_of_whole(const SourceView *view, SourceItem *items, size_t n_items)
{
	SourceItem *first = NULL;

	for (size_t i = 0; i < n_items; i++) {
		if (items[i].is_marked)
			return &items[i];
		if (first == NULL && source_item_is_shown(view, &items[i]))
			first = &items[i];
	}
	return first;
}

static void
cut_block(SourceView *view, SourceBlock *block, SourceItem *items, size_t n_items)
{
	size_t total = strlen(block->block->body), at = 0;
	SourceItem *item;

	block->pieces = arena_array(view->page.arena, SourcePiece, 2 * PIECES_MAX + 1);
	while (block->n_pieces + 2 < 2 * PIECES_MAX &&
	       (item = next_piece(view, items, n_items, at, total)) != NULL) {
		add_piece(view, block, at, item->mark->mark_start, NULL);
		at = item->mark->mark_start + item->mark->mark_len;
		add_piece(view, block, item->mark->mark_start, at, item);
		item->is_in_text = true;
	}
	if (block->n_pieces == 0 && (item = item_of_whole(view, items, n_items)) != NULL) {
		add_piece(view, block, 0, total, item);
		item->is_in_text = true;
		return;
	}
	add_piece(view, block, at, total, NULL);
}

static void
make_block(SourceView *view, const DocumentBlock *source, size_t *item_at, SourceBlock *block)
{
	size_t first = *item_at;

	*block = (SourceBlock){.block = source,
	    .look = document_block_look(source->kind),
	    .is_marked = source->block_no == view->block_no};
	while (*item_at < view->n_items && view->items[*item_at].block_no <= source->block_no)
		++*item_at;
	cut_block(view, block, &view->items[first], *item_at - first);
}

void
source_lay_out(SourceView *view, const GPtrArray *blocks, const GPtrArray *marks, const GPtrArray *findings)
{
	size_t item_at = 0;

	make_items(view, marks, findings);
	view->n_blocks = blocks->len;
	view->blocks = arena_array(view->page.arena, SourceBlock, blocks->len + 1);
	for (guint i = 0; i < blocks->len; i++)
		make_block(view, g_ptr_array_index(blocks, i), &item_at, &view->blocks[i]);
}
