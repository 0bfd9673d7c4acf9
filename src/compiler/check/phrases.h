/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/context.h"

/* Words and phrases of a folded text. */

/* Folds a text that lives as long as the plan, once (kept by its address). NULL gives "". */
const char *lint_fold(LintContext *lint, const char *text);

/* The source text of a place, folded; "" where the place has no bytes. */
const char *lint_source(LintContext *lint, SourceSpan span);

/* The place of a folded word or phrase between word borders, or NULL. */
const char *lint_find_phrase(const char *folded, const char *phrase);
bool lint_has_phrase(const char *folded, const char *phrase);

/* The place of the first of the phrases, a NULL-ended list, that the text holds; NULL where it has none. */
const char *lint_find_any(const char *folded, const char *const *phrases);
bool lint_has_any(const char *folded, const char *const *phrases);

/* True where the text begins with one of the words, a NULL-ended list. */
bool lint_starts_with_any(const char *folded, const char *const *words);
