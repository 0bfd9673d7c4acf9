/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

/* Ownership of the objects of leptonica and tesseract by scope. */

static inline void
pix_free(PIX *pix)
{
	pixDestroy(&pix);
}

static inline void
pix_free_box(BOX *box)
{
	boxDestroy(&box);
}

static inline void
pix_free_boxes(BOXA *boxes)
{
	boxaDestroy(&boxes);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PIX, pix_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BOX, pix_free_box)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BOXA, pix_free_boxes)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessBaseAPI, TessBaseAPIDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessResultIterator, TessResultIteratorDelete)

/* Puts `next` in the place of *pix, which is freed. */
static inline void
pix_replace(PIX **pix, PIX *next)
{
	pixDestroy(pix);
	*pix = next;
}
