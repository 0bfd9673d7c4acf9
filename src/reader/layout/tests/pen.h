/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/layout.h"

/* Sheets drawn by hand, as a word processor sets them: A4, letters of 14 points half as wide as high, lines
 * 17 apart, text from 85 to 552. */

#define SIZE 14.0f
#define PITCH 17.0f
#define LEFT 85.0f
#define RIGHT 552.0f
#define INDENT 36.0f

typedef struct {
	PageSet *set;
	PageSheet *sheet;
	float y;    /* top of the next line */
	float size; /* of its letters */
	bool is_bold, is_italic;
	uint8_t confidence;
} Pen;

Pen pen_new(void);
void new_sheet(Pen *pen);

/* Puts words at a place; blanks in the text are as wide as letters. */
void put_at(Pen *pen, float left, float top, const char *text);
void put_line(Pen *pen, float left, const char *text);
void put_centered(Pen *pen, float middle, const char *text);

/* A paragraph set from margin to margin, its first line indented. */
void put_paragraph(Pen *pen, const char *text);
void rule(Pen *pen, float left, float top, float right, float bottom);
void rule_across(Pen *pen, float left, float right, float y);
void rule_down(Pen *pen, float x, float top, float bottom);

/* All sides of n columns (n + 1 borders) from top to bottom. */
void rule_row(Pen *pen, const float *xs, guint n, float top, float bottom);

/* Prose that fills margins and habits, so that a sheet looks like one of a plan. */
void put_prose(Pen *pen);

/* Lays the sheets out, frees them, and compares the blocks from number `skip` on. Goes through both streams
 * as the programs do. */
void assert_blocks_behind(Pen *pen, guint skip, const char *expected);

/* What put_prose() draws becomes. */
#define PROSE_BLOCKS 4

#define PROSE_TEXT \
	"p: Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này/đến từng thôn trong quý một và báo " \
	"cáo kết quả về " \
	"Văn phòng.\n" \
	"p: Các phòng chuyên môn rà soát nhiệm vụ được giao và chủ động/phối hợp với nhau trong quá trình " \
	"thực hiện tại địa " \
	"bàn.\n" \
	"p: Các thôn vận động người dân tham gia các lớp hướng dẫn kỹ/năng số do xã mở vào mỗi tối thứ bảy " \
	"hằng tuần.\n" \
	"p: Đoàn viên thanh niên giúp người cao tuổi nộp hồ sơ trực tuyến/tại nhà văn hóa của từng thôn " \
	"trong xã.\n"
