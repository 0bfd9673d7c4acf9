/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_records.h"

#include "app/context.h"
#include "app/plan_access.h"
#include "base/app-error.h"
#include "modules/plan/plan.h"

bool
plan_find_readable(HttpRequest *request, int64_t plan_id, const PlanInfo **ret_plan, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	if (!plan_list(context->db, context->commune_id, request->arena, plans, error))
		return false;
	plan_keep_readable(context->visitor, plans);
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->plan_id == plan_id) {
			*ret_plan = plan;
			return true;
		}
	}
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no plan %" G_GINT64_FORMAT, plan_id);
	return false;
}

bool
plan_record_begin(
    HttpRequest *request, int64_t plan_id, AppRecord *record, const PlanInfo **ret_plan, GError **error)
{
	if (!plan_find_readable(request, plan_id, ret_plan, error))
		return false;
	record->origin = arena_printf(record->arena, "plan/%" G_GINT64_FORMAT, plan_id);
	app_record_add_source(record, record->origin, NULL, false);
	return true;
}

static bool
load_plan(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	g_autoptr(GString) caption = g_string_new(NULL);
	const PlanInfo *plan;
	int64_t plan_id;

	if (!app_record_ids(id, 1, &plan_id, error) || !plan_find_readable(request, plan_id, &plan, error))
		return false;
	plan_caption(plan, caption);
	record->title = arena_strdup(record->arena, caption->str);
	record->url = arena_printf(record->arena, "/?" PLAN_PARAM "=%" G_GINT64_FORMAT, plan_id);
	record->origin = arena_printf(record->arena, "plan/%" G_GINT64_FORMAT, plan_id);
	app_record_add_field(record, "number", "Số, ký hiệu", plan->number);
	app_record_add_field(record, "date", "Ngày ban hành", plan->issued_on);
	app_record_add_field(record, "issuer", "Cơ quan ban hành", plan->issuer);
	app_record_add_field(record, "title", "Trích yếu", plan->title);
	app_record_add_field(record, "signer", "Người ký", plan->signer);
	return true;
}

static bool
load_finding(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	const PlanFindingFilter filter = {.limit = 1};
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	const PlanFinding *finding;
	const PlanInfo *plan;
	PlanFindingFilter from = filter;
	PlanScope scope;
	int64_t ids[2];

	if (!app_record_ids(id, 2, ids, error) || !plan_record_begin(request, ids[0], record, &plan, error))
		return false;
	scope = (PlanScope){context->db, context->commune_id, ids[0]};
	from.after = ids[1] - 1;
	if (!plan_list_findings(&scope, &from, record->arena, findings, error))
		return false;
	finding = findings->len > 0 ? g_ptr_array_index(findings, 0) : NULL;
	if (finding == NULL || finding->finding_no != ids[1]) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no finding %s", id);
		return false;
	}
	record->title =
	    arena_printf(record->arena, "Phát hiện %" G_GINT64_FORMAT ": %s", ids[1], finding->message);
	record->url = arena_printf(record->arena, "/kiem-tra?" PLAN_PARAM "=%" G_GINT64_FORMAT, ids[0]);
	app_record_add_field(record, "severity", "Mức độ", plan_severity_title(finding->severity));
	app_record_add_field(record, "rule", "Quy tắc kiểm tra", finding->rule);
	app_record_add_field(record, "message", "Nội dung", finding->message);
	app_record_add_field(record, "line", "Dòng trong văn bản",
	    finding->line > 0 ? arena_printf(record->arena, "%" G_GINT64_FORMAT, finding->line) : NULL);
	return true;
}

static bool
target_of(HttpRequest *request, const char *id, AppTarget *ret_target, GError **error)
{
	const PlanInfo *plan;
	int64_t plan_id;

	if (!app_record_ids(id, 1, &plan_id, error) || !plan_find_readable(request, plan_id, &plan, error))
		return false;
	*ret_target = (AppTarget){.plan_id = plan_id};
	return true;
}

const AppRecordKind PLAN_RECORDS[] = {
    {.kind = "plan", .title = "Kế hoạch", .permission = APP_READ, .load = load_plan, .target = target_of},
    {.kind = "finding", .title = "Phát hiện khi kiểm tra", .permission = APP_READ, .load = load_finding},
    {.kind = NULL},
};
