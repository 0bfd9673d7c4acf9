/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pages as pictures. Each is drawn once, by a reader process, and kept in the data directory
 * ("cache/ab/cdef…/3-1100.png", "3-1100-2.png" where it was turned by two quarters); the folder may be
 * deleted at any time. */

#define DOCUMENT_IMAGE_WIDTH 1100       /* in pixels: sharp beside the rows on an office screen */
#define DOCUMENT_IMAGE_WIDTH_LARGE 2000 /* for looking closely */

/* Gives the PNG of a page of a kept file; the bytes are the caller's. sha256: of the file. turns: 0 to 3, as
 * in BlockPage. Fails as filestore_get() and reader_render_page() do. */
bool document_page_image(const char *directory, const char *sha256, uint32_t page, unsigned width,
    unsigned turns, char **ret_png, size_t *ret_len, GError **error);

/* Reads "3.png" as 3; fails with APP_ERROR_NOT_FOUND. text may be NULL. */
bool document_image_number(const char *text, uint32_t *ret_page, GError **error);
