/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>

/* Text in fonts that draw Vietnamese letters where others have other letters (TCVN3: ".VnTime", VNI:
 * "VNI-Times"). */

/* Gives the text as Unicode and counts its letters in `fonts` (name to number); NULL where the font is none
 * of these, or `font` is NULL. The result is the caller's. */
char *legacy_text_convert(const char *font, const char *text, size_t len, GHashTable *fonts);

/* A table for legacy_text_convert(). */
GHashTable *legacy_text_fonts_new(void);

/* Notes what was converted, one note for each font. */
void legacy_text_note(BlockDocument *document, GHashTable *fonts);
