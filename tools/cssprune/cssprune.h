/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Leaves out of a style sheet the rules that no page can need: those whose every selector asks for a class
 * whose name is nowhere in the program's own sources. A class name that is put together from parts is not
 * seen, so they are written whole. Everything that is not understood stays. */

#define CSSPRUNE_MAX_DEPTH 16 /* of nested blocks */

#define CSSPRUNE_ERROR (cssprune_error_quark())
GQuark cssprune_error_quark(void);

typedef enum { CSSPRUNE_ERROR_SYNTAX } CsspruneErrorCode;

/* Adds each word of letters, digits, "-" and "_" in a source to `words`, a set of strings that owns them. */
void cssprune_add_words(GHashTable *words, const char *text, size_t len);

/* Appends what is left of a style sheet.
 * Fails with CSSPRUNE_ERROR_SYNTAX where a block, string or comment is not closed. */
bool cssprune_run(const char *css, size_t len, GHashTable *words, GString *out, GError **error);
