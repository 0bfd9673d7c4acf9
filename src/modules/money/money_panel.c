/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_panel_view.h"

/* Adds up what counts; false: nothing does. */
static bool
add_up(const GPtrArray *entries, MoneyTotal *sum)
{
	bool has_any = false;

	for (guint i = 0; i < entries->len; i++) {
		const MoneyEntry *entry = g_ptr_array_index(entries, i);

		if (entry->corrected_by != 0)
			continue;
		sum->amounts[entry->kind] += entry->amount;
		has_any = true;
	}
	return has_any;
}

bool
money_panel_load(
    const HttpRequest *request, int64_t plan_id, int64_t task_no, MoneyPanel **ret_panel, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	MoneyPanel *panel = arena_new0(request->arena, MoneyPanel);
	MoneyTotal sum = {.last_disbursed = DATE_NONE};

	if (!money_of_task(&scope, plan_id, task_no, entries, error) ||
	    !money_findings_of_task(&scope, plan_id, task_no, findings, error))
		return false;
	*panel = (MoneyPanel){.plan_id = plan_id, .task_no = task_no};
	panel->has_money = add_up(entries, &sum);
	if (!money_follow_load(request, plan_id, task_no, panel->has_money, &panel->follow, error))
		return false;
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
