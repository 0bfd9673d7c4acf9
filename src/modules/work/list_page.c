/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "html/assets_urls.h"
#include "modules/work/list_views.h"
#include "modules/work/pages/list.html.h"

#define PAGE_ROWS 50
#define DATA_ROWS 5000
#define BOARD_ROWS 120 /* of one stage on the board, of all on the timeline */
#define WRITTEN_CHARACTERS 6000

enum { KEY_WHOSE, KEY_CHOICE, KEY_AGENCY, KEY_VIEW, KEY_AFTER_KEY, KEY_AFTER_ID, KEY_WRITTEN, KEY_MAX };

typedef enum { CHOICE_OPEN, CHOICE_LATE, CHOICE_SOON, CHOICE_WAITING, CHOICE_CLOSED, CHOICE_ALL } Choice;

const char *const WORK_CHOICE_WORDS[] = {
    "dang-mo", "qua-han", "den-han", "cho-nghiem-thu", "da-khep", "tat-ca", NULL};
const char *const WORK_CHOICE_TITLES[] = {
    "Đang mở", "Quá hạn", "Sắp đến hạn", "Chờ nghiệm thu", "Đã khép", "Tất cả", NULL};

const char *const WORK_WHOSE_LIST[] = {"toan-xa", "cua-toi", "lien-quan", NULL};
const char *const WORK_VIEW_WORDS[] = {"danh-sach", "bang", "dong-thoi-gian", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = WORK_WHOSE_LIST},
    [KEY_CHOICE] = {"loc", "Lọc", http_valid_word, .words = WORK_CHOICE_WORDS},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_VIEW] = {"xem", "Cách xem", http_valid_word, .words = WORK_VIEW_WORDS},
    [KEY_WRITTEN] = {"xong", "Việc vừa ghi", http_valid_text, .max = WRITTEN_CHARACTERS},
    [KEY_AFTER_KEY] = {"sau-han", "Vị trí", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_AFTER_ID] = {"sau", "Vị trí", http_valid_int, .min = 1, .max = G_MAXINT64},
};

static WorkFilter
filter_of(const WorkScope *scope, const WorkSettings *settings, const HttpValue *values)
{
	WorkFilter filter = {.whose = (WorkWhose)values[KEY_WHOSE].number,
	    .agency_id = values[KEY_AGENCY].number,
	    .due_from = DATE_NONE,
	    .due_to = DATE_NONE,
	    .after_key = values[KEY_AFTER_KEY].number,
	    .after_id = values[KEY_AFTER_ID].number};

	switch ((Choice)values[KEY_CHOICE].number) {
	case CHOICE_OPEN:
		filter.stage = WORK_STAGE_OPEN;
		break;
	case CHOICE_LATE:
		filter.stage = WORK_STAGE_OPEN;
		filter.due_to = scope->today - 1;
		break;
	case CHOICE_SOON:
		filter.stage = WORK_STAGE_OPEN;
		filter.due_from = scope->today;
		filter.due_to = scope->today + settings->action_days;
		break;
	case CHOICE_WAITING:
		filter.stage = WORK_STAGE_WAITING;
		break;
	case CHOICE_CLOSED:
		filter.stage = WORK_STAGE_CLOSED;
		break;
	case CHOICE_ALL:
		break;
	}
	return filter;
}

static const char *const VIEW_TITLES[WORK_VIEW_MAX] = {
    [WORK_VIEW_LIST] = "Danh sách", [WORK_VIEW_BOARD] = "Bảng", [WORK_VIEW_TIMELINE] = "Dòng thời gian"};

static void
fill_links(HttpRequest *request, const WorkFilter *filter, bool has_more, WorkListView *view)
{
	Arena *arena = request->arena;
	const LinkParam params[] = {{"pham-vi", view->whose_word}, {"loc", view->choice_word},
	    {"xem", view->view != WORK_VIEW_LIST ? WORK_VIEW_WORDS[view->view] : NULL},
	    {"co-quan",
		filter->agency_id > 0 ? arena_printf(arena, "%" G_GINT64_FORMAT, filter->agency_id) : NULL}};
	LinkBase base = {WORK_LIST_PATH, params, G_N_ELEMENTS(params)}, data = base;
	const WorkPiece *last = view->n_lines > 0 ? &view->lines[view->n_lines - 1].row->piece : NULL;

	if (has_more && last != NULL)
		view->next_url = link_with(arena, &base,
		    (const LinkParam[]){
			{"sau-han", arena_printf(arena, "%" G_GINT64_FORMAT, work_due_key(last))},
			{"sau", arena_printf(arena, "%" G_GINT64_FORMAT, last->piece_id)}},
		    2);
	if (filter->after_id > 0)
		view->first_url = link_with(arena, &base, NULL, 0);
	data.path = WORK_LIST_PATH ".csv";
	view->csv_url = link_with(arena, &data, NULL, 0);
	data.path = WORK_LIST_PATH ".json";
	view->json_url = link_with(arena, &data, NULL, 0);
	for (int whose = 0; whose < WORK_WHOSE_MAX; whose++) {
		const LinkParam change = {"pham-vi", WORK_WHOSE_WORDS[whose]};

		view->tabs[whose] = (WorkTab){
		    WORK_WHOSE_TITLES[whose], link_with(arena, &base, &change, 1), whose == (int)view->whose};
	}
	for (int kind = 0; kind < WORK_VIEW_MAX; kind++) {
		const LinkParam change = {"xem", kind == WORK_VIEW_LIST ? NULL : WORK_VIEW_WORDS[kind]};

		view->view_tabs[kind] = (WorkTab){
		    VIEW_TITLES[kind], link_with(arena, &base, &change, 1), kind == (int)view->view};
	}
}

static void
fill_lines(const WorkScope *scope, const WorkSettings *settings, const GPtrArray *rows, size_t max,
    WorkListView *view)
{
	view->n_lines = MIN(rows->len, max);
	view->lines = arena_array(scope->arena, WorkLine, view->n_lines + 1);
	for (size_t i = 0; i < view->n_lines; i++)
		work_fill_line(scope, settings, g_ptr_array_index(rows, i), &view->lines[i]);
}

/* A board of everything shows the beginning of each stage, so that what is over does not crowd out the rest.
 */
static bool
read_rows(const WorkScope *scope, WorkFilter *filter, WorkViewKind view, GPtrArray *rows, GError **error)
{
	if (view != WORK_VIEW_BOARD || filter->stage != 0)
		return work_list(scope, filter, rows, error);
	for (int stage = WORK_STAGE_OPEN; stage <= WORK_STAGE_CLOSED; stage++) {
		WorkFilter one = *filter;

		one.stage = stage;
		if (!work_list(scope, &one, rows, error))
			return false;
	}
	return true;
}

/* What a bulk has just written can be taken back for some seconds. */
static bool
find_written(const WorkScope *scope, const WorkSettings *settings, const HttpValue *written,
    WorkListView *view, GError **error)
{
	WorkBulkItem *items = arena_array(scope->arena, WorkBulkItem, WORK_BULK_MAX);
	g_autoptr(GError) gone = NULL;
	WorkPiece piece;

	if (!written->is_set)
		return true;
	view->n_written = work_bulk_read(scope->request, written->text, items);
	if (view->n_written == 0)
		return true;
	if (!work_find(scope, items[0].piece_id, &piece, &gone)) {
		if (g_error_matches(gone, APP_ERROR, APP_ERROR_NOT_FOUND))
			return true;
		g_propagate_error(error, g_steal_pointer(&gone));
		return false;
	}
	if (piece.version == items[0].entry_no &&
	    scope->now_us - piece.last_us <= settings->undo_seconds * INSTANT_SECOND)
		view->written = written->text;
	return true;
}

static bool
show_page(
    HttpRequest *request, const WorkScope *scope, WorkListView *view, HttpResponse *response, GError **error)
{
	const PlanScope plans = {scope->db, scope->commune_id, 0};

	work_fill_layout(request, "Công việc", &view->layout);
	if (!task_age_text(&plans, scope->now_us, scope->arena, &view->layout.as_of, error))
		return false;
	view->may_accept = work_may(scope, APP_ACCEPT);
	view->may_assign = work_may(scope, APP_OPERATE) || work_may(scope, APP_APPROVE);
	view->may_choose = view->view == WORK_VIEW_LIST && view->n_lines > 0 &&
			   (view->may_accept || view->may_assign || work_may(scope, APP_UPDATE) ||
			       work_may(scope, APP_CONTRIBUTE));
	view->room_url = "/phong-hop";
	if (view->view == WORK_VIEW_BOARD)
		work_make_board(scope, view->lines, view->n_lines, &view->views);
	if (view->view == WORK_VIEW_TIMELINE)
		work_make_timeline(scope, view->lines, view->n_lines, &view->views);
	work_list_page(response->body, view);
	return true;
}

/* Opens with what is under way; the board with everything. */
static void
read_view(const HttpRequest *request, const WorkScope *scope, const WorkSettings *settings, HttpValue *values,
    WorkListView *view, WorkFilter *filter)
{
	view->view = request->format == HTTP_HTML ? (WorkViewKind)values[KEY_VIEW].number : WORK_VIEW_LIST;
	if (view->view == WORK_VIEW_BOARD && !values[KEY_CHOICE].is_set)
		values[KEY_CHOICE].number = CHOICE_ALL;
	*filter = filter_of(scope, settings, values);
	view->whose = filter->whose;
	view->choice = (int)values[KEY_CHOICE].number;
	view->whose_word = WORK_WHOSE_WORDS[view->whose];
	view->choice_word = WORK_CHOICE_WORDS[view->choice];
	view->agency_id = filter->agency_id;
}

bool
work_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	WorkListView view = {.agencies = agencies};
	HttpValue values[KEY_MAX];
	WorkSettings settings;
	WorkFilter filter;
	int max;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !work_settings(&scope, &settings, error))
		return false;
	read_view(request, &scope, &settings, values, &view, &filter);
	max = request->format != HTTP_HTML ? DATA_ROWS : view.view == WORK_VIEW_LIST ? PAGE_ROWS : BOARD_ROWS;
	filter.limit = max + 1;
	if (!read_rows(&scope, &filter, view.view, rows, error) ||
	    (request->format == HTTP_HTML && !work_agencies(&scope, agencies, error)) ||
	    !find_written(&scope, &settings, &values[KEY_WRITTEN], &view, error))
		return false;
	fill_lines(&scope, &settings, rows,
	    view.view == WORK_VIEW_BOARD && filter.stage == 0 ? rows->len : (size_t)max, &view);
	if (!work_fill_missing(&scope, view.lines, view.n_lines, error))
		return false;
	if (request->format == HTTP_CSV) {
		work_write_csv(&view, response);
		return true;
	}
	if (request->format == HTTP_JSON) {
		work_write_json(&view, &scope, &settings, response);
		return true;
	}
	fill_links(request, &filter, rows->len > (guint)max && view.n_lines == (size_t)max, &view);
	return show_page(request, &scope, &view, response, error);
}
