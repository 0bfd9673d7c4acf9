/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/clean.h"
#include "reader/office/html.h"
#include "reader/office/legacy_text.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 200 /* elements; the parser itself stops a little further on */

const char *
html_attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
		if (strcmp((const char *)attribute->name, name) == 0)
			return attribute->children != NULL && attribute->children->content != NULL
				   ? (const char *)attribute->children->content
				   : "";
	return NULL;
}

bool
html_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static bool
is_one_of(const xmlNode *node, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (strcmp((const char *)node->name, names[i]) == 0)
			return true;
	return false;
}

void
html_end_paragraph(HtmlReader *reader, const HtmlLook *look)
{
	FlowParagraph *paragraph;
	const char *text = clean_finish(reader->arena, reader->line->str, reader->line->len);

	/* The label waits for the first text of its item. */
	if (*text != '\0') {
		if (reader->label != NULL)
			text = arena_printf(reader->arena, "%s %s", reader->label, text);
		reader->label = NULL;
		paragraph = flow_add_paragraph(reader->arena, reader->flow, text);
		paragraph->heading_level = look->heading_level;
		paragraph->is_bold = reader->has_text && !reader->has_plain;
		paragraph->is_italic = reader->has_text && !reader->has_upright;
		paragraph->is_centered = look->is_centered;
		paragraph->is_furniture = look->is_furniture;
	}
	g_string_truncate(reader->line, 0);
	reader->has_text = reader->has_plain = reader->has_upright = false;
}

static void
read_text(HtmlReader *reader, const char *text, const HtmlLook *look)
{
	size_t len = strlen(text);
	char *shown = legacy_text_convert(look->font, text, len, reader->fonts);
	bool is_visible;

	if (shown == NULL)
		shown = g_strndup(text, len);
	if (look->is_upper) {
		char *upper = g_utf8_strup(shown, -1);

		g_free(shown);
		shown = upper;
	}
	for (char *at = shown; !look->is_preformatted && *at != '\0'; at++)
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	is_visible = shown[strspn(shown, " \t\r\n")] != '\0' && strcmp(shown, "\xC2\xA0") != 0;
	reader->has_text = reader->has_text || is_visible;
	reader->has_plain = reader->has_plain || (is_visible && !look->is_bold);
	reader->has_upright = reader->has_upright || (is_visible && !look->is_italic);
	clean_append(reader->line, shown, strlen(shown));
	g_free(shown);
}

/* The number or bullet that Word wrote out in front of an item, in a font of symbols or not. */
static void
read_list_label(HtmlReader *reader, const xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	g_autoptr(GString) cleaned = g_string_new(NULL);
	const char *label;

	clean_append(cleaned, (const char *)content, strlen((const char *)content));
	xmlFree(content);
	label = clean_finish(reader->arena, cleaned->str, cleaned->len);
	if (*label == '\0')
		return;
	if (!g_ascii_isalnum(*label) || label[1] == '\0')
		label = g_ascii_isdigit(*label) ? label : ordinal_bullet(label);
	g_string_append_printf(reader->line, "%s ", label);
}

static OrdinalStyle
list_style(const char *type, const char *css)
{
	if (css != NULL) {
		if (strstr(css, "upper-roman") != NULL)
			return ORDINAL_UPPER_ROMAN;
		if (strstr(css, "lower-roman") != NULL)
			return ORDINAL_LOWER_ROMAN;
		if (strstr(css, "upper-alpha") != NULL || strstr(css, "upper-latin") != NULL)
			return ORDINAL_UPPER_LETTER;
		if (strstr(css, "lower-alpha") != NULL || strstr(css, "lower-latin") != NULL)
			return ORDINAL_LOWER_LETTER;
	}
	switch (type != NULL ? *type : '1') {
	case 'I':
		return ORDINAL_UPPER_ROMAN;
	case 'i':
		return ORDINAL_LOWER_ROMAN;
	case 'A':
		return ORDINAL_UPPER_LETTER;
	case 'a':
		return ORDINAL_LOWER_LETTER;
	default:
		return ORDINAL_DECIMAL;
	}
}

static void
read_list(HtmlReader *reader, const xmlNode *node, const HtmlStyle *style, const HtmlLook *look)
{
	const char *start = html_attribute(node, "start");
	HtmlList list = {
	    .outer = reader->list,
	    .style = list_style(html_attribute(node, "type"), style->list),
	    .is_ordered = html_is(node, "ol"),
	    .is_bare = style->list != NULL && strstr(style->list, "none") != NULL,
	    .next = start != NULL ? CLAMP(atoi(start), 0, 100000) : 1,
	};

	reader->list = &list;
	html_read_children(reader, node, *look);
	reader->list = list.outer;
}

static void
begin_item(HtmlReader *reader, const xmlNode *node)
{
	const char *value = html_attribute(node, "value");
	HtmlList *list = reader->list;
	g_autoptr(GString) label = g_string_new(NULL);

	reader->label = NULL;
	if (list == NULL || list->is_bare)
		return;
	if (!list->is_ordered) {
		reader->label = "-";
		return;
	}
	if (value != NULL)
		list->next = CLAMP(atoi(value), 0, 100000);
	ordinal_append(label, list->next++, list->style);
	g_string_append(
	    label, list->style == ORDINAL_LOWER_LETTER ? ")" : "."); /* as plans write them: "1.", "a)" */
	reader->label = arena_strndup(reader->arena, label->str, label->len);
}

static void
lay_style(const xmlNode *node, const HtmlStyle *style, HtmlLook *look)
{
	static const char *const BOLD[] = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6", NULL};
	static const char *const ITALIC[] = {"i", "em", "cite", "var", NULL};
	const char *name = (const char *)node->name;

	look->is_bold = look->is_bold || is_one_of(node, BOLD);
	look->is_italic = look->is_italic || is_one_of(node, ITALIC);
	look->is_centered = look->is_centered || strcmp(name, "center") == 0;
	look->is_furniture = look->is_furniture || strcmp(name, "nav") == 0;
	look->is_preformatted = look->is_preformatted || strcmp(name, "pre") == 0;
	if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0')
		look->heading_level = (uint8_t)(name[1] - '0');
	if (style->bold != HTML_UNSET)
		look->is_bold = style->bold == HTML_YES;
	if (style->italic != HTML_UNSET)
		look->is_italic = style->italic == HTML_YES;
	if (style->centered != HTML_UNSET)
		look->is_centered = style->centered == HTML_YES;
	if (style->upper != HTML_UNSET)
		look->is_upper = style->upper == HTML_YES;
	if (style->font != NULL)
		look->font = style->font;
}

static bool
is_block(const xmlNode *node)
{
	static const char *const NAMES[] = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol",
	    "blockquote", "pre", "section", "article", "header", "footer", "nav", "aside", "main", "address",
	    "dl", "dt", "dd", "figure", "figcaption", "center", "form", "fieldset", "legend", "hr", "body",
	    "caption", "details", "summary", "tr", "td", "th", NULL};

	return is_one_of(node, NAMES);
}

static void
read_element(HtmlReader *reader, const xmlNode *node, HtmlLook look)
{
	static const char *const DROPPED[] = {"script", "style", "head", "title", "template", "noscript",
	    "iframe", "object", "svg", "select", "textarea", "xml", "del", NULL};
	HtmlLook outer = look;
	HtmlStyle style;

	reader->n_deleted += html_is(node, "del");
	reader->n_inserted += html_is(node, "ins");
	if (is_one_of(node, DROPPED))
		return;
	style = html_style_of(reader, node);
	if (style.hidden == HTML_YES)
		return;
	if (html_is(node, "br")) {
		g_string_append_c(reader->line, '\n');
		return;
	}
	if (style.list_label == HTML_YES) {
		read_list_label(reader, node);
		return;
	}
	lay_style(node, &style, &look);
	if (html_is(node, "table")) {
		html_end_paragraph(reader, &outer);
		html_read_table(reader, node, look);
		return;
	}
	if (!is_block(node)) {
		html_read_children(reader, node, look);
		return;
	}
	html_end_paragraph(reader, &outer);
	if (html_is(node, "li"))
		begin_item(reader, node);
	if (html_is(node, "ul") || html_is(node, "ol"))
		read_list(reader, node, &style, &look);
	else
		html_read_children(reader, node, look);
	html_end_paragraph(reader, &look);
}

void
html_read_children(HtmlReader *reader, const xmlNode *node, HtmlLook look)
{
	if (reader->depth >= DEPTH_MAX) {
		reader->is_too_deep = true;
		return;
	}
	reader->depth++;
	for (const xmlNode *child = node->children; child != NULL; child = child->next) {
		if (child->type == XML_ELEMENT_NODE)
			read_element(reader, child, look);
		else if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
			read_text(reader, (const char *)child->content, &look);
	}
	reader->depth--;
}
