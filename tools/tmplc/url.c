/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/ctext.h"
#include "tmplc/place.h"

#include <string.h>

/* Inside the value of a URL attribute: a value may be the whole URL, whose scheme is checked when it is
 * written, or a part behind one that is already fixed, which is percent-encoded. It may never reach into the
 * scheme. */

static const char *const URL_SCHEMES[] = {"http", "https", "mailto", "tel"};

static UrlPart
scheme_end(const Place *place)
{
	for (size_t i = 0; i < G_N_ELEMENTS(URL_SCHEMES); i++)
		if (strlen(URL_SCHEMES[i]) == place->word_len &&
		    g_ascii_strncasecmp(place->word, URL_SCHEMES[i], place->word_len) == 0)
			return URL_PATH;
	return URL_UNKNOWN;
}

static void
feed_url_prefix(Place *place, char c)
{
	if (c == '/') {
		place->url = URL_PATH;
	} else if (c == '&') {
		place->url = URL_UNKNOWN;
	} else if (c == ':') {
		place->url = scheme_end(place);
	} else {
		place->url = URL_SCHEME;
		if (place->word_len < sizeof(place->word))
			place->word[place->word_len++] = c;
	}
}

const char *
place_feed_url(Place *place, char c)
{
	if (place->url == URL_UNKNOWN || place->url == URL_FRAGMENT ||
	    (place->url == URL_START && ctext_is_space(c)))
		return NULL;
	if (place->url == URL_WHOLE && strchr("/?&#", c) == NULL)
		return "a URL that goes on after a whole URL with something else than / ? & or #";
	if (c == '#')
		place->url = URL_FRAGMENT;
	else if (place->url == URL_QUERY)
		return NULL;
	else if (c == '?' || (place->url == URL_WHOLE && c == '&'))
		place->url = URL_QUERY;
	else if (place->url == URL_WHOLE)
		place->url = URL_PATH;
	else if (place->url == URL_START || place->url == URL_SCHEME)
		feed_url_prefix(place, c);
	return NULL;
}

const char *
place_take_url(Place *place, Writer *ret_writer)
{
	switch (place->url) {
	case URL_START:
		place->url = URL_WHOLE;
		*ret_writer = WRITER_URL;
		return NULL;
	case URL_PATH:
		*ret_writer = WRITER_SEGMENT;
		return NULL;
	case URL_QUERY:
	case URL_FRAGMENT:
		*ret_writer = WRITER_QUERY;
		return NULL;
	case URL_NONE:
	case URL_SCHEME:
	case URL_UNKNOWN:
	case URL_WHOLE:
		break;
	}
	return place->url == URL_WHOLE ? "a URL directly after a whole URL" : "a URL's scheme";
}
