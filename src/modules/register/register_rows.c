/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/register/register_rows.h"

#include "base/app-error.h"

#define TASKS_READ_AT_ONCE 1000
#define PIECES_MAX 200000

typedef struct Collecting {
	const WorkScope *scope;
	const RegisterChoice *choice;
	RegisterContent *content;
	WorkSettings settings;
	PlanScope plan_scope;
	const PlanInfo *plan;
	GHashTable *pieces; /* of task number, to GPtrArray of WorkRow */
	GPtrArray *annexes, *columns, *groups;
	RegisterAnnex *annex; /* under way */
	int64_t annex_no, group_no;
} Collecting;

const char *
register_task_cell(const Task *task, PlanColumnKind kind)
{
	const char *text = NULL;

	switch (kind) {
	case PLAN_COLUMN_NO:
		text = task->no;
		break;
	case PLAN_COLUMN_NAME:
		text = task->name;
		break;
	case PLAN_COLUMN_LEAD:
		text = task_lead_text(task);
		break;
	case PLAN_COLUMN_COORDINATING:
		text = task->coordinating;
		break;
	case PLAN_COLUMN_OUTPUT:
		text = task->output;
		break;
	case PLAN_COLUMN_TIME:
		text = task->deadline_raw;
		break;
	case PLAN_COLUMN_UNIT:
	case PLAN_COLUMN_VALUE:
	case PLAN_COLUMN_NOTE:
	case PLAN_COLUMN_MAX:
		break;
	}
	return text != NULL ? text : "";
}

void
register_columns_of(Arena *arena, const GPtrArray *all, int64_t annex_no, GPtrArray *ret_columns)
{
	static const struct {
		PlanColumnKind kind;
		const char *title;
	} USUAL[] = {{PLAN_COLUMN_NO, "TT"}, {PLAN_COLUMN_NAME, "Nhiệm vụ"},
	    {PLAN_COLUMN_LEAD, "Cơ quan chủ trì"}, {PLAN_COLUMN_COORDINATING, "Cơ quan phối hợp"},
	    {PLAN_COLUMN_OUTPUT, "Sản phẩm"}, {PLAN_COLUMN_TIME, "Thời gian hoàn thành"}};
	bool has_own = false;

	for (guint i = 0; i < all->len; i++) {
		PlanColumnInfo *column = g_ptr_array_index(all, i);

		if (column->annex_no != annex_no)
			continue;
		g_ptr_array_add(ret_columns, column);
		has_own = true;
	}
	for (size_t i = 0; !has_own && i < G_N_ELEMENTS(USUAL); i++) {
		PlanColumnInfo *column = arena_new0(arena, PlanColumnInfo);

		column->kind = USUAL[i].kind;
		column->title = arena_strdup(arena, USUAL[i].title);
		g_ptr_array_add(ret_columns, column);
	}
}

/* --- pieces ----------------------------------------------------------------------------------------------
 */

static int
compare_pieces(gconstpointer a, gconstpointer b)
{
	const WorkPiece *x = &(*(const WorkRow *const *)a)->piece, *y = &(*(const WorkRow *const *)b)->piece;

	if (x->role != y->role)
		return x->role < y->role ? -1 : 1;
	if (x->agency_id != y->agency_id)
		return x->agency_id < y->agency_id ? -1 : 1;
	if (x->part_no != y->part_no)
		return x->part_no < y->part_no ? -1 : 1;
	return (x->period_end > y->period_end) - (x->period_end < y->period_end);
}

static bool
is_same_chain(const WorkPiece *x, const WorkPiece *y)
{
	return x->role == y->role && x->agency_id == y->agency_id && x->part_no == y->part_no;
}

static bool
is_closed(const WorkPiece *piece)
{
	return piece->state == WORK_DONE || piece->state == WORK_PAUSED || piece->state == WORK_CANCELLED;
}

/* Of each chain of periods the open ones; the last one where none is open. */
static bool
is_wanted(const GPtrArray *rows, guint at)
{
	const WorkPiece *piece = &((const WorkRow *)g_ptr_array_index(rows, at))->piece;

	if (!is_closed(piece) || piece->period_end == DATE_NONE)
		return true;
	for (guint i = 0; i < rows->len; i++) {
		const WorkPiece *other = &((const WorkRow *)g_ptr_array_index(rows, i))->piece;

		if (i != at && is_same_chain(piece, other) && (!is_closed(other) || i > at))
			return false;
	}
	return true;
}

static bool
read_pieces(Collecting *at, GError **error)
{
	const WorkFilter filter = {.whose = at->choice->whose,
	    .stage = at->choice->stage,
	    .agency_id = at->choice->agency_id,
	    .plan_id = at->plan->plan_id,
	    .due_from = DATE_NONE,
	    .due_to = DATE_NONE,
	    .limit = PIECES_MAX};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!work_list(at->scope, &filter, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		WorkRow *row = g_ptr_array_index(rows, i);
		GPtrArray *of_task = g_hash_table_lookup(at->pieces, &row->piece.task_no);

		if (of_task == NULL) {
			of_task = g_ptr_array_new();
			g_hash_table_insert(at->pieces, &row->piece.task_no, of_task);
		}
		g_ptr_array_add(of_task, row);
	}
	return true;
}

/* --- lines -----------------------------------------------------------------------------------------------
 */

static bool
is_filtered(const RegisterChoice *choice)
{
	return choice->agency_id > 0 || choice->whose != WORK_ALL || choice->stage != 0;
}

static void
free_annex(gpointer data)
{
	RegisterAnnex *annex = data;

	g_array_unref(annex->lines);
}

static void
begin_annex(Collecting *at, int64_t annex_no)
{
	Arena *arena = at->scope->arena;
	g_autoptr(GPtrArray) columns = g_ptr_array_new();
	const PlanColumnInfo **kept;

	at->annex = arena_new0(arena, RegisterAnnex);
	at->annex_no = annex_no;
	at->group_no = 0;
	at->annex->plan = at->plan;
	at->annex->label = "Nhiệm vụ";
	at->annex->lines = g_array_new(FALSE, TRUE, sizeof(RegisterLine));
	for (guint i = 0; i < at->annexes->len; i++) {
		const PlanAnnexInfo *annex = g_ptr_array_index(at->annexes, i);

		if (annex->annex_no != annex_no)
			continue;
		at->annex->label = arena_printf(arena, "Phụ lục %s", annex->label);
		at->annex->title = annex->title;
	}
	register_columns_of(arena, at->columns, annex_no, columns);
	kept = arena_array(arena, const PlanColumnInfo *, columns->len + 1);
	for (guint i = 0; i < columns->len; i++)
		kept[i] = g_ptr_array_index(columns, i);
	at->annex->columns = kept;
	at->annex->n_columns = columns->len;
	g_ptr_array_add(at->content->annexes, at->annex);
}

static bool
add_line(Collecting *at, const RegisterLine *line, GError **error)
{
	g_array_append_val(at->annex->lines, *line);
	if (++at->content->n_lines <= REGISTER_ROWS_MAX)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_LIMIT,
	    "sổ có hơn " G_STRINGIFY(REGISTER_ROWS_MAX) " dòng; hãy xuất từng kế hoạch hoặc từng đơn vị");
	return false;
}

static bool
add_headings(Collecting *at, const Task *task, GError **error)
{
	const PlanGroupInfo *open[2];
	size_t n = plan_open_groups(at->groups, task->group_no, at->group_no, open);

	for (size_t i = 0; i < n; i++)
		if (!add_line(at, &(RegisterLine){.group = open[i]}, error))
			return false;
	at->group_no = task->group_no;
	return true;
}

static bool
add_piece(Collecting *at, const Task *task, const WorkRow *row, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	RegisterLine line = {.task = task, .version = row->piece.version};

	if (!work_entries(at->scope, row->piece.piece_id, entries, error))
		return false;
	line.code = register_code(at->scope, at->content->mark, row->piece.piece_id);
	register_cells(at->scope, &at->content->people, row, entries, entries->len, at->content->month,
	    at->settings.soon_days, line.cells);
	line.cells[REGISTER_KEY] = line.code;
	return add_line(at, &line, error);
}

static bool
add_task(Collecting *at, const Task *task, GError **error)
{
	GPtrArray *rows = g_hash_table_lookup(at->pieces, &task->task_no);

	if (rows == NULL && is_filtered(at->choice))
		return true;
	if (at->annex == NULL || at->annex_no != task->annex_no)
		begin_annex(at, task->annex_no);
	if (!add_headings(at, task, error))
		return false;
	if (rows == NULL) {
		RegisterLine line = {.task = task};

		for (int field = 0; field < REGISTER_FIELD_MAX; field++)
			line.cells[field] = "";
		return add_line(at, &line, error);
	}
	g_ptr_array_sort(rows, compare_pieces);
	for (guint i = 0; i < rows->len; i++)
		if (is_wanted(rows, i) && !add_piece(at, task, g_ptr_array_index(rows, i), error))
			return false;
	return true;
}

static bool
add_tasks(Collecting *at, GError **error)
{
	const TaskFilter every = {
	    .annex_no = TASK_ANY_ANNEX, .agency_id = TASK_ANY_AGENCY, .keys = TASK_KEY_ALL};
	TaskPage page = {.order = TASK_ORDER_PLAN, .limit = TASKS_READ_AT_ONCE};
	bool has_more = true;

	while (has_more) {
		g_autoptr(GPtrArray) tasks = g_ptr_array_new();

		if (!task_list(&at->plan_scope, &every, &page, at->scope->arena, tasks, &has_more, error))
			return false;
		for (guint i = 0; i < tasks->len; i++) {
			const Task *task = g_ptr_array_index(tasks, i);

			if (!add_task(at, task, error))
				return false;
			page.after = task->task_no;
		}
	}
	return true;
}

static bool
add_plan(Collecting *at, GError **error)
{
	g_autoptr(GPtrArray) annexes = g_ptr_array_new(), columns = g_ptr_array_new(),
			     groups = g_ptr_array_new();
	g_autoptr(GHashTable) pieces =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
	Arena *arena = at->scope->arena;

	at->annexes = annexes;
	at->columns = columns;
	at->groups = groups;
	at->pieces = pieces;
	at->annex = NULL;
	at->plan_scope = (PlanScope){at->scope->db, at->scope->commune_id, at->plan->plan_id};
	return plan_list_annexes(&at->plan_scope, arena, annexes, error) &&
	       plan_list_columns(&at->plan_scope, arena, columns, error) &&
	       plan_list_groups(&at->plan_scope, 1, G_MAXINT32, arena, groups, error) &&
	       read_pieces(at, error) && add_tasks(at, error);
}

bool
register_collect(
    const WorkScope *scope, const RegisterChoice *choice, RegisterContent *ret_content, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	Collecting at = {.scope = scope, .choice = choice, .content = ret_content};
	unsigned n = 0;

	*ret_content = (RegisterContent){
	    .annexes = g_ptr_array_new_with_free_func(free_annex), .month = work_month_of(scope->today)};
	if (!register_people_read(scope, &ret_content->people, error) ||
	    !register_mark(scope, &ret_content->mark, error) || !work_settings(scope, &at.settings, error) ||
	    !plan_list(scope->db, scope->commune_id, scope->arena, plans, error))
		return false;
	if (scope->visitor != NULL)
		plan_keep_readable(scope->visitor, plans);
	for (guint i = plans->len; i > 0; i--) {
		at.plan = g_ptr_array_index(plans, i - 1);
		if (!at.plan->is_current || (choice->plan_id > 0 && at.plan->plan_id != choice->plan_id))
			continue;
		n++;
		if (!add_plan(&at, error))
			return false;
	}
	if (n > 0)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND,
	    "không có kế hoạch đang thực hiện nào như vậy; xem danh sách ở trang Kế hoạch");
	return false;
}

void
register_content_clear(RegisterContent *content)
{
	register_people_clear(&content->people);
	g_clear_pointer(&content->annexes, g_ptr_array_unref);
}
