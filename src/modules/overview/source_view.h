/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/overview/source_image.h"

/* View of pages/source.html: a part of the document as it was read, beside what was understood from it. */

typedef struct SourceFact {
	const char *name, *value;
} SourceFact;

/* What was understood from a piece of the text, or a finding about it. */
typedef struct SourceItem {
	guint number; /* on this page: "i3" beside "s3" */
	int64_t block_no;
	const DocumentMark *mark;   /* NULL: a finding */
	const PlanFinding *finding; /* NULL: a mark */
	const char *url;            /* of its own page; NULL */
	SourceFact *facts;
	size_t n_facts;
	bool is_marked;  /* asked for by ?muc= */
	bool is_in_text; /* a piece of the text leads here */
} SourceItem;

typedef struct SourcePiece {
	const char *text;
	const SourceItem *item; /* NULL: plain text */
} SourcePiece;

typedef struct SourceBlock {
	const DocumentBlock *block;
	const char *look; /* classes of app.css */
	SourcePiece *pieces;
	size_t n_pieces;
	bool is_marked;
} SourceBlock;

/* A kind of items, for the choice above the right side. */
typedef struct SourceKind {
	const char *label, *url;
	int64_t count; /* in this part */
	bool is_chosen;
} SourceKind;

#define SOURCE_KINDS (DOCUMENT_MARK_MAX + 1) /* the marks' kinds, then findings */

typedef struct SourceHeading {
	const char *title, *url;
	int depth;
	bool is_annex;
} SourceHeading;

typedef struct SourceView {
	PlanPage page;
	DocumentInfo document;
	int64_t part_no;
	int64_t block_no;      /* asked for; 0 */
	const char *item_name; /* asked for; NULL */
	int kind;              /* chosen; -1: all */
	SourceItem *items;
	size_t n_items;
	SourceBlock *blocks;
	size_t n_blocks;
	SourceKind kinds[SOURCE_KINDS + 1]; /* the first: all */
	SourceHeading *headings;
	size_t n_headings;
	const char *previous_url, *next_url, *download_url;
	const char *image_url, *text_url; /* of the two ways to look at it; NULL for a source without pages */
	SourceSignatures signatures;
} SourceView;

/* True where the item is among those chosen to be shown; the one that was asked for always is. */
bool source_item_is_shown(const SourceView *view, const SourceItem *item);

/* Lays out the blocks and items of a part: marks are of DocumentMark *, findings of PlanFinding *, blocks of
 * DocumentBlock *, all in the order of the text. */
void
source_lay_out(SourceView *view, const GPtrArray *blocks, const GPtrArray *marks, const GPtrArray *findings);
