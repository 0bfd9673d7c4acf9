/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_book.h"

static lxw_format *
cell_format(RegisterBook *book, bool is_locked)
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
head_format(RegisterBook *book, lxw_color_t colour)
{
	lxw_format *format = cell_format(book, true);

	format_set_bold(format);
	format_set_align(format, LXW_ALIGN_CENTER);
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	format_set_bg_color(format, colour);
	return format;
}

static lxw_format *
line_format(RegisterBook *book, double size)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, size);
	return format;
}

void
register_book_make_formats(RegisterBook *book)
{
	RegisterFormats *formats = &book->formats;

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
