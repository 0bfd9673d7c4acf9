/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/record.h"
#include "compiler/blocks/blocks.h"

#include <string.h>

/* One record for the document, then one for each page, signature, note and block in order; a table's cells
 * and every piece of text are records too, behind what they belong to. */
enum {
	TAG_DOCUMENT = 'D',
	TAG_PAGE = 'P',
	TAG_SIGNATURE = 'S',
	TAG_NOTE = 'N',
	TAG_BLOCK = 'B',
	TAG_CELL = 'C',
	TAG_PIECE = 'T',
	TAG_END = 'Z',
};

enum { STYLE_BOLD = 1, STYLE_ITALIC = 2, STYLE_CENTERED = 4 };
enum { SIGNATURE_INTACT = 1, SIGNATURE_COVERS_ALL = 2 };

#define MAGIC 0x31424D4Eu /* "NMB1" */
#define RULE_BYTES_MAX 64
#define COORDINATE_MAX 100000.0f

static void
write_page(GString *out, const BlockPage *page)
{
	size_t begin = record_begin(out, TAG_PAGE);

	record_put_float(out, page->width);
	record_put_float(out, page->height);
	record_put_u8(out, page->is_scan);
	record_put_u8(out, page->turns);
	record_end(out, begin);
}

static void
write_signature(GString *out, const BlockSignature *signature)
{
	size_t begin = record_begin(out, TAG_SIGNATURE);

	record_put_text(out, signature->signer);
	record_put_text(out, signature->issuer);
	record_put_u32(out, (uint32_t)(signature->signed_at & UINT32_MAX));
	record_put_u32(out, (uint32_t)((uint64_t)signature->signed_at >> 32));
	record_put_u8(out, (uint8_t)((signature->is_intact ? SIGNATURE_INTACT : 0) |
				     (signature->covers_all ? SIGNATURE_COVERS_ALL : 0)));
	record_end(out, begin);
}

static void
write_note(GString *out, const BlockNote *note)
{
	size_t begin = record_begin(out, TAG_NOTE);

	record_put_text(out, note->rule);
	record_put_u8(out, (uint8_t)note->severity);
	record_put_u32(out, note->page);
	record_put_text(out, note->message);
	record_end(out, begin);
}

static void
write_text(GString *out, const BlockText *text)
{
	for (size_t i = 0; i < text->len; i++) {
		const BlockPiece *piece = &text->pieces[i];
		size_t begin = record_begin(out, TAG_PIECE);

		record_put_text(out, piece->text);
		record_put_u8(out, (uint8_t)piece->before);
		record_put_u8(out, piece->confidence);
		record_put_u32(out, piece->place.page);
		record_put_float(out, piece->place.box.left);
		record_put_float(out, piece->place.box.top);
		record_put_float(out, piece->place.box.right);
		record_put_float(out, piece->place.box.bottom);
		record_end(out, begin);
	}
}

static void
write_cell(GString *out, const BlockCell *cell)
{
	size_t begin = record_begin(out, TAG_CELL);

	record_put_u32(out, cell->row);
	record_put_u32(out, cell->column);
	record_put_u32(out, cell->n_rows);
	record_put_u32(out, cell->n_columns);
	record_end(out, begin);
	write_text(out, &cell->text);
}

static void
write_block(GString *out, const Block *block)
{
	size_t begin = record_begin(out, TAG_BLOCK);

	record_put_u8(out, (uint8_t)block->kind);
	record_put_u8(out, block->heading_level);
	record_put_u8(
	    out, (uint8_t)((block->is_bold ? STYLE_BOLD : 0) | (block->is_italic ? STYLE_ITALIC : 0) |
			   (block->is_centered ? STYLE_CENTERED : 0)));
	record_put_u32(out, block->table.n_rows);
	record_put_u32(out, block->table.n_columns);
	record_put_u32(out, block->table.n_header_rows);
	record_end(out, begin);
	write_text(out, &block->text);
	for (guint i = 0; block->table.cells != NULL && i < block->table.cells->len; i++)
		write_cell(out, g_ptr_array_index(block->table.cells, i));
}

void
blocks_write(const BlockDocument *document, GString *out)
{
	size_t begin = record_begin(out, TAG_DOCUMENT);

	record_put_u32(out, MAGIC);
	record_put_u8(out, (uint8_t)document->source);
	record_end(out, begin);
	for (guint i = 0; i < document->pages->len; i++)
		write_page(out, &g_array_index(document->pages, BlockPage, i));
	for (guint i = 0; i < document->signatures->len; i++)
		write_signature(out, g_ptr_array_index(document->signatures, i));
	for (guint i = 0; i < document->notes->len; i++)
		write_note(out, g_ptr_array_index(document->notes, i));
	for (guint i = 0; i < document->blocks->len; i++)
		write_block(out, g_ptr_array_index(document->blocks, i));
	record_end(out, record_begin(out, TAG_END));
}

typedef struct {
	BlockDocument *document;
	Block *block;    /* that cells and pieces belong to */
	BlockText *text; /* that pieces belong to */
	uint8_t *grid;   /* of the present table: 1 where a cell lies; in the arena */
	size_t n_cells;
	bool is_ended;
	GError **error;
} StreamReader;

static bool
refuse(StreamReader *reader, AppErrorCode code, const char *message)
{
	g_set_error_literal(reader->error, APP_ERROR, (gint)code, message);
	return false;
}

static bool
refuse_broken(StreamReader *reader)
{
	return refuse(reader, APP_ERROR_UNREADABLE, "kết quả đọc tệp bị hỏng");
}

static bool
refuse_large(StreamReader *reader)
{
	return refuse(
	    reader, APP_ERROR_LIMIT, "tệp có quá nhiều trang, đoạn hoặc ô bảng so với một kế hoạch");
}

static char *
get_text(StreamReader *reader, RecordCursor *record)
{
	size_t len;
	const char *text = record_get_text(record, &len);

	return text != NULL ? arena_strndup(reader->document->arena, text, len) : NULL;
}

static bool
read_page(StreamReader *reader, RecordCursor *record)
{
	BlockPage page = {.width = record_get_float(record), .height = record_get_float(record)};

	page.is_scan = record_get_u8(record) != 0;
	page.turns = record->at < record->end ? record_get_u8(record) : 0; /* an older writer has none */
	if (reader->document->pages->len >= LIMIT_PAGES)
		return refuse_large(reader);
	if (record->is_broken || page.width < 0 || page.height < 0 || page.turns > BLOCK_TURNS_MAX)
		return refuse_broken(reader);
	g_array_append_val(reader->document->pages, page);
	return true;
}

static bool
read_signature(StreamReader *reader, RecordCursor *record)
{
	BlockSignature *signature = arena_new0(reader->document->arena, BlockSignature);
	uint64_t low, high;
	uint8_t flags;

	signature->signer = get_text(reader, record);
	signature->issuer = get_text(reader, record);
	low = record_get_u32(record);
	high = record_get_u32(record);
	signature->signed_at = (int64_t)(low | high << 32);
	flags = record_get_u8(record);
	signature->is_intact = flags & SIGNATURE_INTACT;
	signature->covers_all = flags & SIGNATURE_COVERS_ALL;
	if (reader->document->signatures->len >= LIMIT_PAGES)
		return refuse_large(reader);
	if (record->is_broken)
		return refuse_broken(reader);
	g_ptr_array_add(reader->document->signatures, signature);
	return true;
}

static bool
is_rule_name(const char *rule)
{
	size_t len = rule != NULL ? strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-") : 0;

	return len > 0 && len <= RULE_BYTES_MAX && rule[len] == '\0';
}

static bool
read_note(StreamReader *reader, RecordCursor *record)
{
	const char *rule = get_text(reader, record);
	uint8_t severity = record_get_u8(record);
	uint32_t page = record_get_u32(record);
	const char *message = get_text(reader, record);

	if (record->is_broken || !is_rule_name(rule) || severity > DIAG_ERROR || message == NULL)
		return refuse_broken(reader);
	if (reader->document->notes->len < LIMIT_DIAGNOSTICS)
		block_document_note(reader->document, rule, (DiagSeverity)severity, page, "%s", message);
	return true;
}

static bool
read_block(StreamReader *reader, RecordCursor *record)
{
	uint8_t kind = record_get_u8(record), level = record_get_u8(record), style = record_get_u8(record);
	uint32_t n_rows = record_get_u32(record), n_columns = record_get_u32(record),
		 n_header = record_get_u32(record);
	BlockDocument *document = reader->document;

	if (record->is_broken || kind >= BLOCK_MAX || level > 9)
		return refuse_broken(reader);
	if (document->blocks->len >= LIMIT_BLOCKS || n_rows > UINT16_MAX || n_columns > LIMIT_TABLE_COLUMNS ||
	    reader->n_cells + (size_t)n_rows * n_columns > LIMIT_TABLE_CELLS)
		return refuse_large(reader);
	reader->block = block_document_add(document, (BlockKind)kind);
	reader->text = &reader->block->text;
	reader->block->heading_level = level;
	reader->block->is_bold = style & STYLE_BOLD;
	reader->block->is_italic = style & STYLE_ITALIC;
	reader->block->is_centered = style & STYLE_CENTERED;
	if (kind == BLOCK_TABLE) {
		reader->block->table.n_rows = (uint16_t)n_rows;
		reader->block->table.n_columns = (uint16_t)n_columns;
		reader->block->table.n_header_rows = (uint16_t)MIN(n_header, n_rows);
		reader->n_cells += (size_t)n_rows * n_columns;
		reader->grid = arena_alloc(document->arena, (size_t)n_rows * n_columns + 1);
		reader->text = NULL;
	}
	return true;
}

/* Marks the positions that a cell covers; false where one is taken. */
static bool
claim(StreamReader *reader, uint32_t row, uint32_t column, uint32_t n_rows, uint32_t n_columns)
{
	size_t width = reader->block->table.n_columns;

	for (size_t r = row; r < (size_t)row + n_rows; r++) {
		for (size_t c = column; c < (size_t)column + n_columns; c++) {
			if (reader->grid[r * width + c] != 0)
				return false;
			reader->grid[r * width + c] = 1;
		}
	}
	return true;
}

static bool
read_cell(StreamReader *reader, RecordCursor *record)
{
	uint32_t row = record_get_u32(record), column = record_get_u32(record),
		 n_rows = record_get_u32(record), n_columns = record_get_u32(record);
	BlockTable *table;

	if (record->is_broken || reader->block == NULL || reader->block->kind != BLOCK_TABLE)
		return refuse_broken(reader);
	table = &reader->block->table;
	if (n_rows == 0 || n_columns == 0 || row >= table->n_rows || column >= table->n_columns ||
	    n_rows > table->n_rows - row || n_columns > table->n_columns - column ||
	    !claim(reader, row, column, n_rows, n_columns))
		return refuse_broken(reader);
	reader->text = &block_table_add_cell(
	    reader->document, table, (uint16_t)row, (uint16_t)column, (uint16_t)n_rows, (uint16_t)n_columns)
			    ->text;
	return true;
}

static bool
is_coordinate(float value)
{
	return value >= -COORDINATE_MAX && value <= COORDINATE_MAX;
}

static bool
read_piece(StreamReader *reader, RecordCursor *record)
{
	size_t len;
	const char *text = record_get_text(record, &len);
	uint8_t before = record_get_u8(record), confidence = record_get_u8(record);
	BlockPlace place = {.page = record_get_u32(record)};

	place.box.left = record_get_float(record);
	place.box.top = record_get_float(record);
	place.box.right = record_get_float(record);
	place.box.bottom = record_get_float(record);
	if (record->is_broken || reader->text == NULL || text == NULL || before >= BLOCK_BREAK_MAX ||
	    confidence > 100 || place.page > reader->document->pages->len || !is_coordinate(place.box.left) ||
	    !is_coordinate(place.box.top) || !is_coordinate(place.box.right) ||
	    !is_coordinate(place.box.bottom) || memchr(text, '\n', len) != NULL)
		return refuse_broken(reader);
	block_text_add(reader->document, reader->text, text, len, place, (BlockBreak)before, confidence);
	return true;
}

static bool
read_document(StreamReader *reader, RecordCursor *record)
{
	uint32_t magic = record_get_u32(record);
	uint8_t source = record_get_u8(record);

	if (record->is_broken || magic != MAGIC || source >= BLOCK_SOURCE_MAX)
		return refuse_broken(reader);
	reader->document = block_document_new((BlockSource)source);
	return true;
}

static bool
read_record(StreamReader *reader, char tag, RecordCursor *record)
{
	if (tag == TAG_DOCUMENT)
		return reader->document == NULL ? read_document(reader, record) : refuse_broken(reader);
	if (reader->document == NULL)
		return refuse_broken(reader);
	switch (tag) {
	case TAG_PAGE:
		return read_page(reader, record);
	case TAG_SIGNATURE:
		return read_signature(reader, record);
	case TAG_NOTE:
		return read_note(reader, record);
	case TAG_BLOCK:
		return read_block(reader, record);
	case TAG_CELL:
		return read_cell(reader, record);
	case TAG_PIECE:
		return read_piece(reader, record);
	case TAG_END:
		reader->is_ended = true;
		return true;
	default: /* of a newer writer */
		return true;
	}
}

bool
blocks_read(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	StreamReader reader = {.error = error};
	RecordCursor cursor = {.at = bytes, .end = bytes + len}, record;
	bool is_fine = true;
	char tag;

	while (is_fine && !reader.is_ended && record_next(&cursor, &tag, &record))
		is_fine = read_record(&reader, tag, &record);
	if (is_fine && (cursor.is_broken || !reader.is_ended))
		is_fine = refuse_broken(&reader);
	if (!is_fine) {
		block_document_free(reader.document);
		return false;
	}
	*ret_document = reader.document;
	return true;
}
