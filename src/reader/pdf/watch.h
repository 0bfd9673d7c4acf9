/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

/* Sees what poppler draws. poppler gives the words of a page but not its lines, and has no way to ask for
 * them; it draws with seven functions of cairo. These stand here in front of cairo's own: a program that
 * links this file has poppler call them, and they ask the watcher, or call cairo's where nobody watches
 * (rendering a page).
 *
 * Why not cairo's script surface, read back as text: it took two to four times as long, wrote each size of a
 * font that the file does not hold out as a whole (60 ms), and ends the program by an assertion at a
 * rectangle that begins 10,000 points left of the page. */
typedef struct DrawWatch {
	/* The path, source and clip of `cairo` are as they are about to be drawn. */
	void (*fill)(void *data, cairo_t *cairo);
	void (*stroke)(void *data, cairo_t *cairo);
	void (*glyphs)(void *data, cairo_t *cairo, int n_glyphs);
	void *data;
} DrawWatch;

/* From now on, on this thread, what would be drawn is told to `watch` and not drawn, until watch_end(). */
void watch_begin(const DrawWatch *watch);
void watch_end(void);
