/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/html.h"

#include "base/date.h"

#define WORD_BYTES sizeof(uint64_t)
#define EVERY_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

/* Sets the high bit of the lowest byte of `word` that is `byte`; what is above that byte may be wrong, which
 * does no harm to a search for the first. */
static inline uint64_t
find_byte(uint64_t word, uint8_t byte)
{
	uint64_t zero = word ^ EVERY_BYTE(byte);

	return (zero - EVERY_BYTE(0x01)) & ~zero & EVERY_BYTE(0x80);
}

static inline bool
needs_escape(char c, bool with_quotes)
{
	return c == '&' || c == '<' || c == '>' || (with_quotes && (c == '"' || c == '\''));
}

/* Gives how many bytes from the start need no escaping: eight at a time, since text is nearly always plain.
 */
static inline size_t
plain_run(const char *text, size_t len, bool with_quotes)
{
	size_t n = 0;

	for (; n + WORD_BYTES <= len; n += WORD_BYTES) {
		uint64_t word, found;

		memcpy(&word, text + n, WORD_BYTES);
		found = find_byte(word, '&') | find_byte(word, '<') | find_byte(word, '>');
		if (with_quotes)
			found |= find_byte(word, '"') | find_byte(word, '\'');
		if (found != 0)
			break;
	}
	while (n < len && !needs_escape(text[n], with_quotes))
		n++;
	return n;
}

static void
put_entity(GString *out, char c)
{
	static const struct {
		const char *text;
		size_t len;
	} ENTITIES[] = {['&'] = {"&amp;", 5},
	    ['<'] = {"&lt;", 4},
	    ['>'] = {"&gt;", 4},
	    ['"'] = {"&#34;", 5},
	    ['\''] = {"&#39;", 5}};

	html_raw(out, ENTITIES[(unsigned char)c].text, ENTITIES[(unsigned char)c].len);
}

static inline void
put_escaped(GString *out, const char *text, bool with_quotes)
{
	size_t len = text == NULL ? 0 : strlen(text);

	while (len > 0) {
		size_t n = plain_run(text, len, with_quotes);

		html_raw(out, text, n);
		if (n < len)
			put_entity(out, text[n++]);
		text += n;
		len -= n;
	}
}

void
html_text(GString *out, const char *text)
{
	put_escaped(out, text, false);
}

void
html_attr(GString *out, const char *text)
{
	put_escaped(out, text, true);
}

/* A URL is let through where what stands before the first : / ? # is no scheme, or one of four. Anything else
 * before a colon, also with blanks or control characters that a browser would drop, is refused. */
static bool
is_safe_url(const char *url)
{
	static const char *const SCHEMES[] = {"http", "https", "mailto", "tel"};
	size_t len = strcspn(url, ":/?#");

	if (url[len] != ':')
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(SCHEMES); i++)
		if (strlen(SCHEMES[i]) == len && g_ascii_strncasecmp(url, SCHEMES[i], len) == 0)
			return true;
	return false;
}

void
html_url(GString *out, const char *url)
{
	if (url != NULL)
		html_attr(out, is_safe_url(url) ? url : "#");
}

void
html_percent(GString *out, const char *text)
{
	static const char HEX[] = "0123456789ABCDEF";

	for (; text != NULL && *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		char encoded[3] = {'%', HEX[c >> 4], HEX[c & 15]};

		if (g_ascii_isalnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
			html_raw(out, text, 1);
		else
			html_raw(out, encoded, sizeof(encoded));
	}
}

void
html_uint(GString *out, uint64_t value)
{
	char digits[20];
	size_t i = sizeof(digits);

	do {
		digits[--i] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	html_raw(out, digits + i, sizeof(digits) - i);
}

void
html_int(GString *out, int64_t value)
{
	if (value < 0)
		html_raw(out, "-", 1);
	html_uint(out, value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value);
}

void
html_bool(GString *out, bool value)
{
	html_raw(out, value ? "true" : "false", value ? 4 : 5);
}

void
html_decimal(GString *out, Decimal value)
{
	char text[DECIMAL_TEXT_SIZE];

	decimal_format_vi(value, text);
	html_raw(out, text, strlen(text));
}

void
html_put_date(GString *out, HtmlDate date)
{
	char text[DATE_ISO_SIZE];

	if (date.is_iso)
		date_format_iso(date.day, text);
	else
		date_format_vi(date.day, text);
	html_raw(out, text, strlen(text));
}

void
html_put_count(GString *out, HtmlCount count)
{
	uint64_t value = count.value < 0 ? UINT64_C(0) - (uint64_t)count.value : (uint64_t)count.value;
	char digits[32];
	size_t i = sizeof(digits), n = 0;

	do {
		if (n > 0 && n % 3 == 0)
			digits[--i] = '.';
		digits[--i] = (char)('0' + value % 10);
		value /= 10;
		n++;
	} while (value > 0);
	if (count.value < 0)
		digits[--i] = '-';
	html_raw(out, digits + i, sizeof(digits) - i);
}
