/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/cells.h"

#include "compiler/parse/cell_score.h"
#include "compiler/parse/paragraphs.h"

#include <string.h>

#define NOWHERE INT32_MIN
#define NEW_ROW_COST 40  /* text without a number begins a row of its own */
#define CONTINUE_COST 15 /* a cell goes on behind a page break */
#define LONGEST_CELL 160 /* atoms */

/* The best way to have read the atoms before one point, the last of them in one column. */
typedef struct {
	int32_t score;
	uint16_t from; /* the last cell is atoms from..here */
	uint8_t column_before;
	bool is_new_row; /* the last cell opens a row */
	bool is_continued;
} Best;

typedef struct {
	Arena *arena, *scratch;
	const Columns *columns;
	const Atoms *atoms;
	const ColumnWidths *widths;
	size_t name;
	Best *best; /* (atoms + 1) x columns */
} Search;

static Best *
best_at(const Search *search, size_t atom, size_t column)
{
	return &search->best[atom * search->columns->len + column];
}

static int
skip_costs(const Search *search, size_t after, size_t until)
{
	int cost = 0;

	for (size_t c = after + 1; c < until; c++)
		if (search->columns->items[c].kind != PLAN_COLUMN_NO)
			cost += cell_skip_cost(search->columns, c);
	return cost;
}

static int
boundary_score(const Search *search, size_t atom, size_t skipped)
{
	const Atom *next = &search->atoms->items[atom];
	const Atom *previous = &search->atoms->items[atom - 1];
	char first = search->atoms->folded.fold[next->from];

	if (next->before & ATOM_EMPTY)
		return skipped == 1 ? 15 : skipped > 1 ? 10 : -2;
	if (next->before & ATOM_HARD)
		return 15;
	if (next->before & ATOM_INLINE_GAP)
		return skipped == 1 ? 12 : -3;
	if (next->before & ATOM_WRAP)
		return -3;
	/* Inside a line a cell ends between values, before an agency, or where a printed row was short. */
	if (g_ascii_isdigit(first) || strchr("%-<>", first) != NULL || (unsigned char)first >= 0x80 ||
	    search->atoms->folded.fold[previous->to - 1] == '%')
		return 0;
	return next->follows_agency ? -10 : -22;
}

static void
offer(const Search *search, size_t to, size_t column, Best candidate)
{
	Best *best = best_at(search, to, column);

	if (candidate.score > best->score)
		*best = candidate;
}

/* "Tăng cường ứng dụng công nghệ trong giáo dục:" heads the rows below it. */
static bool
is_lead_in(const Search *search, size_t atom)
{
	return g_str_has_suffix(search->atoms->items[atom - 1].text, ":") &&
	       (search->atoms->items[atom].before & (ATOM_HARD | ATOM_EMPTY)) &&
	       search->atoms->items[atom].starts_upper;
}

/* Extends every reading that ends before atom `from` by the cell from..to in `column`. */
static void
extend(const Search *search, size_t from, size_t to, size_t column, int fresh, int continued)
{
	const Atom *first = &search->atoms->items[from];
	bool is_page = first->before & ATOM_PAGE;

	for (size_t p = 0; p < search->columns->len; p++) {
		const Best *before = best_at(search, from, p);
		Best candidate = {.from = (uint16_t)from, .column_before = (uint8_t)p};

		if (before->score == NOWHERE)
			continue;
		if (column > p) {
			candidate.score = before->score + fresh - skip_costs(search, p, column) +
					  boundary_score(search, from, column - p - 1);
			offer(search, to, column, candidate);
		}
		if (is_page && column <= p) {
			candidate.is_continued = true;
			candidate.score = before->score + continued - CONTINUE_COST;
			offer(search, to, column, candidate);
		}
		if (column == search->name && p == search->name && is_lead_in(search, from)) {
			candidate.is_continued = false;
			candidate.is_new_row = true;
			candidate.score = before->score + fresh;
			offer(search, to, column, candidate);
		}
		if (column == search->name && p > search->name &&
		    !(first->before & (ATOM_INLINE | ATOM_INLINE_GAP))) {
			candidate.is_continued = false;
			candidate.is_new_row = true;
			candidate.score = before->score + fresh - NEW_ROW_COST -
					  skip_costs(search, p, search->columns->len) +
					  boundary_score(search, from, 0);
			offer(search, to, column, candidate);
		}
	}
}

static void
run_search(const Search *search)
{
	size_t n = search->atoms->len;

	for (size_t i = 0; i < (n + 1) * search->columns->len; i++)
		search->best[i].score = NOWHERE;
	for (size_t to = 1; to <= n; to++) {
		for (size_t from = to > LONGEST_CELL ? to - LONGEST_CELL : 0; from < to; from++) {
			for (size_t c = 0; c < search->columns->len; c++) {
				int fresh, continued = 0;

				if (search->columns->items[c].kind == PLAN_COLUMN_NO)
					continue;
				fresh = cell_score(search->scratch, search->columns, search->atoms,
				    search->widths, c, from, to, false);
				if (from == 0) {
					Best first = {.score = fresh - skip_costs(search, SIZE_MAX, c),
					    .column_before = UINT8_MAX};

					offer(search, to, c, first);
					continue;
				}
				if (search->atoms->items[from].before & ATOM_PAGE)
					continued = cell_score(search->scratch, search->columns,
					    search->atoms, search->widths, c, from, to, true);
				extend(search, from, to, c, fresh, continued);
			}
		}
	}
}

static size_t
best_end(const Search *search, int32_t *ret_score)
{
	size_t best_column = search->name;
	int32_t best_score = NOWHERE;

	for (size_t c = 0; c < search->columns->len; c++) {
		const Best *best = best_at(search, search->atoms->len, c);
		int32_t score;

		if (best->score == NOWHERE)
			continue;
		score = best->score - skip_costs(search, c, search->columns->len);
		if (score > best_score) {
			best_score = score;
			best_column = c;
		}
	}
	*ret_score = best_score;
	return best_column;
}

static char *
cell_text(Arena *arena, const Atoms *atoms, size_t from, size_t to, const char *before)
{
	g_autoptr(GString) text = g_string_new(before);

	for (size_t i = from; i < to; i++)
		join_wrapped(text, atoms->items[i].text);
	return arena_strdup(arena, text->str);
}

typedef struct {
	size_t from, to, column;
	bool opens;
} FoundCell;

/* Walks back from the end and sets the cells, last row first. */
static void
collect(const Search *search, size_t column, GPtrArray *rows)
{
	g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(FoundCell));
	size_t to = search->atoms->len;
	CellRow *row = NULL;

	while (to > 0) {
		const Best *best = best_at(search, to, column);
		FoundCell cell = {best->from, to, column, best->is_new_row || best->from == 0};

		g_array_append_val(cells, cell);
		to = best->from;
		column = best->column_before;
	}
	for (guint i = cells->len; i-- > 0;) {
		const FoundCell *cell = &g_array_index(cells, FoundCell, i);

		if (cell->opens || row == NULL) {
			row = arena_new0(search->arena, CellRow);
			row->first_line = search->atoms->items[cell->from].line;
			row->confidence = 100;
			g_ptr_array_add(rows, row);
		}
		row->cells[cell->column] =
		    cell_text(search->arena, search->atoms, cell->from, cell->to, row->cells[cell->column]);
		row->last_line = search->atoms->items[cell->to - 1].line;
	}
}

static Search
search_new(Arena *arena, const Columns *columns, const Atoms *atoms, const ColumnWidths *widths)
{
	Search search = {
	    .arena = arena, .scratch = arena_new(), .columns = columns, .atoms = atoms, .widths = widths};

	search.name = columns_find(columns, PLAN_COLUMN_NAME);
	search.best = arena_array(search.scratch, Best, (atoms->len + 1) * columns->len);
	run_search(&search);
	return search;
}

void
cells_split(
    Arena *arena, const Columns *columns, const Atoms *atoms, const ColumnWidths *widths, GPtrArray *rows)
{
	Search search = search_new(arena, columns, atoms, widths);
	int32_t score;
	size_t column = best_end(&search, &score);
	guint before = rows->len;

	if (atoms->len > 0)
		collect(&search, column, rows);
	for (guint i = before; i < rows->len; i++)
		((CellRow *)g_ptr_array_index(rows, i))->confidence = score < 0 ? 50 : score < 40 ? 80 : 100;
	arena_free(search.scratch);
}

void
cells_measure(Arena *arena, const Columns *columns, const Atoms *atoms, ColumnWidths *widths)
{
	Search search = search_new(arena, columns, atoms, NULL);
	int32_t score;
	size_t column = best_end(&search, &score), to = atoms->len;

	while (to > 0) {
		const Best *best = best_at(&search, to, column);

		for (size_t i = best->from; i < to; i++)
			if (atoms->items[i].is_whole_line)
				widths->chars[column] = MAX(widths->chars[column], atoms->items[i].chars);
		to = best->from;
		column = best->column_before;
	}
	arena_free(search.scratch);
}
