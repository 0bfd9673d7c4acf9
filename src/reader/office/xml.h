/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* One XML part (UTF-8, UTF-16), pulled element by element. Nothing outside the bytes is ever looked at: a
 * part with a document type is refused, so that there are neither entities to expand nor addresses to fetch.
 * Elements and attributes go by their local names. */
typedef struct Xml Xml;

/* The bytes must outlive it. part: its path, for messages; copied. */
Xml *xml_new(const char *bytes, size_t len, const char *part);
void xml_free(Xml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Xml, xml_free)

/* The inside of an element. */
typedef struct XmlScope {
	int depth;
	bool is_done;
} XmlScope;

/* Steps onto the first element; gives its inside, which is done where there is no element. */
XmlScope xml_root(Xml *xml);

/* The inside of the element that the reader stands on. */
XmlScope xml_enter(Xml *xml);

/* Steps onto the next child of an element; false at its end or where the part breaks. What the caller left
 * unread of the last child is skipped. */
bool xml_child(Xml *xml, XmlScope *scope);

/* Local name of the element stood on; valid until the next step. */
const char *xml_name(Xml *xml);
bool xml_is(Xml *xml, const char *name);

/* Value of an attribute of the element stood on; NULL where it has none. Valid until the next step. */
const char *xml_attribute(Xml *xml, const char *name);
const char *xml_attribute_or(Xml *xml, const char *name, const char *otherwise);

/* Whole number in an attribute; `otherwise` where it is absent, no number, or not within ±2^30. */
int xml_attribute_int(Xml *xml, const char *name, int otherwise);

/* Appends the text directly inside the element stood on. */
void xml_text(Xml *xml, GString *out);

/* Ends the reading: reads what is left, so that a break behind the last thing wanted is seen too.
 * Fails with APP_ERROR_UNREADABLE where the part is not well formed, has a document type, or is nested too
 * deep. */
bool xml_finish(Xml *xml, GError **error);
