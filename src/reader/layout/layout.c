/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/layout.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/layout/emit.h"
#include "reader/layout/furniture.h"
#include "reader/layout/header.h"
#include "reader/layout/sheet.h"
#include "reader/layout/stitch.h"

/* The document as it is put together: what is open may go on with the next line or the next sheet. */
typedef struct {
	BlockDocument *document;
	Habits habits;
	Paragraph *paragraph; /* open, or NULL */
	Table *table;         /* open, or NULL; its sheet's */
	GPtrArray *furniture; /* of Line *: met while something was open */
	size_t n_cells;
	GError **error;
} Assembly;

static bool
close_open(Assembly *assembly)
{
	bool is_fine = true;

	if (assembly->paragraph != NULL)
		emit_paragraph(assembly->document, assembly->paragraph);
	if (assembly->table != NULL) {
		if (assembly->table->n_header_rows == 0)
			assembly->table->n_header_rows = header_find(assembly->table);
		is_fine =
		    emit_table(assembly->document, assembly->table, &assembly->n_cells, assembly->error);
	}
	g_clear_pointer(&assembly->paragraph, paragraph_free);
	assembly->table = NULL;
	for (guint i = 0; i < assembly->furniture->len; i++)
		emit_furniture(assembly->document, g_ptr_array_index(assembly->furniture, i));
	g_ptr_array_set_size(assembly->furniture, 0);
	if (is_fine && assembly->document->blocks->len > LIMIT_BLOCKS) {
		g_set_error(
		    assembly->error, APP_ERROR, APP_ERROR_LIMIT, "tệp có hơn %d đoạn và bảng", LIMIT_BLOCKS);
		return false;
	}
	return is_fine;
}

static bool
take_line(Assembly *assembly, Line *line)
{
	if (line->is_furniture) {
		g_ptr_array_add(assembly->furniture, line);
		return true;
	}
	if (assembly->paragraph != NULL && paragraph_take(assembly->paragraph, line, &assembly->habits))
		return true;
	if (!close_open(assembly))
		return false;
	assembly->paragraph = paragraph_new(line, &assembly->habits);
	return true;
}

/* A table goes on where nothing but furniture lies between its parts. */
static bool
take_table(Assembly *assembly, Table *table)
{
	if (assembly->table != NULL && (assembly->table->page < table->page || table->is_scan) &&
	    stitch_tables(assembly->table, table, assembly->furniture))
		return true;
	if (!close_open(assembly))
		return false;
	assembly->table = table;
	return true;
}

static bool
assemble(Assembly *assembly, GPtrArray *orders)
{
	for (guint i = 0; i < orders->len; i++) {
		const GArray *items = g_ptr_array_index(orders, i);

		for (guint j = 0; j < items->len; j++) {
			const Item *item = &g_array_index(items, Item, j);

			if (item->line != NULL ? !take_line(assembly, item->line)
					       : !take_table(assembly, item->table))
				return false;
		}
	}
	return close_open(assembly);
}

static void
add_pages(BlockDocument *document, const GPtrArray *sheets)
{
	for (guint i = 0; i < sheets->len; i++) {
		const PageSheet *sheet = g_ptr_array_index(sheets, i);
		BlockPage page = {sheet->width, sheet->height, sheet->is_scan, sheet->turns};

		if (document->pages->len < sheet->number)
			g_array_set_size(document->pages, sheet->number);
		g_array_index(document->pages, BlockPage, sheet->number - 1) = page;
	}
}

static void
free_sheet(gpointer sheet)
{
	sheet_free(sheet);
}

static void
free_items(gpointer items)
{
	g_array_unref(items);
}

static GPtrArray *
find_sheets(Arena *arena, const GPtrArray *sources)
{
	GPtrArray *sheets = g_ptr_array_new_with_free_func(free_sheet);
	const Sheet *previous = NULL;

	for (guint i = 0; i < sources->len; i++) {
		Sheet *sheet = sheet_new(arena, g_ptr_array_index(sources, i), previous);

		g_ptr_array_add(sheets, sheet);
		previous = sheet;
	}
	furniture_mark(sheets);
	return sheets;
}

/* Each sheet's parts in reading order; the body's lines also go to `lines`. */
static GPtrArray *
order_sheets(Arena *arena, GPtrArray *sheets, GPtrArray *lines)
{
	GPtrArray *orders = g_ptr_array_new_with_free_func(free_items);

	for (guint i = 0; i < sheets->len; i++) {
		Sheet *sheet = g_ptr_array_index(sheets, i);
		GArray *items;

		sheet_find_margins(sheet, i > 0 ? g_ptr_array_index(sheets, i - 1) : NULL);
		items = sheet_order(arena, sheet);
		g_ptr_array_add(orders, items);
		for (guint j = 0; j < items->len; j++) {
			const Item *item = &g_array_index(items, Item, j);

			if (item->line != NULL && !item->line->is_furniture)
				g_ptr_array_add(lines, item->line);
		}
	}
	return orders;
}

bool
layout_blocks(PageSet *set, BlockDocument **ret_document, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) sheets = find_sheets(arena, set->sheets);
	g_autoptr(GPtrArray) lines = g_ptr_array_new();
	g_autoptr(GPtrArray) orders = order_sheets(arena, sheets, lines);
	g_autoptr(GPtrArray) furniture = g_ptr_array_new();
	Assembly assembly = {
	    .document = set->document,
	    .habits = habits_learn(lines),
	    .furniture = furniture,
	    .error = error,
	};
	bool is_fine;

	add_pages(set->document, set->sheets);
	is_fine = assemble(&assembly, orders);
	g_clear_pointer(&assembly.paragraph, paragraph_free);
	if (!is_fine)
		return false;
	*ret_document = set->document;
	set->document = block_document_new(set->document->source);
	g_ptr_array_set_size(set->sheets, 0);
	return true;
}
