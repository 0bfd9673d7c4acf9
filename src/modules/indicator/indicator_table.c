/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator_pages.h"

#define YEARS_AS_COLUMNS 8 /* milestone years of the text; with more, all targets stand in one column */

/* What building the tables of one page needs. */
typedef struct Building {
	IndicatorListView *view;
	const GPtrArray *indicators; /* of Indicator * */
	const GPtrArray *columns;    /* of PlanColumnInfo *, of all annexes */
	const GPtrArray *groups;     /* of PlanGroupInfo * */
} Building;

static const IndicatorColumn FIRST_COLUMNS[] = {
    {PLAN_COLUMN_NO, "Số", 0, false},
    {PLAN_COLUMN_NAME, "Chỉ tiêu", 0, false},
};

/* Marks the first milestone of a table that has not ended. */
static void
mark_next(const Building *building, IndicatorTable *table)
{
	IndicatorColumn *next = NULL;
	int this_year, month, day;

	date_to_ymd(building->view->page.today, &this_year, &month, &day);
	for (size_t i = 0; i < table->n_columns; i++) {
		IndicatorColumn *column = &table->columns[i];

		if (column->kind == PLAN_COLUMN_VALUE && column->year >= this_year &&
		    (next == NULL || column->year < next->year))
			next = column;
	}
	if (next != NULL)
		next->is_next = true;
}

static void
append_column(GArray *columns, PlanColumnKind kind, const char *title, int year)
{
	const IndicatorColumn column = {kind, title, year, false};

	g_array_append_val(columns, column);
}

static bool
has_column(const GArray *columns, PlanColumnKind kind)
{
	for (guint i = 0; i < columns->len; i++)
		if (g_array_index(columns, IndicatorColumn, i).kind == kind)
			return true;
	return false;
}

static void
append_own_columns(const Building *building, int64_t annex_no, GArray *columns)
{
	guint n_values = 0;

	for (guint i = 0; i < building->columns->len; i++) {
		const PlanColumnInfo *column = g_ptr_array_index(building->columns, i);

		if (column->annex_no != annex_no)
			continue;
		n_values += column->kind == PLAN_COLUMN_VALUE;
		append_column(columns, column->kind, column->title, column->year);
	}
	/* One column for values takes the targets of every year. */
	for (guint i = 0; i < columns->len && n_values == 1; i++)
		if (g_array_index(columns, IndicatorColumn, i).kind == PLAN_COLUMN_VALUE)
			g_array_index(columns, IndicatorColumn, i).year = 0;
}

/* The columns of indicators without a table of their own: name, then a column for each milestone year. */
static void
append_text_columns(const Building *building, GArray *columns)
{
	const GArray *years = building->view->years;
	bool is_by_year = years->len <= YEARS_AS_COLUMNS;

	for (guint i = 0; i < years->len && is_by_year; i++) {
		int year = g_array_index(years, IndicatorYear, i).year;

		if (year != 0)
			append_column(columns, PLAN_COLUMN_VALUE,
			    arena_printf(building->view->page.arena, "Năm %d", year), year);
	}
	if (columns->len > 1)
		append_column(columns, PLAN_COLUMN_VALUE, "Không nêu năm", -1);
	else
		append_column(columns, PLAN_COLUMN_VALUE, "Mục tiêu", 0);
}

static void
make_columns(const Building *building, int64_t annex_no, IndicatorTable *table)
{
	g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(IndicatorColumn));
	Arena *arena = building->view->page.arena;

	append_own_columns(building, annex_no, columns);
	if (!has_column(columns, PLAN_COLUMN_NAME))
		g_array_prepend_val(columns, FIRST_COLUMNS[1]);
	if (annex_no > 0 && !has_column(columns, PLAN_COLUMN_NO))
		g_array_prepend_val(columns, FIRST_COLUMNS[0]);
	if (!has_column(columns, PLAN_COLUMN_VALUE))
		append_text_columns(building, columns);
	table->n_columns = columns->len;
	table->columns = arena_array(arena, IndicatorColumn, columns->len);
	for (guint i = 0; i < columns->len; i++)
		table->columns[i] = g_array_index(columns, IndicatorColumn, i);
	mark_next(building, table);
}

static bool
has_several_years(const Indicator *indicator)
{
	for (guint i = 1; i < indicator->n_targets; i++)
		if (indicator_target(indicator, i)->year != indicator_target(indicator, 0)->year)
			return true;
	return false;
}

/* The targets that stand in one column, one after the other. year 0: all; -1: those without a year. */
static const char *
targets_cell(const Building *building, const Indicator *indicator, int year)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < indicator->n_targets; i++) {
		const IndicatorTarget *target = indicator_target(indicator, i);

		if (year != 0 && target->year != MAX(year, 0))
			continue;
		if (text->len > 0)
			g_string_append(text, "; ");
		if (year == 0 && target->year != 0 && has_several_years(indicator))
			g_string_append_printf(text, "%d: ", target->year);
		indicator_append_target(target, indicator->unit, text);
	}
	return text->len > 0 ? plan_page_keep(&building->view->page, text) : NULL;
}

static const char *
cell_of(const Building *building, const Indicator *indicator, const IndicatorColumn *column)
{
	switch (column->kind) {
	case PLAN_COLUMN_NO:
		return indicator->no;
	case PLAN_COLUMN_NAME:
		return indicator->name;
	case PLAN_COLUMN_UNIT:
		return indicator->unit;
	case PLAN_COLUMN_VALUE:
		return targets_cell(building, indicator, column->year);
	case PLAN_COLUMN_LEAD:
		return *indicator->lead != '\0' ? indicator->lead : NULL;
	case PLAN_COLUMN_COORDINATING:
		return *indicator->coordinating != '\0' ? indicator->coordinating : NULL;
	case PLAN_COLUMN_OUTPUT:
		return indicator->output;
	case PLAN_COLUMN_TIME:
	case PLAN_COLUMN_NOTE:
	case PLAN_COLUMN_MAX:
		break;
	}
	return NULL;
}

static void
make_row(const Building *building, const IndicatorTable *table, const Indicator *indicator, IndicatorRow *row)
{
	const PlanPage *page = &building->view->page;

	*row = (IndicatorRow){
	    .indicator = indicator,
	    .url = plan_page_link(page,
		arena_printf(page->arena, "/chi-tieu/%" G_GINT64_FORMAT, indicator->indicator_no), NULL),
	    .cells = arena_array(page->arena, const char *, table->n_columns),
	};
	for (size_t i = 0; i < table->n_columns; i++)
		row->cells[i] = cell_of(building, indicator, &table->columns[i]);
}

/* Makes the table of the run of indicators from `first` on that stand in one annex; gives the run's end. */
static guint
make_table(const Building *building, guint first, IndicatorTable *table)
{
	const PlanPage *page = &building->view->page;
	int64_t annex_no = ((const Indicator *)g_ptr_array_index(building->indicators, first))->annex_no;
	const PlanAnnexInfo *annex = plan_page_annex(page, annex_no);
	int64_t before = 0;
	guint i;

	make_columns(building, annex_no, table);
	table->title = annex == NULL          ? "Chỉ tiêu nêu trong lời văn"
		       : annex->title == NULL ? plan_page_annex_title(page, annex)
					      : arena_printf(page->arena, "%s: %s",
						    plan_page_annex_title(page, annex), annex->title);
	table->rows = arena_array(page->arena, IndicatorRow, building->indicators->len - first);
	for (i = first; i < building->indicators->len; i++) {
		const Indicator *indicator = g_ptr_array_index(building->indicators, i);
		IndicatorRow *row = &table->rows[table->n_rows];

		if (indicator->annex_no != annex_no)
			break;
		make_row(building, table, indicator, row);
		row->n_groups = plan_open_groups(building->groups, indicator->group_no, before, row->groups);
		before = indicator->group_no;
		table->n_rows++;
	}
	return i;
}

bool
indicator_make_tables(IndicatorListView *view, const GPtrArray *indicators, GError **error)
{
	g_autoptr(GPtrArray) columns = g_ptr_array_new();
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	const Building building = {view, indicators, columns, groups};
	int64_t first = INT64_MAX, last = 0;

	for (guint i = 0; i < indicators->len; i++) {
		int64_t group_no = ((const Indicator *)g_ptr_array_index(indicators, i))->group_no;

		first = group_no > 0 ? MIN(first, group_no) : first;
		last = MAX(last, group_no);
	}
	if (!plan_list_columns(&view->page.scope, view->page.arena, columns, error))
		return false;
	if (!plan_list_groups_above(&view->page, first, last, groups, error))
		return false;
	view->tables = arena_array(view->page.arena, IndicatorTable, indicators->len + 1);
	for (guint i = 0; i < indicators->len;)
		i = make_table(&building, i, &view->tables[view->n_tables++]);
	return true;
}
