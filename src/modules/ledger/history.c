/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/ledger/history.h"

#include <string.h>

/* Reading: all rows of all sources, then once through them from the oldest on. */

typedef struct Reader {
	Arena *arena;
	const AppRecordSource *source;
	GPtrArray *rows; /* of const LedgerRow * */
	GHashTable *own; /* rows whose states are the record's fields */
	guint n_left;
} Reader;

void
history_clear(History *history)
{
	for (guint i = 0; history->fields != NULL && i < history->fields->len; i++)
		g_ptr_array_unref(((HistoryField *)g_ptr_array_index(history->fields, i))->steps);
	g_clear_pointer(&history->fields, g_ptr_array_unref);
	g_clear_pointer(&history->rows, g_ptr_array_unref);
}

static bool
is_about(const LedgerRow *row, const char *contains)
{
	return contains == NULL || (row->before != NULL && strstr(row->before, contains) != NULL) ||
	       (row->after != NULL && strstr(row->after, contains) != NULL);
}

static bool
take_row(void *data, const LedgerRow *row)
{
	Reader *reader = data;
	const LedgerRow *kept;

	if (row->action == LEDGER_READ || row->action == LEDGER_EXPORT ||
	    !is_about(row, reader->source->contains))
		return true;
	if (reader->n_left == 0)
		return false;
	reader->n_left--;
	kept = ledger_keep_row(reader->arena, row);
	g_ptr_array_add(reader->rows, (gpointer)(guintptr)kept);
	if (reader->source->is_own)
		g_hash_table_add(reader->own, (gpointer)(guintptr)kept);
	return true;
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
	const LedgerRow *first = *(const LedgerRow *const *)a, *second = *(const LedgerRow *const *)b;

	return (first->seq < second->seq) - (first->seq > second->seq);
}

static bool
read_rows(
    Db *db, int64_t commune_id, const AppRecord *record, Reader *reader, bool *ret_is_cut, GError **error)
{
	for (guint i = 0; i < record->sources->len; i++) {
		reader->source = &g_array_index(record->sources, AppRecordSource, i);
		reader->n_left = HISTORY_ROWS_MAX - MIN(reader->rows->len, HISTORY_ROWS_MAX);
		if (!ledger_walk_back(
			db, commune_id, reader->source->object, INT64_MAX, take_row, reader, error))
			return false;
		*ret_is_cut = *ret_is_cut || reader->n_left == 0;
	}
	g_ptr_array_sort(reader->rows, compare_rows);
	return true;
}

static HistoryField *
field_of(const AppRecord *record, const AppRecordLabel *labels, GPtrArray *fields, const char *key)
{
	HistoryField *field;

	for (guint i = 0; i < fields->len; i++) {
		field = g_ptr_array_index(fields, i);
		if (strcmp(field->key, key) == 0)
			return field;
	}
	field = arena_new0(record->arena, HistoryField);
	*field = (HistoryField){.key = key, .label = history_label(labels, key), .steps = g_ptr_array_new()};
	g_ptr_array_add(fields, field);
	return field;
}

static void
put_step(
    const AppRecord *record, HistoryField *field, const LedgerRow *row, const char *before, const char *after)
{
	HistoryStep *step;

	if (g_strcmp0(before, after) == 0)
		return;
	step = arena_new0(record->arena, HistoryStep);
	*step = (HistoryStep){row, before, after};
	g_ptr_array_insert(field->steps, 0, step);
	field->n_before += before != NULL;
	field->now = after;
}

/* A state that is no object is one field. */
static size_t
take_apart(Arena *arena, const char *state, LedgerPair *pairs)
{
	if (state == NULL)
		return 0;
	if (*state == '{')
		return ledger_pairs(arena, state, pairs);
	pairs[0] = (LedgerPair){"value", state, false};
	return 1;
}

static bool
has_key(const LedgerPair *pairs, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(pairs[i].key, key) == 0)
			return true;
	return false;
}

/* What the field was before this row is what it was after the one before; rows of the program itself may say
 * less than all, so what a row does not name stays, unless it was named before it. */
static void
put_own_row(const AppRecord *record, const AppRecordLabel *labels, GPtrArray *fields, const LedgerRow *row)
{
	LedgerPair old[LEDGER_PAIRS_MAX], new[LEDGER_PAIRS_MAX];
	size_t n_old = take_apart(record->arena, row->before, old);
	size_t n_new = take_apart(record->arena, row->after, new);

	for (size_t i = 0; i < n_new; i++) {
		HistoryField *field = field_of(record, labels, fields, new[i].key);

		put_step(record, field, row, field->now, history_words(record->arena, labels, &new[i]));
	}
	for (size_t i = 0; i < n_old; i++) {
		HistoryField *field = field_of(record, labels, fields, old[i].key);

		if (!has_key(new, n_new, old[i].key))
			put_step(record, field, row, field->now, NULL);
	}
}

static const LedgerRow *
row_of(const GPtrArray *rows, int64_t seq)
{
	for (guint i = 0; i < rows->len; i++)
		if (((const LedgerRow *)g_ptr_array_index(rows, i))->seq == seq)
			return g_ptr_array_index(rows, i);
	return NULL;
}

static void
put_changes(const AppRecord *record, const AppRecordLabel *labels, History *history)
{
	for (guint i = 0; i < record->changes->len; i++) {
		const AppRecordChange *change = &g_array_index(record->changes, AppRecordChange, i);
		const LedgerRow *row = row_of(history->rows, change->seq);
		HistoryField *field = field_of(record, labels, history->fields, change->key);

		if (row != NULL)
			put_step(record, field, row, change->before, change->after);
	}
}

/* What the tables say counts; where no row set a field, the first one of the origin did. */
static void
put_fields(const AppRecord *record, const AppRecordLabel *labels, History *history)
{
	const LedgerRow *origin = NULL;

	for (guint i = 0; i < history->rows->len && record->origin != NULL; i++) {
		const LedgerRow *row = g_ptr_array_index(history->rows, i);

		if (strcmp(row->object, record->origin) == 0)
			origin = row;
	}
	for (guint i = 0; i < record->fields->len; i++) {
		const AppRecordField *told = &g_array_index(record->fields, AppRecordField, i);
		const char *now = told->value != NULL && *told->value != '\0' ? told->value : NULL;
		HistoryField *field = field_of(record, labels, history->fields, told->key);

		field->label = told->label;
		if (field->steps->len == 0 && origin != NULL)
			put_step(record, field, origin, NULL, now);
		field->now = now;
	}
}

/* Fields that never held anything say nothing. */
static void
drop_empty(GPtrArray *fields)
{
	for (guint i = 0; i < fields->len;) {
		HistoryField *field = g_ptr_array_index(fields, i);

		if (field->now != NULL || field->steps->len > 0) {
			i++;
			continue;
		}
		g_ptr_array_unref(field->steps);
		g_ptr_array_remove_index(fields, i);
	}
}

bool
history_read(Db *db, int64_t commune_id, const AppRecordKind *kind, const AppRecord *record,
    History *ret_history, GError **error)
{
	g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
	History history = {.rows = g_ptr_array_new(), .fields = g_ptr_array_new()};
	Reader reader = {.arena = record->arena, .rows = history.rows, .own = own};

	*ret_history = history;
	if (!read_rows(db, commune_id, record, &reader, &ret_history->is_cut, error))
		return false;
	for (guint i = history.rows->len; i > 0; i--) {
		const LedgerRow *row = g_ptr_array_index(history.rows, i - 1);

		if (g_hash_table_contains(own, row))
			put_own_row(record, kind->labels, history.fields, row);
	}
	put_changes(record, kind->labels, ret_history);
	put_fields(record, kind->labels, ret_history);
	drop_empty(history.fields);
	return true;
}
