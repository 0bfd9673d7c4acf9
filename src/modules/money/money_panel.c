/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_panel_view.h"

bool
money_panel_load(
    const HttpRequest *request, int64_t plan_id, int64_t task_no, MoneyPanel **ret_panel, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	const MoneyFilter filter = {.plan_id = plan_id, .task_no = task_no};
	g_autoptr(GPtrArray) totals = g_ptr_array_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	MoneyPanel *panel = arena_new0(request->arena, MoneyPanel);
	MoneyTotal sum = {.last_disbursed = DATE_NONE};

	if (!money_totals(&scope, &filter, totals, error) ||
	    !money_findings_of_task(&scope, plan_id, task_no, findings, error))
		return false;
	*panel = (MoneyPanel){.plan_id = plan_id, .task_no = task_no, .has_money = totals->len > 0};
	for (guint i = 0; i < totals->len; i++)
		money_total_add(&sum, g_ptr_array_index(totals, i));
	money_fill_line(request->arena, &sum, &panel->sum);
	panel->findings = arena_array(request->arena, MoneyFinding *, findings->len + 1);
	for (guint i = 0; i < findings->len; i++) {
		MoneyFinding *finding = g_ptr_array_index(findings, i);

		if (finding->state == MONEY_FINDING_OPEN)
			panel->findings[panel->n_findings++] = finding;
	}
	*ret_panel = panel;
	return true;
}
