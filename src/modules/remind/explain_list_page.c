/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/json.h"
#include "html/link.h"
#include "http/data.h"
#include "modules/remind/pages/explain_list.html.h"
#include "modules/remind/remind_pages.h"

#define PAGE_ROWS 50
#define DATA_ROWS 5000

enum { KEY_CHOICE, KEY_AGENCY, KEY_MINE, KEY_BEFORE, KEY_MAX };

const char *const REMIND_CHOICE_WORDS[] = {
    "tat-ca", "tre-han", "cho-tra-loi", "da-tra-loi", "tra-lai", "chap-nhan", "da-rut", NULL};
const char *const REMIND_CHOICE_TITLES[] = {"Tất cả", "Trễ hạn trả lời", "Chờ trả lời",
    "Đã trả lời, chờ xem xét", "Trả lại", "Đã chấp nhận", "Đã rút", NULL};

#define CHOICE_LATE 1

static const char *const MINE_WORDS[] = {"toi-hoi", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_CHOICE] = {"trang-thai", "Trạng thái", http_valid_word, .words = REMIND_CHOICE_WORDS},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_MINE] = {"cua", "Của ai", http_valid_word, .words = MINE_WORDS},
    [KEY_BEFORE] = {"truoc", "Trước", http_valid_int, .min = 1, .max = G_MAXINT64},
};

bool
remind_agencies(const WorkScope *scope, GPtrArray *ret_agencies, GError **error)
{
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	for (size_t i = 0; i < book.n_units; i++) {
		const AgencyUnit *unit = &book.units[i];
		const AgencyVersion *version = agency_at(unit, scope->today);
		RemindAgency *agency = arena_new0(scope->arena, RemindAgency);

		if (version == NULL || version->is_generic || !agency_lives(unit, scope->today))
			continue;
		*agency = (RemindAgency){unit->agency_id, version->name};
		g_ptr_array_add(ret_agencies, agency);
	}
	return true;
}

void
remind_explain_line(const WorkScope *scope, const RemindExplain *explain, RemindExplainLine *ret_line)
{
	static const char *const LOOKS[REMIND_EXPLAIN_STATE_MAX] = {
	    [REMIND_ASKED] = "soon",
	    [REMIND_ANSWERED] = "run",
	    [REMIND_GIVEN_BACK] = "soon",
	    [REMIND_ACCEPTED] = "ok",
	    [REMIND_WITHDRAWN] = "idle",
	};
	bool is_open = explain->state == REMIND_ASKED || explain->state == REMIND_GIVEN_BACK;

	*ret_line = (RemindExplainLine){.explain = explain,
	    .url = arena_printf(scope->arena, REMIND_EXPLAIN_PATH "/%" G_GINT64_FORMAT, explain->explain_no),
	    .look = LOOKS[explain->state],
	    .state = REMIND_EXPLAIN_TITLES[explain->state]};
	if (!is_open || explain->due >= scope->today)
		return;
	ret_line->late_days = scope->today - explain->due;
	ret_line->look = "late";
	ret_line->state = arena_printf(scope->arena, "Trễ trả lời %d ngày", ret_line->late_days);
}

static void
write_csv(const RemindExplainListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Số", "Về số liệu, việc", "Cơ quan", "Người hỏi", "Hỏi lúc",
	    "Hạn gốc", "Hạn", "Trạng thái", "Trả lời lúc"};
	GString *out = response->body;

	http_csv_begin(response, "giai-trinh.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_lines; i++) {
		const RemindExplain *explain = view->lines[i].explain;
		char asked[INSTANT_VI_SIZE], answered[INSTANT_VI_SIZE] = "";
		char original[DATE_ISO_SIZE], due[DATE_ISO_SIZE];

		instant_format_minute_vi(explain->asked_us, asked);
		if (explain->answered_us != 0)
			instant_format_minute_vi(explain->answered_us, answered);
		date_format_vi(explain->original_due, original);
		date_format_vi(explain->due, due);
		csv_int(out, explain->explain_no);
		csv_text(out, explain->label);
		csv_text(out, explain->agency);
		csv_text(out, explain->asker);
		csv_text(out, asked);
		csv_text(out, original);
		csv_text(out, due);
		csv_text(out, view->lines[i].state);
		csv_text(out, answered);
		csv_end_line(out);
	}
}

static void
write_json(const RemindExplainListView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "explanations");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_lines; i++) {
		const RemindExplain *explain = view->lines[i].explain;
		char due[DATE_ISO_SIZE];

		date_format_iso(explain->due, due);
		json_begin_object(&json);
		json_key_int(&json, "id", explain->explain_no);
		json_key_string(&json, "about", explain->label);
		json_key_string(&json, "path", explain->path);
		json_key_string(&json, "agency", explain->agency);
		json_key_string(&json, "asked_by", explain->asker);
		json_key_string(&json, "state", REMIND_EXPLAIN_WORDS[explain->state]);
		json_key_string(&json, "due", due);
		json_key_int(&json, "late_days", view->lines[i].late_days);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_links(HttpRequest *request, bool has_more, RemindExplainListView *view)
{
	Arena *arena = request->arena;
	const LinkParam params[] = {{"trang-thai", REMIND_CHOICE_WORDS[view->choice]},
	    {"co-quan",
		view->agency_id > 0 ? arena_printf(arena, "%" G_GINT64_FORMAT, view->agency_id) : NULL},
	    {"cua", view->is_mine ? MINE_WORDS[0] : NULL}};
	LinkBase base = {REMIND_EXPLAIN_PATH, params, G_N_ELEMENTS(params)};
	LinkParam before = {"truoc", NULL};

	if (has_more && view->n_lines > 0) {
		before.value = arena_printf(
		    arena, "%" G_GINT64_FORMAT, view->lines[view->n_lines - 1].explain->explain_no);
		view->next_url = link_with(arena, &base, &before, 1);
	}
	base.path = REMIND_EXPLAIN_PATH ".csv";
	view->csv_url = link_with(arena, &base, NULL, 0);
	base.path = REMIND_EXPLAIN_PATH ".json";
	view->json_url = link_with(arena, &base, NULL, 0);
}

static RemindExplainFilter
filter_of(const WorkScope *scope, const HttpValue *values, int limit)
{
	int choice = (int)values[KEY_CHOICE].number;

	return (RemindExplainFilter){
	    .state = choice > CHOICE_LATE ? (RemindExplainState)(choice - CHOICE_LATE) : 0,
	    .agency_id = values[KEY_AGENCY].number,
	    .asked_by = values[KEY_MINE].is_set ? scope->actor.person_id : 0,
	    .is_late = choice == CHOICE_LATE,
	    .before = values[KEY_BEFORE].is_set ? values[KEY_BEFORE].number : INT64_MAX,
	    .limit = limit};
}

bool
remind_explain_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) explains = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	size_t max = request->format == HTTP_HTML ? PAGE_ROWS : DATA_ROWS;
	RemindExplainListView view = {
	    .agencies = agencies, .may_ask = app_visitor_may(scope.visitor, APP_EXPLAIN)};
	HttpValue values[KEY_MAX];
	RemindExplainFilter filter;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	filter = filter_of(&scope, values, (int)max + 1);
	if (!remind_explain_list(&scope, &filter, explains, error) ||
	    !remind_agencies(&scope, agencies, error))
		return false;
	view.choice = (int)values[KEY_CHOICE].number;
	view.agency_id = filter.agency_id;
	view.is_mine = values[KEY_MINE].is_set;
	view.n_lines = MIN(explains->len, max);
	view.lines = arena_array(request->arena, RemindExplainLine, view.n_lines + 1);
	for (size_t i = 0; i < view.n_lines; i++)
		remind_explain_line(&scope, g_ptr_array_index(explains, i), &view.lines[i]);
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
	} else if (request->format == HTTP_JSON) {
		write_json(&view, response);
	} else {
		remind_fill_layout(request, "Yêu cầu giải trình", &view.layout);
		fill_links(request, explains->len > max, &view);
		remind_explain_list_page(response->body, &view);
	}
	return true;
}
