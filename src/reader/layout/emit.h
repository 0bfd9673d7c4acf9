/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/paragraphs.h"
#include "reader/layout/table.h"

/* Puts what was found into the document. */
void emit_paragraph(BlockDocument *document, const Paragraph *paragraph);
void emit_furniture(BlockDocument *document, const Line *line);

/* Fails with APP_ERROR_LIMIT where the document would have too many cells; *n_cells counts them. */
bool emit_table(BlockDocument *document, const Table *table, size_t *n_cells, GError **error);
