/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads files of foreign formats into blocks: the public face of the layer, and all of it that the server
 * links. The work is done by child processes without rights (docs/adr/0012-readers-are-processes.md). */

typedef enum {
	READER_FORMAT_TEXT, /* plain text or Markdown in any code page: the compiler takes it as it is */
	READER_FORMAT_PDF,
	READER_FORMAT_WORD,   /* .docx */
	READER_FORMAT_SHEET,  /* .xlsx */
	READER_FORMAT_WEB,    /* HTML */
	READER_FORMAT_IMAGE,  /* PNG, JPEG, TIFF */
	READER_FORMAT_LEGACY, /* .doc, .xls, .odt, .ods, .rtf: converted first */
	READER_FORMAT_UNKNOWN,
	READER_FORMAT_MAX,
} ReaderFormat;

/* Tells what a file is by its bytes, never by its name. */
ReaderFormat reader_detect(const char *bytes, size_t len);

/* How far a reading has come; called on the thread that reads. n_pages 0: not known. */
typedef void (*ReaderProgress)(void *data, uint32_t page, uint32_t n_pages);

typedef struct ReaderOptions {
	const char *file_name; /* for messages; NULL: "tệp" */
	const char
	    *work_directory; /* an existing folder where recognised pages are kept, so that a reading that was
				broken off goes on with the next page; NULL: nothing is kept */
	const char *const *agencies; /* names as the commune writes them, to correct what is recognised by,
					the most important first: what is above LIMIT_KNOWN_NAMES is left out;
					ended by NULL; NULL */
	unsigned max_workers;        /* pages recognised at once; 0: as many as cores */
	unsigned recognised_max;     /* pages to recognise, the first ones that need it; 0: all */
	const gint *is_cancelled;    /* set to 1 by another thread to stop; NULL */
	ReaderProgress on_progress;  /* NULL */
	void *data;
} ReaderOptions;

/* Reads a file that is neither text nor unknown. The document is the caller's.
 * Fails, in Vietnamese, naming the file and where it can the page: APP_ERROR_UNREADABLE (damaged, encrypted,
 * of another kind than its name says, a converter that is not installed, a reader that crashed),
 * APP_ERROR_LIMIT (a ceiling of size, time or memory), APP_ERROR_BUSY (cancelled). */
bool reader_read(const char *bytes, size_t len, const ReaderOptions *options, BlockDocument **ret_document,
    GError **error);

/* Reads an Excel file (.xlsx) cell by cell: each visible sheet as a paragraph with its name and one table
 * whose rows and columns are the sheet's own. Fails as reader_read() does, and where the file is of another
 * kind. */
bool reader_read_cells(const char *bytes, size_t len, const ReaderOptions *options,
    BlockDocument **ret_document, GError **error);

/* The same for a form that comes back filled in: hidden sheets too; a merged range is one cell of its size; a
 * cell whose value a formula made has confidence 0, and the text "=" where the formula has no value yet. */
bool reader_read_form(const char *bytes, size_t len, const ReaderOptions *options,
    BlockDocument **ret_document, GError **error);

/* Draws one page of a PDF or image as PNG, turned by `turns` quarters clockwise (BlockPage) and then `width`
 * pixels wide (at most 4,000). The bytes are the caller's.
 * Fails as reader_read() does, and with APP_ERROR_NOT_FOUND where there is no such page. */
bool reader_render_page(const char *bytes, size_t len, uint32_t page, unsigned width, unsigned turns,
    char **ret_png, size_t *ret_png_len, GError **error);
