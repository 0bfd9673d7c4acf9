/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"
#include "storage/db.h"

/* Documents as they were read, and what was understood from each piece of their text: what is stored. */

typedef struct DocumentSource {
	const char *sha256;      /* of the file as it was given; names it in the file store */
	const char *text_sha256; /* of the text as it was read */
	const char *file_name;
	int64_t size_bytes;
} DocumentSource;

/* Finds a document with the same words. *ret_document_id: 0 where there is none. */
bool document_find_by_text(
    Db *db, int64_t commune_id, const char *text_sha256, int64_t *ret_document_id, GError **error);

/* Adds a document with its blocks. */
bool document_add(Db *db, int64_t commune_id, const DocumentSource *source, const Plan *plan, int64_t now_us,
    int64_t *ret_document_id, GError **error);

typedef enum {
	DOCUMENT_MARK_TASK,
	DOCUMENT_MARK_INDICATOR,
	DOCUMENT_MARK_DUTY,
	DOCUMENT_MARK_REPORT,
	DOCUMENT_MARK_PROSE,
	DOCUMENT_MARK_MAX,
} DocumentMarkKind;

/* What was understood from a piece of the text. */
typedef struct DocumentMark {
	DocumentMarkKind kind;
	int64_t block_no;
	const char *item;  /* "annex2:5.10": unique in the document */
	int64_t target_no; /* number of the task or indicator; 0: it has no page of its own */
	const char *label; /* "Nhiệm vụ 5.10" */
	const char *title;
	const char *detail;          /* one line for each fact, "Chủ trì: …"; "" */
	size_t mark_start, mark_len; /* bytes into the block's body; len 0: the whole block */
	int confidence;              /* 0 to 100 */
} DocumentMark;

/* Adds the n-th mark of a document, counted from 1. */
bool document_add_mark(Db *db, int64_t commune_id, int64_t document_id, int64_t mark_no,
    const DocumentMark *mark, GError **error);

/* A piece of one block's joined text. */
typedef struct DocumentPlace {
	guint block;  /* index into Plan.blocks; G_MAXUINT: nowhere */
	size_t start; /* bytes into the block's text */
	size_t len;   /* 0: the block as a whole */
} DocumentPlace;

/* Finds the block where `span` begins and, where the item is a part of it, the piece of its text. */
DocumentPlace document_locate(const Plan *plan, SourceSpan span);

/* A sentence of the source with the piece an item was read from, for the item's own page. */
typedef struct DocumentQuote {
	int64_t block_no, part_no;
	int64_t line, page;
	char *before, *marked, *after; /* the block's text in three pieces */
} DocumentQuote;

/* Finds where an item was read. *ret_quote is in `arena`; NULL where the item has no place. */
bool document_quote(Db *db, int64_t commune_id, int64_t document_id, const char *item, Arena *arena,
    DocumentQuote **ret_quote, GError **error);
