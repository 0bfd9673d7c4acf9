/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_records.h"

#include "app/context.h"
#include "modules/plan/plan_records.h"
#include "modules/task/task.h"

static bool
find(HttpRequest *request, const char *id, PlanScope *ret_scope, Task *ret_task, GError **error)
{
	const AppContext *context = app_context(request);
	const PlanInfo *plan;
	int64_t ids[2];

	if (!app_record_ids(id, 2, ids, error) || !plan_find_readable(request, ids[0], &plan, error))
		return false;
	*ret_scope = (PlanScope){context->db, context->commune_id, ids[0]};
	return task_load(ret_scope, ids[1], request->arena, ret_task, error);
}

static bool
load(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const PlanInfo *plan;
	PlanScope scope;
	Task task;

	if (!find(request, id, &scope, &task, error) ||
	    !plan_record_begin(request, scope.plan_id, record, &plan, error))
		return false;
	record->title = task.no != NULL ? arena_printf(record->arena, "Nhiệm vụ %s. %s", task.no, task.name)
					: arena_printf(record->arena, "Nhiệm vụ: %s", task.name);
	record->url = arena_printf(record->arena,
	    "/nhiem-vu/%" G_GINT64_FORMAT "?" PLAN_PARAM "=%" G_GINT64_FORMAT, task.task_no, scope.plan_id);
	app_record_add_field(record, "no", "Số thứ tự", task.no);
	app_record_add_field(record, "name", "Tên nhiệm vụ", task.name);
	app_record_add_field(record, "lead", "Cơ quan chủ trì", task.lead);
	app_record_add_field(record, "given_lead", "Được giao chủ trì", task.given_lead);
	app_record_add_field(record, "coordinating", "Cơ quan phối hợp", task.coordinating);
	app_record_add_field(record, "output", "Sản phẩm", task.output);
	app_record_add_field(record, "deadline", "Thời hạn", task.deadline_raw);
	app_record_add_field(record, "condition", "Điều kiện", task.condition);
	return true;
}

static bool
target_of(HttpRequest *request, const char *id, AppTarget *ret_target, GError **error)
{
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	int64_t *leads, *coordinating;
	PlanScope scope;
	Task task;

	if (!find(request, id, &scope, &task, error) ||
	    !task_list_agencies(&scope, task.task_no, request->arena, agencies, error))
		return false;
	leads = arena_array(request->arena, int64_t, agencies->len + 1);
	coordinating = arena_array(request->arena, int64_t, agencies->len + 1);
	*ret_target = (AppTarget){.plan_id = scope.plan_id, .leads = leads, .coordinating = coordinating};
	for (guint i = 0; i < agencies->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(agencies, i);

		if (agency->role == AGENCY_ROLE_LEAD)
			leads[ret_target->n_leads++] = agency->agency_id;
		else
			coordinating[ret_target->n_coordinating++] = agency->agency_id;
	}
	return true;
}

const AppRecordKind TASK_RECORDS[] = {
    {.kind = "task", .title = "Nhiệm vụ", .permission = APP_READ, .load = load, .target = target_of},
    {.kind = NULL},
};
