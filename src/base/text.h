/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Vietnamese text: one gate for outside bytes, and the two derived forms that are stored beside the original.
 * Everything behind the gate is valid UTF-8 in NFC and free of NUL bytes. */

/* Steps over one character of valid UTF-8 (g_utf8_next_char() casts const away). */
static inline const char *
text_next(const char *text)
{
	return text + g_utf8_skip[(unsigned char)*text];
}

/* Checks and normalises text from outside (a form, a file, an argument): UTF-8, NFC, no NUL.
 * len: bytes, or -1 for a NUL-terminated string. The result is the caller's to free.
 * Fails with APP_ERROR_INVALID naming the byte offset. */
bool text_ingest(const char *bytes, gssize len, char **ret_text, GError **error);

/* Gives `text` in NFC; the result is the caller's. `text` must be valid UTF-8. */
char *text_nfc(const char *text, size_t len, size_t *ret_len);

/* Gives the letter without marks and in lower case: Đ becomes d, Ố becomes o; other code points only lose
 * case. */
gunichar text_fold_char(gunichar c);

/* Folds for search and comparison: no marks, đ to d, lower case, runs of white space to one blank,
 * typographic quotes and dashes to plain ones. Appends to `out`. */
void text_fold_append(GString *out, const char *text, size_t len);
char *text_fold_vi(const char *text);

/* Gives a word for addresses and keys: folded, letters and digits, "-" for what stands between ("Hợp tác xã"
 * gives "hop-tac-xa"), at most `bytes_max` of it; "" where there is no letter or digit. The result is the
 * caller's. */
char *text_slug_vi(const char *text, size_t bytes_max);

/* Gives a key whose byte order is the Vietnamese alphabet (a ă â b c d đ e ê …), then tone (no mark, grave,
 * hook, tilde, acute, dot), then case. The result is the caller's. */
char *text_sort_key_vi(const char *text);

/* True where `text` begins with `prefix` when both are folded letter by letter; *ret_len gets the bytes of
 * `text` that matched. `prefix` must be folded already. */
bool text_fold_has_prefix(const char *text, const char *prefix, size_t *ret_len);

/* Appends bytes as hexadecimal digits, small letters. */
void text_hex_append(GString *out, const uint8_t *bytes, size_t len);

/* Appends `text` with runs of white space as one blank and none at the ends. */
void text_squeeze_append(GString *out, const char *text, size_t len);
