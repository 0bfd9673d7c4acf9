/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The words and phrases that plans of this kind are made of: what a reading is held against. */
typedef struct Lexicon Lexicon;

/* Ended by NULL; in lower case. */
extern const char *const LEXICON_PHRASES[];

/* agencies: names that are phrases too; ended by NULL; may be NULL. */
Lexicon *lexicon_new(const char *const *agencies);
void lexicon_free(Lexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)

/* Gives the word that `text` is a misreading of, by its marks alone: an acute that is a hook, where the
 * hooked word makes a phrase with a neighbour ("chuyến đối") or what was read is no word of the lexicon; in a
 * doubtful text any mark, where the word makes a phrase. Punctuation around the word and its case are kept; a
 * text with digits is never changed, nor what makes a phrase as it was read. text, before, after: UTF-8; the
 * neighbours may be NULL. NULL where there is nothing to correct; else the caller's. */
char *lexicon_correct(
    const Lexicon *lexicon, const char *text, const char *before, const char *after, bool is_doubtful);

/* Gives `text` with the letters of other languages that the model puts for Vietnamese ones replaced (Ð and ð
 * of Icelandic, the fraction slash), and without their doubling. The caller's. */
char *lexicon_clean(const char *text);
