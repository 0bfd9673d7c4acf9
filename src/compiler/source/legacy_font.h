/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Fonts of the time before Unicode, which draw Vietnamese letters in the places of other ones. A PDF or Word
 * file that was set in them holds the other letters: "Céng hßa" (TCVN3), "Coäng hoøa" (VNI). */

typedef enum {
	LEGACY_FONT_NONE,
	LEGACY_FONT_TCVN3,          /* ".VnTime": TCVN 5712:1993, also called ABC */
	LEGACY_FONT_TCVN3_CAPITALS, /* ".VnTimeH": the same letters drawn as capitals */
	LEGACY_FONT_VNI,            /* "VNI-Times": a letter and its marks as two */
	LEGACY_FONT_VISCII,         /* "VI Times" */
	LEGACY_FONT_MAX,
} LegacyFont;

/* Tells the kind by a font's name, with or without the mark of a subset ("ABCDEF+.VnTime"). NULL: none. */
LegacyFont legacy_font_of_name(const char *font_name);

/* Tells the kind by the letters of a text of some words where no font is named: the one in which it reads as
 * Vietnamese; LEGACY_FONT_NONE where it is not sure. */
LegacyFont legacy_font_guess(const char *text);

/* "TCVN3", "VNI", "VISCII"; NULL for LEGACY_FONT_NONE. */
const char *legacy_font_encoding(LegacyFont font);

/* Gives the text as Unicode, NFC; letters that the font has in their own places stay. `text` is UTF-8 whose
 * characters are the font's places as Latin-1 or Windows-1252 has them. The result is the caller's. */
char *legacy_font_to_utf8(LegacyFont font, const char *text);
