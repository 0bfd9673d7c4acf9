/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/record.h"
#include "compiler/blocks/blocks.h"

#include <string.h>

static const BlockPlace PLACE = {.page = 2, .box = {10, 20, 110.5f, 32}};

static void
add_text(BlockDocument *document, BlockText *text, const char *bytes, BlockBreak before)
{
	block_text_add(document, text, bytes, strlen(bytes), PLACE, before, 87);
}

static void
add_table(BlockDocument *document)
{
	Block *block = block_document_add(document, BLOCK_TABLE);
	BlockCell *cell = block_table_add_cell(document, &block->table, 0, 0, 1, 2);

	block->table.n_header_rows = 1;
	add_text(document, &cell->text, "Chỉ tiêu", BLOCK_BREAK_PARAGRAPH);
	cell = block_table_add_cell(document, &block->table, 1, 1, 1, 1);
	add_text(document, &cell->text, "97", BLOCK_BREAK_PARAGRAPH);
	add_text(document, &cell->text, "%", BLOCK_BREAK_NONE);
}

static BlockDocument *
sample(void)
{
	BlockDocument *document = block_document_new(BLOCK_SOURCE_PDF);
	BlockSignature *signature = arena_new0(document->arena, BlockSignature);
	const BlockPage pages[] = {{595, 842, false, 0}, {842, 595, true, 3}};
	Block *block;

	g_array_append_vals(document->pages, pages, 2);
	*signature =
	    (BlockSignature){.signer = arena_strdup(document->arena, "Ủy ban nhân dân xã Bình Nguyệt"),
		.signed_at = -86400,
		.covers_all = true};
	g_ptr_array_add(document->signatures, signature);
	block_document_note(document, "pdf-broken-font", DIAG_WARNING, 2, "phông chữ %s", "lạ");
	block = block_document_add(document, BLOCK_PARAGRAPH);
	block->heading_level = 3;
	block->is_bold = block->is_centered = true;
	add_text(document, &block->text, "Kế hoạch số 12/KH-", BLOCK_BREAK_PARAGRAPH);
	add_text(document, &block->text, "UBND", BLOCK_BREAK_LINE);
	add_table(document);
	block = block_document_add(document, BLOCK_FURNITURE);
	block->is_italic = true;
	add_text(document, &block->text, "2", BLOCK_BREAK_PARAGRAPH);
	return document;
}

static const Block *
block_at(const BlockDocument *document, guint i)
{
	return g_ptr_array_index(document->blocks, i);
}

static void
assert_table(const BlockTable *table)
{
	const BlockCell *first = g_ptr_array_index(table->cells, 0),
			*second = g_ptr_array_index(table->cells, 1);
	g_autofree char *text = block_text_join(&second->text);

	g_assert_cmpuint(table->cells->len, ==, 2);
	g_assert_cmpuint(table->n_rows, ==, 2);
	g_assert_cmpuint(table->n_columns, ==, 2);
	g_assert_cmpuint(table->n_header_rows, ==, 1);
	g_assert_cmpuint(first->n_columns, ==, 2);
	g_assert_cmpuint(second->row, ==, 1);
	g_assert_cmpuint(second->column, ==, 1);
	g_assert_cmpstr(text, ==, "97%");
}

static void
test_round_trip(void)
{
	g_autoptr(BlockDocument) document = sample(), copy = NULL;
	g_autoptr(GString) bytes = g_string_new(NULL), again = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const BlockPiece *piece;

	blocks_write(document, bytes);
	g_assert_true(blocks_read(bytes->str, bytes->len, &copy, &error));
	g_assert_no_error(error);
	blocks_write(copy, again);
	g_assert_true(g_string_equal(again, bytes));

	g_assert_cmpuint(copy->pages->len, ==, 2);
	g_assert_true(g_array_index(copy->pages, BlockPage, 1).is_scan);
	g_assert_cmpuint(g_array_index(copy->pages, BlockPage, 1).turns, ==, 3);
	g_assert_cmpuint(copy->blocks->len, ==, 3);
	g_assert_cmpuint(block_at(copy, 0)->heading_level, ==, 3);
	g_assert_true(block_at(copy, 0)->is_bold && !block_at(copy, 0)->is_italic);
	piece = &block_at(copy, 0)->text.pieces[1];
	g_assert_cmpstr(piece->text, ==, "UBND");
	g_assert_cmpint(piece->before, ==, BLOCK_BREAK_LINE);
	g_assert_cmpuint(piece->confidence, ==, 87);
	g_assert_cmpint(memcmp(&piece->place, &PLACE, sizeof(PLACE)), ==, 0);
	assert_table(&block_at(copy, 1)->table);
	g_assert_cmpint(
	    ((const BlockSignature *)g_ptr_array_index(copy->signatures, 0))->signed_at, ==, -86400);
	g_assert_cmpstr(((const BlockNote *)g_ptr_array_index(copy->notes, 0))->message, ==, "phông chữ lạ");
}

/* A stream that ends anywhere before its end is none. */
static void
test_cut(void)
{
	g_autoptr(BlockDocument) document = sample();
	g_autoptr(GString) bytes = g_string_new(NULL);

	blocks_write(document, bytes);
	for (size_t len = 0; len < bytes->len; len++) {
		g_autofree char *exact = g_memdup2(bytes->str, MAX(len, 1));
		g_autoptr(BlockDocument) copy = NULL;
		g_autoptr(GError) error = NULL;

		g_assert_false(blocks_read(exact, len, &copy, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
		g_assert_null(copy);
	}
}

static void
assert_refused(const BlockDocument *document, AppErrorCode code)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(BlockDocument) copy = NULL;
	g_autoptr(GError) error = NULL;

	blocks_write(document, bytes);
	g_assert_false(blocks_read(bytes->str, bytes->len, &copy, &error));
	g_assert_error(error, APP_ERROR, (gint)code);
}

/* Takes the last byte of the only page's record away, as an older writer had it. */
static void
make_older(GString *bytes)
{
	const char page_head[] = {'P', 10, 0, 0, 0};
	char *page = memmem(bytes->str, bytes->len, page_head, sizeof(page_head));

	g_assert_nonnull(page);
	page[1]--;
	g_string_erase(bytes, page - bytes->str + 5 + 9, 1);
}

static void
test_page_turns(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_SCAN), copy = NULL;
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const BlockPage page = {842, 595, true, 1};

	g_array_append_val(document->pages, page);
	blocks_write(document, bytes);
	make_older(bytes);
	g_assert_true(blocks_read(bytes->str, bytes->len, &copy, &error));
	g_assert_no_error(error);
	g_assert_true(g_array_index(copy->pages, BlockPage, 0).is_scan);
	g_assert_cmpuint(g_array_index(copy->pages, BlockPage, 0).turns, ==, 0);
	g_array_index(document->pages, BlockPage, 0).turns = 4;
	assert_refused(document, APP_ERROR_UNREADABLE);
}

static void
test_cells(void)
{
	static const struct {
		uint16_t row, column, n_rows, n_columns;
	} CELLS[] = {{0, 0, 1, 1}, {1, 1, 2, 1}, {1, 1, 1, 2}, {2, 0, 1, 1}, {0, 2, 1, 1}, {1, 0, 0, 1}};

	for (size_t i = 0; i < G_N_ELEMENTS(CELLS); i++) {
		g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_WORD);
		BlockTable *table = &block_document_add(document, BLOCK_TABLE)->table;

		block_table_add_cell(document, table, 0, 0, 1, 1);
		block_table_add_cell(
		    document, table, CELLS[i].row, CELLS[i].column, CELLS[i].n_rows, CELLS[i].n_columns);
		table->n_rows = table->n_columns = 2;
		assert_refused(document, APP_ERROR_UNREADABLE);
	}
}

static void
test_table_too_large(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_SHEET);
	BlockTable *table = &block_document_add(document, BLOCK_TABLE)->table;

	table->n_rows = UINT16_MAX;
	table->n_columns = 200;
	assert_refused(document, APP_ERROR_LIMIT);
}

/* Changes one thing of a paragraph's only piece. */
static void
test_pieces(void)
{
	enum { CONFIDENCE, PAGE, BREAK, BOX, LINE_END, N };

	for (int what = 0; what < N; what++) {
		g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_PDF);
		Block *block = block_document_add(document, BLOCK_PARAGRAPH);
		BlockPiece *piece;

		add_text(document, &block->text, "Mục", BLOCK_BREAK_PARAGRAPH);
		piece = &block->text.pieces[0];
		piece->place.page = what == PAGE;
		if (what == CONFIDENCE)
			piece->confidence = 101;
		else if (what == BREAK)
			piece->before = BLOCK_BREAK_MAX;
		else if (what == BOX)
			piece->place.box.right = 1e9f;
		else if (what == LINE_END)
			piece->text[1] = '\n';
		assert_refused(document, APP_ERROR_UNREADABLE);
	}
}

static void
test_notes(void)
{
	static const char *const RULES[] = {"", "Có dấu", "a b", "<script>"};

	for (size_t i = 0; i < G_N_ELEMENTS(RULES); i++) {
		g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_PDF);

		block_document_note(document, RULES[i], DIAG_INFO, 0, "x");
		assert_refused(document, APP_ERROR_UNREADABLE);
	}
}

/* What a newer writer adds is passed over: longer records, records of unknown tags. */
static void
test_newer(void)
{
	g_autoptr(BlockDocument) document = sample(), copy = NULL;
	g_autoptr(GString) bytes = g_string_new(NULL), newer = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	RecordCursor cursor, record;
	char tag;

	blocks_write(document, bytes);
	cursor = (RecordCursor){.at = bytes->str, .end = bytes->str + bytes->len};
	while (record_next(&cursor, &tag, &record)) {
		size_t begin = record_begin(newer, tag);

		g_string_append_len(newer, record.at, record.end - record.at);
		g_string_append(newer, "mới");
		record_end(newer, begin);
		if (tag != 'Z')
			record_end(newer, record_begin(newer, '~'));
	}
	g_assert_true(blocks_read(newer->str, newer->len, &copy, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(copy->blocks->len, ==, 3);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/blocks/round-trip", test_round_trip);
	g_test_add_func("/blocks/cut", test_cut);
	g_test_add_func("/blocks/page-turns", test_page_turns);
	g_test_add_func("/blocks/cells", test_cells);
	g_test_add_func("/blocks/table-too-large", test_table_too_large);
	g_test_add_func("/blocks/pieces", test_pieces);
	g_test_add_func("/blocks/notes", test_notes);
	g_test_add_func("/blocks/newer", test_newer);
	return g_test_run();
}
