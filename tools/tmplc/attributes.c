/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/place.h"

#include <stdlib.h>
#include <string.h>

/* Sorted. Not here until somebody has thought about what a value could do there: event handlers, style,
 * srcdoc, http-equiv's content, hx-*, target, rel, charset. */
static const char *const ALLOWED[] = {
    "abbr",
    "accept",
    "action",
    "alt",
    "class",
    "cols",
    "colspan",
    "cx",
    "cy",
    "d",
    "datetime",
    "dir",
    "download",
    "dx",
    "dy",
    "for",
    "form",
    "headers",
    "height",
    "high",
    "href",
    "hreflang",
    "id",
    "label",
    "lang",
    "list",
    "low",
    "max",
    "maxlength",
    "min",
    "minlength",
    "name",
    "optimum",
    "placeholder",
    "points",
    "r",
    "role",
    "rows",
    "rowspan",
    "rx",
    "ry",
    "scope",
    "size",
    "span",
    "src",
    "start",
    "step",
    "summary",
    "tabindex",
    "text-anchor",
    "title",
    "transform",
    "value",
    "viewbox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
};

static const char *const URLS[] = {"action", "href", "src"};

static int
compare_names(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

bool
place_attribute_is_allowed(const char *name)
{
	if (g_str_has_prefix(name, "data-"))
		return !g_str_has_prefix(name, "data-hx-");
	return g_str_has_prefix(name, "aria-") ||
	       bsearch(name, ALLOWED, G_N_ELEMENTS(ALLOWED), sizeof(ALLOWED[0]), compare_names) != NULL;
}

bool
place_attribute_is_url(const char *name)
{
	return bsearch(name, URLS, G_N_ELEMENTS(URLS), sizeof(URLS[0]), compare_names) != NULL;
}
