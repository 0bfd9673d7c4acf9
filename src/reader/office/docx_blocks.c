/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/docx.h"

#include "base/ceilings.h"
#include "reader/office/clean.h"

#include <string.h>

bool
docx_go_deeper(Docx *docx)
{
	if (docx->depth >= LIMIT_NESTED_TABLES) {
		docx->is_too_deep = true;
		return false;
	}
	docx->depth++;
	return true;
}

/* The number or bullet in front of a paragraph; NULL. */
static const char *
label_of(Docx *docx, const DocxParagraphProps *props, const DocxLine *line)
{
	int list = props->list >= 0 ? props->list : line->style->paragraph.list;
	int level = props->level >= 0 ? props->level : line->style->paragraph.level;
	const char *label;
	bool is_bullet;

	if (list <= 0)
		return NULL;
	if (level < 0)
		level = docx_numbering_level_of(docx->numbering, list, props->style);
	label = docx_numbering_next(docx->numbering, list, level, &is_bullet);
	/* An empty line of a list is left over from typing; in a table it may be the column of numbers. */
	if (label == NULL || (line->text->len == 0 && (is_bullet || docx->depth == 0)))
		return NULL;
	return label;
}

static uint8_t
heading_level(const DocxParagraphProps *props, const DocxStyle *style)
{
	int outline = props->outline >= 0 ? props->outline : style->paragraph.outline;

	return outline >= 0 && outline < 9 ? (uint8_t)(outline + 1) : 0;
}

static void
add_paragraph(Docx *docx, Flow *flow, const DocxParagraphProps *props, DocxLine *line)
{
	const char *label = label_of(docx, props, line);
	Toggle centered = props->centered != TOGGLE_UNSET ? props->centered : line->style->paragraph.centered;
	FlowParagraph *paragraph;

	if (label != NULL) {
		g_string_prepend_c(line->text, ' ');
		g_string_prepend(line->text, label);
	}
	paragraph = flow_add_paragraph(
	    docx->arena, flow, clean_finish(docx->arena, line->text->str, line->text->len));
	paragraph->heading_level = heading_level(props, line->style);
	paragraph->is_bold = line->has_text && !line->has_plain;
	paragraph->is_italic = line->has_text && !line->has_upright;
	paragraph->is_centered = centered == TOGGLE_ON;
	paragraph->is_furniture = g_str_has_prefix(line->style->name, "toc ") ||
				  g_str_has_prefix(line->style->name, "table of figures");
}

static void
add_looks(DocxLine *line, const DocxLine *more)
{
	line->has_text = line->has_text || more->has_text;
	line->has_plain = line->has_plain || more->has_plain;
	line->has_upright = line->has_upright || more->has_upright;
}

/* Leaves a line for the next paragraph to begin with. */
static void
leave_pending(Docx *docx, const DocxLine *line)
{
	if (docx->pending->text->len < LIMIT_LINE_BYTES)
		g_string_append_len(docx->pending->text, line->text->str, (gssize)line->text->len);
	add_looks(docx->pending, line);
}

/* Puts what earlier paragraphs left in front of a line. */
static void
take_pending(Docx *docx, DocxLine *line)
{
	DocxLine *pending = docx->pending;

	if (pending->text->len == 0)
		return;
	g_string_prepend_len(line->text, pending->text->str, (gssize)pending->text->len);
	add_looks(line, pending);
	g_string_truncate(pending->text, 0);
	pending->has_text = pending->has_plain = pending->has_upright = false;
}

static void
read_paragraph(Docx *docx, Xml *xml, Flow *flow)
{
	g_autoptr(GString) text = g_string_new(NULL);
	DocxLine line = {.text = text, .style = docx_styles_find(docx->styles, NULL)};
	DocxParagraphProps props = DOCX_PARAGRAPH_PROPS_UNSET;
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "pPr")) {
			docx_read_paragraph_props(xml, docx->arena, &props);
			line.style = docx_styles_find(docx->styles, props.style);
		} else {
			docx_read_run_level(docx, xml, &line);
		}
	}
	docx->n_deleted += props.n_changes;
	if (props.is_mark_deleted) {
		leave_pending(docx, &line);
	} else {
		take_pending(docx, &line);
		add_paragraph(docx, flow, &props, &line);
	}
	flow_append(flow, &line.boxes);
}

void
docx_read_block(Docx *docx, Xml *xml, Flow *flow)
{
	const char *name = xml_name(xml);
	XmlScope scope;

	if (strcmp(name, "p") == 0) {
		read_paragraph(docx, xml, flow);
	} else if (strcmp(name, "tbl") == 0) {
		if (docx_go_deeper(docx)) {
			docx_read_table(docx, xml, flow);
			docx->depth--;
		}
	} else if (strcmp(name, "altChunk") == 0) {
		docx->n_foreign_parts++;
	} else if (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0) {
		docx->n_deleted++;
	} else if (strcmp(name, "sdt") != 0 || docx_enter_control(xml)) {
		docx->n_inserted += strcmp(name, "ins") == 0 || strcmp(name, "moveTo") == 0;
		scope = xml_enter(xml);
		while (xml_child(xml, &scope))
			docx_read_block(docx, xml, flow);
	}
}

DocxLine *
docx_begin_flow(Docx *docx, DocxLine *pending)
{
	DocxLine *outer = docx->pending;

	*pending = (DocxLine){.text = g_string_new(NULL), .style = docx_styles_find(docx->styles, NULL)};
	docx->pending = pending;
	return outer;
}

void
docx_end_flow(Docx *docx, Flow *flow, DocxLine *outer)
{
	DocxParagraphProps props = DOCX_PARAGRAPH_PROPS_UNSET;

	if (docx->pending->text->len > 0)
		add_paragraph(docx, flow, &props, docx->pending);
	g_string_free(docx->pending->text, TRUE);
	docx->pending = outer;
}

void
docx_read_blocks(Docx *docx, Xml *xml, Flow *flow)
{
	DocxLine pending, *outer = docx_begin_flow(docx, &pending);
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope))
		docx_read_block(docx, xml, flow);
	docx_end_flow(docx, flow, outer);
}
