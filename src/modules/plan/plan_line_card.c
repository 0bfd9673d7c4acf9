/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_line_card.h"

#include "app/plan_access.h"

static PlanLineStep
end_step(
    const PlanPage *page, const GPtrArray *plans, const PlanLineEnd *end, bool is_after, const char *row_path)
{
	const PlanInfo *plan = plan_find_listed(plans, end->plan_id);
	const char *caption = plan_caption_text(page->arena, plan);
	bool is_amended = end->kind == PLAN_SUCCESSION_AMEND;
	PlanLineStep step = {.fields = end->fields, .n_fields = end->n_fields};
	char day[DATE_ISO_SIZE];

	date_format_vi(end->from_day, day);
	if (is_after && end->row_no == 0)
		step.title = arena_printf(page->arena, "Không còn trong %s, từ %s", caption, day);
	else if (is_after)
		step.title = arena_printf(page->arena, "%s từ %s bởi %s",
		    is_amended ? "Được sửa đổi" : "Được thay thế", day, caption);
	else if (end->row_no == 0)
		step.title = arena_printf(page->arena, "Mới, không có trong %s", caption);
	else
		step.title = arena_printf(
		    page->arena, "%s %s, từ %s", is_amended ? "Sửa đổi" : "Nối tiếp", caption, day);
	step.note = end->change == PLAN_LINE_SAME ? "Nội dung giữ nguyên." : NULL;
	if (plan != NULL && end->row_no > 0)
		step.url =
		    arena_printf(page->arena, "%s/%" G_GINT64_FORMAT "?" PLAN_PARAM "=%" G_GINT64_FORMAT,
			row_path, end->row_no, end->plan_id);
	return step;
}

static PlanLineStep
change_step(const PlanPage *page, const PlanChange *change)
{
	char day[DATE_ISO_SIZE], doc_day[DATE_ISO_SIZE];
	PlanLineStep step = {.fields = &change->field, .n_fields = 1};

	date_format_vi(change->from_day, day);
	date_format_vi(change->doc_day, doc_day);
	step.title = arena_printf(
	    page->arena, "Phiên bản %" G_GINT64_FORMAT ", điều chỉnh từ %s", change->version, day);
	step.note = arena_printf(
	    page->arena, "%s quyết định, văn bản số %s ngày %s", change->name, change->doc_number, doc_day);
	return step;
}

bool
plan_line_card_load(const PlanPage *page, PlanLineWhat what, int64_t row_no, const char *row_path,
    const AppVisitor *visitor, PlanLineCard *ret_card, GError **error)
{
	g_autoptr(GPtrArray) before = g_ptr_array_new();
	g_autoptr(GPtrArray) changes = g_ptr_array_new();
	g_autoptr(GPtrArray) after = g_ptr_array_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	size_t n = 0;

	if (!plan_line_before(&page->scope, what, row_no, page->arena, before, error) ||
	    !plan_change_list(&page->scope, what, row_no, page->arena, changes, error) ||
	    !plan_line_after(&page->scope, what, row_no, page->arena, after, error))
		return false;
	*ret_card =
	    (PlanLineCard){.n_steps = before->len + changes->len + after->len, .is_over = after->len > 0};
	ret_card->raise_url = arena_printf(page->arena,
	    "/neu-kien-nghi?" PLAN_PARAM "=%" G_GINT64_FORMAT "&%s=%" G_GINT64_FORMAT, page->scope.plan_id,
	    what == PLAN_LINE_TASK ? "nhiem-vu" : "chi-tieu", row_no);
	if (ret_card->n_steps == 0)
		return true;
	if (!plan_list(page->scope.db, page->scope.commune_id, page->arena, plans, error))
		return false;
	plan_keep_readable(visitor, plans);
	ret_card->steps = arena_array(page->arena, PlanLineStep, ret_card->n_steps);
	for (guint i = 0; i < after->len; i++)
		ret_card->steps[n++] = end_step(page, plans, g_ptr_array_index(after, i), true, row_path);
	for (guint i = changes->len; i > 0; i--)
		ret_card->steps[n++] = change_step(page, g_ptr_array_index(changes, i - 1));
	for (guint i = 0; i < before->len; i++)
		ret_card->steps[n++] = end_step(page, plans, g_ptr_array_index(before, i), false, row_path);
	return true;
}
