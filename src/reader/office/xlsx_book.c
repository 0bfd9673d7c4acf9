/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/office/office.h"
#include "reader/office/package.h"
#include "reader/office/xlsx.h"

#include <string.h>

#define SHEETS_MAX 256
#define CELL_ROWS_MAX 20000 /* of a sheet that is read cell by cell */
#define MERGED_MAX 1000000  /* cells that merged ranges of such a sheet cover */

/* A sheet as the workbook names it. */
typedef struct {
	const char *name, *relation;
	bool is_hidden;
} SheetEntry;

typedef struct {
	OfficePackage *package;
	char *main_part;
	GPtrArray *relations;
	GArray *sheets; /* of SheetEntry */
	BlockDocument *document;
	XlsxBook book;
	Flow flow;
	unsigned n_filled; /* sheets with text */
	bool keeps_cells;  /* office_read_cells() */
	bool is_form;      /* office_read_form() */
} BookReader;

static void
book_reader_clear(BookReader *reader)
{
	g_clear_pointer(&reader->package, office_package_free);
	g_clear_pointer(&reader->main_part, g_free);
	g_clear_pointer(&reader->relations, g_ptr_array_unref);
	g_clear_pointer(&reader->sheets, g_array_unref);
	g_clear_pointer(&reader->document, block_document_free);
	g_clear_pointer(&reader->book.strings, g_ptr_array_unref);
	g_clear_pointer(&reader->book.formats, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BookReader, book_reader_clear)

static void
read_sheet_entries(BookReader *reader, Xml *xml)
{
	XmlScope scope = xml_enter(xml);

	while (xml_child(xml, &scope)) {
		const char *state = xml_attribute_or(xml, "state", "visible");
		SheetEntry entry = {
		    .name = arena_strdup(reader->book.arena, xml_attribute_or(xml, "name", "")),
		    .relation = arena_strdup(reader->book.arena, xml_attribute_or(xml, "id", "")),
		    .is_hidden = strcmp(state, "visible") != 0,
		};

		if (reader->sheets->len < SHEETS_MAX)
			g_array_append_val(reader->sheets, entry);
	}
}

static bool
refuse_kind(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "tệp không có phần nội dung của bảng tính Excel; có thể đó là văn bản Word hoặc tệp khác mang "
	    "tên .xlsx");
	return false;
}

static bool
read_workbook(BookReader *reader, GError **error)
{
	g_autofree char *bytes = NULL;
	g_autoptr(Xml) xml = NULL;
	XmlScope scope;
	size_t len;

	if (!office_package_has(reader->package, reader->main_part))
		return refuse_kind(error);
	if (!office_package_read(reader->package, reader->main_part, &bytes, &len, error))
		return false;
	xml = xml_new(bytes, len, reader->main_part);
	scope = xml_root(xml);
	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "sheets"))
			read_sheet_entries(reader, xml);
		else if (xml_is(xml, "workbookPr"))
			reader->book.is_1904 = strchr("1t", *xml_attribute_or(xml, "date1904", "0")) != NULL;
	}
	if (!xml_finish(xml, error))
		return false;
	return reader->sheets->len > 0 || refuse_kind(error);
}

static bool
read_part(BookReader *reader, const char *type,
    bool (*read)(XlsxBook *book, const char *bytes, size_t len, GError **error), GError **error)
{
	const OfficeRelation *relation = office_relation_of_type(reader->relations, type);
	g_autofree char *bytes = NULL;
	size_t len;

	if (relation == NULL || !office_package_has(reader->package, relation->target))
		return true;
	return office_package_read(reader->package, relation->target, &bytes, &len, error) &&
	       read(&reader->book, bytes, len, error);
}

static void
note_hidden(BookReader *reader, const SheetEntry *entry, const XlsxSheet *sheet)
{
	if (sheet->n_hidden_rows + sheet->n_hidden_columns > 0)
		block_document_note(reader->document, "xlsx-hidden", DIAG_WARNING, 0,
		    "trang tính “%s” có %u dòng và %u nhóm cột đang ẩn; nội dung của chúng vẫn được đọc",
		    entry->name, sheet->n_hidden_rows, sheet->n_hidden_columns);
}

static bool
refuse_large(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_LIMIT,
	    "bảng tính có quá nhiều ô; hãy chép riêng phần kế hoạch sang một tệp mới");
	return false;
}

/* A text of several lines has its line breaks between pieces. */
static void
put_text(BookReader *reader, BlockText *out, const char *text, uint8_t confidence)
{
	static const BlockPlace NOWHERE = {0};
	BlockBreak before = BLOCK_BREAK_NONE;

	for (;;) {
		size_t len = strcspn(text, "\n");

		block_text_add(reader->document, out, text, len, NOWHERE, before, confidence);
		if (text[len] == '\0')
			return;
		text += len + 1;
		before = BLOCK_BREAK_PARAGRAPH;
	}
}

#define PLACE(row, column) GUINT_TO_POINTER((row)*LIMIT_TABLE_COLUMNS + (column) + 1U)

/* The merged ranges that a cell is the first of, and the cells that ranges cover; both by place. Where ranges
 * overlap, or reach out of the table, the later one counts for nothing. */
typedef struct {
	GHashTable *first, *covered;
} Merges;

static bool
find_merges(const XlsxSheet *sheet, const Merges *merges, GError **error)
{
	size_t n = 0;

	for (guint i = 0; i < sheet->merges->len; i++) {
		XlsxMerge *merge = &g_array_index(sheet->merges, XlsxMerge, i);
		bool is_free = merge->last_row < CELL_ROWS_MAX && merge->last_column < LIMIT_TABLE_COLUMNS;

		n += is_free ? (size_t)(merge->last_row - merge->row + 1) *
				   (merge->last_column - merge->column + 1)
			     : 0;
		if (n > MERGED_MAX)
			return refuse_large(error);
		for (uint32_t row = merge->row; is_free && row <= merge->last_row; row++)
			for (uint32_t column = merge->column; is_free && column <= merge->last_column;
			     column++)
				is_free = !g_hash_table_contains(merges->covered, PLACE(row, column));
		if (!is_free)
			continue;
		g_hash_table_insert(merges->first, PLACE(merge->row, merge->column), merge);
		for (uint32_t row = merge->row; row <= merge->last_row; row++)
			for (uint32_t column = merge->column; column <= merge->last_column; column++)
				g_hash_table_add(merges->covered, PLACE(row, column));
	}
	return true;
}

static void
put_cell(BookReader *reader, BlockTable *table, const XlsxCell *cell, const Merges *merges)
{
	const XlsxMerge *merge = g_hash_table_lookup(merges->first, PLACE(cell->row, cell->column));
	uint16_t n_rows = merge != NULL ? (uint16_t)(merge->last_row - merge->row + 1) : 1,
		 n_columns = merge != NULL ? (uint16_t)(merge->last_column - merge->column + 1) : 1;
	BlockCell *added = block_table_add_cell(
	    reader->document, table, (uint16_t)cell->row, (uint16_t)cell->column, n_rows, n_columns);

	put_text(reader, &added->text, cell->text, reader->is_form && cell->is_formula ? 0 : 100);
}

/* The sheet as it is, row for row. */
static bool
put_cells(BookReader *reader, const SheetEntry *entry, const XlsxSheet *sheet, GError **error)
{
	g_autoptr(GHashTable) first = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) covered = g_hash_table_new(NULL, NULL);
	const Merges merges = {first, covered};
	Block *title = block_document_add(reader->document, BLOCK_PARAGRAPH), *block;

	title->is_bold = true;
	put_text(reader, &title->text, entry->name, 100);
	block = block_document_add(reader->document, BLOCK_TABLE);
	if (reader->is_form && !find_merges(sheet, &merges, error))
		return false;
	for (guint i = 0; i < sheet->cells->len; i++) {
		const XlsxCell *cell = &g_array_index(sheet->cells, XlsxCell, i);
		bool is_covered;

		if (cell->row >= CELL_ROWS_MAX || cell->column >= LIMIT_TABLE_COLUMNS)
			return refuse_large(error);
		if (i > 0 && cell[-1].row == cell->row && cell[-1].column == cell->column)
			continue;
		is_covered = g_hash_table_contains(covered, PLACE(cell->row, cell->column)) &&
			     !g_hash_table_contains(first, PLACE(cell->row, cell->column));
		if (!is_covered)
			put_cell(reader, &block->table, cell, &merges);
	}
	return true;
}

static bool
read_sheet(BookReader *reader, const SheetEntry *entry, GError **error)
{
	const OfficeRelation *relation = office_relation_of_id(reader->relations, entry->relation);
	g_auto(XlsxSheet) sheet = {0};
	g_autofree char *bytes = NULL;
	size_t len;

	if (relation == NULL || strcmp(relation->type, "worksheet") != 0)
		return true;
	if (entry->is_hidden && !reader->is_form) {
		block_document_note(reader->document, "xlsx-hidden-sheet", DIAG_WARNING, 0,
		    "trang tính “%s” đang ẩn nên không được đọc; nếu cần, hãy cho hiện rồi nộp lại",
		    entry->name);
		return true;
	}
	if (!office_package_read(reader->package, relation->target, &bytes, &len, error) ||
	    !xlsx_read_sheet(&reader->book, bytes, len, relation->target, &sheet, error))
		return false;
	if (reader->book.is_too_large)
		return refuse_large(error);
	if (sheet.cells->len == 0)
		return true;
	if (reader->keeps_cells)
		return put_cells(reader, entry, &sheet, error);
	reader->n_filled++;
	flow_add_paragraph(reader->book.arena, &reader->flow, entry->name)->is_bold = true;
	xlsx_lay_out(reader->book.arena, &sheet, &reader->flow);
	note_hidden(reader, entry, &sheet);
	return true;
}

static void
add_notes(BookReader *reader)
{
	if (reader->book.n_uncalculated > 0)
		block_document_note(reader->document, "xlsx-no-value", DIAG_WARNING, 0,
		    "%u ô công thức chưa có kết quả nên để trống; hãy mở bằng Excel, lưu lại rồi nộp",
		    reader->book.n_uncalculated);
	if (reader->book.n_errors > 0)
		block_document_note(reader->document, "xlsx-error-value", DIAG_WARNING, 0,
		    "%u ô công thức báo lỗi (#REF!, #N/A …); hãy sửa trong bảng tính", reader->book.n_errors);
	if (office_relation_of_type(reader->relations, "externalLink") != NULL)
		block_document_note(reader->document, "xlsx-external-link", DIAG_WARNING, 0,
		    "bảng tính lấy số liệu từ tệp khác; chỉ đọc các giá trị đã lưu trong tệp này");
}

static bool
open_book(BookReader *reader, const char *bytes, size_t len, GError **error)
{
	g_autoptr(GPtrArray) relations = NULL;
	const OfficeRelation *main;

	if (!office_package_open(bytes, len, &reader->package, error) ||
	    !office_package_relations(reader->package, "", &relations, error))
		return false;
	main = office_relation_of_type(relations, "officeDocument");
	reader->main_part = g_strdup(main != NULL ? main->target : "xl/workbook.xml");
	return office_package_relations(reader->package, reader->main_part, &reader->relations, error);
}

static bool
read_book(const char *bytes, size_t len, bool keeps_cells, bool is_form, BlockDocument **ret_document,
    GError **error)
{
	g_auto(BookReader) reader = {.keeps_cells = keeps_cells, .is_form = is_form};

	if (!open_book(&reader, bytes, len, error))
		return false;
	reader.document = block_document_new(BLOCK_SOURCE_SHEET);
	reader.book.arena = reader.document->arena;
	reader.book.keeps_formulas = is_form;
	reader.book.strings = g_ptr_array_new();
	reader.book.formats = g_ptr_array_new();
	reader.sheets = g_array_new(FALSE, FALSE, sizeof(SheetEntry));
	if (!read_workbook(&reader, error) ||
	    !read_part(&reader, "sharedStrings", xlsx_read_strings, error) ||
	    !read_part(&reader, "styles", xlsx_read_styles, error))
		return false;
	for (guint i = 0; i < reader.sheets->len; i++)
		if (!read_sheet(&reader, &g_array_index(reader.sheets, SheetEntry, i), error))
			return false;
	/* The name of an only sheet says nothing. */
	if (reader.n_filled == 1)
		reader.flow.first = reader.flow.first->next;
	if (!keeps_cells && !flow_to_blocks(reader.document, &reader.flow, error))
		return false;
	add_notes(&reader);
	*ret_document = g_steal_pointer(&reader.document);
	return true;
}

bool
office_read_sheet(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	return read_book(bytes, len, false, false, ret_document, error);
}

bool
office_read_cells(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	return read_book(bytes, len, true, false, ret_document, error);
}

bool
office_read_form(const char *bytes, size_t len, BlockDocument **ret_document, GError **error)
{
	return read_book(bytes, len, true, true, ret_document, error);
}
