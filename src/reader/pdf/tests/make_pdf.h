/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Writes small PDF files for the tests, object by object, where cairo cannot make what is wanted. */

typedef struct PdfMaker {
	GString *file;
	GArray *offsets; /* of gsize, by object number less 1 */
} PdfMaker;

PdfMaker *pdf_maker_new(void);

/* Adds an object, numbered 1, 2, …; `body` is all between "obj" and "endobj". */
void pdf_maker_add(PdfMaker *maker, const char *body);

/* Adds a stream with further entries of its dictionary. */
void pdf_maker_add_stream(PdfMaker *maker, const char *entries, const char *bytes, gsize len);

/* Ends the file, whose object 1 is its catalogue, and gives it; frees the maker. */
GString *pdf_maker_end(PdfMaker *maker);

/* A file with one page: `entries` of the page, `content` in the font F1 (Helvetica), the picture I1 (grey).
 */
GString *make_page(const char *entries, const char *content);

/* The same page, n times. */
GString *make_pages(unsigned n, const char *entries, const char *content);
