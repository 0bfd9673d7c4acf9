/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* Reads pictures of pages: words and ruling lines of a scan. */

/* Starts the program again with OMP_THREAD_LIMIT=1 where it was started without, first thing in main(): the
 * threads of the recognition make it several times slower, and it counts them before main(). */
void ocr_use_one_thread(char **argv);

typedef struct OcrOptions {
	const char *const
	    *agencies;            /* names as the commune writes them, to correct by; ended by NULL; NULL */
	const char *model_folder; /* where vie.traineddata lies; NULL: where the system has it */
} OcrOptions;

/* What recognises: the model and the lexicon, loaded. Free with ocr_engine_free(). */
typedef struct OcrEngine OcrEngine;

/* Fails with APP_ERROR_UNREADABLE where the model of Vietnamese is not installed. */
bool ocr_engine_new(const OcrOptions *options, OcrEngine **ret_engine, GError **error);
void ocr_engine_free(OcrEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OcrEngine, ocr_engine_free)

/* Counts the pages of a PDF or of a TIFF; other pictures have one.
 * Fails as ocr_read_page(), but APP_ERROR_NOT_FOUND. */
bool ocr_count_pages(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error);

/* Recognises one page of a PDF, PNG, JPEG or TIFF. page: 1-based. The set has one sheet; its places are those
 * of the page as it is read: upright, and turned about its middle so far that its lines are level (a degree
 * of skew moves the edge of a page by 4 points).
 * Notes: scan-rotated, scan-low-resolution, scan-damaged, scan-no-text.
 * Fails with APP_ERROR_UNREADABLE (damaged, encrypted, of another kind), APP_ERROR_LIMIT (a picture above
 * the ceiling of pixels), APP_ERROR_NOT_FOUND (no such page). */
bool ocr_read_page(
    OcrEngine *engine, const char *bytes, size_t len, uint32_t page, PageSet **ret_set, GError **error);

/* Draws one page of a picture file as PNG, `width` pixels wide once it has been turned by `turns` quarters
 * clockwise. The bytes are the caller's. Fails as ocr_read_page(). */
bool ocr_render_page(const char *bytes, size_t len, uint32_t page, uint32_t width, uint32_t turns,
    char **ret_png, size_t *ret_len, GError **error);
