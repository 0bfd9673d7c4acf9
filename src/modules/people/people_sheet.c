/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/people_sheet.h"

#include "base/text.h"

#include <string.h>

#define TITLE_ROWS_MAX 30 /* in which the titles are looked for */
#define LETTERS 26
#define WORDS_MAX 5

const char *const PEOPLE_TITLES[PEOPLE_COLUMN_MAX] = {"Họ và tên", "Đơn vị", "Chức vụ", "Trong đơn vị là",
    "Kiêm nhiệm", "Từ ngày", "Thư điện tử", "Điện thoại", "Liên hệ khác", "Tên đăng nhập", "Vai trò"};

const char *const PEOPLE_HINTS[PEOPLE_COLUMN_MAX] = {
    "Bắt buộc.",
    "Chọn trong danh sách. Để trống nếu chưa có vị trí.",
    "Ví dụ: Trưởng phòng; Chuyên viên.",
    "Người đứng đầu, Cấp phó hoặc Thành viên. Để trống thì suy từ chức vụ.",
    "Ghi x nếu là vị trí kiêm nhiệm; mỗi vị trí của một người là một dòng, cùng họ tên và tên đăng nhập.",
    "Ngày bắt đầu giữ vị trí, dạng 15/12/2026. Để trống là từ hôm nay.",
    "Thư công vụ.",
    "8 đến 15 chữ số.",
    "Tùy ý.",
    "Để trống nếu không cấp tài khoản. Chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới.",
    "Vai trò của tài khoản mới, ghi đúng tên trong trang Quản trị tài khoản. Có thể để trống.",
};

/* Folded titles that people write instead. */
static const char *const WORDS[PEOPLE_COLUMN_MAX][WORDS_MAX] = {
    [PEOPLE_NAME] = {"ho va ten", "ho ten", "ten nguoi", "ho va ten can bo"},
    [PEOPLE_UNIT] = {"don vi", "co quan", "phong ban", "co quan, don vi"},
    [PEOPLE_POSITION] = {"chuc vu", "chuc danh", "vi tri", "chuc vu, chuc danh"},
    [PEOPLE_RANK] = {"trong don vi la", "vai trong don vi"},
    [PEOPLE_CONCURRENT] = {"kiem nhiem"},
    [PEOPLE_SINCE] = {"tu ngay", "ngay bat dau", "giu vi tri tu ngay"},
    [PEOPLE_EMAIL] = {"thu dien tu", "email", "e-mail", "thu cong vu"},
    [PEOPLE_PHONE] = {"dien thoai", "so dien thoai", "sdt", "di dong"},
    [PEOPLE_OTHER] = {"lien he khac"},
    [PEOPLE_LOGIN] = {"ten dang nhap", "tai khoan"},
    [PEOPLE_ROLE] = {"vai tro", "quyen"},
};

static PeopleColumn
column_of_title(const char *title)
{
	g_autofree char *typed = text_fold_vi(title);
	const char *folded = g_strstrip(typed);

	for (int column = 0; column < PEOPLE_COLUMN_MAX; column++)
		for (int i = 0; i < WORDS_MAX && WORDS[column][i] != NULL; i++)
			if (strcmp(folded, WORDS[column][i]) == 0)
				return (PeopleColumn)column;
	return PEOPLE_COLUMN_MAX;
}

static void
write_address(int column, uint32_t row, char out[static PEOPLE_ADDRESS_SIZE])
{
	char letters[3] = "";

	if (column >= LETTERS)
		letters[0] = (char)('A' + column / LETTERS - 1);
	letters[strlen(letters)] = (char)('A' + column % LETTERS);
	g_snprintf(out, PEOPLE_ADDRESS_SIZE, "%s%u", letters, row);
}

static void
add_problem(PeopleSheet *sheet, const PeopleProblem *problem)
{
	if (sheet->problems->len < PEOPLE_PROBLEMS_MAX)
		g_array_append_val(sheet->problems, *problem);
}

void
people_sheet_blame(PeopleSheet *sheet, uint32_t row, PeopleColumn column, const char *message)
{
	PeopleProblem problem = {.message = message};

	if (column == PEOPLE_COLUMN_MAX || sheet->columns[column] < 0)
		column = PEOPLE_NAME;
	write_address(MAX(sheet->columns[column], 0), row, problem.address);
	add_problem(sheet, &problem);
}

/* What is left of a cell on one line. */
static const char *
clean_cell(PeopleSheet *sheet, uint32_t row, PeopleColumn column, const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	text_squeeze_append(out, text, strlen(text));
	if (out->len > PEOPLE_CELL_BYTES_MAX) {
		people_sheet_blame(sheet, row, column, "Ô này quá dài.");
		return "";
	}
	return arena_strndup(sheet->arena, out->str, out->len);
}

/* The columns of a row of titles; false where it is none. */
static bool
read_titles(const BlockTable *table, uint16_t row, int columns[static PEOPLE_COLUMN_MAX])
{
	int n = 0;

	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++)
		columns[i] = -1;
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		g_autofree char *title = NULL;
		PeopleColumn column;

		if (cell->row != row)
			continue;
		title = block_text_join(&cell->text);
		column = column_of_title(title);
		if (column == PEOPLE_COLUMN_MAX || columns[column] >= 0)
			continue;
		columns[column] = cell->column;
		n++;
	}
	return n >= 2 && columns[PEOPLE_NAME] >= 0;
}

static PeopleColumn
column_at(const PeopleSheet *sheet, int column)
{
	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++)
		if (sheet->columns[i] == column)
			return (PeopleColumn)i;
	return PEOPLE_COLUMN_MAX;
}

static PeopleSheetRow *
row_numbered(PeopleSheet *sheet, uint32_t number)
{
	PeopleSheetRow *row;

	if (sheet->n_rows > 0 && sheet->rows[sheet->n_rows - 1].number == number)
		return &sheet->rows[sheet->n_rows - 1];
	if (sheet->n_rows >= PEOPLE_ROWS_MAX)
		return NULL;
	row = &sheet->rows[sheet->n_rows++];
	*row = (PeopleSheetRow){.number = number};
	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++)
		row->cells[i] = "";
	return row;
}

static void
begin(PeopleSheet *sheet, Arena *arena)
{
	*sheet = (PeopleSheet){.arena = arena,
	    .rows = arena_array(arena, PeopleSheetRow, PEOPLE_ROWS_MAX),
	    .problems = g_array_new(FALSE, FALSE, sizeof(PeopleProblem))};
	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++)
		sheet->columns[i] = -1;
}

static void
take_rows(PeopleSheet *sheet, const BlockTable *table, uint16_t title_row)
{
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);
		PeopleColumn column = column_at(sheet, cell->column);
		g_autofree char *text = NULL;
		PeopleSheetRow *row;

		if (cell->row <= title_row || column == PEOPLE_COLUMN_MAX)
			continue;
		row = row_numbered(sheet, cell->row + 1U);
		if (row == NULL) {
			add_problem(sheet,
			    &(PeopleProblem){.message = "Tệp có hơn 1.000 dòng; hãy chia thành nhiều tệp."});
			return;
		}
		text = block_text_join(&cell->text);
		row->cells[column] = clean_cell(sheet, row->number, column, text);
	}
}

/* A row of which only other cells are filled is somebody without a name. */
static void
check_names(PeopleSheet *sheet)
{
	for (size_t i = 0; i < sheet->n_rows; i++)
		if (*sheet->rows[i].cells[PEOPLE_NAME] == '\0')
			people_sheet_blame(sheet, sheet->rows[i].number, PEOPLE_NAME, "Thiếu họ và tên.");
	if (sheet->n_rows == 0 && sheet->problems->len == 0)
		add_problem(
		    sheet, &(PeopleProblem){.message = "Tệp không có dòng nào bên dưới dòng tiêu đề cột."});
}

void
people_sheet_read(const BlockDocument *document, Arena *arena, PeopleSheet *ret_sheet)
{
	begin(ret_sheet, arena);
	for (guint i = 0; i < document->blocks->len; i++) {
		const Block *block = g_ptr_array_index(document->blocks, i);

		for (uint16_t row = 0;
		     block->kind == BLOCK_TABLE && row < block->table.n_rows && row < TITLE_ROWS_MAX; row++)
			if (read_titles(&block->table, row, ret_sheet->columns)) {
				take_rows(ret_sheet, &block->table, row);
				check_names(ret_sheet);
				return;
			}
	}
	add_problem(ret_sheet,
	    &(PeopleProblem){
		.message = "Không thấy dòng tiêu đề cột. Hãy dùng tệp mẫu: cần có cột “Họ và tên” và ít "
			   "nhất một cột khác, ví dụ “Đơn vị”."});
}

void
people_sheet_clear(PeopleSheet *sheet)
{
	g_clear_pointer(&sheet->problems, g_array_unref);
}

/* One line for the columns, one for each row; cells hold neither tabs nor line ends. */
char *
people_sheet_pack(const PeopleSheet *sheet)
{
	GString *out = g_string_new(NULL);

	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++)
		g_string_append_printf(out, "\t%d", sheet->columns[i]);
	g_string_append_c(out, '\n');
	for (size_t i = 0; i < sheet->n_rows; i++) {
		g_string_append_printf(out, "%u", sheet->rows[i].number);
		for (int column = 0; column < PEOPLE_COLUMN_MAX; column++)
			g_string_append_printf(out, "\t%s", sheet->rows[i].cells[column]);
		g_string_append_c(out, '\n');
	}
	return g_string_free(out, FALSE);
}

static uint32_t
small_number(const char *text)
{
	guint64 number;

	return text != NULL && g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT16, &number, NULL)
		   ? (uint32_t)number
		   : G_MAXUINT32;
}

void
people_sheet_unpack(const char *text, Arena *arena, PeopleSheet *ret_sheet)
{
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
	bool has_columns = false;

	begin(ret_sheet, arena);
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "\t", PEOPLE_COLUMN_MAX + 1);
		PeopleSheetRow *row = NULL;
		uint32_t number;

		if (g_strv_length(cells) != PEOPLE_COLUMN_MAX + 1)
			continue;
		number = small_number(cells[0]);
		if (has_columns && number != G_MAXUINT32)
			row = row_numbered(ret_sheet, number);
		for (int column = 0; column < PEOPLE_COLUMN_MAX; column++)
			if (!has_columns) {
				uint32_t place = small_number(cells[column + 1]);

				ret_sheet->columns[column] = place < LETTERS * LETTERS ? (int)place : -1;
			} else if (row != NULL) {
				row->cells[column] =
				    clean_cell(ret_sheet, number, (PeopleColumn)column, cells[column + 1]);
			}
		has_columns = true;
	}
	check_names(ret_sheet);
}
