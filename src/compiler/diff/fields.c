/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/diff/fields.h"

#include <string.h>

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void
add_field(FieldList *list, const char *key, const char *title, int year, const char *from, const char *to)
{
	PlanDiffField field = {.key = key,
	    .title = title,
	    .year = year,
	    .from = arena_strdup(list->arena, from),
	    .to = arena_strdup(list->arena, to)};

	g_array_append_val(list->fields, field);
}

/* A field that says something. */
static void
compare_text(FieldList *list, const char *key, const char *title, const char *from, const char *to)
{
	if (strcmp(or_empty(from), or_empty(to)) == 0)
		return;
	add_field(list, key, title, 0, or_empty(from), or_empty(to));
	list->has_content = true;
}

/* A field that says only where the item stands. */
static void
compare_place(FieldList *list, const char *key, const char *title, const char *from, const char *to)
{
	if (strcmp(or_empty(from), or_empty(to)) != 0)
		add_field(list, key, title, 0, or_empty(from), or_empty(to));
}

const char *
fields_agencies(Arena *arena, const GPtrArray *refs)
{
	const char *text = "";

	for (guint i = 0; i < refs->len; i++)
		text = arena_printf(arena, "%s%s%s", text, i > 0 ? "; " : "",
		    ((const PlanAgencyRef *)g_ptr_array_index(refs, i))->printed);
	return text;
}

static void
compare_agencies(
    FieldList *list, const char *key, const char *title, const GPtrArray *from, const GPtrArray *to)
{
	const char *left = fields_agencies(list->arena, from), *right = fields_agencies(list->arena, to);
	UnitSet a = units_read(list->lexicon, list->arena, left),
		b = units_read(list->lexicon, list->arena, right);

	if (a.n == b.n && a.weight == b.weight && units_common(list->lexicon, &a, &b) == a.weight &&
	    (a.n > 0 || strcmp(left, right) == 0))
		return;
	compare_text(list, key, title, left, right);
}

static const PlanTarget *
target_of_year(const GPtrArray *targets, int year)
{
	for (guint i = 0; i < targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(targets, i);

		if (target->year == year)
			return target;
	}
	return NULL;
}

static bool
is_same_target(const PlanTarget *a, const PlanTarget *b)
{
	if (a == NULL || b == NULL || a->comparator != b->comparator)
		return a == b;
	if (a->comparator == PLAN_COMPARATOR_TEXT)
		return g_strcmp0(a->raw, b->raw) == 0;
	return decimal_compare(a->value, b->value) == 0 &&
	       (a->comparator != PLAN_COMPARATOR_RANGE || decimal_compare(a->value_high, b->value_high) == 0);
}

static void
compare_target(FieldList *list, int year, const PlanTarget *from, const PlanTarget *to)
{
	if (is_same_target(from, to))
		return;
	add_field(list, "target", "mức phải đạt", year, from != NULL ? or_empty(from->raw) : "",
	    to != NULL ? or_empty(to->raw) : "");
	list->has_content = true;
}

static void
compare_targets(FieldList *list, const GPtrArray *from, const GPtrArray *to)
{
	for (guint i = 0; i < from->len; i++) {
		const PlanTarget *target = g_ptr_array_index(from, i);

		if (target_of_year(from, target->year) == target)
			compare_target(list, target->year, target, target_of_year(to, target->year));
	}
	for (guint i = 0; i < to->len; i++) {
		const PlanTarget *target = g_ptr_array_index(to, i);

		if (target_of_year(from, target->year) == NULL)
			compare_target(list, target->year, NULL, target);
	}
}

static const char *
group_title(const PlanGroup *group)
{
	return group != NULL ? group->title : NULL;
}

static const char *
annex_label(const PlanAnnex *annex)
{
	return annex != NULL ? annex->label : NULL;
}

static void
compare_indicator(FieldList *list, const PlanIndicator *from, const PlanIndicator *to)
{
	compare_place(list, "annex", "phụ lục", annex_label(from->annex), annex_label(to->annex));
	compare_place(list, "no", "số thứ tự", from->no, to->no);
	compare_place(list, "group", "nhóm", group_title(from->group), group_title(to->group));
	compare_text(list, "name", "tên chỉ tiêu", from->name, to->name);
	compare_text(list, "unit", "đơn vị tính", from->unit, to->unit);
	compare_targets(list, from->targets, to->targets);
	compare_agencies(list, "lead", "cơ quan chủ trì", from->lead, to->lead);
	compare_agencies(list, "coordinating", "cơ quan phối hợp", from->coordinating, to->coordinating);
	compare_text(list, "output", "sản phẩm", from->output, to->output);
}

static void
compare_task(FieldList *list, const PlanTask *from, const PlanTask *to)
{
	compare_place(list, "annex", "phụ lục", annex_label(from->annex), annex_label(to->annex));
	compare_place(list, "no", "số thứ tự", from->no, to->no);
	compare_place(list, "group", "nhóm", group_title(from->group), group_title(to->group));
	compare_place(list, "section", "mục", from->section, to->section);
	compare_text(list, "name", "nội dung", from->name, to->name);
	compare_agencies(list, "lead", "cơ quan chủ trì", from->lead, to->lead);
	compare_agencies(list, "coordinating", "cơ quan phối hợp", from->coordinating, to->coordinating);
	compare_text(list, "output", "sản phẩm", from->output, to->output);
	compare_text(list, "deadline", "thời hạn", from->deadline.raw, to->deadline.raw);
}

static void
compare_prose(FieldList *list, const PlanProse *from, const PlanProse *to)
{
	compare_place(list, "section", "mục", from->section, to->section);
	compare_text(list, "text", "nội dung", from->text, to->text);
}

static void
compare_duty(FieldList *list, const PlanDuty *from, const PlanDuty *to)
{
	compare_place(list, "section", "mục", from->section, to->section);
	compare_text(list, "agency", "cơ quan", from->agency.printed, to->agency.printed);
	compare_text(list, "text", "nội dung", from->text, to->text);
}

static const char *
due_text(Arena *arena, const PlanReporting *rule)
{
	return rule->due_day != 0 ? arena_printf(arena, "%02d/%02d", rule->due_day, rule->due_month) : "";
}

static const char *
period_text(PlanPeriod period)
{
	static const char *const NAMES[PLAN_PERIOD_MAX] = {
	    [PLAN_PERIOD_NONE] = "",
	    [PLAN_PERIOD_MONTH] = "tháng",
	    [PLAN_PERIOD_QUARTER] = "quý",
	    [PLAN_PERIOD_HALF] = "6 tháng",
	    [PLAN_PERIOD_YEAR] = "năm",
	    [PLAN_PERIOD_FIVE_YEARS] = "5 năm",
	    [PLAN_PERIOD_ADHOC] = "đột xuất",
	};

	return NAMES[period];
}

static void
compare_reporting(FieldList *list, const PlanReporting *from, const PlanReporting *to)
{
	compare_text(list, "cadence", "kỳ báo cáo", period_text(from->cadence), period_text(to->cadence));
	compare_text(list, "due", "ngày nộp", due_text(list->arena, from), due_text(list->arena, to));
	compare_text(list, "from", "cơ quan báo cáo", from->from, to->from);
	compare_text(list, "to", "nơi nhận báo cáo", from->to, to->to);
}

static void
compare_document(FieldList *list, const PlanDocument *from, const PlanDocument *to)
{
	char from_date[DATE_ISO_SIZE], to_date[DATE_ISO_SIZE];

	partial_date_format_iso(from->date, from_date);
	partial_date_format_iso(to->date, to_date);
	compare_text(list, "number", "số, ký hiệu", from->number, to->number);
	compare_text(list, "date", "ngày ban hành", from_date, to_date);
	compare_text(list, "type", "loại văn bản", from->type, to->type);
	compare_text(list, "issuer", "cơ quan ban hành", from->issuer, to->issuer);
	compare_text(list, "title", "trích yếu", from->title, to->title);
	compare_text(list, "signer", "người ký", from->signer, to->signer);
	compare_text(list, "signer_role", "chức vụ người ký", from->signer_role, to->signer_role);
}

void
fields_compare(FieldList *list, PlanDiffWhat what, const void *from, const void *to)
{
	switch (what) {
	case PLAN_DIFF_DOCUMENT:
		compare_document(list, from, to);
		return;
	case PLAN_DIFF_INDICATOR:
		compare_indicator(list, from, to);
		return;
	case PLAN_DIFF_TASK:
		compare_task(list, from, to);
		return;
	case PLAN_DIFF_PROSE:
		compare_prose(list, from, to);
		return;
	case PLAN_DIFF_DUTY:
		compare_duty(list, from, to);
		return;
	case PLAN_DIFF_REPORTING:
		compare_reporting(list, from, to);
		return;
	case PLAN_DIFF_WHAT_MAX:
		break;
	}
	g_assert_not_reached();
}
