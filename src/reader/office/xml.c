/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/xml.h"

#include "base/app-error.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define INTEGER_MAX (1 << 30)
#define DEPTH_MAX 256 /* elements one inside another */
#define CHUNK_BYTES ((size_t)16 * 1024)

typedef enum { EVENT_BEGIN, EVENT_END, EVENT_TEXT } EventKind;

/* What the parser met. Its strings stand in `strings`: a name, then attribute names and values by turns and
 * an empty name, each ended by NUL; or a text. */
typedef struct {
	EventKind kind;
	int depth; /* of the element, the root 0; of a text one more than its element */
	size_t at, len;
} Event;

/* expat pushes, readers pull: a chunk at a time is turned into events, which are then handed out. */
struct Xml {
	XML_Parser parser;
	char *part;
	const char *bytes;
	size_t len, fed;
	GArray *events; /* of Event, of the last chunk */
	GString *strings;
	guint next; /* of the events */
	Event current;
	int depth;
	bool is_broken, has_document_type, is_fed;
};

static void
stop(Xml *xml)
{
	xml->is_broken = true;
	(void)XML_StopParser(xml->parser, XML_FALSE);
}

/* Appends a name without its prefix. */
static void
put_name(GString *out, const char *name)
{
	const char *colon = strrchr(name, ':');

	name = colon != NULL ? colon + 1 : name;
	g_string_append_len(out, name, (gssize)strlen(name) + 1);
}

static void
begin_element(void *data, const XML_Char *name, const XML_Char **attributes)
{
	Xml *xml = data;
	Event event = {.kind = EVENT_BEGIN, .depth = xml->depth, .at = xml->strings->len};

	if (++xml->depth > DEPTH_MAX) {
		stop(xml);
		return;
	}
	put_name(xml->strings, name);
	for (; *attributes != NULL; attributes += 2) {
		if (strncmp(attributes[0], "xmlns", 5) == 0)
			continue;
		put_name(xml->strings, attributes[0]);
		g_string_append_len(xml->strings, attributes[1], (gssize)strlen(attributes[1]) + 1);
	}
	g_string_append_c(xml->strings, '\0');
	g_array_append_val(xml->events, event);
}

static void
end_element(void *data, const XML_Char *name)
{
	Xml *xml = data;
	Event event = {.kind = EVENT_END, .depth = --xml->depth};

	(void)name;
	g_array_append_val(xml->events, event);
}

static void
take_text(void *data, const XML_Char *text, int len)
{
	Xml *xml = data;
	Event event = {.kind = EVENT_TEXT, .depth = xml->depth, .at = xml->strings->len, .len = (size_t)len};

	g_string_append_len(xml->strings, text, len);
	g_array_append_val(xml->events, event);
}

static void
refuse_document_type(
    void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_internal)
{
	Xml *xml = data;

	(void)name;
	(void)system;
	(void)public;
	(void)has_internal;
	xml->has_document_type = true;
	stop(xml);
}

Xml *
xml_new(const char *bytes, size_t len, const char *part)
{
	Xml *xml = g_new0(Xml, 1);

	xml->part = g_strdup(part);
	xml->bytes = bytes;
	xml->len = len;
	xml->events = g_array_new(FALSE, FALSE, sizeof(Event));
	xml->strings = g_string_sized_new(CHUNK_BYTES);
	xml->parser = XML_ParserCreate(NULL);
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, begin_element, end_element);
	XML_SetCharacterDataHandler(xml->parser, take_text);
	XML_SetStartDoctypeDeclHandler(xml->parser, refuse_document_type);
	return xml;
}

void
xml_free(Xml *xml)
{
	if (xml == NULL)
		return;
	XML_ParserFree(xml->parser);
	g_array_unref(xml->events);
	g_string_free(xml->strings, TRUE);
	g_free(xml->part);
	g_free(xml);
}

/* Turns the next chunk into events. */
static void
feed(Xml *xml)
{
	size_t n = MIN(CHUNK_BYTES, xml->len - xml->fed);
	bool is_last = xml->fed + n == xml->len;

	g_array_set_size(xml->events, 0);
	g_string_truncate(xml->strings, 0);
	xml->next = 0;
	if (XML_Parse(xml->parser, xml->bytes + xml->fed, (int)n, is_last) != XML_STATUS_OK)
		xml->is_broken = true;
	xml->fed += n;
	xml->is_fed = is_last;
}

/* Steps onto the next event; false at the end, and for ever behind a break. */
static bool
step(Xml *xml)
{
	while (!xml->is_broken && xml->next == xml->events->len && !xml->is_fed)
		feed(xml);
	if (xml->is_broken || xml->next == xml->events->len)
		return false;
	xml->current = g_array_index(xml->events, Event, xml->next++);
	return true;
}

XmlScope
xml_root(Xml *xml)
{
	while (step(xml))
		if (xml->current.kind == EVENT_BEGIN)
			return xml_enter(xml);
	return (XmlScope){.is_done = true};
}

XmlScope
xml_enter(Xml *xml)
{
	return (XmlScope){.depth = xml->current.depth, .is_done = xml->is_broken};
}

bool
xml_child(Xml *xml, XmlScope *scope)
{
	while (!scope->is_done && step(xml)) {
		if (xml->current.depth <= scope->depth)
			break;
		if (xml->current.depth == scope->depth + 1 && xml->current.kind == EVENT_BEGIN)
			return true;
	}
	scope->is_done = true;
	return false;
}

const char *
xml_name(Xml *xml)
{
	return xml->current.kind == EVENT_BEGIN ? xml->strings->str + xml->current.at : "";
}

bool
xml_is(Xml *xml, const char *name)
{
	return strcmp(xml_name(xml), name) == 0;
}

const char *
xml_attribute(Xml *xml, const char *name)
{
	const char *at = xml_name(xml);

	if (*at == '\0')
		return NULL;
	for (at += strlen(at) + 1; *at != '\0';) {
		const char *value = at + strlen(at) + 1;

		if (strcmp(at, name) == 0)
			return value;
		at = value + strlen(value) + 1;
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
		if (xml->current.depth <= scope.depth)
			break;
		if (xml->current.depth == scope.depth + 1 && xml->current.kind == EVENT_TEXT)
			g_string_append_len(
			    out, xml->strings->str + xml->current.at, (gssize)xml->current.len);
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
		    "có; "
		    "không đọc",
		    xml->part);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "phần “%s” của tệp bị hỏng hoặc lồng nhau quá sâu; hãy mở bằng Word hoặc Excel và lưu "
		    "lại",
		    xml->part);
	return false;
}
