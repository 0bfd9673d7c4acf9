/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/marker.h"

#include "base/text.h"

#include <string.h>

#define ROMAN_LETTERS "IVXLC"

static bool
is_one_of(const char *text, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(text, *list) == 0)
			return true;
	return false;
}

/* Bytes of "1", "1.2", "12.3.4". */
static size_t
span_number(const char *text)
{
	size_t len = strspn(text, "0123456789");

	while (len > 0 && text[len] == '.' && g_ascii_isdigit(text[len + 1]))
		len += 1 + strspn(text + len + 1, "0123456789");
	return len;
}

static bool
is_end(const char *text)
{
	return strcmp(text, ".") == 0 || strcmp(text, ")") == 0 || strcmp(text, "/") == 0 ||
	       strcmp(text, ".)") == 0 || strcmp(text, ":") == 0;
}

MarkerKind
marker_of_word(const char *text)
{
	static const char *const DASHES[] = {"-", "–", "—", "−", "‑", NULL};
	static const char *const PLUSES[] = {"+", "*", "**", NULL};
	static const char *const BULLETS[] = {
	    "•", "·", "●", "▪", "■", "◦", "○", "➢", "➤", "✓", "v", "", "", "", "", "", NULL};
	size_t len;

	if (is_one_of(text, DASHES))
		return MARKER_DASH;
	if (is_one_of(text, PLUSES))
		return MARKER_PLUS;
	if (is_one_of(text, BULLETS))
		return MARKER_BULLET;
	len = span_number(text);
	if (len > 0)
		return (is_end(text + len) || (strchr(text, '.') != NULL && text[len] == '\0' && len <= 8))
			   ? MARKER_NUMBER
			   : MARKER_NONE;
	len = strspn(text, ROMAN_LETTERS);
	if (len > 0 && is_end(text + len))
		return MARKER_ROMAN;
	len = (size_t)(text_next(text) - text);
	if (g_unichar_isalpha(g_utf8_get_char(text)) && strlen(text) > len && is_end(text + len))
		return MARKER_LETTER;
	return MARKER_NONE;
}

MarkerKind
marker_of_line(const Line *line)
{
	return line->n_words > 1 ? marker_of_word(line->words[0]->source->text) : MARKER_NONE;
}

bool
marker_ends_sentence(const Line *line)
{
	const char *text = line->words[line->n_words - 1]->source->text;
	size_t len = strlen(text);

	while (len > 1 && strchr("\"')]", text[len - 1]) != NULL)
		len--;
	return (len > 0 && strchr(".;:!?", text[len - 1]) != NULL) || g_str_has_suffix(text, "\xE2\x80\xA6");
}

bool
marker_goes_on(const Line *line)
{
	gunichar first = g_utf8_get_char(line->words[0]->source->text);

	return g_unichar_islower(first) || (first < 0x80 && strchr(",;.)%/&", (int)first) != NULL);
}

bool
marker_is_row_number(const char *text)
{
	size_t len = span_number(text);

	if (len == 0)
		len = strspn(text, ROMAN_LETTERS);
	if (len == 0 && g_unichar_isalpha(g_utf8_get_char(text)))
		len = (size_t)(text_next(text) - text);
	return len > 0 && len <= 12 && (text[len] == '\0' || is_end(text + len));
}

bool
marker_begins_office(const Line *line)
{
	static const char *const NAMES[] = {"Phòng", "UBND", "Ủy", "Uỷ", "Công", "Đảng", "Trạm", "Trung",
	    "Các", "Ban", "Văn", "Hội", "Đoàn", "Mặt", "UBMTTQ", "Trường", "Chi", "Tổ", "Liên", "Thường",
	    "Bộ", "Sở", NULL};

	return is_one_of(line->words[0]->source->text, NAMES);
}

bool
marker_wants_more(const Line *line)
{
	static const char *const JOINTS[] = {
	    "và", "của", "với", "-", "–", "cùng", "các", "&", "hoặc", "về", "thuộc", NULL};
	const char *text = line->words[line->n_words - 1]->source->text;
	size_t len = strlen(text);

	return is_one_of(text, JOINTS) || (len > 0 && strchr(",-&/(", text[len - 1]) != NULL);
}

/* "202" "6", "31/12/" "2026", "31/12/2" "026": together no longer than a year, or a digit or two behind a
 * number. */
static bool
is_cut_number(const char *begin, size_t len, size_t n_more)
{
	const char *slash = strrchr(begin, '/');

	if (slash == NULL)
		return n_more <= 2 && g_ascii_isdigit(begin[len - 1]);
	return strspn(slash + 1, "0123456789") == strlen(slash + 1) && strlen(slash + 1) + n_more <= 4;
}

bool
marker_is_rest_of_word(const char *begin, const char *rest)
{
	size_t n_digits = strspn(rest, "0123456789"), len = strlen(begin);
	g_autofree char *folded = NULL;

	if (n_digits > 0)
		return len > 2 && rest[n_digits] == '\0' && is_cut_number(begin, len, n_digits);
	if (g_utf8_strlen(rest, -1) > 3)
		return false;
	for (const char *p = rest; *p != '\0'; p = text_next(p))
		if (!g_unichar_isalpha(g_utf8_get_char(p)))
			return false;
	folded = text_fold_vi(rest);
	return folded[strcspn(folded, "aeiouy")] == '\0' &&
	       (!g_unichar_isupper(g_utf8_get_char(rest)) ||
		   g_unichar_isupper(g_utf8_get_char(g_utf8_prev_char(begin + len))));
}
