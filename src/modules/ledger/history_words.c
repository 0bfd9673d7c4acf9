/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/ledger/history.h"

#include <string.h>

#define DEPTH_MAX 8

const char *
history_label(const AppRecordLabel *labels, const char *key)
{
	for (const AppRecordLabel *label = labels; label != NULL && label->key != NULL; label++)
		if (strcmp(label->key, key) == 0)
			return label->label;
	return ledger_label(key);
}

static bool
is_flag(const char *key)
{
	static const char *const FLAGS[] = {"void", "main", "locked", "idle", "granted", "generic", "higher",
	    "ended", "given_by_state", "given_by_party", "needs_number", NULL};

	return g_str_has_prefix(key, "is_") || g_strv_contains(FLAGS, key);
}

static const char *
scalar_words(Arena *arena, const char *key, const char *value)
{
	char day_text[DATE_ISO_SIZE], at_text[INSTANT_VI_SIZE];
	int32_t day;
	int64_t us;

	if (strcmp(value, "true") == 0)
		return "có";
	if (strcmp(value, "false") == 0)
		return "không";
	if (is_flag(key) && value[0] != '\0' && value[1] == '\0')
		return *value == '1' ? "có" : "không";
	if (date_parse_iso(value, &day)) {
		date_format_vi(day, day_text);
		return arena_strdup(arena, day_text);
	}
	if (!g_str_has_suffix(key, "_us") || !g_ascii_string_to_signed(value, 10, 0, G_MAXINT64, &us, NULL))
		return value;
	if (us == 0)
		return NULL;
	instant_format_vi(us, at_text);
	return arena_strdup(arena, at_text);
}

static const char *words_at(Arena *arena, const AppRecordLabel *labels, const LedgerPair *pair, int depth);

static void
append_part(GString *out, const char *between, const char *label, const char *text)
{
	if (text == NULL)
		return;
	if (out->len > 0)
		g_string_append(out, between);
	if (label != NULL)
		g_string_append_printf(out, "%s: ", label);
	g_string_append(out, text);
}

static const char *
object_words(Arena *arena, const AppRecordLabel *labels, const char *value, int depth)
{
	LedgerPair pairs[LEDGER_PAIRS_MAX];
	size_t n = ledger_pairs(arena, value, pairs);
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < n; i++)
		append_part(out, ", ", history_label(labels, pairs[i].key),
		    words_at(arena, labels, &pairs[i], depth + 1));
	return out->len > 0 ? arena_strdup(arena, out->str) : NULL;
}

static const char *
list_words(Arena *arena, const AppRecordLabel *labels, const char *key, const char *value, int depth)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const char *at = value + 1;

	while (*at != '\0' && *at != ']') {
		const char *end = ledger_skip_value(at);
		const char *item = arena_strndup(arena, at, (size_t)(end - at));

		LedgerPair pairs[LEDGER_PAIRS_MAX];

		if (ledger_pairs(arena, arena_printf(arena, "{\"a\":%s}", item), pairs) == 1) {
			pairs[0].key = key;
			append_part(out, "; ", NULL, words_at(arena, labels, &pairs[0], depth + 1));
		}
		at = *end == ',' ? end + 1 : end;
	}
	return out->len > 0 ? arena_strdup(arena, out->str) : NULL;
}

static const char *
words_at(Arena *arena, const AppRecordLabel *labels, const LedgerPair *pair, int depth)
{
	const char *value = pair->value;

	if (value == NULL || *value == '\0')
		return NULL;
	if (pair->is_text || depth >= DEPTH_MAX)
		return scalar_words(arena, pair->key, value);
	if (*value == '{')
		return object_words(arena, labels, value, depth);
	if (*value == '[')
		return list_words(arena, labels, pair->key, value, depth);
	return scalar_words(arena, pair->key, value);
}

const char *
history_words(Arena *arena, const AppRecordLabel *labels, const LedgerPair *pair)
{
	return words_at(arena, labels, pair, 0);
}
