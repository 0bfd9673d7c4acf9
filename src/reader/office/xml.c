/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/xml.h"

#include "base/app-error.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

#define INTEGER_MAX (1 << 30)

struct Xml {
	xmlTextReaderPtr reader;
	char *part;
	bool is_broken;
	bool has_document_type;
	bool is_ended;
};

static void
ignore_message(void *data, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
	(void)data;
	(void)message;
	(void)severity;
	(void)locator;
}

Xml *
xml_new(const char *bytes, size_t len, const char *part)
{
	Xml *xml = g_new0(Xml, 1);

	xml->part = g_strdup(part);
	xml->reader = len <= INT_MAX ? xmlReaderForMemory(bytes, (int)len, NULL, NULL,
					   XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
				     : NULL;
	if (xml->reader == NULL)
		xml->is_broken = true;
	else
		xmlTextReaderSetErrorHandler(xml->reader, ignore_message, NULL);
	return xml;
}

void
xml_free(Xml *xml)
{
	if (xml == NULL)
		return;
	if (xml->reader != NULL)
		xmlFreeTextReader(xml->reader);
	g_free(xml->part);
	g_free(xml);
}

/* Steps onto the next node of any kind; false at the end, and for ever behind a break. */
static bool
step(Xml *xml)
{
	int state;

	if (xml->is_broken || xml->is_ended)
		return false;
	state = xmlTextReaderRead(xml->reader);
	if (state == 1 && xmlTextReaderNodeType(xml->reader) == XML_READER_TYPE_DOCUMENT_TYPE)
		xml->has_document_type = true;
	xml->is_broken = state < 0 || xml->has_document_type;
	xml->is_ended = state == 0;
	return state == 1 && !xml->is_broken;
}

XmlScope
xml_root(Xml *xml)
{
	while (step(xml))
		if (xmlTextReaderNodeType(xml->reader) == XML_READER_TYPE_ELEMENT)
			return xml_enter(xml);
	return (XmlScope){.is_done = true};
}

XmlScope
xml_enter(Xml *xml)
{
	if (xml->is_broken || xml->is_ended)
		return (XmlScope){.is_done = true};
	return (XmlScope){.depth = xmlTextReaderDepth(xml->reader),
	    .is_done = xmlTextReaderIsEmptyElement(xml->reader) != 0};
}

bool
xml_child(Xml *xml, XmlScope *scope)
{
	while (!scope->is_done && step(xml)) {
		int depth = xmlTextReaderDepth(xml->reader);

		if (depth <= scope->depth)
			break;
		if (depth == scope->depth + 1 &&
		    xmlTextReaderNodeType(xml->reader) == XML_READER_TYPE_ELEMENT)
			return true;
	}
	scope->is_done = true;
	return false;
}

const char *
xml_name(Xml *xml)
{
	return (const char *)xmlTextReaderConstLocalName(xml->reader);
}

bool
xml_is(Xml *xml, const char *name)
{
	return strcmp(xml_name(xml), name) == 0;
}

const char *
xml_attribute(Xml *xml, const char *name)
{
	const xmlNode *node = xmlTextReaderCurrentNode(xml->reader);

	if (node == NULL || node->type != XML_ELEMENT_NODE)
		return NULL;
	for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
		if (strcmp((const char *)attribute->name, name) != 0)
			continue;
		if (attribute->children == NULL || attribute->children->content == NULL)
			return "";
		return (const char *)attribute->children->content;
	}
	return NULL;
}

const char *
xml_attribute_or(Xml *xml, const char *name, const char *otherwise)
{
	const char *value = xml_attribute(xml, name);

	return value != NULL ? value : otherwise;
}

int
xml_attribute_int(Xml *xml, const char *name, int otherwise)
{
	const char *value = xml_attribute(xml, name);
	char *end;
	long number;

	if (value == NULL || *value == '\0')
		return otherwise;
	number = strtol(value, &end, 10);
	return *end == '\0' && number >= -INTEGER_MAX && number <= INTEGER_MAX ? (int)number : otherwise;
}

void
xml_text(Xml *xml, GString *out)
{
	XmlScope scope = xml_enter(xml);

	while (!scope.is_done && step(xml)) {
		int depth = xmlTextReaderDepth(xml->reader), type = xmlTextReaderNodeType(xml->reader);

		if (depth <= scope.depth)
			break;
		if (depth == scope.depth + 1 &&
		    (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
			type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_WHITESPACE))
			g_string_append(out, (const char *)xmlTextReaderConstValue(xml->reader));
	}
}

bool
xml_finish(Xml *xml, GError **error)
{
	while (step(xml))
		;
	if (!xml->is_broken)
		return true;
	if (xml->has_document_type)
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "phần “%s” của tệp khai báo kiểu tài liệu (DTD), điều mà tệp Word hay Excel thật không "
		    "có; không đọc",
		    xml->part);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "phần “%s” của tệp bị hỏng hoặc lồng nhau quá sâu; hãy mở bằng Word hoặc Excel và lưu "
		    "lại",
		    xml->part);
	return false;
}
