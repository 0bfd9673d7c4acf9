/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/room.h"

#include "html/assets_urls.h"
#include "modules/work/pages/room.html.h"
#include "modules/work/work.sql.h"

#define ROOM_PATH "/phong-hop"
#define ROWS_MAX 8 /* of a list on one screen */
#define ROWS_READ 200

const char *const WORK_ROOM_TITLES[WORK_ROOM_MAX] = {
    [WORK_ROOM_FIGURES] = "Số liệu tháng",
    [WORK_ROOM_UNITS] = "Đơn vị có việc quá hạn",
    [WORK_ROOM_LATE] = "Việc quá hạn lâu nhất",
    [WORK_ROOM_DECISIONS] = "Chờ quyết định, chờ nghiệm thu",
};

static const char *const BLOCKS[] = {"so-lieu", "don-vi", "qua-han", "quyet-dinh", "tat-ca", NULL};

static const HttpField FIELDS[] = {
    {"man", "Màn hình", http_valid_word, .words = BLOCKS},
    {PLAN_PARAM, "Kế hoạch", http_valid_int, .min = 1, .max = G_MAXINT32},
};

static bool
shows(const WorkRoomView *view, WorkRoomBlock block)
{
	return view->block == WORK_ROOM_ALL || view->block == (int)block;
}

static void
add_figure(WorkRoomView *view, const char *look, const char *label, int64_t value, const char *note)
{
	view->figures[view->n_figures++] =
	    (PartFigure){.kind = look, .label = label, .value = value, .of = -1, .note = note};
}

static bool
load_tasks(WorkRoomView *view, GError **error)
{
	const TaskFilter all = {.annex_no = TASK_ANY_ANNEX,
	    .agency_id = TASK_ANY_AGENCY,
	    .role = AGENCY_ROLE_LEAD,
	    .keys = TASK_KEY_ALL};
	int64_t counts[TASK_STATE_MAX];

	if (!task_count_states(&view->page.scope, &all, view->page.today,
		&(TaskSettings){view->page.soon_days}, counts, error))
		return false;
	add_figure(view, "idle", "Tổng nhiệm vụ", view->page.plan->counts.tasks, NULL);
	add_figure(view, "ok", "Hoàn thành", counts[TASK_STATE_DONE] + counts[TASK_STATE_DONE_LATE],
	    arena_printf(view->page.arena, "%" G_GINT64_FORMAT " quá hạn", counts[TASK_STATE_DONE_LATE]));
	add_figure(view, "late", "Quá hạn", counts[TASK_STATE_OVERDUE], NULL);
	add_figure(view, "soon",
	    arena_printf(view->page.arena, "Đến hạn trong %d ngày", (int)view->page.soon_days),
	    counts[TASK_STATE_SOON], NULL);
	add_figure(view, "run", "Chờ nghiệm thu", counts[TASK_STATE_WAITING], NULL);
	return true;
}

/* What the month has brought: pieces, so that the periods of recurring tasks count too. */
static bool
load_month(const WorkScope *scope, WorkRoomView *view, GError **error)
{
	int32_t to = work_month_of(scope->today);
	int year, month, day;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	date_to_ymd(scope->today, &year, &month, &day);
	view->month = arena_printf(scope->arena, "%d/%d", month, year);
	if (!shows(view, WORK_ROOM_FIGURES))
		return true;
	if (!load_tasks(view, error) || !db_prepare(scope->db, &WORK_MONTH_FIGURES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_MONTH_FIGURES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_MONTH_FIGURES_P_PLAN_ID, view->page.scope.plan_id);
	db_bind_int(stmt, WORK_MONTH_FIGURES_P_MONTH_FROM, date_from_ymd(year, month, 1));
	db_bind_int(stmt, WORK_MONTH_FIGURES_P_MONTH_TO, to);
	if (!db_step(stmt, &has_row, error))
		return false;
	add_figure(view, "run", "Phần việc nộp trong tháng",
	    db_column_int(stmt, WORK_MONTH_FIGURES_C_SUBMITTED), NULL);
	add_figure(view, "ok", "Được nghiệm thu trong tháng",
	    db_column_int(stmt, WORK_MONTH_FIGURES_C_ACCEPTED), NULL);
	add_figure(view, "idle", "Đã cập nhật tháng này", db_column_int(stmt, WORK_MONTH_FIGURES_C_UPDATED),
	    arena_printf(scope->arena, "trên %" G_GINT64_FORMAT " phần việc đang mở",
		db_column_int(stmt, WORK_MONTH_FIGURES_C_OPEN_COUNT)));
	return true;
}

static bool
load_units(const WorkScope *scope, WorkRoomView *view, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	view->units = arena_array(scope->arena, WorkLateUnit, ROWS_READ);
	if (!shows(view, WORK_ROOM_UNITS))
		return true;
	if (!db_prepare(scope->db, &WORK_LATE_UNITS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LATE_UNITS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_LATE_UNITS_P_PLAN_ID, view->page.scope.plan_id);
	db_bind_int(stmt, WORK_LATE_UNITS_P_TODAY, scope->today);
	while (db_step(stmt, &has_row, error) && has_row)
		if (view->n_units < ROWS_READ)
			view->units[view->n_units++] = (WorkLateUnit){
			    .name = arena_strdup(scope->arena, db_column_text(stmt, WORK_LATE_UNITS_C_NAME)),
			    .url = arena_printf(scope->arena,
				WORK_LIST_PATH "?loc=qua-han&co-quan=%" G_GINT64_FORMAT,
				db_column_int(stmt, WORK_LATE_UNITS_C_AGENCY_ID)),
			    .count = db_column_int(stmt, WORK_LATE_UNITS_C_PIECE_COUNT),
			    .days = scope->today - (int32_t)db_column_int(stmt, WORK_LATE_UNITS_C_FIRST_DUE)};
	return !has_row;
}

/* Makes lines of the rows of the page's plan, at most `max`. */
static WorkLine *
fill_lines(const WorkScope *scope, const WorkSettings *settings, const WorkRoomView *view,
    const GPtrArray *rows, size_t max, size_t *ret_n)
{
	WorkLine *lines = arena_array(scope->arena, WorkLine, max + 1);
	size_t n = 0;

	for (guint i = 0; i < rows->len && n < max; i++) {
		const WorkRow *row = g_ptr_array_index(rows, i);

		if (row->piece.plan_id != view->page.scope.plan_id)
			continue;
		work_fill_line(scope, settings, row, &lines[n]);
		lines[n].reason = row->piece.state == WORK_WAITING                ? "Chờ nghiệm thu"
				  : row->piece.pending_kind == WORK_ASK_EXTENSION ? "Đề nghị gia hạn"
				  : row->piece.pending_kind == WORK_CONTEST       ? "Có ý kiến khác"
										  : NULL;
		n++;
	}
	*ret_n = n;
	return lines;
}

static bool
load_lists(const WorkScope *scope, const WorkSettings *settings, WorkRoomView *view, GError **error)
{
	const WorkFilter late = {.stage = WORK_STAGE_OPEN,
	    .plan_id = view->page.scope.plan_id,
	    .due_from = DATE_NONE,
	    .due_to = scope->today - 1,
	    .limit = ROWS_READ};
	const WorkFilter waiting = {.stage = WORK_STAGE_WAITING,
	    .plan_id = view->page.scope.plan_id,
	    .due_from = DATE_NONE,
	    .due_to = DATE_NONE,
	    .limit = ROWS_READ};
	g_autoptr(GPtrArray) late_rows = g_ptr_array_new();
	g_autoptr(GPtrArray) decision_rows = g_ptr_array_new();
	size_t max = view->block == WORK_ROOM_ALL ? ROWS_READ : ROWS_MAX;

	if ((shows(view, WORK_ROOM_LATE) && !work_list(scope, &late, late_rows, error)) ||
	    (shows(view, WORK_ROOM_DECISIONS) &&
		(!work_list_requests(scope, ROWS_READ, decision_rows, error) ||
		    !work_list(scope, &waiting, decision_rows, error))))
		return false;
	view->late_total = late_rows->len;
	view->late = fill_lines(scope, settings, view, late_rows, max, &view->n_late);
	view->decisions = fill_lines(scope, settings, view, decision_rows, max, &view->n_decisions);
	return true;
}

static const char *
block_url(const WorkRoomView *view, int block)
{
	return plan_page_link(&view->page, ROOM_PATH, "man=%s", BLOCKS[block]);
}

static void
fill_links(WorkRoomView *view)
{
	if (view->block > 0 && view->block < WORK_ROOM_MAX)
		view->previous_url = block_url(view, view->block - 1);
	if (view->block + 1 < WORK_ROOM_MAX)
		view->next_url = block_url(view, view->block + 1);
	view->all_url = block_url(view, WORK_ROOM_ALL);
	view->dashboard_url = plan_page_link(&view->page, "/", NULL);
}

bool
work_room_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	WorkRoomView view = {0};
	HttpValue values[G_N_ELEMENTS(FIELDS)];
	WorkSettings settings;

	if (!plan_page_begin(request, LAYOUT_NAV_NONE, "Phòng họp", &view.page, error))
		return false;
	if (view.page.plan == NULL)
		return plan_page_show_empty(&view.page, response);
	if (!http_query_parse(FIELDS, G_N_ELEMENTS(FIELDS), request, values, error) ||
	    !work_settings(&scope, &settings, error))
		return false;
	view.block = (int)values[0].number;
	view.page.layout.script = ASSET_WORK_JS;
	if (!load_month(&scope, &view, error) || !load_units(&scope, &view, error) ||
	    !load_lists(&scope, &settings, &view, error) || !task_show_age(&view.page, scope.now_us, error))
		return false;
	fill_links(&view);
	work_room_page(response->body, &view);
	return true;
}
