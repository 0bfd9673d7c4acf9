/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "reader/office/flow.h"
#include "reader/office/xml.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The parts of a workbook (ECMA-376 part 1, §18). Private to the spreadsheet reader. */

/* A cell with text. */
typedef struct XlsxCell {
	uint32_t row, column; /* 0-based */
	const char *text;     /* of clean_finish(), not empty */
	bool is_formula;
} XlsxCell;

/* A merged range, both ends inside. */
typedef struct XlsxMerge {
	uint32_t row, column, last_row, last_column;
} XlsxMerge;

typedef struct XlsxSheet {
	GArray *cells;                            /* of XlsxCell, by row, then column */
	GArray *merges;                           /* of XlsxMerge */
	unsigned n_hidden_rows, n_hidden_columns; /* with text in them; ranges of columns */
} XlsxSheet;

/* What cells point to, and what is to be noted. */
typedef struct XlsxBook {
	Arena *arena;
	GPtrArray *strings; /* of const char *, raw */
	GPtrArray *formats; /* of const char *, by the number of a cell's style; NULL the plain number */
	bool is_1904;
	unsigned n_uncalculated, n_errors; /* formulas without a value; values like #REF! */
	size_t n_cells;                    /* of all sheets */
	bool is_too_large;
	bool keeps_formulas; /* a formula without a value is the text "=" */
} XlsxBook;

/* Read sharedStrings.xml, styles.xml. */
bool xlsx_read_strings(XlsxBook *book, const char *bytes, size_t len, GError **error);
bool xlsx_read_styles(XlsxBook *book, const char *bytes, size_t len, GError **error);

/* Appends the text of a string item (w:si, w:is) stood on: its runs, without the reading aids of Asian
 * scripts. */
void xlsx_append_string(Xml *xml, GString *out);

/* Reads a sheet; clear it with xlsx_sheet_clear() whether it failed or not. */
bool xlsx_read_sheet(
    XlsxBook *book, const char *bytes, size_t len, const char *part, XlsxSheet *sheet, GError **error);
void xlsx_sheet_clear(XlsxSheet *sheet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(XlsxSheet, xlsx_sheet_clear)

/* Makes a flow of a sheet: the texts above, its tables, the texts below. */
void xlsx_lay_out(Arena *arena, const XlsxSheet *sheet, Flow *flow);
