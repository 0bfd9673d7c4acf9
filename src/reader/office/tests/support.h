/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>

/* Files made in memory, and what was read of them as text. */

/* A zip file of parts: path, content, path, content, …, NULL. The caller's. */
GByteArray *zip_of(const char *path, const char *content, ...) G_GNUC_NULL_TERMINATED;

/* A zip file of the parts at `paths` (ended by NULL) with what stands in `bytes` between form feeds; what is
 * missing is left out. */
GByteArray *zip_of_pieces(const char *const *paths, const char *bytes, size_t len);

/* A Word document: what stands inside w:body, and further parts as in zip_of(). Parts named word/NAME.xml are
 * related to the document by their names. */
GByteArray *docx_of(const char *body, ...) G_GNUC_NULL_TERMINATED;

/* One line for each block, one for each row of a table:
 *   "text", "# text" (heading level), "~ text" (furniture), in front of it "*" bold, "/" italic, "^" centred;
 *   "[2 rows × 3, 1 header]", then rows of "cell | cell{2×1}"; lines of one cell or paragraph parted by " ¶
 * ".
 *   "! rule" for each note, at the end. The caller's. */
char *dump_document(const BlockDocument *document);

/* Reads with a function of office.h, writes the result as a stream and reads that back; the dump of it, the
 * caller's. A refusal gives "CODE: message". */
char *dump_read(
    bool (*read_form)(const char *, size_t, BlockDocument **, GError **), const char *bytes, size_t len);
char *dump_word(GByteArray *file); /* takes the file */
