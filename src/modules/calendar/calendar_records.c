/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/calendar/calendar_records.h"

#include "app/context.h"
#include "app/ledger.h"
#include "app/ledger_state.h"
#include "base/date.h"
#include "modules/calendar/calendar.h"
#include "modules/calendar/calendar_pages.h"

#include <string.h>

/* The ledger notes a year at a time; here each day of it is a field. */

#define BETWEEN " · "

typedef struct Walk {
	AppRecord *record;
	GPtrArray *states; /* of Noted *, newest first */
} Walk;

typedef struct Noted {
	int64_t seq;
	GHashTable *days; /* "2026-01-01" → what it is */
} Noted;

static void
noted_free(gpointer data)
{
	Noted *noted = data;

	g_hash_table_unref(noted->days);
	g_free(noted);
}

static void
read_days(Arena *arena, const char *list, GHashTable *days)
{
	const char *at = list != NULL && *list == '[' ? list + 1 : "";

	while (*at != '\0' && *at != ']') {
		const char *end = ledger_skip_value(at), *between;
		LedgerPair pairs[LEDGER_PAIRS_MAX];
		const char *state = arena_printf(arena, "{\"day\":%.*s}", (int)(end - at), at);

		if (ledger_pairs(arena, state, pairs) == 1 && pairs[0].value != NULL) {
			between = strstr(pairs[0].value, BETWEEN);
			if (between != NULL)
				g_hash_table_insert(days,
				    arena_strndup(arena, pairs[0].value, (size_t)(between - pairs[0].value)),
				    (gpointer)(guintptr)(between + strlen(BETWEEN)));
		}
		at = *end == ',' ? end + 1 : end;
	}
}

static bool
visit(void *data, const LedgerRow *row)
{
	Walk *walk = data;
	Arena *arena = walk->record->arena;
	LedgerPair pairs[LEDGER_PAIRS_MAX];
	size_t n = ledger_pairs(arena, row->after, pairs);
	Noted *noted = g_new0(Noted, 1);

	*noted = (Noted){row->seq, g_hash_table_new(g_str_hash, g_str_equal)};
	read_days(arena, ledger_pair_value(pairs, n, "days"), noted->days);
	g_ptr_array_add(walk->states, noted);
	return true;
}

static int
compare_words(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static void
add_changes(AppRecord *record, int64_t seq, GHashTable *before, GHashTable *after)
{
	GHashTableIter iter;
	gpointer day, value;

	g_hash_table_iter_init(&iter, after);
	while (g_hash_table_iter_next(&iter, &day, &value)) {
		const char *was = before != NULL ? g_hash_table_lookup(before, day) : NULL;

		if (g_strcmp0(was, value) != 0)
			app_record_add_change(record, seq, day, was, value);
	}
	if (before == NULL)
		return;
	g_hash_table_iter_init(&iter, before);
	while (g_hash_table_iter_next(&iter, &day, &value))
		if (!g_hash_table_contains(after, day))
			app_record_add_change(record, seq, day, value, NULL);
}

/* Every day that was ever named, in order. */
static void
add_fields(AppRecord *record, const GPtrArray *states)
{
	g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GList) days = NULL;
	const Noted *newest = states->len > 0 ? g_ptr_array_index(states, 0) : NULL;

	for (guint i = 0; i < states->len; i++) {
		g_autoptr(GList) keys = g_hash_table_get_keys(((Noted *)g_ptr_array_index(states, i))->days);

		for (GList *key = keys; key != NULL; key = key->next)
			g_hash_table_add(all, key->data);
	}
	days = g_list_sort(g_hash_table_get_keys(all), compare_words);
	for (GList *day = days; day != NULL; day = day->next) {
		char label[DATE_ISO_SIZE] = "";
		int32_t number;

		if (date_parse_iso(day->data, &number))
			date_format_vi(number, label);
		app_record_add_field(record, day->data, label, g_hash_table_lookup(newest->days, day->data));
	}
}

static bool
load(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func(noted_free);
	Walk walk = {record, states};
	int64_t year;

	if (!app_record_ids(id, 1, &year, error) ||
	    !ledger_walk_back(context->db, context->commune_id,
		arena_printf(record->arena, "calendar/%" G_GINT64_FORMAT, year), INT64_MAX, visit, &walk,
		error))
		return false;
	record->title = arena_printf(record->arena, "Lịch làm việc năm %" G_GINT64_FORMAT, year);
	record->url = arena_printf(record->arena, CALENDAR_PATH "?nam=%" G_GINT64_FORMAT, year);
	record->is_told = true;
	for (guint i = states->len; i > 0; i--) {
		const Noted *noted = g_ptr_array_index(states, i - 1);
		const Noted *before = i < states->len ? g_ptr_array_index(states, i) : NULL;

		add_changes(record, noted->seq, before != NULL ? before->days : NULL, noted->days);
	}
	add_fields(record, states);
	return true;
}

const AppRecordKind CALENDAR_RECORDS[] = {
    {.kind = "calendar", .title = "Lịch làm việc", .permission = APP_READ, .load = load},
    {.kind = NULL},
};
