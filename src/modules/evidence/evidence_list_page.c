/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "html/link.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/pages/list.html.h"

#define ROWS 50
#define EXPORT_ROWS_MAX 50000
#define LOOKED_AT_MAX 50000 /* rows of one page, where not all of them may be looked at */
#define WORDS_CHARACTERS_MAX 100

enum { WITHDRAWN_COUNTS, WITHDRAWN_GONE, WITHDRAWN_ALL };

static const char *const STATES[] = {"con", "da-rut", "tat-ca", NULL};

static const HttpField FIELDS[EVIDENCE_KEY_MAX] = {
    [EVIDENCE_KEY_WORDS] = {"q", "Tìm", http_valid_text, .max = WORDS_CHARACTERS_MAX},
    [EVIDENCE_KEY_OBJECT] = {"doi-tuong", "Việc", http_valid_text, .max = 120},
    [EVIDENCE_KEY_KIND] = {"loai", "Loại", http_valid_text, .max = 40},
    [EVIDENCE_KEY_SCAN] = {"quet", "Quét vi-rút", http_valid_word, .words = EVIDENCE_SCAN_WORDS},
    [EVIDENCE_KEY_STATE] = {"tinh-trang", "Tình trạng", http_valid_word, .words = STATES},
    [EVIDENCE_KEY_PERSON] = {"nguoi-nop", "Người nộp", http_valid_text, .max = 200},
    [EVIDENCE_KEY_FROM] = {"tu-ngay", "Từ ngày", http_valid_date, .max = 0},
    [EVIDENCE_KEY_TO] = {"den-ngay", "Đến ngày", http_valid_date, .max = 0},
    [EVIDENCE_KEY_BEFORE] = {"truoc", "Trước", http_valid_int, .min = 1, .max = G_MAXINT64},
};

static const int WITHDRAWN_OF_STATE[] = {[WITHDRAWN_COUNTS] = 0, [WITHDRAWN_GONE] = 1, [WITHDRAWN_ALL] = -1};

static void
fill_filter(const HttpValue *values, HttpRequest *request, int limit, EvidenceFilter *filter)
{
	*filter = (EvidenceFilter){
	    .object = evidence_object_parse(request->arena, values[EVIDENCE_KEY_OBJECT].text),
	    .kind = values[EVIDENCE_KEY_KIND].text,
	    .person = values[EVIDENCE_KEY_PERSON].text,
	    .words = values[EVIDENCE_KEY_WORDS].text,
	    .scan = values[EVIDENCE_KEY_SCAN].is_set ? (int)values[EVIDENCE_KEY_SCAN].number : -1,
	    .withdrawn = WITHDRAWN_OF_STATE[values[EVIDENCE_KEY_STATE].number],
	    .before = values[EVIDENCE_KEY_BEFORE].number,
	    .limit = limit,
	};
	if (values[EVIDENCE_KEY_FROM].is_set)
		filter->from_us = instant_at((int32_t)values[EVIDENCE_KEY_FROM].number, 0);
	if (values[EVIDENCE_KEY_TO].is_set)
		filter->to_us = instant_at((int32_t)values[EVIDENCE_KEY_TO].number + 1, 0);
}

static void
write_csv(const EvidenceListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Mã", "Tên", "Loại", "Số", "Ngày ban hành", "Tệp",
	    "Dung lượng (byte)", "SHA-256", "Tình trạng", "Người nộp", "Nộp lúc", "Lý do rút"};
	GString *out = response->body;

	http_csv_begin(response, "minh-chung.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const EvidenceRow *row = &view->rows[i];

		csv_int(out, row->evidence->evidence_id);
		csv_text(out, row->evidence->title);
		csv_text(out, row->evidence->kind_title);
		csv_text(out, row->evidence->number);
		csv_text(out, row->issued);
		csv_text(out, row->evidence->file_name);
		csv_int(out, row->evidence->size_bytes);
		csv_text(out, row->evidence->sha256);
		csv_text(out, row->state);
		csv_text(out, row->evidence->person);
		csv_text(out, row->when);
		csv_text(out, row->evidence->withdrawn_why);
		csv_end_line(out);
	}
}

static void
write_json_row(JsonWriter *json, const EvidenceRow *row)
{
	const Evidence *evidence = row->evidence;
	char issued[DATE_ISO_SIZE] = "";

	if (evidence->issued_day != DATE_NONE)
		date_format_iso(evidence->issued_day, issued);
	json_begin_object(json);
	json_key_int(json, "id", evidence->evidence_id);
	json_key_string(json, "title", evidence->title);
	json_key_string(json, "kind", evidence->kind);
	json_key_string(json, "number", evidence->number);
	json_key_string(json, "issued", *issued != '\0' ? issued : NULL);
	json_key(json, "is_secret");
	json_bool(json, evidence->is_secret);
	json_key_string(json, "file_name", evidence->file_name);
	json_key_string(json, "type", evidence->type);
	json_key_int(json, "size_bytes", evidence->size_bytes);
	json_key_string(json, "sha256", evidence->sha256);
	json_key_string(json, "scan", evidence->sha256 != NULL ? EVIDENCE_SCAN_WORDS[evidence->scan] : NULL);
	json_key_string(json, "person", evidence->person);
	json_key_int(json, "added_us", evidence->added_us);
	json_key_string(json, "withdrawn_why", evidence->withdrawn_why);
	json_key_string(json, "url", row->url);
	json_end_object(json);
}

static void
write_json(const EvidenceListView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "evidence");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++)
		write_json_row(&json, &view->rows[i]);
	json_end_array(&json);
	json_end_object(&json);
}

static void
make_links(EvidenceListView *view, const HttpValue *values, Arena *arena, bool has_more)
{
	LinkParam *params = arena_array(arena, LinkParam, EVIDENCE_KEY_MAX);
	LinkParam before = {FIELDS[EVIDENCE_KEY_BEFORE].name, NULL};
	LinkBase base = {EVIDENCE_PATH, params, EVIDENCE_KEY_BEFORE}, csv, json;

	for (int i = 0; i < EVIDENCE_KEY_MAX; i++) {
		view->texts[i] = values[i].text;
		params[i] = (LinkParam){FIELDS[i].name, values[i].text};
		view->is_filtered = view->is_filtered || (values[i].is_set && i != EVIDENCE_KEY_BEFORE);
	}
	csv = json = base;
	csv.path = EVIDENCE_PATH ".csv";
	json.path = EVIDENCE_PATH ".json";
	view->csv_url = link_with(arena, &csv, NULL, 0);
	view->json_url = link_with(arena, &json, NULL, 0);
	if (!has_more)
		return;
	before.value =
	    arena_printf(arena, "%" G_GINT64_FORMAT, view->rows[view->n_rows - 1].evidence->evidence_id);
	view->more_url = link_with(arena, &base, &before, 1);
}

/* Reads on until there is a page of what may be looked at; *ret_has_more: something may stand behind it. */
static bool
read_page(HttpRequest *request, const EvidenceFilter *filter, guint rows_max, GPtrArray *rows,
    bool *ret_has_more, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceFilter next = *filter;
	int64_t n_looked_at = 0;

	for (;;) {
		g_autoptr(GPtrArray) some = g_ptr_array_new();
		guint n;

		if (!evidence_page(&scope, &next, request->arena, some, error))
			return false;
		n = some->len;
		if (n > 0)
			next.before = ((const Evidence *)g_ptr_array_index(some, n - 1))->evidence_id;
		if (!evidence_keep_readable(request, some, error))
			return false;
		g_ptr_array_extend(rows, some, NULL, NULL);
		n_looked_at += n;
		if (n < (guint)filter->limit || rows->len > rows_max || n_looked_at >= LOOKED_AT_MAX)
			break;
	}
	*ret_has_more = rows->len > rows_max;
	return true;
}

/* Names for the filter: for who sees everything all of them, else those in sight. */
static bool
read_people(EvidenceListView *view, GPtrArray *people, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(view->request);
	AppAnswer everywhere = {.is_allowed = true};

	if (!app_context(view->request)->visitor->is_open &&
	    !app_access(view->request, APP_DOWNLOAD, NULL, &everywhere, error))
		return false;
	if (everywhere.is_allowed)
		return evidence_people(&scope, view->request->arena, people, error);
	for (size_t i = 0; i < view->n_rows; i++) {
		gpointer name = (gpointer)(guintptr)view->rows[i].evidence->person;

		if (!g_ptr_array_find_with_equal_func(people, name, g_str_equal, NULL))
			g_ptr_array_add(people, name);
	}
	return true;
}

static bool
load_rows(EvidenceListView *view, const HttpValue *values, const EvidenceFilter *filter, int rows_max,
    GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	Arena *arena = view->request->arena;
	bool has_more;

	if (!read_page(view->request, filter, (guint)rows_max, rows, &has_more, error))
		return false;
	view->n_rows = MIN(rows->len, (guint)rows_max);
	view->rows = arena_array(arena, EvidenceRow, view->n_rows + 1);
	for (size_t i = 0; i < view->n_rows; i++)
		evidence_make_row(arena, g_ptr_array_index(rows, (guint)i), &view->rows[i]);
	view->scan = filter->scan;
	view->withdrawn = filter->withdrawn;
	view->place = evidence_place_of(arena, &filter->object);
	make_links(view, values, arena, has_more);
	return true;
}

static bool
show_page(EvidenceListView *view, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(view->request);
	const AppVisitor *visitor = app_context(view->request)->visitor;
	Arena *arena = view->request->arena;
	g_autoptr(GPtrArray) people = g_ptr_array_new();

	view->people = people;
	view->may_add = app_visitor_may(visitor, APP_EVIDENCE);
	view->may_set = app_visitor_may(visitor, APP_SYSTEM);
	if (!evidence_kinds_today(&scope, arena, &view->kinds, error) || !read_people(view, people, error) ||
	    !evidence_room(&scope, arena, &view->room, error) ||
	    !evidence_pending(&scope, arena, &view->pending, &view->n_pending, error))
		return false;
	view->layout = app_layout(view->request, "Minh chứng");
	evidence_list_page(response->body, view);
	return true;
}

bool
evidence_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceListView view = {.request = request};
	int rows_max = request->format == HTTP_HTML ? ROWS : EXPORT_ROWS_MAX;
	HttpValue values[EVIDENCE_KEY_MAX];
	EvidenceFilter filter;

	if (!http_query_parse(FIELDS, EVIDENCE_KEY_MAX, request, values, error))
		return false;
	fill_filter(values, request, rows_max + 1, &filter);
	if (!load_rows(&view, values, &filter, rows_max, error))
		return false;
	switch (request->format) {
	case HTTP_CSV:
		write_csv(&view, response);
		return true;
	case HTTP_JSON:
		write_json(&view, response);
		return true;
	case HTTP_HTML:
	default:
		return show_page(&view, response, error);
	}
}
