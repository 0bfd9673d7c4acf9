/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_follow.h"

static const char *
task_url(Arena *arena, int64_t plan_id, int64_t task_no)
{
	return arena_printf(
	    arena, MONEY_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT, task_no, plan_id);
}

/* Where entries went to a plan that the visitor may not read is not told. */
static bool
fill_aways(const HttpRequest *request, const MoneyScope *scope, int64_t plan_id, int64_t task_no,
    const GPtrArray *plans, MoneyFollow *follow, GError **error)
{
	g_autoptr(GPtrArray) aways = g_ptr_array_new();
	Arena *arena = request->arena;

	if (!money_carried_away(scope, plan_id, task_no, aways, error))
		return false;
	follow->aways = arena_array(arena, MoneyAwayLine, aways->len + 1);
	for (guint i = 0; i < aways->len; i++) {
		const MoneyAway *away = g_ptr_array_index(aways, i);

		if (!money_may_read(request, away->plan_id))
			continue;
		follow->aways[follow->n_aways++] = (MoneyAwayLine){
		    .title = arena_printf(arena, "%s%s%s – %s", away->no != NULL ? away->no : "",
			away->no != NULL ? ". " : "", away->name,
			plan_caption_text(arena, plan_find_listed(plans, away->plan_id))),
		    .url = task_url(arena, away->plan_id, away->task_no),
		    .n_entries = away->n_entries};
	}
	return true;
}

static bool
fill_next(const HttpRequest *request, const MoneyScope *scope, const MoneyPlace *place,
    const GPtrArray *plans, MoneyFollow *follow, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, place->next_plan_id};
	Arena *arena = request->arena;
	Task task;

	if (place->kind != MONEY_PLACE_TAKEN || !money_may_read(request, place->next_plan_id))
		return true;
	if (!task_load(&plan, place->next_task_no, arena, &task, error))
		return false;
	follow->next_url = task_url(arena, place->next_plan_id, place->next_task_no);
	follow->next_title =
	    arena_printf(arena, "%s%s%s – %s", task.no != NULL ? task.no : "", task.no != NULL ? ". " : "",
		task.name, plan_caption_text(arena, plan_find_listed(plans, place->next_plan_id)));
	return true;
}

bool
money_follow_load(const HttpRequest *request, int64_t plan_id, int64_t task_no, bool has_money,
    MoneyFollow *ret_follow, GError **error)
{
	static const char *const STAYS[] = {[MONEY_PLACE_COUNTS] = NULL,
	    [MONEY_PLACE_TAKEN] = "Khoản còn ở đây không đi theo nhiệm vụ sang kế hoạch mới.",
	    [MONEY_PLACE_DROPPED] =
		"Kế hoạch sau không còn nhiệm vụ này: kinh phí ở lại đây, không chuyển theo.",
	    [MONEY_PLACE_SUPERSEDED] =
		"Kế hoạch này không còn hiệu lực; kinh phí ở đây chưa được chuyển sang kế "
		"hoạch mới."};
	const MoneyScope scope = money_scope_of(request);
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	MoneyPlace place;

	*ret_follow = (MoneyFollow){0};
	if (!money_place(&scope, plan_id, task_no, &place, error) ||
	    !plan_list(scope.db, scope.commune_id, scope.arena, plans, error))
		return false;
	if (has_money)
		ret_follow->stays = STAYS[place.kind];
	return fill_aways(request, &scope, plan_id, task_no, plans, ret_follow, error) &&
	       fill_next(request, &scope, &place, plans, ret_follow, error);
}

void
money_fill_steps(const HttpRequest *request, const GPtrArray *carries, MoneyEntryLine *line)
{
	Arena *arena = request->arena;

	line->steps = arena_array(arena, MoneyStepLine, carries->len + 1);
	for (guint i = 0; i < carries->len; i++) {
		const MoneyCarry *carry = g_ptr_array_index(carries, i);
		char when[INSTANT_VI_SIZE];

		if (carry->entry_id != line->entry->entry_id)
			continue;
		instant_format_minute_vi(carry->at_us, when);
		line->steps[line->n_steps++] =
		    (MoneyStepLine){.url = money_may_read(request, carry->from_plan_id)
					       ? task_url(arena, carry->from_plan_id, carry->from_task_no)
					       : NULL,
			.title = carry->from_plan_id != carry->to_plan_id ? "nhiệm vụ của kế hoạch trước"
									  : "nhiệm vụ khác của kế hoạch này",
			.text = arena_printf(arena, "%s · %s: %s", when,
			    carry->name != NULL ? carry->name : "Chương trình", carry->reason)};
	}
}
