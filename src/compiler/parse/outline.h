/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/paragraphs.h"

/* Tells headings from items, builds Plan.outline, and gives every paragraph its section, role and year. */
void outline_build(Plan *plan, Paragraphs *paragraphs);
