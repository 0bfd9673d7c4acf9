/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lex/deadline.h"
#include "compiler/lex/docref.h"

#include <string.h>

static bool
set_deadline(Plan *plan, PlanTask *task, const char *text, GError **error)
{
	PlanDeadline deadline;
	DeadlineFit fit = deadline_read(plan->arena, text, &deadline);

	if (deadline.kind == PLAN_DEADLINE_CONDITIONAL && fit != DEADLINE_FIT_OPEN)
		return edit_refuse(error,
		    "không đọc được thời hạn \"%s\"; hãy ghi như \"30/6/2026\", \"Tháng 12/2026\", \"Quý "
		    "II/2026\", "
		    "\"Hằng quý\", \"Thường xuyên\", hoặc một điều kiện bắt đầu bằng \"Sau khi\", \"Khi\", "
		    "\"Theo\"",
		    text);
	task->deadline = deadline;
	return true;
}

static bool
set_text(Plan *plan, const Item *item, char **field, const char *text, GError **error)
{
	if (field == NULL)
		return edit_refuse(error, "%s không có ô này", item_label(item, plan->arena));
	if (*text == '\0' && field == item->name)
		return edit_refuse(error,
		    "tên của %s không được để trống; nếu không phải một dòng, hãy xóa hoặc nhập vào "
		    "dòng trước",
		    item_label(item, plan->arena));
	*field = *text != '\0' ? arena_strdup(plan->arena, text) : NULL;
	return true;
}

static bool
set_agencies(Plan *plan, const Item *item, GPtrArray *refs, const char *text, GError **error)
{
	if (refs == NULL)
		return edit_refuse(error, "%s không có ô này", item_label(item, plan->arena));
	agencies_set(plan, refs, text);
	return true;
}

static bool
set_field(Plan *plan, const Item *item, const PlanEdit *edit, GError **error)
{
	const char *text = edit->value != NULL ? edit->value : "";

	switch (edit->field) {
	case PLAN_FIELD_NO:
		return set_text(plan, item, item->no, text, error);
	case PLAN_FIELD_NAME:
		return set_text(plan, item, item->name, text, error);
	case PLAN_FIELD_UNIT:
		return set_text(plan, item, item->unit, text, error);
	case PLAN_FIELD_OUTPUT:
		return set_text(plan, item, item->output, text, error);
	case PLAN_FIELD_LEAD:
		return set_agencies(plan, item, item->lead, text, error);
	case PLAN_FIELD_COORDINATING:
		return set_agencies(plan, item, item->coordinating, text, error);
	case PLAN_FIELD_TARGETS:
		if (item->targets != NULL)
			return targets_set(plan, item, edit->position, text, error);
		break;
	case PLAN_FIELD_DEADLINE:
		if (item->task != NULL)
			return set_deadline(plan, item->task, text, error);
		break;
	case PLAN_FIELD_MAX:
	default:
		break;
	}
	return edit_refuse(error, "%s không có ô này", item_label(item, plan->arena));
}

bool
apply_set(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item item;

	if (!item_need(plan, edit->item, &item, error) || !set_field(plan, &item, edit, error))
		return false;
	item_settle(plan, &item, edit->field);
	return true;
}

static bool
set_number(Plan *plan, const char *text, GError **error)
{
	Folded folded = folded_new(plan->arena, text);
	bool is_blank = false;
	size_t at = 0;
	char *number = docref_read_number(plan->arena, &folded, &at, &is_blank);

	if (*text != '\0' && (number == NULL || at < folded.len))
		return edit_refuse(error,
		    "không đọc được số, ký hiệu \"%s\"; hãy ghi như \"57/KH-UBND\" hoặc \"09-KH/ĐU\"", text);
	plan->document.number = number;
	if (number != NULL)
		plan->document.family = docref_family(number);
	return true;
}

static bool
set_date(Plan *plan, const char *text, GError **error)
{
	Folded folded = folded_new(plan->arena, text);
	PartialDate date = {0};
	DateExpr expr;
	size_t at = 0;

	if (*text != '\0') {
		if (!date_expr_read(folded.fold, &at, &expr) || at < folded.len ||
		    expr.precision == DATE_EXPR_QUARTER || expr.precision == DATE_EXPR_HALF)
			return edit_refuse(
			    error, "không đọc được ngày \"%s\"; hãy ghi như \"24/02/2026\"", text);
		if (date_expr_end(&expr) == DATE_NONE)
			return edit_refuse(error, "không có ngày \"%s\" trong lịch", text);
		date = (PartialDate){(int16_t)expr.year,
		    (int8_t)(expr.precision == DATE_EXPR_YEAR ? 0 : expr.month),
		    (int8_t)(expr.precision == DATE_EXPR_DAY ? expr.day : 0)};
	}
	plan->document.date = date;
	return true;
}

static bool
set_document_text(Plan *plan, char **field, PlanDocumentField which, const char *text, GError **error)
{
	if (*text == '\0' && which == PLAN_DOCUMENT_TITLE)
		return edit_refuse(
		    error, "%s của văn bản không được để trống", plan_document_field_title(which));
	*field = *text != '\0' ? arena_strdup(plan->arena, text) : NULL;
	return true;
}

static bool
set_document_field(Plan *plan, PlanDocumentField field, const char *text, GError **error)
{
	switch (field) {
	case PLAN_DOCUMENT_NUMBER:
		return set_number(plan, text, error);
	case PLAN_DOCUMENT_DATE:
		return set_date(plan, text, error);
	case PLAN_DOCUMENT_ISSUER:
		return set_document_text(plan, &plan->document.issuer, field, text, error);
	case PLAN_DOCUMENT_TITLE:
		return set_document_text(plan, &plan->document.title, field, text, error);
	case PLAN_DOCUMENT_SIGNER:
		return set_document_text(plan, &plan->document.signer, field, text, error);
	case PLAN_DOCUMENT_MAX:
	default:
		return edit_refuse(error, "văn bản không có ô này");
	}
}

bool
apply_document(Plan *plan, const PlanEdit *edit, GError **error)
{
	if (!set_document_field(plan, edit->document_field, edit->value != NULL ? edit->value : "", error))
		return false;
	plan->document.confirmed |= 1U << edit->document_field;
	return true;
}
