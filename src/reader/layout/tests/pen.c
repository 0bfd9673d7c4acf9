/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/tests/pen.h"

Pen
pen_new(void)
{
	return (Pen){.set = page_set_new(BLOCK_SOURCE_PDF), .size = SIZE, .confidence = 100};
}

void
new_sheet(Pen *pen)
{
	pen->sheet = page_set_add(pen->set, pen->set->sheets->len + 1, 595, 842);
	pen->y = 60;
}

static float
width_of(const Pen *pen, const char *text)
{
	return (float)g_utf8_strlen(text, -1) * pen->size / 2;
}

void
put_at(Pen *pen, float left, float top, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (guint i = 0; words[i] != NULL; i++) {
		PageWord word = {
		    .text = words[i],
		    .box = {left, top, left + width_of(pen, words[i]), top + 1.1f * pen->size},
		    .font_size = pen->size,
		    .confidence = pen->confidence,
		    .is_bold = pen->is_bold,
		    .is_italic = pen->is_italic,
		};

		if (words[i][0] != '\0')
			page_add_word(pen->set, pen->sheet, &word);
		left = word.box.right + pen->size / 2;
	}
}

void
put_line(Pen *pen, float left, const char *text)
{
	put_at(pen, left, pen->y, text);
	pen->y += PITCH;
}

void
put_centered(Pen *pen, float middle, const char *text)
{
	put_line(pen, middle - width_of(pen, text) / 2, text);
}

void
put_paragraph(Pen *pen, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_autoptr(GString) line = g_string_new(NULL);
	float left = LEFT + INDENT;

	for (guint i = 0; words[i] != NULL; i++) {
		if (line->len > 0 &&
		    left + width_of(pen, line->str) + width_of(pen, words[i]) + SIZE / 2 > RIGHT) {
			put_line(pen, left, line->str);
			g_string_truncate(line, 0);
			left = LEFT;
		}
		g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "", words[i]);
	}
	put_line(pen, left, line->str);
}

void
rule(Pen *pen, float left, float top, float right, float bottom)
{
	page_add_rule(pen->sheet, (BlockBox){left, top, right, bottom});
}

void
rule_across(Pen *pen, float left, float right, float y)
{
	rule(pen, left, y - 0.25f, right, y + 0.25f);
}

void
rule_down(Pen *pen, float x, float top, float bottom)
{
	rule(pen, x - 0.25f, top, x + 0.25f, bottom);
}

void
rule_row(Pen *pen, const float *xs, guint n, float top, float bottom)
{
	rule_across(pen, xs[0], xs[n], top);
	rule_across(pen, xs[0], xs[n], bottom);
	for (guint i = 0; i <= n; i++)
		rule_down(pen, xs[i], top, bottom);
}

void
put_prose(Pen *pen)
{
	put_paragraph(pen,
	    "Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này đến từng thôn trong quý "
	    "một và báo cáo kết quả về Văn phòng.");
	put_paragraph(pen,
	    "Các phòng chuyên môn rà soát nhiệm vụ được giao và chủ động phối hợp với nhau trong "
	    "quá trình thực hiện tại địa bàn.");
	put_paragraph(pen,
	    "Các thôn vận động người dân tham gia các lớp hướng dẫn kỹ năng số do xã mở vào mỗi "
	    "tối thứ bảy hằng tuần.");
	put_paragraph(pen,
	    "Đoàn viên thanh niên giúp người cao tuổi nộp hồ sơ trực tuyến tại nhà văn hóa của "
	    "từng thôn trong xã.");
}

static void
print_text(GString *out, const BlockText *text)
{
	static const char *const BREAKS[BLOCK_BREAK_MAX] = {"", " ", "/", "¶"};

	for (size_t i = 0; i < text->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? BREAKS[text->pieces[i].before] : "", text->pieces[i].text);
}

static void
print_block(GString *out, const Block *block)
{
	static const char *const KINDS[BLOCK_MAX] = {"p", "t", "f"};

	g_string_append_printf(out, "%s%s%s%s", KINDS[block->kind], block->is_bold ? "b" : "",
	    block->is_italic ? "i" : "", block->is_centered ? "c" : "");
	if (block->kind != BLOCK_TABLE) {
		g_string_append(out, ": ");
		print_text(out, &block->text);
	} else {
		g_string_append_printf(out, " %ux%u h%u:", block->table.n_rows, block->table.n_columns,
		    block->table.n_header_rows);
	}
	for (guint i = 0; block->kind == BLOCK_TABLE && i < block->table.cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(block->table.cells, i);

		g_string_append_printf(out, " [%u,%u", cell->row, cell->column);
		if (cell->n_rows > 1 || cell->n_columns > 1)
			g_string_append_printf(out, " %ux%u", cell->n_rows, cell->n_columns);
		g_string_append_c(out, '|');
		print_text(out, &cell->text);
		g_string_append_c(out, ']');
	}
	g_string_append_c(out, '\n');
}

void
assert_blocks_behind(Pen *pen, guint skip, const char *expected)
{
	g_autoptr(GString) out = g_string_new(NULL), stream = g_string_new(NULL);
	g_autoptr(BlockDocument) document = NULL, again = NULL;
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GError) error = NULL;

	page_set_write(pen->set, stream);
	g_clear_pointer(&pen->set, page_set_free);
	g_assert_true(page_set_read(stream->str, stream->len, set, &error));
	g_assert_true(layout_blocks(set, &document, &error));
	g_assert_no_error(error);
	g_string_truncate(stream, 0);
	blocks_write(document, stream);
	g_assert_true(blocks_read(stream->str, stream->len, &again, &error));
	for (guint i = skip; i < again->blocks->len; i++)
		print_block(out, g_ptr_array_index(again->blocks, i));
	g_assert_cmpstr(out->str, ==, expected);
}
