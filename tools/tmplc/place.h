/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tmplc/tmplc.h"

#include <stdint.h>

/* Where in the HTML the next byte of a template stands. A tracker, not a parser: it knows enough to say which
 * escaping a value needs and where no value may stand. */

/* From PLACE_TAG_NAME to PLACE_UNQUOTED: inside a tag, outside quotes. */
typedef enum {
	PLACE_TEXT,
	PLACE_TAG_OPEN, /* after "<" or "</" */
	PLACE_TAG_NAME,
	PLACE_TAG, /* between attributes */
	PLACE_ATTR_NAME,
	PLACE_ATTR_NAME_END, /* white space after a name: "=" or another attribute may follow */
	PLACE_VALUE_START,   /* after "=" */
	PLACE_UNQUOTED,
	PLACE_QUOTED,
	PLACE_RAW,         /* inside script or style */
	PLACE_DECLARATION, /* after "<!" */
	PLACE_COMMENT,
} PlaceKind;

typedef enum {
	URL_NONE,    /* not the value of a URL attribute */
	URL_START,   /* nothing yet */
	URL_SCHEME,  /* a first word that may still become a scheme */
	URL_UNKNOWN, /* after an entity or a scheme of another kind */
	URL_WHOLE,   /* after a value that is a whole URL */
	URL_PATH,
	URL_QUERY,
	URL_FRAGMENT,
} UrlPart;

typedef struct Place {
	PlaceKind kind;
	UrlPart url;
	char quote;
	bool is_end_tag;
	bool needs_break;  /* a name or a quoted value has just ended: white space, "/" or ">" must follow */
	bool keeps_space;  /* inside pre or textarea */
	bool is_text_only; /* inside title or textarea */
	bool has_raw_text; /* script or style with something in it */
	uint8_t
	    matched; /* bytes of the closing mark of a comment, declaration, script or style seen so far */
	size_t name_len;
	size_t word_len; /* bytes of the attribute's value seen so far, up to what `word` holds */
	char element[TMPLC_MAX_NAME];
	char attribute[TMPLC_MAX_NAME];
	char word[16];
} Place;

/* The writer that a value needs, by the place it stands in. */
typedef enum { WRITER_TEXT, WRITER_ATTR, WRITER_URL, WRITER_SEGMENT, WRITER_QUERY } Writer;

/* Steps over one byte of markup. Gives NULL, or what is wrong with that byte. */
const char *place_feed(Place *place, char c);

/* Gives the writer for a value that stands here and steps over the value.
 * Gives false where no value may stand; `reason` then says so ("no value may stand in: a tag"). */
bool place_take_value(Place *place, Writer *ret_writer, GString *reason);

/* Gets ready for a statement here. Gives NULL, or the place where no statement may stand. */
const char *place_take_block(Place *place);

/* Tells whether a value means the same in both places, so that both ways to get there can be joined. */
bool place_equals(const Place *a, const Place *b);

/* Takes into `place` what must hold whichever of two equal places it was reached from. */
void place_join(Place *place, const Place *other);

/* The attributes that may hold a value. */
bool place_attribute_is_allowed(const char *name);
bool place_attribute_is_url(const char *name);

/* The two steps above inside the value of a URL attribute (url.c). */
const char *place_feed_url(Place *place, char c);
const char *place_take_url(Place *place, Writer *ret_writer);
