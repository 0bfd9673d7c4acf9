/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_book.h"

#include <string.h>

/* An annex's sheet: above, its title; then titles of columns in two rows, the upper one for what belongs
 * together; then the rows. */

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

/* A name that Excel takes, and that no other sheet has. */
static char *
sheet_name(RegisterBook *book, const RegisterAnnex *annex)
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
write_heads(RegisterBook *book, lxw_worksheet *sheet, const RegisterAnnex *annex)
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
write_day(RegisterBook *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text)
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
write_field(RegisterBook *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const RegisterLine *line, RegisterField field)
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

/* Lines that a text takes in a column; a letter is a little narrower than the digit by which Excel measures.
 */
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
write_heading(RegisterBook *book, lxw_worksheet *sheet, lxw_row_t row, const RegisterAnnex *annex,
    const PlanGroupInfo *group)
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
write_line(RegisterBook *book, lxw_worksheet *sheet, lxw_row_t row, const RegisterAnnex *annex,
    const RegisterLine *line)
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

static void
add_choices(RegisterBook *book, lxw_worksheet *sheet, const RegisterAnnex *annex, lxw_row_t last)
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

static void
set_up_print(lxw_worksheet *sheet, const RegisterAnnex *annex, lxw_row_t last)
{
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, REGISTER_PAPER_A4);
	worksheet_set_margins(sheet, 0.5, 0.4, 0.5, 0.6);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_repeat_rows(sheet, ROW_GROUP, ROW_HEAD);
	worksheet_print_area(sheet, 0, 0, last, column_of(annex, REGISTER_PERSON));
	worksheet_set_footer(sheet, "&CTrang &P/&N");
}

static void
write_caption(RegisterBook *book, lxw_worksheet *sheet, const RegisterAnnex *annex)
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

void
register_book_write_annex(RegisterBook *book, const RegisterAnnex *annex)
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
	register_book_lock(sheet);
}
