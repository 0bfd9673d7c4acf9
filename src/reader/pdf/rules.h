/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* Joins the pieces of rules that lie end to end, brings them from the script's units to points, and adds to
 * the sheet what lies on it and is long enough to be a line of a table. */
void rules_add_joined(PageSheet *sheet, const GArray *pieces, float scale);
