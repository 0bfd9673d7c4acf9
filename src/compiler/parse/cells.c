/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/cells.h"

#include "compiler/parse/cell_score.h"
#include "compiler/parse/paragraphs.h"

#include <string.h>

#define NOWHERE INT32_MIN
#define NEW_ROW_COST 40  /* text without a number begins a row of its own */
#define FINISHES 12      /* a cell that goes on behind a page break had ended in the middle of a phrase */
#define CONTINUE_COST 10 /* a cell goes on behind a page break */
#define HOPELESS_SCORE (-100)   /* no reading of a row wins with such a cell; names may be long and odd */
#define LONGEST_CELL 160        /* atoms */
#define HOPELESS_BOUNDARIES 200 /* a span that crosses so many boundaries is no cell, nor is a longer one */

/* The best way to have read the atoms before one point, the last of them in one column. */
typedef struct {
	int32_t score;
	uint16_t from; /* the last cell is atoms from..here */
	uint8_t column_before;
	uint8_t
	    reached; /* the last column of the row that was filled: a continued cell goes back before it */
	uint32_t unfinished; /* bit per column: its cell ends in a word that wants another behind it */
	bool is_new_row;     /* the last cell opens a row */
	bool is_behind_page; /* the last cell went on from before a page break */
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

/* A line as long as its column can hold was wrapped; the last line of a cell is seldom that long. */
static bool
is_full_line(const Search *search, const Atom *atom, size_t column)
{
	uint16_t width = search->widths != NULL ? search->widths->chars[column] : 0;

	return width > 20 && atom->is_whole_line && atom->chars * 20u >= width * 19u;
}

static int
boundary_score(const Search *search, size_t atom, size_t before_column, size_t skipped)
{
	const Atom *next = &search->atoms->items[atom];
	const Atom *previous = &search->atoms->items[atom - 1];
	char first = search->atoms->folded.fold[next->from];

	/* "… học Tháng" before "6/2026": the time begins with the word. */
	if (previous->words == 1 && previous->starts_time && previous->starts_upper &&
	    !previous->is_exact_time)
		return -50;
	if (next->before & ATOM_EMPTY)
		return skipped == 1 ? (next->before & ATOM_BLANK ? 42 : 15) : skipped > 1 ? 10 : -2;
	if (next->before & ATOM_HARD)
		return 15;
	if (next->before & ATOM_INLINE_GAP)
		return skipped == 1 ? 42 : -3;
	/* "Các cơ quan," / "đơn vị": a list that goes on. */
	if ((next->before & ATOM_WRAP) && previous->is_dangling && next->starts_lower)
		return -18;
	if (next->before & ATOM_WRAP)
		return is_full_line(search, previous, before_column) ? -11 : -3;
	/* Inside a line a cell ends between values, before an agency, or where a printed row was short. */
	if (g_ascii_isdigit(first) || strchr("%-<>", first) != NULL || (unsigned char)first >= 0x80 ||
	    search->atoms->folded.fold[previous->to - 1] == '%')
		return 0;
	if (next->is_exact_time)
		return -5;
	return next->follows_agency || previous->has_stop ? -10 : -22;
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

/* A cell that ends in the middle of a phrase, or a value with a long explanation, may go on behind a page. */
static uint32_t
unfinished_bit(const Search *search, size_t from, size_t to, size_t column)
{
	bool is_long_value = search->columns->items[column].kind == PLAN_COLUMN_VALUE && to - from > 3;

	return search->atoms->items[to - 1].is_dangling || is_long_value ? 1u << column : 0;
}

/* Extends every reading that ends before atom `from` by the cell from..to in `column`. */
static void
extend(const Search *search, size_t from, size_t to, size_t column, int fresh, int continued)
{
	const Atom *first = &search->atoms->items[from];
	bool may_open_row = column == search->name && !(first->before & (ATOM_INLINE | ATOM_INLINE_GAP));

	for (size_t p = 0; p < search->columns->len; p++) {
		const Best *before = best_at(search, from, p);
		Best next = {.from = (uint16_t)from, .column_before = (uint8_t)p, .reached = (uint8_t)column};

		if (before->score == NOWHERE)
			continue;
		if (column > before->reached) {
			next.score = before->score + fresh - skip_costs(search, before->reached, column) +
				     boundary_score(search, from, p, column - p - 1);
			next.unfinished = before->unfinished | unfinished_bit(search, from, to, column);
			offer(search, to, column, next);
		}
		if (column <= before->reached &&
		    ((first->before & ATOM_PAGE) || (before->is_behind_page && column > p))) {
			bool finishes = before->unfinished >> column & 1;

			next.score = before->score + continued + (finishes ? FINISHES : -CONTINUE_COST) +
				     (first->before & ATOM_PAGE ? 0
					 : finishes             ? -6
								: boundary_score(search, from, p, 0));
			next.is_behind_page = true;
			next.reached = before->reached;
			next.unfinished = before->unfinished & ~(1u << column);
			offer(search, to, column, next);
		}
		next.unfinished = unfinished_bit(search, from, to, column);
		next.is_behind_page = false;
		next.is_new_row = true;
		next.reached = (uint8_t)column;
		if (may_open_row && p == search->name && is_lead_in(search, from)) {
			next.score = before->score + fresh;
			offer(search, to, column, next);
		}
		if (may_open_row && p > search->name) {
			next.score = before->score + fresh - NEW_ROW_COST -
				     skip_costs(search, before->reached, search->columns->len) +
				     boundary_score(search, from, p, 0);
			offer(search, to, column, next);
		}
	}
}

static bool
is_reached(const Search *search, size_t atom)
{
	for (size_t c = 0; c < search->columns->len; c++)
		if (best_at(search, atom, c)->score != NOWHERE)
			return true;
	return false;
}

/* Takes the span as a cell of each column in turn. */
static void
try_columns(const Search *search, Span *span)
{
	for (size_t c = 0; c < search->columns->len; c++) {
		int fresh, continued = CELL_IMPOSSIBLE;

		if (search->columns->items[c].kind == PLAN_COLUMN_NO)
			continue;
		fresh = cell_score(search->scratch, search->columns, search->widths, c, span, false);
		if (span->from == 0) {
			Best first = {.score = fresh - skip_costs(search, SIZE_MAX, c),
			    .column_before = UINT8_MAX,
			    .reached = (uint8_t)c,
			    .unfinished = unfinished_bit(search, span->from, span->to, c)};

			offer(search, span->to, c, first);
			continue;
		}
		if (search->atoms->last_page > 0)
			continued =
			    cell_score(search->scratch, search->columns, search->widths, c, span, true);
		if (c == search->name || fresh > HOPELESS_SCORE || continued > HOPELESS_SCORE)
			extend(search, span->from, span->to, c, fresh, continued);
	}
}

static void
run_search(const Search *search)
{
	size_t n = search->atoms->len;

	for (size_t i = 0; i < (n + 1) * search->columns->len; i++)
		search->best[i].score = NOWHERE;
	for (size_t from = 0; from < n; from++) {
		Span span;

		if (from > 0 && !is_reached(search, from))
			continue;
		span_begin(&span, search->atoms, from);
		while (span.to < n && span.to - from < LONGEST_CELL &&
		       span.boundary_cost < HOPELESS_BOUNDARIES) {
			span_extend(&span);
			try_columns(search, &span);
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
		score = best->score - skip_costs(search, best->reached, search->columns->len);
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
	bool is_guessed; /* one word of a line behind a page break */
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
		FoundCell cell = {best->from, to, column, best->is_new_row || best->from == 0,
		    best->is_behind_page && (search->atoms->items[best->from].before & ATOM_INLINE)};

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
		row->is_guessed |= cell->is_guessed;
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

static void
set_confidence(CellRow *row, int32_t score)
{
	row->confidence = score < 0 ? 50 : row->is_guessed ? 60 : score < 40 ? 80 : 100;
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
		set_confidence(g_ptr_array_index(rows, i), score);
	arena_free(search.scratch);
}

static void
add_width(ColumnWidths *widths, size_t column, uint16_t chars)
{
	if (widths->seen[column] == NULL)
		widths->seen[column] = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	g_array_append_val(widths->seen[column], chars);
}

static gint
compare_widths(gconstpointer a, gconstpointer b)
{
	return *(const uint16_t *)a - *(const uint16_t *)b;
}

void
widths_settle(ColumnWidths *widths)
{
	for (size_t c = 0; c < COLUMNS_MAX; c++) {
		GArray *seen = widths->seen[c];

		if (seen == NULL)
			continue;
		g_array_sort(seen, compare_widths);
		/* A few lines may have been given to the wrong column. */
		widths->chars[c] = g_array_index(seen, uint16_t, seen->len * 17 / 20);
	}
}

void
widths_clear(ColumnWidths *widths)
{
	for (size_t c = 0; c < COLUMNS_MAX; c++)
		if (widths->seen[c] != NULL)
			g_array_unref(widths->seen[c]);
}

void
cells_measure(const Columns *columns, const Atoms *atoms, ColumnWidths *widths)
{
	Search search = search_new(NULL, columns, atoms, NULL);
	int32_t score;
	size_t column = best_end(&search, &score), to = atoms->len;

	while (to > 0) {
		const Best *best = best_at(&search, to, column);

		for (size_t i = best->from; i < to; i++)
			if (atoms->items[i].is_whole_line)
				add_width(widths, column, atoms->items[i].chars);
		to = best->from;
		column = best->column_before;
	}
	arena_free(search.scratch);
}
