/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document_store.h"

#include "base/app-error.h"
#include "modules/document/document.sql.h"
#include "modules/document/document_layout.h"
#include "modules/document/document_pages.h"

#define PART_BYTES \
	((size_t)14 * 1024) /* of text on one page of Văn bản nguồn, so that it stays under 60 KB */
#define HEADING_DEPTH 3     /* deeper headings are not in the table of contents */

bool
document_find_by_text(
    Db *db, int64_t commune_id, const char *text_sha256, int64_t *ret_document_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &DOCUMENT_FIND_BY_TEXT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_FIND_BY_TEXT_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, DOCUMENT_FIND_BY_TEXT_P_TEXT_SHA256, text_sha256);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_document_id = row ? db_column_int(stmt, DOCUMENT_FIND_BY_TEXT_C_DOCUMENT_ID) : 0;
	return true;
}

static bool
add_blocks(
    Db *db, int64_t commune_id, int64_t document_id, const Plan *plan, const GArray *parts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &DOCUMENT_BLOCK_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_DOCUMENT_ID, document_id);
	for (guint i = 0; i < plan->blocks->len; i++) {
		const PlanBlock *block = g_ptr_array_index(plan->blocks, i);

		db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_BLOCK_NO, (int64_t)i + 1);
		db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_PART_NO, g_array_index(parts, guint, i));
		db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_KIND, block->kind);
		db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_DEPTH, block->depth);
		db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_LINE, block->span.line);
		db_bind_int(stmt, DOCUMENT_BLOCK_INSERT_P_PAGE, block->span.page);
		db_bind_text(stmt, DOCUMENT_BLOCK_INSERT_P_BODY, block->text);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static int64_t
page_count(const Plan *plan)
{
	size_t n_pages = 0;

	if (plan->places != NULL)
		(void)places_pages(plan->places, &n_pages);
	return (int64_t)n_pages;
}

bool
document_add(Db *db, int64_t commune_id, const DocumentSource *source, const Plan *plan, int64_t now_us,
    int64_t *ret_document_id, GError **error)
{
	g_autoptr(GArray) parts = document_layout_parts(plan->blocks, PART_BYTES);
	g_autoptr(DbStmt) stmt = NULL;
	int64_t document_id;
	bool row;

	if (!db_prepare(db, &DOCUMENT_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, DOCUMENT_INSERT_P_SHA256, source->sha256);
	db_bind_text(stmt, DOCUMENT_INSERT_P_TEXT_SHA256, source->text_sha256);
	db_bind_text(stmt, DOCUMENT_INSERT_P_FILE_NAME, source->file_name);
	db_bind_int(stmt, DOCUMENT_INSERT_P_SIZE_BYTES, source->size_bytes);
	db_bind_int(stmt, DOCUMENT_INSERT_P_PART_COUNT,
	    parts->len > 0 ? g_array_index(parts, guint, parts->len - 1) : 1);
	db_bind_int(stmt, DOCUMENT_INSERT_P_PAGE_COUNT, page_count(plan));
	db_bind_int(stmt, DOCUMENT_INSERT_P_ADDED_AT, now_us);
	if (!db_step(stmt, &row, error))
		return false;
	document_id = db_column_int(stmt, DOCUMENT_INSERT_C_DOCUMENT_ID);
	db_stmt_reset(stmt);
	if (!add_blocks(db, commune_id, document_id, plan, parts, error) ||
	    !document_add_pages(db, commune_id, document_id, plan, error))
		return false;
	*ret_document_id = document_id;
	return true;
}

bool
document_add_mark(Db *db, int64_t commune_id, int64_t document_id, int64_t mark_no, const DocumentMark *mark,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &DOCUMENT_MARK_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_BLOCK_NO, mark->block_no);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_MARK_NO, mark_no);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_KIND, mark->kind);
	db_bind_text(stmt, DOCUMENT_MARK_INSERT_P_ITEM, mark->item);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_TARGET_NO, mark->target_no);
	db_bind_text(stmt, DOCUMENT_MARK_INSERT_P_LABEL, mark->label);
	db_bind_text(stmt, DOCUMENT_MARK_INSERT_P_TITLE, mark->title);
	db_bind_text(stmt, DOCUMENT_MARK_INSERT_P_DETAIL, mark->detail);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_MARK_START, (int64_t)mark->mark_start);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_MARK_LEN, (int64_t)mark->mark_len);
	db_bind_int(stmt, DOCUMENT_MARK_INSERT_P_CONFIDENCE, mark->confidence);
	return db_run(stmt, error);
}

bool
document_load(
    Db *db, int64_t commune_id, int64_t document_id, Arena *arena, DocumentInfo *ret_info, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &DOCUMENT_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_FIND_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_FIND_P_DOCUMENT_ID, document_id);
	if (!db_step(stmt, &row, error))
		return false;
	if (!row) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "no document %" G_GINT64_FORMAT, document_id);
		return false;
	}
	ret_info->document_id = document_id;
	ret_info->sha256 = arena_strdup(arena, db_column_text(stmt, DOCUMENT_FIND_C_SHA256));
	ret_info->file_name = arena_strdup(arena, db_column_text(stmt, DOCUMENT_FIND_C_FILE_NAME));
	ret_info->size_bytes = db_column_int(stmt, DOCUMENT_FIND_C_SIZE_BYTES);
	ret_info->part_count = db_column_int(stmt, DOCUMENT_FIND_C_PART_COUNT);
	ret_info->page_count = db_column_int(stmt, DOCUMENT_FIND_C_PAGE_COUNT);
	return true;
}

bool
document_list_blocks(Db *db, int64_t commune_id, int64_t document_id, int64_t part_no, Arena *arena,
    GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &DOCUMENT_BLOCK_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_BLOCK_LIST_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_BLOCK_LIST_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_BLOCK_LIST_P_PART_NO, part_no);
	while (db_step(stmt, &row, error) && row) {
		DocumentBlock *block = arena_new0(arena, DocumentBlock);

		block->block_no = db_column_int(stmt, DOCUMENT_BLOCK_LIST_C_BLOCK_NO);
		block->kind = (PlanBlockKind)db_column_int(stmt, DOCUMENT_BLOCK_LIST_C_KIND);
		block->depth = (int)db_column_int(stmt, DOCUMENT_BLOCK_LIST_C_DEPTH);
		block->line = db_column_int(stmt, DOCUMENT_BLOCK_LIST_C_LINE);
		block->page = db_column_int(stmt, DOCUMENT_BLOCK_LIST_C_PAGE);
		block->body = arena_strdup(arena, db_column_text(stmt, DOCUMENT_BLOCK_LIST_C_BODY));
		g_ptr_array_add(ret, block);
	}
	return !row;
}

bool
document_list_headings(
    Db *db, int64_t commune_id, int64_t document_id, int limit, Arena *arena, GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &DOCUMENT_HEADING_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_HEADING_LIST_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_HEADING_LIST_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_HEADING_LIST_P_KIND_HEADING, PLAN_BLOCK_HEADING);
	db_bind_int(stmt, DOCUMENT_HEADING_LIST_P_KIND_ANNEX, PLAN_BLOCK_ANNEX_TITLE);
	db_bind_int(stmt, DOCUMENT_HEADING_LIST_P_MAX_DEPTH, HEADING_DEPTH);
	db_bind_int(stmt, DOCUMENT_HEADING_LIST_P_ROW_LIMIT, limit);
	while (db_step(stmt, &row, error) && row) {
		DocumentHeading *heading = arena_new0(arena, DocumentHeading);

		heading->block_no = db_column_int(stmt, DOCUMENT_HEADING_LIST_C_BLOCK_NO);
		heading->part_no = db_column_int(stmt, DOCUMENT_HEADING_LIST_C_PART_NO);
		heading->is_annex =
		    db_column_int(stmt, DOCUMENT_HEADING_LIST_C_KIND) == PLAN_BLOCK_ANNEX_TITLE;
		heading->depth = (int)db_column_int(stmt, DOCUMENT_HEADING_LIST_C_DEPTH);
		heading->title = arena_strdup(arena, db_column_text(stmt, DOCUMENT_HEADING_LIST_C_BODY));
		g_ptr_array_add(ret, heading);
	}
	return !row;
}

bool
document_list_marks(Db *db, int64_t commune_id, int64_t document_id, int64_t first_block, int64_t last_block,
    Arena *arena, GPtrArray *ret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &DOCUMENT_MARK_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_MARK_LIST_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_MARK_LIST_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_MARK_LIST_P_FIRST_BLOCK, first_block);
	db_bind_int(stmt, DOCUMENT_MARK_LIST_P_LAST_BLOCK, last_block);
	while (db_step(stmt, &row, error) && row) {
		DocumentMark *mark = arena_new0(arena, DocumentMark);

		mark->kind = (DocumentMarkKind)db_column_int(stmt, DOCUMENT_MARK_LIST_C_KIND);
		mark->block_no = db_column_int(stmt, DOCUMENT_MARK_LIST_C_BLOCK_NO);
		mark->item = arena_strdup(arena, db_column_text(stmt, DOCUMENT_MARK_LIST_C_ITEM));
		mark->target_no = db_column_int(stmt, DOCUMENT_MARK_LIST_C_TARGET_NO);
		mark->label = arena_strdup(arena, db_column_text(stmt, DOCUMENT_MARK_LIST_C_LABEL));
		mark->title = arena_strdup(arena, db_column_text(stmt, DOCUMENT_MARK_LIST_C_TITLE));
		mark->detail = arena_strdup(arena, db_column_text(stmt, DOCUMENT_MARK_LIST_C_DETAIL));
		mark->mark_start = (size_t)db_column_int(stmt, DOCUMENT_MARK_LIST_C_MARK_START);
		mark->mark_len = (size_t)db_column_int(stmt, DOCUMENT_MARK_LIST_C_MARK_LEN);
		mark->confidence = (int)db_column_int(stmt, DOCUMENT_MARK_LIST_C_CONFIDENCE);
		g_ptr_array_add(ret, mark);
	}
	return !row;
}

bool
document_count_marks(
    Db *db, int64_t commune_id, int64_t document_id, int64_t ret_counts[DOCUMENT_MARK_MAX], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &DOCUMENT_MARK_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_MARK_COUNT_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_MARK_COUNT_P_DOCUMENT_ID, document_id);
	for (int kind = 0; kind < DOCUMENT_MARK_MAX; kind++)
		ret_counts[kind] = 0;
	while (db_step(stmt, &row, error) && row) {
		int64_t kind = db_column_int(stmt, DOCUMENT_MARK_COUNT_C_KIND);

		if (kind >= 0 && kind < DOCUMENT_MARK_MAX)
			ret_counts[kind] = db_column_int(stmt, DOCUMENT_MARK_COUNT_C_MARK_COUNT);
	}
	return !row;
}

bool
document_find_item(
    Db *db, int64_t commune_id, int64_t document_id, const char *item, DocumentSpot *ret_spot, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &DOCUMENT_MARK_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_MARK_FIND_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_MARK_FIND_P_DOCUMENT_ID, document_id);
	db_bind_text(stmt, DOCUMENT_MARK_FIND_P_ITEM, item);
	if (!db_step(stmt, &row, error))
		return false;
	ret_spot->block_no = row ? db_column_int(stmt, DOCUMENT_MARK_FIND_C_BLOCK_NO) : 0;
	ret_spot->part_no = row ? db_column_int(stmt, DOCUMENT_MARK_FIND_C_PART_NO) : 0;
	return true;
}

bool
document_find_block(
    Db *db, int64_t commune_id, int64_t document_id, int64_t block_no, DocumentSpot *ret_spot, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &DOCUMENT_BLOCK_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_BLOCK_FIND_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_BLOCK_FIND_P_DOCUMENT_ID, document_id);
	db_bind_int(stmt, DOCUMENT_BLOCK_FIND_P_BLOCK_NO, block_no);
	if (!db_step(stmt, &row, error))
		return false;
	ret_spot->block_no = row ? block_no : 0;
	ret_spot->part_no = row ? db_column_int(stmt, DOCUMENT_BLOCK_FIND_C_PART_NO) : 0;
	return true;
}
