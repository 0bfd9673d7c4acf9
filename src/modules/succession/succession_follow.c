/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/succession/succession_internal.h"

#include <string.h>

/* Money and corrected products of a row: what goes on with it, and what stays behind. */

static MoneyScope
money_scope(const SuccessionScope *scope)
{
	const IntakeScope *intake = &scope->intake;

	return (MoneyScope){.db = intake->db,
	    .commune_id = intake->commune_id,
	    .now_us = intake->now_us,
	    .today = scope->today,
	    .actor = intake->actor,
	    .arena = scope->arena};
}

/* The new plan words the product itself anew: that holds, not what a person said of the old one. */
static bool
has_other_output(const PlanLine *line)
{
	for (size_t i = 0; i < line->n_fields; i++)
		if (strcmp(line->fields[i].field, "output") == 0)
			return true;
	return false;
}

bool
succession_follow(const SuccessionScope *scope, const WorkScope *work, const Succession *row,
    const PlanLine *line, const char *reason, SuccessionResult *result, GError **error)
{
	const MoneyScope money = money_scope(scope);

	if (line->new_no == 0)
		return money_leave_task(
			   &money, row->old_plan_id, line->old_no, reason, &result->money, error) &&
		       work_leave_products(work, row->old_plan_id, line->old_no, &result->products, error);
	return money_carry_task(&money, row->old_plan_id, line->old_no, row->new_plan_id, line->new_no,
		   reason, &result->money, error) &&
	       work_carry_products(work, row->old_plan_id, line->old_no, row->new_plan_id, line->new_no,
		   has_other_output(line), &result->products, error);
}

/* --- what a person sees of it before and after ------------------------------------------------------------
 */

/* By task_no (int64_t *): MoneyTotal of the old plan's tasks that still have money. */
static bool
read_money(const SuccessionScope *scope, int64_t plan_id, GHashTable *by_task, GError **error)
{
	const MoneyScope money = money_scope(scope);
	g_autoptr(GPtrArray) totals = g_ptr_array_new();

	if (!money_totals(&money, &(MoneyFilter){.plan_id = plan_id}, totals, error))
		return false;
	for (guint i = 0; i < totals->len; i++) {
		MoneyTotal *total = g_ptr_array_index(totals, i);
		MoneyTotal *sum = g_hash_table_lookup(by_task, &total->task_no);

		if (sum != NULL)
			money_total_add(sum, total);
		else
			g_hash_table_insert(by_task, &total->task_no, total);
	}
	return true;
}

/* By task_no (int64_t *): the WorkProductRow of the whole task. */
static bool
read_products(const SuccessionScope *scope, int64_t plan_id, GHashTable *by_task, GError **error)
{
	const WorkScope work = {
	    .db = scope->intake.db, .commune_id = scope->intake.commune_id, .arena = scope->arena};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!work_products_at(&work, plan_id, 0, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		WorkProductRow *row = g_ptr_array_index(rows, i);

		if (row->key.part_no == 0)
			g_hash_table_insert(by_task, &row->key.task_no, row);
	}
	return true;
}

static bool
has_amount(const MoneyTotal *total)
{
	return total != NULL && (total->amounts[MONEY_ESTIMATE] > 0 || total->amounts[MONEY_ALLOCATION] > 0 ||
				    total->amounts[MONEY_DISBURSEMENT] > 0);
}

static const char *
amounts_text(Arena *arena, const MoneyTotal *total)
{
	return arena_printf(arena, "dự toán %s, phân bổ %s, giải ngân %s",
	    money_text(arena, total->amounts[MONEY_ESTIMATE]),
	    money_text(arena, total->amounts[MONEY_ALLOCATION]),
	    money_text(arena, total->amounts[MONEY_DISBURSEMENT]));
}

static void
fill_line(SuccessionCompare *compare, SuccessionLine *line, const MoneyTotal *total,
    const WorkProductRow *product, Arena *arena)
{
	bool is_gone = line->line.new_no == 0 && line->new_row == NULL;

	if (has_amount(total)) {
		line->is_money_left = is_gone;
		line->money = arena_printf(arena,
		    is_gone ? "Kinh phí không chuyển theo, ở lại kế hoạch cũ: %s." : "Kinh phí đi theo: %s.",
		    amounts_text(arena, total));
		compare->n_money_left += is_gone;
	}
	if (product == NULL)
		return;
	line->is_product_left = is_gone || has_other_output(&line->line);
	line->product = is_gone ? "Sản phẩm đã sửa tay không chuyển theo."
			: line->is_product_left
			    ? "Sản phẩm đã sửa tay không chuyển theo, vì kế hoạch mới nêu sản phẩm khác."
			    : "Sản phẩm đã sửa tay đi theo.";
}

bool
succession_read_follow(const SuccessionScope *scope, SuccessionCompare *compare, GError **error)
{
	g_autoptr(GHashTable) money = g_hash_table_new(g_int64_hash, g_int64_equal);
	g_autoptr(GHashTable) products = g_hash_table_new(g_int64_hash, g_int64_equal);
	int64_t old_plan_id = compare->succession.old_plan_id;

	if (!read_money(scope, old_plan_id, money, error) ||
	    !read_products(scope, old_plan_id, products, error))
		return false;
	for (guint i = 0; i < compare->lines->len; i++) {
		SuccessionLine *line = g_ptr_array_index(compare->lines, i);

		if (line->line.what == PLAN_LINE_TASK && line->line.old_no != 0)
			fill_line(compare, line, g_hash_table_lookup(money, &line->line.old_no),
			    g_hash_table_lookup(products, &line->line.old_no), scope->arena);
	}
	return true;
}
