/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/xlsx.h"

#include "base/ceilings.h"
#include "base/date.h"
#include "reader/office/clean.h"
#include "reader/office/sheet_number.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 1048576u
#define COLUMNS_MAX 16384u
#define MERGES_MAX 100000u

typedef struct {
	XlsxBook *book;
	XlsxSheet *sheet;
	GArray *hidden; /* of XlsxMerge: ranges of columns */
	GString *value, *text;
	uint32_t row, column; /* where the next cell is that does not say it */
	bool is_row_hidden;
} SheetReader;

/* Reads "BC12"; false where it is no cell of a sheet. */
static bool
read_address(const char **at, uint32_t *ret_row, uint32_t *ret_column)
{
	const char *text = *at;
	uint32_t row = 0, column = 0;

	for (; g_ascii_isalpha(*text) && column <= COLUMNS_MAX; text++)
		column = column * 26 + (uint32_t)(g_ascii_toupper(*text) - 'A') + 1;
	for (; g_ascii_isdigit(*text) && row <= ROWS_MAX; text++)
		row = row * 10 + (uint32_t)(*text - '0');
	if (column == 0 || column > COLUMNS_MAX || row == 0 || row > ROWS_MAX)
		return false;
	*at = text;
	*ret_row = row - 1;
	*ret_column = column - 1;
	return true;
}

static void
append_iso_date(GString *out, const char *text)
{
	g_autofree char *day = g_strndup(text, 10);
	int year, month, day_of_month;
	int32_t number;

	if (!date_parse_iso(day, &number)) {
		g_string_append(out, text);
		return;
	}
	date_to_ymd(number, &year, &month, &day_of_month);
	g_string_append_printf(out, "%02d/%02d/%d", day_of_month, month, year);
}

static void
append_number(SheetReader *reader, int style, GString *out)
{
	const GPtrArray *formats = reader->book->formats;
	const char *code =
	    style >= 0 && (guint)style < formats->len ? g_ptr_array_index(formats, (guint)style) : NULL;
	char *end;
	double value = g_ascii_strtod(reader->value->str, &end);

	if (*end != '\0' || end == reader->value->str || !(value > -1e300 && value < 1e300))
		g_string_append(out, reader->value->str);
	else
		sheet_number_append(out, value, code, reader->book->is_1904);
}

/* Appends what a cell of a type shows for its stored value. */
static void
append_value(SheetReader *reader, const char *type, int style, GString *out)
{
	const char *value = reader->value->str;
	const GPtrArray *strings = reader->book->strings;

	if (strcmp(type, "s") == 0) {
		guint64 index = g_ascii_strtoull(value, NULL, 10);

		if (index < strings->len)
			g_string_append(out, g_ptr_array_index(strings, (guint)index));
	} else if (strcmp(type, "b") == 0) {
		g_string_append(out, strcmp(value, "0") == 0 ? "FALSE" : "TRUE");
	} else if (strcmp(type, "d") == 0) {
		append_iso_date(out, value);
	} else if (strcmp(type, "n") == 0) {
		append_number(reader, style, out);
	} else {
		reader->book->n_errors += strcmp(type, "e") == 0;
		g_string_append(out, value);
	}
}

static void
add_cell(SheetReader *reader, bool is_formula)
{
	XlsxCell cell = {.row = reader->row, .column = reader->column, .is_formula = is_formula};
	g_autoptr(GString) cleaned = g_string_new(NULL);

	if (reader->text->len == 0 && is_formula && reader->book->keeps_formulas)
		g_string_append_c(reader->text, '=');
	if (reader->text->len == 0)
		return;
	clean_append(cleaned, reader->text->str, reader->text->len);
	cell.text = clean_finish(reader->book->arena, cleaned->str, cleaned->len);
	if (*cell.text == '\0')
		return;
	if (++reader->book->n_cells > LIMIT_TABLE_CELLS)
		reader->book->is_too_large = true;
	else
		g_array_append_val(reader->sheet->cells, cell);
}

static void
read_cell(SheetReader *reader, Xml *xml)
{
	g_autofree char *type = g_strdup(xml_attribute_or(xml, "t", "n"));
	const char *address = xml_attribute_or(xml, "r", "");
	int style = xml_attribute_int(xml, "s", 0);
	bool has_formula = false, has_value = false;
	XmlScope scope = xml_enter(xml);

	read_address(&address, &reader->row, &reader->column);
	g_string_truncate(reader->value, 0);
	g_string_truncate(reader->text, 0);
	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "v")) {
			xml_text(xml, reader->value);
			has_value = true;
		} else if (xml_is(xml, "is")) {
			xlsx_append_string(xml, reader->text);
		} else if (xml_is(xml, "f")) {
			has_formula = true;
		}
	}
	if (has_value && reader->value->len > 0)
		append_value(reader, type, style, reader->text);
	reader->book->n_uncalculated += has_formula && !has_value;
	add_cell(reader, has_formula);
	reader->column = MIN(reader->column + 1, COLUMNS_MAX - 1);
}

static void
read_row(SheetReader *reader, Xml *xml)
{
	int number = xml_attribute_int(xml, "r", 0);
	bool is_hidden = g_strcmp0(xml_attribute(xml, "hidden"), "1") == 0 ||
			 g_strcmp0(xml_attribute(xml, "hidden"), "true") == 0;
	guint n = reader->sheet->cells->len;
	XmlScope scope = xml_enter(xml);

	if (number > 0 && number <= (int)ROWS_MAX)
		reader->row = (uint32_t)number - 1;
	reader->column = 0;
	while (xml_child(xml, &scope) && !reader->book->is_too_large)
		if (xml_is(xml, "c"))
			read_cell(reader, xml);
	reader->sheet->n_hidden_rows += is_hidden && reader->sheet->cells->len > n;
	reader->row = MIN(reader->row + 1, ROWS_MAX - 1);
}

static void
read_merges(SheetReader *reader, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *at = xml_attribute_or(xml, "ref", "");
		XlsxMerge merge;

		if (!read_address(&at, &merge.row, &merge.column) || *at++ != ':' ||
		    !read_address(&at, &merge.last_row, &merge.last_column) || merge.last_row < merge.row ||
		    merge.last_column < merge.column || reader->sheet->merges->len >= MERGES_MAX)
			continue;
		g_array_append_val(reader->sheet->merges, merge);
	}
}

static void
read_columns(SheetReader *reader, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		XlsxMerge range = {.column = (uint32_t)MAX(xml_attribute_int(xml, "min", 1), 1) - 1,
		    .last_column = (uint32_t)MAX(xml_attribute_int(xml, "max", 1), 1) - 1};
		const char *hidden = xml_attribute_or(xml, "hidden", "0");

		if ((strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0) &&
		    reader->hidden->len < COLUMNS_MAX)
			g_array_append_val(reader->hidden, range);
	}
}

static gint
compare_cells(gconstpointer a, gconstpointer b)
{
	const XlsxCell *left = a, *right = b;

	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	return left->column < right->column ? -1 : left->column > right->column;
}

static void
count_hidden_columns(SheetReader *reader)
{
	const GArray *cells = reader->sheet->cells;

	for (guint i = 0; i < reader->hidden->len; i++) {
		const XlsxMerge *range = &g_array_index(reader->hidden, XlsxMerge, i);
		bool is_filled = false;

		for (guint c = 0; c < cells->len && !is_filled; c++) {
			uint32_t column = g_array_index(cells, XlsxCell, c).column;

			is_filled = column >= range->column && column <= range->last_column;
		}
		reader->sheet->n_hidden_columns += is_filled;
	}
}

bool
xlsx_read_sheet(
    XlsxBook *book, const char *bytes, size_t len, const char *part, XlsxSheet *sheet, GError **error)
{
	g_autoptr(Xml) xml = xml_new(bytes, len, part);
	g_autoptr(GArray) hidden = g_array_new(FALSE, FALSE, sizeof(XlsxMerge));
	g_autoptr(GString) value = g_string_new(NULL), text = g_string_new(NULL);
	SheetReader reader = {.book = book, .sheet = sheet, .hidden = hidden, .value = value, .text = text};
	XmlScope scope = xml_root(xml);

	sheet->cells = g_array_new(FALSE, FALSE, sizeof(XlsxCell));
	sheet->merges = g_array_new(FALSE, FALSE, sizeof(XlsxMerge));
	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "sheetData")) {
			XmlScope rows = xml_enter(xml);

			while (xml_child(xml, &rows) && !book->is_too_large)
				if (xml_is(xml, "row"))
					read_row(&reader, xml);
		} else if (xml_is(xml, "mergeCells")) {
			read_merges(&reader, xml);
		} else if (xml_is(xml, "cols")) {
			read_columns(&reader, xml);
		}
	}
	g_array_sort(sheet->cells, compare_cells);
	count_hidden_columns(&reader);
	return xml_finish(xml, error);
}

void
xlsx_sheet_clear(XlsxSheet *sheet)
{
	g_clear_pointer(&sheet->cells, g_array_unref);
	g_clear_pointer(&sheet->merges, g_array_unref);
}
