/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <stddef.h>

/* Whether a document bears the stamp of a state secret. The stamp is one of three words that stands alone in
 * the head: below the number, or on a line of its own (Luật Bảo vệ bí mật nhà nước, Điều 8 and its circulars
 * on the stamps). A text that only speaks of secrets has no such line. */

typedef enum {
	SECRECY_NONE,
	SECRECY_SECRET, /* MẬT */
	SECRECY_TOP,    /* TỐI MẬT */
	SECRECY_UTMOST, /* TUYỆT MẬT */
	SECRECY_MAX,
} Secrecy;

/* "MẬT"; NULL for SECRECY_NONE. */
const char *secrecy_word(Secrecy secrecy);

/* Looks at the head of a plain text or Markdown, any bytes. */
Secrecy secrecy_of_text(const char *text, size_t len);

/* Looks at the head of a document that a reader has taken apart, and at what is printed on every page. */
Secrecy secrecy_of_blocks(const BlockDocument *document);
