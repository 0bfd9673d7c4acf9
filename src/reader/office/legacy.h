/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/reader.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Turns files of older or other word processors (.doc, .xls, .odt, .ods, .rtf) into .docx or .xlsx with
 * LibreOffice where it is installed: in a private folder with a private profile, without network where the
 * kernel allows that, held to limits, and all of it gone afterwards. Runs in the parent: LibreOffice needs
 * files and processes. */

/* What the conversion is held to. */
typedef struct LegacyLimits {
	int timeout_ms;
	const gint *is_cancelled; /* set to 1 by another thread to stop; NULL */
} LegacyLimits;

/* file_name: only for the log; what the file is, its bytes say.
 * ret_bytes: the caller's. ret_format: READER_FORMAT_WORD or READER_FORMAT_SHEET. Takes up to two minutes.
 * Fails with APP_ERROR_UNREADABLE (no such file, LibreOffice is not installed: the message names the package,
 * or cannot read it), APP_ERROR_LIMIT (took too long, or became too large), APP_ERROR_BUSY (cancelled).
 * is_cancelled: set to 1 by another thread to stop; NULL. */
bool legacy_convert(const char *bytes, size_t len, const char *file_name, const gint *is_cancelled,
    char **ret_bytes, size_t *ret_len, ReaderFormat *ret_format, GError **error);

/* The same by the program at a path (NULL: none is installed), within these limits. */
bool legacy_convert_by(const char *program, const LegacyLimits *limits, const char *bytes, size_t len,
    char **ret_bytes, size_t *ret_len, ReaderFormat *ret_format, GError **error);
