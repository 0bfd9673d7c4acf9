/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Reads office files into blocks. The document is the caller's.
 * All fail, in Vietnamese, with APP_ERROR_UNREADABLE (damaged, locked by a password, of another kind) or
 * APP_ERROR_LIMIT (unpacks to too much, more rows, columns or levels than a plan can have). */

/* .docx, .docm, .dotx: paragraphs with their automatic numbers, tables; tracked changes as if accepted. */
bool office_read_word(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);

/* .xlsx, .xlsm: each sheet shown as its texts and its table, values as the sheet shows them. */
bool office_read_sheet(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);

/* The same, each visible sheet as a bold paragraph with its name and one table whose rows and columns are the
 * sheet's own, so that a cell can be named as Excel does: row 0, column 1 is B1. */
bool office_read_cells(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);

/* The same for a form that comes back filled in: hidden sheets too; a merged range is one cell of its size; a
 * cell whose value a formula made has confidence 0, and the text "=" where the formula has no value yet. */
bool office_read_form(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);

/* HTML, also as Word and web word processors save it. */
bool office_read_web(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);
