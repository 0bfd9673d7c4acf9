/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Appends a text, white space folded. What exceeds LIMIT_BLOCK_BYTES is left out: rules may look at a block
 * more than once per word. */
void join_bounded(GString *out, const char *text);

/* Appends a wrapped line to a text: with a blank, or without one where an identifier was cut at its hyphen
 * ("57-" / "NQ/TW"). Bounded likewise. */
void join_wrapped(GString *out, const char *line);
