/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator_records.h"

#include "app/context.h"
#include "modules/indicator/indicator_pages.h"
#include "modules/plan/plan_records.h"

static bool
find(HttpRequest *request, const char *id, PlanScope *ret_scope, Indicator *ret_indicator, GPtrArray *targets,
    GError **error)
{
	const AppContext *context = app_context(request);
	const PlanInfo *plan;
	int64_t ids[2];

	if (!app_record_ids(id, 2, ids, error) || !plan_find_readable(request, ids[0], &plan, error))
		return false;
	*ret_scope = (PlanScope){context->db, context->commune_id, ids[0]};
	return indicator_load(ret_scope, ids[1], request->arena, ret_indicator, targets, error);
}

static void
add_targets(AppRecord *record, const Indicator *indicator)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);

		if (text->len > 0)
			g_string_append(text, "; ");
		if (target->year > 0)
			g_string_append_printf(text, "%d: ", target->year);
		indicator_append_target(target, indicator->unit, text);
	}
	app_record_add_field(record, "targets", "Mục tiêu theo năm", text->str);
}

static bool
load(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	Indicator indicator;
	const PlanInfo *plan;
	PlanScope scope;

	if (!find(request, id, &scope, &indicator, targets, error) ||
	    !plan_record_begin(request, scope.plan_id, record, &plan, error))
		return false;
	record->title = arena_printf(record->arena, "Chỉ tiêu %s%s%s",
	    indicator.no != NULL ? indicator.no : "", indicator.no != NULL ? ". " : "", indicator.name);
	record->url =
	    arena_printf(record->arena, "/chi-tieu/%" G_GINT64_FORMAT "?" PLAN_PARAM "=%" G_GINT64_FORMAT,
		indicator.indicator_no, scope.plan_id);
	app_record_add_field(record, "no", "Số thứ tự", indicator.no);
	app_record_add_field(record, "name", "Tên chỉ tiêu", indicator.name);
	app_record_add_field(record, "unit", "Đơn vị tính", indicator.unit);
	add_targets(record, &indicator);
	app_record_add_field(record, "lead", "Cơ quan chủ trì", indicator.lead);
	app_record_add_field(record, "coordinating", "Cơ quan phối hợp", indicator.coordinating);
	app_record_add_field(record, "output", "Sản phẩm", indicator.output);
	return true;
}

static bool
target_of(HttpRequest *request, const char *id, AppTarget *ret_target, GError **error)
{
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	g_autoptr(GArray) agencies = g_array_new(FALSE, FALSE, sizeof(IndicatorAgency));
	int64_t *leads, *coordinating;
	Indicator indicator;
	PlanScope scope;

	if (!find(request, id, &scope, &indicator, targets, error) ||
	    !indicator_list_agencies(&scope, indicator.indicator_no, agencies, error))
		return false;
	leads = arena_array(request->arena, int64_t, agencies->len + 1);
	coordinating = arena_array(request->arena, int64_t, agencies->len + 1);
	*ret_target = (AppTarget){.plan_id = scope.plan_id, .leads = leads, .coordinating = coordinating};
	for (guint i = 0; i < agencies->len; i++) {
		const IndicatorAgency *agency = &g_array_index(agencies, IndicatorAgency, i);

		if (agency->role == AGENCY_ROLE_LEAD)
			leads[ret_target->n_leads++] = agency->agency_id;
		else
			coordinating[ret_target->n_coordinating++] = agency->agency_id;
	}
	return true;
}

const AppRecordKind INDICATOR_RECORDS[] = {
    {.kind = "indicator", .title = "Chỉ tiêu", .permission = APP_READ, .load = load, .target = target_of},
    {.kind = NULL},
};
