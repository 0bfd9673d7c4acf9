/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/secrecy.h"

#include <glib.h>
#include <stddef.h>

/* Looks for the stamp of a state secret in a file of any format that can be read, before anything of it is
 * kept (R16). Of pages that are pictures the first alone is recognised. SECRECY_NONE where the file cannot be
 * read. Takes as long as reader_read(): not for an event loop. is_cancelled: NULL. */
Secrecy reader_find_secrecy(const char *bytes, size_t len, const gint *is_cancelled);
