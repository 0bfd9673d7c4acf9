/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/record_kind.h"

#include "base/app-error.h"

void
app_record_init(AppRecord *record, Arena *arena)
{
	*record = (AppRecord){.arena = arena,
	    .fields = g_array_new(FALSE, FALSE, sizeof(AppRecordField)),
	    .sources = g_array_new(FALSE, FALSE, sizeof(AppRecordSource)),
	    .changes = g_array_new(FALSE, FALSE, sizeof(AppRecordChange))};
}

void
app_record_clear(AppRecord *record)
{
	g_clear_pointer(&record->fields, g_array_unref);
	g_clear_pointer(&record->sources, g_array_unref);
	g_clear_pointer(&record->changes, g_array_unref);
}

static const char *
keep(const AppRecord *record, const char *text)
{
	return text != NULL ? arena_strdup(record->arena, text) : NULL;
}

void
app_record_add_field(AppRecord *record, const char *key, const char *label, const char *value)
{
	const AppRecordField field = {keep(record, key), keep(record, label), keep(record, value)};

	g_array_append_val(record->fields, field);
}

void
app_record_add_source(AppRecord *record, const char *object, const char *contains, bool is_own)
{
	const AppRecordSource source = {keep(record, object), keep(record, contains), is_own};

	g_array_append_val(record->sources, source);
}

void
app_record_add_change(AppRecord *record, int64_t seq, const char *key, const char *before, const char *after)
{
	const AppRecordChange change = {seq, keep(record, key), keep(record, before), keep(record, after)};

	g_array_append_val(record->changes, change);
}

bool
app_record_ids(const char *text, size_t n, int64_t *ret_ids, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(text, "/", (int)n + 1);
	bool is_right = g_strv_length(parts) == n;

	for (size_t i = 0; i < n && is_right; i++) {
		guint64 number = 0;

		is_right = g_ascii_string_to_unsigned(parts[i], 10, 1, G_MAXINT64, &number, NULL);
		ret_ids[i] = (int64_t)number;
	}
	if (!is_right)
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có bản ghi \"%s\"", text);
	return is_right;
}
