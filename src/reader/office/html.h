/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/office/flow.h"
#include "reader/office/ordinal.h"

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

/* Web pages as trees. Private to the web reader. */

/* What styles say that matters here. */
typedef enum { HTML_UNSET, HTML_NO, HTML_YES } HtmlToggle;

typedef struct HtmlStyle {
	HtmlToggle bold, italic, centered, hidden, upper, bordered;
	HtmlToggle list_label; /* that Word wrote in front of an item of a list */
	char *font;            /* first family; NULL unset */
	char *list;            /* list-style-type; NULL unset */
} HtmlStyle;

/* Reads declarations ("font-weight:bold; …") onto a style; strings go into the arena. */
void html_style_read(Arena *arena, const char *declarations, size_t len, HtmlStyle *style);

/* Reads the rules of a style sheet whose selectors name one class alone or with an element: class to
 * HtmlStyle *. */
void html_sheet_read(Arena *arena, const char *sheet, GHashTable *classes);

/* How an element looks, inherited by what is inside. */
typedef struct HtmlLook {
	bool is_bold, is_italic, is_centered, is_upper, is_furniture, is_preformatted;
	uint8_t heading_level;
	const char *font; /* NULL */
} HtmlLook;

/* A list around the present place. */
typedef struct HtmlList {
	struct HtmlList *outer;
	OrdinalStyle style;
	bool is_ordered, is_bare; /* bare: without labels */
	int next;
} HtmlList;

typedef struct HtmlReader {
	Arena *arena;
	GHashTable *classes; /* of HtmlStyle * */
	GHashTable *fonts;   /* for legacy_text_convert() */
	Flow *flow;          /* that paragraphs go to */
	GString *line;       /* text since the last paragraph ended */
	const char *label;   /* of the list item begun; NULL */
	bool has_text, has_plain, has_upright;
	HtmlList *list;
	unsigned depth, n_tables; /* elements, tables around the present place */
	unsigned n_deleted, n_inserted;
	bool is_too_deep;
} HtmlReader;

/* Reads the children of a node, or one element, into the present flow. */
void html_read_children(HtmlReader *reader, const xmlNode *node, HtmlLook look);

/* Ends the paragraph begun, with the look of the element that ends or begins. */
void html_end_paragraph(HtmlReader *reader, const HtmlLook *look);

void html_read_table(HtmlReader *reader, const xmlNode *table, HtmlLook look);

/* An attribute's value; NULL. Lives as long as the node. */
const char *html_attribute(const xmlNode *node, const char *name);
bool html_is(const xmlNode *node, const char *name);

/* What classes, the style attribute and older attributes say of an element. */
HtmlStyle html_style_of(HtmlReader *reader, const xmlNode *node);
