/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_sheet.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

#define LETTERS 26
#define TITLE_ROWS_MAX 40 /* in which the titles are looked for */

/* The hidden sheet while the rest is read. */
typedef struct Meta {
	GHashTable *rows; /* of code, to const MetaRow * */
	bool is_there;
} Meta;

typedef struct MetaRow {
	int64_t plan_id, version;
} MetaRow;

static void
add_problem(RegisterFile *file, const RegisterProblem *problem)
{
	if (file->problems->len < REGISTER_PROBLEMS_MAX)
		g_array_append_val(file->problems, *problem);
	else
		file->is_cut = true;
}

void
register_blame_file(RegisterFile *file, const char *message)
{
	add_problem(file, &(RegisterProblem){.message = message});
}

void
register_blame_column(RegisterFile *file, const RegisterRow *row, int column, const char *message)
{
	RegisterProblem problem = {.sheet = row->sheet->name, .message = message};
	char letters[3] = "";

	column = CLAMP(column, 0, REGISTER_COLUMNS_MAX - 1);
	if (column >= LETTERS)
		letters[0] = (char)('A' + column / LETTERS - 1);
	letters[strlen(letters)] = (char)('A' + column % LETTERS);
	g_snprintf(problem.address, sizeof problem.address, "%s%u", letters, row->number);
	add_problem(file, &problem);
}

void
register_blame(RegisterFile *file, const RegisterRow *row, RegisterField field, const char *message)
{
	int column = row->sheet->columns[field];

	register_blame_column(file, row, column >= 0 ? column : row->sheet->columns[REGISTER_KEY], message);
}

static void
begin(RegisterFile *file, Arena *arena)
{
	*file = (RegisterFile){.arena = arena,
	    .mark = "",
	    .month = DATE_NONE,
	    .day = DATE_NONE,
	    .rows = arena_array(arena, RegisterRow, REGISTER_ROWS_MAX),
	    .problems = g_array_new(FALSE, FALSE, sizeof(RegisterProblem))};
}

void
register_file_clear(RegisterFile *file)
{
	g_clear_pointer(&file->problems, g_array_unref);
}

/* The lines of a cell without blanks at the ends; the caller's. */
static char *
lines_of(const BlockText *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; i < text->len; i++) {
		if (i > 0 && text->pieces[i].before != BLOCK_BREAK_NONE)
			g_string_append_c(out, text->pieces[i].before == BLOCK_BREAK_PARAGRAPH ? '\n' : ' ');
		g_string_append(out, text->pieces[i].text);
	}
	g_strstrip(out->str);
	return g_strdup(out->str);
}

static const char *
keep_line(Arena *arena, const BlockText *text)
{
	g_autofree char *lines = lines_of(text);
	g_autoptr(GString) out = g_string_new(NULL);

	text_squeeze_append(out, lines, strlen(lines));
	return arena_strndup(arena, out->str, out->len);
}

static int64_t
number_of(const char *text)
{
	gint64 number;

	return g_ascii_string_to_signed(text, 10, 0, G_MAXINT32, &number, NULL) ? number : 0;
}

/* --- the hidden sheet: a line of facts each, then a row for each code ------------------------------------
 */

#define META_COLUMNS 3

static void
take_meta_row(RegisterFile *file, Meta *meta, const char *const cells[static META_COLUMNS])
{
	if (strcmp(cells[0], REGISTER_FORMAT) == 0) {
		file->template_version = (int)number_of(cells[1]);
		meta->is_there = true;
	} else if (strcmp(cells[0], "don-vi") == 0) {
		file->mark = cells[1];
	} else if (strcmp(cells[0], "ngay") == 0) {
		date_parse_iso(cells[1], &file->day);
	} else if (strcmp(cells[0], "thang") == 0) {
		date_parse_iso(cells[1], &file->month);
	} else if (g_ascii_isdigit(*cells[0])) {
		MetaRow *row = arena_new0(file->arena, MetaRow);

		*row = (MetaRow){number_of(cells[1]), number_of(cells[2])};
		g_hash_table_insert(meta->rows, (gpointer)(guintptr)cells[0], row);
	}
}

static void
read_meta(RegisterFile *file, Meta *meta, const BlockTable *table)
{
	const char *cells[META_COLUMNS] = {"", "", ""};
	uint16_t row = 0;

	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);

		if (cell->row != row) {
			take_meta_row(file, meta, cells);
			cells[0] = cells[1] = cells[2] = "";
			row = cell->row;
		}
		if (cell->column < META_COLUMNS)
			cells[cell->column] = keep_line(file->arena, &cell->text);
	}
	take_meta_row(file, meta, cells);
}

/* --- rows ------------------------------------------------------------------------------------------------
 */

static int
field_of_title(const char *title)
{
	g_autofree char *folded = text_fold_vi(title);

	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		g_autofree char *own = text_fold_vi(REGISTER_FIELDS[field].title);

		if (strcmp(folded, own) == 0)
			return field;
	}
	return -1;
}

/* The row of titles is the one that names the column of codes; the annex's own titles may reach down into it
 * from the row above. */
static bool
find_titles(const BlockTable *table, uint16_t *ret_row)
{
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		g_autofree char *title = NULL;

		if (cell->row >= TITLE_ROWS_MAX)
			return false;
		title = lines_of(&cell->text);
		if (field_of_title(title) != REGISTER_KEY)
			continue;
		*ret_row = cell->row;
		return true;
	}
	return false;
}

static void
read_titles(RegisterFile *file, RegisterSheet *sheet, const BlockTable *table, uint16_t title_row)
{
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		sheet->columns[field] = -1;
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		const char *title;
		int field;

		if (cell->row > title_row || cell->row + cell->n_rows <= title_row ||
		    cell->column >= REGISTER_COLUMNS_MAX)
			continue;
		title = keep_line(file->arena, &cell->text);
		sheet->titles[cell->column] = title;
		field = field_of_title(title);
		if (field < 0)
			continue;
		/* An annex may have a column of the same name: ours stand to its right. */
		if (sheet->columns[field] < cell->column)
			sheet->columns[field] = cell->column;
	}
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		if (sheet->columns[field] >= 0)
			sheet->titles[sheet->columns[field]] = NULL;
}

static bool
has_all_columns(RegisterFile *file, const RegisterSheet *sheet)
{
	bool has_all = true;

	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		RegisterProblem problem = {.sheet = sheet->name};

		if (sheet->columns[field] >= 0 || !REGISTER_FIELDS[field].is_open)
			continue;
		problem.message = arena_printf(file->arena,
		    "Thiếu cột “%s”. Đừng xóa hay đổi tên cột; hãy xuất lại sổ rồi chép phần đã điền sang.",
		    REGISTER_FIELDS[field].title);
		add_problem(file, &problem);
		has_all = false;
	}
	return has_all;
}

static int
field_at(const RegisterSheet *sheet, int column)
{
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		if (sheet->columns[field] == column)
			return field;
	return -1;
}

static RegisterRow *
row_numbered(RegisterFile *file, RegisterSheet *sheet, uint32_t number)
{
	RegisterRow *row = file->n_rows > 0 ? &file->rows[file->n_rows - 1] : NULL;

	if (row != NULL && row->sheet == sheet && row->number == number)
		return row;
	if (file->n_rows >= REGISTER_ROWS_MAX)
		return NULL;
	row = &file->rows[file->n_rows++];
	*row = (RegisterRow){.sheet = sheet,
	    .number = number,
	    .others = arena_array(file->arena, const char *, REGISTER_COLUMNS_MAX)};
	memset((void *)row->others, 0, REGISTER_COLUMNS_MAX * sizeof *row->others);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		row->cells[field] = "";
	return row;
}

/* A range of merged cells says nothing about the rows it covers. */
static bool
is_merged(const RegisterSheet *sheet, const BlockCell *cell)
{
	if (cell->n_rows == 1 && cell->n_columns == 1)
		return false;
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		if ((REGISTER_FIELDS[field].is_open || field == REGISTER_KEY) &&
		    sheet->columns[field] >= cell->column &&
		    sheet->columns[field] < cell->column + cell->n_columns)
			return true;
	return false;
}

static void
take_cell(RegisterFile *file, RegisterRow *row, const BlockCell *cell)
{
	int field = field_at(row->sheet, cell->column);
	g_autofree char *text = lines_of(&cell->text);

	if (is_merged(row->sheet, cell))
		register_blame_column(file, row, cell->column,
		    "Ô này bị gộp với ô khác nên không biết là của dòng nào. Hãy bỏ gộp rồi điền từng ô.");
	if (strlen(text) > REGISTER_CELL_BYTES_MAX) {
		register_blame_column(file, row, cell->column, "Ô này quá dài; mỗi ô tối đa 4.000 ký tự.");
		return;
	}
	if (field < 0) {
		row->others[cell->column] = keep_line(file->arena, &cell->text);
		return;
	}
	row->cells[field] = arena_strdup(file->arena, text);
	if (cell->text.len > 0 && cell->text.pieces[0].confidence == 0)
		row->formulas |= 1U << field;
}

static bool
take_rows(RegisterFile *file, RegisterSheet *sheet, const BlockTable *table, uint16_t title_row)
{
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		RegisterRow *row;

		if (cell->row <= title_row || cell->column >= REGISTER_COLUMNS_MAX)
			continue;
		row = row_numbered(file, sheet, cell->row + 1U);
		if (row == NULL) {
			register_blame_file(file,
			    "Tệp có hơn " G_STRINGIFY(
				REGISTER_ROWS_MAX) " dòng. Hãy xuất sổ theo từng kế hoạch hoặc từng "
						   "đơn vị rồi nhập từng tệp.");
			return false;
		}
		take_cell(file, row, cell);
	}
	return true;
}

/* Of the rows that hold something of ours, each with a code, and once. Others are headings and notes. */
static void
keep_coded(RegisterFile *file, const Meta *meta)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	size_t n = 0;

	for (size_t i = 0; i < file->n_rows; i++) {
		RegisterRow *row = &file->rows[i];
		const MetaRow *known = g_hash_table_lookup(meta->rows, row->cells[REGISTER_KEY]);
		bool is_filled = false;

		for (int field = 0; field < REGISTER_FIELD_MAX; field++)
			is_filled =
			    is_filled || (REGISTER_FIELDS[field].is_open && *row->cells[field] != '\0');
		if (*row->cells[REGISTER_KEY] == '\0') {
			if (is_filled)
				register_blame(file, row, REGISTER_KEY,
				    "Dòng này có nội dung nhưng không có mã dòng nên không biết là của việc "
				    "nào. "
				    "Việc mới thì thêm trên trang, không thêm bằng tệp.");
			continue;
		}
		if (!g_hash_table_add(seen, (gpointer)(guintptr)row->cells[REGISTER_KEY])) {
			register_blame(file, row, REGISTER_KEY,
			    "Mã dòng này đã có ở một dòng phía trên. Hãy xóa dòng thừa.");
			continue;
		}
		if (known != NULL) {
			row->plan_id = known->plan_id;
			row->version = known->version;
		}
		file->rows[n++] = *row;
	}
	file->n_rows = n;
}

static void
read_sheet(RegisterFile *file, const char *name, const BlockTable *table, size_t *n_sheets)
{
	RegisterSheet *sheet;
	uint16_t title_row;

	if (!find_titles(table, &title_row))
		return;
	if ((*n_sheets)++ >= REGISTER_SHEETS_MAX) {
		register_blame_file(file, "Tệp có quá nhiều trang tính. Hãy xuất lại sổ theo từng kế hoạch.");
		return;
	}
	sheet = arena_new0(file->arena, RegisterSheet);
	sheet->name = name;
	read_titles(file, sheet, table, title_row);
	if (has_all_columns(file, sheet))
		take_rows(file, sheet, table, title_row);
}

static void
check_meta(RegisterFile *file, const Meta *meta, size_t n_sheets)
{
	if (!meta->is_there)
		register_blame_file(file,
		    "Không phải sổ do chương trình xuất, hoặc đã mất trang tính ẩn “" REGISTER_META_SHEET
		    "”. Hãy xuất lại "
		    "sổ, điền vào tệp mới xuất rồi nộp.");
	else if (file->template_version != REGISTER_TEMPLATE)
		register_blame_file(file, arena_printf(file->arena,
					      "Tệp theo mẫu số %d, chương trình đang dùng mẫu số %d. Hãy "
					      "xuất lại sổ rồi chép phần đã "
					      "điền sang.",
					      file->template_version, REGISTER_TEMPLATE));
	else if (n_sheets == 0)
		register_blame_file(file,
		    "Không thấy trang tính nào có cột “Mã dòng”. Đừng xóa hay đổi tên cột; hãy xuất lại sổ.");
}

void
register_file_read(const BlockDocument *document, Arena *arena, RegisterFile *ret_file)
{
	g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
	Meta meta = {.rows = rows};
	const char *name = "";
	size_t n_sheets = 0;

	begin(ret_file, arena);
	for (guint i = 0; i < document->blocks->len; i++) {
		const Block *block = g_ptr_array_index(document->blocks, i);

		if (block->kind == BLOCK_PARAGRAPH)
			name = keep_line(arena, &block->text);
		else if (block->kind == BLOCK_TABLE && strcmp(name, REGISTER_META_SHEET) == 0)
			read_meta(ret_file, &meta, &block->table);
		else if (block->kind == BLOCK_TABLE && strcmp(name, REGISTER_HELP_SHEET) != 0)
			read_sheet(ret_file, name, &block->table, &n_sheets);
	}
	check_meta(ret_file, &meta, n_sheets);
	keep_coded(ret_file, &meta);
}
