/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/router.h"
#include "modules/remind/remind.h"

/* Giải trình trong kỳ báo cáo: what leaders asked, what was answered, and who has not, as a page and as a
 * Word file that goes behind the report of the period. */

#define REPORT_EXPLAIN_PATH "/bao-cao-giai-trinh"

typedef struct ReportExplainRow {
	const RemindExplain *explain;
	const char *asked, *due, *answered; /* days; answered: NULL */
	const char *standing;               /* "Chưa trả lời, quá hạn 3 ngày" */
	bool is_open, is_late;
} ReportExplainRow;

typedef struct ReportExplainView {
	LayoutView layout;
	int32_t from, to;
	const char *from_text, *to_text, *commune, *file_url;
	ReportExplainRow *rows;
	size_t n_rows, n_answered, n_open, n_late;
	const char *summary;  /* one sentence with the counts */
	const char *late_who; /* "Phòng … (2), Công an xã (1)"; "" */
} ReportExplainView;

/* Fills in what was asked on days of [from, to], what was answered in them, and what is open since before. */
bool report_explain_collect(const WorkScope *scope, ReportExplainView *view, GError **error);

/* Writes the body of the Word file. */
void report_explain_word(const ReportExplainView *view, GString *body);

bool report_explain_show(HttpRequest *request, HttpResponse *response, GError **error);
bool report_explain_file(HttpRequest *request, HttpResponse *response, GError **error);
