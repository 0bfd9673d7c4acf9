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

/* HTML, also as Word and web word processors save it. */
bool office_read_web(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);
