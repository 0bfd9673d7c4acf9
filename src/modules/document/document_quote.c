/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document.sql.h"
#include "modules/document/document_rows.h"

#include <string.h>

/* Splits a block's text around the marked piece; bytes outside it can only come from a damaged store. */
static void
split_quote(Arena *arena, const char *body, size_t start, size_t len, DocumentQuote *quote)
{
	size_t total = strlen(body);

	if (len == 0 || start > total || len > total - start) {
		start = 0;
		len = total;
	}
	quote->before = arena_strndup(arena, body, start);
	quote->marked = arena_strndup(arena, body + start, len);
	quote->after = arena_strdup(arena, body + start + len);
}

bool
document_quote(Db *db, int64_t commune_id, int64_t document_id, const char *item, Arena *arena,
    DocumentQuote **ret_quote, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	DocumentQuote *quote;
	bool row;

	if (!db_prepare(db, &DOCUMENT_MARK_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, DOCUMENT_MARK_FIND_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, DOCUMENT_MARK_FIND_P_DOCUMENT_ID, document_id);
	db_bind_text(stmt, DOCUMENT_MARK_FIND_P_ITEM, item);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_quote = NULL;
	if (!row)
		return true;
	quote = arena_new0(arena, DocumentQuote);
	quote->block_no = db_column_int(stmt, DOCUMENT_MARK_FIND_C_BLOCK_NO);
	quote->part_no = db_column_int(stmt, DOCUMENT_MARK_FIND_C_PART_NO);
	quote->line = db_column_int(stmt, DOCUMENT_MARK_FIND_C_LINE);
	quote->page = db_column_int(stmt, DOCUMENT_MARK_FIND_C_PAGE);
	split_quote(arena, db_column_text(stmt, DOCUMENT_MARK_FIND_C_BODY),
	    (size_t)db_column_int(stmt, DOCUMENT_MARK_FIND_C_MARK_START),
	    (size_t)db_column_int(stmt, DOCUMENT_MARK_FIND_C_MARK_LEN), quote);
	*ret_quote = quote;
	return true;
}
