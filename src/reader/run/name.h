/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/reader.h"

/* Adds the note file-kind where a file's name says another format than its bytes: a .docx that is really a
 * .doc. Names that say nothing give none. */
void name_check(BlockDocument *document, const char *file_name, ReaderFormat format);
