/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <glib.h>
#include <stddef.h>

/* Text as office files hold it, on its way into a block. In between a line end means a line break of the
 * author's. */

/* Appends UTF-8 as it is shown: soft hyphens and joiners dropped, every blank a plain one, hyphens that do
 * not break plain ones, symbols of private fonts as what they look like. */
void clean_append(GString *out, const char *text, size_t len);

/* Appends what a character of the Symbol or Wingdings fonts looks like; nothing where that is not known. */
void clean_append_symbol(GString *out, gunichar code, const char *font);

/* Ends a text: NFC, blanks folded, empty lines dropped, lines parted by "\n". In the arena. */
char *clean_finish(Arena *arena, const char *text, size_t len);
