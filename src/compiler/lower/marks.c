/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lower/marks.h"

static const char *const FIELD_NAMES[PLAN_FIELD_MAX] = {
    [PLAN_FIELD_NO] = "số thứ tự",
    [PLAN_FIELD_NAME] = "nội dung",
    [PLAN_FIELD_UNIT] = "đơn vị tính",
    [PLAN_FIELD_TARGETS] = "mục tiêu",
    [PLAN_FIELD_LEAD] = "cơ quan chủ trì",
    [PLAN_FIELD_COORDINATING] = "cơ quan phối hợp",
    [PLAN_FIELD_OUTPUT] = "sản phẩm",
    [PLAN_FIELD_DEADLINE] = "thời hạn",
};

/* False for a column that is no field (notes). */
static bool
field_of(PlanColumnKind kind, PlanField *ret_field)
{
	static const PlanField FIELDS[PLAN_COLUMN_MAX] = {
	    [PLAN_COLUMN_NO] = PLAN_FIELD_NO,
	    [PLAN_COLUMN_NAME] = PLAN_FIELD_NAME,
	    [PLAN_COLUMN_UNIT] = PLAN_FIELD_UNIT,
	    [PLAN_COLUMN_VALUE] = PLAN_FIELD_TARGETS,
	    [PLAN_COLUMN_LEAD] = PLAN_FIELD_LEAD,
	    [PLAN_COLUMN_COORDINATING] = PLAN_FIELD_COORDINATING,
	    [PLAN_COLUMN_OUTPUT] = PLAN_FIELD_OUTPUT,
	    [PLAN_COLUMN_TIME] = PLAN_FIELD_DEADLINE,
	};

	*ret_field = FIELDS[kind];
	return kind != PLAN_COLUMN_NOTE;
}

static SourceSpan
span_around(SourceSpan a, SourceSpan b)
{
	size_t end = MAX(a.offset + a.len, b.offset + b.len);

	if (a.line == 0)
		return b;
	if (b.offset < a.offset) {
		b.len = end - b.offset;
		return b;
	}
	a.len = end - a.offset;
	return a;
}

static void
reset(PlanFieldMark *marks)
{
	for (size_t i = 0; i < PLAN_FIELD_MAX; i++)
		marks[i] = (PlanFieldMark){.confidence = 100};
}

void
marks_from_row(const RowLowering *lowering, const CellRow *row, SourceSpan span, PlanFieldMark *marks)
{
	const SourcePlaces *places = lowering->plan->places;

	reset(marks);
	for (size_t i = 0; i < lowering->columns->len; i++) {
		bool is_known = row->spans[i].line > 0;
		SourceSpan cell = is_known ? row->spans[i] : span;
		PlanField field;

		if ((row->cells[i] == NULL && !is_known) ||
		    !field_of(lowering->columns->items[i].kind, &field))
			continue;
		marks[field].span = is_known ? span_around(marks[field].span, cell) : cell;
		marks[field].confidence =
		    MIN(marks[field].confidence, MIN(row->confidence, places_confidence(places, cell)));
	}
	if (row->has_odd_number)
		marks_doubt(marks, PLAN_FIELD_NO, 60);
}

void
marks_from_span(const Plan *plan, SourceSpan span, uint8_t confidence, const PlanField *fields, size_t n,
    PlanFieldMark *marks)
{
	uint8_t read = MIN(confidence, places_confidence(plan->places, span));

	reset(marks);
	for (size_t i = 0; i < n; i++)
		marks[fields[i]] = (PlanFieldMark){.span = span, .confidence = read};
}

void
marks_doubt(PlanFieldMark *marks, PlanField field, uint8_t confidence)
{
	marks[field].confidence = MIN(marks[field].confidence, confidence);
}

uint8_t
marks_lowest(const PlanFieldMark *marks)
{
	uint8_t lowest = 100;

	for (size_t i = 0; i < PLAN_FIELD_MAX; i++)
		lowest = MIN(lowest, marks[i].confidence);
	return lowest;
}

void
marks_report(Plan *plan, const PlanFieldMark *marks, const char *where, SourceSpan span)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (size_t i = 0; i < PLAN_FIELD_MAX; i++)
		if (marks[i].span.line > 0 && places_confidence(plan->places, marks[i].span) < MARK_DOUBTFUL)
			g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", FIELD_NAMES[i]);
	if (names->len > 0)
		diag_add(plan->diags, "scan-doubtful", DIAG_WARNING, span,
		    "%s: chữ nhận dạng chưa chắc ở %s; hãy đối chiếu với bản gốc.", where, names->str);
}
