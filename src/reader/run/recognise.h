/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"
#include "reader/reader.h"

/* Recognises the pages of `set` that need it, several at once, and puts each in its sheet's place. Pages that
 * an earlier reading of the same file left in options->work_directory are taken from there.
 * input: the file, of input_new(); digest: its SHA-256 in hexadecimal.
 * A page that cannot be recognised becomes a note. Fails where none can, and with APP_ERROR_BUSY where the
 * reading is cancelled; what was recognised until then is kept. */
bool
recognise_pages(int input, const char *digest, const ReaderOptions *options, PageSet *set, GError **error);
