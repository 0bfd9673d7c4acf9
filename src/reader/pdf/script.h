/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* What a page draws, read from the text that cairo's script surface prints: poppler gives words, but no
 * lines. */

/* A word of our own among cairo's: so many characters were drawn here ("12 glyphs"). */
#define SCRIPT_GLYPHS "glyphs"

typedef struct ScriptPicture {
	GArray
	    *rules; /* of BlockBox: strokes and thin fills along an axis, as drawn, in the script's units */
	size_t n_glyphs;   /* characters drawn behind no picture */
	size_t n_outlines; /* fills bounded by curves */
} ScriptPicture;

void script_picture_init(ScriptPicture *picture);
void script_picture_clear(ScriptPicture *picture);

/* Reads a script. False where it is not one; what was read until then stays in `picture`. */
bool rules_from_script(const char *script, size_t len, ScriptPicture *picture);
