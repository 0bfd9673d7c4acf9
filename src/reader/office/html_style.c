/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/html.h"

#include <stdlib.h>
#include <string.h>

#define BOLD_WEIGHT 600
#define CLASSES_MAX 5000

static HtmlToggle
toggle(bool is_on)
{
	return is_on ? HTML_YES : HTML_NO;
}

static bool
is_line_drawn(const char *value)
{
	return strstr(value, "solid") != NULL || strstr(value, "double") != NULL ||
	       strstr(value, "dashed") != NULL || strstr(value, "dotted") != NULL;
}

/* The first of the families, without quotes. */
static char *
first_family(Arena *arena, const char *value)
{
	size_t len;

	value += strspn(value, "\"' ");
	len = strcspn(value, "\"',");
	return arena_strndup(arena, value, len);
}

/* name and value are in lower case but for a font's value. */
static void
read_declaration(Arena *arena, const char *name, const char *value, HtmlStyle *style)
{
	if (strcmp(name, "font-weight") == 0)
		style->bold = toggle(g_str_has_prefix(value, "bold") || atoi(value) >= BOLD_WEIGHT);
	else if (strcmp(name, "font-style") == 0)
		style->italic = toggle(strcmp(value, "italic") == 0 || strcmp(value, "oblique") == 0);
	else if (strcmp(name, "text-align") == 0)
		style->centered = toggle(strcmp(value, "center") == 0);
	else if (strcmp(name, "text-transform") == 0)
		style->upper = toggle(strcmp(value, "uppercase") == 0);
	else if (strcmp(name, "display") == 0)
		style->hidden = toggle(strcmp(value, "none") == 0);
	else if (strcmp(name, "mso-hide") == 0)
		style->hidden = toggle(strcmp(value, "all") == 0);
	else if (strcmp(name, "visibility") == 0 && strcmp(value, "hidden") == 0)
		style->hidden = HTML_YES;
	else if (strcmp(name, "mso-list") == 0)
		style->list_label = toggle(strcmp(value, "ignore") == 0);
	else if (strcmp(name, "list-style-type") == 0 || strcmp(name, "list-style") == 0)
		style->list = arena_strdup(arena, value);
	else if (g_str_has_prefix(name, "border") && is_line_drawn(value))
		style->bordered = HTML_YES;
}

void
html_style_read(Arena *arena, const char *declarations, size_t len, HtmlStyle *style)
{
	const char *end = declarations + len;

	while (declarations < end) {
		const char *stop = memchr(declarations, ';', (size_t)(end - declarations)), *colon;
		g_autofree char *name = NULL, *value = NULL, *lower = NULL;

		stop = stop != NULL ? stop : end;
		colon = memchr(declarations, ':', (size_t)(stop - declarations));
		if (colon != NULL) {
			name = g_strstrip(g_ascii_strdown(declarations, colon - declarations));
			value = g_strstrip(g_strndup(colon + 1, (gsize)(stop - colon - 1)));
			lower = g_ascii_strdown(value, -1);
			if (strcmp(name, "font-family") == 0)
				style->font = first_family(arena, value);
			else
				read_declaration(arena, name, lower, style);
		}
		declarations = stop + 1;
	}
}

/* The class that a selector names alone (".c1", "p.c1"); NULL. */
static char *
selector_class(const char *selector, size_t len)
{
	g_autofree char *text = g_strstrip(g_strndup(selector, len));
	const char *dot = strchr(text, '.');

	if (dot == NULL || strpbrk(text, " \t\r\n>+~:#[*") != NULL || strchr(dot + 1, '.') != NULL)
		return NULL;
	return g_strdup(dot + 1);
}

static void
add_rule(Arena *arena, GHashTable *classes, const char *selectors, const char *open, const char *close)
{
	while (selectors < open && g_hash_table_size(classes) < CLASSES_MAX) {
		const char *comma = memchr(selectors, ',', (size_t)(open - selectors));
		size_t len = (size_t)((comma != NULL ? comma : open) - selectors);
		char *name = selector_class(selectors, len);
		HtmlStyle *style;

		selectors += len + 1;
		if (name == NULL)
			continue;
		style = g_hash_table_lookup(classes, name);
		if (style == NULL) {
			style = arena_new0(arena, HtmlStyle);
			g_hash_table_insert(classes, g_strdup(name), style);
		}
		html_style_read(arena, open + 1, (size_t)(close - open - 1), style);
		g_free(name);
	}
}

/* Behind the block that opens at `open`, whatever is nested in it. */
static const char *
pass_block(const char *open)
{
	int depth = 0;

	for (; *open != '\0'; open++) {
		depth += *open == '{' ? 1 : *open == '}' ? -1 : 0;
		if (depth == 0)
			return open + 1;
	}
	return open;
}

/* Passes blanks, comments and what Word puts around a sheet. */
static const char *
pass_between(const char *at)
{
	while (*at != '\0') {
		if (g_ascii_isspace(*at) || *at == '}') {
			at++;
		} else if (g_str_has_prefix(at, "<!--")) {
			at += 4;
		} else if (g_str_has_prefix(at, "-->")) {
			at += 3;
		} else if (g_str_has_prefix(at, "/*")) {
			const char *end = strstr(at + 2, "*/");

			at = end != NULL ? end + 2 : at + strlen(at);
		} else {
			break;
		}
	}
	return at;
}

void
html_sheet_read(Arena *arena, const char *sheet, GHashTable *classes)
{
	for (sheet = pass_between(sheet); *sheet != '\0'; sheet = pass_between(sheet)) {
		const char *open = sheet + strcspn(sheet, "{;"), *close;

		if (*sheet == '@') {
			sheet = *open == '{' ? pass_block(open) : open + (*open == ';');
			continue;
		}
		open = strchr(sheet, '{');
		close = open != NULL ? strchr(open, '}') : NULL;
		if (close == NULL)
			return;
		add_rule(arena, classes, sheet, open, close);
		sheet = close + 1;
	}
}

static void
lay_over(HtmlStyle *style, const HtmlStyle *upper)
{
	style->bold = upper->bold != HTML_UNSET ? upper->bold : style->bold;
	style->italic = upper->italic != HTML_UNSET ? upper->italic : style->italic;
	style->centered = upper->centered != HTML_UNSET ? upper->centered : style->centered;
	style->hidden = upper->hidden != HTML_UNSET ? upper->hidden : style->hidden;
	style->upper = upper->upper != HTML_UNSET ? upper->upper : style->upper;
	style->bordered = upper->bordered != HTML_UNSET ? upper->bordered : style->bordered;
	style->list_label = upper->list_label != HTML_UNSET ? upper->list_label : style->list_label;
	style->font = upper->font != NULL ? upper->font : style->font;
	style->list = upper->list != NULL ? upper->list : style->list;
}

HtmlStyle
html_style_of(HtmlReader *reader, const xmlNode *node)
{
	HtmlStyle style = {0};
	const char *classes = html_attribute(node, "class"), *inline_style = html_attribute(node, "style"),
		   *align = html_attribute(node, "align"), *face = html_attribute(node, "face");

	/* A table's own alignment places the table, not its text. */
	if (align != NULL && !html_is(node, "table"))
		style.centered = toggle(g_ascii_strcasecmp(align, "center") == 0);
	if (face != NULL)
		style.font = first_family(reader->arena, face);
	if (html_attribute(node, "hidden") != NULL)
		style.hidden = HTML_YES;
	while (classes != NULL && *classes != '\0') {
		size_t len = strcspn(classes, " \t\r\n");
		g_autofree char *name = g_strndup(classes, len);
		const HtmlStyle *of_class = g_hash_table_lookup(reader->classes, name);

		if (of_class != NULL)
			lay_over(&style, of_class);
		classes += len + strspn(classes + len, " \t\r\n");
	}
	if (inline_style != NULL)
		html_style_read(reader->arena, inline_style, strlen(inline_style), &style);
	return style;
}
