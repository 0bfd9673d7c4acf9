/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/link.h"
#include "modules/work/work_bulk.h"
#include "modules/work/work_pages.h"

/* The list of work, as list, board and timeline of the same rows; and what is done to several of them. */

typedef enum { WORK_VIEW_LIST, WORK_VIEW_BOARD, WORK_VIEW_TIMELINE, WORK_VIEW_MAX } WorkViewKind;

extern const char *const WORK_VIEW_WORDS[]; /* of the parameter xem; ended by NULL */
extern const char *const WORK_WHOSE_LIST[]; /* WORK_WHOSE_WORDS, ended by NULL */

/* A column of the board. */
typedef struct WorkColumn {
	const char *title, *look;
	const WorkLine **lines;
	size_t n_lines;
} WorkColumn;

typedef enum {
	WORK_COLUMN_LATE,
	WORK_COLUMN_NEW,
	WORK_COLUMN_DOING,
	WORK_COLUMN_WAITING,
	WORK_COLUMN_DONE,
	WORK_COLUMN_REST,
	WORK_COLUMN_MAX,
} WorkColumnKind;

/* A month of the timeline. */
typedef struct WorkMonth {
	const char *title; /* "Tháng 12/2026" */
	const WorkLine **lines;
	size_t n_lines;
	size_t n_before_today; /* lines before today's mark; only where has_today */
	bool has_today;
	int32_t first_day; /* DATE_NONE: what has no day */
} WorkMonth;

/* A bar of the picture above the timeline: what is due in one month, by look. */
typedef struct WorkMonthBar {
	const char *label; /* "12/26" */
	int x, counts[4];  /* late, soon, run and idle, ok */
	int total;
} WorkMonthBar;

#define WORK_BAR_MAX 15 /* months of the picture: three that have gone by, and those to come */

typedef struct WorkViews {
	WorkColumn columns[WORK_COLUMN_MAX];
	WorkMonth *months;
	size_t n_months;
	WorkMonthBar bars[WORK_BAR_MAX];
	int n_bars, highest, today_x;
	const char *today;
} WorkViews;

/* Puts the rows of a page into columns, or into months. They must be in the order of their due days. */
void work_make_board(const WorkScope *scope, const WorkLine *lines, size_t n_lines, WorkViews *views);
void work_make_timeline(const WorkScope *scope, const WorkLine *lines, size_t n_lines, WorkViews *views);

struct WorkListView {
	LayoutView layout;
	WorkTab tabs[WORK_WHOSE_MAX];
	WorkTab view_tabs[WORK_VIEW_MAX];
	WorkWhose whose;
	WorkViewKind view;
	WorkViews views;
	int choice; /* which part of the list; index of the words below */
	const char *whose_word, *choice_word;
	int64_t agency_id;
	const GPtrArray *agencies; /* of WorkAgency */
	WorkLine *lines;
	size_t n_lines;
	bool may_choose; /* rows, to do something to several of them */
	bool may_accept, may_assign;
	const char *written; /* "12.3-13.4": what has just been written and can be taken back; NULL */
	size_t n_written;
	const char *room_url;
	const char *next_url, *first_url, *csv_url, *json_url; /* NULL: none */
};

/* --- several at once -------------------------------------------------------------------------------------
 */

typedef struct WorkBulkView {
	LayoutView layout;
	WorkBulk bulk;
	const LinkBase *base; /* of the list it came from */
	const char *back_url;
	const GPtrArray *people; /* of WorkPerson */
	int64_t person_id;
	int32_t due;
	const char *reason;  /* as typed; NULL */
	const char *problem; /* of taking back; NULL */
} WorkBulkView;

/* Reads "12.3-13.4" into `items`, which has room for WORK_BULK_MAX. Gives how many there are. */
size_t work_bulk_read(const HttpRequest *request, const char *text, WorkBulkItem *items);

bool work_bulk_post(HttpRequest *request, HttpResponse *response, GError **error);
bool work_bulk_undo(HttpRequest *request, HttpResponse *response, GError **error);

/* The rows as data. */
void work_write_csv(const WorkListView *view, HttpResponse *response);
void work_write_json(
    const WorkListView *view, const WorkScope *scope, const WorkSettings *settings, HttpResponse *response);
