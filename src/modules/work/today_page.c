/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "modules/calendar/calendar.h"
#include "modules/work/pages/today.html.h"
#include "modules/work/work_pages.h"
#include "modules/work/work_unassigned.h"

#include <stdio.h>
#include <stdlib.h>

#define ROWS_READ 200 /* of which the first that need action are shown */
#define LINES_MAX 50
#define ORPHANS_MAX 5

enum { KEY_WHOSE, KEY_MAX };

static const char *const WHOSE_WORDS[] = {"toan-xa", "cua-toi", "lien-quan", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = WHOSE_WORDS},
};

/* What is done first comes first. */
typedef enum {
	RANK_RETURNED,
	RANK_LATE,
	RANK_ACCEPT,
	RANK_DECIDE,
	RANK_SOON,
	RANK_TAKE,
	RANK_UPDATE,
	RANK_NONE,
} Rank;

typedef struct Todo {
	const WorkRow *row;
	Rank rank;
} Todo;

typedef struct Today {
	const WorkScope *scope;
	const WorkSettings *settings;
	WorkWhose whose;
	GArray *todos; /* of Todo */
} Today;

static bool
lacks_update(const Today *today, const WorkPiece *piece)
{
	int32_t month = work_month_of(today->scope->today);

	return today->whose == WORK_MINE && piece->updated_month < month;
}

static Rank
rank_of(const Today *today, const WorkPiece *piece)
{
	WorkWhen when = work_when(piece, today->scope->today, today->settings->action_days);

	if (piece->is_returned)
		return RANK_RETURNED;
	if (when.timeliness == WORK_LATE)
		return RANK_LATE;
	if (when.timeliness == WORK_SOON)
		return RANK_SOON;
	if (today->whose == WORK_MINE && !piece->is_taken)
		return RANK_TAKE;
	return lacks_update(today, piece) ? RANK_UPDATE : RANK_NONE;
}

static const char *
reason_of(const Today *today, const WorkPiece *piece, Rank rank)
{
	static const char *const REASONS[] = {
	    [RANK_RETURNED] = "Bị trả lại: xem lý do, sửa rồi nộp lại",
	    [RANK_LATE] = "Quá hạn: nộp kết quả hoặc đề nghị gia hạn",
	    [RANK_ACCEPT] = "Đã nộp, chờ nghiệm thu",
	    [RANK_DECIDE] = "Chờ quyết định",
	    [RANK_SOON] = "Sắp đến hạn",
	    [RANK_TAKE] = "Chờ nhận việc",
	    [RANK_UPDATE] = "Chưa cập nhật",
	    [RANK_NONE] = "",
	};
	int year, month, day;

	if (rank == RANK_DECIDE)
		return piece->pending_kind == WORK_ASK_EXTENSION ? "Đề nghị gia hạn, chờ quyết định"
								 : "Có ý kiến khác, chờ quyết định";
	if (rank == RANK_LATE && today->whose != WORK_MINE)
		return "Quá hạn, cần đôn đốc";
	if (rank != RANK_UPDATE)
		return REASONS[rank];
	date_to_ymd(today->scope->today, &year, &month, &day);
	return arena_printf(today->scope->arena, "Chưa cập nhật tháng %d/%d", month, year);
}

static void
add_todo(Today *today, const WorkRow *row, Rank rank)
{
	Todo todo = {row, rank};

	if (rank != RANK_NONE)
		g_array_append_val(today->todos, todo);
}

static bool
collect_open(Today *today, GError **error)
{
	const WorkFilter filter = {.whose = today->whose,
	    .stage = WORK_STAGE_OPEN,
	    .due_from = DATE_NONE,
	    .due_to = DATE_NONE,
	    .limit = ROWS_READ};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!work_list(today->scope, &filter, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const WorkRow *row = g_ptr_array_index(rows, i);

		add_todo(today, row, rank_of(today, &row->piece));
	}
	return true;
}

/* What waits for a judgement is everybody's who may judge, whatever the scope. */
static bool
collect_waiting(Today *today, GError **error)
{
	const WorkScope *scope = today->scope;
	const WorkFilter filter = {
	    .stage = WORK_STAGE_WAITING, .due_from = DATE_NONE, .due_to = DATE_NONE, .limit = ROWS_READ};
	g_autoptr(GPtrArray) waiting = g_ptr_array_new();
	g_autoptr(GPtrArray) requests = g_ptr_array_new();

	if ((work_may(scope, APP_ACCEPT) && !work_list(scope, &filter, waiting, error)) ||
	    (work_may(scope, APP_DECIDE) && !work_list_requests(scope, ROWS_READ, requests, error)))
		return false;
	for (guint i = 0; i < waiting->len; i++) {
		const WorkRow *row = g_ptr_array_index(waiting, i);

		if (scope->actor.person_id == 0 || row->piece.submitter_id != scope->actor.person_id)
			add_todo(today, row, RANK_ACCEPT);
	}
	for (guint i = 0; i < requests->len; i++)
		add_todo(today, g_ptr_array_index(requests, i), RANK_DECIDE);
	return true;
}

static int
compare_todos(gconstpointer a, gconstpointer b)
{
	const Todo *first = a, *second = b;
	int64_t x = work_due_key(&first->row->piece), y = work_due_key(&second->row->piece);

	if (first->rank != second->rank)
		return first->rank > second->rank ? 1 : -1;
	if (x != y)
		return x > y ? 1 : -1;
	return first->row->piece.piece_id > second->row->piece.piece_id ? 1 : -1;
}

static void
fill_lines(Today *today, WorkTodayView *view)
{
	const WorkScope *scope = today->scope;

	g_array_sort(today->todos, compare_todos);
	view->n_lines = MIN(today->todos->len, LINES_MAX);
	view->has_more = today->todos->len > LINES_MAX;
	view->lines = arena_array(scope->arena, WorkLine, view->n_lines + 1);
	for (size_t i = 0; i < view->n_lines; i++) {
		const Todo *todo = &g_array_index(today->todos, Todo, i);

		work_fill_line(scope, today->settings, todo->row, &view->lines[i]);
		view->lines[i].reason = reason_of(today, &todo->row->piece, todo->rank);
		view->lines[i].may_update =
		    today->whose == WORK_MINE && work_stage(todo->row->piece.state) == WORK_STAGE_OPEN;
	}
}

/* Whatever else there is to do about them first. */
static int64_t
count_silent(const Today *today)
{
	int64_t n = 0;

	for (guint i = 0; i < today->todos->len; i++) {
		const WorkPiece *piece = &g_array_index(today->todos, Todo, i).row->piece;

		n += work_stage(piece->state) == WORK_STAGE_OPEN && lacks_update(today, piece);
	}
	return n;
}

/* Of the whole commune counted in the store; of a person's own what was read. */
static bool
count_due(const Today *today, WorkStage stage, int32_t from, int32_t to, int64_t *ret_count, GError **error)
{
	const WorkFilter filter = {
	    .whose = today->whose, .stage = (int)stage, .due_from = from, .due_to = to, .limit = 1000};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (today->whose == WORK_ALL)
		return work_count(today->scope, (int)stage, from, to, ret_count, error);
	if (!work_list(today->scope, &filter, rows, error))
		return false;
	*ret_count = rows->len;
	return true;
}

static const char *
list_url(const Today *today, const char *choice)
{
	return arena_printf(
	    today->scope->arena, WORK_LIST_PATH "?pham-vi=%s&loc=%s", WORK_WHOSE_WORDS[today->whose], choice);
}

static bool
fill_figures(const Today *today, WorkTodayView *view, GError **error)
{
	int32_t now = today->scope->today, ahead = now + today->settings->action_days;
	int64_t late, soon, later, waiting;

	/* What is open falls into three, so that each piece is counted once. */
	if (!count_due(today, WORK_STAGE_OPEN, DATE_NONE, now - 1, &late, error) ||
	    !count_due(today, WORK_STAGE_OPEN, now, ahead, &soon, error) ||
	    !count_due(today, WORK_STAGE_OPEN, ahead + 1, DATE_NONE, &later, error) ||
	    !count_due(today, WORK_STAGE_WAITING, DATE_NONE, DATE_NONE, &waiting, error))
		return false;
	view->figures[0] = (PartFigure){"late", "Quá hạn", late, -1, list_url(today, "qua-han"), NULL};
	view->figures[1] = (PartFigure){"soon",
	    arena_printf(today->scope->arena, "Đến hạn trong %d ngày", today->settings->action_days), soon,
	    -1, list_url(today, "den-han"), NULL};
	view->figures[2] =
	    (PartFigure){"run", "Chờ nghiệm thu", waiting, -1, list_url(today, "cho-nghiem-thu"), NULL};
	view->figures[3] =
	    (PartFigure){"idle", "Đang mở", late + soon + later, -1, list_url(today, "dang-mo"),
		today->whose == WORK_MINE
		    ? arena_printf(today->scope->arena, "%" G_GINT64_FORMAT " chưa cập nhật tháng này",
			  count_silent(today))
		    : NULL};
	return true;
}

/* A person with work of his own sees that first. */
static bool
choose_whose(const WorkScope *scope, const HttpValue *asked, WorkWhose *ret_whose, GError **error)
{
	const WorkFilter filter = {
	    .whose = WORK_MINE, .due_from = DATE_NONE, .due_to = DATE_NONE, .limit = 1};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	*ret_whose = asked->is_set ? (WorkWhose)asked->number : WORK_ALL;
	if (asked->is_set)
		return true;
	if (!work_list(scope, &filter, rows, error))
		return false;
	*ret_whose = rows->len > 0 ? WORK_MINE : WORK_ALL;
	return true;
}

/* "xong=12.3": piece 12 has just got entry 3, which its writer may take back for some seconds. */
static bool
find_written(const HttpRequest *request, const Today *today, WorkTodayView *view, GError **error)
{
	WorkRow *row = arena_new0(request->arena, WorkRow);
	WorkLine *line = arena_new0(request->arena, WorkLine);
	int piece_id = 0, entry_no = 0;

	for (size_t i = 0; i < request->n_query; i++)
		if (g_strcmp0(request->query[i].name, "xong") == 0 &&
		    sscanf(request->query[i].value, "%9d.%9d", &piece_id, &entry_no) != 2)
			piece_id = 0;
	if (piece_id <= 0)
		return true;
	if (!work_find_row(today->scope, piece_id, row, error))
		return false;
	if (row->piece.version != entry_no ||
	    today->scope->now_us - row->piece.last_us > today->settings->undo_seconds * INSTANT_SECOND)
		return true;
	work_fill_line(today->scope, today->settings, row, line);
	view->written = line;
	view->written_no = entry_no;
	return true;
}

static bool
find_gap(const WorkScope *scope, int *ret_year, GError **error)
{
	return calendar_gap(scope->db, scope->commune_id, scope->today, ret_year, error);
}

static void
fill_frame(HttpRequest *request, const Today *today, WorkTodayView *view)
{
	char month[DATE_ISO_SIZE];
	int year, of_year, day;

	work_fill_layout(request, "Hôm nay", &view->layout);
	view->whose = today->whose;
	view->may_assign = work_may(today->scope, APP_OPERATE);
	view->is_nobody = today->scope->actor.person_id == 0;
	date_format_iso(work_month_of(today->scope->today), month);
	view->month = arena_strdup(request->arena, month);
	date_to_ymd(today->scope->today, &year, &of_year, &day);
	date_format_iso(today->scope->today - day, month);
	view->previous_month = arena_strdup(request->arena, month);
	view->lock_day = today->settings->lock_day;
	for (int whose = 0; whose < WORK_WHOSE_MAX; whose++)
		view->tabs[whose] = (WorkTab){WORK_WHOSE_TITLES[whose],
		    arena_printf(request->arena, WORK_TODAY_PATH "?pham-vi=%s", WORK_WHOSE_WORDS[whose]),
		    whose == (int)today->whose};
}

bool
work_today_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GArray) todos = g_array_new(FALSE, FALSE, sizeof(Todo));
	g_autoptr(GPtrArray) orphans = g_ptr_array_new();
	WorkTodayView view = {.orphans = orphans};
	HttpValue values[KEY_MAX];
	WorkSettings settings;
	Today today = {.scope = &scope, .settings = &settings, .todos = todos};

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !work_settings(&scope, &settings, error) ||
	    !choose_whose(&scope, &values[KEY_WHOSE], &today.whose, error) || !collect_open(&today, error) ||
	    !collect_waiting(&today, error) || !fill_figures(&today, &view, error) ||
	    !find_written(request, &today, &view, error) || !find_gap(&scope, &view.calendar_gap, error) ||
	    (work_may(&scope, APP_OPERATE) && today.whose == WORK_ALL &&
		!work_list_unassigned(&scope, 0, 0, ORPHANS_MAX + 1, orphans, error)))
		return false;
	fill_frame(request, &today, &view);
	if (!task_age_text(&(PlanScope){scope.db, scope.commune_id, 0}, scope.now_us, scope.arena,
		&view.layout.as_of, error))
		return false;
	view.has_more_orphans = orphans->len > ORPHANS_MAX;
	g_ptr_array_set_size(orphans, MIN((int)orphans->len, ORPHANS_MAX));
	fill_lines(&today, &view);
	work_today_page(response->body, &view);
	return true;
}
