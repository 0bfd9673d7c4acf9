/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads PDF files: pages to sheets of words and ruling lines, and pages to pictures. The library behind
 * namro-read-pdf, the only program that links it. */

/* Called before each page is read. */
typedef void (*PdfProgress)(void *data, uint32_t page, uint32_t n_pages);

/* Loads what is loaded lazily from outside the file (list of fonts, table of character sets, the library that
 * checks signatures), so that reading a file opens nothing more. Call before rights are given up. */
void pdf_prepare(void);

/* Reads every page of a PDF, and its electronic signatures. on_progress: NULL for none. The set is the
 * caller's. Fails with APP_ERROR_UNREADABLE (not a PDF, damaged, locked by a password) or APP_ERROR_LIMIT
 * (too many pages); pages that cannot be read are noted and left empty. */
bool pdf_read_pages(
    const char *bytes, size_t len, PdfProgress on_progress, void *data, PageSet **ret_set, GError **error);

/* Draws one page as PNG, `width` pixels wide (at most PDF_WIDTH_MAX) once it has been turned by `turns`
 * quarters clockwise, to the end of `png`.
 * Fails as pdf_read_pages() does, and with APP_ERROR_NOT_FOUND where there is no such page, APP_ERROR_INVALID
 * where the width is 0 or too large. */
#define PDF_WIDTH_MAX 4000
bool pdf_render_page(const char *bytes, size_t len, uint32_t page, unsigned width, unsigned turns,
    GByteArray *png, GError **error);
