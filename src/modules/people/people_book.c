/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/people_book.h"

#include "app/scratch_file.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/people/people_sheet.h"

#include <string.h>
#include <xlsxwriter.h>

#define SHEET_PEOPLE "Người"
#define SHEET_UNITS "Đơn vị"
#define SHEET_HELP "Hướng dẫn"
#define EMPTY_ROWS 300 /* that have the lists to choose from */

typedef struct Book {
	lxw_workbook *workbook;
	lxw_worksheet *people;
	lxw_format *title, *text;
	lxw_row_t n_units, n_rows;
} Book;

static void
put(Book *book, lxw_row_t row, PeopleColumn column, const char *text)
{
	worksheet_write_string(book->people, row, (lxw_col_t)column, text, book->text);
}

static void
write_units(Book *book, const AgencyBook *agencies, int32_t day)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, SHEET_UNITS);

	worksheet_write_string(sheet, 0, 0, "Tên đơn vị", book->title);
	worksheet_set_column(sheet, 0, 0, 60, NULL);
	for (size_t i = 0; i < agencies->n_units; i++) {
		const AgencyUnit *unit = &agencies->units[i];
		const AgencyVersion *at = agency_at(unit, day);

		if (!unit->is_withdrawn && agency_lives(unit, day) && !at->is_generic && !at->is_higher)
			worksheet_write_string(sheet, ++book->n_units, 0, at->name, book->text);
	}
}

static void
write_help(Book *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, SHEET_HELP);
	lxw_row_t row = 0;

	worksheet_set_column(sheet, 0, 0, 22, NULL);
	worksheet_set_column(sheet, 1, 1, 90, NULL);
	worksheet_write_string(sheet, row, 0, "Cột", book->title);
	worksheet_write_string(sheet, row, 1, "Cách ghi", book->title);
	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++) {
		worksheet_write_string(sheet, ++row, 0, PEOPLE_TITLES[i], book->text);
		worksheet_write_string(sheet, row, 1, PEOPLE_HINTS[i], book->text);
	}
	worksheet_write_string(sheet, row + 2, 0, "Nhập tệp", book->text);
	worksheet_write_string(sheet, row + 2, 1,
	    "Trang Người, Nhập từ tệp Excel. Chương trình cho xem trước sẽ thêm, sửa gì và ô nào sai; chỉ "
	    "ghi khi "
	    "không còn ô nào sai. Ô để trống thì không xóa điều đã có.",
	    book->text);
}

static void
add_choice(Book *book, PeopleColumn column, lxw_data_validation *choice)
{
	worksheet_data_validation_range(
	    book->people, 1, (lxw_col_t)column, book->n_rows + EMPTY_ROWS, (lxw_col_t)column, choice);
}

static void
add_choices(Book *book)
{
	static const char *const RANKS[] = {"Người đứng đầu", "Cấp phó", "Thành viên", NULL};
	static const char *const YES[] = {"x", NULL};
	g_autofree char *units = g_strdup_printf("='" SHEET_UNITS "'!$A$2:$A$%u", book->n_units + 1);
	lxw_data_validation choice = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = units};

	if (book->n_units > 0)
		add_choice(book, PEOPLE_UNIT, &choice);
	choice = (lxw_data_validation){
	    .validate = LXW_VALIDATION_TYPE_LIST, .value_list = (char **)(guintptr)RANKS};
	add_choice(book, PEOPLE_RANK, &choice);
	choice.value_list = (char **)(guintptr)YES;
	add_choice(book, PEOPLE_CONCURRENT, &choice);
}

static void
write_titles(Book *book)
{
	static const double WIDTHS[PEOPLE_COLUMN_MAX] = {26, 34, 24, 18, 11, 12, 28, 16, 20, 18, 24};

	for (int i = 0; i < PEOPLE_COLUMN_MAX; i++) {
		worksheet_write_string(book->people, 0, (lxw_col_t)i, PEOPLE_TITLES[i], book->title);
		worksheet_set_column(book->people, (lxw_col_t)i, (lxw_col_t)i, WIDTHS[i], book->text);
	}
	worksheet_freeze_panes(book->people, 1, 1);
}

static void
write_person(Book *book, lxw_row_t row, const IdentityPerson *person)
{
	put(book, row, PEOPLE_NAME, person->name);
	put(book, row, PEOPLE_EMAIL, person->email);
	put(book, row, PEOPLE_PHONE, person->phone);
	put(book, row, PEOPLE_OTHER, person->other_contact);
	put(book, row, PEOPLE_LOGIN, person->login);
}

static void
write_post(Book *book, lxw_row_t row, const AgencyBook *agencies, const IdentityPost *post, int32_t day)
{
	static const char *const RANKS[IDENTITY_RANK_MAX] = {NULL, "Người đứng đầu", "Cấp phó", "Thành viên"};
	g_autoptr(GArray) now = agency_successors(agencies, post->agency_id, day);
	int64_t agency_id = now->len == 1 ? g_array_index(now, int64_t, 0) : post->agency_id;
	g_autofree char *since = NULL;
	int year, month, of_month;

	put(book, row, PEOPLE_UNIT, agency_name_at(agencies, agency_id, day));
	put(book, row, PEOPLE_POSITION, post->position);
	put(book, row, PEOPLE_RANK, RANKS[post->rank]);
	put(book, row, PEOPLE_CONCURRENT, post->is_main ? "" : "x");
	if (post->valid_from == AGENCY_SINCE_EVER)
		return;
	date_to_ymd(post->valid_from, &year, &month, &of_month);
	since = g_strdup_printf("%02d/%02d/%04d", of_month, month, year);
	put(book, row, PEOPLE_SINCE, since);
}

/* A row for each post; somebody without one has a row too. */
static bool
write_people(Book *book, const IdentityScope *scope, const AgencyBook *agencies, int32_t day, GError **error)
{
	g_autoptr(GPtrArray) people = g_ptr_array_new();

	if (!identity_people(scope, people, error))
		return false;
	for (guint i = 0; i < people->len; i++) {
		const IdentityPerson *person = g_ptr_array_index(people, i);
		g_autoptr(GPtrArray) posts = g_ptr_array_new();

		if (!identity_posts_of(scope, person->person_id, day, posts, error))
			return false;
		for (guint p = 0; p < MAX(posts->len, 1); p++) {
			write_person(book, ++book->n_rows, person);
			if (p < posts->len)
				write_post(book, book->n_rows, agencies, g_ptr_array_index(posts, p), day);
		}
	}
	return true;
}

static bool
fill(Book *book, const IdentityScope *scope, int32_t day, bool with_people, GError **error)
{
	AgencyBook agencies;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &agencies, error))
		return false;
	book->title = workbook_add_format(book->workbook);
	format_set_bold(book->title);
	format_set_bg_color(book->title, 0xE7EEF7);
	book->text = workbook_add_format(book->workbook);
	format_set_num_format(book->text, "@");
	book->people = workbook_add_worksheet(book->workbook, SHEET_PEOPLE);
	write_titles(book);
	write_units(book, &agencies, day);
	write_help(book);
	if (with_people && !write_people(book, scope, &agencies, day, error))
		return false;
	add_choices(book);
	return true;
}

/* What is asked for, beside the book that is made of it. */
typedef struct Order {
	const IdentityScope *scope;
	int32_t day;
	bool with_people;
} Order;

static bool
write_book(const char *path, void *data, GError **error)
{
	const Order *order = data;
	Book book = {.workbook = workbook_new(path)};
	bool is_ok = fill(&book, order->scope, order->day, order->with_people, error);

	if (workbook_close(book.workbook) == LXW_NO_ERROR || !is_ok)
		return is_ok;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE,
	    "không ghi được tệp Excel tạm; hãy kiểm tra chỗ trống trên đĩa");
	return false;
}

bool
people_book_write(const IdentityScope *scope, int32_t day, bool with_people, GString *out, GError **error)
{
	Order order = {scope, day, with_people};

	return scratch_file_fill("tệp Excel", write_book, &order, out, error);
}
