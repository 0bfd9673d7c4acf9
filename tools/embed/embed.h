/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Static files as a C table: each with a hash of its content, by which its URL changes when it does, and
 * compressed where that helps. */

#define EMBED_MAX_FILE_BYTES ((size_t)8 * 1024 * 1024)
#define EMBED_HASH_SIZE 17 /* 16 hexadecimal digits of SHA-256 and a NUL */

#define EMBED_ERROR (embed_error_quark())
GQuark embed_error_quark(void);

typedef enum { EMBED_ERROR_INVALID, EMBED_ERROR_LIMIT } EmbedErrorCode;

typedef struct EmbedFile {
	char *name; /* the last part of its URL: "app.css" */
	const char *mime;
	GByteArray *bytes;
	GByteArray *gzip; /* empty where compression saves less than a tenth */
	char hash[EMBED_HASH_SIZE];
} EmbedFile;

/* A set of files; unref with g_ptr_array_unref(). */
GPtrArray *embed_set_new(void);

/* Adds one file.
 * name: letters, digits, "-", "_" and ".", with an ending whose type is known.
 * Fails with EMBED_ERROR_INVALID (the name, or one that is there already) or EMBED_ERROR_LIMIT. */
bool embed_set_add(GPtrArray *set, const char *name, const char *bytes, size_t len, GError **error);

/* Sorts the files by name, points each url(…) of a style sheet that names a file to that file's URL, then
 * hashes and compresses. Fails with EMBED_ERROR_INVALID where a style sheet names a file that is not in the
 * set. */
bool embed_set_finish(GPtrArray *set, GError **error);

/* Appends the C source (a table of Asset, html/assets.h) and the header with one URL constant for each file.
 */
void embed_write_source(const GPtrArray *set, GString *out);
void embed_write_header(const GPtrArray *set, GString *out);
