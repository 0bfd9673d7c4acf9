/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

/* Adds the note pages-out-of-order where the page numbers printed in the furniture say that pages were
 * scanned or bound in the wrong order. */
void order_check(BlockDocument *document);
