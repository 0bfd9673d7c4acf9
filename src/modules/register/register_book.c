/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/text.h"
#include "modules/register/register_rows.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* The file itself. Above each annex its title; then titles of columns in two rows, the upper one for what
 * belongs together; then the rows. */

#define ROW_TITLE 0
#define ROW_PLAN 1
#define ROW_NOTE 2
#define ROW_GROUP 3 /* "Theo dõi thực hiện"; the annex's titles reach down from here */
#define ROW_HEAD 4
#define ROW_FIRST 5
#define ROW_HEIGHT_HEAD 34
#define ROW_HEIGHT_MAX 409 /* points; a rule of Excel */
#define LINE_HEIGHT 15.75
#define LINE_FILL 1.1
#define SHEET_NAME_MAX 31 /* characters, a rule of Excel */
#define PAPER_A4 9
#define META_FIRST 8 /* row of the first code */

typedef struct Formats {
	lxw_format *title, *plain, *note, *head, *head_open, *group, *locked, *open, *number, *day, *text;
} Formats;

typedef struct Book {
	const RegisterContent *content;
	const WorkScope *scope;
	lxw_workbook *workbook;
	lxw_worksheet *list;
	Formats formats;
} Book;

static lxw_format *
cell_format(Book *book, bool is_locked)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, 12);
	format_set_text_wrap(format);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	format_set_border(format, LXW_BORDER_THIN);
	format_set_num_format(format, "@");
	if (is_locked)
		format_set_bg_color(format, 0xF2F2F2);
	else
		format_set_unlocked(format);
	return format;
}

static lxw_format *
head_format(Book *book, lxw_color_t colour)
{
	lxw_format *format = cell_format(book, true);

	format_set_bold(format);
	format_set_align(format, LXW_ALIGN_CENTER);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	format_set_bg_color(format, colour);
	return format;
}

static lxw_format *
line_format(Book *book, double size)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, size);
	return format;
}

static void
make_formats(Book *book)
{
	Formats *formats = &book->formats;

	formats->title = line_format(book, 13);
	format_set_bold(formats->title);
	formats->plain = line_format(book, 11);
	format_set_italic(formats->plain);
	formats->note = line_format(book, 10);
	formats->head = head_format(book, 0xD9E2F0);
	formats->head_open = head_format(book, 0xFFF2CC);
	formats->group = cell_format(book, true);
	format_set_bold(formats->group);
	formats->locked = cell_format(book, true);
	formats->open = cell_format(book, false);
	formats->number = cell_format(book, false);
	format_set_num_format(formats->number, "0");
	formats->day = cell_format(book, false);
	format_set_num_format(formats->day, "dd/mm/yyyy");
	formats->text = line_format(book, 11);
	format_set_num_format(formats->text, "@");
	format_set_text_wrap(formats->text);
}

/* A name that Excel takes, and that no other sheet has. */
static char *
sheet_name(Book *book, const RegisterAnnex *annex)
{
	g_autoptr(GString) name = g_string_new(NULL);
	glong n_all;

	for (const char *at = annex->label; *at != '\0'; at++)
		g_string_append_c(name, strchr("[]:*?/\\'", *at) != NULL ? ' ' : *at);
	for (int i = 1; i <= REGISTER_SHEETS_MAX; i++) {
		g_autofree char *suffix = i > 1 ? g_strdup_printf(" (%d)", i) : g_strdup("");
		g_autofree char *begin = NULL, *full = NULL;

		n_all = MIN(g_utf8_strlen(name->str, -1), SHEET_NAME_MAX - (glong)strlen(suffix));
		begin = g_utf8_substring(name->str, 0, n_all);
		full = g_strconcat(begin, suffix, NULL);
		if (workbook_get_worksheet_by_name(book->workbook, full) == NULL &&
		    g_ascii_strcasecmp(full, REGISTER_META_SHEET) != 0 &&
		    strcmp(full, REGISTER_HELP_SHEET) != 0)
			return g_steal_pointer(&full);
	}
	return NULL; /* Excel then counts by itself */
}

static lxw_col_t
column_of(const RegisterAnnex *annex, RegisterField field)
{
	return (lxw_col_t)(annex->n_columns + (size_t)field);
}

static const double WIDTHS[PLAN_COLUMN_MAX] = {[PLAN_COLUMN_NO] = 5,
    [PLAN_COLUMN_NAME] = 34,
    [PLAN_COLUMN_UNIT] = 8,
    [PLAN_COLUMN_VALUE] = 9,
    [PLAN_COLUMN_LEAD] = 15,
    [PLAN_COLUMN_COORDINATING] = 16,
    [PLAN_COLUMN_OUTPUT] = 16,
    [PLAN_COLUMN_TIME] = 11,
    [PLAN_COLUMN_NOTE] = 10};

static void
write_heads(Book *book, lxw_worksheet *sheet, const RegisterAnnex *annex)
{
	for (size_t i = 0; i < annex->n_columns; i++) {
		const PlanColumnInfo *column = annex->columns[i];
		lxw_col_t at = (lxw_col_t)i;

		worksheet_merge_range(sheet, ROW_GROUP, at, ROW_HEAD, at, column->title, book->formats.head);
		worksheet_set_column(sheet, at, at, WIDTHS[column->kind], NULL);
	}
	worksheet_merge_range(sheet, ROW_GROUP, column_of(annex, 0), ROW_GROUP,
	    column_of(annex, REGISTER_PERSON), "Theo dõi thực hiện", book->formats.head);
	worksheet_merge_range(sheet, ROW_GROUP, column_of(annex, REGISTER_AGENCY), ROW_GROUP,
	    column_of(annex, REGISTER_KEY), "Phần không in", book->formats.head);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++) {
		const RegisterFieldInfo *info = &REGISTER_FIELDS[field];
		lxw_col_t at = column_of(annex, (RegisterField)field);

		worksheet_write_string(sheet, ROW_HEAD, at, info->title,
		    info->is_open ? book->formats.head_open : book->formats.head);
		worksheet_set_column(sheet, at, at, info->width, NULL);
	}
	worksheet_set_row(sheet, ROW_HEAD, ROW_HEIGHT_HEAD, NULL);
}

static void
write_day(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text)
{
	int32_t day = register_day_read(text);
	int year, month, of_month;
	lxw_datetime value;

	if (day == DATE_NONE) {
		worksheet_write_blank(sheet, row, column, book->formats.day);
		return;
	}
	date_to_ymd(day, &year, &month, &of_month);
	value = (lxw_datetime){.year = year, .month = month, .day = of_month};
	worksheet_write_datetime(sheet, row, column, &value, book->formats.day);
}

static void
write_field(Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const RegisterLine *line,
    RegisterField field)
{
	const char *text = line->cells[field];
	bool is_open = REGISTER_FIELDS[field].is_open && line->code != NULL;
	lxw_format *format = is_open ? book->formats.open : book->formats.locked;

	if (is_open && field == REGISTER_PERCENT && *text != '\0')
		worksheet_write_number(sheet, row, column, g_ascii_strtod(text, NULL), book->formats.number);
	else if (is_open && field == REGISTER_DAY)
		write_day(book, sheet, row, column, text);
	else if (*text == '\0')
		worksheet_write_blank(
		    sheet, row, column, is_open && field == REGISTER_PERCENT ? book->formats.number : format);
	else
		worksheet_write_string(sheet, row, column, text, format);
}

/* Lines that a text takes in a column; a letter is a little narrower than the digit by which Excel measures. */
static double
count_lines(const char *text, double width)
{
	double n = 0;

	while (text != NULL) {
		size_t len = strcspn(text, "\n");

		n += 1 + (double)(int)((double)g_utf8_strlen(text, (gssize)len) / (width * LINE_FILL));
		text = text[len] != '\0' ? text + len + 1 : NULL;
	}
	return n;
}

/* What makes the row's texts visible; no program that opens the file has to do it. */
static void
set_height(lxw_worksheet *sheet, lxw_row_t row, const RegisterAnnex *annex, const RegisterLine *line)
{
	double n = 1;

	for (size_t i = 0; i < annex->n_columns; i++)
		n = MAX(n, count_lines(register_task_cell(line->task, annex->columns[i]->kind),
			       WIDTHS[annex->columns[i]->kind]));
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		n = MAX(n, count_lines(line->cells[field], REGISTER_FIELDS[field].width));
	worksheet_set_row(sheet, row, MIN(n * LINE_HEIGHT + 2, ROW_HEIGHT_MAX), NULL);
}

static void
write_heading(
    Book *book, lxw_worksheet *sheet, lxw_row_t row, const RegisterAnnex *annex, const PlanGroupInfo *group)
{
	g_autofree char *title = g_strdup_printf(
	    "%s%s%s", group->no != NULL ? group->no : "", group->no != NULL ? ". " : "", group->title);

	/* Not over the columns to fill in: a merged cell there would be somebody's mistake. */
	if (annex->n_columns > 1)
		worksheet_merge_range(
		    sheet, row, 0, row, (lxw_col_t)(annex->n_columns - 1), title, book->formats.group);
	else
		worksheet_write_string(sheet, row, 0, title, book->formats.group);
	for (int field = 0; field <= REGISTER_PERSON; field++)
		worksheet_write_blank(
		    sheet, row, column_of(annex, (RegisterField)field), book->formats.group);
}

static void
write_line(
    Book *book, lxw_worksheet *sheet, lxw_row_t row, const RegisterAnnex *annex, const RegisterLine *line)
{
	if (line->group != NULL) {
		write_heading(book, sheet, row, annex, line->group);
		return;
	}
	set_height(sheet, row, annex, line);
	for (size_t i = 0; i < annex->n_columns; i++)
		worksheet_write_string(sheet, row, (lxw_col_t)i,
		    register_task_cell(line->task, annex->columns[i]->kind), book->formats.locked);
	for (int field = 0; field < REGISTER_FIELD_MAX; field++)
		write_field(
		    book, sheet, row, column_of(annex, (RegisterField)field), line, (RegisterField)field);
}

/* --- what can be chosen ----------------------------------------------------------------------------------
 */

static void
add_choices(Book *book, lxw_worksheet *sheet, const RegisterAnnex *annex, lxw_row_t last)
{
	static const char *const STATES[] = {"Chưa thực hiện", "Đang thực hiện", "Chờ nghiệm thu", NULL};
	static const char *const YES[] = {"x", NULL};
	g_autofree char *people =
	    g_strdup_printf("=" REGISTER_LIST_SHEET "!$A$1:$A$%u", book->content->people.labels->len);
	lxw_data_validation choice = {.validate = LXW_VALIDATION_TYPE_LIST,
	    .value_list = (char **)(guintptr)STATES,
	    .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
	lxw_col_t at = column_of(annex, REGISTER_STATE);

	worksheet_data_validation_range(sheet, ROW_FIRST, at, last, at, &choice);
	choice.value_list = (char **)(guintptr)YES;
	at = column_of(annex, REGISTER_IDLE);
	worksheet_data_validation_range(sheet, ROW_FIRST, at, last, at, &choice);
	at = column_of(annex, REGISTER_PERCENT);
	choice = (lxw_data_validation){.validate = LXW_VALIDATION_TYPE_INTEGER,
	    .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
	    .minimum_number = 0,
	    .maximum_number = 100};
	worksheet_data_validation_range(sheet, ROW_FIRST, at, last, at, &choice);
	if (book->content->people.labels->len == 0)
		return;
	at = column_of(annex, REGISTER_PERSON);
	choice = (lxw_data_validation){.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = people};
	worksheet_data_validation_range(sheet, ROW_FIRST, at, last, at, &choice);
}

/* --- sheets ----------------------------------------------------------------------------------------------
 */

static void
set_up_print(lxw_worksheet *sheet, const RegisterAnnex *annex, lxw_row_t last)
{
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, PAPER_A4);
	worksheet_set_margins(sheet, 0.5, 0.4, 0.5, 0.6);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_repeat_rows(sheet, ROW_GROUP, ROW_HEAD);
	worksheet_print_area(sheet, 0, 0, last, column_of(annex, REGISTER_PERSON));
	worksheet_set_footer(sheet, "&CTrang &P/&N");
}

static void
lock(lxw_worksheet *sheet)
{
	lxw_protection free_to = {.format_columns = 1, .format_rows = 1, .sort = 1, .autofilter = 1};

	worksheet_protect(sheet, NULL, &free_to);
}

static void
write_caption(Book *book, lxw_worksheet *sheet, const RegisterAnnex *annex)
{
	g_autoptr(GString) caption = g_string_new("Kèm theo ");
	g_autofree char *title = annex->title != NULL ? g_strdup_printf("%s. %s", annex->label, annex->title)
						      : g_strdup(annex->label);
	g_autofree char *note = NULL;
	char today[DATE_ISO_SIZE];

	plan_caption(annex->plan, caption);
	date_format_vi(book->scope->today, today);
	note = g_strdup_printf(
	    "Sổ theo dõi xuất ngày %s, nội dung của tháng %s. Chỉ điền các cột có tiêu đề nền vàng; "
	    "cách ghi ở trang “" REGISTER_HELP_SHEET "”.",
	    today, register_month_text(book->scope->arena, book->content->month));
	worksheet_write_string(sheet, ROW_TITLE, 0, title, book->formats.title);
	worksheet_write_string(sheet, ROW_PLAN, 0, caption->str, book->formats.plain);
	worksheet_write_string(sheet, ROW_NOTE, 0, note, book->formats.note);
}

static void
write_annex(Book *book, const RegisterAnnex *annex)
{
	g_autofree char *name = sheet_name(book, annex);
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
	lxw_row_t last = ROW_FIRST + (lxw_row_t)MAX(annex->lines->len, 1) - 1;
	lxw_col_t frozen = 0;

	write_caption(book, sheet, annex);
	write_heads(book, sheet, annex);
	for (guint i = 0; i < annex->lines->len; i++)
		write_line(book, sheet, ROW_FIRST + i, annex, &g_array_index(annex->lines, RegisterLine, i));
	add_choices(book, sheet, annex, last);
	for (size_t i = 0; i < annex->n_columns && frozen == 0; i++)
		if (annex->columns[i]->kind == PLAN_COLUMN_NAME)
			frozen = (lxw_col_t)(i + 1);
	worksheet_freeze_panes(sheet, ROW_FIRST, frozen);
	set_up_print(sheet, annex, last);
	lock(sheet);
}

static void
write_help(Book *book)
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
	worksheet_set_paper(sheet, PAPER_A4);
	worksheet_fit_to_pages(sheet, 1, 0);
	lock(sheet);
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
write_meta(Book *book)
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
	lock(sheet);
}

static void
write_lists(Book *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, REGISTER_LIST_SHEET);

	for (guint i = 0; i < book->content->people.labels->len; i++)
		worksheet_write_string(sheet, i, 0, g_ptr_array_index(book->content->people.labels, i), NULL);
	worksheet_hide(sheet);
}

static void
fill(Book *book)
{
	lxw_doc_properties properties = {.title = (char *)(guintptr) "Sổ theo dõi thực hiện kế hoạch",
	    .created = (time_t)(book->scope->now_us / INSTANT_SECOND)};

	workbook_set_properties(book->workbook, &properties);
	make_formats(book);
	for (guint i = 0; i < book->content->annexes->len; i++)
		write_annex(book, g_ptr_array_index(book->content->annexes, i));
	write_help(book);
	write_lists(book);
	write_meta(book);
}

static bool
take_file(const char *path, GString *out, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autofree char *bytes = NULL;
	gsize len;

	if (!g_file_get_contents(path, &bytes, &len, &reason)) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_STORAGE, "không ghi được tệp Excel tạm: %s", reason->message);
		return false;
	}
	g_string_append_len(out, bytes, (gssize)len);
	return true;
}

static bool
write_book(Book *book, const char *path, GString *out, GError **error)
{
	book->workbook = workbook_new(path);
	fill(book);
	if (workbook_close(book->workbook) != LXW_NO_ERROR) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE,
		    "không ghi được tệp Excel tạm; hãy kiểm tra chỗ trống trên đĩa");
		return false;
	}
	return take_file(path, out, error);
}

bool
register_export(const WorkScope *scope, const RegisterChoice *choice, GString *out, GError **error)
{
	g_auto(RegisterContent) content = {0};
	g_autofree char *path = NULL;
	Book book = {.content = &content, .scope = scope};
	bool is_ok;
	int file;

	if (!register_collect(scope, choice, &content, error))
		return false;
	file = g_file_open_tmp("namro-so-XXXXXX", &path, NULL);
	if (file < 0) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_STORAGE, "không tạo được tệp tạm để ghi tệp Excel");
		return false;
	}
	close(file);
	is_ok = write_book(&book, path, out, error);
	g_unlink(path);
	return is_ok;
}
