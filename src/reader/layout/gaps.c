/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/gaps.h"

#include "base/text.h"
#include "reader/layout/marker.h"

#include <string.h>

#define GAP_OF_SIZE 0.8f /* between columns, on one line */
#define COLUMNS_MIN 3    /* fewer are prose with a tabulator */
#define COLUMNS_MAX 16
#define TITLES_MIN 2   /* beside that of the number column */
#define NUMBERED_MIN 2 /* rows with a number */
#define STEP_MAX 3.5f  /* of the size, from line to line */
#define ROW_STEP 1.15f /* of the usual step: space between rows */

/* A table while it is found: columns by the text that lies in them. */
typedef struct {
	float lefts[COLUMNS_MAX], rights[COLUMNS_MAX];
	guint n_columns;
	guint first, header_end, end; /* lines; the header's reach from first to header_end */
} Found;

/* A part of a line without a wide gap. */
typedef struct {
	size_t first, n;
	float left, right;
} Segment;

static guint
split(const Line *line, Segment *segments)
{
	guint n = 0;

	for (size_t i = 0; i < line->n_words; i++) {
		const BlockBox *box = &line->words[i]->box;

		if (i == 0 || line_gap(line, i) > GAP_OF_SIZE * line->size) {
			if (n == COLUMNS_MAX)
				return n + 1;
			segments[n++] = (Segment){.first = i, .left = box->left, .right = box->right};
		}
		segments[n - 1].n++;
		segments[n - 1].right = MAX(segments[n - 1].right, box->right);
	}
	return n;
}

static char *
segment_text(const Line *line, const Segment *segment)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < segment->n; i++) {
		const char *word = line->words[segment->first + i]->source->text;

		if (i > 0)
			g_string_append_c(text, ' ');
		text_fold_append(text, word, strlen(word));
	}
	return g_string_free(text, FALSE);
}

static bool
is_number_title(const char *folded)
{
	return strcmp(folded, "tt") == 0 || strcmp(folded, "stt") == 0 || strcmp(folded, "so tt") == 0;
}

static bool
is_title(const char *folded)
{
	static const char *const TITLES[] = {"nhiem vu", "noi dung", "chi tieu", "ten ", "chu tri", "co quan",
	    "don vi", "phoi hop", "thoi gian", "thoi han", "han ", "tien do", "san pham", "ket qua",
	    "ghi chu", "muc tieu", "nam 20", "hang muc", "lanh dao", "kinh phi", "giai phap", "linh vuc"};

	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (g_str_has_prefix(folded, TITLES[i]))
			return true;
	return false;
}

/* A line of titles: columns begin with what it has. */
static bool
begin_table(const Line *line, Found *found)
{
	Segment segments[COLUMNS_MAX];
	guint n = split(line, segments), n_titles = 0;

	if (n < COLUMNS_MIN || n > COLUMNS_MAX)
		return false;
	for (guint i = 0; i < n; i++) {
		g_autofree char *text = segment_text(line, &segments[i]);

		if (i == 0 && !is_number_title(text))
			return false;
		n_titles += i > 0 && is_title(text);
		found->lefts[i] = segments[i].left;
		found->rights[i] = segments[i].right;
	}
	found->n_columns = n;
	return n_titles >= TITLES_MIN;
}

/* The column a segment lies in: the one it overlaps, or the nearest. COLUMNS_MAX where it reaches over two.
 */
static guint
column_of(const Found *found, const Segment *segment)
{
	guint best = 0, n_overlaps = 0;
	float least = G_MAXFLOAT;

	for (guint i = 0; i < found->n_columns; i++) {
		float common = MIN(segment->right, found->rights[i]) - MAX(segment->left, found->lefts[i]);

		n_overlaps += common > 0;
		if (-common < least) {
			least = -common;
			best = i;
		}
	}
	return n_overlaps > 1 ? COLUMNS_MAX : best;
}

/* The column a segment begins in, for one that reaches over several. */
static guint
first_column_of(const Found *found, const Segment *segment)
{
	guint column = column_of(found, segment);

	if (column < COLUMNS_MAX)
		return column;
	for (column = found->n_columns - 1; column > 0 && found->lefts[column] > segment->left; column--)
		continue;
	return column;
}

static bool
is_group(const Line *line, const Segment *segments, guint n)
{
	g_autofree char *text = segment_text(line, &segments[0]);

	return n == 2 && marker_is_row_number(text);
}

/* Takes a line in where it keeps to the columns, which grow with it; or where it is a group's title over
 * them. */
static bool
extend(Found *found, const Line *line)
{
	Segment segments[COLUMNS_MAX];
	guint n = split(line, segments), columns[COLUMNS_MAX];

	if (n == 0 || n > COLUMNS_MAX)
		return false;
	for (guint i = 0; i < n; i++) {
		columns[i] = column_of(found, &segments[i]);
		if (columns[i] == COLUMNS_MAX && i == 1 && columns[0] == 0 && is_group(line, segments, n))
			return true;
		if (columns[i] == COLUMNS_MAX || (i > 0 && columns[i] <= columns[i - 1]))
			return false;
	}
	/* Text at the margin that is no number: prose behind the table. */
	if (columns[0] == 0) {
		g_autofree char *text = segment_text(line, &segments[0]);

		if (!marker_is_row_number(text))
			return false;
	}
	for (guint i = 0; i < n; i++) {
		found->lefts[columns[i]] = MIN(found->lefts[columns[i]], segments[i].left);
		found->rights[columns[i]] = MAX(found->rights[columns[i]], segments[i].right);
	}
	return true;
}

static bool
has_number(const Found *found, const Line *line)
{
	return line->words[0]->box.left < found->rights[0] &&
	       marker_is_row_number(line->words[0]->source->text);
}

/* Follows the table from its titles to its end; false where it is none. */
static bool
follow(Found *found, const GPtrArray *lines, guint first)
{
	guint n_numbered = 0;

	found->first = first;
	found->header_end = 0;
	for (found->end = first + 1; found->end < lines->len; found->end++) {
		const Line *line = g_ptr_array_index(lines, found->end);
		const Line *before = g_ptr_array_index(lines, found->end - 1);

		if (line->box.top - before->box.top > STEP_MAX * line->size || !extend(found, line))
			break;
		if (!has_number(found, line))
			continue;
		n_numbered++;
		if (found->header_end == 0)
			found->header_end = found->end;
	}
	return n_numbered >= NUMBERED_MIN && found->header_end > 0;
}

static float
step_to(const GPtrArray *lines, guint at)
{
	const Line *line = g_ptr_array_index(lines, at), *before = g_ptr_array_index(lines, at - 1);

	return line->box.bottom - before->box.bottom;
}

/* The line that the next row begins with, behind the number at `from`: the widest step before the next
 * number, where one is wider than others; else the number's own line. */
static guint
next_row(const Found *found, const GPtrArray *lines, guint from)
{
	guint number = from + 1, widest;
	float least = G_MAXFLOAT;

	while (number < found->end && !has_number(found, g_ptr_array_index(lines, number)))
		number++;
	if (number == found->end)
		return number;
	widest = number;
	for (guint i = from + 1; i <= number; i++) {
		least = MIN(least, step_to(lines, i));
		if (step_to(lines, i) > step_to(lines, widest))
			widest = i;
	}
	return step_to(lines, widest) > ROW_STEP * least ? widest : number;
}

static BlockBox
cell_box(const Table *table, guint column, guint n_columns)
{
	return (BlockBox){
	    .left = g_array_index(table->columns, float, column),
	    .top = table->box.top,
	    .right = g_array_index(table->columns, float, column + n_columns),
	    .bottom = table->box.bottom,
	};
}

/* Adds a row's cells; lines from `from` to `to` are its. */
static void
add_row(Table *table, const Found *found, const GPtrArray *lines, guint from, guint to, GPtrArray *words,
    GArray *cell_of)
{
	guint row = table->n_rows, base = table->cells->len;
	Segment segments[COLUMNS_MAX];
	const Line *first = g_ptr_array_index(lines, from);
	guint n = split(first, segments);
	bool is_title = to == from + 1 && n == 2 && column_of(found, &segments[1]) == COLUMNS_MAX;

	table_add_cell(table, row, 0, 1, 1, cell_box(table, 0, 1));
	if (is_title)
		table_add_cell(
		    table, row, 1, 1, found->n_columns - 1, cell_box(table, 1, found->n_columns - 1));
	for (guint c = 1; !is_title && c < found->n_columns; c++)
		table_add_cell(table, row, c, 1, 1, cell_box(table, c, 1));
	for (guint i = from; i < to; i++) {
		const Line *line = g_ptr_array_index(lines, i);

		n = split(line, segments);
		for (guint s = 0; s < n; s++) {
			guint cell = base + (is_title ? MIN(s, 1) : first_column_of(found, &segments[s]));

			for (size_t w = 0; w < segments[s].n; w++) {
				g_ptr_array_add(words, line->words[segments[s].first + w]);
				g_array_append_val(cell_of, cell);
			}
		}
	}
}

static void
set_columns(Table *table, const Found *found)
{
	for (guint i = 0; i <= found->n_columns; i++) {
		float at = i == 0                  ? found->lefts[0] - 1
			   : i == found->n_columns ? found->rights[i - 1] + 1
						   : (found->rights[i - 1] + found->lefts[i]) / 2;

		g_array_append_val(table->columns, at);
	}
}

static Table *
build(Arena *arena, const Frame *frame, const Found *found, const GPtrArray *lines)
{
	BlockBox box = ((const Line *)g_ptr_array_index(lines, found->first))->box;
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_autoptr(GArray) cell_of = g_array_new(FALSE, FALSE, sizeof(guint));
	Table *table;
	guint to;

	for (guint i = found->first; i < found->end; i++)
		box_add(&box, &((const Line *)g_ptr_array_index(lines, i))->box);
	table = table_new(frame, box);
	set_columns(table, found);
	add_row(table, found, lines, found->first, found->header_end, words, cell_of);
	for (guint from = found->header_end; from < found->end; from = to) {
		guint number = from;

		while (number + 1 < found->end && !has_number(found, g_ptr_array_index(lines, number)))
			number++;
		to = next_row(found, lines, number);
		add_row(table, found, lines, from, to, words, cell_of);
	}
	table->n_header_rows = 1;
	table_fill(
	    arena, frame, table, (Word **)words->pdata, (const guint *)(void *)cell_of->data, words->len);
	return table;
}

void
gaps_find_tables(Arena *arena, const Frame *frame, GPtrArray *lines, GPtrArray *tables)
{
	for (guint i = 0; i < lines->len; i++) {
		Found found = {0};

		if (!begin_table(g_ptr_array_index(lines, i), &found) || !follow(&found, lines, i))
			continue;
		g_ptr_array_add(tables, build(arena, frame, &found, lines));
		g_ptr_array_remove_range(lines, found.first, found.end - found.first);
		i--;
	}
}
