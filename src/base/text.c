/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include "base/app-error.h"

#include <string.h>
#include <utf8proc.h>

/* Letters with marks lie in two blocks; a table for each makes folding one look-up. */
#define LATIN_FIRST 0x00C0
#define LATIN_LAST 0x024F
#define EXTENDED_FIRST 0x1EA0
#define EXTENDED_LAST 0x1EFF

typedef struct {
	gunichar latin[LATIN_LAST - LATIN_FIRST + 1];
	gunichar extended[EXTENDED_LAST - EXTENDED_FIRST + 1];
} FoldTable;

static gunichar
fold_by_decomposition(gunichar c)
{
	utf8proc_int32_t parts[8];
	utf8proc_ssize_t n;

	if (c == 0x0110 || c == 0x0111) /* Đ đ have no decomposition */
		return 'd';
	n = utf8proc_decompose_char(
	    (utf8proc_int32_t)c, parts, G_N_ELEMENTS(parts), UTF8PROC_DECOMPOSE, NULL);
	if (n < 1)
		return c;
	return (gunichar)utf8proc_tolower(parts[0]);
}

static const FoldTable *
fold_table(void)
{
	static FoldTable table;
	static gsize ready = 0;

	if (g_once_init_enter(&ready)) {
		for (gunichar c = LATIN_FIRST; c <= LATIN_LAST; c++)
			table.latin[c - LATIN_FIRST] = fold_by_decomposition(c);
		for (gunichar c = EXTENDED_FIRST; c <= EXTENDED_LAST; c++)
			table.extended[c - EXTENDED_FIRST] = fold_by_decomposition(c);
		g_once_init_leave(&ready, 1);
	}
	return &table;
}

gunichar
text_fold_char(gunichar c)
{
	if (c < 0x80)
		return (gunichar)g_ascii_tolower((char)c);
	if (c >= LATIN_FIRST && c <= LATIN_LAST)
		return fold_table()->latin[c - LATIN_FIRST];
	if (c >= EXTENDED_FIRST && c <= EXTENDED_LAST)
		return fold_table()->extended[c - EXTENDED_FIRST];
	switch (c) {
	case 0x2018:
	case 0x2019:
		return '\'';
	case 0x201C:
	case 0x201D:
		return '"';
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
		return '-';
	case 0x00A0:
	case 0x2009:
	case 0x202F:
		return ' ';
	default:
		return c;
	}
}

static bool
is_combining_mark(gunichar c)
{
	return c >= 0x0300 && c <= 0x036F;
}

void
text_fold_append(GString *out, const char *text, size_t len)
{
	const char *end = text + len;
	bool pending_blank = false, has_text = false;

	while (text < end) {
		gunichar c = text_fold_char(g_utf8_get_char(text));

		text = text_next(text);
		if (is_combining_mark(c))
			continue;
		if (c < 0x80 && g_ascii_isspace((char)c)) {
			pending_blank = has_text;
			continue;
		}
		if (pending_blank)
			g_string_append_c(out, ' ');
		pending_blank = false;
		has_text = true;
		if (c < 0x80)
			g_string_append_c(out, (char)c);
		else
			g_string_append_unichar(out, c);
	}
}

char *
text_fold_vi(const char *text)
{
	size_t len = strlen(text);
	GString *out = g_string_sized_new(len + 1);

	text_fold_append(out, text, len);
	return g_string_free(out, FALSE);
}

bool
text_fold_has_prefix(const char *text, const char *prefix, size_t *ret_len)
{
	const char *p = text;

	while (*prefix != '\0') {
		gunichar want = g_utf8_get_char(prefix);

		if (*p == '\0')
			return false;
		if (want == ' ') {
			if (text_fold_char(g_utf8_get_char(p)) != ' ')
				return false;
			while (text_fold_char(g_utf8_get_char(p)) == ' ')
				p = text_next(p);
		} else {
			if (text_fold_char(g_utf8_get_char(p)) != want)
				return false;
			p = text_next(p);
		}
		prefix = text_next(prefix);
	}
	if (ret_len != NULL)
		*ret_len = (size_t)(p - text);
	return true;
}

void
text_squeeze_append(GString *out, const char *text, size_t len)
{
	bool pending_blank = false;
	size_t start = out->len;

	for (size_t i = 0; i < len; i++) {
		if (g_ascii_isspace(text[i])) {
			pending_blank = out->len > start;
			continue;
		}
		if (pending_blank)
			g_string_append_c(out, ' ');
		pending_blank = false;
		g_string_append_c(out, text[i]);
	}
}

/* True where no code point can combine with a neighbour, which is so for nearly all real text. */
static bool
is_plainly_nfc(const char *text, size_t len)
{
	const char *end = text + len;

	for (const char *p = text; p < end; p = text_next(p)) {
		unsigned char lead = (unsigned char)*p;

		if (lead < 0xCC)
			continue; /* below U+0300: precomposed Latin */
		if (lead == 0xE1 && (unsigned char)p[1] >= 0xBA && (unsigned char)p[1] <= 0xBB)
			continue; /* U+1E80 to U+1EFF */
		if (lead == 0xE2 && (unsigned char)p[1] >= 0x80 && (unsigned char)p[1] <= 0x8B)
			continue; /* general punctuation, arrows, mathematical signs */
		return false;
	}
	return true;
}

char *
text_nfc(const char *text, size_t len, size_t *ret_len)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n;
	char *copy;

	if (!is_plainly_nfc(text, len)) {
		n = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &mapped,
		    UTF8PROC_COMPOSE | UTF8PROC_STABLE);
		if (n >= 0) {
			copy = g_strndup((const char *)mapped, (gsize)n);
			free(mapped);
			if (ret_len != NULL)
				*ret_len = (size_t)n;
			return copy;
		}
	}
	if (ret_len != NULL)
		*ret_len = len;
	return g_strndup(text, len);
}

bool
text_ingest(const char *bytes, gssize len, char **ret_text, GError **error)
{
	size_t size = len < 0 ? strlen(bytes) : (size_t)len;
	const char *bad;

	if (!g_utf8_validate(bytes, (gssize)size, &bad)) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID, "text is not UTF-8 at byte %zu",
		    (size_t)(bad - bytes));
		return false;
	}
	*ret_text = text_nfc(bytes, size, NULL);
	return true;
}

/* The place of a letter in the Vietnamese alphabet, times four for the letters between. */
static int
letter_rank(gunichar base, gunichar shape)
{
	int rank = (int)(base - 'a') * 4;

	if (shape == 0x0306 || shape == 0x031B) /* ă; ơ and ư come after ô and u */
		return rank + (base == 'a' ? 1 : 2);
	if (shape == 0x0302) /* â ê ô */
		return rank + (base == 'a' ? 2 : 1);
	return rank;
}

static int
tone_rank(gunichar mark)
{
	switch (mark) {
	case 0x0300:
		return 1; /* huyền */
	case 0x0309:
		return 2; /* hỏi */
	case 0x0303:
		return 3; /* ngã */
	case 0x0301:
		return 4; /* sắc */
	case 0x0323:
		return 5; /* nặng */
	default:
		return 0;
	}
}

static void
append_sort_letter(GString *letters, GString *tones, gunichar c)
{
	utf8proc_int32_t parts[8];
	utf8proc_ssize_t n = utf8proc_decompose_char(
	    (utf8proc_int32_t)c, parts, G_N_ELEMENTS(parts), UTF8PROC_DECOMPOSE, NULL);
	gunichar base = (gunichar)utf8proc_tolower(n > 0 ? parts[0] : (utf8proc_int32_t)c);
	gunichar shape = 0;
	int tone = 0;

	for (utf8proc_ssize_t i = 1; i < n; i++) {
		if (tone_rank((gunichar)parts[i]) > 0)
			tone = tone_rank((gunichar)parts[i]);
		else
			shape = (gunichar)parts[i];
	}
	if (c == 0x0110 || c == 0x0111)
		g_string_append_c(letters, (char)('A' + letter_rank('d', 0) / 4 * 2 + 1));
	else if (base >= 'a' && base <= 'z')
		g_string_append_printf(letters, "%c%c", 'A' + (int)(base - 'a') * 2,
		    '0' + (letter_rank(base, shape) - letter_rank(base, 0)));
	else
		g_string_append_unichar(letters, base);
	g_string_append_c(tones, (char)('0' + tone));
}

char *
text_slug_vi(const char *text, size_t bytes_max)
{
	g_autofree char *folded = text_fold_vi(text);
	GString *slug = g_string_new(NULL);

	for (const char *p = folded; *p != '\0' && slug->len < bytes_max; p++)
		if (g_ascii_isalnum(*p))
			g_string_append_c(slug, *p);
		else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
			g_string_append_c(slug, '-');
	while (slug->len > 0 && slug->str[slug->len - 1] == '-')
		g_string_truncate(slug, slug->len - 1);
	return g_string_free(slug, FALSE);
}

char *
text_sort_key_vi(const char *text)
{
	g_autoptr(GString) tones = g_string_new(NULL);
	GString *letters = g_string_new(NULL);

	for (const char *p = text; *p != '\0'; p = text_next(p))
		append_sort_letter(letters, tones, g_utf8_get_char(p));
	g_string_append_c(letters, '\x01');
	g_string_append(letters, tones->str);
	return g_string_free(letters, FALSE);
}

void
text_hex_append(GString *out, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		g_string_append_printf(out, "%02x", bytes[i]);
}
