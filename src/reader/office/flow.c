/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/flow.h"

static FlowItem *
add_item(Arena *arena, Flow *flow)
{
	FlowItem *item = arena_new0(arena, FlowItem);

	if (flow->last != NULL)
		flow->last->next = item;
	else
		flow->first = item;
	flow->last = item;
	return item;
}

FlowParagraph *
flow_add_paragraph(Arena *arena, Flow *flow, const char *text)
{
	FlowItem *item = add_item(arena, flow);

	item->paragraph.text = text;
	return &item->paragraph;
}

FlowTable *
flow_add_table(Arena *arena, Flow *flow)
{
	FlowItem *item = add_item(arena, flow);

	item->table = arena_new0(arena, FlowTable);
	return item->table;
}

FlowCell *
flow_add_cell(Arena *arena, FlowTable *table, uint32_t row, uint32_t column, uint32_t n_columns)
{
	FlowCell *cell = arena_new0(arena, FlowCell);

	cell->row = row;
	cell->column = column;
	cell->n_rows = 1;
	cell->n_columns = n_columns;
	if (table->last != NULL)
		table->last->next = cell;
	else
		table->first = cell;
	table->last = cell;
	table->n_cells++;
	return cell;
}

void
flow_append(Flow *flow, Flow *more)
{
	if (more->first == NULL)
		return;
	if (flow->last != NULL)
		flow->last->next = more->first;
	else
		flow->first = more->first;
	flow->last = more->last;
	*more = (Flow){0};
}

bool
flow_is_empty(const Flow *flow)
{
	for (const FlowItem *item = flow->first; item != NULL; item = item->next) {
		if (item->table == NULL && item->paragraph.text[0] != '\0')
			return false;
		for (const FlowCell *cell = item->table != NULL ? item->table->first : NULL; cell != NULL;
		     cell = cell->next)
			if (!flow_is_empty(&cell->content))
				return false;
	}
	return true;
}

static void
join_text(GString *out, const char *text)
{
	if (*text == '\0')
		return;
	if (out->len > 0)
		g_string_append_c(out, ' ');
	for (; *text != '\0'; text++)
		g_string_append_c(out, *text == '\n' ? ' ' : *text);
}

void
flow_join(const Flow *flow, GString *out)
{
	for (const FlowItem *item = flow->first; item != NULL; item = item->next) {
		if (item->table == NULL)
			join_text(out, item->paragraph.text);
		for (const FlowCell *cell = item->table != NULL ? item->table->first : NULL; cell != NULL;
		     cell = cell->next)
			flow_join(&cell->content, out);
	}
}
