/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_read.h"

#include "base/app-error.h"
#include "base/text.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

typedef struct Reader {
	const char *at;
	char separator;
	unsigned line;
	Arena *arena;
	GString *field;
} Reader;

/* What the first line has most of. */
static char
find_separator(const char *text)
{
	static const char SEPARATORS[] = ",;\t";
	size_t counts[sizeof(SEPARATORS) - 1] = {0}, best = 0;

	for (; *text != '\0' && *text != '\n'; text++)
		for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
			counts[i] += *text == SEPARATORS[i];
	for (size_t i = 1; i < G_N_ELEMENTS(counts); i++)
		if (counts[i] > counts[best])
			best = i;
	return SEPARATORS[best];
}

static bool
is_end_of_field(const Reader *reader)
{
	return *reader->at == '\0' || *reader->at == '\n' || *reader->at == reader->separator ||
	       (*reader->at == '\r' && reader->at[1] == '\n');
}

static bool
fail(const Reader *reader, const char *what, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_INVALID, "dòng %u: %s", reader->line, what);
	return false;
}

static bool
read_quoted(Reader *reader, GError **error)
{
	for (reader->at++;; reader->at++) {
		if (*reader->at == '\0')
			return fail(reader, "thiếu dấu nháy kép đóng ô", error);
		if (*reader->at == '"' && *++reader->at != '"')
			return is_end_of_field(reader) ||
			       fail(reader, "có chữ sau dấu nháy kép đóng ô", error);
		reader->line += *reader->at == '\n';
		g_string_append_c(reader->field, *reader->at);
	}
}

static char *
keep_field(const Reader *reader)
{
	char *text = g_strstrip(reader->field->str);

	if (*text == '\'' && text[1] != '\0' && strchr("=+-@\t\r", text[1]) != NULL)
		text++;
	return arena_strdup(reader->arena, text);
}

static bool
read_field(Reader *reader, char **ret_field, GError **error)
{
	g_string_truncate(reader->field, 0);
	if (*reader->at == '"') {
		if (!read_quoted(reader, error))
			return false;
	} else {
		for (; !is_end_of_field(reader); reader->at++)
			g_string_append_c(reader->field, *reader->at);
	}
	*ret_field = keep_field(reader);
	return true;
}

static bool
read_row(Reader *reader, CsvRow *row, bool *ret_is_blank, GError **error)
{
	char *fields[CSV_FIELDS_MAX];

	*row = (CsvRow){.line = reader->line};
	*ret_is_blank = true;
	for (;;) {
		if (row->n_fields == CSV_FIELDS_MAX) {
			g_set_error(error, APP_ERROR, APP_ERROR_LIMIT, "dòng %u: nhiều hơn %d cột",
			    reader->line, CSV_FIELDS_MAX);
			return false;
		}
		if (!read_field(reader, &fields[row->n_fields], error))
			return false;
		*ret_is_blank = *ret_is_blank && *fields[row->n_fields] == '\0';
		row->n_fields++;
		if (*reader->at != reader->separator)
			break;
		reader->at++;
	}
	if (*reader->at == '\r')
		reader->at++;
	if (*reader->at == '\n') {
		reader->at++;
		reader->line++;
	}
	row->fields = arena_array(reader->arena, char *, row->n_fields);
	memcpy(row->fields, fields, row->n_fields * sizeof(char *));
	return true;
}

bool
csv_read(const char *bytes, size_t len, Arena *arena, GPtrArray *ret_rows, GError **error)
{
	bool has_mark = len >= strlen(BYTE_ORDER_MARK) && memcmp(bytes, BYTE_ORDER_MARK, 3) == 0;
	g_autoptr(GString) field = g_string_new(NULL);
	g_autofree char *text = NULL;
	Reader reader = {.line = 1, .arena = arena, .field = field};

	if (has_mark) {
		bytes += strlen(BYTE_ORDER_MARK);
		len -= strlen(BYTE_ORDER_MARK);
	}
	if (!text_ingest(bytes, (gssize)len, &text, error))
		return false;
	reader.at = text;
	reader.separator = find_separator(text);
	while (*reader.at != '\0') {
		CsvRow *row = arena_new0(arena, CsvRow);
		bool is_blank;

		if (!read_row(&reader, row, &is_blank, error))
			return false;
		if (is_blank)
			continue;
		if (ret_rows->len == CSV_ROWS_MAX) {
			g_set_error(error, APP_ERROR, APP_ERROR_LIMIT, "nhiều hơn %d dòng", CSV_ROWS_MAX);
			return false;
		}
		g_ptr_array_add(ret_rows, row);
	}
	return true;
}
