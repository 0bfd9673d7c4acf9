/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/pdf/script.h"

#include <poppler.h>

/* Draws pages into scripts. One drawer serves a whole document: a font is written once. */
typedef struct Drawer Drawer;

Drawer *drawer_new(void);
void drawer_free(Drawer *drawer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Drawer, drawer_free)

/* Draws a page at `scale` units a point and reads what it draws. False where not all of it could be read. */
bool drawer_read(Drawer *drawer, PopplerPage *page, double scale, ScriptPicture *picture);

/* The share of the page that pictures cover, 0 to 1; overlaps count twice, up to 1. */
double pictures_share(PopplerPage *page);
