/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

/* What belongs to other levels and other times. Words are folded; lists end with NULL. */

/* A duty or a measure of a higher level. */
typedef struct ScopeTerm {
	const char *phrases[4]; /* all must be there, none of them in the name of a document */
	DiagSeverity severity;
	bool in_titles;  /* also wrong in a heading */
	const char *why; /* Vietnamese */
} ScopeTerm;
extern const ScopeTerm WORDS_SCOPE[];
extern const size_t WORDS_SCOPE_N;

/* A name or a term that a later act replaced. */
typedef struct OutdatedTerm {
	const char *phrase;
	const char *old_text;
	const char *new_text;
	const char *since; /* ISO */
	const char *since_text;
	const char *source;
} OutdatedTerm;
extern const OutdatedTerm WORDS_OUTDATED[];
extern const size_t WORDS_OUTDATED_N;

extern const char *const WORDS_SECRET[];
extern const char *const WORDS_ON_NETWORK[];
extern const char *const WORDS_SECRET_HANDLED[]; /* the text itself keeps them apart */
extern const char *const WORDS_PROGRAMME[];
