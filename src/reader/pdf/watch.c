/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/watch.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static _Thread_local const DrawWatch *current;

void
watch_begin(const DrawWatch *watch)
{
	current = watch;
}

void
watch_end(void)
{
	current = NULL;
}

/* Puts the library's own function of this name into a pointer to a function; C has no cast for that. */
#define FIND_NEXT(pointer, name) find_next(name, &(pointer), sizeof(pointer))

static void
find_next(const char *name, void *ret_pointer, size_t size)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(ret_pointer, &found, size);
}

void
cairo_fill(cairo_t *cairo)
{
	void (*next)(cairo_t * cairo);

	if (current != NULL) {
		current->fill(current->data, cairo);
		cairo_new_path(cairo);
		return;
	}
	FIND_NEXT(next, "cairo_fill");
	next(cairo);
}

void
cairo_stroke(cairo_t *cairo)
{
	void (*next)(cairo_t * cairo);

	if (current != NULL) {
		current->stroke(current->data, cairo);
		cairo_new_path(cairo);
		return;
	}
	FIND_NEXT(next, "cairo_stroke");
	next(cairo);
}

void
cairo_paint(cairo_t *cairo)
{
	void (*next)(cairo_t * cairo);

	if (current != NULL)
		return;
	FIND_NEXT(next, "cairo_paint");
	next(cairo);
}

void
cairo_paint_with_alpha(cairo_t *cairo, double alpha)
{
	void (*next)(cairo_t * cairo, double alpha);

	if (current != NULL)
		return;
	FIND_NEXT(next, "cairo_paint_with_alpha");
	next(cairo, alpha);
}

void
cairo_mask(cairo_t *cairo, cairo_pattern_t *pattern)
{
	void (*next)(cairo_t * cairo, cairo_pattern_t * pattern);

	if (current != NULL)
		return;
	FIND_NEXT(next, "cairo_mask");
	next(cairo, pattern);
}

void
cairo_show_glyphs(cairo_t *cairo, const cairo_glyph_t *glyphs, int n_glyphs)
{
	void (*next)(cairo_t * cairo, const cairo_glyph_t *glyphs, int n_glyphs);

	if (current != NULL) {
		current->glyphs(current->data, cairo, n_glyphs);
		return;
	}
	FIND_NEXT(next, "cairo_show_glyphs");
	next(cairo, glyphs, n_glyphs);
}

void
cairo_show_text_glyphs(cairo_t *cairo, const char *text, int len, const cairo_glyph_t *glyphs, int n_glyphs,
    const cairo_text_cluster_t *clusters, int n_clusters, cairo_text_cluster_flags_t flags)
{
	void (*next)(cairo_t * cairo, const char *text, int len, const cairo_glyph_t *glyphs, int n_glyphs,
	    const cairo_text_cluster_t *clusters, int n_clusters, cairo_text_cluster_flags_t flags);

	if (current != NULL) {
		current->glyphs(current->data, cairo, n_glyphs);
		return;
	}
	FIND_NEXT(next, "cairo_show_text_glyphs");
	next(cairo, text, len, glyphs, n_glyphs, clusters, n_clusters, flags);
}
