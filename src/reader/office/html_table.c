/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ceilings.h"
#include "reader/office/html.h"

#include <stdlib.h>
#include <string.h>

#define COLUMN_SPAN_MAX 1000 /* as browsers have it */
#define ROW_SPAN_MAX 65534
#define COLUMNS_MAX 4096

typedef struct {
	HtmlReader *reader;
	FlowTable *table;
	GArray
	    *covered; /* of uint32_t: how many rows below, each column is taken by a cell that reaches down */
	HtmlLook look;
	uint32_t column;
	bool is_in_header; /* every row so far is one */
} TableReader;

static uint32_t
span_of(const xmlNode *node, const char *name, int max)
{
	const char *value = html_attribute(node, name);
	int span = value != NULL ? atoi(value) : 1;

	/* rowspan="0" reaches to the end. */
	if (value != NULL && span == 0 && *value == '0' && strcmp(name, "rowspan") == 0)
		span = max;
	return (uint32_t)CLAMP(span, 1, max);
}

static uint32_t *
covered_at(TableReader *reader, uint32_t column)
{
	if (column >= reader->covered->len)
		g_array_set_size(reader->covered, column + 1);
	return &g_array_index(reader->covered, uint32_t, column);
}

/* Reads the inside of a cell into a flow of its own. */
static void
read_content(HtmlReader *reader, const xmlNode *node, const HtmlStyle *style, HtmlLook look, Flow *content)
{
	Flow *flow = reader->flow;
	HtmlList *list = reader->list;

	look.is_bold = style->bold != HTML_UNSET ? style->bold == HTML_YES : html_is(node, "th");
	look.is_centered = style->centered != HTML_UNSET ? style->centered == HTML_YES : look.is_centered;
	look.heading_level = 0;
	reader->flow = content;
	reader->list = NULL;
	html_read_children(reader, node, look);
	html_end_paragraph(reader, &look);
	reader->label = NULL;
	reader->flow = flow;
	reader->list = list;
}

static void
read_cell(TableReader *reader, const xmlNode *node)
{
	HtmlStyle style = html_style_of(reader->reader, node);
	uint32_t n_columns = span_of(node, "colspan", COLUMN_SPAN_MAX),
		 n_rows = span_of(node, "rowspan", ROW_SPAN_MAX);
	FlowCell *cell;

	while (*covered_at(reader, reader->column) > 0)
		reader->column++;
	if (style.hidden == HTML_YES || reader->column + n_columns > COLUMNS_MAX)
		return;
	cell = flow_add_cell(
	    reader->reader->arena, reader->table, reader->table->n_rows, reader->column, n_columns);
	cell->n_rows = n_rows;
	for (uint32_t i = 0; i < n_columns; i++)
		*covered_at(reader, reader->column + i) = n_rows;
	reader->column += n_columns;
	reader->table->has_borders = reader->table->has_borders || style.bordered == HTML_YES;
	read_content(reader->reader, node, &style, reader->look, &cell->content);
}

static void
read_row(TableReader *reader, const xmlNode *row, bool is_header)
{
	unsigned n_names = 0, n_others = 0;

	if (html_style_of(reader->reader, row).hidden == HTML_YES || reader->table->n_rows > UINT16_MAX)
		return;
	reader->column = 0;
	for (const xmlNode *child = row->children; child != NULL; child = child->next) {
		bool is_name = html_is(child, "th");

		if (!is_name && !html_is(child, "td"))
			continue;
		n_names += is_name;
		n_others += !is_name;
		read_cell(reader, child);
	}
	for (guint i = 0; i < reader->covered->len; i++) {
		uint32_t *covered = &g_array_index(reader->covered, uint32_t, i);

		*covered -= *covered > 0;
	}
	reader->is_in_header = reader->is_in_header && (is_header || (n_names > 1 && n_others == 0));
	reader->table->n_header_rows += reader->is_in_header;
	reader->table->n_rows++;
}

static void
read_rows(TableReader *reader, const xmlNode *node, bool is_header)
{
	for (const xmlNode *child = node->children; child != NULL; child = child->next) {
		if (html_is(child, "tr"))
			read_row(reader, child, is_header);
		else if (html_is(child, "thead"))
			read_rows(reader, child, true);
		else if (html_is(child, "tbody") || html_is(child, "tfoot"))
			read_rows(reader, child, false);
	}
}

static void
read_captions(HtmlReader *reader, const xmlNode *table, HtmlLook look)
{
	for (const xmlNode *child = table->children; child != NULL; child = child->next) {
		if (!html_is(child, "caption"))
			continue;
		html_read_children(reader, child, look);
		html_end_paragraph(reader, &look);
	}
}

void
html_read_table(HtmlReader *reader, const xmlNode *node, HtmlLook look)
{
	const char *border = html_attribute(node, "border");
	g_autoptr(GArray) covered = g_array_new(FALSE, TRUE, sizeof(uint32_t));
	TableReader table = {.reader = reader, .covered = covered, .look = look, .is_in_header = true};

	if (reader->n_tables >= LIMIT_NESTED_TABLES) {
		reader->is_too_deep = true;
		return;
	}
	reader->n_tables++;
	read_captions(reader, node, look);
	table.table = flow_add_table(reader->arena, reader->flow);
	table.table->has_borders =
	    (border != NULL && strcmp(border, "0") != 0) || html_style_of(reader, node).bordered == HTML_YES;
	read_rows(&table, node, false);
	reader->n_tables--;
}
