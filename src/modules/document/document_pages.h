/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/document/document_rows.h"

/* Documents that have pages: their sizes, where on them each item stands, and the signatures in the file.
 * Everything read lives in the arena. Lengths are points from the top left corner of the page as it is shown.
 */

/* Adds the pages and signatures of a plan's source; does nothing for one without. */
bool document_add_pages(Db *db, int64_t commune_id, int64_t document_id, const Plan *plan, GError **error);

/* Adds where on the pages a mark stands. */
bool document_add_areas(Db *db, int64_t commune_id, int64_t document_id, int64_t mark_no, const Plan *plan,
    SourceSpan span, GError **error);

typedef struct DocumentPage {
	int64_t page_no;
	double width, height;
	bool is_scan;
	int turns; /* as in BlockPage */
} DocumentPage;

/* A part of a page, and what was understood from it. */
typedef struct DocumentArea {
	DocumentMarkKind kind;
	char *item;        /* "annex2:5.10" */
	int64_t target_no; /* of the task or indicator; 0 */
	char *label, *title;
	int confidence;
	int64_t page_no;
	double left, top, right, bottom;
} DocumentArea;

/* Finds the newest document that came in as a file. *ret_document_id: 0 where there is none. */
bool document_find_by_file(
    Db *db, int64_t commune_id, const char *sha256, int64_t *ret_document_id, GError **error);

/* Append to `ret` (DocumentPage *, DocumentArea *, BlockSignature *). first, last: page numbers, inclusive.
 */
bool document_list_pages(Db *db, int64_t commune_id, int64_t document_id, int64_t first, int64_t last,
    Arena *arena, GPtrArray *ret, GError **error);
bool document_list_page_areas(Db *db, int64_t commune_id, int64_t document_id, int64_t page_no, Arena *arena,
    GPtrArray *ret, GError **error);
bool document_list_item_areas(Db *db, int64_t commune_id, int64_t document_id, const char *item, Arena *arena,
    GPtrArray *ret, GError **error);
bool document_list_signatures(
    Db *db, int64_t commune_id, int64_t document_id, Arena *arena, GPtrArray *ret, GError **error);
