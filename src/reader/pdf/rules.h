/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* Joins the pieces of rules (BlockBox) that lie end to end, and adds to the sheet what lies on it and is long
 * enough to be a line of a table. */
void rules_add_joined(PageSheet *sheet, const GArray *pieces);
