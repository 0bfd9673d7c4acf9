/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/place.h"

#include "tmplc/ctext.h"

#include <string.h>

static bool
is_raw_element(const char *name)
{
	return strcmp(name, "script") == 0 || strcmp(name, "style") == 0;
}

static bool
is_spaced_element(const char *name)
{
	return strcmp(name, "pre") == 0 || strcmp(name, "textarea") == 0;
}

/* Elements in which a browser reads text and character references, but no tags and no comments. */
static bool
is_text_element(const char *name)
{
	return strcmp(name, "title") == 0 || strcmp(name, "textarea") == 0;
}

/* Elements with reading rules of their own that nobody needs. */
static bool
is_refused_element(const char *name)
{
	static const char *const REFUSED[] = {"xmp", "iframe", "noembed", "noframes", "plaintext"};

	for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++)
		if (strcmp(name, REFUSED[i]) == 0)
			return true;
	return false;
}

/* Adds a letter to an element's or attribute's name. */
static const char *
name_append(Place *place, char *name, char c)
{
	if (place->name_len + 1 >= TMPLC_MAX_NAME)
		return "a name is too long";
	name[place->name_len++] = g_ascii_tolower(c);
	name[place->name_len] = '\0';
	return NULL;
}

static const char *
end_tag(Place *place)
{
	if (is_refused_element(place->element))
		return "an element that templates do not use (xmp, iframe, noembed, noframes, plaintext)";
	if (place->is_text_only && !(place->is_end_tag && is_text_element(place->element)))
		return "a tag inside title or textarea";
	place->is_text_only = !place->is_end_tag && is_text_element(place->element);
	if (is_spaced_element(place->element))
		place->keeps_space = !place->is_end_tag;
	place->kind = !place->is_end_tag && is_raw_element(place->element) ? PLACE_RAW : PLACE_TEXT;
	place->needs_break = false;
	place->has_raw_text = false;
	place->matched = 0;
	return NULL;
}

static const char *
feed_text(Place *place, char c)
{
	if (c != '<')
		return NULL;
	place->kind = PLACE_TAG_OPEN;
	place->is_end_tag = false;
	place->name_len = 0;
	return NULL;
}

static const char *
feed_tag_open(Place *place, char c)
{
	if (c == '/' && !place->is_end_tag) {
		place->is_end_tag = true;
		return NULL;
	}
	if (c == '!' && place->is_text_only)
		return "a comment inside title or textarea";
	if (c == '!' && !place->is_end_tag) {
		place->kind = PLACE_DECLARATION;
		place->matched = 0;
		return NULL;
	}
	if (!g_ascii_isalpha(c))
		return "a bare < (write &lt;)";
	place->kind = PLACE_TAG_NAME;
	return name_append(place, place->element, c);
}

static const char *
feed_tag(Place *place, char c)
{
	if (c == '>')
		return end_tag(place);
	if (ctext_is_space(c) || c == '/') {
		place->needs_break = false;
		place->kind = PLACE_TAG;
		return NULL;
	}
	if (place->needs_break)
		return "no white space before an attribute";
	if (c == '=' || c == '"' || c == '\'' || c == '<')
		return "a tag with = \" ' or < where a name is expected";
	place->kind = PLACE_ATTR_NAME;
	place->name_len = 0;
	return name_append(place, place->attribute, c);
}

static const char *
feed_tag_name(Place *place, char c)
{
	if (c == '>' || c == '/' || ctext_is_space(c))
		return feed_tag(place, c);
	return g_ascii_isalnum(c) || c == '-' ? name_append(place, place->element, c) : "a strange tag name";
}

static const char *
begin_value(Place *place)
{
	place->kind = PLACE_VALUE_START;
	place->word_len = 0;
	return NULL;
}

static const char *
feed_attr_name(Place *place, char c)
{
	if (c == '=')
		return begin_value(place);
	if (ctext_is_space(c)) {
		place->kind = PLACE_ATTR_NAME_END;
		return NULL;
	}
	if (c == '>' || c == '/')
		return feed_tag(place, c);
	if (c == '"' || c == '\'' || c == '<')
		return "a tag with \" ' or < in an attribute's name";
	return name_append(place, place->attribute, c);
}

static const char *
feed_attr_name_end(Place *place, char c)
{
	if (c == '=')
		return begin_value(place);
	return ctext_is_space(c) ? NULL : feed_tag(place, c);
}

/* The pages' Content-Security-Policy lets no inline script or style run, so one that is written is a mistake.
 */
static const char *
refuse_inline(const Place *place)
{
	if (g_str_has_prefix(place->attribute, "on"))
		return "an event handler attribute, which the Content-Security-Policy refuses";
	if (strcmp(place->attribute, "style") == 0)
		return "a style attribute, which the Content-Security-Policy refuses";
	return NULL;
}

static const char *
feed_value_start(Place *place, char c)
{
	if (ctext_is_space(c))
		return NULL;
	if (c == '>')
		return "an attribute without its value";
	place->url = place_attribute_is_url(place->attribute) ? URL_START : URL_NONE;
	if (c == '"' || c == '\'') {
		place->kind = PLACE_QUOTED;
		place->quote = c;
		return NULL;
	}
	place->kind = PLACE_UNQUOTED;
	return refuse_inline(place);
}

static const char *
feed_unquoted(Place *place, char c)
{
	if (c != '>' && !ctext_is_space(c))
		return NULL;
	place->kind = PLACE_TAG;
	return feed_tag(place, c);
}

static const char *
feed_quoted(Place *place, char c)
{
	if (c != place->quote)
		return place->url == URL_NONE ? NULL : place_feed_url(place, c);
	place->kind = PLACE_TAG;
	place->needs_break = true;
	return refuse_inline(place);
}

/* Looks for "</script" or "</style". */
static const char *
feed_raw(Place *place, char c)
{
	size_t len = strlen(place->element);

	if (place->matched == len + 2 && (c == '>' || c == '/' || ctext_is_space(c))) {
		place->is_end_tag = true;
		place->kind = PLACE_TAG;
		return place->has_raw_text
			   ? "an inline script or style, which the Content-Security-Policy refuses"
			   : feed_tag(place, c);
	}
	if ((place->matched == 0 && c == '<') || (place->matched == 1 && c == '/') ||
	    (place->matched >= 2 && place->matched < len + 2 &&
		g_ascii_tolower(c) == place->element[place->matched - 2])) {
		place->matched++;
		return NULL;
	}
	place->has_raw_text = place->has_raw_text || place->matched > 0 || !ctext_is_space(c);
	place->matched = c == '<';
	return NULL;
}

static const char *
feed_declaration(Place *place, char c)
{
	if (c == '-' && place->matched == 0) {
		place->matched = 1;
	} else if (c == '-' && place->matched == 1) {
		place->kind = PLACE_COMMENT;
		place->matched = 2; /* "<!-->" is a whole comment */
	} else if (c == '>') {
		place->kind = PLACE_TEXT;
	} else if (c == '[') {
		return "a CDATA section";
	} else {
		place->matched = 2;
	}
	return NULL;
}

static const char *
feed_comment(Place *place, char c)
{
	if (c == '>' && place->matched >= 2)
		place->kind = PLACE_TEXT;
	if (c == '!' && place->matched == 2)
		place->matched = 3; /* "--!>" closes, too */
	else
		place->matched = c == '-' ? (uint8_t)MIN(place->matched % 3 + 1, 2) : 0;
	return NULL;
}

const char *
place_feed(Place *place, char c)
{
	static const char *(*const FEED[])(Place *, char) = {
	    [PLACE_TEXT] = feed_text,
	    [PLACE_TAG_OPEN] = feed_tag_open,
	    [PLACE_TAG_NAME] = feed_tag_name,
	    [PLACE_TAG] = feed_tag,
	    [PLACE_ATTR_NAME] = feed_attr_name,
	    [PLACE_ATTR_NAME_END] = feed_attr_name_end,
	    [PLACE_VALUE_START] = feed_value_start,
	    [PLACE_UNQUOTED] = feed_unquoted,
	    [PLACE_QUOTED] = feed_quoted,
	    [PLACE_RAW] = feed_raw,
	    [PLACE_DECLARATION] = feed_declaration,
	    [PLACE_COMMENT] = feed_comment,
	};

	return FEED[place->kind](place, c);
}

/* What the places are called in messages; NULL where a value may stand. */
static const char *
place_name(PlaceKind kind)
{
	switch (kind) {
	case PLACE_TAG_OPEN:
	case PLACE_TAG_NAME:
	case PLACE_TAG:
	case PLACE_ATTR_NAME:
	case PLACE_ATTR_NAME_END:
		return "a tag";
	case PLACE_VALUE_START:
	case PLACE_UNQUOTED:
		return "an unquoted attribute";
	case PLACE_RAW:
		return "script or style";
	case PLACE_DECLARATION:
		return "a declaration";
	case PLACE_COMMENT:
		return "a comment";
	case PLACE_TEXT:
	case PLACE_QUOTED:
		break;
	}
	return NULL;
}

bool
place_take_value(Place *place, Writer *ret_writer, GString *reason)
{
	const char *refused = place_name(place->kind);

	if (refused == NULL && place->kind == PLACE_QUOTED && !place_attribute_is_allowed(place->attribute)) {
		g_string_printf(reason, "no value may stand in the attribute: %s", place->attribute);
		return false;
	}
	*ret_writer = place->kind == PLACE_TEXT ? WRITER_TEXT : WRITER_ATTR;
	if (refused == NULL && place->kind == PLACE_QUOTED && place->url != URL_NONE)
		refused = place_take_url(place, ret_writer);
	if (refused != NULL)
		g_string_printf(reason, "no value may stand in: %s", refused);
	return refused == NULL;
}

const char *
place_take_block(Place *place)
{
	if (place->kind == PLACE_TAG_NAME || place->kind == PLACE_ATTR_NAME)
		place->needs_break = true;
	if (place->kind == PLACE_TAG_NAME || place->kind == PLACE_ATTR_NAME ||
	    place->kind == PLACE_ATTR_NAME_END)
		place->kind = PLACE_TAG;
	return place->kind == PLACE_TAG ? NULL : place_name(place->kind);
}

bool
place_equals(const Place *a, const Place *b)
{
	if (a->kind != b->kind || a->keeps_space != b->keeps_space)
		return false;
	if (a->kind == PLACE_TEXT)
		return true;
	if (a->is_end_tag != b->is_end_tag || strcmp(a->element, b->element) != 0)
		return false;
	return a->kind != PLACE_QUOTED ||
	       (a->quote == b->quote && a->url == b->url && strcmp(a->attribute, b->attribute) == 0);
}

void
place_join(Place *place, const Place *other)
{
	place->needs_break = place->needs_break || other->needs_break;
}
