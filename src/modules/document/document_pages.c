/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document_pages.h"

#include "modules/document/document.sql.h"

#define AREAS_MAX 16 /* pages that one item is shown on */
#define PER_POINT 100

static int64_t
stored_length(float points)
{
	return (int64_t)((double)points * PER_POINT + 0.5);
}

static double
shown_length(const DbStmt *stmt, int column)
{
	return (double)db_column_int(stmt, column) / PER_POINT;
}

static bool
add_page_rows(Db *db, int64_t commune_id, int64_t document_id, const Plan *plan, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	size_t n_pages = 0;
	const BlockPage *pages = plan->places != NULL ? places_pages(plan->places, &n_pages) : NULL;

	if (!db_prepare(db, &DOCUMENT_PAGE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_DOCUMENT_ID, document_id);
	for (size_t i = 0; i < n_pages; i++) {
		db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_PAGE_NO, (int64_t)i + 1);
		db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_WIDTH, stored_length(pages[i].width));
		db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_HEIGHT, stored_length(pages[i].height));
		db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_IS_SCAN, pages[i].is_scan);
		db_bind_int(stmt, DOCUMENT_PAGE_INSERT_P_TURNS, pages[i].turns);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
add_signatures(Db *db, int64_t commune_id, int64_t document_id, const Plan *plan, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &DOCUMENT_SIGNATURE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_SIGNATURE_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_SIGNATURE_INSERT_P_DOCUMENT_ID, document_id);
	for (guint i = 0; i < plan->signatures->len; i++) {
		const BlockSignature *signature = g_ptr_array_index(plan->signatures, i);

		db_bind_int(stmt, DOCUMENT_SIGNATURE_INSERT_P_SIGNATURE_NO, (int64_t)i + 1);
		db_bind_text(stmt, DOCUMENT_SIGNATURE_INSERT_P_SIGNER, signature->signer);
		db_bind_text(stmt, DOCUMENT_SIGNATURE_INSERT_P_ISSUER, signature->issuer);
		if (signature->signed_at != 0)
			db_bind_int(stmt, DOCUMENT_SIGNATURE_INSERT_P_SIGNED_AT, signature->signed_at);
		else
			db_bind_null(stmt, DOCUMENT_SIGNATURE_INSERT_P_SIGNED_AT);
		db_bind_int(stmt, DOCUMENT_SIGNATURE_INSERT_P_IS_INTACT, signature->is_intact);
		db_bind_int(stmt, DOCUMENT_SIGNATURE_INSERT_P_COVERS_ALL, signature->covers_all);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
document_add_pages(Db *db, int64_t commune_id, int64_t document_id, const Plan *plan, GError **error)
{
	return add_page_rows(db, commune_id, document_id, plan, error) &&
	       add_signatures(db, commune_id, document_id, plan, error);
}

bool
document_add_areas(Db *db, int64_t commune_id, int64_t document_id, int64_t mark_no, const Plan *plan,
    SourceSpan span, GError **error)
{
	SourceArea areas[AREAS_MAX];
	size_t n_areas = places_find(plan->places, span, areas, AREAS_MAX);
	g_autoptr(DbStmt) stmt = NULL;

	if (n_areas == 0)
		return true;
	if (!db_prepare(db, &DOCUMENT_AREA_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_MARK_NO, mark_no);
	for (size_t i = 0; i < n_areas; i++) {
		db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_PAGE_NO, areas[i].page);
		db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_BOX_LEFT, stored_length(areas[i].box.left));
		db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_BOX_TOP, stored_length(areas[i].box.top));
		db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_BOX_RIGHT, stored_length(areas[i].box.right));
		db_bind_int(stmt, DOCUMENT_AREA_INSERT_P_BOX_BOTTOM, stored_length(areas[i].box.bottom));
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
document_find_by_file(
    Db *db, int64_t commune_id, const char *sha256, int64_t *ret_document_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &DOCUMENT_FIND_BY_FILE, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_FIND_BY_FILE_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, DOCUMENT_FIND_BY_FILE_P_SHA256, sha256);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_document_id = row ? db_column_int(stmt, DOCUMENT_FIND_BY_FILE_C_DOCUMENT_ID) : 0;
	return true;
}

bool
document_list_pages(Db *db, int64_t commune_id, int64_t document_id, int64_t first, int64_t last,
    Arena *arena, GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &DOCUMENT_PAGE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_PAGE_LIST_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_PAGE_LIST_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_PAGE_LIST_P_FIRST, first);
	db_bind_int(stmt, DOCUMENT_PAGE_LIST_P_LAST, last);
	while (db_step(stmt, &row, error) && row) {
		DocumentPage *page = arena_new0(arena, DocumentPage);

		page->page_no = db_column_int(stmt, DOCUMENT_PAGE_LIST_C_PAGE_NO);
		page->width = shown_length(stmt, DOCUMENT_PAGE_LIST_C_WIDTH);
		page->height = shown_length(stmt, DOCUMENT_PAGE_LIST_C_HEIGHT);
		page->is_scan = db_column_int(stmt, DOCUMENT_PAGE_LIST_C_IS_SCAN) != 0;
		page->turns = (int)db_column_int(stmt, DOCUMENT_PAGE_LIST_C_TURNS);
		g_ptr_array_add(ret, page);
	}
	return !row;
}

/* Both statements give the same columns. */
static bool
read_areas(DbStmt *stmt, Arena *arena, GPtrArray *ret, GError **error)
{
	bool row = true;

	while (db_step(stmt, &row, error) && row) {
		DocumentArea *area = arena_new0(arena, DocumentArea);

		area->item = arena_strdup(arena, db_column_text(stmt, DOCUMENT_AREA_OF_PAGE_C_ITEM));
		area->kind = (DocumentMarkKind)db_column_int(stmt, DOCUMENT_AREA_OF_PAGE_C_KIND);
		area->target_no = db_column_int(stmt, DOCUMENT_AREA_OF_PAGE_C_TARGET_NO);
		area->label = arena_strdup(arena, db_column_text(stmt, DOCUMENT_AREA_OF_PAGE_C_LABEL));
		area->title = arena_strdup(arena, db_column_text(stmt, DOCUMENT_AREA_OF_PAGE_C_TITLE));
		area->confidence = (int)db_column_int(stmt, DOCUMENT_AREA_OF_PAGE_C_CONFIDENCE);
		area->page_no = db_column_int(stmt, DOCUMENT_AREA_OF_PAGE_C_PAGE_NO);
		area->left = shown_length(stmt, DOCUMENT_AREA_OF_PAGE_C_BOX_LEFT);
		area->top = shown_length(stmt, DOCUMENT_AREA_OF_PAGE_C_BOX_TOP);
		area->right = shown_length(stmt, DOCUMENT_AREA_OF_PAGE_C_BOX_RIGHT);
		area->bottom = shown_length(stmt, DOCUMENT_AREA_OF_PAGE_C_BOX_BOTTOM);
		g_ptr_array_add(ret, area);
	}
	return !row;
}

bool
document_list_page_areas(Db *db, int64_t commune_id, int64_t document_id, int64_t page_no, Arena *arena,
    GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &DOCUMENT_AREA_OF_PAGE, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_AREA_OF_PAGE_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_AREA_OF_PAGE_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_AREA_OF_PAGE_P_PAGE_NO, page_no);
	return read_areas(stmt, arena, ret, error);
}

bool
document_list_item_areas(Db *db, int64_t commune_id, int64_t document_id, const char *item, Arena *arena,
    GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &DOCUMENT_AREA_OF_ITEM, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_AREA_OF_ITEM_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_AREA_OF_ITEM_P_DOCUMENT_ID, document_id);
	db_bind_text(stmt, DOCUMENT_AREA_OF_ITEM_P_ITEM, item);
	return read_areas(stmt, arena, ret, error);
}

bool
document_list_signatures(
    Db *db, int64_t commune_id, int64_t document_id, Arena *arena, GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &DOCUMENT_SIGNATURE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_SIGNATURE_LIST_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_SIGNATURE_LIST_P_DOCUMENT_ID, document_id);
	while (db_step(stmt, &row, error) && row) {
		BlockSignature *signature = arena_new0(arena, BlockSignature);

		signature->signer =
		    arena_strdup(arena, db_column_text(stmt, DOCUMENT_SIGNATURE_LIST_C_SIGNER));
		signature->issuer =
		    arena_strdup(arena, db_column_text(stmt, DOCUMENT_SIGNATURE_LIST_C_ISSUER));
		signature->signed_at = db_column_int(stmt, DOCUMENT_SIGNATURE_LIST_C_SIGNED_AT);
		signature->is_intact = db_column_int(stmt, DOCUMENT_SIGNATURE_LIST_C_IS_INTACT) != 0;
		signature->covers_all = db_column_int(stmt, DOCUMENT_SIGNATURE_LIST_C_COVERS_ALL) != 0;
		g_ptr_array_add(ret, signature);
	}
	return !row;
}
