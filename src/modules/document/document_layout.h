/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

#include <glib.h>
#include <stddef.h>

/* How a document is cut into the parts that one page shows. */

/* Gives for each block the part (1, 2, …) that shows it: an array of guint, the caller's, as long as
 * `blocks`. A part holds at most about `part_bytes` of text and begins at a heading or an annex where one is
 * near. */
GArray *document_layout_parts(const GPtrArray *blocks, size_t part_bytes);
