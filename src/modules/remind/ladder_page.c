/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/remind/pages/ladder.html.h"
#include "modules/remind/remind_pages.h"

#include <string.h>

#define RUNS_SHOWN 7

static const char *const KIND_WORDS[] = {
    "truoc-han", "qua-han", "im-lang", "ky-thang", "cho-quyet-dinh", NULL};
static const char *const ABOUT_WORDS[] = {"phan-viec", "giai-trinh", NULL};

enum { KEY_RUNG, KEY_ABOUT, KEY_KIND, KEY_DAYS, KEY_FROM, KEY_SOURCE, KEY_MAX };

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_RUNG] = {"bac", "Bậc", http_valid_int, .min = 0, .max = REMIND_RUNGS_MAX},
    [KEY_ABOUT] = {"ve", "Nhắc về", http_valid_word, .words = ABOUT_WORDS},
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = KIND_WORDS},
    [KEY_DAYS] = {"so-ngay", "Số ngày", http_valid_int, .min = 0, .max = REMIND_DAYS_MAX},
    [KEY_FROM] = {"tu-ngay", "Có hiệu lực từ ngày", http_valid_date, .max = 0},
    [KEY_SOURCE] = {"can-cu", "Căn cứ", http_valid_text, .max = REMIND_SOURCE_CHARS},
};

static const HttpField RUNG_FIELD = {"bac", "Bậc", http_valid_int, .min = 1, .max = REMIND_RUNGS_MAX};

void
remind_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout)
{
	char today[DATE_ISO_SIZE];

	date_format_vi(app_context(request)->today, today);
	*layout = app_layout(request, title);
	layout->as_of = arena_printf(request->arena, "Tính đến ngày %s", today);
}

const char *
remind_instant(Arena *arena, int64_t us)
{
	char text[INSTANT_VI_SIZE];

	if (us == 0)
		return "";
	instant_format_minute_vi(us, text);
	return arena_strdup(arena, text);
}

const char *
remind_whom_text(Arena *arena, unsigned to_whom)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (unsigned i = 0; i < REMIND_WHO_MAX; i++)
		if ((to_whom & 1u << i) != 0)
			g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", REMIND_WHO_TITLES[i]);
	return arena_strndup(arena, out->str, out->len);
}

/* --- showing -----------------------------------------------------------------------------------------------
 */

static bool
counts_on(const GArray *current, const RemindRung *rung)
{
	for (guint i = 0; i < current->len; i++) {
		const RemindRung *other = &g_array_index(current, RemindRung, i);

		if (other->rung_no == rung->rung_no && other->valid_from == rung->valid_from)
			return true;
	}
	return false;
}

static void
fill_lines(RemindLadderView *view, const GArray *rungs, const GArray *current, int32_t today)
{
	view->lines = arena_array(view->arena, RemindRungLine, rungs->len + 1);
	for (guint i = 0; i < rungs->len; i++) {
		RemindRung *rung = arena_new0(view->arena, RemindRung);

		*rung = g_array_index(rungs, RemindRung, i);
		view->lines[view->n_lines++] = (RemindRungLine){.rung = rung,
		    .title = remind_rung_title(view->arena, rung),
		    .to_whom = remind_whom_text(view->arena, rung->to_whom),
		    .is_on = counts_on(current, rung),
		    .is_coming = rung->valid_from > today};
	}
}

static bool
fill_rules(const WorkScope *scope, RemindLadderView *view, GError **error)
{
	NotifyRule *rules = arena_array(scope->arena, NotifyRule, NOTIFY_EVENT_MAX);

	for (int event = NOTIFY_ASSIGNED; event < NOTIFY_EVENT_MAX; event++)
		if (!notify_rule(scope->db, scope->commune_id, (NotifyEvent)event, scope->today, scope->arena,
			&rules[event], error))
			return false;
	view->rules = rules;
	return true;
}

/* The form begins with the rung that is to be changed. */
static void
fill_typed(RemindLadderView *view, int64_t rung_no, int32_t today)
{
	char day[DATE_ISO_SIZE];

	date_format_iso(today, day);
	view->typed = (RemindRungTyped){.kind = KIND_WORDS[0],
	    .about = ABOUT_WORDS[0],
	    .days = "3",
	    .valid_from = arena_strdup(view->arena, day),
	    .source = "",
	    .to_whom = REMIND_TO_PERSON};
	for (size_t i = 0; i < view->n_lines; i++) {
		const RemindRung *rung = view->lines[i].rung;

		if (rung->rung_no != rung_no || !view->lines[i].is_on)
			continue;
		view->typed = (RemindRungTyped){.rung_no = rung_no,
		    .kind = REMIND_KIND_WORDS[rung->kind],
		    .about = ABOUT_WORDS[rung->about == REMIND_EXPLAINS],
		    .days = arena_printf(view->arena, "%d", rung->days),
		    .valid_from = arena_strdup(view->arena, day),
		    .source = rung->source,
		    .to_whom = rung->to_whom,
		    .is_working = rung->is_working,
		    .is_original = rung->is_original,
		    .is_urgent = rung->is_urgent};
	}
}

static void
write_csv(const RemindLadderView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Bậc", "Khi nào", "Đến ai", "Gấp", "Từ ngày", "Đến ngày", "Căn cứ"};
	GString *out = response->body;

	http_csv_begin(response, "bac-nhac-viec.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_lines; i++) {
		const RemindRungLine *line = &view->lines[i];
		char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

		date_format_vi(line->rung->valid_from, from);
		date_format_vi(line->rung->valid_to, to);
		csv_int(out, line->rung->rung_no);
		csv_text(out, line->title);
		csv_text(out, line->to_whom);
		csv_text(out, line->rung->is_urgent ? "Gấp" : "");
		csv_text(out, from);
		csv_text(out, to);
		csv_text(out, line->rung->source);
		csv_end_line(out);
	}
}

static void
put_rung(JsonWriter *json, const RemindRung *rung)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_format_iso(rung->valid_from, from);
	date_format_iso(rung->valid_to, to);
	json_begin_object(json);
	json_key_int(json, "rung", rung->rung_no);
	json_key_string(json, "about", ABOUT_WORDS[rung->about == REMIND_EXPLAINS]);
	json_key_string(json, "kind", REMIND_KIND_WORDS[rung->kind]);
	json_key_int(json, "days", rung->days);
	json_key(json, "working_days");
	json_bool(json, rung->is_working);
	json_key(json, "from_original_due");
	json_bool(json, rung->is_original);
	json_key(json, "urgent");
	json_bool(json, rung->is_urgent);
	json_key(json, "to");
	json_begin_array(json);
	for (unsigned i = 0; i < REMIND_WHO_MAX; i++)
		if ((rung->to_whom & 1u << i) != 0)
			json_string(json, REMIND_WHO_WORDS[i]);
	json_end_array(json);
	json_key_string(json, "valid_from", from);
	json_key_string(json, "valid_to", rung->valid_to != DATE_NONE ? to : NULL);
	json_key_string(json, "source", rung->source);
	json_end_object(json);
}

static void
write_json(const RemindLadderView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "on");
	json_bool(&json, view->is_on);
	json_key(&json, "rungs");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_lines; i++)
		put_rung(&json, view->lines[i].rung);
	json_end_array(&json);
	json_end_object(&json);
}

static bool
show(HttpRequest *request, HttpResponse *response, const RemindRungTyped *typed, int64_t rung_no,
    const char *problem, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(GArray) current = g_array_new(FALSE, FALSE, sizeof(RemindRung));
	g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(RemindRunInfo));
	RemindLadderView view = {.arena = request->arena,
	    .may_change = app_visitor_may(scope.visitor, APP_REMIND),
	    .runs = runs,
	    .problem = problem};

	if (!remind_rungs(&scope, rungs, &view.is_own, error) || !remind_is_on(&scope, &view.is_on, error) ||
	    !remind_runs(&scope, RUNS_SHOWN, runs, error) || !fill_rules(&scope, &view, error))
		return false;
	g_array_append_vals(current, rungs->data, rungs->len);
	remind_rungs_on(current, scope.today);
	fill_lines(&view, rungs, current, scope.today);
	fill_typed(&view, rung_no, scope.today);
	if (typed != NULL)
		view.typed = *typed;
	remind_fill_layout(request, "Nhắc việc", &view.layout);
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else
		remind_ladder_page(response->body, &view);
	return true;
}

bool
remind_ladder_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	HttpValue rung;

	return http_query_parse(&RUNG_FIELD, 1, request, &rung, error) &&
	       show(request, response, NULL, rung.number, NULL, error);
}

/* --- changing ----------------------------------------------------------------------------------------------
 */

static unsigned
read_whom(const HttpRequest *request)
{
	unsigned to_whom = 0;

	for (size_t i = 0; i < request->n_form; i++)
		for (unsigned k = 0; k < REMIND_WHO_MAX; k++)
			if (strcmp(request->form[i].name, "den") == 0 &&
			    strcmp(request->form[i].value, REMIND_WHO_WORDS[k]) == 0)
				to_whom |= 1u << k;
	return to_whom;
}

static bool
refuse(HttpRequest *request, HttpResponse *response, const RemindRungTyped *typed, const char *problem,
    GError **error)
{
	response->status = 422;
	return show(request, response, typed, 0, problem, error);
}

bool
remind_rung_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	RemindRungTyped typed = {.kind = http_request_form_text(request, "loai"),
	    .about = http_request_form_text(request, "ve"),
	    .days = http_request_form_text(request, "so-ngay"),
	    .valid_from = http_request_form_text(request, "tu-ngay"),
	    .source = http_request_form_text(request, "can-cu"),
	    .to_whom = read_whom(request),
	    .is_working = *http_request_form_text(request, "lam-viec") != '\0',
	    .is_original = *http_request_form_text(request, "han-goc") != '\0',
	    .is_urgent = *http_request_form_text(request, "gap") != '\0'};
	g_autoptr(GError) wrong = NULL;
	HttpValue values[KEY_MAX];
	const char *problem;
	RemindRung rung;

	if (!http_form_parse(FIELDS, KEY_MAX, request, values, &wrong))
		return refuse(request, response, &typed, request->problem, error);
	typed.rung_no = values[KEY_RUNG].number;
	rung = (RemindRung){.rung_no = values[KEY_RUNG].number,
	    .valid_from = values[KEY_FROM].is_set ? (int32_t)values[KEY_FROM].number : scope.today,
	    .valid_to = DATE_NONE,
	    .about = values[KEY_ABOUT].number == 1 ? REMIND_EXPLAINS : REMIND_WORK,
	    .kind = (RemindKind)(values[KEY_KIND].number + REMIND_BEFORE),
	    .days = values[KEY_DAYS].is_set ? (int)values[KEY_DAYS].number : -1,
	    .is_working = typed.is_working,
	    .is_original = typed.is_original,
	    .is_urgent = typed.is_urgent,
	    .to_whom = typed.to_whom,
	    .source = values[KEY_SOURCE].text};
	if (!remind_rung_set(&scope, &rung, &problem, error))
		return false;
	if (problem != NULL)
		return refuse(request, response, &typed, problem, error);
	http_response_redirect(response, REMIND_PATH);
	return true;
}

bool
remind_rung_end_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	int64_t rung_no;

	if (!http_request_param_int(request, "id", &rung_no, error) ||
	    !remind_rung_end(&scope, rung_no, error))
		return false;
	http_response_redirect(response, REMIND_PATH);
	return true;
}

bool
remind_switch_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);

	if (!remind_switch(&scope, strcmp(http_request_form_text(request, "bat"), "1") == 0, error))
		return false;
	http_response_redirect(response, REMIND_PATH);
	return true;
}

bool
remind_event_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	const char *word = http_request_param(request, "ma");
	NotifyRule rule = {.valid_from = scope.today,
	    .is_on = strcmp(http_request_form_text(request, "bat"), "1") == 0,
	    .is_urgent = *http_request_form_text(request, "gap") != '\0',
	    .source = http_request_form_text(request, "can-cu")};

	for (int event = NOTIFY_ASSIGNED; event < NOTIFY_EVENT_MAX; event++)
		if (g_strcmp0(NOTIFY_EVENT_WORDS[event], word) == 0)
			rule.event = (NotifyEvent)event;
	if (rule.event == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có loại thông báo này");
		return false;
	}
	if (g_utf8_strlen(rule.source, -1) > REMIND_SOURCE_CHARS)
		return refuse(request, response, NULL, "Căn cứ quá dài.", error);
	if (!notify_rule_set(scope.db, scope.commune_id, &scope.actor, scope.now_us, &rule, error))
		return false;
	http_response_redirect(response, REMIND_PATH "#su-kien");
	return true;
}
