/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Words of duties and reports, folded; lists end with NULL. */

extern const char *const WORDS_SKIPPED_LEVEL[]; /* to the province */
extern const char *const WORDS_TROUBLE[];
extern const char *const WORDS_LEADING_BODIES[];
extern const char *const WORDS_CONSOLIDATES[];
