/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/rules.h"

/* Fields that a plan must fill in: "rõ người, rõ việc, rõ trách nhiệm, rõ thời gian, rõ kết quả". */

#define GROUP_MIN_ROWS 4 /* with fewer rows each one is named */
#define GROUP_MIN_PCT 60 /* of the rows: then the table lacks the field, not the row */

typedef struct Field {
	LintItemKind kind;
	bool rows_only; /* prose is not asked for it */
	PlanColumnKind column;
	bool column_only; /* asked only where the table has the column */
	bool (*is_missing)(const LintItem *item);
	const char *what;
	const char *advice;
} Field;

static bool
lacks_indicator_lead(const LintItem *item)
{
	return lint_indicator(item)->lead->len == 0;
}

static bool
lacks_indicator_coordinating(const LintItem *item)
{
	return lint_indicator(item)->coordinating->len == 0;
}

static bool
lacks_indicator_output(const LintItem *item)
{
	return lint_indicator(item)->output == NULL;
}

static bool
lacks_indicator_year(const LintItem *item)
{
	const GPtrArray *targets = lint_indicator(item)->targets;

	for (guint i = 0; i < targets->len; i++)
		if (((const PlanTarget *)g_ptr_array_index(targets, i))->year != 0)
			return false;
	return targets->len > 0;
}

static bool
lacks_indicator_target(const LintItem *item)
{
	return lint_indicator(item)->targets->len == 0;
}

static bool
lacks_task_lead(const LintItem *item)
{
	return lint_task(item)->lead->len == 0;
}

static bool
lacks_task_coordinating(const LintItem *item)
{
	return lint_task(item)->coordinating->len == 0;
}

static bool
lacks_task_output(const LintItem *item)
{
	return lint_task(item)->output == NULL;
}

static bool
lacks_task_deadline(const LintItem *item)
{
	return lint_task(item)->deadline.kind == PLAN_DEADLINE_NONE;
}

static bool
has_column(const PlanAnnex *annex, PlanColumnKind kind)
{
	for (size_t i = 0; i < annex->n_columns; i++)
		if (annex->columns[i].kind == kind)
			return true;
	return false;
}

static void
report_group(LintContext *lint, const Field *field, size_t start, size_t end, size_t n_missing)
{
	const LintItem *first = &lint->items[start];
	const char *noun = field->kind == LINT_INDICATOR ? "chỉ tiêu" : "nhiệm vụ";
	const char *where = first->annex != NULL ? lint_annex_name(lint, first->annex) : "Phần lời văn";
	Diag *diag = lint_add(lint, first->annex != NULL ? first->annex->span : first->span,
	    "%s: %zu/%zu %s chưa nêu %s; %s", where, n_missing, end - start, noun, field->what,
	    field->advice);

	for (size_t i = start; i < end; i++)
		if (field->is_missing(&lint->items[i]))
			lint_relate(lint, diag, lint->items[i].span);
}

/* Checks the neighbouring items of one table, or of the prose. */
static void
check_run(LintContext *lint, const Field *field, size_t start, size_t end)
{
	const PlanAnnex *annex = lint->items[start].annex;
	size_t n_missing = 0;

	if (annex == NULL ? field->rows_only : field->column_only && !has_column(annex, field->column))
		return;
	for (size_t i = start; i < end; i++)
		n_missing += field->is_missing(&lint->items[i]);
	if (n_missing >= GROUP_MIN_ROWS && n_missing * 100 >= (end - start) * GROUP_MIN_PCT) {
		report_group(lint, field, start, end, n_missing);
		return;
	}
	for (size_t i = start; i < end && n_missing > 0; i++)
		if (field->is_missing(&lint->items[i]))
			lint_add(lint, lint->items[i].span, "%s chưa nêu %s; %s",
			    lint_label_first(lint, &lint->items[i]), field->what, field->advice);
}

static void
check_field(LintContext *lint, const Field *field)
{
	size_t end;

	for (size_t start = 0; start < lint->n_items; start = end) {
		const LintItem *first = &lint->items[start];

		for (end = start + 1; end < lint->n_items; end++)
			if (lint->items[end].kind != first->kind || lint->items[end].annex != first->annex)
				break;
		if (first->kind == field->kind)
			check_run(lint, field, start, end);
	}
}

void
lint_missing_lead(LintContext *lint)
{
	static const Field FIELDS[] = {
	    {LINT_INDICATOR, false, PLAN_COLUMN_LEAD, false, lacks_indicator_lead, "cơ quan chịu trách nhiệm",
		"hãy giao mỗi chỉ tiêu cho một cơ quan theo dõi, cung cấp số liệu"},
	    {LINT_TASK, false, PLAN_COLUMN_LEAD, false, lacks_task_lead, "cơ quan chủ trì",
		"hãy giao mỗi nhiệm vụ cho một cơ quan chủ trì"},
	};

	check_field(lint, &FIELDS[0]);
	check_field(lint, &FIELDS[1]);
}

void
lint_missing_coordinating(LintContext *lint)
{
	static const Field FIELDS[] = {
	    {LINT_INDICATOR, true, PLAN_COLUMN_COORDINATING, true, lacks_indicator_coordinating,
		"cơ quan phối hợp", "hãy ghi cơ quan phối hợp, hoặc ghi “không” nếu không cần"},
	    {LINT_TASK, true, PLAN_COLUMN_COORDINATING, false, lacks_task_coordinating, "cơ quan phối hợp",
		"hãy ghi cơ quan phối hợp, hoặc ghi “không” nếu không cần"},
	};

	check_field(lint, &FIELDS[0]);
	check_field(lint, &FIELDS[1]);
}

void
lint_missing_output(LintContext *lint)
{
	static const Field FIELDS[] = {
	    {LINT_INDICATOR, true, PLAN_COLUMN_OUTPUT, true, lacks_indicator_output, "sản phẩm đầu ra",
		"hãy ghi văn bản, báo cáo hoặc số liệu phải có"},
	    {LINT_TASK, false, PLAN_COLUMN_OUTPUT, false, lacks_task_output, "sản phẩm đầu ra",
		"hãy ghi văn bản, báo cáo, hệ thống hoặc con số phải có khi hoàn thành"},
	};

	check_field(lint, &FIELDS[0]);
	check_field(lint, &FIELDS[1]);
}

void
lint_missing_deadline(LintContext *lint)
{
	static const Field FIELD = {LINT_TASK, false, PLAN_COLUMN_TIME, false, lacks_task_deadline,
	    "thời gian thực hiện", "hãy ghi tháng, quý hoặc năm phải hoàn thành"};

	check_field(lint, &FIELD);
}

void
lint_missing_target(LintContext *lint)
{
	static const Field FIELD = {LINT_INDICATOR, true, PLAN_COLUMN_VALUE, false, lacks_indicator_target,
	    "mức phải đạt", "hãy ghi con số hoặc kết quả cần đạt"};

	check_field(lint, &FIELD);
}

void
lint_missing_year(LintContext *lint)
{
	static const Field FIELD = {LINT_INDICATOR, false, PLAN_COLUMN_VALUE, false, lacks_indicator_year,
	    "năm phải đạt", "hãy ghi rõ mốc thời gian của từng mức"};

	check_field(lint, &FIELD);
}
