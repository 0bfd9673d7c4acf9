/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The words that plans of this kind are made of: what a doubtful reading is held against. */
typedef struct Lexicon Lexicon;

/* agencies: names whose words are added; ended by NULL; may be NULL. */
Lexicon *lexicon_new(const char *const *agencies);
void lexicon_free(Lexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lexicon, lexicon_free)

/* Gives the one word of the lexicon that `text` may be a misreading of: marks wrong or missing, or one letter
 * taken for another that looks like it. Punctuation around the word and its case are kept; a text with digits
 * is never changed.
 * before, after: the neighbouring words, which decide between several; NULL.
 * NULL where there is none, more than one, or the text is a word of the lexicon; else the caller's. */
char *lexicon_correct(const Lexicon *lexicon, const char *text, const char *before, const char *after);
