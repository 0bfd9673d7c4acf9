/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/docx.h"

#include "base/ceilings.h"
#include "reader/office/clean.h"
#include "reader/office/legacy_text.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 64

static bool
is_on(Toggle direct, Toggle of_paragraph, Toggle of_character, Toggle otherwise)
{
	if (direct != TOGGLE_UNSET)
		return direct == TOGGLE_ON;
	if (of_paragraph == TOGGLE_UNSET && of_character == TOGGLE_UNSET)
		return otherwise == TOGGLE_ON;
	/* A style that makes bold what is bold already makes it plain (§17.7.3). */
	return (of_paragraph == TOGGLE_ON) != (of_character == TOGGLE_ON);
}

typedef struct {
	bool is_bold, is_italic, is_hidden, is_caps;
	const char *font;
} RunLook;

static RunLook
look_of(Docx *docx, const DocxLine *line, const DocxRunProps *direct)
{
	static const DocxRunProps NOTHING = {0};
	const DocxRunProps *base = &line->style->run, *defaults = docx_styles_defaults(docx->styles);
	const DocxRunProps *named = &NOTHING;
	RunLook look;

	if (direct->style != NULL)
		named = &docx_styles_find(docx->styles, direct->style)->run;
	look.is_bold = is_on(direct->bold, base->bold, named->bold, defaults->bold);
	look.is_italic = is_on(direct->italic, base->italic, named->italic, defaults->italic);
	look.is_hidden = is_on(direct->hidden, base->hidden, named->hidden, defaults->hidden);
	look.is_caps = is_on(direct->caps, base->caps, named->caps, defaults->caps);
	look.font = direct->font != NULL  ? direct->font
		    : named->font != NULL ? named->font
		    : base->font != NULL  ? base->font
					  : defaults->font;
	return look;
}

/* True between the beginning of a field and its result: what stands there is for the machine. */
static bool
is_in_instruction(const Docx *docx)
{
	for (guint i = 0; i < docx->fields->len; i++)
		if (g_array_index(docx->fields, bool, i))
			return true;
	return false;
}

static void
read_field_mark(Docx *docx, Xml *xml)
{
	const char *type = xml_attribute_or(xml, "fldCharType", "");
	bool in_instruction = true;
	guint n = docx->fields->len;

	if (strcmp(type, "begin") == 0 && n < FIELDS_MAX)
		g_array_append_val(docx->fields, in_instruction);
	else if (strcmp(type, "separate") == 0 && n > 0)
		g_array_index(docx->fields, bool, n - 1) = false;
	else if (strcmp(type, "end") == 0 && n > 0)
		g_array_set_size(docx->fields, n - 1);
}

static void
add_text(Docx *docx, DocxLine *line, const RunLook *look, const char *text, size_t len)
{
	g_autofree char *upper = NULL, *converted = NULL;
	bool is_visible = strspn(text, " \t\r\n") < len;

	converted = legacy_text_convert(look->font, text, len, docx->fonts);
	if (converted != NULL) {
		text = converted;
		len = strlen(converted);
	}
	if (look->is_caps) {
		upper = g_utf8_strup(text, (gssize)len);
		text = upper;
		len = strlen(upper);
	}
	line->has_text = line->has_text || is_visible;
	line->has_plain = line->has_plain || (is_visible && !look->is_bold);
	line->has_upright = line->has_upright || (is_visible && !look->is_italic);
	if (line->text->len < LIMIT_LINE_BYTES)
		clean_append(line->text, text, len);
}

static void
read_text(Docx *docx, Xml *xml, DocxLine *line, const RunLook *look)
{
	g_autoptr(GString) text = g_string_new(NULL);

	xml_text(xml, text);
	for (size_t i = 0; i < text->len; i++)
		if (text->str[i] == '\n')
			text->str[i] = ' ';
	add_text(docx, line, look, text->str, text->len);
}

static void
read_symbol(Xml *xml, DocxLine *line)
{
	unsigned long code = strtoul(xml_attribute_or(xml, "char", "0"), NULL, 16);

	if (code > 0 && code <= 0xFFFF)
		clean_append_symbol(line->text, (gunichar)code, xml_attribute(xml, "font"));
	line->has_text = line->has_text || code > 0;
}

/* Text boxes may lie anywhere inside a drawing; nothing else in it is text. */
static void
read_boxes(Docx *docx, Xml *xml, DocxLine *line)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (!xml_is(xml, "txbxContent")) {
			read_boxes(docx, xml, line);
			continue;
		}
		if (!docx_go_deeper(docx))
			return;
		docx_read_blocks(docx, xml, &line->boxes);
		docx->depth--;
	}
}

static void read_run_child(Docx *docx, Xml *xml, DocxLine *line, const RunLook *look);

/* The same thing twice, for newer and older programs: the first that says anything counts. */
static void
read_alternatives(Docx *docx, Xml *xml, DocxLine *line, const RunLook *look)
{
	XmlScope scope = xml_enter(xml);
	size_t len = line->text->len;
	const FlowItem *last = line->boxes.last;

	while (xml_child(xml, &scope)) {
		XmlScope inner;

		if (line->text->len > len || line->boxes.last != last)
			continue;
		if (look == NULL) {
			docx_read_runs(docx, xml, line);
			continue;
		}
		inner = xml_enter(xml);
		while (xml_child(xml, &inner))
			read_run_child(docx, xml, line, look);
	}
}

static void
read_run_child(Docx *docx, Xml *xml, DocxLine *line, const RunLook *look)
{
	const char *name = xml_name(xml);

	if (strcmp(name, "fldChar") == 0)
		read_field_mark(docx, xml);
	else if (look->is_hidden || is_in_instruction(docx))
		return;
	else if (strcmp(name, "t") == 0)
		read_text(docx, xml, line, look);
	else if (strcmp(name, "tab") == 0 || strcmp(name, "ptab") == 0)
		g_string_append_c(line->text, ' ');
	else if (strcmp(name, "br") == 0 || strcmp(name, "cr") == 0)
		g_string_append_c(line->text, '\n');
	else if (strcmp(name, "noBreakHyphen") == 0)
		g_string_append_c(line->text, '-');
	else if (strcmp(name, "sym") == 0)
		read_symbol(xml, line);
	else if (strcmp(name, "drawing") == 0 || strcmp(name, "pict") == 0 || strcmp(name, "object") == 0)
		read_boxes(docx, xml, line);
	else if (strcmp(name, "AlternateContent") == 0)
		read_alternatives(docx, xml, line, look);
	else if (strcmp(name, "ruby") == 0 || strcmp(name, "rubyBase") == 0)
		docx_read_runs(docx, xml, line);
}

static void
read_run(Docx *docx, Xml *xml, DocxLine *line)
{
	DocxRunProps direct = {0};
	RunLook look = look_of(docx, line, &direct);
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "rPr")) {
			docx_read_run_props(xml, docx->arena, &direct);
			look = look_of(docx, line, &direct);
		} else {
			read_run_child(docx, xml, line, &look);
		}
	}
}

static bool
is_skipped(const char *name)
{
	static const char *const NAMES[] = {"pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "fldData",
	    "oMathParaPr", "proofErr", "smartTagPr"};

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
		if (strcmp(name, NAMES[i]) == 0)
			return true;
	return false;
}

void
docx_read_run_level(Docx *docx, Xml *xml, DocxLine *line)
{
	const char *name = xml_name(xml);

	if (strcmp(name, "r") == 0) {
		read_run(docx, xml, line);
	} else if (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0) {
		docx->n_deleted++;
	} else if (strcmp(name, "ins") == 0 || strcmp(name, "moveTo") == 0) {
		docx->n_inserted++;
		docx_read_runs(docx, xml, line);
	} else if (strcmp(name, "AlternateContent") == 0) {
		read_alternatives(docx, xml, line, NULL);
	} else if (strcmp(name, "sdt") == 0) {
		if (docx_enter_control(xml))
			docx_read_runs(docx, xml, line);
	} else if (!is_skipped(name)) {
		docx_read_runs(docx, xml, line);
	}
}

void
docx_read_runs(Docx *docx, Xml *xml, DocxLine *line)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope))
		docx_read_run_level(docx, xml, line);
}
