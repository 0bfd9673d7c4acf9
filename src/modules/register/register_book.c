/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_book.h"

#include "app/scratch_file.h"
#include "base/app-error.h"

/* The file itself: a sheet for each annex, one that says how to fill them in, and two that are hidden. */

#define META_FIRST 8 /* row of the first code */

void
register_book_lock(lxw_worksheet *sheet)
{
	lxw_protection free_to = {.format_columns = 1, .format_rows = 1, .sort = 1, .autofilter = 1};

	worksheet_protect(sheet, NULL, &free_to);
}

static void
write_help(RegisterBook *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, REGISTER_HELP_SHEET);
	lxw_row_t row = 0;

	worksheet_set_column(sheet, 0, 0, 26, NULL);
	worksheet_set_column(sheet, 1, 1, 95, NULL);
	worksheet_write_string(sheet, row, 0, "Cột", book->formats.head);
	worksheet_write_string(sheet, row, 1, "Cách ghi", book->formats.head);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		worksheet_write_string(sheet, ++row, 0, REGISTER_FIELDS[field].title, book->formats.text);
		worksheet_write_string(sheet, row, 1, REGISTER_FIELDS[field].hint, book->formats.text);
	}
	worksheet_write_string(sheet, row + 2, 0, "Nhập tệp", book->formats.text);
	worksheet_write_string(sheet, row + 2, 1,
	    "Trang Sổ theo dõi Excel, Nhập tệp đã điền. Chương trình cho xem từng dòng sẽ đổi gì và ô nào "
	    "sai, rồi "
	    "mới ghi, một lần tất cả. Xóa bớt dòng, đổi thứ tự dòng hay cột đều được; đừng đổi tên cột, đừng "
	    "gộp ô.",
	    book->formats.text);
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, REGISTER_PAPER_A4);
	worksheet_fit_to_pages(sheet, 1, 0);
	register_book_lock(sheet);
}

static void
write_fact(lxw_worksheet *sheet, lxw_row_t row, const char *name, const char *value)
{
	worksheet_write_string(sheet, row, 0, name, NULL);
	worksheet_write_string(sheet, row, 1, value, NULL);
}

static void
write_code(lxw_worksheet *sheet, lxw_row_t row, const RegisterLine *line, int64_t plan_id)
{
	g_autofree char *plan = g_strdup_printf("%" G_GINT64_FORMAT, plan_id);
	g_autofree char *version = g_strdup_printf("%" G_GINT64_FORMAT, line->version);

	write_fact(sheet, row, line->code, plan);
	worksheet_write_string(sheet, row, 2, version, NULL);
}

static void
write_meta(RegisterBook *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, REGISTER_META_SHEET);
	lxw_row_t row = META_FIRST;
	char day[DATE_ISO_SIZE], month[DATE_ISO_SIZE];

	date_format_iso(book->scope->today, day);
	date_format_iso(book->content->month, month);
	write_fact(sheet, 0, REGISTER_FORMAT, G_STRINGIFY(REGISTER_TEMPLATE));
	write_fact(sheet, 1, "don-vi", book->content->mark);
	write_fact(sheet, 2, "ngay", day);
	write_fact(sheet, 3, "thang", month);
	for (guint i = 0; i < book->content->annexes->len; i++) {
		const RegisterAnnex *annex = g_ptr_array_index(book->content->annexes, i);

		for (guint k = 0; k < annex->lines->len; k++) {
			const RegisterLine *line = &g_array_index(annex->lines, RegisterLine, k);

			if (line->code != NULL)
				write_code(sheet, row++, line, annex->plan->plan_id);
		}
	}
	worksheet_hide(sheet);
	register_book_lock(sheet);
}

static void
write_lists(RegisterBook *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, REGISTER_LIST_SHEET);

	for (guint i = 0; i < book->content->people.labels->len; i++)
		worksheet_write_string(sheet, i, 0, g_ptr_array_index(book->content->people.labels, i), NULL);
	worksheet_hide(sheet);
}

static void
fill(RegisterBook *book)
{
	lxw_doc_properties properties = {.title = (char *)(guintptr) "Sổ theo dõi thực hiện kế hoạch",
	    .created = (time_t)(book->scope->now_us / INSTANT_SECOND)};

	workbook_set_properties(book->workbook, &properties);
	register_book_make_formats(book);
	for (guint i = 0; i < book->content->annexes->len; i++)
		register_book_write_annex(book, g_ptr_array_index(book->content->annexes, i));
	write_help(book);
	write_lists(book);
	write_meta(book);
}

static bool
write_book(const char *path, void *data, GError **error)
{
	RegisterBook *book = data;

	book->workbook = workbook_new(path);
	fill(book);
	if (workbook_close(book->workbook) == LXW_NO_ERROR)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE,
	    "không ghi được tệp Excel tạm; hãy kiểm tra chỗ trống trên đĩa");
	return false;
}

bool
register_export(const WorkScope *scope, const RegisterChoice *choice, GString *out, GError **error)
{
	g_auto(RegisterContent) content = {0};
	RegisterBook book = {.content = &content, .scope = scope};

	return register_collect(scope, choice, &content, error) &&
	       scratch_file_fill("tệp Excel", write_book, &book, out, error);
}
