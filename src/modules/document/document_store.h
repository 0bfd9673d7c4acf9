/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/document/document_rows.h"

/* Rows of a document, for its own page. Everything read lives in the arena. */

typedef struct DocumentInfo {
	int64_t document_id;
	char *sha256;
	char *file_name;
	int64_t size_bytes;
	int64_t part_count;
	int64_t page_count; /* of the file; 0 where it has none */
} DocumentInfo;

typedef struct DocumentBlock {
	int64_t block_no;
	PlanBlockKind kind;
	int depth;
	int64_t line, page;
	char *body;
} DocumentBlock;

typedef struct DocumentHeading {
	int64_t block_no, part_no;
	bool is_annex;
	int depth;
	char *title;
} DocumentHeading;

/* Where something stands. */
typedef struct DocumentSpot {
	int64_t block_no, part_no; /* 0: nowhere */
} DocumentSpot;

/* Fails with APP_ERROR_NOT_FOUND. */
bool document_load(
    Db *db, int64_t commune_id, int64_t document_id, Arena *arena, DocumentInfo *ret_info, GError **error);

/* Append to `ret` (of DocumentBlock *, DocumentHeading *, DocumentMark *). */
bool document_list_blocks(Db *db, int64_t commune_id, int64_t document_id, int64_t part_no, Arena *arena,
    GPtrArray *ret, GError **error);
bool document_list_headings(
    Db *db, int64_t commune_id, int64_t document_id, int limit, Arena *arena, GPtrArray *ret, GError **error);
bool document_list_marks(Db *db, int64_t commune_id, int64_t document_id, int64_t first_block,
    int64_t last_block, Arena *arena, GPtrArray *ret, GError **error);

/* Counts the marks of each kind. */
bool document_count_marks(
    Db *db, int64_t commune_id, int64_t document_id, int64_t ret_counts[DOCUMENT_MARK_MAX], GError **error);

/* Find a block by an item read from it, or by its own number. */
bool document_find_item(Db *db, int64_t commune_id, int64_t document_id, const char *item,
    DocumentSpot *ret_spot, GError **error);
bool document_find_block(Db *db, int64_t commune_id, int64_t document_id, int64_t block_no,
    DocumentSpot *ret_spot, GError **error);
