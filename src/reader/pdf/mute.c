/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/mute.h"

#include <dlfcn.h>
#include <string.h>

typedef void (*ShowGlyphs)(cairo_t *cairo, const cairo_glyph_t *glyphs, int n_glyphs);
typedef void (*ShowTextGlyphs)(cairo_t *cairo, const char *text, int len, const cairo_glyph_t *glyphs,
    int n_glyphs, const cairo_text_cluster_t *clusters, int n_clusters, cairo_text_cluster_flags_t flags);

static _Thread_local MuteCount mute_count;
static _Thread_local void *mute_data;

void
mute_text(MuteCount count, void *data)
{
	mute_count = count;
	mute_data = data;
}

/* The library's own function. C has no cast from what dlsym() gives to a function. */
static void
find_next(const char *name, void *ret_function, size_t size)
{
	void *found = dlsym(RTLD_NEXT, name);

	memcpy(ret_function, &found, size);
}

void
cairo_show_glyphs(cairo_t *cairo, const cairo_glyph_t *glyphs, int n_glyphs)
{
	ShowGlyphs next = NULL;

	if (mute_count != NULL) {
		mute_count(mute_data, n_glyphs);
		return;
	}
	find_next("cairo_show_glyphs", &next, sizeof(next));
	if (next != NULL)
		next(cairo, glyphs, n_glyphs);
}

void
cairo_show_text_glyphs(cairo_t *cairo, const char *text, int len, const cairo_glyph_t *glyphs, int n_glyphs,
    const cairo_text_cluster_t *clusters, int n_clusters, cairo_text_cluster_flags_t flags)
{
	ShowTextGlyphs next = NULL;

	if (mute_count != NULL) {
		mute_count(mute_data, n_glyphs);
		return;
	}
	find_next("cairo_show_text_glyphs", &next, sizeof(next));
	if (next != NULL)
		next(cairo, text, len, glyphs, n_glyphs, clusters, n_clusters, flags);
}
