/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "http/query.h"
#include "modules/report/pages/explain.html.h"
#include "modules/report/report_word.h"
#include "modules/work/work_scope.h"

enum { KEY_FROM, KEY_TO, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_FROM] = {"tu", "Từ ngày", http_valid_date, .max = 0},
    [KEY_TO] = {"den", "Đến ngày", http_valid_date, .max = 0},
};

/* The month up to today, unless other days are asked for. */
static bool
collect(HttpRequest *request, ReportExplainView *view, GError **error)
{
	const AppContext *context = app_context(request);
	const WorkScope scope = work_scope_of(request);
	HttpValue values[KEY_MAX];
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];
	int year, month, day;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	date_to_ymd(context->today, &year, &month, &day);
	view->from =
	    values[KEY_FROM].is_set ? (int32_t)values[KEY_FROM].number : date_from_ymd(year, month, 1);
	view->to = values[KEY_TO].is_set ? (int32_t)values[KEY_TO].number : context->today;
	view->commune = context->commune_name;
	date_format_iso(view->from, from);
	date_format_iso(view->to, to);
	view->file_url = arena_printf(request->arena, REPORT_EXPLAIN_PATH "/tep?tu=%s&den=%s", from, to);
	return report_explain_collect(&scope, view, error);
}

bool
report_explain_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	ReportExplainView view = {0};

	if (!collect(request, &view, error))
		return false;
	view.layout = app_layout(request, "Giải trình trong kỳ báo cáo");
	report_explain_page(response->body, &view);
	return true;
}

bool
report_explain_file(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GString) body = g_string_new(NULL);
	ReportExplainView view = {0};

	if (!collect(request, &view, error))
		return false;
	report_explain_word(&view, body);
	response->content_type = REPORT_WORD_TYPE;
	response->filename = "giai-trinh-trong-ky.docx";
	response->is_packed = true;
	return report_word_finish(body, response->body, error);
}
