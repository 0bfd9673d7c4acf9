/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/docnumbers.h"
#include "compiler/check/locate.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-scope.h"

#include <stdlib.h>
#include <string.h>

/* Dates that cannot be kept: past before the plan was signed, or in no calendar. */

#define SHORT_NOTICE_DAYS 31

void
lint_deadline_past_at_issue(LintContext *lint)
{
	int32_t issued = lint_issue_day(lint->plan);

	for (size_t i = lint->n_indicators; i < lint->n_indicators + lint->n_tasks && issued != DATE_NONE;
	     i++) {
		const PlanDeadline *deadline = &lint_task(&lint->items[i])->deadline;

		if (deadline->kind != PLAN_DEADLINE_ONCE || deadline->due == DATE_NONE)
			continue;
		if (deadline->due < issued)
			lint_add(lint, lint->items[i].span,
			    "%s có thời hạn %s, đã qua trước ngày ban hành kế hoạch; hãy đặt thời hạn mới "
			    "hoặc ghi là việc đã xong",
			    lint_label_first(lint, &lint->items[i]), deadline->raw);
		else if (deadline->due - issued <= SHORT_NOTICE_DAYS)
			lint_add_as(lint, DIAG_WARNING, lint->items[i].span,
			    "%s có thời hạn %s, ngay trong tháng ban hành kế hoạch; hãy cân nhắc có kịp thực "
			    "hiện không",
			    lint_label_first(lint, &lint->items[i]), deadline->raw);
	}
}

static const PlanTarget *
past_target(const LintItem *item, int year)
{
	const GPtrArray *targets = lint_indicator(item)->targets;

	for (guint i = 0; i < targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(targets, i);

		if (target->year != 0 && target->year < year)
			return target;
	}
	return NULL;
}

void
lint_milestone_past_at_issue(LintContext *lint)
{
	int year = lint->plan->document.date.year;
	const PlanAnnex *annex = NULL;
	Diag *diag = NULL;

	for (size_t i = 0; i < lint->n_indicators && year != 0; i++) {
		const LintItem *item = &lint->items[i];
		const PlanTarget *target = past_target(item, year);

		if (target == NULL)
			continue;
		if (diag != NULL && item->annex == annex) {
			lint_relate(lint, diag, item->span);
			continue;
		}
		annex = item->annex;
		diag = lint_add(lint, item->span,
		    "%s và các chỉ tiêu cùng bảng có mốc năm %d đã qua khi ban hành kế hoạch (%d); hãy ghi "
		    "kết quả đã đạt thay cho mức phấn đấu",
		    lint_label_first(lint, item), target->year, year);
	}
}

static bool
has_year(const PlanIndicator *row, int year)
{
	for (guint i = 0; i < row->targets->len; i++)
		if (((const PlanTarget *)g_ptr_array_index(row->targets, i))->year == year)
			return true;
	return false;
}

/* A milestone column without a value, after one that has: what must be kept or reached then is not said. */
static bool
has_blank_milestone(const PlanIndicator *row)
{
	bool has_begun = false;

	for (size_t i = 0; i < row->annex->n_columns; i++) {
		const PlanColumn *column = &row->annex->columns[i];

		if (column->kind != PLAN_COLUMN_VALUE || column->year == 0)
			continue;
		if (has_year(row, column->year))
			has_begun = true;
		else if (has_begun)
			return true;
	}
	return false;
}

void
lint_milestone_blank(LintContext *lint)
{
	const PlanAnnex *annex = NULL;
	Diag *diag = NULL;

	for (size_t i = 0; i < lint->n_indicators; i++) {
		const LintItem *item = &lint->items[i];

		if (item->annex == NULL || !has_blank_milestone(lint_indicator(item)))
			continue;
		if (diag != NULL && annex == item->annex) {
			lint_relate(lint, diag, item->span);
			continue;
		}
		annex = item->annex;
		diag = lint_add(lint, item->span,
		    "%s có chỉ tiêu bỏ trống mốc sau khi mốc trước đã có mức (bắt đầu từ %s); hãy ghi mức "
		    "từng mốc, hoặc “duy trì”",
		    lint_annex_name(lint, annex), lint_label(lint, item));
	}
}

/* Reads "2022 - 2025" or "2025" after "giai đoạn" or "đến năm" and gives the last year. */
static int
read_end_year(const char *p)
{
	int year = 0;

	for (int n = 0; n < 2; n++) {
		char *end;
		long value = strtol(p, &end, 10);

		if (end - p != 4 || value < 1990 || value > 2100)
			break;
		year = (int)value;
		p = end + strspn(end, " -");
	}
	return year;
}

static bool
is_about_programme(const char *folded, const char *place)
{
	const char *from = place - folded > 160 ? place - 160 : folded;
	g_autofree char *before = g_strndup(from, (gsize)(place - from));

	for (const char *const *word = WORDS_PROGRAMME; *word != NULL; word++)
		if (lint_has_phrase(before, *word))
			return true;
	return false;
}

static void
check_programme(LintContext *lint, const PlanBlock *block, void *data)
{
	static const char *const LEADS[] = {"giai doan ", "den het nam ", "den nam "};
	int now = *(const int *)data;
	const char *folded = lint_fold(lint, block->text);

	if (block->kind != PLAN_BLOCK_PARAGRAPH && block->kind != PLAN_BLOCK_BULLET &&
	    block->kind != PLAN_BLOCK_TABLE_ROW)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(LEADS); i++) {
		for (const char *p = strstr(folded, LEADS[i]); p != NULL; p = strstr(p + 1, LEADS[i])) {
			int year = read_end_year(p + strlen(LEADS[i]));

			if (year != 0 && year <= now && is_about_programme(folded, p)) {
				lint_add(lint,
				    lint_locate_folded(lint->plan, block, folded, p, strlen(LEADS[i])),
				    "Đoạn %s dẫn chương trình, đề án kết thúc năm %d; hãy dẫn chương trình "
				    "của giai đoạn mới",
				    lint_quote(lint, block->text), year);
				return;
			}
		}
	}
}

void
lint_date_programme_ended(LintContext *lint)
{
	int year = lint->plan->document.date.year, month, day;

	if (year == 0 && lint->options->today != DATE_NONE)
		date_to_ymd(lint->options->today, &year, &month, &day);
	if (year != 0)
		lint_each_block(lint, check_programme, &year);
}

static void
check_dates(LintContext *lint, const PlanBlock *block, void *data)
{
	(void)data;
	for (const char *p = block->text; *p != '\0';) {
		size_t n_digits = strspn(p, "0123456789"), len = 0;
		PartialDate date = {0};

		if (n_digits == 0) {
			p++;
			continue;
		}
		if ((len = lint_read_date(p, &date)) > 0 &&
		    date_from_ymd(date.year, date.month, date.day) == DATE_NONE)
			lint_add(lint, lint_locate(lint->plan, block, (size_t)(p - block->text), len),
			    "Ngày %.*s không có trong lịch; hãy kiểm tra lại", (int)len, p);
		p += MAX(n_digits, len);
	}
}

void
lint_date_impossible(LintContext *lint)
{
	lint_each_block(lint, check_dates, NULL);
}

static void
check_citation_dates(LintContext *lint, const GPtrArray *citations, int32_t issued)
{
	for (guint i = 0; i < citations->len; i++) {
		const PlanCitation *citation = g_ptr_array_index(citations, i);
		PartialDate date = citation->date;

		if (date.year == 0 || date.month == 0 || date.day == 0 ||
		    date_from_ymd(date.year, date.month, date.day) <= issued)
			continue;
		lint_add(lint, citation->span,
		    "Văn bản được dẫn %s có ngày %d/%d/%d, sau ngày ban hành kế hoạch; hãy kiểm tra lại ngày",
		    citation->number != NULL ? citation->number : "", date.day, date.month, date.year);
	}
}

void
lint_citation_after_plan(LintContext *lint)
{
	int32_t issued = lint_issue_day(lint->plan);

	if (issued == DATE_NONE)
		return;
	check_citation_dates(lint, lint->plan->document.legal_basis, issued);
	check_citation_dates(lint, lint->plan->document.also_cites, issued);
	check_citation_dates(lint, lint->plan->document.replaces, issued);
}
