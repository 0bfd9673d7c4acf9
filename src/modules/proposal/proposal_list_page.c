/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/json.h"
#include "html/assets_urls.h"
#include "html/link.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/proposal/pages/list.html.h"
#include "modules/proposal/proposal_pages.h"

#define PAGE_ROWS 50
#define DATA_ROWS 5000

enum { KEY_WHOSE, KEY_CHOICE, KEY_KIND, KEY_AGENCY, KEY_BELOW, KEY_MAX };

enum { CHOICE_ALL, CHOICE_LATE, CHOICE_STATES };

const char *const PROPOSAL_CHOICE_WORDS[] = {"tat-ca", "qua-han", "dang-xu-ly", "tra-lai", "cho-cap-tren",
    "cho-xac-nhan", "da-giai-quyet", "da-rut", NULL};
const char *const PROPOSAL_CHOICE_TITLES[] = {"Tất cả", "Quá hạn xử lý", "Đang xử lý", "Trả lại đơn vị",
    "Chờ cấp trên", "Chờ đơn vị xác nhận", "Đã giải quyết", "Đã rút", NULL};

static const char *const WHOSE[] = {"toan-xa", "cua-toi", "lien-quan", NULL};
static const char *const KINDS[] = {"tat-ca", "kho-khan", "dieu-chinh", "hoi-cap-tren", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = WHOSE},
    [KEY_CHOICE] = {"loc", "Tình trạng", http_valid_word, .words = PROPOSAL_CHOICE_WORDS},
    [KEY_KIND] = {"loai", "Loại", http_valid_word, .words = KINDS},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_BELOW] = {"truoc", "Vị trí", http_valid_int, .min = 1, .max = G_MAXINT64},
};

static const char *
vi_day(Arena *arena, int32_t day)
{
	return day != DATE_NONE ? date_text_vi(arena, day) : NULL;
}

static const char *
look_of(const Proposal *proposal, bool is_late)
{
	static const char *const LOOKS[PROPOSAL_STATE_MAX] = {[PROPOSAL_OPEN] = "run",
	    [PROPOSAL_RETURNED] = "soon",
	    [PROPOSAL_REFERRED] = "soon",
	    [PROPOSAL_ANSWERED] = "soon",
	    [PROPOSAL_CLOSED] = "ok",
	    [PROPOSAL_WITHDRAWN] = "idle"};

	return is_late ? "late" : LOOKS[proposal->state];
}

bool
proposal_fill_row(const WorkScope *scope, const Proposal *proposal, ProposalRow *ret_row, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	const ProposalStep *step;
	ProposalRow row = {
	    .proposal = proposal, .when = vi_day(scope->arena, instant_day(proposal->raised_us))};

	if (!proposal_route(scope, proposal->plan_id, instant_day(proposal->raised_us), steps, error) ||
	    !proposal_agency_name(scope, proposal->agency_id, &row.agency, error))
		return false;
	step = proposal_step(steps, proposal->step_no);
	row.url = arena_printf(scope->arena, PROPOSAL_PATH "/%" G_GINT64_FORMAT, proposal->proposal_id);
	row.is_late =
	    proposal->state == PROPOSAL_OPEN && proposal->due != DATE_NONE && proposal->due < scope->today;
	row.state = row.is_late ? arena_printf(scope->arena, "Quá hạn %d ngày", scope->today - proposal->due)
				: PROPOSAL_STATE_TITLES[proposal->state];
	row.look = look_of(proposal, row.is_late);
	row.step = proposal->state == PROPOSAL_OPEN && step != NULL ? step->title : NULL;
	row.due = vi_day(scope->arena, proposal->due);
	*ret_row = row;
	return true;
}

static ProposalFilter
filter_of(const HttpValue *values, int limit)
{
	int choice = (int)values[KEY_CHOICE].number;

	return (ProposalFilter){.whose = (WorkWhose)values[KEY_WHOSE].number,
	    .kind = (int)values[KEY_KIND].number,
	    .state = choice >= CHOICE_STATES ? choice - CHOICE_STATES + PROPOSAL_OPEN : 0,
	    .is_late = choice == CHOICE_LATE,
	    .agency_id = values[KEY_AGENCY].number,
	    .below = values[KEY_BELOW].number,
	    .limit = limit};
}

static void
write_csv(const ProposalListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Số", "Ngày nêu", "Loại", "Đơn vị", "Người nêu", "Tóm tắt",
	    "Nội dung", "Tình trạng", "Bước", "Hạn xử lý", "Số văn bản", "Số lần mở lại"};
	GString *out = response->body;

	http_csv_begin(response, "kien-nghi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const ProposalRow *row = &view->rows[i];

		csv_int(out, row->proposal->proposal_id);
		csv_text(out, row->when);
		csv_text(out, PROPOSAL_KIND_TITLES[row->proposal->kind]);
		csv_text(out, row->agency);
		csv_text(out, row->proposal->raiser);
		csv_text(out, row->proposal->title);
		csv_text(out, row->proposal->body);
		csv_text(out, row->state);
		csv_text(out, row->step);
		csv_text(out, row->due);
		csv_text(out, row->proposal->doc_number);
		csv_int(out, row->proposal->n_reopened);
		csv_end_line(out);
	}
}

static void
write_json(const ProposalListView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "proposals");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const ProposalRow *row = &view->rows[i];

		json_begin_object(&json);
		json_key_int(&json, "id", row->proposal->proposal_id);
		json_key_string(&json, "kind", PROPOSAL_KIND_WORDS[row->proposal->kind]);
		json_key_int(&json, "plan", row->proposal->plan_id);
		json_key_int(&json, "row", row->proposal->row_no);
		json_key_string(&json, "agency", row->agency);
		json_key_string(&json, "title", row->proposal->title);
		json_key_string(&json, "body", row->proposal->body);
		json_key_string(&json, "state", PROPOSAL_STATE_WORDS[row->proposal->state]);
		json_key_int(&json, "step", row->proposal->step_no);
		json_key_string(&json, "due", row->due);
		json_key(&json, "late");
		json_bool(&json, row->is_late);
		json_key_string(&json, "document", row->proposal->doc_number);
		json_key_int(&json, "version", row->proposal->version);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_links(HttpRequest *request, const ProposalFilter *filter, bool has_more, ProposalListView *view)
{
	static const char *const TITLES[WORK_WHOSE_MAX] = {"Toàn xã", "Giao cho tôi", "Liên quan đến tôi"};
	Arena *arena = request->arena;
	const LinkParam params[] = {{"pham-vi", view->whose_word}, {"loc", view->choice_word},
	    {"loai", KINDS[view->kind]},
	    {"co-quan",
		filter->agency_id > 0 ? arena_printf(arena, "%" G_GINT64_FORMAT, filter->agency_id) : NULL}};
	LinkBase base = {PROPOSAL_PATH, params, G_N_ELEMENTS(params)}, data = base;

	if (has_more && view->n_rows > 0)
		view->next_url = link_with(arena, &base,
		    &(LinkParam){"truoc", arena_printf(arena, "%" G_GINT64_FORMAT,
					      view->rows[view->n_rows - 1].proposal->proposal_id)},
		    1);
	if (filter->below > 0)
		view->first_url = link_with(arena, &base, NULL, 0);
	data.path = PROPOSAL_PATH ".csv";
	view->csv_url = link_with(arena, &data, NULL, 0);
	data.path = PROPOSAL_PATH ".json";
	view->json_url = link_with(arena, &data, NULL, 0);
	for (int whose = 0; whose < WORK_WHOSE_MAX; whose++)
		view->tabs[whose] = (ProposalTab){TITLES[whose],
		    link_with(arena, &base, &(LinkParam){"pham-vi", WHOSE[whose]}, 1),
		    whose == (int)filter->whose};
}

bool
proposal_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) proposals = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	guint max = request->format == HTTP_HTML ? PAGE_ROWS : DATA_ROWS;
	ProposalListView view = {.agencies = agencies};
	HttpValue values[KEY_MAX];
	ProposalFilter filter;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	filter = filter_of(values, (int)max + 1);
	view.choice = (int)values[KEY_CHOICE].number;
	view.choice_word = PROPOSAL_CHOICE_WORDS[view.choice];
	view.whose_word = WHOSE[filter.whose];
	view.kind = filter.kind;
	view.agency_id = filter.agency_id;
	view.is_nobody = filter.whose != WORK_ALL && scope.actor.person_id == 0;
	if (!proposal_list(&scope, &filter, proposals, error) || !proposal_agencies(&scope, agencies, error))
		return false;
	view.rows = arena_array(request->arena, ProposalRow, proposals->len + 1);
	for (guint i = 0; i < MIN(proposals->len, max); i++)
		if (!proposal_fill_row(
			&scope, g_ptr_array_index(proposals, i), &view.rows[view.n_rows++], error))
			return false;
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
	} else if (request->format == HTTP_JSON) {
		write_json(&view, response);
	} else {
		view.layout = app_layout(request, "Khó khăn, kiến nghị");
		view.layout.script = ASSET_WORK_JS;
		fill_links(request, &filter, proposals->len > max, &view);
		proposal_list_page(response->body, &view);
	}
	return true;
}
