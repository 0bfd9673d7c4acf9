/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/money/money_follow.h"
#include "modules/money/pages/task.html.h"

#include <string.h>

enum { KEY_KIND, KEY_SOURCE, KEY_YEAR, KEY_AGENCY, KEY_DAY, KEY_NUMBER, KEY_NOTE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = MONEY_KIND_WORDS},
    [KEY_SOURCE] = {"nguon", "Nguồn", http_valid_text, .max = 40},
    [KEY_YEAR] = {"nam", "Năm ngân sách", http_valid_int, .min = MONEY_YEAR_MIN, .max = MONEY_YEAR_MAX},
    [KEY_AGENCY] = {"don-vi", "Đơn vị", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_DAY] = {"ngay", "Ngày", http_valid_date, .max = 0},
    [KEY_NUMBER] = {"so", "Số văn bản, chứng từ", http_valid_text, .max = MONEY_NUMBER_CHARACTERS},
    [KEY_NOTE] = {"ghi-chu", "Ghi chú, lý do", http_valid_text, .max = MONEY_TEXT_CHARACTERS},
};

static const char *
source_title(const GPtrArray *sources, const char *word)
{
	for (guint i = 0; i < sources->len; i++) {
		const MoneySource *source = g_ptr_array_index(sources, i);

		if (strcmp(source->source, word) == 0)
			return source->title;
	}
	return word;
}

static void
fill_entries(const HttpRequest *request, const MoneyScope *scope, const GPtrArray *entries,
    const GPtrArray *carries, MoneyTaskView *view)
{
	view->n_lines = entries->len;
	view->lines = arena_array(scope->arena, MoneyEntryLine, entries->len + 1);
	for (guint i = 0; i < entries->len; i++) {
		const MoneyEntry *entry = g_ptr_array_index(entries, i);
		char when[INSTANT_VI_SIZE], day[DATE_ISO_SIZE];

		instant_format_minute_vi(entry->at_us, when);
		date_format_iso(entry->day, day);
		view->lines[i] = (MoneyEntryLine){.entry = entry,
		    .form_id = arena_printf(scope->arena, "k%" G_GINT64_FORMAT, entry->entry_id),
		    .as_typed = {.source = entry->source,
			.year = arena_printf(scope->arena, "%d", entry->year),
			.amount = arena_printf(scope->arena, "%" G_GINT64_FORMAT, entry->amount),
			.day = arena_strdup(scope->arena, day),
			.number = entry->doc_number,
			.note = "",
			.agency_id = entry->agency_id},
		    .amount = money_text(scope->arena, entry->amount),
		    .source = source_title(view->kinds_of_source, entry->source),
		    .when = arena_strdup(scope->arena, when),
		    .may_correct = view->may_write && entry->corrected_by == 0};
		if (view->lines[i].may_correct && entry->amount > 0)
			view->lines[i].move_url = arena_printf(
			    scope->arena, MONEY_PATH "/chuyen/%" G_GINT64_FORMAT, entry->entry_id);
		money_fill_steps(request, carries, &view->lines[i]);
	}
}

/* By source and year; units together. */
static void
fill_totals(const MoneyScope *scope, const GPtrArray *totals, MoneyTaskView *view)
{
	MoneyTotal sum = {.last_disbursed = DATE_NONE};

	view->sources = arena_array(scope->arena, MoneyLine, totals->len + 1);
	for (guint i = 0; i < totals->len; i++) {
		const MoneyTotal *total = g_ptr_array_index(totals, i);
		MoneyLine *last = view->n_sources > 0 ? &view->sources[view->n_sources - 1] : NULL;

		money_total_add(&sum, total);
		if (last != NULL && last->total.year == total->year &&
		    strcmp(last->total.source, total->source) == 0)
			money_total_add(&last->total, total);
		else
			view->sources[view->n_sources++] = (MoneyLine){.total = *total};
	}
	for (size_t i = 0; i < view->n_sources; i++) {
		const MoneyTotal total = view->sources[i].total;

		money_fill_line(scope->arena, &total, &view->sources[i]);
		view->sources[i].title = arena_printf(scope->arena, "%s, năm %d",
		    source_title(view->kinds_of_source, total.source), total.year);
	}
	money_fill_line(scope->arena, &sum, &view->sum);
}

static void
fill_typed(HttpRequest *request, const MoneyScope *scope, int64_t corrects_id, MoneyTaskView *view)
{
	const char *agency = http_request_form_text(request, "don-vi");
	int year, month, day;
	char today[DATE_ISO_SIZE];

	date_format_iso(scope->today, today);
	date_to_ymd(scope->today, &year, &month, &day);
	view->today = arena_strdup(request->arena, today);
	view->typed = (MoneyTyped){.corrects_id = corrects_id,
	    .kind = http_request_form_text(request, "loai"),
	    .source = http_request_form_text(request, "nguon"),
	    .year = http_request_form(request, "nam"),
	    .amount = http_request_form_text(request, "so-tien"),
	    .day = http_request_form(request, "ngay"),
	    .number = http_request_form_text(request, "so"),
	    .note = http_request_form_text(request, "ghi-chu"),
	    .agency_id = g_ascii_strtoll(agency, NULL, 10)};
	view->this_year = arena_printf(request->arena, "%d", year);
	if (view->typed.year == NULL)
		view->typed.year = view->this_year;
	if (view->typed.day == NULL)
		view->typed.day = view->today;
}

const char *
money_unit_name(const MoneyTaskView *view, int64_t agency_id)
{
	for (guint i = 0; i < view->units->len; i++)
		if (((const MoneyUnit *)g_ptr_array_index(view->units, i))->agency_id == agency_id)
			return NULL;
	for (size_t i = 0; i < view->n_lines; i++)
		if (view->lines[i].entry->agency_id == agency_id)
			return view->lines[i].entry->agency;
	return NULL;
}

static bool
show(HttpRequest *request, HttpResponse *response, int64_t plan_id, int64_t task_no, int64_t corrects_id,
    const char *problem, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	const PlanScope plan = {scope.db, scope.commune_id, plan_id};
	const MoneyFilter filter = {.plan_id = plan_id, .task_no = task_no};
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GPtrArray) totals = g_ptr_array_new();
	g_autoptr(GPtrArray) sources = g_ptr_array_new();
	g_autoptr(GPtrArray) units = g_ptr_array_new();
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	g_autoptr(GPtrArray) carries = g_ptr_array_new();
	MoneyFollow follow;
	MoneyTaskView view = {.plan_id = plan_id,
	    .follow = &follow,
	    .kinds_of_source = sources,
	    .units = units,
	    .findings = findings,
	    .problem = problem};

	if (!task_load(&plan, task_no, request->arena, &view.task, error) ||
	    !money_sources(&scope, scope.today, sources, error) ||
	    !money_units(&scope, plan_id, task_no, units, error) ||
	    !money_of_task(&scope, plan_id, task_no, entries, error) ||
	    !money_carries(&scope, plan_id, task_no, carries, error) ||
	    !money_totals(&scope, &filter, totals, error) ||
	    !money_follow_load(request, plan_id, task_no, totals->len > 0, &follow, error) ||
	    !money_findings_of_task(&scope, plan_id, task_no, findings, error) ||
	    !money_may_write(request, plan_id, task_no, &view.may_write, error))
		return false;
	view.may_add = view.may_write && follow.next_url == NULL;
	fill_entries(request, &scope, entries, carries, &view);
	fill_totals(&scope, totals, &view);
	fill_typed(request, &scope, corrects_id, &view);
	money_fill_layout(request, "Kinh phí của nhiệm vụ", &view.layout);
	money_task_page(response->body, &view);
	return true;
}

bool
money_task_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	int64_t plan_id, task_no;

	return task_find_named(request, &plan_id, &task_no, error) &&
	       show(request, response, plan_id, task_no, 0, NULL, error);
}

/* What the form says of an entry; *ret_problem: what of it cannot be read. */
static void
read_form(HttpRequest *request, MoneyEntry *entry, const char **ret_problem)
{
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX] = {0};

	*ret_problem = NULL;
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		*ret_problem = request->problem;
	else
		*ret_problem = money_amount_parse(http_request_form(request, "so-tien"), &entry->amount);
	entry->kind = (MoneyKind)values[KEY_KIND].number;
	entry->source = values[KEY_SOURCE].is_set ? values[KEY_SOURCE].text : NULL;
	entry->year = (int)values[KEY_YEAR].number;
	entry->agency_id = values[KEY_AGENCY].number;
	entry->day = values[KEY_DAY].is_set ? (int32_t)values[KEY_DAY].number : DATE_NONE;
	entry->doc_number = values[KEY_NUMBER].is_set ? values[KEY_NUMBER].text : "";
	entry->note = values[KEY_NOTE].is_set ? values[KEY_NOTE].text : "";
}

static bool
add(HttpRequest *request, HttpResponse *response, MoneyEntry *entry, GError **error)
{
	static const char NOT_YOURS[] =
	    "Chỉ cơ quan thường trực và đơn vị chủ trì nhiệm vụ mới ghi được kinh phí của nhiệm vụ.";
	const MoneyScope scope = money_scope_of(request);
	const char *problem;
	int64_t entry_id;
	bool may;

	if (!money_may_write(request, entry->plan_id, entry->task_no, &may, error))
		return false;
	read_form(request, entry, &problem);
	if (!may)
		problem = NOT_YOURS;
	if (problem == NULL && !money_add(&scope, entry, &entry_id, &problem, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(
		    request, response, entry->plan_id, entry->task_no, entry->corrects_id, problem, error);
	}
	http_response_redirect(response,
	    arena_printf(request->arena, MONEY_PATH "/%" G_GINT64_FORMAT "?ke-hoach=%" G_GINT64_FORMAT,
		entry->task_no, entry->plan_id));
	return true;
}

bool
money_post_entry(HttpRequest *request, HttpResponse *response, GError **error)
{
	MoneyEntry entry = {0};

	return task_find_named(request, &entry.plan_id, &entry.task_no, error) &&
	       add(request, response, &entry, error);
}

bool
money_post_correction(HttpRequest *request, HttpResponse *response, GError **error)
{
	const MoneyScope scope = money_scope_of(request);
	MoneyEntry entry = {0}, corrected;

	if (!http_request_param_int(request, "id", &entry.corrects_id, error) ||
	    !money_find(&scope, entry.corrects_id, &corrected, error) ||
	    !app_access_require(request, APP_READ, &(AppTarget){.plan_id = corrected.plan_id}, error))
		return false;
	entry.plan_id = corrected.plan_id;
	entry.task_no = corrected.task_no;
	return add(request, response, &entry, error);
}
