/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/docx.h"

#include <string.h>

bool
docx_is_on(Xml *xml)
{
	const char *value = xml_attribute(xml, "val");

	return value == NULL ||
	       (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0);
}

static Toggle
toggle(Xml *xml)
{
	return docx_is_on(xml) ? TOGGLE_ON : TOGGLE_OFF;
}

bool
docx_has_border(Xml *xml)
{
	XmlScope scope = xml_enter(xml);
	bool has_border = false;

	while (xml_child(xml, &scope)) {
		const char *line = xml_attribute_or(xml, "val", "none");

		has_border = has_border || (strcmp(line, "none") != 0 && strcmp(line, "nil") != 0);
	}
	return has_border;
}

static const char *
font_name(Xml *xml)
{
	const char *name = xml_attribute(xml, "ascii");

	return name != NULL ? name : xml_attribute(xml, "hAnsi");
}

void
docx_read_run_props(Xml *xml, Arena *arena, DocxRunProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *name = xml_name(xml);

		if (strcmp(name, "b") == 0)
			props->bold = toggle(xml);
		else if (strcmp(name, "i") == 0)
			props->italic = toggle(xml);
		else if (strcmp(name, "vanish") == 0)
			props->hidden = toggle(xml);
		else if (strcmp(name, "caps") == 0)
			props->caps = toggle(xml);
		else if (strcmp(name, "rStyle") == 0)
			props->style = arena_strdup(arena, xml_attribute(xml, "val"));
		else if (strcmp(name, "rFonts") == 0 && font_name(xml) != NULL)
			props->font = arena_strdup(arena, font_name(xml));
	}
}

static void
read_list(Xml *xml, DocxParagraphProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "ilvl"))
			props->level = CLAMP(xml_attribute_int(xml, "val", 0), 0, 8);
		else if (xml_is(xml, "numId"))
			props->list = xml_attribute_int(xml, "val", 0);
	}
}

static void
read_mark(Xml *xml, DocxParagraphProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		if (!xml_is(xml, "del") && !xml_is(xml, "moveFrom"))
			continue;
		props->is_mark_deleted = true;
		props->n_changes++;
	}
}

void
docx_read_paragraph_props(Xml *xml, Arena *arena, DocxParagraphProps *props)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *name = xml_name(xml);

		if (strcmp(name, "pStyle") == 0)
			props->style = arena_strdup(arena, xml_attribute(xml, "val"));
		else if (strcmp(name, "jc") == 0)
			props->centered =
			    strcmp(xml_attribute_or(xml, "val", ""), "center") == 0 ? TOGGLE_ON : TOGGLE_OFF;
		else if (strcmp(name, "outlineLvl") == 0)
			props->outline = CLAMP(xml_attribute_int(xml, "val", 9), 0, 9);
		else if (strcmp(name, "numPr") == 0)
			read_list(xml, props);
		else if (strcmp(name, "rPr") == 0)
			read_mark(xml, props);
	}
}

bool
docx_enter_control(Xml *xml)
{
	XmlScope scope = xml_enter(xml);
	bool is_placeholder = false;

	while (xml_child(xml, &scope)) {
		XmlScope props;

		if (xml_is(xml, "sdtContent"))
			return !is_placeholder;
		if (!xml_is(xml, "sdtPr"))
			continue;
		props = xml_enter(xml);
		while (xml_child(xml, &props))
			is_placeholder = is_placeholder || (xml_is(xml, "showingPlcHdr") && docx_is_on(xml));
	}
	return false;
}
