/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "base/text.h"
#include "modules/calendar/calendar.h"
#include "modules/work/pages/rules.html.h"
#include "modules/work/work_pages.h"
#include "modules/work/work_rules_page.h"

#include <string.h>

enum { KEY_VALUE, KEY_FROM, KEY_SOURCE, KEY_NUMBER_AT, KEY_FILE_AT, KEY_WORDS, KEY_FILE_TITLE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_VALUE] = {"gia-tri", "Giá trị", http_valid_int, .min = 0, .max = 10000},
    [KEY_FROM] = {"tu-ngay", "Áp dụng từ ngày", http_valid_date, .max = 0},
    [KEY_SOURCE] = {"can-cu", "Căn cứ", http_valid_text, .max = 300},
    [KEY_NUMBER_AT] = {"so-ngay", "Số, ngày văn bản", http_valid_int, .min = 0, .max = WORK_MOMENT_MAX - 1},
    [KEY_FILE_AT] = {"tep", "Tệp", http_valid_int, .min = 0, .max = WORK_MOMENT_MAX - 1},
    [KEY_WORDS] = {"tu-ngu", "Từ ngữ", http_valid_text, .max = 1000},
    [KEY_FILE_TITLE] = {"ten-tep", "Tên tệp phải có", http_valid_text, .max = 100},
};

static bool
show(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	const AppContext *context = app_context(request);
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) history = g_ptr_array_new();
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	WorkRulesView *view = arena_new0(request->arena, WorkRulesView);
	CalendarSettings calendar;
	const char *typed = http_request_form(request, "tu-ngay");
	char today[DATE_ISO_SIZE];

	if (!work_numbers(&scope, scope.today, view->numbers, error) ||
	    !work_number_history(&scope, history, error) ||
	    !work_deliverables(&scope, scope.today, kinds, error) ||
	    !calendar_settings(context->db, context->commune_id, &calendar, error))
		return false;
	date_format_iso(scope.today, today);
	view->problem = problem;
	view->history = history;
	view->deliverables = kinds;
	view->due_hour = calendar.due_hour;
	view->is_before_inclusive = calendar.is_before_inclusive;
	view->may_change = work_may(&scope, APP_OPERATE);
	view->today = arena_strdup(request->arena, today);
	view->typed_rule = problem != NULL ? http_request_param(request, "ma") : NULL;
	view->typed_value = http_request_form(request, "gia-tri");
	view->typed_source = http_request_form(request, "can-cu");
	view->typed_from = typed != NULL ? typed : view->today;
	work_fill_layout(request, "Quy tắc theo dõi", &view->layout);
	work_rules_page(response->body, view);
	return true;
}

bool
work_rules_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show(request, response, NULL, error);
}

static bool
answer(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	if (problem == NULL) {
		http_response_redirect(response, WORK_RULES_PATH);
		return true;
	}
	response->status = 422;
	return show(request, response, problem, error);
}

static bool
not_found(const char *word, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có quy tắc \"%s\"", word);
	return false;
}

/* A number of the rules, from a day on. */
bool
work_post_number(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	const char *word = http_request_param(request, "ma"), *problem = NULL;
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX];
	int key = 0;

	while (key < WORK_NUMBER_MAX && strcmp(WORK_NUMBERS[key].rule, word) != 0)
		key++;
	if (key == WORK_NUMBER_MAX)
		return not_found(word, error);
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		problem = request->problem;
	else if (!values[KEY_VALUE].is_set)
		problem = "Hãy ghi giá trị.";
	if (problem == NULL && !work_set_number(&scope, (WorkNumberKey)key, values[KEY_VALUE].number,
				   values[KEY_FROM].is_set ? (int32_t)values[KEY_FROM].number : scope.today,
				   values[KEY_SOURCE].text, &problem, error))
		return false;
	return answer(request, response, problem, error);
}

static const WorkDeliverable *
find_kind(const GPtrArray *kinds, const char *word)
{
	for (guint i = 0; i < kinds->len; i++)
		if (strcmp(((const WorkDeliverable *)g_ptr_array_index(kinds, i))->kind, word) == 0)
			return g_ptr_array_index(kinds, i);
	return NULL;
}

/* "Lớp; Tập huấn" as the rules keep words: "lop;tap huan". */
static const char *
fold_words(const HttpRequest *request, const char *typed)
{
	g_auto(GStrv) words = g_strsplit(typed, ";", -1);
	g_autoptr(GString) out = g_string_new(NULL);

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autofree char *folded = text_fold_vi(g_strstrip(words[i]));

		if (*folded != '\0')
			g_string_append_printf(out, "%s%s", out->len > 0 ? ";" : "", folded);
	}
	return arena_strdup(request->arena, out->str);
}

/* What a kind of deliverable asks for, from a day on. */
bool
work_post_deliverable(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	const char *word = http_request_param(request, "ma"), *problem = NULL;
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX];
	WorkDeliverable changed;

	if (!work_deliverables(&scope, scope.today, kinds, error))
		return false;
	if (find_kind(kinds, word) == NULL)
		return not_found(word, error);
	changed = *find_kind(kinds, word);
	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		problem = request->problem;
	changed.number_at = (WorkMoment)values[KEY_NUMBER_AT].number;
	changed.file_at = (WorkMoment)values[KEY_FILE_AT].number;
	changed.valid_from = values[KEY_FROM].is_set ? (int32_t)values[KEY_FROM].number : scope.today;
	changed.source = values[KEY_SOURCE].text;
	changed.file_title = values[KEY_FILE_TITLE].is_set ? values[KEY_FILE_TITLE].text : changed.file_title;
	changed.words =
	    values[KEY_WORDS].is_set ? fold_words(request, values[KEY_WORDS].text) : changed.words;
	if (problem == NULL && !work_set_deliverable(&scope, &changed, &problem, error))
		return false;
	return answer(request, response, problem, error);
}
