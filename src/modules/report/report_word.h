/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Writes a Word document (ECMA-376): paragraphs and tables on A4 with the margins of Nghị định 30/2020/NĐ-CP,
 * phụ lục I. */

#define REPORT_WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define REPORT_WORD_COLUMNS_MAX 8

typedef enum { REPORT_WORD_PLAIN, REPORT_WORD_TITLE, REPORT_WORD_CENTER, REPORT_WORD_HEADING } ReportWordLook;

/* Append to the body (word/document.xml without its head). text: UTF-8; a line break in it begins a line. */
void report_word_paragraph(GString *body, ReportWordLook look, const char *text);

/* widths: of the columns in millimetres, ended by 0. */
void report_word_table_begin(GString *body, const int *widths);
void report_word_table_row(GString *body, const int *widths, bool is_head, const char *const *cells);
void report_word_table_end(GString *body);

/* Gives the file of a body: the same bytes for the same body; the caller's. Fails with APP_ERROR_INTERNAL. */
bool report_word_finish(const GString *body, GString *ret_file, GError **error);
