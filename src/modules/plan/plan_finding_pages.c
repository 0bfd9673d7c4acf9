/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_finding_pages.h"

#include "base/csv.h"
#include "base/json.h"
#include "compiler/check/lint.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/plan/pages/findings.html.h"

#include <string.h>

#define ROWS_PER_PAGE 50

enum { KEY_PLAN, KEY_SEVERITY, KEY_RULE, KEY_AFTER, KEY_POSITION, KEY_MAX };

static const char *const SEVERITIES[] = {"luu-y", "canh-bao", "loi", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_PLAN] = {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_SEVERITY] = {"muc-do", "Mức độ", http_valid_word, .words = SEVERITIES},
    [KEY_RULE] = {"quy-tac", "Quy tắc", http_valid_text, .max = 60},
    [KEY_AFTER] = {"sau", "Trang sau", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_POSITION] = {"tu", "Từ dòng", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static bool
read_query(HttpRequest *request, PlanFindingView *view, HttpValue *values, GError **error)
{
	LinkParam *params = arena_array(request->arena, LinkParam, KEY_AFTER);

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	for (int i = 0; i < KEY_AFTER; i++)
		params[i] = (LinkParam){FIELDS[i].name, values[i].is_set ? values[i].text : NULL};
	view->base = (LinkBase){"/kiem-tra", params, KEY_AFTER};
	view->filter = (PlanFindingFilter){
	    .has_severity = values[KEY_SEVERITY].is_set,
	    .severity = (DiagSeverity)values[KEY_SEVERITY].number,
	    .rule = values[KEY_RULE].is_set ? values[KEY_RULE].text : NULL,
	    .after = values[KEY_AFTER].number,
	    .limit = ROWS_PER_PAGE + 1,
	};
	return true;
}

static const char *
rule_title(const char *rule)
{
	const LintRule *known = lint_find_rule(rule);

	return known != NULL ? known->title : "Đọc văn bản";
}

void
plan_severity_figures(const PlanPage *page, PartFigure ret_figures[3])
{
	static const char *const LOOKS[] = {
	    [DIAG_INFO] = "run", [DIAG_WARNING] = "soon", [DIAG_ERROR] = "late"};
	static const char *const NOTES[] = {[DIAG_INFO] = "nên xem lại",
	    [DIAG_WARNING] = "có thể gây hiểu khác nhau",
	    [DIAG_ERROR] = "cần sửa trước khi thực hiện"};
	const PlanCounts *counts = &page->plan->counts;
	const int64_t values[] = {
	    [DIAG_INFO] = counts->infos, [DIAG_WARNING] = counts->warnings, [DIAG_ERROR] = counts->errors};

	for (int i = 0; i < 3; i++) {
		DiagSeverity severity = (DiagSeverity)(DIAG_ERROR - i);

		ret_figures[i] = (PartFigure){.kind = LOOKS[severity],
		    .label = plan_severity_title(severity),
		    .value = values[severity],
		    .of = -1,
		    .url = plan_page_link(page, "/kiem-tra", "muc-do=%s", plan_severity_slug(severity)),
		    .note = NOTES[severity]};
	}
}

static bool
is_shown(const PlanFindingView *view, const PlanFindingTally *tally)
{
	return (!view->filter.has_severity || tally->severity == view->filter.severity) &&
	       (view->filter.rule == NULL || strcmp(tally->rule, view->filter.rule) == 0);
}

/* A rule can make findings of two severities: it is one choice. */
static void
count_rule(PlanFindingView *view, const PlanFindingTally *tally)
{
	for (size_t i = 0; i < view->n_rules; i++) {
		if (strcmp(view->rules[i].rule, tally->rule) == 0) {
			view->rules[i].count += tally->count;
			return;
		}
	}
	view->rules[view->n_rules++] = (PlanFindingRule){tally->rule, rule_title(tally->rule), tally->count,
	    view->filter.rule != NULL && strcmp(tally->rule, view->filter.rule) == 0};
}

static bool
load_tallies(PlanFindingView *view, GError **error)
{
	g_autoptr(GPtrArray) tallies = g_ptr_array_new();

	if (!plan_tally_findings(&view->page.scope, view->page.arena, tallies, error))
		return false;
	view->rules = arena_array(view->page.arena, PlanFindingRule, tallies->len + 1);
	for (guint i = 0; i < tallies->len; i++) {
		const PlanFindingTally *tally = g_ptr_array_index(tallies, i);

		count_rule(view, tally);
		if (is_shown(view, tally))
			view->total += tally->count;
	}
	return true;
}

static PlanFindingLink
place_link(const PlanFindingView *view, int64_t line, int64_t block_no)
{
	if (block_no == 0)
		return (PlanFindingLink){NULL, line};
	return (PlanFindingLink){plan_page_link(&view->page, "/van-ban",
				     "cho=%" G_GINT64_FORMAT "#b%" G_GINT64_FORMAT, block_no, block_no),
	    line};
}

static void
make_row(const PlanFindingView *view, const PlanFinding *finding, PlanFindingRow *row)
{
	const LintRule *rule = lint_find_rule(finding->rule);
	size_t n = 0;

	for (const PlanFindingPlace *place = finding->places; place != NULL; place = place->next)
		n++;
	*row = (PlanFindingRow){
	    .plan_id = view->page.scope.plan_id,
	    .finding = finding,
	    .rule_title = rule_title(finding->rule),
	    .why = rule != NULL ? rule->why : NULL,
	    .place = place_link(view, finding->line, finding->block_no),
	    .related = arena_array(view->page.arena, PlanFindingLink, n + 1),
	};
	for (const PlanFindingPlace *place = finding->places; place != NULL; place = place->next)
		if (place->block_no > 0)
			row->related[row->n_related++] = place_link(view, place->line, place->block_no);
}

static void
make_pager(PlanFindingView *view, const HttpValue *values, GPtrArray *findings)
{
	Arena *arena = view->page.arena;
	int64_t first =
	    view->filter.after > 0 && values[KEY_POSITION].is_set ? values[KEY_POSITION].number : 1;

	view->pager = (PartPager){.noun = "phát hiện", .total = view->total};
	if (view->filter.after > 0)
		view->pager.first_url = link_with(arena, &view->base, NULL, 0);
	if (findings->len > ROWS_PER_PAGE) {
		const PlanFinding *last = g_ptr_array_index(findings, ROWS_PER_PAGE - 1);
		const LinkParam changes[] = {
		    {"sau", arena_printf(arena, "%" G_GINT64_FORMAT, last->finding_no)},
		    {"tu", arena_printf(arena, "%" G_GINT64_FORMAT, first + ROWS_PER_PAGE)},
		};

		g_ptr_array_set_size(findings, ROWS_PER_PAGE);
		view->pager.next_url = link_with(arena, &view->base, changes, G_N_ELEMENTS(changes));
	}
	if (findings->len > 0) {
		view->pager.first = first;
		view->pager.last = first + findings->len - 1;
	}
}

static bool
show_page(PlanFindingView *view, const HttpValue *values, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) findings = g_ptr_array_new();

	if (!plan_list_findings(&view->page.scope, &view->filter, view->page.arena, findings, error))
		return false;
	make_pager(view, values, findings);
	plan_severity_figures(&view->page, view->figures);
	view->exports = plan_page_exports(&view->page, &view->base);
	view->n_rows = findings->len;
	view->rows = arena_array(view->page.arena, PlanFindingRow, findings->len + 1);
	for (guint i = 0; i < findings->len; i++)
		make_row(view, g_ptr_array_index(findings, i), &view->rows[i]);
	plan_finding_page(response->body, view);
	return true;
}

static void
write_csv(const GPtrArray *findings, GString *out)
{
	csv_text(out, "Mức độ");
	csv_text(out, "Quy tắc");
	csv_text(out, "Nội dung");
	csv_text(out, "Dòng");
	csv_end_line(out);
	for (guint i = 0; i < findings->len; i++) {
		const PlanFinding *finding = g_ptr_array_index(findings, i);

		csv_text(out, plan_severity_title(finding->severity));
		csv_text(out, rule_title(finding->rule));
		csv_text(out, finding->message);
		csv_int(out, finding->line);
		csv_end_line(out);
	}
}

static void
write_json(const PlanFindingView *view, const GPtrArray *findings, GString *out)
{
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "plan", view->page.layout.plan_label);
	json_key_int(&json, "total", findings->len);
	json_key(&json, "findings");
	json_begin_array(&json);
	for (guint i = 0; i < findings->len; i++) {
		const PlanFinding *finding = g_ptr_array_index(findings, i);

		json_begin_object(&json);
		json_key_string(&json, "severity", diag_severity_letter(finding->severity));
		json_key_string(&json, "rule", finding->rule);
		json_key_string(&json, "message", finding->message);
		json_key_int(&json, "line", finding->line);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

/* All findings at once: there are at most LIMIT_DIAGNOSTICS of the compiler and as many of lint. */
static bool
export_findings(PlanFindingView *view, HttpFormat format, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) findings = g_ptr_array_new();

	view->filter.after = 0;
	view->filter.limit = G_MAXINT;
	if (!plan_list_findings(&view->page.scope, &view->filter, view->page.arena, findings, error))
		return false;
	if (format == HTTP_CSV) {
		http_csv_begin(response, "kiem-tra.csv", NULL, 0);
		write_csv(findings, response->body);
	} else {
		http_json_begin(response);
		write_json(view, findings, response->body);
	}
	return true;
}

bool
plan_finding_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	PlanFindingView view = {0};
	HttpValue values[KEY_MAX];

	if (!plan_page_begin(request, LAYOUT_NAV_FINDINGS, "Kiểm tra kế hoạch", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!read_query(request, &view, values, error) || !load_tallies(&view, error))
		return false;
	if (request->format != HTTP_HTML)
		return export_findings(&view, request->format, response, error);
	return show_page(&view, values, response, error);
}
