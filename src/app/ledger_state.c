/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger_state.h"

#include <string.h>

static void
append_escape(GString *out, const char **at)
{
	static const char FROM[] = "nrtbf", TO[] = "\n\r\t\b\f";
	const char *sign = **at != '\0' ? strchr(FROM, **at) : NULL;

	if (**at == 'u' && strlen(*at) > 4) {
		g_autofree char *digits = g_strndup(*at + 1, 4);
		gunichar c = (gunichar)g_ascii_strtoull(digits, NULL, 16);

		if (g_unichar_validate(c) && c != 0)
			g_string_append_unichar(out, c);
		*at += 4;
	} else if (sign != NULL) {
		g_string_append_c(out, TO[sign - FROM]);
	} else if (**at != '\0') {
		g_string_append_c(out, **at);
	}
}

/* Reads a string behind its opening quote; *at moves behind the closing one. */
static const char *
read_string(Arena *arena, const char **at)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; **at != '\0' && **at != '"'; ++*at) {
		if (**at == '\\') {
			++*at;
			append_escape(out, at);
			if (**at == '\0')
				break;
		} else {
			g_string_append_c(out, **at);
		}
	}
	*at += **at == '"';
	return arena_strdup(arena, out->str);
}

const char *
ledger_skip_value(const char *at)
{
	bool is_string = false;
	int depth = 0;

	for (; *at != '\0'; at++) {
		if (is_string) {
			at += *at == '\\' && at[1] != '\0';
			is_string = *at != '"' || at[-1] == '\\';
			continue;
		}
		if (depth == 0 && (*at == ',' || *at == '}' || *at == ']'))
			break;
		is_string = *at == '"';
		depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
	}
	return at;
}

/* A number, a word, or something with brackets, as it stands. */
static const char *
read_plain(Arena *arena, const char **at)
{
	const char *start = *at;

	*at = ledger_skip_value(start);
	if (g_str_has_prefix(start, "null"))
		return NULL;
	return arena_strndup(arena, start, (size_t)(*at - start));
}

size_t
ledger_pairs(Arena *arena, const char *state, LedgerPair *pairs)
{
	const char *at = state;
	size_t n = 0;

	if (at == NULL || *at++ != '{')
		return 0;
	while (n < LEDGER_PAIRS_MAX && *at == '"') {
		at++;
		pairs[n].key = read_string(arena, &at);
		if (*at++ != ':')
			break;
		pairs[n].is_text = *at == '"';
		if (pairs[n].is_text) {
			at++;
			pairs[n].value = read_string(arena, &at);
		} else {
			pairs[n].value = read_plain(arena, &at);
		}
		n++;
		if (*at++ != ',')
			break;
	}
	return n;
}

const char *
ledger_pair_value(const LedgerPair *pairs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(pairs[i].key, key) == 0)
			return pairs[i].value;
	return NULL;
}
