/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

/* Pages as they lie on paper: words and ruling lines, before anything is read into them. What the PDF reader
 * and the text recognition make, and layout/ turns into a BlockDocument. */

typedef struct PageWord {
	char *text; /* UTF-8, NFC, without white space */
	BlockBox box;
	float font_size;    /* in points; 0 where not known */
	uint8_t confidence; /* 0 to 100; 100 for what was not recognised from a picture */
	bool is_bold, is_italic;
} PageWord;

/* A ruling line, or a side of a box: wide and flat, or narrow and tall. */
typedef struct PageRule {
	BlockBox box;
} PageRule;

typedef struct PageSheet {
	uint32_t number;     /* 1-based place in the file */
	float width, height; /* in points, as shown (rotation applied) */
	uint8_t turns;       /* quarter turns clockwise from the page of the file to this, 0 to 3 */
	bool is_scan;
	bool needs_recognition; /* no text that can be trusted: a picture of text, or a font without a
				   character map */
	GArray *words; /* of PageWord, in the order of the file; texts in the arena of the set's document */
	GArray *rules; /* of PageRule */
} PageSheet;

/* A document's sheets. `document` has its source, notes and signatures; pages and blocks come with the
 * layout. */
typedef struct PageSet {
	BlockDocument *document;
	GPtrArray *sheets; /* of PageSheet *, by number */
} PageSet;

PageSet *page_set_new(BlockSource source);
void page_set_free(PageSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PageSet, page_set_free)

PageSheet *page_set_add(PageSet *set, uint32_t number, float width, float height);

/* Adds a copy of a word. */
void page_add_word(PageSet *set, PageSheet *sheet, const PageWord *word);
void page_add_rule(PageSheet *sheet, BlockBox box);

/* The set as a stream of records, and back. page_set_read() trusts nothing and fails as blocks_read() does.
 * Several streams may be read into one set, one after another: a sheet whose number is there already takes
 * its place (the recognised page that replaces the picture), notes are added. */
void page_set_write(const PageSet *set, GString *out);
bool page_set_read(const char *bytes, size_t len, PageSet *set, GError **error);
