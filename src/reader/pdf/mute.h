/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

/* Keeps cairo from drawing text while a page's lines are looked for. Text is more than half of that work, and
 * cairo writes every size of a font that the file does not hold into the script as a whole (60 ms each).
 * poppler cannot be told to leave text out, so cairo's two functions that draw it stand here in front of
 * cairo's own: a program that links this file calls them, and through them the library's wherever text is not
 * muted. */

/* Gets the number of characters instead of their being drawn. */
typedef void (*MuteCount)(void *data, int n_glyphs);

/* From now on, on this thread, text is counted and not drawn; count NULL: drawn again. */
void mute_text(MuteCount count, void *data);
