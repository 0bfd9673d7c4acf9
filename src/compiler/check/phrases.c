/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/phrases.h"

#include "base/text.h"

#include <string.h>

const char *
lint_fold(LintContext *lint, const char *text)
{
	g_autofree char *folded = NULL;
	char *kept;

	if (text == NULL)
		return "";
	kept = g_hash_table_lookup(lint->fold_cache, text);
	if (kept == NULL) {
		folded = text_fold_vi(text);
		kept = arena_strdup(lint->scratch, folded);
		g_hash_table_insert(lint->fold_cache, (gpointer)(uintptr_t)text, kept);
	}
	return kept;
}

const char *
lint_source(LintContext *lint, SourceSpan span)
{
	g_autoptr(GString) folded = g_string_new(NULL);

	if (span.len == 0 || span.offset > lint->plan->text_len ||
	    span.len > lint->plan->text_len - span.offset)
		return "";
	text_fold_append(folded, lint->plan->text + span.offset, span.len);
	return arena_strndup(lint->scratch, folded->str, folded->len);
}

const char *
lint_find_phrase(const char *folded, const char *phrase)
{
	size_t len = strlen(phrase);

	for (const char *p = strstr(folded, phrase); p != NULL; p = strstr(p + 1, phrase)) {
		bool starts = p == folded || !g_ascii_isalnum(p[-1]) || !g_ascii_isalnum(phrase[0]);
		bool ends = !g_ascii_isalnum(p[len]) || !g_ascii_isalnum(phrase[len - 1]);

		if (starts && ends)
			return p;
	}
	return NULL;
}

bool
lint_has_phrase(const char *folded, const char *phrase)
{
	return lint_find_phrase(folded, phrase) != NULL;
}

const char *
lint_find_any(const char *folded, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++) {
		const char *place = lint_find_phrase(folded, *phrases);

		if (place != NULL)
			return place;
	}
	return NULL;
}

bool
lint_has_any(const char *folded, const char *const *phrases)
{
	return lint_find_any(folded, phrases) != NULL;
}

bool
lint_starts_with_any(const char *folded, const char *const *words)
{
	for (; *words != NULL; words++)
		if (g_str_has_prefix(folded, *words))
			return true;
	return false;
}
