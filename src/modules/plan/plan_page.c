/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_page.h"

#include "app/module.h"
#include "app/plan_access.h"
#include "base/app-error.h"
#include "base/csv.h"
#include "http/query.h"
#include "modules/plan/pages/common.html.h"

#include <string.h>

static const HttpField PLAN_FIELD = {
    .name = PLAN_PARAM, .label = "Kế hoạch", .validator = http_valid_int, .min = 1, .max = G_MAXINT32};

const char *
plan_page_keep(const PlanPage *page, const GString *text)
{
	return arena_strndup(page->arena, text->str, text->len);
}

/* The newest plan is the newest version that came in last. */
static const PlanInfo *
find_default(const GPtrArray *plans)
{
	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (plan->is_current)
			return plan;
	}
	return NULL;
}

static const char *
caption_of(const PlanPage *page, const PlanInfo *plan, bool with_version)
{
	g_autoptr(GString) caption = g_string_new(NULL);

	plan_caption(plan, caption);
	if (with_version && plan->replaced_by != 0)
		g_string_append(caption, " (đã được thay thế)");
	else if (with_version && !plan->is_current)
		g_string_append_printf(caption, " (bản cũ, phiên bản %" G_GINT64_FORMAT ")", plan->version);
	else if (with_version && plan->version > 1)
		g_string_append_printf(caption, " (phiên bản %" G_GINT64_FORMAT ")", plan->version);
	return plan_page_keep(page, caption);
}

static void
fill_switcher(PlanPage *page, const GPtrArray *plans)
{
	LayoutPlan *choices = arena_array(page->arena, LayoutPlan, plans->len + 1);

	for (guint i = 0; i < plans->len; i++) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		choices[i].value = arena_printf(page->arena, "%" G_GINT64_FORMAT, plan->plan_id);
		choices[i].label = plan->issuer == NULL ? caption_of(page, plan, true)
							: arena_printf(page->arena, "%s – %s",
							      caption_of(page, plan, true), plan->issuer);
		choices[i].is_current = plan == page->plan;
	}
	page->layout.plans = choices;
	page->layout.n_plans = plans->len;
}

static void
fill_layout(PlanPage *page, const AppContext *context, const GPtrArray *plans)
{
	char today[DATE_ISO_SIZE];

	date_format_vi(context->today, today);
	page->layout.as_of = arena_printf(page->arena, "Tính đến ngày %s", today);
	if (page->plan == NULL)
		return;
	if (page->plan->issuer != NULL)
		page->layout.commune = page->plan->issuer;
	page->layout.plan_label = caption_of(page, page->plan, true);
	if (plans->len > 1)
		fill_switcher(page, plans);
}

static bool
load_annexes(PlanPage *page, GError **error)
{
	g_autoptr(GPtrArray) annexes = g_ptr_array_new();
	const PlanAnnexInfo **kept;

	if (page->plan == NULL)
		return true;
	if (!plan_list_annexes(&page->scope, page->arena, annexes, error))
		return false;
	kept = arena_array(page->arena, const PlanAnnexInfo *, annexes->len + 1);
	for (guint i = 0; i < annexes->len; i++)
		kept[i] = g_ptr_array_index(annexes, i);
	page->annexes = kept;
	page->n_annexes = annexes->len;
	return true;
}

void
plan_keep_readable(const AppVisitor *visitor, GPtrArray *plans)
{
	for (guint i = 0; i < plans->len && !visitor->is_open;) {
		const PlanInfo *plan = g_ptr_array_index(plans, i);

		if (app_access_grant(visitor, APP_READ, &(AppTarget){.plan_id = plan->plan_id}) != NULL)
			i++;
		else
			g_ptr_array_remove_index(plans, i);
	}
}

/* The route's permission has to be held for the plan that was chosen; where no plan is there, anywhere. */
static bool
choose_plan(HttpRequest *request, const HttpValue *chosen, GPtrArray *plans, PlanPage *page, GError **error)
{
	const AppContext *context = app_context(request);
	const PlanInfo *asked =
	    chosen->is_set ? plan_find_listed(plans, chosen->number) : find_default(plans);

	if (chosen->is_set && asked == NULL) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "no plan %" G_GINT64_FORMAT, chosen->number);
		return false;
	}
	plan_keep_readable(context->visitor, plans);
	page->plan = chosen->is_set ? asked : find_default(plans);
	if (page->plan == NULL)
		page->plan = plans->len > 0 ? g_ptr_array_index(plans, 0) : asked;
	return page->plan == NULL || app_access_require(request, context->route->permission,
					 &(AppTarget){.plan_id = page->plan->plan_id}, error);
}

/* As the module that keeps the number has it; 0, the last day alone, where there is none. */
static bool
find_soon_days(const AppContext *context, int32_t day, int32_t *ret_days, GError **error)
{
	*ret_days = 0;
	for (guint i = 0; context->modules != NULL && i < context->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(context->modules, i);

		if (module->soon_days != NULL)
			return module->soon_days(context->db, context->commune_id, day, ret_days, error);
	}
	return true;
}

bool
plan_page_begin(HttpRequest *request, LayoutNav nav, const char *title, PlanPage *ret_page, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	PlanPage page = {
	    .scope = {context->db, context->commune_id, 0},
	    .layout = app_layout(request, title),
	    .arena = request->arena,
	    .today = context->today,
	};
	HttpValue chosen;

	page.layout.nav = nav;
	if (!http_query_parse(&PLAN_FIELD, 1, request, &chosen, error) ||
	    !plan_list(context->db, context->commune_id, request->arena, plans, error))
		return false;
	if (!choose_plan(request, &chosen, plans, &page, error))
		return false;
	if (page.plan != NULL && page.plan != find_default(plans))
		page.plan_query = arena_printf(request->arena, "%" G_GINT64_FORMAT, page.plan->plan_id);
	page.layout.plan = page.plan_query;
	page.scope.plan_id = page.plan != NULL ? page.plan->plan_id : 0;
	fill_layout(&page, context, plans);
	if (!load_annexes(&page, error) || !find_soon_days(context, page.today, &page.soon_days, error))
		return false;
	*ret_page = page;
	return true;
}

const PlanAnnexInfo *
plan_page_annex(const PlanPage *page, int64_t annex_no)
{
	return annex_no >= 1 && (size_t)annex_no <= page->n_annexes ? page->annexes[annex_no - 1] : NULL;
}

const char *
plan_page_annex_title(const PlanPage *page, const PlanAnnexInfo *annex)
{
	return annex != NULL ? arena_printf(page->arena, "Phụ lục %s", annex->label) : "Phần lời văn";
}

const char *
plan_page_link(const PlanPage *page, const char *path, const char *format, ...)
{
	g_autoptr(GString) url = g_string_new(path);
	size_t bare = url->len;

	if (page->plan_query != NULL)
		g_string_append_printf(url, "?" PLAN_PARAM "=%s", page->plan_query);
	if (format != NULL) {
		va_list arguments;

		if (*format != '#')
			g_string_append_c(url, url->len > bare ? '&' : '?');
		va_start(arguments, format);
		g_string_append_vprintf(url, format, arguments);
		va_end(arguments);
	}
	return plan_page_keep(page, url);
}

const char *
plan_page_encode(const PlanPage *page, const char *value)
{
	g_autofree char *encoded = g_uri_escape_string(value, ":", FALSE);

	return arena_strdup(page->arena, encoded);
}

bool
plan_page_show_empty(const PlanPage *page, HttpResponse *response)
{
	plan_empty_page(response->body, &page->layout);
	return true;
}

PlanExports
plan_page_exports(const PlanPage *page, const LinkBase *base)
{
	LinkBase csv = *base, json = *base;

	csv.path = arena_printf(page->arena, "%s.csv", base->path);
	json.path = arena_printf(page->arena, "%s.json", base->path);
	return (PlanExports){
	    .csv_url = link_with(page->arena, &csv, NULL, 0),
	    .json_url = link_with(page->arena, &json, NULL, 0),
	};
}
