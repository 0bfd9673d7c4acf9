/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/money/money_list.h"

#include <string.h>

const char *
money_list_task_title(const MoneyList *list, const MoneyTotal *total)
{
	g_autofree char *key =
	    g_strdup_printf("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, total->plan_id, total->task_no);
	const char *name = g_hash_table_lookup(list->tasks, key);

	return name != NULL ? arena_strdup(list->scope.arena, name) : "";
}

const char *
money_list_agency_title(const MoneyList *list, int64_t agency_id)
{
	for (guint i = 0; i < list->agencies->len; i++) {
		const MoneyUnit *unit = g_ptr_array_index(list->agencies, i);

		if (unit->agency_id == agency_id)
			return unit->name;
	}
	return "Không nêu đơn vị";
}

const char *
money_list_source_title(const MoneyList *list, const char *word)
{
	for (guint i = 0; i < list->sources->len; i++) {
		const MoneySource *source = g_ptr_array_index(list->sources, i);

		if (strcmp(source->source, word) == 0)
			return source->title;
	}
	return word;
}

const char *
money_plan_title(Arena *arena, const PlanInfo *plan)
{
	g_autoptr(GString) out = g_string_new(plan->number != NULL ? plan->number : plan->title);

	if (plan->number != NULL && plan->issued_on != NULL) {
		g_string_append(out, " ngày ");
		plan_append_date(plan->issued_on, out);
	}
	return arena_strdup(arena, out->str);
}

const char *
money_list_plan_title(const MoneyList *list, int64_t plan_id)
{
	const PlanInfo *plan = plan_find_listed(list->plans, plan_id);

	return plan != NULL ? money_plan_title(list->scope.arena, plan)
			    : arena_printf(list->scope.arena, "Kế hoạch %" G_GINT64_FORMAT, plan_id);
}

bool
money_list_is_current(const MoneyList *list, int64_t plan_id)
{
	const PlanInfo *plan = plan_find_listed(list->plans, plan_id);

	return plan != NULL && plan->is_current;
}

void
money_list_write_csv(const MoneyList *list, HttpResponse *response)
{
	static const char *const HEADS[] = {"Kế hoạch", "Kế hoạch còn hiệu lực", "Nhiệm vụ", "Đơn vị",
	    "Nguồn", "Năm", "Dự toán (đồng)", "Phân bổ (đồng)", "Giải ngân (đồng)"};
	GString *out = response->body;

	http_csv_begin(response, "kinh-phi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < list->totals->len; i++) {
		const MoneyTotal *total = g_ptr_array_index(list->totals, i);

		csv_text(out, money_list_plan_title(list, total->plan_id));
		csv_text(out, money_list_is_current(list, total->plan_id) ? "có" : "không");
		csv_text(out, money_list_task_title(list, total));
		csv_text(out, money_list_agency_title(list, total->agency_id));
		csv_text(out, money_list_source_title(list, total->source));
		csv_int(out, total->year);
		for (int kind = MONEY_ESTIMATE; kind < MONEY_KIND_MAX; kind++)
			csv_int(out, total->amounts[kind]);
		csv_end_line(out);
	}
}

void
money_list_write_json(const MoneyList *list, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "money");
	json_begin_array(&json);
	for (guint i = 0; i < list->totals->len; i++) {
		const MoneyTotal *total = g_ptr_array_index(list->totals, i);

		json_begin_object(&json);
		json_key_int(&json, "plan", total->plan_id);
		json_key(&json, "plan_is_current");
		json_bool(&json, money_list_is_current(list, total->plan_id));
		json_key_int(&json, "task", total->task_no);
		json_key_string(&json, "name", money_list_task_title(list, total));
		json_key_string(&json, "agency", money_list_agency_title(list, total->agency_id));
		json_key_string(&json, "source", total->source);
		json_key_int(&json, "year", total->year);
		json_key_int(&json, "estimate", total->amounts[MONEY_ESTIMATE]);
		json_key_int(&json, "allocation", total->amounts[MONEY_ALLOCATION]);
		json_key_int(&json, "disbursement", total->amounts[MONEY_DISBURSEMENT]);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}
