/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Words of the rows of an annex, folded; lists end with NULL. */

extern const char *const WORDS_VAGUE_OUTPUT[];     /* an action where a product is asked for; prefixes */
extern const char *const WORDS_DELIVERING_VERBS[]; /* prefixes */
extern const char *const WORDS_OPTIONAL[];         /* "nếu có" */
extern const char *const WORDS_PRODUCING_VERBS[];  /* prefixes; after these always a product of its own */
