/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Turns the bytes of a text file into UTF-8 in NFC with LF line ends: UTF-8 with or without a mark, UTF-16,
 * and the 8-bit Vietnamese code pages that old files still carry (TCVN 5712, VISCII, VNI, Windows-1258).
 * ret_text: the caller's. ret_encoding: the name of the code page that was converted from, static; NULL for
 * UTF-8. Fails with APP_ERROR_UNREADABLE, in Vietnamese, naming what the file is where that can be told (PDF,
 * Word, image), the line of a NUL byte, or that no code page fits. */
bool encoding_to_utf8(const char *bytes, size_t len, char **ret_text, size_t *ret_len,
    const char **ret_encoding, GError **error);
