/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/register/register_sheet.h"

#include <string.h>

/* Lines of fields between tabs: "F" the file, "S" a sheet, "R" a row of the sheet above. */

#define FILE_FIELDS 5
#define SHEET_FIELDS (2 + REGISTER_FIELD_MAX)
#define ROW_FIELDS (5 + REGISTER_FIELD_MAX)

static void
put_field(GString *out, const char *text)
{
	g_string_append_c(out, '\t');
	for (; *text != '\0'; text++) {
		if (*text == '\\')
			g_string_append(out, "\\\\");
		else if (*text == '\n')
			g_string_append(out, "\\n");
		else if (*text == '\t' || *text == '\r')
			g_string_append_c(out, ' ');
		else
			g_string_append_c(out, *text);
	}
}

static const char *
take_field(Arena *arena, const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] != '\0')
			g_string_append_c(out, *++text == 'n' ? '\n' : *text);
		else
			g_string_append_c(out, *text);
	}
	return arena_strndup(arena, out->str, out->len);
}

static void
pack_file(GString *out, const RegisterFile *file)
{
	char month[DATE_ISO_SIZE], day[DATE_ISO_SIZE];
	g_autofree char *version = g_strdup_printf("%d", file->template_version);

	date_format_iso(file->month, month);
	date_format_iso(file->day, day);
	g_string_append_c(out, 'F');
	put_field(out, version);
	put_field(out, file->mark);
	put_field(out, month);
	put_field(out, day);
	g_string_append_c(out, '\n');
}

static void
pack_sheet(GString *out, const RegisterSheet *sheet)
{
	g_string_append_c(out, 'S');
	put_field(out, sheet->name);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		g_string_append_printf(out, "\t%d", sheet->columns[field]);
	g_string_append_c(out, '\n');
}

char *
register_pack(const RegisterFile *file, const GPtrArray *rows)
{
	GString *out = g_string_new(NULL);
	const RegisterSheet *sheet = NULL;

	pack_file(out, file);
	for (guint i = 0; i < rows->len; i++) {
		const RegisterRow *row = g_ptr_array_index(rows, i);

		if (row->sheet != sheet)
			pack_sheet(out, row->sheet);
		sheet = row->sheet;
		g_string_append_printf(out, "R\t%u\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%u",
		    row->number, row->plan_id, row->version, row->formulas);
		for (int field = 0; field < REGISTER_FIELD_MAX; field++)
			put_field(out, row->cells[field]);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

static int64_t
number_of(const char *text, int64_t min, int64_t max, int64_t otherwise)
{
	gint64 number;

	return g_ascii_string_to_signed(text, 10, min, max, &number, NULL) ? number : otherwise;
}

static void
unpack_file(RegisterFile *file, char **fields)
{
	file->template_version = (int)number_of(fields[1], 0, G_MAXINT16, 0);
	file->mark = take_field(file->arena, fields[2]);
	date_parse_iso(fields[3], &file->month);
	date_parse_iso(fields[4], &file->day);
}

static RegisterSheet *
unpack_sheet(RegisterFile *file, char **fields)
{
	RegisterSheet *sheet = arena_new0(file->arena, RegisterSheet);

	sheet->name = take_field(file->arena, fields[1]);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		sheet->columns[field] = (int)number_of(fields[2 + field], -1, REGISTER_COLUMNS_MAX - 1, -1);
	return sheet;
}

static void
unpack_row(RegisterFile *file, RegisterSheet *sheet, char **fields)
{
	RegisterRow *row;

	if (sheet == NULL || file->n_rows >= REGISTER_ROWS_MAX)
		return;
	row = &file->rows[file->n_rows++];
	*row = (RegisterRow){.sheet = sheet,
	    .number = (uint32_t)number_of(fields[1], 1, G_MAXINT32, 1),
	    .plan_id = number_of(fields[2], 0, G_MAXINT32, 0),
	    .version = number_of(fields[3], 0, G_MAXINT32, 0),
	    .formulas = (unsigned)number_of(fields[4], 0, G_MAXINT32, 0)};
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		row->cells[field] = take_field(file->arena, fields[5 + field]);
}

void
register_unpack(const char *text, Arena *arena, RegisterFile *ret_file)
{
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
	RegisterSheet *sheet = NULL;

	*ret_file = (RegisterFile){.arena = arena,
	    .mark = "",
	    .month = DATE_NONE,
	    .day = DATE_NONE,
	    .rows = arena_array(arena, RegisterRow, REGISTER_ROWS_MAX),
	    .problems = g_array_new(FALSE, FALSE, sizeof(RegisterProblem))};
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) fields = g_strsplit(lines[i], "\t", ROW_FIELDS + 1);
		guint n = g_strv_length(fields);

		if (n == FILE_FIELDS && strcmp(fields[0], "F") == 0)
			unpack_file(ret_file, fields);
		else if (n == SHEET_FIELDS && strcmp(fields[0], "S") == 0)
			sheet = unpack_sheet(ret_file, fields);
		else if (n == ROW_FIELDS && strcmp(fields[0], "R") == 0)
			unpack_row(ret_file, sheet, fields);
	}
	if (ret_file->template_version != REGISTER_TEMPLATE)
		register_blame_file(ret_file, "Phần xem trước đã cũ. Hãy nộp lại tệp Excel.");
}
