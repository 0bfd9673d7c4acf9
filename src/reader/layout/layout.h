/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* Reads sheets of words and ruling lines as a person does: reading order, paragraphs, tables (a table or a
 * paragraph that goes on over a page break is one block), page numbers and running heads put aside.
 *
 * set: its document becomes the result, pages and blocks filled in, and is the caller's; the set is
 * empty afterwards. A sheet without words gives a page and no block.
 * Fails with APP_ERROR_LIMIT where the sheets give more blocks or cells than a document may have. */
bool layout_blocks(PageSet *set, BlockDocument **ret_document, GError **error);
