/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/ledger/ledger_pages.h"

#include "app/context.h"
#include "base/text.h"
#include "http/data.h"
#include "modules/ledger/pages/ledger.html.h"

#include <string.h>

#define ROWS 50
#define EXPORT_ROWS_MAX 50000

const LedgerKind LEDGER_KINDS[] = {{"plan", "Kế hoạch"}, {"draft", "Bản nháp"},
    {"alias", "Cách viết tên cơ quan"}, {"work", "Phiếu việc, lần ghi"}, {"account", "Tài khoản"},
    {"plan-role", "Vai trò trong kế hoạch"}, {"calendar", "Lịch làm việc năm"}, {"secret", "Văn bản mật"},
    {"redaction", "Nội dung nhật ký đã lấy đi, dòng"}, {"setting", "Thiết lập"}, {"export", "Xuất dữ liệu"},
    {"backup", "Sao lưu"}, {"notice", "Thông báo gửi đi"}, {"commune", "Xã, phường, đặc khu"},
    {"agency", "Cơ quan, đơn vị"}, {"agency-change", "Thay đổi về đơn vị"}, {"agency-kind", "Loại đơn vị"},
    {"person", "Người"}, {"post", "Vị trí công tác"}, {"read", "Xem dữ liệu cá nhân"},
    {"evidence", "Minh chứng"}, {"evidence-file", "Tệp minh chứng"}, {"quarantine", "Lấy tệp nghi nhiễm"},
    {"ledger-key", "Khóa ký nhật ký"}, {"store", "Cơ sở dữ liệu"}, {NULL, NULL}};

const char *const LEDGER_ACTION_WORDS[] = {
    "them", "sua", "bo", "xem-ca-nhan", "xuat", "truy-cap", "he-thong", NULL};

G_STATIC_ASSERT(G_N_ELEMENTS(LEDGER_ACTION_WORDS) == LEDGER_ACTION_MAX + 1);

static const HttpField FIELDS[LEDGER_KEY_MAX] = {
    [LEDGER_KEY_OBJECT] = {"doi-tuong", "Đối tượng", http_valid_text, .max = 300},
    [LEDGER_KEY_KIND] = {"loai", "Loại", http_valid_text, .max = 40},
    [LEDGER_KEY_ACTION] = {"viec", "Việc", http_valid_word, .words = LEDGER_ACTION_WORDS},
    [LEDGER_KEY_FROM] = {"tu-ngay", "Từ ngày", http_valid_date, .max = 0},
    [LEDGER_KEY_TO] = {"den-ngay", "Đến ngày", http_valid_date, .max = 0},
    [LEDGER_KEY_ACTOR] = {"ai", "Ai", http_valid_text, .max = 100},
    [LEDGER_KEY_BEFORE] = {"truoc", "Trước dòng", http_valid_int, .min = 1, .max = G_MAXINT64},
};

typedef struct Filter {
	const HttpValue *values;
	char *actor; /* folded */
	int64_t first_seq, looked_at_max, n_looked_at, last_seq;
	LedgerVisit visit;
	void *data;
	bool is_cut;
} Filter;

static bool
fits(const Filter *filter, const LedgerRow *row)
{
	const HttpValue *values = filter->values;
	g_autofree char *name = NULL, *origin = NULL;
	size_t kind_len;

	if (values[LEDGER_KEY_ACTION].is_set && values[LEDGER_KEY_ACTION].number != (int64_t)row->action)
		return false;
	if (values[LEDGER_KEY_KIND].is_set) {
		kind_len = strlen(values[LEDGER_KEY_KIND].text);
		if (strncmp(row->object, values[LEDGER_KEY_KIND].text, kind_len) != 0 ||
		    (row->object[kind_len] != '\0' && row->object[kind_len] != '/'))
			return false;
	}
	if (filter->actor == NULL)
		return true;
	name = text_fold_vi(row->actor.name);
	origin = text_fold_vi(row->actor.origin);
	return strstr(name, filter->actor) != NULL || strstr(origin, filter->actor) != NULL;
}

static bool
visit_filtered(void *data, const LedgerRow *row)
{
	Filter *filter = data;

	if (row->seq < filter->first_seq)
		return false;
	if (filter->n_looked_at++ >= filter->looked_at_max) {
		filter->is_cut = true;
		return false;
	}
	filter->last_seq = row->seq;
	return !fits(filter, row) || filter->visit(filter->data, row);
}

bool
ledger_filter_walk(const HttpRequest *request, const HttpValue *values, int64_t looked_at_max,
    LedgerVisit visit, void *data, bool *ret_is_cut, int64_t *ret_last_seq, GError **error)
{
	const AppContext *context = app_context(request);
	g_autofree char *actor =
	    values[LEDGER_KEY_ACTOR].is_set ? text_fold_vi(values[LEDGER_KEY_ACTOR].text) : NULL;
	const char *object = values[LEDGER_KEY_OBJECT].is_set ? values[LEDGER_KEY_OBJECT].text : NULL;
	Filter filter = {
	    .values = values, .actor = actor, .looked_at_max = looked_at_max, .visit = visit, .data = data};
	int64_t before = values[LEDGER_KEY_BEFORE].is_set ? values[LEDGER_KEY_BEFORE].number : INT64_MAX, end;

	if (values[LEDGER_KEY_FROM].is_set &&
	    !ledger_seq_at(context->db, context->commune_id,
		instant_at((int32_t)values[LEDGER_KEY_FROM].number, 0), &filter.first_seq, error))
		return false;
	if (values[LEDGER_KEY_TO].is_set) {
		if (!ledger_seq_at(context->db, context->commune_id,
			instant_at((int32_t)values[LEDGER_KEY_TO].number + 1, 0), &end, error))
			return false;
		before = MIN(before, end);
	}
	if (!ledger_walk_back(
		context->db, context->commune_id, object, before, visit_filtered, &filter, error))
		return false;
	*ret_is_cut = filter.is_cut;
	*ret_last_seq = filter.last_seq;
	return true;
}

const LedgerRow *
ledger_keep_row(Arena *arena, const LedgerRow *row)
{
	LedgerRow *copy = arena_new0(arena, LedgerRow);

	*copy = *row;
	copy->actor.name = arena_strdup(arena, row->actor.name);
	copy->actor.origin = arena_strdup(arena, row->actor.origin);
	copy->object = arena_strdup(arena, row->object);
	copy->before = arena_strdup(arena, row->before);
	copy->after = arena_strdup(arena, row->after);
	return copy;
}

typedef struct Collector {
	Arena *arena;
	GPtrArray *rows; /* of LedgerRow *, in the arena */
	guint max;
} Collector;

static bool
collect(void *data, const LedgerRow *row)
{
	Collector *collector = data;

	g_ptr_array_add(collector->rows, (gpointer)(guintptr)ledger_keep_row(collector->arena, row));
	return collector->rows->len < collector->max;
}

const char *
ledger_object_words(Arena *arena, const char *object)
{
	for (const LedgerKind *kind = LEDGER_KINDS; kind->word != NULL; kind++) {
		size_t len = strlen(kind->word);

		if (strncmp(object, kind->word, len) != 0 || (object[len] != '/' && object[len] != '\0'))
			continue;
		return object[len] == '\0' ? kind->title
					   : arena_printf(arena, "%s %s", kind->title, object + len + 1);
	}
	return object;
}

const char *
ledger_object_url(Arena *arena, const char *object)
{
	/* A part of a record ("work/12/3") has the record's page. */
	static const struct {
		const char *prefix, *path;
		bool has_parts;
	} PAGES[] = {{"plan/", "/?ke-hoach=", false}, {"draft/", "/nhap-ke-hoach/", false},
	    {"export/", "/", false}, {"read/", "/", false}, {"agency/", "/don-vi/", false},
	    {"person/", "/nguoi/", false}, {"work/", "/cong-viec/", true}};

	if (g_str_has_prefix(object, "backup"))
		return "/sao-luu";
	for (size_t i = 0; i < G_N_ELEMENTS(PAGES); i++) {
		const char *rest = object + strlen(PAGES[i].prefix);

		if (!g_str_has_prefix(object, PAGES[i].prefix))
			continue;
		return arena_printf(arena, "%s%.*s", PAGES[i].path,
		    (int)(PAGES[i].has_parts ? strcspn(rest, "/") : strlen(rest)), rest);
	}
	return NULL;
}

const AppRecordLabel *
ledger_labels_of(const char *object)
{
	const char *id;
	const AppRecordKind *kind = app_record_kind_find(object, &id);

	return kind != NULL ? kind->labels : NULL;
}

static void
make_rows(LedgerView *view, const GPtrArray *rows, Arena *arena)
{
	view->n_rows = rows->len;
	view->rows = arena_array(arena, LedgerRowView, rows->len + 1);
	for (guint i = 0; i < rows->len; i++) {
		const LedgerRow *row = g_ptr_array_index(rows, i);
		LedgerRowView *out = &view->rows[i];

		*out = (LedgerRowView){.row = row,
		    .object = ledger_object_words(arena, row->object),
		    .url = ledger_object_url(arena, row->object)};
		instant_format_vi(row->at_us, out->at);
		out->fields = ledger_fields(
		    arena, ledger_labels_of(row->object), row->before, row->after, &out->n_fields);
	}
}

static void
make_links(LedgerView *view, Arena *arena, int64_t last_seq)
{
	LinkParam *params = arena_array(arena, LinkParam, LEDGER_KEY_BEFORE);
	LinkParam before = {FIELDS[LEDGER_KEY_BEFORE].name, NULL};
	LinkBase csv, json;

	for (int i = 0; i < LEDGER_KEY_BEFORE; i++)
		params[i] = (LinkParam){FIELDS[i].name, view->values[i].is_set ? view->values[i].text : NULL};
	view->base = (LinkBase){LEDGER_PATH, params, LEDGER_KEY_BEFORE};
	csv = json = view->base;
	csv.path = LEDGER_PATH ".csv";
	json.path = LEDGER_PATH ".json";
	view->csv_url = link_with(arena, &csv, NULL, 0);
	view->json_url = link_with(arena, &json, NULL, 0);
	if (view->values[LEDGER_KEY_BEFORE].is_set)
		view->newest_url = link_with(arena, &view->base, NULL, 0);
	if ((view->n_rows == ROWS || view->is_cut) && last_seq > 1) {
		before.value = arena_printf(arena, "%" G_GINT64_FORMAT, last_seq);
		view->more_url = link_with(arena, &view->base, &before, 1);
	}
}

static bool
show_page(HttpRequest *request, LedgerView *view, const GPtrArray *rows, int64_t last_seq,
    HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);

	if (!ledger_marks(context->db, context->commune_id, &view->head, &view->last_signed, error))
		return false;
	view->layout = app_layout(request, "Nhật ký");
	instant_format_vi(view->last_signed.at_us, view->signed_at);
	make_rows(view, rows, request->arena);
	make_links(view, request->arena, last_seq);
	ledger_page(response->body, view);
	return true;
}

bool
ledger_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	bool is_page = request->format == HTTP_HTML;
	Collector collector = {request->arena, rows, is_page ? ROWS : EXPORT_ROWS_MAX};
	LedgerView view = {0};
	int64_t last_seq;

	if (!http_query_parse(FIELDS, LEDGER_KEY_MAX, request, view.values, error) ||
	    !ledger_filter_walk(request, view.values, is_page ? LEDGER_LOOKED_AT_MAX : INT64_MAX, collect,
		&collector, &view.is_cut, &last_seq, error))
		return false;
	if (is_page)
		return show_page(request, &view, rows, last_seq, response, error);
	if (request->format == HTTP_CSV)
		ledger_export_csv(rows, response);
	else
		ledger_export_json(rows, response);
	return true;
}

/* Names the row's hash as it stands, signed now. */
bool
ledger_receipt(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	g_auto(LedgerKey) key = {0};
	g_autofree char *receipt = NULL;
	LedgerMark mark;
	LedgerRow row;
	int64_t seq;

	if (!http_request_param_int(request, "dong", &seq, error) ||
	    !ledger_find(context->db, context->commune_id, seq, request->arena, &row, error) ||
	    !ledger_key_load(context->directory, &key, error))
		return false;
	mark = (LedgerMark){context->commune_id, row.seq, MAX(context->now_us, row.at_us), {0}};
	memcpy(mark.hash, row.hash, sizeof(mark.hash));
	receipt = ledger_receipt_new(&mark, &key);
	http_json_begin(response);
	response->filename = arena_printf(request->arena, "bien-nhan-%" G_GINT64_FORMAT ".json", seq);
	response->cache = HTTP_CACHE_NONE;
	g_string_append(response->body, receipt);
	return true;
}
