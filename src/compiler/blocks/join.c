/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/blocks/join.h"

#include "base/ceilings.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static bool
starts_upper(const char *text)
{
	return g_unichar_isupper(g_utf8_get_char(text));
}

void
join_bounded(GString *out, const char *text)
{
	size_t room = LIMIT_BLOCK_BYTES - MIN(out->len, LIMIT_BLOCK_BYTES), len = strnlen(text, room);

	while (len > 0 && text[len] != '\0' && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	text_squeeze_append(out, text, len);
}

void
join_wrapped(GString *out, const char *line)
{
	bool ends_in_hyphen = out->len > 1 && out->str[out->len - 1] == '-' && out->str[out->len - 2] != ' ';
	/* A number or a symbol of capitals before the hyphen is an identifier that the wrap has cut. */
	bool is_cut = false;

	if (ends_in_hyphen && (starts_upper(line) || g_ascii_isdigit(line[0]))) {
		const char *word = strrchr(out->str, ' ');

		word = word != NULL ? word + 1 : out->str;
		is_cut = strpbrk(word, "0123456789/") != NULL || g_str_has_prefix(line, "UBND") ||
			 g_str_has_prefix(line, "NQ") ||
			 (starts_upper(word) && g_unichar_isupper(g_utf8_get_char(text_next(word))));
	}
	if (out->len > 0 && !is_cut && out->str[out->len - 1] != ' ')
		g_string_append_c(out, ' ');
	join_bounded(out, line);
}
