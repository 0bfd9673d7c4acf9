/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/docx.h"

#include <string.h>

#define SPAN_MAX 4096
#define GRID_MAX 65536

/* A cell that the row below may continue. */
typedef struct {
	uint32_t column, n_columns;
	FlowCell *cell;
} OpenCell;

typedef struct {
	Docx *docx;
	FlowTable *table;
	GArray *open;      /* of OpenCell, of the row above */
	GArray *next_open; /* of this row */
	GArray *widths;    /* of uint32_t */
	uint32_t column;   /* where the next cell begins */
	bool is_in_header; /* every row so far is one */
} TableReader;

typedef struct {
	uint32_t n_columns;
	bool is_below, is_beside; /* goes on with the cell above, to the left */
	bool is_above;            /* the row below may go on with it */
	bool is_deleted;
} CellProps;

static void
read_cell_props(TableReader *reader, Xml *xml, CellProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *name = xml_name(xml), *value = xml_attribute_or(xml, "val", "continue");

		if (strcmp(name, "gridSpan") == 0)
			props->n_columns = (uint32_t)CLAMP(xml_attribute_int(xml, "val", 1), 1, SPAN_MAX);
		else if (strcmp(name, "vMerge") == 0)
			*(strcmp(value, "restart") == 0 ? &props->is_above : &props->is_below) = true;
		else if (strcmp(name, "hMerge") == 0)
			props->is_beside = strcmp(value, "restart") != 0;
		else if (strcmp(name, "cellDel") == 0)
			props->is_deleted = true;
		else if (strcmp(name, "tcBorders") == 0)
			reader->table->has_borders = docx_has_border(xml) || reader->table->has_borders;
	}
}

/* The cell that the row above leaves open here; NULL. */
static FlowCell *
find_above(const TableReader *reader, uint32_t n_columns)
{
	guint low = 0, high = reader->open->len;
	const OpenCell *open;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(reader->open, OpenCell, middle).column < reader->column)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == reader->open->len)
		return NULL;
	open = &g_array_index(reader->open, OpenCell, low);
	return open->column == reader->column && open->n_columns == n_columns ? open->cell : NULL;
}

/* Puts a cell where the row has come to, or lengthens the one that it goes on with. */
static void
place_cell(TableReader *reader, const CellProps *props, Flow *content)
{
	FlowTable *table = reader->table;
	FlowCell *above = props->is_below ? find_above(reader, props->n_columns) : NULL;
	OpenCell open = {.column = reader->column, .n_columns = props->n_columns, .cell = above};

	if (props->is_deleted)
		return;
	if (above != NULL) {
		above->n_rows++;
	} else if (props->is_beside && table->last != NULL && table->last->row == table->n_rows) {
		table->last->n_columns += props->n_columns;
	} else {
		open.cell = flow_add_cell(
		    reader->docx->arena, table, table->n_rows, reader->column, props->n_columns);
		open.cell->content = *content;
	}
	if (open.cell != NULL && (props->is_above || above != NULL))
		g_array_append_val(reader->next_open, open);
	reader->column = MIN(reader->column + props->n_columns, GRID_MAX);
}

static void
read_cell(TableReader *reader, Xml *xml)
{
	CellProps props = {.n_columns = 1};
	Flow content = {0};
	DocxLine pending, *outer = docx_begin_flow(reader->docx, &pending);
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "tcPr"))
			read_cell_props(reader, xml, &props);
		else
			docx_read_block(reader->docx, xml, &content);
	}
	docx_end_flow(reader->docx, &content, outer);
	place_cell(reader, &props, &content);
}

typedef struct {
	bool is_header, is_deleted, is_hidden;
} RowProps;

static void
read_row_props(TableReader *reader, Xml *xml, RowProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *name = xml_name(xml);

		if (strcmp(name, "tblHeader") == 0)
			props->is_header = docx_is_on(xml);
		else if (strcmp(name, "gridBefore") == 0)
			reader->column = (uint32_t)CLAMP(xml_attribute_int(xml, "val", 0), 0, SPAN_MAX);
		else if (strcmp(name, "del") == 0)
			props->is_deleted = true;
		else if (strcmp(name, "ins") == 0)
			reader->docx->n_inserted++;
		else if (strcmp(name, "hidden") == 0)
			props->is_hidden = docx_is_on(xml);
	}
}

/* Reads cells, and what may wrap them; false where the row is not there. */
static bool
read_cells(TableReader *reader, Xml *xml, RowProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "trPr"))
			read_row_props(reader, xml, props);
		else if (props->is_deleted || props->is_hidden)
			break;
		else if (xml_is(xml, "tc"))
			read_cell(reader, xml);
		else if (!xml_is(xml, "tblPrEx") && (!xml_is(xml, "sdt") || docx_enter_control(xml)))
			read_cells(reader, xml, props);
	}
	reader->docx->n_deleted += props->is_deleted;
	return !props->is_deleted && !props->is_hidden;
}

static void
read_row(TableReader *reader, Xml *xml)
{
	FlowTable *table = reader->table;
	RowProps props = {0};
	GArray *above = reader->open;

	reader->column = 0;
	if (!read_cells(reader, xml, &props)) {
		g_array_set_size(reader->next_open, 0);
		return;
	}
	reader->is_in_header = reader->is_in_header && props.is_header;
	table->n_rows++;
	table->n_header_rows += reader->is_in_header;
	reader->open = reader->next_open;
	reader->next_open = above;
	g_array_set_size(above, 0);
}

static void
read_table_props(TableReader *reader, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		bool has_borders = false;

		if (xml_is(xml, "tblBorders"))
			has_borders = docx_has_border(xml);
		else if (xml_is(xml, "tblStyle"))
			has_borders =
			    docx_styles_find(reader->docx->styles, xml_attribute(xml, "val"))->has_borders;
		reader->table->has_borders = reader->table->has_borders || has_borders;
	}
}

static void
read_grid(TableReader *reader, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		uint32_t width = (uint32_t)MAX(xml_attribute_int(xml, "w", 0), 0);

		if (xml_is(xml, "gridCol") && reader->widths->len < GRID_MAX)
			g_array_append_val(reader->widths, width);
	}
}

static void
read_rows(TableReader *reader, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "tblPr"))
			read_table_props(reader, xml);
		else if (xml_is(xml, "tblGrid"))
			read_grid(reader, xml);
		else if (xml_is(xml, "tr"))
			read_row(reader, xml);
		else if (!xml_is(xml, "sdt") || docx_enter_control(xml))
			read_rows(reader, xml);
	}
}

void
docx_read_table(Docx *docx, Xml *xml, Flow *flow)
{
	TableReader reader = {
	    .docx = docx,
	    .table = flow_add_table(docx->arena, flow),
	    .open = g_array_new(FALSE, FALSE, sizeof(OpenCell)),
	    .next_open = g_array_new(FALSE, FALSE, sizeof(OpenCell)),
	    .widths = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
	    .is_in_header = true,
	};
	uint32_t *widths;

	read_rows(&reader, xml);
	if (reader.widths->len > 0) {
		widths = arena_array(docx->arena, uint32_t, reader.widths->len);
		memcpy(widths, reader.widths->data, reader.widths->len * sizeof(*widths));
		reader.table->widths = widths;
		reader.table->n_widths = reader.widths->len;
	}
	g_array_unref(reader.open);
	g_array_unref(reader.next_open);
	g_array_unref(reader.widths);
}
