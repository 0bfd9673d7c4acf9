/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/work/pages/task_panel.html.h"
#include "modules/work/work_pages.h"

#include <stdio.h>

#define PIECES_SHOWN 24 /* of a task that repeats: the newest periods of its units */

bool
work_task_panel(const HttpRequest *request, const char *object, GString *out, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	WorkTaskPanel panel = {0};
	MoneyPanel *money = NULL;
	WorkSettings settings;
	int plan_id, task_no;

	if (sscanf(object, "task/%9d/%9d", &plan_id, &task_no) != 2)
		return true;
	if (!work_of_task(&scope, plan_id, task_no, rows, error) ||
	    !work_settings(&scope, &settings, error) ||
	    !money_panel_load(request, plan_id, task_no, &money, error))
		return false;
	panel.total = rows->len;
	panel.n_lines = MIN(rows->len, PIECES_SHOWN);
	panel.lines = arena_array(scope.arena, WorkLine, panel.n_lines + 1);
	for (size_t i = 0; i < panel.n_lines; i++)
		work_fill_line(&scope, &settings, g_ptr_array_index(rows, i), &panel.lines[i]);
	panel.assign_url = arena_printf(scope.arena, "/giao-viec/%d?ke-hoach=%d", task_no, plan_id);
	panel.may_assign = work_may(&scope, APP_OPERATE);
	work_task_panel_card(out, &panel);
	money_panel(out, money);
	return true;
}
