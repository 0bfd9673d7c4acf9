/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/docx.h"

#include <string.h>

struct DocxStyles {
	Arena *arena;
	GHashTable *by_id; /* of DocxStyle *, in the arena */
	DocxStyle *default_paragraph;
	DocxStyle nothing;
	DocxRunProps defaults;
};

static void
read_style(DocxStyles *styles, Xml *xml)
{
	DocxStyle *style = arena_new0(styles->arena, DocxStyle);
	const char *id = arena_strdup(styles->arena, xml_attribute(xml, "styleId"));
	bool is_default = strcmp(xml_attribute_or(xml, "type", ""), "paragraph") == 0 &&
			  strcmp(xml_attribute_or(xml, "default", "0"), "0") != 0;
	XmlScope scope = xml_enter(xml);

	style->paragraph = DOCX_PARAGRAPH_PROPS_UNSET;
	style->name = "";
	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "name")) {
			g_autofree char *name = g_ascii_strdown(xml_attribute_or(xml, "val", ""), -1);

			style->name = arena_strdup(styles->arena, name);
		} else if (xml_is(xml, "basedOn")) {
			style->based_on = arena_strdup(styles->arena, xml_attribute(xml, "val"));
		} else if (xml_is(xml, "pPr")) {
			docx_read_paragraph_props(xml, styles->arena, &style->paragraph);
		} else if (xml_is(xml, "rPr")) {
			docx_read_run_props(xml, styles->arena, &style->run);
		} else if (xml_is(xml, "tblPr")) {
			XmlScope table = xml_enter(xml);

			while (xml_child(xml, &table))
				if (xml_is(xml, "tblBorders"))
					style->has_borders = docx_has_border(xml);
		}
	}
	if (id == NULL)
		return;
	g_hash_table_insert(styles->by_id, (gpointer)(guintptr)id, style);
	if (is_default)
		styles->default_paragraph = style;
}

static void
read_defaults(DocxStyles *styles, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		XmlScope inner;

		if (!xml_is(xml, "rPrDefault"))
			continue;
		inner = xml_enter(xml);
		while (xml_child(xml, &inner))
			if (xml_is(xml, "rPr"))
				docx_read_run_props(xml, styles->arena, &styles->defaults);
	}
}

bool
docx_styles_read(const char *bytes, size_t len, Arena *arena, DocxStyles **ret_styles, GError **error)
{
	DocxStyles *styles = g_new0(DocxStyles, 1);
	g_autoptr(Xml) xml = NULL;
	XmlScope scope;

	styles->arena = arena;
	styles->by_id = g_hash_table_new(g_str_hash, g_str_equal);
	styles->nothing =
	    (DocxStyle){.name = "", .paragraph = DOCX_PARAGRAPH_PROPS_UNSET, .is_resolved = true};
	styles->default_paragraph = &styles->nothing;
	if (bytes != NULL) {
		xml = xml_new(bytes, len, "word/styles.xml");
		scope = xml_root(xml);
		while (xml_child(xml, &scope)) {
			if (xml_is(xml, "style"))
				read_style(styles, xml);
			else if (xml_is(xml, "docDefaults"))
				read_defaults(styles, xml);
		}
		if (!xml_finish(xml, error)) {
			docx_styles_free(styles);
			return false;
		}
	}
	*ret_styles = styles;
	return true;
}

void
docx_styles_free(DocxStyles *styles)
{
	if (styles == NULL)
		return;
	g_hash_table_unref(styles->by_id);
	g_free(styles);
}

static Toggle
over(Toggle upper, Toggle base)
{
	return upper != TOGGLE_UNSET ? upper : base;
}

static void
inherit(DocxStyle *style, const DocxStyle *base)
{
	style->paragraph.centered = over(style->paragraph.centered, base->paragraph.centered);
	if (style->paragraph.outline < 0 && g_str_has_prefix(style->name, "heading ") &&
	    g_ascii_isdigit(style->name[8]) && style->name[8] != '0')
		style->paragraph.outline = style->name[8] - '1';
	if (style->paragraph.outline < 0)
		style->paragraph.outline = base->paragraph.outline;
	if (style->paragraph.list < 0)
		style->paragraph.list = base->paragraph.list;
	if (style->paragraph.level < 0)
		style->paragraph.level = base->paragraph.level;
	style->run.bold = over(style->run.bold, base->run.bold);
	style->run.italic = over(style->run.italic, base->run.italic);
	style->run.hidden = over(style->run.hidden, base->run.hidden);
	style->run.caps = over(style->run.caps, base->run.caps);
	if (style->run.font == NULL)
		style->run.font = base->run.font;
	style->has_borders = style->has_borders || base->has_borders;
}

/* Follows basedOn from the style to its last ancestor, then inherits on the way back. */
static void
resolve(DocxStyles *styles, DocxStyle *style)
{
	g_autoptr(GPtrArray) chain = g_ptr_array_new();
	DocxStyle *at = style;

	while (at != NULL && !at->is_resolved && !at->is_resolving) {
		at->is_resolving = true;
		g_ptr_array_add(chain, at);
		at = at->based_on != NULL ? g_hash_table_lookup(styles->by_id, at->based_on) : NULL;
	}
	if (at != NULL && !at->is_resolved)
		at = NULL; /* a circle */
	for (guint i = chain->len; i > 0; i--) {
		DocxStyle *child = g_ptr_array_index(chain, i - 1);

		inherit(child, at != NULL ? at : &styles->nothing);
		child->is_resolving = false;
		child->is_resolved = true;
		at = child;
	}
}

const DocxStyle *
docx_styles_find(DocxStyles *styles, const char *id)
{
	DocxStyle *style = id != NULL ? g_hash_table_lookup(styles->by_id, id) : NULL;

	if (style == NULL)
		style = styles->default_paragraph;
	if (!style->is_resolved)
		resolve(styles, style);
	return style;
}

const DocxRunProps *
docx_styles_defaults(const DocxStyles *styles)
{
	return &styles->defaults;
}
