/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator_pages.h"
#include "modules/indicator/pages/indicators.html.h"

/* The indicator's own first milestone that has not ended; 0. */
static int
next_year_of(const IndicatorCardView *view)
{
	int this_year, month, day, next = 0;

	date_to_ymd(view->page.today, &this_year, &month, &day);
	for (guint i = 0; i < view->indicator.n_targets; i++) {
		int year = indicator_target(&view->indicator, i)->year;

		if (year >= this_year && (next == 0 || year < next))
			next = year;
	}
	return next;
}

static void
make_milestones(IndicatorCardView *view)
{
	int next_year = next_year_of(view);
	const Indicator *indicator = &view->indicator;
	Arena *arena = view->page.arena;

	view->milestones = arena_array(arena, IndicatorMilestone, indicator->n_targets + 1);
	view->n_milestones = indicator->n_targets;
	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);
		g_autoptr(GString) text = g_string_new(NULL);

		indicator_append_target(target, indicator->unit, text);
		view->milestones[i] = (IndicatorMilestone){
		    .year = target->year > 0 ? arena_printf(arena, "%d", target->year) : "Không nêu năm",
		    .text = plan_page_keep(&view->page, text),
		    .raw = target->raw,
		    .is_next = target->year != 0 && target->year == next_year,
		};
	}
}

static void
make_chart(IndicatorCardView *view)
{
	const Indicator *indicator = &view->indicator;
	ChartPoint *points = arena_array(view->page.arena, ChartPoint, indicator->n_targets + 1);
	size_t n = 0;

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);

		if (target->comparator != PLAN_COMPARATOR_TEXT && target->year > 0)
			points[n++] = (ChartPoint){target->year, target->value, view->milestones[i].text};
	}
	view->chart =
	    (ChartView){.name = indicator->name, .unit = indicator->unit, .targets = points, .n_targets = n};
}

bool
indicator_card_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) targets = g_ptr_array_new();
	IndicatorCardView view = {0};
	int64_t indicator_no;

	if (!http_request_param_int(request, "id", &indicator_no, error) ||
	    !plan_page_begin(request, LAYOUT_NAV_INDICATORS, "Phiếu chỉ tiêu", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!indicator_load(
		&view.page.scope, indicator_no, request->arena, &view.indicator, targets, error) ||
	    !plan_item_heading(
		&view.page, view.indicator.annex_no, view.indicator.group_no, NULL, &view.heading, error) ||
	    !plan_line_card_load(&view.page, PLAN_LINE_INDICATOR, indicator_no, "/chi-tieu",
		app_context(request)->visitor, &view.line, error) ||
	    !link_panel_load(&view.page, false, indicator_no, &view.links, error) ||
	    !plan_item_source(&view.page, view.indicator.item, &view.source, error))
		return false;
	view.list_url = plan_page_link(&view.page, "/chi-tieu", NULL);
	make_milestones(&view);
	make_chart(&view);
	indicator_card_page(response->body, &view);
	return true;
}
