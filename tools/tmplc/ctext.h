/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The little that must be known of C to find where a piece of it ends. */

/* Steps over one atom: a string, a character, a comment, a word or number, or one byte of anything else.
 * p: below `end`. Gives NULL where a string, character or comment is not closed, and for a line comment,
 * which would hide what the compiler writes behind it. */
const char *ctext_skip(const char *p, const char *end);

/* Gives the length of the identifier at `p`; 0 where none begins there. */
size_t ctext_word(const char *p, const char *end);

/* Tells whether the first `len` bytes of `p` are exactly `word`. */
bool ctext_equals(const char *p, size_t len, const char *word);

/* White space of C and HTML. */
bool ctext_is_space(char c);

/* Tells whether the brackets in a piece of C, of all three kinds, close in the order they opened; with
 * `is_statement`, braces may stay open or close what was opened before. */
bool ctext_is_balanced(const char *p, const char *end, bool is_statement);

/* Gives the last byte that is neither white space nor in a comment; NUL where there is none. */
char ctext_last(const char *p, const char *end);
